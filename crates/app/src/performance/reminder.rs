//! Reminders (提醒): what waits for who is signed in: goals behind, targets returned or to be reviewed, tasks due, evaluations begun.
//! They are read off the state of things, so that none can be forgotten and none outlives its cause.

use keqiao_access::{Actor, may};
use keqiao_base::Day;
use keqiao_i18n::Bilingual;
use keqiao_performance::TargetState;
use keqiao_performance::evaluation::EvaluationState;
use keqiao_performance::light::Light;
use keqiao_performance::task::{TaskState, is_overdue};
use keqiao_store::PageRequest;
use keqiao_store::performance::evaluation::{self, EvaluationFilter};
use keqiao_store::performance::target::{self, TargetFilter};
use keqiao_store::performance::task::{self, TaskFilter};

use super::monitoring;
use crate::context::Ctx;
use crate::error::AppResult;

keqiao_base::coded! {
    /// What waits.
    pub enum ReminderKind {
        /// A goal or the money is behind.
        Behind = "behind" => ("进度预警", "Behind"),
        /// A target was returned.
        Returned = "returned" => ("目标被退回", "Target returned"),
        /// A target waits for review.
        Review = "review" => ("目标待审核", "To be reviewed"),
        /// A task is to be done.
        Task = "task" => ("整改任务", "Task"),
        /// A task waits to be confirmed.
        Confirm = "confirm" => ("整改待确认", "To be confirmed"),
        /// An evaluation was begun.
        Evaluation = "evaluation" => ("评价未提交", "Evaluation to be submitted"),
        /// Somebody wants to talk about a listing.
        Interest = "interest" => ("有人有意向", "Somebody is interested"),
        /// An officer asks for clarification of a demand.
        Clarification = "clarification" => ("请补充说明", "Clarification asked for"),
        /// Answers of others are overdue, for an officer.
        Unanswered = "unanswered" => ("补充说明逾期", "Clarification overdue"),
        /// A listing was returned.
        ListingReturned = "listing_returned" => ("信息被退回", "Listing returned"),
        /// A listing was frozen.
        ListingFrozen = "listing_frozen" => ("信息被冻结", "Listing frozen"),
        /// A listing is to be confirmed again.
        Renewal = "renewal" => ("请确认仍然有效", "Confirm that it still holds"),
        /// Listings and reports wait for an officer.
        Listings = "listings" => ("供需信息待处理", "Listings to review"),
        /// New listings in a kept search.
        Fresh = "fresh" => ("新的供需信息", "New listings"),
    }
}

/// One reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What waits.
    pub kind: ReminderKind,
    /// Where it is dealt with.
    pub href: String,
    /// What it is about.
    pub text: Bilingual,
    /// Whether it is late, or far behind.
    pub urgent: bool,
    /// By when, where there is a day.
    pub due: Option<Day>,
}

/// The most reminders of one kind.
const MOST: u64 = 20;

/// What waits for who asks; nothing for who may not see targets. Urgent ones first.
///
/// # Errors
/// When the database does not answer.
pub async fn reminders(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Reminder>> {
    let Some(me) = actor.account().filter(|_| may::see_performance(actor)) else { return Ok(Vec::new()) };
    let mut list = Vec::new();
    targets(ctx, actor, me, &mut list).await?;
    reviews(ctx, actor, &mut list).await?;
    tasks(ctx, actor, me, &mut list).await?;
    let db = ctx.db.read();
    let drafts = EvaluationFilter {
        regions: may::performance_regions(actor),
        state: Some(EvaluationState::Draft),
        ..EvaluationFilter::default()
    };
    for row in evaluation::page(db, &drafts, PageRequest::new(1, MOST)).await?.rows {
        if row.evaluator_id == me {
            let kind = row.kind.title();
            list.push(Reminder {
                kind: ReminderKind::Evaluation,
                href: format!("/performance/evaluations/{}", row.id),
                text: Bilingual::new(format!("{}：{}", kind.zh, row.name), format!("{}: {}", kind.en, row.name)),
                urgent: false,
                due: None,
            });
        }
    }
    list.sort_by_key(|r| (!r.urgent, r.due.is_none(), r.due));
    Ok(list)
}

async fn targets(ctx: &Ctx, actor: &Actor, me: keqiao_base::AccountId, list: &mut Vec<Reminder>) -> AppResult<()> {
    let db = ctx.db.read();
    let (year, month, ..) = ctx.now().china();
    let own = TargetFilter {
        regions: may::performance_regions(actor),
        year: Some(year),
        owner: Some(me),
        ..TargetFilter::default()
    };
    for row in target::page(db, &own, PageRequest::new(1, MOST)).await?.rows {
        let href = format!("/performance/targets/{}", row.id);
        if row.state == TargetState::Returned {
            let text = Bilingual::new(row.name.clone(), row.name.clone());
            list.push(Reminder { kind: ReminderKind::Returned, href: href.clone(), text, urgent: true, due: None });
        }
        if row.approved > 0 {
            // The month that is not over yet says nothing: what is held against the plan is the one before.
            let Some(month) = u8::try_from(month).ok().and_then(|m| m.checked_sub(1)).filter(|m| *m > 0) else {
                continue;
            };
            let view = monitoring::of_target(db, row, month, false).await?;
            if let Some(light) = view.light.filter(|l| *l != Light::Green) {
                let late: Vec<&str> = view
                    .goals
                    .iter()
                    .filter(|g| g.light.is_some_and(|l| l != Light::Green))
                    .map(|g| g.content.indicator.name.as_str())
                    .collect();
                let what = if late.is_empty() {
                    ("预算执行".to_owned(), "the budget".to_owned())
                } else {
                    (late.join("、"), late.join(", "))
                };
                list.push(Reminder {
                    kind: ReminderKind::Behind,
                    href: format!("/performance/monitoring?region={}&year={year}&month={month}", view.target.region),
                    text: Bilingual::new(
                        format!("{}：{}", view.target.name, what.0),
                        format!("{}: {}", view.target.name, what.1),
                    ),
                    urgent: light == Light::Red,
                    due: None,
                });
            }
        }
    }
    Ok(())
}

/// Targets that wait for a review.
async fn reviews(ctx: &Ctx, actor: &Actor, list: &mut Vec<Reminder>) -> AppResult<()> {
    let db = ctx.db.read();
    let waiting = TargetFilter {
        regions: may::performance_regions(actor),
        state: Some(TargetState::Submitted),
        ..TargetFilter::default()
    };
    for row in target::page(db, &waiting, PageRequest::new(1, MOST)).await?.rows {
        if may::review_target(actor, row.region) {
            let text =
                Bilingual::new(format!("{}（{}年）", row.name, row.year), format!("{} ({})", row.name, row.year));
            let href = format!("/performance/targets/{}", row.id);
            list.push(Reminder { kind: ReminderKind::Review, href, text, urgent: false, due: None });
        }
    }
    Ok(())
}

async fn tasks(ctx: &Ctx, actor: &Actor, me: keqiao_base::AccountId, list: &mut Vec<Reminder>) -> AppResult<()> {
    let db = ctx.db.read();
    let regions = may::performance_regions(actor);
    let mine =
        TaskFilter { regions: regions.clone(), owner: Some(me), state: Some(TaskState::Open), ..TaskFilter::default() };
    let done = TaskFilter { regions, state: Some(TaskState::Done), ..TaskFilter::default() };
    let mut rows = task::page(db, &mine, PageRequest::new(1, MOST)).await?.rows;
    rows.extend(
        task::page(db, &done, PageRequest::new(1, MOST))
            .await?
            .rows
            .into_iter()
            .filter(|t| may::confirm_task(actor, t.region) && t.owner_id != me),
    );
    for t in rows {
        let kind = if t.state == TaskState::Open { ReminderKind::Task } else { ReminderKind::Confirm };
        list.push(Reminder {
            kind,
            href: format!("/performance/tasks/{}", t.id),
            text: Bilingual::new(t.finding.clone(), t.finding),
            urgent: is_overdue(t.state, t.due_day, ctx.now().day()),
            due: Some(t.due_day),
        });
    }
    Ok(())
}
