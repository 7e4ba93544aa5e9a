//! Clarification rounds of demands: an officer asks, the owner answers and confirms the text with the answers sorted in, an officer may take the
//! questions back with words. Rounds are numbered and kept; nothing closes by itself.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Day, Kind, ListingId, Moment, Refusal};
use keqiao_exchange::choice::{ListingAct, ListingKind, ListingState};
use keqiao_exchange::clarify::{
    ANSWER_CHARS_MAX, DUE_DAYS_MAX, Lateness, QUESTION_CHARS_MAX, QUESTIONS_MAX, RoundState, lateness, may_be_answered,
    may_be_asked, merged,
};
use keqiao_exchange::listing::{Cells, Content};
use keqiao_store::ConnectionTrait;
use keqiao_store::exchange::clarification::{self, Clarification};
use keqiao_store::exchange::listing::{self, Listing};
use serde_json::json;

use super::alike::alike;
use super::publish::{Submitted, saying, weighed};
use super::{finish, judged, kept, led, store, write_act};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// The most overdue rounds that are shown at once.
const OVERDUE_MAX: u64 = 100;

/// A round as it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundForm {
    /// The questions; empty ones are passed over.
    pub questions: Vec<String>,
    /// The day by which they are answered, as it was typed.
    pub due: String,
}

/// The answers as they are sent, with the text that the owner confirms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// One for each question, in their order.
    pub answers: Vec<String>,
    /// The fields of the demand as they are to stand.
    pub cells: Cells,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// From 1.
    pub number: i32,
    /// Who asked.
    pub asker: String,
    /// By when.
    pub due: Day,
    /// Where it stands.
    pub state: RoundState,
    /// How late it is, while it is open.
    pub lateness: Option<Lateness>,
    /// Each question with its answer, which is empty until there is one.
    pub asked: Vec<(String, String)>,
    /// Why it was taken back.
    pub words: String,
    /// Who answered or took it back.
    pub closer: String,
    /// When it was asked.
    pub at: Moment,
    /// When it was answered or taken back.
    pub closed_at: Option<Moment>,
}

/// An open round with the demand, and the text with answers sorted in.
#[derive(Clone, Debug)]
pub struct Sorted {
    /// The demand.
    pub listing: Listing,
    /// The round.
    pub round: Round,
    /// The fields as they stand.
    pub before: Cells,
    /// The fields with the answers in them.
    pub after: Cells,
}

fn round(row: Clarification, today: Day) -> AppResult<Round> {
    let questions: Vec<String> = serde_json::from_str(&row.questions)?;
    let answers: Vec<String> = serde_json::from_str(&row.answers)?;
    let answers = answers.into_iter().chain(std::iter::repeat(String::new()));
    Ok(Round {
        number: row.number,
        asker: row.asker,
        due: row.due_day,
        state: row.state,
        lateness: (row.state == RoundState::Open).then(|| lateness(row.due_day, today)),
        asked: questions.into_iter().zip(answers).collect(),
        words: row.words,
        closer: row.closer.unwrap_or_default(),
        at: row.at,
        closed_at: row.closed_at,
    })
}

/// The rounds of a listing, the first on top.
pub(super) async fn rounds(ctx: &Ctx, id: ListingId) -> AppResult<Vec<Round>> {
    let today = ctx.now().day();
    clarification::of(ctx.db.read(), id).await?.into_iter().map(|row| round(row, today)).collect()
}

/// The open rounds of some listings.
pub(super) async fn open_of(ctx: &Ctx, ids: &[ListingId]) -> AppResult<Vec<(ListingId, Round)>> {
    let today = ctx.now().day();
    let rows = clarification::open_of(ctx.db.read(), ids).await?;
    rows.into_iter().map(|row| Ok((row.listing_id, round(row, today)?))).collect()
}

/// Overdue rounds of regions whose demands can still be answered for.
pub(super) async fn overdue(ctx: &Ctx, regions: &[RegionCode]) -> AppResult<Vec<(Round, Listing)>> {
    let (db, today) = (ctx.db.read(), ctx.now().day());
    let states: Vec<ListingState> = ListingState::ALL.iter().copied().filter(|s| may_be_answered(*s)).collect();
    let rows = clarification::overdue(db, regions, &states, today, OVERDUE_MAX).await?;
    let ids: Vec<ListingId> = rows.iter().map(|row| row.listing_id).collect();
    let about = listing::several(db, &ids).await?;
    let with = |row: Clarification| {
        let listing = about.iter().find(|l| l.id == row.listing_id).cloned()?;
        Some(round(row, today).map(|round| (round, listing)))
    };
    rows.into_iter().filter_map(with).collect()
}

fn refusal(code: &'static str, zh: &str, en: &str) -> Refusal {
    Refusal::new(Kind::Conflict, code, zh, en)
}

/// Asks questions on a demand as it stood at `revision`. One round is open at a time.
///
/// # Errors
/// A refusal with the field at fault; when the actor does not decide about it, it is no demand or stands where nothing can be asked, a round is
/// open, or somebody changed it since.
pub async fn ask_round(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32, form: &RoundForm) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let about = judged(&tx, actor, id).await?;
    let who = actor.must_sign_in()?;
    if about.kind != ListingKind::Demand || !may_be_asked(about.state) {
        let (zh, en) = (
            "只有待审核或展示中的科技所需可以要求补充说明。",
            "Only a demand that waits for review or is listed can be asked about.",
        );
        return Err(refusal("clarification.state", zh, en).into());
    }
    let before = clarification::of(&tx, id).await?;
    if before.iter().any(|r| r.state == RoundState::Open) {
        return Err(still_open().into());
    }
    if about.revision != revision {
        return Err(Refusal::conflict().into());
    }
    let (questions, due_day) = (questions(&form.questions)?, due(ctx, &form.due)?);
    let number = before.last().map_or(1, |r| r.number.saturating_add(1));
    let row = Clarification {
        listing_id: id,
        number,
        region: about.region,
        asker_id: who.account,
        asker: who.name.clone(),
        questions: serde_json::to_string(&questions)?,
        due_day,
        state: RoundState::Open,
        answers: "[]".to_owned(),
        words: String::new(),
        closer: None,
        at: ctx.now(),
        closed_at: None,
    };
    // Another officer may have asked in the same moment.
    if !clarification::insert(&tx, row).await? {
        return Err(still_open().into());
    }
    led(&about, ListingAct::Asked)?;
    write_act(ctx, &tx, actor, id, ListingAct::Asked, &questions.join("\n")).await?;
    let detail = json!({ "round": number, "questions": questions.len(), "due": due_day });
    finish(ctx, tx, actor, "clarification.asked", &format!("listing:{id}"), detail).await
}

fn still_open() -> Refusal {
    refusal(
        "clarification.open",
        "上一轮补充说明还没有答复。同时只能有一轮：请等答复，或先撤回上一轮。",
        "An earlier round is not answered. One is open at a time: wait for it, or take it back.",
    )
}

fn questions(sent: &[String]) -> Result<Vec<String>, Refusal> {
    let kept: Result<Vec<String>, Refusal> =
        sent.iter().map(|q| words("questions", &q.replace('\n', " "), QUESTION_CHARS_MAX)).collect();
    let mut kept: Vec<String> = kept?.into_iter().filter(|q| !q.is_empty()).collect();
    let mut seen = std::collections::BTreeSet::new();
    kept.retain(|q| seen.insert(q.clone()));
    if kept.is_empty() || kept.len() > QUESTIONS_MAX {
        let (zh, en) = (format!("请写1至{QUESTIONS_MAX}个问题。"), format!("From 1 to {QUESTIONS_MAX} questions."));
        return Err(Refusal::field("clarification.questions", "questions", zh, en));
    }
    Ok(kept)
}

fn due(ctx: &Ctx, typed: &str) -> Result<Day, Refusal> {
    let (first, last) = (ctx.now().day().plus(1), ctx.now().day().plus(DUE_DAYS_MAX));
    let day = typed.trim().parse::<Day>().ok().filter(|day| (first..=last).contains(day));
    day.ok_or_else(|| {
        let (zh, en) = (format!("请选择{first}至{last}之间的日期。"), format!("A day from {first} to {last}."));
        Refusal::field("clarification.due", "due", zh, en)
    })
}

/// The open round of a number.
async fn open(db: &impl ConnectionTrait, id: ListingId, number: i32) -> AppResult<Clarification> {
    let of_number = |r: &Clarification| r.number == number && r.state == RoundState::Open;
    let found = clarification::of(db, id).await?.into_iter().find(of_number);
    Ok(found.ok_or_else(closed)?)
}

fn closed() -> Refusal {
    refusal(
        "clarification.closed",
        "这一轮补充说明已经答复或撤回，或者没有这一轮。请回到这条信息查看。",
        "This round has been answered or taken back, or there is none: look at the listing again.",
    )
}

/// The number of the open round on a demand that the actor keeps.
///
/// # Errors
/// A refusal when the actor does not keep it, or no round is open.
pub async fn open_round(ctx: &Ctx, actor: &Actor, id: ListingId) -> AppResult<i32> {
    let db = ctx.db.read();
    kept(db, actor, id).await?;
    Ok(clarification::open_of(db, &[id]).await?.first().map(|r| r.number).ok_or_else(closed)?)
}

/// The text of a demand with answers sorted in; nothing is saved.
///
/// # Errors
/// A refusal when the actor does not keep it, or the round is not open.
pub async fn sorted(ctx: &Ctx, actor: &Actor, id: ListingId, number: i32, answers: &[String]) -> AppResult<Sorted> {
    let db = ctx.db.read();
    let listing = kept(db, actor, id).await?;
    let round = round(open(db, id, number).await?, ctx.now().day())?;
    let before: Cells = serde_json::from_str(&listing.cells)?;
    let short: Vec<String> = answers.iter().map(|a| a.chars().take(ANSWER_CHARS_MAX).collect()).collect();
    let pairs = round.asked.iter().map(|(q, _)| q.as_str()).zip(short.iter().map(String::as_str));
    let after = merged(&before, pairs, ctx.now().day());
    Ok(Sorted { listing, round, before, after })
}

/// The owner answers every question and confirms the text: the round closes and the demand is handed in again, in one piece.
///
/// # Errors
/// A refusal with everything that is wrong; when the actor does not keep it, the round is not open, the demand is frozen or put away, or somebody
/// changed it since `revision`.
pub async fn answer_round(
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    (number, revision): (i32, i32),
    sent: &Answers,
) -> AppResult<Submitted> {
    let who = actor.must(may::publish(actor))?;
    let (content, _) = Content::read(ListingKind::Demand, &sent.cells);
    // Looked for before the one write transaction begins: it may take a moment.
    let found = alike(ctx, &content.title, &content.body(), Some(id)).await?;
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    let row = open(&tx, id, number).await?;
    if !may_be_answered(before.state) {
        let (zh, en) =
            ("这条信息已冻结或归档，不能再修改。", "The listing is frozen or put away and cannot be changed.");
        return Err(refusal("clarification.state", zh, en).into());
    }
    let asked: Vec<String> = serde_json::from_str(&row.questions)?;
    let answers = answered(&sent.answers, asked.len())?;
    let after = saying(before.clone(), &sent.cells)?;
    let (after, risks, act) = weighed(ctx, &tx, who, &before, after, &found).await?;
    let state = after.state;
    store(ctx, &tx, actor, &after, revision, (ListingAct::Clarified, "")).await?;
    if before.state != state || act == ListingAct::Listed {
        write_act(ctx, &tx, actor, id, act, "").await?;
    }
    let row = Clarification {
        state: RoundState::Answered,
        answers: serde_json::to_string(&answers)?,
        closer: Some(who.name.clone()),
        closed_at: Some(ctx.now()),
        ..row
    };
    if !clarification::close(&tx, row).await? {
        return Err(closed().into());
    }
    let detail = json!({ "round": number, "state": state, "risks": risks });
    finish(ctx, tx, actor, "clarification.answered", &format!("listing:{id}"), detail).await?;
    Ok(Submitted { state, risks })
}

fn answered(sent: &[String], asked: usize) -> Result<Vec<String>, Refusal> {
    let text = |n: usize| words(&format!("answer_{n}"), sent.get(n).map_or("", String::as_str), ANSWER_CHARS_MAX);
    let answers: Vec<String> = (0..asked).map(text).collect::<Result<_, _>>()?;
    let missing = |n: usize| {
        let (zh, en) = ("请答复这个问题；不清楚的，写“不清楚”。", "Answer this one; if you do not know, say so.");
        keqiao_base::FieldError::new(format!("answer_{n}"), zh, en)
    };
    let faults: Vec<_> = (0..asked).filter(|n| answers[*n].is_empty()).map(missing).collect();
    if faults.is_empty() { Ok(answers) } else { Err(Refusal::fields("clarification.answers", faults)) }
}

/// An officer takes the questions back, with words that the owner reads.
///
/// # Errors
/// A refusal when the actor does not decide about the demand, says nothing, or the round is not open.
pub async fn take_round_back(ctx: &Ctx, actor: &Actor, id: ListingId, number: i32, text: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let about = judged(&tx, actor, id).await?;
    let who = actor.must_sign_in()?;
    let row = open(&tx, id, number).await?;
    let text =
        words("words", &said("words", text, "请写明为什么撤回，发布人会看到。", "Say why: the owner reads it.")?, 500)?;
    led(&about, ListingAct::Unasked)?;
    let row = Clarification {
        state: RoundState::Withdrawn,
        words: text.clone(),
        closer: Some(who.name.clone()),
        closed_at: Some(ctx.now()),
        ..row
    };
    if !clarification::close(&tx, row).await? {
        return Err(closed().into());
    }
    write_act(ctx, &tx, actor, id, ListingAct::Unasked, &text).await?;
    finish(ctx, tx, actor, "clarification.withdrawn", &format!("listing:{id}"), json!({ "round": number })).await
}
