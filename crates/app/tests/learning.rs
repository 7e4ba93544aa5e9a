//! Learning from what people said of matches: too little teaches nothing, enough of it changes the order when it wins, and a broken file of
//! weights is left aside.

use std::sync::Arc;

use keqiao_app::Ctx;
use keqiao_app::exchange::{self, finder};
use keqiao_app::fixture::TestCtx;
use keqiao_base::{AccountId, FixedEntropy, InterestId, JudgementId, ListingId};
use keqiao_exchange::choice::{DeclineReason, InterestState, ListingKind};
use keqiao_search::learn::TooFew;
use keqiao_store::exchange::interest::{self, Interest};
use keqiao_store::exchange::judgement::{self, Judgement};

use crate::find::{listed, member};
use crate::year::COUNTY;

/// What somebody said of a match.
async fn said(ctx: &TestCtx, account: AccountId, from: ListingId, to: ListingId, useful: bool) {
    let row = Judgement {
        id: JudgementId::new(&*ctx.ctx.clock, &*ctx.entropy),
        account_id: account,
        from_id: from,
        to_id: to,
        region: COUNTY.parse().unwrap(),
        discipline: String::new(),
        useful,
        reason: None,
        place: 1,
        ranker: "words+fit/1".to_owned(),
        features: "{}".to_owned(),
        at: ctx.now(),
    };
    let tx = ctx.begin().await.unwrap();
    judgement::put(&tx, row).await.unwrap();
    ctx.commit(tx).await.unwrap();
}

/// What came of a demand's interest in an offer.
async fn ended(ctx: &TestCtx, demand: ListingId, offer: ListingId, reason: Option<DeclineReason>) {
    let row = Interest {
        id: InterestId::new(&*ctx.ctx.clock, &*ctx.entropy),
        listing_id: offer,
        version: 1,
        own_listing_id: Some(demand),
        account_id: AccountId::from(uuid::Uuid::from_u128(1)),
        name: "用户1".to_owned(),
        phone: String::new(),
        words: String::new(),
        state: if reason.is_none() { InterestState::Accepted } else { InterestState::Declined },
        reason,
        answer: String::new(),
        due_day: ctx.now().day(),
        at: ctx.now(),
        answered_at: Some(ctx.now()),
        sworn_at: None,
    };
    let tx = ctx.begin().await.unwrap();
    interest::insert(&tx, row).await.unwrap();
    ctx.commit(tx).await.unwrap();
}

/// How people say which offer is of use.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Judging,
    Outcome,
}

/// `count` demands, each with a short offer that repeats it, a long one that people find of use, and one of something else. Gives the first with its two offers.
async fn county(ctx: &TestCtx, count: usize, by: By) -> (ListingId, ListingId, ListingId) {
    let mut first = None;
    for n in 0..count {
        let problem = format!("HB{n:03}水泵振动噪声超标");
        let demand = [("title", problem.as_str()), ("problem", problem.as_str())];
        let demand = listed(ctx, ListingKind::Demand, 1, &demand).await;
        let solves = format!("解决HB{n:03}水泵振动噪声超标");
        let brief = [("title", problem.as_str()), ("form", "service"), ("solves", solves.as_str())];
        let brief = listed(ctx, ListingKind::Offer, 2, &brief).await;
        let title = format!("HB{n:03}水泵减振");
        let whole = format!(
            "{title}，先上门测量振动噪声再提出方案，更换轴承并校正动平衡，附三个月回访与书面报告，费用按工时结算"
        );
        let whole = [("title", title.as_str()), ("form", "service"), ("solves", whole.as_str())];
        let whole = listed(ctx, ListingKind::Offer, 3, &whole).await;
        // Far off the mark, so that the score says something too.
        let far = format!("外壳除锈喷漆，含运输与保修，适用于各类机组，按面积计价，也可上门，HB{n:03}除外");
        let far = [("title", "机组喷漆翻新"), ("form", "service"), ("solves", far.as_str())];
        let far = listed(ctx, ListingKind::Offer, 4, &far).await;
        let people = AccountId::from(uuid::Uuid::from_u128(9));
        if by == By::Judging {
            said(ctx, people, demand, brief, false).await;
            said(ctx, people, demand, whole, true).await;
            said(ctx, people, demand, far, false).await;
        } else {
            ended(ctx, demand, brief, Some(DeclineReason::Criteria)).await;
            ended(ctx, demand, whole, None).await;
            ended(ctx, demand, far, Some(DeclineReason::OtherField)).await;
        }
        first.get_or_insert((demand, brief, whole));
    }
    first.unwrap()
}

async fn first_match(ctx: &TestCtx, demand: ListingId) -> ListingId {
    exchange::matches(ctx, &member(1), demand).await.unwrap().found[0].card.listing.id
}

#[tokio::test]
async fn what_came_of_matches_teaches_as_well() {
    let ctx = TestCtx::new().await.unwrap();
    county(&ctx, 60, By::Outcome).await;
    let lesson = exchange::learn(&ctx).await.unwrap().unwrap();
    let outcome = lesson.learnt.outcome.iter().find(|o| o.taken);
    let outcome = outcome.unwrap_or_else(|| panic!("nothing won: {:?}", lesson.learnt.outcome));
    assert_eq!(outcome.losses, 0);
}

/// The same county, in a process that starts.
fn restarted(before: TestCtx) -> TestCtx {
    let TestCtx { ctx, clock, db } = before;
    let again = Ctx::new(db.db.clone(), clock.clone(), Arc::new(FixedEntropy::seed(2)), ctx.settings.clone()).unwrap();
    TestCtx { ctx: again, clock, db }
}

#[tokio::test]
async fn few_judgements_teach_nothing() {
    let ctx = TestCtx::new().await.unwrap();
    county(&ctx, 3, By::Judging).await;
    let few = exchange::learn(&ctx).await.unwrap().unwrap_err();
    assert_eq!(few, TooFew { most: 3 });
    assert!(!ctx.settings.data.join("ranking.toml").exists());
}

#[tokio::test]
async fn what_people_find_of_use_comes_first_once_it_was_learnt() {
    let ctx = TestCtx::new().await.unwrap();
    let (demand, brief, whole) = county(&ctx, 60, By::Judging).await;
    finder::sync(&ctx).await.unwrap();
    assert_eq!(first_match(&ctx, demand).await, brief);
    assert_eq!(ctx.finder.ranker(), "words+fit/1");
    let lesson = exchange::learn(&ctx).await.unwrap().unwrap();
    let outcome = lesson.learnt.outcome.iter().find(|o| o.taken);
    let outcome = outcome.unwrap_or_else(|| panic!("nothing won: {:?}", lesson.learnt.outcome));
    assert_eq!((outcome.queries, outcome.losses), (60, 0));
    assert_eq!(finder::read_learnt(&lesson.written.unwrap()).unwrap(), lesson.learnt);

    // Another process starts.
    let ctx = restarted(ctx);
    finder::sync(&ctx).await.unwrap();
    assert_eq!(ctx.finder.ranker(), "words+fit/1 learnt");
    assert_eq!(first_match(&ctx, demand).await, whole);

    std::fs::write(ctx.settings.data.join("ranking.toml"), "weights = 3").unwrap();
    let ctx = restarted(ctx);
    finder::sync(&ctx).await.unwrap();
    assert_eq!(ctx.finder.ranker(), "words+fit/1");
}
