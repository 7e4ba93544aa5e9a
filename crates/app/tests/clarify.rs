//! Clarification rounds through their use cases: asked, answered with the text confirmed, taken back, overdue; and who may not.

use keqiao_access::{Actor, StaffRole};
use keqiao_app::exchange::{self, Answers, ListingForm, RoundForm, Wanted, finder};
use keqiao_app::fixture::TestCtx;
use keqiao_app::log;
use keqiao_app::performance::ReminderKind;
use keqiao_base::{Kind, ListingId};
use keqiao_exchange::choice::{ListingAct, ListingKind, ListingSource, ListingState, ReportReason};
use keqiao_exchange::clarify::RoundState;
use keqiao_exchange::life::Risk;
use keqiao_store::PageRequest;

use crate::exchange::{DEMAND, OTHER_COUNTY, fields, form, handed_in, listed, officer, ready};
use crate::find::member;
use crate::year::{actor, refused};

fn asks(ctx: &TestCtx, questions: &[&str]) -> RoundForm {
    RoundForm {
        questions: questions.iter().map(|q| (*q).to_owned()).collect(),
        due: ctx.now().day().plus(7).to_string(),
    }
}

/// Both questions answered, the text as the answers make it.
async fn answers(ctx: &TestCtx, who: &Actor, id: ListingId, number: i32) -> Answers {
    let answers = vec!["两条天然气烘干线，每天烘40吨".to_owned(), "8到10万".to_owned()];
    let sorted = exchange::sorted(ctx, who, id, number, &answers).await.unwrap();
    Answers { answers, cells: sorted.after }
}

const QUESTIONS: &[&str] = &["现状：写清现有设备、工艺、规模和现在的数值", "预算区间：大致多少？"];

async fn revision(ctx: &TestCtx, id: ListingId) -> i32 {
    exchange::show(ctx, &officer(21), id).await.unwrap().listing.revision
}

#[tokio::test]
async fn questions_are_answered_into_the_text_and_the_owner_confirms() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    let at = revision(&ctx, id).await;
    exchange::ask_round(&ctx, &officer(22), id, at, &asks(&ctx, QUESTIONS)).await.unwrap();
    let again = exchange::ask_round(&ctx, &officer(21), id, at, &asks(&ctx, &["还有？"])).await;
    assert_eq!(refused(again).1, "clarification.open", "one at a time");
    // The owner sees it on the listing, among one's own, and among what waits.
    let me = member(1);
    let shown = exchange::show(&ctx, &me, id).await.unwrap();
    assert_eq!((shown.rounds.len(), shown.rounds[0].number, shown.outstanding), (1, 1, false));
    let own = exchange::own(&ctx, &me, None, PageRequest::new(1, 20)).await.unwrap();
    assert_eq!(own.rounds[0].0, id);
    let waits = exchange::reminders(&ctx, &me).await.unwrap();
    let waits = waits.iter().find(|r| r.kind == ReminderKind::Clarification).unwrap();
    assert_eq!((waits.urgent, waits.due), (false, Some(ctx.now().day().plus(7))));
    // Nothing is saved while the owner compares.
    let sent = answers(&ctx, &me, id, 1).await;
    assert_eq!(sent.cells.get("situation"), "两条天然气烘干线，每天烘40吨");
    assert!(sent.cells.get("budget_to").starts_with("100,000"), "{:?}", sent.cells);
    assert_eq!(exchange::show(&ctx, &me, id).await.unwrap().cells.get("situation"), "");
    let half = Answers { answers: vec!["两条线".to_owned()], ..sent.clone() };
    assert_eq!(fields(exchange::answer_round(&ctx, &me, id, (1, at), &half).await), ["answer_1"]);
    let mut bad = sent.clone();
    bad.cells.set("problem", "");
    assert_eq!(fields(exchange::answer_round(&ctx, &me, id, (1, at), &bad).await), ["problem"]);
    assert_eq!(refused(exchange::answer_round(&ctx, &me, id, (1, at - 1), &sent).await).0, Kind::Conflict);
    let done = exchange::answer_round(&ctx, &me, id, (1, at), &sent).await.unwrap();
    assert_eq!(done.state, ListingState::Listed);
    let shown = exchange::show(&ctx, &me, id).await.unwrap();
    assert_eq!((shown.listing.version, shown.rounds[0].state), (2, RoundState::Answered));
    assert_eq!(shown.rounds[0].asked[1], (QUESTIONS[1].to_owned(), "8到10万".to_owned()));
    let acts: Vec<ListingAct> = shown.acts.iter().map(|a| a.act).collect();
    assert!(acts.ends_with(&[ListingAct::Asked, ListingAct::Clarified, ListingAct::Listed]), "{acts:?}");
    let stale = exchange::answer_round(&ctx, &me, id, (1, at + 1), &sent).await;
    assert_eq!(refused(stale).1, "clarification.closed", "a form left open says so");
    let next = asks(&ctx, &["能停产吗？"]);
    assert_eq!(
        refused(exchange::ask_round(&ctx, &officer(21), id, at, &next).await).0,
        Kind::Conflict,
        "changed since"
    );
    exchange::ask_round(&ctx, &officer(21), id, at + 1, &next).await.unwrap();
    let rounds = exchange::show(&ctx, &me, id).await.unwrap().rounds;
    assert_eq!(rounds.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2], "rounds are kept");
    assert!(log::verify(&ctx, None).await.unwrap().outcome.is_ok());
}

#[tokio::test]
async fn who_may_not_ask_or_answer_is_told_and_others_see_nothing() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    let at = revision(&ctx, id).await;
    let sent = asks(&ctx, QUESTIONS);
    for who in
        [member(1), member(2), actor(24, StaffRole::Officer, OTHER_COUNTY), actor(25, StaffRole::Leader, "990101")]
    {
        assert_eq!(refused(exchange::ask_round(&ctx, &who, id, at, &sent).await).0, Kind::Forbidden);
    }
    assert_eq!(refused(exchange::ask_round(&ctx, &Actor::visitor(""), id, at, &sent).await).0, Kind::SignIn);
    let far = RoundForm { due: ctx.now().day().plus(61).to_string(), ..sent.clone() };
    assert_eq!(fields(exchange::ask_round(&ctx, &officer(21), id, at, &far).await), ["due"]);
    let today = RoundForm { due: ctx.now().day().to_string(), ..sent.clone() };
    assert_eq!(fields(exchange::ask_round(&ctx, &officer(21), id, at, &today).await), ["due"]);
    let none = RoundForm { questions: vec![" ".to_owned(), "\n".to_owned()], ..sent.clone() };
    assert_eq!(fields(exchange::ask_round(&ctx, &officer(21), id, at, &none).await), ["questions"]);
    let long = asks(&ctx, &["问".repeat(201).as_str()]);
    assert_eq!(fields(exchange::ask_round(&ctx, &officer(21), id, at, &long).await), ["questions"]);
    exchange::ask_round(&ctx, &officer(21), id, at, &sent).await.unwrap();
    for who in [Actor::visitor(""), member(2)] {
        let shown = exchange::show(&ctx, &who, id).await.unwrap();
        assert!(shown.rounds.is_empty() && !shown.outstanding, "questions are between officer and owner");
    }
    let filled = answers(&ctx, &member(1), id, 1).await;
    for who in [member(2), officer(21)] {
        assert_eq!(refused(exchange::sorted(&ctx, &who, id, 1, &[]).await).0, Kind::Forbidden);
        assert_eq!(refused(exchange::answer_round(&ctx, &who, id, (1, at), &filled).await).0, Kind::Forbidden);
        assert_eq!(refused(exchange::open_round(&ctx, &who, id).await).0, Kind::Forbidden);
    }
    for who in [member(1), member(2)] {
        assert_eq!(refused(exchange::take_round_back(&ctx, &who, id, 1, "不问了").await).0, Kind::Forbidden);
    }
    assert_eq!(fields(exchange::take_round_back(&ctx, &officer(22), id, 1, " ").await), ["words"]);
    assert_eq!(refused(exchange::take_round_back(&ctx, &officer(22), id, 2, "x").await).1, "clarification.closed");
    exchange::take_round_back(&ctx, &officer(22), id, 1, "已电话问清").await.unwrap();
    assert_eq!(refused(exchange::open_round(&ctx, &member(1), id).await).1, "clarification.closed");
    let question = form(ListingKind::Question, &[("title", "隔夜茶能不能喝")]);
    let (other, _) = handed_in(&ctx, &member(1), &question).await;
    let at = revision(&ctx, other).await;
    assert_eq!(refused(exchange::ask_round(&ctx, &officer(21), other, at, &sent).await).1, "clarification.state");
}

#[tokio::test]
async fn silence_is_reminded_of_then_shown_and_never_closes_a_round() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    let at = revision(&ctx, id).await;
    exchange::ask_round(&ctx, &officer(21), id, at, &asks(&ctx, QUESTIONS)).await.unwrap();
    let unanswered = async |who: &Actor| {
        let waits = exchange::reminders(&ctx, who).await.unwrap();
        waits.iter().any(|r| r.kind == ReminderKind::Unanswered)
    };
    assert!(!unanswered(&officer(22)).await);
    ctx.clock.advance_seconds(8 * 86_400);
    let waits = exchange::reminders(&ctx, &member(1)).await.unwrap();
    assert!(waits.iter().any(|r| r.kind == ReminderKind::Clarification && r.urgent));
    assert!(unanswered(&officer(22)).await && !unanswered(&actor(24, StaffRole::Officer, OTHER_COUNTY)).await);
    let desk = exchange::desk(&ctx, &officer(22), ListingState::Waiting, PageRequest::new(1, 20)).await.unwrap();
    assert_eq!((desk.overdue.len(), desk.overdue[0].1.id), (1, id));
    assert!(!exchange::show(&ctx, &Actor::visitor(""), id).await.unwrap().outstanding, "days of grace");
    ctx.clock.advance_seconds(3 * 86_400);
    assert!(exchange::show(&ctx, &Actor::visitor(""), id).await.unwrap().outstanding);
    finder::sync(&ctx).await.unwrap();
    let found = exchange::find(&ctx, &Wanted::default(), PageRequest::new(1, 20)).await.unwrap();
    assert!(found.cards.len() == 1 && found.cards[0].outstanding, "and on every list");
    ctx.clock.advance_seconds(181 * 86_400);
    exchange::term_work(&ctx).await.unwrap();
    let shown = exchange::show(&ctx, &member(1), id).await.unwrap();
    assert_eq!((shown.listing.state, shown.rounds[0].state), (ListingState::Expired, RoundState::Open));
    // What is frozen cannot be answered for; once it is restored, it can.
    exchange::freeze(&ctx, &officer(21), id, shown.listing.revision, ReportReason::Stale, "无人回应").await.unwrap();
    let sent = answers(&ctx, &member(1), id, 1).await;
    let frozen = exchange::answer_round(&ctx, &member(1), id, (1, shown.listing.revision + 1), &sent).await;
    assert_eq!(refused(frozen).1, "clarification.state");
    assert!(!unanswered(&officer(22)).await, "nobody is asked for what cannot be given");
}

#[tokio::test]
async fn a_demand_that_waits_goes_on_waiting_and_one_written_for_somebody_needs_their_word_again() {
    let ctx = ready().await;
    let (id, done) = handed_in(&ctx, &member(1), &form(ListingKind::Demand, DEMAND)).await;
    assert_eq!(done.risks, [Risk::NewPublisher]);
    exchange::ask_round(&ctx, &officer(21), id, 1, &asks(&ctx, QUESTIONS)).await.unwrap();
    let sent = answers(&ctx, &member(1), id, 1).await;
    let done = exchange::answer_round(&ctx, &member(1), id, (1, 1), &sent).await.unwrap();
    assert_eq!((done.state, done.risks), (ListingState::Waiting, vec![Risk::NewPublisher]));
    assert_eq!(refused(exchange::pass(&ctx, &officer(21), id, 1).await).0, Kind::Conflict, "read it again first");
    exchange::pass(&ctx, &officer(21), id, 2).await.unwrap();
    let visit = ListingForm {
        source: ListingSource::Visit,
        owner: "下河村种植大户".to_owned(),
        ..form(ListingKind::Demand, &[("title", "花椒锈病防治求助"), ("problem", "叶子发黄落叶")])
    };
    let (id, _) = handed_in(&ctx, &officer(21), &visit).await;
    exchange::consent(&ctx, &officer(21), id, 1, "电话确认").await.unwrap();
    exchange::pass(&ctx, &officer(22), id, 2).await.unwrap();
    exchange::ask_round(&ctx, &officer(22), id, 3, &asks(&ctx, QUESTIONS)).await.unwrap();
    let sent = answers(&ctx, &officer(21), id, 1).await;
    let done = exchange::answer_round(&ctx, &officer(21), id, (1, 3), &sent).await.unwrap();
    assert_eq!((done.state, done.risks), (ListingState::Waiting, vec![Risk::Unconfirmed]));
}
