//! Clarification rounds: concrete questions on a demand, taken from what its clarity says is missing, with a day by which they are answered;
//! and how the answers go into the text. It sorts the owner's words into the fields and adds none; the owner confirms the result.

use keqiao_base::{Day, coded};
use keqiao_i18n::Bilingual;

use crate::choice::ListingState;
use crate::clarity::{Line, part};
use crate::listing::{Cells, Content, TITLE_CHARS};
use crate::refine::{Parts, refine};

/// The most questions of a round.
pub const QUESTIONS_MAX: usize = 8;
/// The most characters of a question.
pub const QUESTION_CHARS_MAX: usize = 200;
/// The most characters of an answer.
pub const ANSWER_CHARS_MAX: usize = 1_000;
/// Days that are given unless somebody says otherwise, and the most.
pub const DUE_DAYS: i64 = 7;
/// The last day that may be set, from today.
pub const DUE_DAYS_MAX: i64 = 60;
/// Days after the due day, in which its owner is reminded, before everybody sees that answers are outstanding.
pub const GRACE_DAYS: i64 = 3;

coded! {
    /// Where a round stands.
    pub enum RoundState {
        /// The owner has not answered.
        Open = "open" => ("待答复", "Waiting for answers"),
        /// Answered, and the text confirmed by its owner.
        Answered = "answered" => ("已答复", "Answered"),
        /// Taken back by an officer, with words.
        Withdrawn = "withdrawn" => ("已撤回", "Taken back"),
    }
}

/// How late an open round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lateness {
    /// In time.
    InTime,
    /// The day has passed: its owner is reminded, officers see it.
    Overdue,
    /// And the days of grace: everybody sees that answers are outstanding.
    Outstanding,
}

/// How late a round is that is due on a day.
pub fn lateness(due: Day, today: Day) -> Lateness {
    match due.until(today) {
        late if late > GRACE_DAYS => Lateness::Outstanding,
        late if late > 0 => Lateness::Overdue,
        _ => Lateness::InTime,
    }
}

/// Whether questions may be asked about a demand in a state: while it waits for an officer, and while everybody finds it.
pub fn may_be_asked(state: ListingState) -> bool {
    matches!(state, ListingState::Waiting | ListingState::Listed)
}

/// Whether a round is answered by changing a demand in this state. What is frozen or put away is not changed.
pub fn may_be_answered(state: ListingState) -> bool {
    use ListingState::{Expired, Listed, Returned, Waiting};
    matches!(state, Waiting | Listed | Returned | Expired)
}

/// A question for each part that is not clear, in the order of the form.
pub fn suggested(lines: &[Line]) -> Vec<Bilingual> {
    let missing = lines.iter().filter_map(|line| line.hint.as_ref().map(|hint| (line.part, hint)));
    let question = |(part, hint): (keqiao_i18n::Fixed, &Bilingual)| {
        Bilingual::new(format!("{}：{}", part.zh, hint.zh), format!("{}: {}", part.en, hint.en))
    };
    missing.map(question).take(QUESTIONS_MAX).collect()
}

/// The field that a question is about, by the part with whose name it begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Title,
    Situation,
    Problem,
    Criteria,
    Constraints,
    Budget,
    Deadline,
}

fn about(question: &str) -> Option<About> {
    let parts = [
        (part::TITLE, About::Title),
        (part::SITUATION, About::Situation),
        (part::PROBLEM, About::Problem),
        (part::CRITERIA, About::Criteria),
        (part::CONSTRAINTS, About::Constraints),
        (part::BUDGET, About::Budget),
        (part::DEADLINE, About::Deadline),
    ];
    let names = |name: &keqiao_i18n::Fixed| {
        question.starts_with(&format!("{}：", name.zh)) || question.starts_with(&format!("{}: ", name.en))
    };
    parts.iter().find(|(name, _)| names(name)).map(|(_, about)| *about)
}

/// A demand's fields with the answers sorted in. Numbers, money and days go where they belong whatever was asked; other words go to the part that
/// was asked about, else where the refinery puts them. What stood there stays, except money and day, which the answer replaces.
pub fn merged<'a>(cells: &Cells, answers: impl IntoIterator<Item = (&'a str, &'a str)>, today: Day) -> Cells {
    let mut merged = cells.clone();
    for (question, answer) in answers {
        let answer = answer.trim();
        if !answer.is_empty() {
            put(&mut merged, about(question), answer, today);
        }
    }
    merged
}

fn put(cells: &mut Cells, about: Option<About>, answer: &str, today: Day) {
    if about == Some(About::Title) && TITLE_CHARS.contains(&answer.chars().count()) && !answer.contains('\n') {
        return cells.set("title", answer);
    }
    // Asked about money one answers "8到10万": that it is money need not be said again.
    let said = if about == Some(About::Budget) { format!("预算{answer}") } else { answer.to_owned() };
    let parts = refine(&said, today);
    let sorted = Content::cells_of(&Parts { situation: String::new(), problem: String::new(), ..parts.clone() });
    for (key, value) in sorted.0.iter().filter(|(_, value)| !value.is_empty()) {
        match key.as_str() {
            "criteria" | "constraints" => append(cells, key, value, "\n"),
            _ => cells.set(key, value),
        }
    }
    let plain = [(parts.situation, "situation"), (parts.problem, "problem")];
    let understood = parts.budget.is_some()
        || parts.deadline.is_some()
        || !parts.criteria.is_empty()
        || !parts.constraints.is_empty()
        || plain.iter().any(|(text, _)| !text.is_empty());
    if !understood {
        return append(cells, target(about), answer, "。");
    }
    for (text, own) in plain.iter().filter(|(text, _)| !text.is_empty()) {
        let text = if about == Some(About::Budget) { text.trim_start_matches("预算") } else { text };
        match about {
            None => append(cells, own, text, "。"),
            Some(About::Constraints) => append(cells, "constraints", text, "\n"),
            Some(_) => append(cells, target(about), text, "。"),
        }
    }
}

/// Where words go that are no number, money, day or constraint.
fn target(about: Option<About>) -> &'static str {
    match about {
        Some(About::Problem) => "problem",
        Some(About::Constraints) => "constraints",
        _ => "situation",
    }
}

fn append(cells: &mut Cells, key: &str, text: &str, between: &str) {
    if ["situation", "problem", "criteria", "constraints"].iter().any(|said| cells.get(said).contains(text)) {
        return;
    }
    let before = cells.get(key);
    let joined = if before.is_empty() { text.to_owned() } else { format!("{before}{between}{text}") };
    cells.set(key, &joined);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clarity::{POINTS_MAX, lines, total};

    fn today() -> Day {
        Day::new(2026, 11, 21).unwrap()
    }

    fn demand(pairs: &[(&str, &str)]) -> Cells {
        Cells(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    fn read(cells: &Cells) -> Content {
        Content::read(crate::choice::ListingKind::Demand, cells).0
    }

    #[test]
    fn the_questions_are_what_is_missing_and_the_answers_make_it_whole() {
        let vague = demand(&[("title", "稻谷烘干线天然气消耗偏高"), ("problem", "烘干太费气")]);
        let questions: Vec<String> = suggested(&lines(&read(&vague))).into_iter().map(|q| q.zh).collect();
        let begin: Vec<&str> = questions.iter().map(|q| q.split('：').next().unwrap()).collect();
        assert_eq!(begin, ["现状", "难题", "验收指标", "约束", "预算区间", "期望时限"]);
        let answers = [
            "合作社有两条天然气烘干线，每天烘稻谷40吨",
            "每吨要耗气35方，请人调过火嘴没有用",
            "每吨耗气不超过25方，含水率不超过14%",
            "无",
            "8到10万",
            "2027年6月底",
        ];
        let pairs = questions.iter().map(String::as_str).zip(answers);
        let whole = read(&merged(&vague, pairs, today()));
        assert_eq!(total(&lines(&whole)), POINTS_MAX, "{:#?}", lines(&whole));
        let parts = &whole.demand().unwrap().parts;
        assert_eq!(parts.constraints, ["无"]);
        assert_eq!(parts.budget.unwrap().wan(), "8.00—10.00");
        assert_eq!(parts.deadline, Day::new(2027, 6, 30));
        assert!(parts.problem.starts_with("烘干太费气。") && parts.problem.contains("调过火嘴"));
    }

    #[test]
    fn what_cannot_be_sorted_is_kept_and_said_twice_stands_once() {
        let cells = demand(&[("title", "花椒锈病"), ("problem", "叶子发黄")]);
        let merged = merged(&cells, [("还有别的吗？", "尽快"), ("还有吗？", "叶子发黄"), ("问", " ")], today());
        assert_eq!((merged.get("situation"), merged.get("problem")), ("尽快", "叶子发黄"));
        let retitled = super::merged(&cells, [("Title: say it", "花椒锈病怎样防治")], today());
        assert_eq!(retitled.get("title"), "花椒锈病怎样防治");
    }

    #[test]
    fn a_round_is_late_by_steps() {
        let due = Day::new(2026, 11, 20).unwrap();
        let at = [0, 1, GRACE_DAYS, GRACE_DAYS + 1].map(|n| lateness(due, due.plus(n)));
        assert_eq!(at, [Lateness::InTime, Lateness::Overdue, Lateness::Overdue, Lateness::Outstanding]);
        assert!(may_be_asked(ListingState::Listed) && !may_be_asked(ListingState::Draft));
        assert!(may_be_answered(ListingState::Expired) && !may_be_answered(ListingState::Frozen));
    }

    proptest::proptest! {
        #[test]
        fn no_word_of_an_answer_is_lost(answer in "[一-龥0-9，。；%元万年月前内到不低于]{1,60}") {
            let merged = merged(&Cells::default(), [("别的", answer.as_str())], today());
            proptest::prop_assert!(!merged.0.is_empty() || answer.trim_matches(['，', '。', '；']).is_empty());
        }
    }
}
