//! Listings through their use cases: drafted, handed in, judged, reported, frozen, appealed, renewed, expired; layers of disclosure; bookings.

use keqiao_access::role::AccountKind;
use keqiao_access::{Actor, StaffRole};
use keqiao_app::account::{Account, sign_up};
use keqiao_app::exchange::{self, Answered, BookingForm, InterestForm, ListingForm, StudioForm, Submitted};
use keqiao_app::fixture::TestCtx;
use keqiao_app::{AppError, AppResult, log};
use keqiao_base::{AccountId, Kind, ListingId};
use keqiao_exchange::choice::{
    BookingState, DeclineReason, InterestState, ListingKind, ListingSource, ListingState, ReportReason, ReturnReason,
    StudioKind,
};
use keqiao_exchange::disclosure::Layer;
use keqiao_exchange::life::Risk;
use keqiao_exchange::listing::Cells;
use keqiao_store::PageRequest;

use crate::find::member;
use crate::year::{COUNTY, actor, refused};

pub const OTHER_COUNTY: &str = "990102";

pub fn officer(n: u128) -> Actor {
    actor(n, StaffRole::Officer, COUNTY)
}

pub fn form(kind: ListingKind, cells: &[(&str, &str)]) -> ListingForm {
    ListingForm {
        kind,
        source: ListingSource::Own,
        owner: String::new(),
        login: String::new(),
        region: COUNTY.to_owned(),
        phone: "13800000000".to_owned(),
        cells: Cells(cells.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()),
    }
}

pub const DEMAND: &[(&str, &str)] = &[
    ("title", "稻谷烘干线天然气消耗偏高"),
    ("problem", "烘干太费气，每吨要耗气35方"),
    ("criteria", "每吨耗气 ≤ 25 方"),
];

/// A place with the accounts behind `member(1..=4)` and `officer(21..=22)`.
pub async fn ready() -> TestCtx {
    let ctx = TestCtx::new().await.unwrap();
    let tx = ctx.begin().await.unwrap();
    for n in [1, 2, 3, 4, 21, 22] {
        let kind = if n > 20 { AccountKind::Staff } else { AccountKind::ScienceWorker };
        let blank = sign_up::blank(&ctx, format!("a{n}"), format!("用户{n}"), kind);
        let id = AccountId::from(uuid::Uuid::from_u128(n));
        keqiao_store::account::save_new(&tx, Account { id, ..blank }).await.unwrap();
    }
    ctx.commit(tx).await.unwrap();
    ctx
}

pub async fn handed_in(ctx: &TestCtx, who: &Actor, form: &ListingForm) -> (ListingId, Submitted) {
    let id = exchange::begin(ctx, who, form).await.unwrap();
    let done = exchange::submit(ctx, who, id, 0, form).await.unwrap();
    (id, done)
}

pub async fn listed(ctx: &TestCtx) -> ListingId {
    let (id, done) = handed_in(ctx, &member(1), &form(ListingKind::Demand, DEMAND)).await;
    assert_eq!((done.state, done.risks), (ListingState::Waiting, vec![Risk::NewPublisher]));
    exchange::pass(ctx, &officer(21), id, 1).await.unwrap();
    id
}

async fn state(ctx: &TestCtx, id: ListingId) -> ListingState {
    exchange::show(ctx, &officer(21), id).await.unwrap().listing.state
}

pub fn fields<T: std::fmt::Debug>(result: AppResult<T>) -> Vec<String> {
    match result {
        Err(AppError::Refusal(r)) => r.fields.into_iter().map(|f| f.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_first_listing_waits_and_the_next_goes_straight_through() {
    let ctx = ready().await;
    let visitor = Actor::visitor("192.0.2.1");
    let sent = form(ListingKind::Demand, DEMAND);
    assert_eq!(refused(exchange::begin(&ctx, &visitor, &sent).await).0, Kind::SignIn);
    let id = listed(&ctx).await;
    assert!(exchange::show(&ctx, &visitor, id).await.is_ok(), "what is listed everybody sees");
    let more = form(ListingKind::Question, &[("title", "隔夜茶能不能喝")]);
    let (_, done) = handed_in(&ctx, &member(1), &more).await;
    assert_eq!((done.state, done.risks), (ListingState::Listed, vec![]));
    // A draft may hold anything; what is handed in must be sound, and says all that is wrong at once.
    let bad = form(ListingKind::Demand, &[("title", "短"), ("budget_from", "九"), ("criteria", "很好")]);
    let draft = exchange::begin(&ctx, &member(1), &bad).await.unwrap();
    assert_eq!(
        fields(exchange::submit(&ctx, &member(1), draft, 0, &bad).await),
        ["title", "problem", "criteria", "budget_from"]
    );
    for who in [&visitor, &member(2), &officer(21)] {
        assert_eq!(refused(exchange::show(&ctx, who, draft).await).0, Kind::NotFound, "a draft is its writer's");
    }
    assert!(log::verify(&ctx, None).await.unwrap().outcome.is_ok());
}

#[tokio::test]
async fn an_officer_of_another_county_and_the_publisher_do_not_judge() {
    let ctx = ready().await;
    let (id, _) = handed_in(&ctx, &member(1), &form(ListingKind::Demand, DEMAND)).await;
    assert_eq!(
        refused(exchange::pass(&ctx, &actor(24, StaffRole::Officer, OTHER_COUNTY), id, 1).await).0,
        Kind::NotFound
    );
    assert_eq!(refused(exchange::pass(&ctx, &member(1), id, 1).await).0, Kind::Forbidden);
    exchange::send_back(&ctx, &officer(21), id, 1, ReturnReason::Unclear, "请写明烘干量").await.unwrap();
    assert_eq!(refused(exchange::pass(&ctx, &officer(21), id, 2).await).0, Kind::Conflict, "it was sent back");
    let shown = exchange::show(&ctx, &member(1), id).await.unwrap();
    assert_eq!((shown.listing.state, shown.listing.words.as_str()), (ListingState::Returned, "请写明烘干量"));
    let again = exchange::submit(&ctx, &member(1), id, 2, &form(ListingKind::Demand, DEMAND)).await.unwrap();
    assert_eq!(again.state, ListingState::Waiting);
    // Two officers at once: the second is told.
    exchange::pass(&ctx, &officer(21), id, 3).await.unwrap();
    assert_eq!(refused(exchange::pass(&ctx, &officer(22), id, 3).await).0, Kind::Conflict);
}

#[tokio::test]
async fn what_staff_write_for_somebody_waits_for_their_word() {
    let ctx = ready().await;
    let visit = ListingForm {
        source: ListingSource::Visit,
        owner: "下河村种植大户".to_owned(),
        ..form(ListingKind::Demand, DEMAND)
    };
    assert_eq!(refused(exchange::begin(&ctx, &member(1), &visit).await).0, Kind::Forbidden);
    let (id, done) = handed_in(&ctx, &officer(21), &visit).await;
    assert_eq!((done.state, done.risks), (ListingState::Waiting, vec![Risk::Unconfirmed]));
    assert_eq!(
        refused(exchange::pass(&ctx, &officer(21), id, 1).await).0,
        Kind::Forbidden,
        "who wrote it does not pass it"
    );
    assert_eq!(refused(exchange::pass(&ctx, &officer(22), id, 1).await).1, "listing.unconfirmed");
    assert_eq!(fields(exchange::consent(&ctx, &officer(21), id, 1, "").await), ["words"]);
    exchange::consent(&ctx, &officer(21), id, 1, "3月2日电话确认").await.unwrap();
    exchange::pass(&ctx, &officer(22), id, 2).await.unwrap();
    let shown = exchange::show(&ctx, &Actor::visitor(""), id).await.unwrap();
    assert_eq!((shown.listing.owner.as_str(), shown.listing.source), ("下河村种植大户", ListingSource::Visit));
    assert!(shown.acts.is_empty() && shown.interests.is_empty(), "the history is not for everybody");
}

#[tokio::test]
async fn what_staff_wrote_stays_its_owners_and_so_written_whoever_changes_it() {
    let ctx = ready().await;
    let visit = |login: &str, owner: &str| ListingForm {
        source: ListingSource::Visit,
        login: login.to_owned(),
        owner: owner.to_owned(),
        ..form(ListingKind::Demand, DEMAND)
    };
    let (id, done) = handed_in(&ctx, &officer(21), &visit("a1", "")).await;
    assert_eq!(done.risks, [Risk::Unconfirmed]);
    exchange::send_back(&ctx, &officer(22), id, 1, ReturnReason::Unclear, "请写明烘干量").await.unwrap();
    // The owner has no role, and their form does not ask how it came about.
    exchange::save(&ctx, &member(1), id, 2, &form(ListingKind::Demand, DEMAND)).await.unwrap();
    exchange::save(&ctx, &officer(21), id, 3, &visit("", "用户1")).await.unwrap();
    assert_eq!(refused(exchange::save(&ctx, &member(2), id, 4, &visit("", "用户1")).await).0, Kind::NotFound);
    let shown = exchange::show(&ctx, &member(1), id).await.unwrap().listing;
    assert_eq!((shown.owner_id, shown.source), (Some(AccountId::from(uuid::Uuid::from_u128(1))), ListingSource::Visit));
    let again = exchange::submit(&ctx, &member(1), id, 4, &form(ListingKind::Demand, DEMAND)).await.unwrap();
    assert!(!again.risks.contains(&Risk::Unconfirmed), "the owner has seen it");
    let shown = exchange::show(&ctx, &member(1), id).await.unwrap().listing;
    assert_eq!((shown.source, shown.publisher_id == shown.owner_id.unwrap()), (ListingSource::Visit, false));
}

#[tokio::test]
async fn a_report_freezes_and_an_appeal_is_heard_by_somebody_else() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    exchange::report(&ctx, &member(2), id, ReportReason::Untrue, "地址不存在").await.unwrap();
    assert_eq!(refused(exchange::report(&ctx, &member(2), id, ReportReason::Fraud, "又一次").await).0, Kind::Conflict);
    let report =
        exchange::desk(&ctx, &officer(21), ListingState::Waiting, PageRequest::default()).await.unwrap().reports[0].id;
    assert_eq!(refused(exchange::decide(&ctx, &member(1), report, false, "没有的事").await).0, Kind::Forbidden);
    exchange::decide(&ctx, &officer(21), report, true, "核实无此地址").await.unwrap();
    assert_eq!(refused(exchange::decide(&ctx, &officer(22), report, false, "再看").await).0, Kind::Conflict);
    assert_eq!(state(&ctx, id).await, ListingState::Frozen);
    assert_eq!(refused(exchange::show(&ctx, &member(2), id).await).0, Kind::NotFound);
    let revision = exchange::show(&ctx, &member(1), id).await.unwrap().listing.revision;
    assert_eq!(
        refused(exchange::hear(&ctx, &officer(22), id, revision, true, "可以").await).0,
        Kind::Conflict,
        "nobody appealed"
    );
    exchange::appeal(&ctx, &member(1), id, revision, "地址是新编的门牌").await.unwrap();
    assert_eq!(refused(exchange::appeal(&ctx, &member(1), id, revision + 1, "再申诉").await).1, "listing.appealed");
    assert_eq!(
        refused(exchange::hear(&ctx, &officer(21), id, revision + 1, true, "可以").await).1,
        "listing.own_freeze"
    );
    exchange::hear(&ctx, &officer(22), id, revision + 1, true, "门牌属实").await.unwrap();
    assert_eq!(state(&ctx, id).await, ListingState::Listed);
}

#[tokio::test]
async fn silence_expires_and_one_tap_renews() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    ctx.clock.advance_seconds(181 * 86_400);
    exchange::term_work(&ctx).await.unwrap();
    assert_eq!(state(&ctx, id).await, ListingState::Expired);
    let revision = exchange::show(&ctx, &member(1), id).await.unwrap().listing.revision;
    assert_eq!(refused(exchange::renew(&ctx, &member(2), id, revision).await).0, Kind::NotFound);
    exchange::renew(&ctx, &member(1), id, revision).await.unwrap();
    exchange::term_work(&ctx).await.unwrap();
    assert_eq!(state(&ctx, id).await, ListingState::Listed);
    ctx.clock.advance_seconds(181 * 86_400);
    exchange::term_work(&ctx).await.unwrap();
    ctx.clock.advance_seconds(181 * 86_400);
    exchange::term_work(&ctx).await.unwrap();
    assert_eq!(state(&ctx, id).await, ListingState::Archived, "silence for as long again");
}

async fn attached(ctx: &TestCtx, id: ListingId, layer: Layer, bytes: &[u8]) {
    let hash = ctx.files.put(&*ctx.entropy, bytes).await.unwrap();
    exchange::attach(ctx, &member(1), id, layer, ("../图纸.pdf", &hash)).await.unwrap();
}

#[tokio::test]
async fn each_layer_opens_to_those_near_enough_and_to_nobody_else() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    for (layer, bytes) in [(Layer::Public, "a"), (Layer::Mutual, "b"), (Layer::Confidential, "c")] {
        attached(&ctx, id, layer, bytes.as_bytes()).await;
    }
    let (ctx, asker) = (&ctx, &member(2));
    let opens = async |who: &Actor| {
        let mut open = Vec::new();
        for number in 1..=3 {
            open.push(exchange::open_file(ctx, who, id, number).await.is_ok());
        }
        open
    };
    let visitor = Actor::visitor("");
    assert_eq!(opens(&visitor).await, [true, false, false]);
    assert_eq!(opens(asker).await, [true, false, false]);
    assert_eq!(opens(&officer(21)).await, [true, false, false], "officers have no key of their own");
    assert_eq!(opens(&member(1)).await, [true, true, true]);
    let form =
        InterestForm { words: "我们做过余热回收".to_owned(), phone: "13900000000".to_owned(), own: None };
    exchange::express(ctx, asker, id, &form).await.unwrap();
    assert_eq!(refused(exchange::express(ctx, asker, id, &form).await).1, "interest.again");
    assert_eq!(refused(exchange::express(ctx, &member(1), id, &form).await).1, "interest.own");
    let interest = exchange::show(ctx, asker, id).await.unwrap().interests[0].id;
    assert_eq!(opens(asker).await, [true, false, false], "asking opens nothing");
    assert_eq!(refused(exchange::answer(ctx, asker, interest, &Answered::Accepted, "").await).0, Kind::NotFound);
    assert_eq!(refused(exchange::open_contact(ctx, asker, interest).await).0, Kind::Forbidden);
    exchange::answer(ctx, &member(1), interest, &Answered::Accepted, "").await.unwrap();
    assert_eq!(opens(asker).await, [true, true, false]);
    assert_eq!(exchange::open_contact(ctx, asker, interest).await.unwrap().1, "13800000000");
    assert_eq!(exchange::open_contact(ctx, &member(1), interest).await.unwrap().1, "13900000000");
    assert_eq!(refused(exchange::open_contact(ctx, &member(3), interest).await).0, Kind::NotFound);
    assert_eq!(refused(exchange::swear(ctx, &member(3), interest).await).0, Kind::NotFound);
    exchange::swear(ctx, asker, interest).await.unwrap();
    assert_eq!(opens(asker).await, [true, true, true]);
    assert_eq!(opens(&member(3)).await, [true, false, false]);
    let revision = exchange::show(ctx, &member(1), id).await.unwrap().listing.revision;
    assert!(exchange::version(ctx, asker, id, 1).await.is_ok());
    assert_eq!(refused(exchange::version(ctx, &member(3), id, 1).await).0, Kind::NotFound);
    let other = form_of("再问一次");
    exchange::express(ctx, &member(3), id, &other).await.unwrap();
    let second = exchange::show(ctx, &member(3), id).await.unwrap().interests[0].id;
    let declined = Answered::Declined(DeclineReason::Other);
    assert_eq!(
        fields(exchange::answer(ctx, &member(1), second, &declined, "").await),
        ["words"],
        "silence is no reason"
    );
    exchange::answer(ctx, &member(1), second, &declined, "已经谈妥").await.unwrap();
    assert_eq!(exchange::show(ctx, &member(3), id).await.unwrap().interests[0].state, InterestState::Declined);
    exchange::archive(ctx, &member(1), id, revision).await.unwrap();
    assert!(exchange::version(ctx, asker, id, 1).await.is_ok(), "what one was introduced under stays readable");
    let shown = exchange::show(ctx, asker, id).await.unwrap();
    assert_eq!((shown.then, shown.listing.title.as_str()), (true, "稻谷烘干线天然气消耗偏高"));
    assert!(shown.acts.is_empty() && shown.risks.is_empty(), "no more than was open to them before");
    assert_eq!(opens(asker).await, [true, true, true], "and so do the files");
    assert_eq!(opens(&member(3)).await, [true, false, false], "who was declined stands where they stood");
    assert_eq!(opens(&member(4)).await, [false, false, false]);
    assert_eq!(refused(exchange::show(ctx, &member(4), id).await).0, Kind::NotFound);
    assert_eq!(refused(exchange::version(ctx, &member(4), id, 1).await).0, Kind::NotFound);
    assert!(log::verify(ctx, None).await.unwrap().outcome.is_ok());
}

#[tokio::test]
async fn who_was_introduced_reads_what_it_said_then_and_nothing_of_what_is_frozen() {
    let ctx = ready().await;
    let id = listed(&ctx).await;
    attached(&ctx, id, Layer::Mutual, b"b").await;
    exchange::express(&ctx, &member(2), id, &form_of("想谈谈")).await.unwrap();
    let interest = exchange::show(&ctx, &member(2), id).await.unwrap().interests[0].id;
    exchange::answer(&ctx, &member(1), interest, &Answered::Accepted, "").await.unwrap();
    ctx.clock.advance_seconds(181 * 86_400);
    exchange::term_work(&ctx).await.unwrap();
    let revision = exchange::show(&ctx, &member(1), id).await.unwrap().listing.revision;
    let mut changed = form(ListingKind::Demand, DEMAND);
    changed.cells.0[0].1 = "改写中的新标题".to_owned();
    exchange::save(&ctx, &member(1), id, revision, &changed).await.unwrap();
    let then = exchange::show(&ctx, &member(2), id).await.unwrap();
    assert_eq!((then.listing.state, then.listing.title.as_str()), (ListingState::Expired, "稻谷烘干线天然气消耗偏高"));
    assert!(exchange::open_file(&ctx, &member(2), id, 1).await.is_ok());
    assert_eq!(refused(exchange::show(&ctx, &member(3), id).await).0, Kind::NotFound);
    exchange::freeze(&ctx, &officer(21), id, revision + 1, ReportReason::Fraud, "已核实").await.unwrap();
    assert_eq!(refused(exchange::show(&ctx, &member(2), id).await).0, Kind::NotFound);
    assert_eq!(refused(exchange::open_file(&ctx, &member(2), id, 1).await).0, Kind::NotFound);
}

fn form_of(words: &str) -> InterestForm {
    InterestForm { words: words.to_owned(), ..InterestForm::default() }
}

#[tokio::test]
async fn a_base_is_booked_up_to_its_places() {
    let ctx = ready().await;
    let base = StudioForm {
        kind: StudioKind::Base,
        region: COUNTY.to_owned(),
        name: "云汀茶叶科普馆".to_owned(),
        words: "看茶叶怎样加工".to_owned(),
        address: "茶乡路1号".to_owned(),
        phone: "0990-1234567".to_owned(),
        hours: vec!["6-morning".to_owned()],
        places: "30".to_owned(),
    };
    let wrong = StudioForm { places: "0".to_owned(), name: "馆".to_owned(), ..base.clone() };
    assert_eq!(fields(exchange::keep_studio(&ctx, &member(1), None, &wrong).await), ["name", "places"]);
    let id = exchange::keep_studio(&ctx, &member(1), None, &base).await.unwrap();
    // The clock stands at 2026-03-02, a Monday: the next Saturday is the 7th.
    let ask = |day: &str, people: &str| BookingForm {
        day: day.to_owned(),
        session: "morning".to_owned(),
        people: people.to_owned(),
        purpose: "三年级参观".to_owned(),
        phone: "13700000000".to_owned(),
    };
    assert_eq!(
        refused(exchange::book(&ctx, &member(2), id, &ask("2026-03-07", "20")).await).0,
        Kind::NotFound,
        "not open yet"
    );
    assert_eq!(refused(exchange::pass_studio(&ctx, &member(1), id, 0).await).0, Kind::Forbidden);
    exchange::pass_studio(&ctx, &officer(21), id, 0).await.unwrap();
    assert_eq!(fields(exchange::book(&ctx, &member(2), id, &ask("2026-03-08", "20")).await), ["day"], "a Sunday");
    assert_eq!(fields(exchange::book(&ctx, &member(2), id, &ask("2026-03-02", "20")).await), ["day"], "today");
    let first = exchange::book(&ctx, &member(2), id, &ask("2026-03-07", "20")).await.unwrap();
    assert_eq!(
        fields(exchange::book(&ctx, &member(3), id, &ask("2026-03-07", "11")).await),
        ["people"],
        "ten are left"
    );
    exchange::book(&ctx, &member(3), id, &ask("2026-03-07", "10")).await.unwrap();
    assert_eq!(
        refused(exchange::answer_booking(&ctx, &member(2), first, 0, BookingState::Confirmed, "").await).0,
        Kind::NotFound
    );
    exchange::answer_booking(&ctx, &member(1), first, 0, BookingState::Confirmed, "").await.unwrap();
    assert_eq!(
        refused(exchange::answer_booking(&ctx, &member(1), first, 1, BookingState::Held, "").await).0,
        Kind::Conflict,
        "not yet"
    );
    assert_eq!(refused(exchange::cancel_booking(&ctx, &member(3), first, 1).await).0, Kind::NotFound);
    exchange::cancel_booking(&ctx, &member(2), first, 1).await.unwrap();
    exchange::book(&ctx, &member(4), id, &ask("2026-03-07", "20")).await.unwrap();
    let revision = exchange::show_studio(&ctx, &member(1), id).await.unwrap().studio.revision;
    assert_eq!(revision, 1, "a booking is no change of the studio: its keeper's form stays good");
    // Thirty places, forty asked for by two at once: one of them is told.
    let (others, more) = (ask("2026-03-14", "20"), ask("2026-03-14", "20"));
    let (three, two) = (member(3), member(2));
    let both = tokio::join!(exchange::book(&ctx, &three, id, &others), exchange::book(&ctx, &two, id, &more));
    assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1, "{both:?}");
}
