//! Tasks (整改): a problem that monitoring or an evaluation found, with owner, measure, due date and proof, until it is put right (PR-3); and
//! what an evaluation's grade means for next year's money (PR-41).

use keqiao_base::Day;
use keqiao_i18n::Bilingual;
use serde::Serialize;

keqiao_base::coded! {
    /// Where the problem was found (PR-3).
    pub enum TaskKind {
        /// Named by an audit or inspection.
        Problem = "problem" => ("问题整改", "Problem"),
        /// By monitoring.
        Monitoring = "monitoring" => ("绩效监控", "Monitoring"),
        /// By the self-evaluation.
        SelfEvaluation = "self" => ("绩效自评", "Self-evaluation"),
        /// By the department's evaluation.
        Department = "department" => ("部门评价", "Department's evaluation"),
        /// By the finance bureau's evaluation.
        Finance = "finance" => ("财政评价", "Finance bureau's evaluation"),
    }
}

keqiao_base::coded! {
    /// How far a task is.
    pub enum TaskState {
        /// Being put right.
        Open = "open" => ("正在整改", "In work"),
        /// The owner says it is put right, with proof.
        Done = "done" => ("待确认", "To be confirmed"),
        /// Somebody else agrees.
        Confirmed = "confirmed" => ("已整改", "Put right"),
    }
}

/// How many problems were found, and how far they are. For disclosure: found = put right + in work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Problems found.
    pub found: u64,
    /// Put right: confirmed.
    pub settled: u64,
    /// In work, or to be confirmed.
    pub open: u64,
    /// Of these, past their due date.
    pub overdue: u64,
}

impl Tally {
    /// Counts states with their due dates.
    pub fn of(tasks: impl IntoIterator<Item = (TaskState, Day)>, today: Day) -> Tally {
        let mut tally = Tally::default();
        for (state, due) in tasks {
            tally.found += 1;
            match state {
                TaskState::Confirmed => tally.settled += 1,
                _ => tally.open += 1,
            }
            tally.overdue += u64::from(is_overdue(state, due, today));
        }
        tally
    }
}

/// Whether a task should be done by now: its due day is over.
pub fn is_overdue(state: TaskState, due: Day, today: Day) -> bool {
    state == TaskState::Open && due < today
}

/// What a grade means for next year's money (PR-41); `place` counts from the best band.
pub fn result_use(place: usize) -> Bilingual {
    let (zh, en) = match place {
        0 => ("优先保障", "Keep as a priority"),
        1 => ("合理安排", "Fund reasonably"),
        2 => ("按比例压减", "Cut by a proportion"),
        _ => ("取消或暂停安排", "Cancel or suspend"),
    };
    Bilingual::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_is_settled_and_open_together() {
        let day = |d| Day::new(2026, 5, d).unwrap();
        let tasks = [
            (TaskState::Open, day(1)),
            (TaskState::Open, day(3)),
            (TaskState::Done, day(1)),
            (TaskState::Confirmed, day(1)),
        ];
        let tally = Tally::of(tasks, day(3));
        assert_eq!(tally, Tally { found: 4, settled: 1, open: 3, overdue: 1 });
        assert_eq!(tally.found, tally.settled + tally.open);
        assert!(!is_overdue(TaskState::Open, day(3), day(3)), "the day itself still counts");
    }
}
