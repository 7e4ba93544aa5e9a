//! Finding and matching: what is listed is found within the next pass, what is not is gone; both directions with their reasons; near copies on
//! both sides; kept searches; who may see what.

use keqiao_access::role::AccountKind;
use keqiao_access::{Actor, Grade, Signed, StaffRole, Via};
use keqiao_app::Ctx;
use keqiao_app::exchange::{self, Judged, Wanted, finder};
use keqiao_app::fixture::TestCtx;
use keqiao_base::{AccountId, InterestId, Kind, ListingId, SessionId};
use keqiao_exchange::choice::{InterestState, ListingKind, ListingSource, ListingState, MissReason};
use keqiao_exchange::fit::Part;
use keqiao_exchange::life::Risk;
use keqiao_exchange::listing::{Cells, Content};
use keqiao_store::PageRequest;
use keqiao_store::exchange::listing::{self, Listing};
use keqiao_store::exchange::{interest, saved};

use crate::year::{COUNTY, actor, refused};

fn account(n: u128) -> AccountId {
    AccountId::from(uuid::Uuid::from_u128(n))
}

/// Somebody with an account and no role.
pub fn member(n: u128) -> Actor {
    Actor::Signed(Box::new(Signed {
        account: account(n),
        login: format!("m{n}"),
        name: format!("用户{n}"),
        kind: AccountKind::ScienceWorker,
        grade: Grade::None,
        roles: Vec::new(),
        organisation: None,
        via: Via::Session(SessionId::from(uuid::Uuid::from_u128(n))),
        address: String::new(),
    }))
}

pub type Fields<'a> = &'a [(&'a str, &'a str)];

/// A listed listing of an account, as publishing leaves it.
pub async fn listed(ctx: &TestCtx, kind: ListingKind, owner: u128, fields: Fields<'_>) -> ListingId {
    let cells = Cells(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
    let (content, faults) = Content::read(kind, &cells);
    assert_eq!(faults, []);
    ctx.clock.advance_seconds(1);
    let now = ctx.now();
    let row = Listing {
        id: ListingId::new(&*ctx.ctx.clock, &*ctx.entropy),
        kind,
        region: COUNTY.parse().unwrap(),
        state: ListingState::Listed,
        title: content.title.clone(),
        cells: serde_json::to_string(&cells).unwrap(),
        discipline: content.discipline.clone(),
        industry: content.industry.clone(),
        technology: content.technology.clone(),
        clarity: 0,
        owner_id: Some(account(owner)),
        owner: format!("用户{owner}"),
        organisation_id: None,
        phone: String::new(),
        publisher_id: account(owner),
        publisher: format!("用户{owner}"),
        source: ListingSource::Own,
        consent_at: Some(now),
        risks: "[]".to_owned(),
        reason: None,
        words: String::new(),
        decider_id: None,
        version: 1,
        submitted_at: Some(now),
        listed_at: Some(now),
        confirmed_at: Some(now),
        valid_until: Some(now.day().plus(100)),
        revision: 0,
        created_at: now,
        updated_at: now,
    };
    let id = row.id;
    let tx = ctx.begin().await.unwrap();
    listing::insert(&tx, row).await.unwrap();
    ctx.commit(tx).await.unwrap();
    id
}

async fn becomes(ctx: &TestCtx, id: ListingId, state: ListingState) {
    let tx = ctx.begin().await.unwrap();
    let row = listing::load(&tx, id).await.unwrap().unwrap();
    let revision = row.revision;
    assert!(listing::save(&tx, Listing { state, updated_at: ctx.now(), ..row }, revision).await.unwrap());
    ctx.commit(tx).await.unwrap();
}

pub const DEMAND: Fields<'static> = &[
    ("title", "稻谷烘干线天然气消耗偏高"),
    ("problem", "烘干线耗气太多，烘干成本高"),
    ("situation", "合作社有两条天然气烘干线"),
    ("criteria", "出机含水率 ≤ 14 %"),
    ("budget_from", "80000"),
    ("budget_to", "100000"),
    ("discipline", "416"),
];

pub const OFFER: Fields<'static> = &[
    ("title", "谷物烘干余热回收改造"),
    ("form", "service"),
    ("solves", "烘干线天然气消耗高，用余热回收降低耗气"),
    ("promises", "含水率 ≤ 13.5 %"),
    ("maturity", "applied"),
    ("price_from", "60000"),
    ("price_to", "90000"),
    ("places", "1"),
    ("discipline", "416"),
];

const DEAR: Fields<'static> = &[
    ("title", "烘干机节气控制系统"),
    ("form", "service"),
    ("solves", "烘干线天然气消耗高，自动控制降低耗气"),
    ("promises", "含水率 ≤ 15 %"),
    ("maturity", "trial"),
    ("price_from", "300000"),
];

pub const MOWER: Fields<'static> =
    &[("title", "果园遥控割草机"), ("form", "result"), ("solves", "果园坡地除草费工"), ("maturity", "pilot")];

pub async fn found(ctx: &TestCtx, query: &str) -> Vec<ListingId> {
    let results = exchange::find(ctx, &Wanted::read(query), PageRequest::new(1, 20)).await.unwrap();
    results.cards.into_iter().map(|card| card.listing.id).collect()
}

#[tokio::test]
async fn what_is_listed_is_found_in_the_next_pass_and_what_is_not_is_gone() {
    let ctx = TestCtx::new().await.unwrap();
    assert_eq!(finder::sync(&ctx).await.unwrap(), 0);
    assert!(ctx.finder.is_ready() && !ctx.finder.has_vectors());
    let demand = listed(&ctx, ListingKind::Demand, 1, DEMAND).await;
    let offer = listed(&ctx, ListingKind::Offer, 2, OFFER).await;
    let mower = listed(&ctx, ListingKind::Offer, 3, MOWER).await;
    assert_eq!(finder::sync(&ctx).await.unwrap(), 3);
    assert_eq!(finder::sync(&ctx).await.unwrap(), 0, "nothing new");
    assert_eq!(found(&ctx, "q=割草").await, [mower]);
    let both = found(&ctx, "q=烘干天然气").await;
    assert!(both.contains(&demand) && both.contains(&offer) && !both.contains(&mower));
    assert_eq!(found(&ctx, "q=烘干天然气&kind=offer").await, [offer]);
    assert_eq!(found(&ctx, "kind=offer").await, [mower, offer], "without words the last comes first");
    assert_eq!(found(&ctx, "region=990000&maturity=pilot").await, [mower], "found by the province above");
    assert!(found(&ctx, "region=110000").await.is_empty());
    let all = exchange::find(&ctx, &Wanted::default(), PageRequest::new(1, 20)).await.unwrap();
    assert_eq!(all.facets["kind"], [("offer".to_owned(), 2), ("demand".to_owned(), 1)]);
    let marked: Vec<String> =
        exchange::find(&ctx, &Wanted::read("q=割草"), PageRequest::default()).await.unwrap().cards[0]
            .title
            .iter()
            .filter(|p| p.marked)
            .map(|p| p.text.clone())
            .collect();
    assert_eq!(marked, ["割草"]);
    let second = Ctx::new(ctx.db.db.clone(), ctx.clock.clone(), ctx.entropy.clone(), ctx.settings.clone()).unwrap();
    finder::sync(&second).await.unwrap();
    let there = exchange::find(&second, &Wanted::read("q=割草"), PageRequest::default()).await.unwrap();
    assert_eq!(there.total, 1, "another server on the same database");
    becomes(&ctx, mower, ListingState::Frozen).await;
    becomes(&ctx, mower, ListingState::Listed).await;
    assert_eq!(finder::sync(&second).await.unwrap(), 0, "it could be found before");
    for state in [ListingState::Frozen, ListingState::Listed, ListingState::Expired] {
        becomes(&ctx, mower, state).await;
        // Before the pass: the row is looked at again.
        assert!(found(&ctx, "q=割草").await.is_empty(), "{state}");
        finder::sync(&ctx).await.unwrap();
        assert_eq!(found(&ctx, "q=割草").await.len(), usize::from(state == ListingState::Listed), "{state}");
    }
}

#[tokio::test]
async fn a_demand_finds_offers_and_an_offer_demands_each_with_what_speaks_for_and_against() {
    let ctx = TestCtx::new().await.unwrap();
    let demand = listed(&ctx, ListingKind::Demand, 1, DEMAND).await;
    let dear = listed(&ctx, ListingKind::Offer, 3, DEAR).await;
    let offer = listed(&ctx, ListingKind::Offer, 2, OFFER).await;
    listed(&ctx, ListingKind::Offer, 4, MOWER).await;
    finder::sync(&ctx).await.unwrap();
    let all = exchange::matches(&ctx, &member(1), demand).await.unwrap();
    assert_eq!(all.kind, ListingKind::Offer);
    let ids: Vec<ListingId> = all.found.iter().map(|m| m.card.listing.id).collect();
    assert_eq!(ids, [offer, dear], "what fits comes first; a mower dries no rice");
    let best = &all.found[0];
    let parts: Vec<Part> = best.fitting().map(|r| r.part).collect();
    assert_eq!(parts, [Part::Criterion, Part::Price, Part::Capacity, Part::Field, Part::Place]);
    assert_eq!(best.against().count(), 0);
    assert!(best.shared.iter().any(|s| s.term.contains("烘干")), "{:?}", best.shared);
    assert_eq!((best.place, best.likeness), (1, None));
    let against: Vec<Part> = all.found[1].against().map(|r| r.part).collect();
    assert_eq!(against, [Part::Criterion, Part::Price]);
    let back = exchange::matches(&ctx, &member(2), offer).await.unwrap();
    assert_eq!((back.kind, back.found.len()), (ListingKind::Demand, 1));
    assert_eq!(back.found[0].card.listing.id, demand);
    let like = exchange::similar(&ctx, offer).await.unwrap();
    assert_eq!(like.found.iter().map(|m| m.card.listing.id).collect::<Vec<_>>(), [dear]);
    becomes(&ctx, dear, ListingState::Frozen).await;
    assert_eq!(refused(exchange::similar(&ctx, dear).await.map(|m| m.kind)).0, Kind::NotFound);
}

async fn taken(ctx: &TestCtx, id: ListingId, by: u128) {
    let row = interest::Interest {
        id: InterestId::new(&*ctx.ctx.clock, &*ctx.entropy),
        listing_id: id,
        version: 1,
        own_listing_id: None,
        account_id: account(by),
        name: format!("用户{by}"),
        phone: String::new(),
        words: String::new(),
        state: InterestState::Accepted,
        reason: None,
        answer: String::new(),
        due_day: ctx.now().day(),
        at: ctx.now(),
        answered_at: Some(ctx.now().plus_seconds(3_600)),
        sworn_at: None,
    };
    let tx = ctx.begin().await.unwrap();
    interest::insert(&tx, row).await.unwrap();
    ctx.commit(tx).await.unwrap();
}

#[tokio::test]
async fn who_has_no_place_left_is_told_apart() {
    let ctx = TestCtx::new().await.unwrap();
    let demand = listed(&ctx, ListingKind::Demand, 1, DEMAND).await;
    let offer = listed(&ctx, ListingKind::Offer, 2, OFFER).await;
    finder::sync(&ctx).await.unwrap();
    taken(&ctx, offer, 9).await;
    let all = exchange::matches(&ctx, &member(1), demand).await.unwrap();
    assert_eq!(all.found[0].against().map(|r| r.part).collect::<Vec<_>>(), [Part::Capacity]);
}

#[tokio::test]
async fn matches_are_for_those_whose_they_are_and_for_officers_there() {
    let ctx = TestCtx::new().await.unwrap();
    let demand = listed(&ctx, ListingKind::Demand, 1, DEMAND).await;
    let offer = listed(&ctx, ListingKind::Offer, 2, OFFER).await;
    finder::sync(&ctx).await.unwrap();
    let strangers = [member(2), actor(30, StaffRole::Officer, "990102"), actor(31, StaffRole::Finance, COUNTY)];
    for stranger in &strangers {
        let asked = exchange::matches(&ctx, stranger, demand).await.map(|m| m.kind);
        assert_eq!(refused(asked).0, Kind::NotFound, "{stranger:?}");
        assert_ne!(exchange::judge(&ctx, stranger, demand, offer, Judged::Useful).await.map_err(|_| ()), Ok(()));
    }
    let visitor = Actor::visitor("");
    assert_eq!(refused(exchange::matches(&ctx, &visitor, demand).await.map(|m| m.kind)).0, Kind::SignIn);
    for entitled in [member(1), actor(32, StaffRole::Officer, COUNTY), actor(33, StaffRole::Leader, COUNTY)] {
        assert_eq!(exchange::matches(&ctx, &entitled, demand).await.unwrap().found.len(), 1);
    }
    assert_eq!(refused(exchange::clusters(&ctx, &member(1)).await.map(|c| c.len())).0, Kind::Forbidden);
}

#[tokio::test]
async fn what_is_said_of_a_match_is_kept_with_its_place_and_counts_in_public_from_five_on() {
    let ctx = TestCtx::new().await.unwrap();
    let offer = listed(&ctx, ListingKind::Offer, 2, OFFER).await;
    let mut demands = Vec::new();
    for n in 11..16 {
        demands.push((n, listed(&ctx, ListingKind::Demand, n, DEMAND).await));
    }
    finder::sync(&ctx).await.unwrap();
    for (n, demand) in &demands[..4] {
        exchange::judge(&ctx, &member(*n), *demand, offer, Judged::Useful).await.unwrap();
    }
    let few = exchange::quality(&ctx).await.unwrap();
    assert_eq!((few.all.precise.n, few.all.precise.thousandths()), (4, None));
    let (n, demand) = demands[4];
    exchange::judge(&ctx, &member(n), demand, offer, Judged::Useful).await.unwrap();
    exchange::judge(&ctx, &member(n), demand, offer, Judged::Miss(MissReason::Terms)).await.unwrap();
    for (_, demand) in &demands[..2] {
        taken(&ctx, *demand, 2).await;
    }
    ctx.clock.advance_seconds(301);
    let all = exchange::quality(&ctx).await.unwrap();
    assert_eq!(all.all.precise.thousandths(), Some(800), "the later word replaces the earlier");
    assert_eq!((all.all.answered.n, all.all.answered.thousandths()), (5, Some(400)));
    assert_eq!((all.all.waited.n(), all.all.waited.seconds()), (2, None));
    assert_eq!(all.months.len(), 1);
    assert_eq!(all.disciplines.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["416"]);
    let seen = exchange::matches(&ctx, &member(n), demand).await.unwrap();
    let judged = seen.found[0].judged.as_ref().unwrap();
    assert_eq!((judged.useful, judged.reason, judged.place), (false, Some(MissReason::Terms), 1));
    assert!(judged.features.contains("search_place") && judged.ranker.starts_with("words"));
    let elsewhere = exchange::judge(&ctx, &member(n), demand, demands[0].1, Judged::Useful).await;
    assert_eq!(refused(elsewhere).1, "match.gone");
}

#[tokio::test]
async fn copies_are_seen_on_both_sides_and_of_every_publisher() {
    let ctx = TestCtx::new().await.unwrap();
    let text = "两条天然气烘干线每吨耗气三十五方，希望降到二十五方，含水率不超过百分之十四，不能停产，要用现有的烘干塔";
    let offer = [("title", "稻谷烘干线节气改造"), ("form", "service"), ("solves", text), ("maturity", "pilot")];
    let as_offer = listed(&ctx, ListingKind::Offer, 1, &offer).await;
    listed(&ctx, ListingKind::Offer, 2, MOWER).await;
    finder::sync(&ctx).await.unwrap();
    let alike = exchange::alike(&ctx, "稻谷烘干线节气", text, None).await.unwrap();
    assert_eq!(alike.iter().map(|a| a.id).collect::<Vec<_>>(), [as_offer]);
    assert!(alike[0].share >= 90 && !alike[0].by_meaning);
    let doubts = |kind, who: u128| exchange::doubts(&alike, kind, Some(account(who)), "谁");
    assert_eq!(doubts(ListingKind::Offer, 1), [Risk::Duplicate]);
    assert_eq!(doubts(ListingKind::Offer, 5), [Risk::Crossed]);
    assert_eq!(doubts(ListingKind::Demand, 1), [Risk::Crossed]);
    assert!(exchange::alike(&ctx, "稻谷烘干线节气", text, Some(as_offer)).await.unwrap().is_empty(), "not itself");
    assert!(exchange::alike(&ctx, "花椒锈病怎么防", "花椒叶背有黄色粉末，落叶早", None).await.unwrap().is_empty());
    let demand = [("title", "稻谷烘干线节气"), ("problem", text)];
    let as_demand = listed(&ctx, ListingKind::Demand, 7, &demand).await;
    finder::sync(&ctx).await.unwrap();
    let officer = actor(32, StaffRole::Officer, COUNTY);
    let clusters = exchange::clusters(&ctx, &officer).await.unwrap();
    assert_eq!(clusters.len(), 1);
    let members: Vec<ListingId> = clusters[0].members.iter().map(|m| m.listing.id).collect();
    assert_eq!((members, clusters[0].both_sides, clusters[0].publishers), (vec![as_offer, as_demand], true, 2));
    assert!(clusters[0].members[1].share >= 90);
    let elsewhere = actor(30, StaffRole::Officer, "990102");
    assert!(exchange::clusters(&ctx, &elsewhere).await.unwrap().is_empty());
    becomes(&ctx, as_demand, ListingState::Frozen).await;
    finder::sync(&ctx).await.unwrap();
    assert_eq!(exchange::clusters(&ctx, &officer).await.unwrap().len(), 1, "what is frozen does not come back as new");
    becomes(&ctx, as_demand, ListingState::Archived).await;
    finder::sync(&ctx).await.unwrap();
    assert!(exchange::clusters(&ctx, &officer).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_kept_search_counts_what_others_listed_since_it_was_looked_at() {
    let ctx = TestCtx::new().await.unwrap();
    listed(&ctx, ListingKind::Offer, 2, OFFER).await;
    finder::sync(&ctx).await.unwrap();
    let me = member(1);
    let wanted = Wanted::read("q=烘干&kind=offer");
    exchange::keep_search(&ctx, &me, &wanted, "").await.unwrap();
    exchange::keep_search(&ctx, &me, &wanted, "烘干的").await.unwrap();
    let kept = exchange::saved_searches(&ctx, &me).await.unwrap();
    assert_eq!((kept.len(), kept[0].title.as_str()), (1, "烘干的"), "kept once, named anew");
    ctx.clock.advance_seconds(60);
    listed(&ctx, ListingKind::Offer, 3, DEAR).await;
    listed(&ctx, ListingKind::Offer, 1, OFFER).await;
    listed(&ctx, ListingKind::Offer, 4, MOWER).await;
    listed(&ctx, ListingKind::Demand, 5, DEMAND).await;
    finder::sync(&ctx).await.unwrap();
    exchange::count_fresh(&ctx).await.unwrap();
    assert_eq!(
        exchange::saved_searches(&ctx, &me).await.unwrap()[0].fresh,
        1,
        "not the old one, not one's own, not another kind"
    );
    let reminders = exchange::reminders(&ctx, &me).await.unwrap();
    assert_eq!(reminders.len(), 1);
    assert!(exchange::reminders(&ctx, &member(2)).await.unwrap().is_empty());
    let id = kept[0].id;
    assert_eq!(refused(exchange::open_search(&ctx, &member(2), id).await).0, Kind::NotFound);
    assert_eq!(exchange::open_search(&ctx, &me, id).await.unwrap(), wanted.query());
    exchange::count_fresh(&ctx).await.unwrap();
    assert!(exchange::reminders(&ctx, &me).await.unwrap().is_empty(), "looked at");
    assert_eq!(refused(exchange::forget_search(&ctx, &member(2), id).await).0, Kind::NotFound);
    exchange::forget_search(&ctx, &me, id).await.unwrap();
    for n in 0..exchange::SAVED_MAX {
        exchange::keep_search(&ctx, &me, &Wanted::read(&format!("q=烘干{n}")), "").await.unwrap();
    }
    assert_eq!(refused(exchange::keep_search(&ctx, &me, &wanted, "").await).1, "saved.full");
    assert_eq!(refused(exchange::keep_search(&ctx, &Actor::visitor(""), &wanted, "").await).0, Kind::SignIn);
    assert_eq!(saved::count(ctx.db.db.read(), account(1)).await.unwrap(), exchange::SAVED_MAX);
}

#[tokio::test]
async fn a_facet_keeps_its_other_values_and_takes_several() {
    let ctx = TestCtx::new().await.unwrap();
    listed(&ctx, ListingKind::Demand, 1, DEMAND).await;
    for (n, fields) in [(2, OFFER), (3, DEAR), (4, MOWER)] {
        listed(&ctx, ListingKind::Offer, n, fields).await;
    }
    finder::sync(&ctx).await.unwrap();
    let ask = async |query: &str| exchange::find(&ctx, &Wanted::read(query), PageRequest::new(1, 20)).await.unwrap();
    let of = |r: &exchange::Results, facet: &str| {
        let mut values = r.facets.get(facet).cloned().unwrap_or_default();
        values.sort();
        values.into_iter().map(|(code, n)| format!("{code} {n}")).collect::<Vec<_>>().join(", ")
    };
    for words in ["", "q=%E7%83%98%E5%B9%B2&"] {
        let mowers = usize::from(words.is_empty());
        let all = ask(&format!("{words}kind=offer")).await;
        let pilot = if mowers == 1 { "applied 1, pilot 1, trial 1" } else { "applied 1, trial 1" };
        assert_eq!(
            (of(&all, "maturity").as_str(), of(&all, "kind")),
            (pilot, format!("demand 1, offer {}", 2 + mowers))
        );
        let one = ask(&format!("{words}kind=offer&maturity=applied")).await;
        assert_eq!((one.total, of(&one, "maturity").as_str()), (1, pilot), "the other values stay");
        assert_eq!(of(&one, "form"), "service 1", "the other facets follow");
        assert_eq!(of(&one, "kind"), "offer 1", "a demand has no such maturity");
        let two = ask(&format!("{words}kind=offer&maturity=applied&maturity=trial")).await;
        assert_eq!((two.total, of(&two, "form").as_str()), (2, "service 2"), "either will do");
        let none = ask(&format!("{words}maturity=spread&form=service")).await;
        assert_eq!((none.total, of(&none, "maturity").as_str()), (0, "applied 1, trial 1"), "there is a way on");
    }
}
