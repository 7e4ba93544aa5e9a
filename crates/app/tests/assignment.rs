//! Who could serve whom, worked out by staff: places, conflicts and the way with their costs, who stays without and why; who may not.

use keqiao_access::{Actor, StaffRole};
use keqiao_app::directory::Format;
use keqiao_app::exchange::{self, AssignmentForm, Plan, finder};
use keqiao_app::fixture::TestCtx;
use keqiao_app::log;
use keqiao_base::Kind;
use keqiao_exchange::choice::ListingKind;
use keqiao_i18n::Lang;

use crate::exchange::{OTHER_COUNTY, fields};
use crate::find::{DEMAND, MOWER, OFFER, listed, member};
use crate::year::{COUNTY, actor, refused};

fn officer() -> Actor {
    actor(21, StaffRole::Officer, COUNTY)
}

fn form() -> AssignmentForm {
    AssignmentForm { title: "百名专家连百村".to_owned(), region: COUNTY.to_owned(), ..AssignmentForm::default() }
}

async fn planned(ctx: &TestCtx, form: &AssignmentForm) -> Plan {
    let (at, number) = exchange::plan_assignment(ctx, &officer(), form).await.unwrap();
    Plan::clone(&exchange::assignment(ctx, &officer(), at, number).await.unwrap().1)
}

/// Two demands that one expert with one place could serve, and one that nobody could.
async fn county() -> TestCtx {
    let ctx = TestCtx::new().await.unwrap();
    listed(&ctx, ListingKind::Demand, 1, DEMAND).await;
    let second: Vec<(&str, &str)> =
        DEMAND.iter().map(|(k, v)| (*k, if *k == "title" { "玉米烘干线天然气消耗偏高" } else { *v })).collect();
    listed(&ctx, ListingKind::Demand, 2, &second).await;
    listed(&ctx, ListingKind::Demand, 3, &[("title", "村卫生室血压随访"), ("problem", "高血压病人随访跟不上")]).await;
    listed(&ctx, ListingKind::Offer, 4, OFFER).await;
    listed(&ctx, ListingKind::Offer, 5, MOWER).await;
    finder::sync(&ctx).await.unwrap();
    ctx
}

#[tokio::test]
async fn places_are_few_and_the_sheet_says_what_that_costs() {
    let ctx = county().await;
    let plan = planned(&ctx, &form()).await;
    assert_eq!((plan.demands(), plan.served.len()), (3, 1));
    let placed = &plan.served[0];
    assert_eq!((placed.expert.as_str(), placed.offer_title.as_str()), ("用户4", "谷物烘干余热回收改造"));
    assert!(placed.fitting.iter().any(|w| w.zh.contains("含水率")), "it says why: {placed:#?}");
    let why: Vec<(&str, Vec<String>)> = plan.left.iter().map(|l| (l.why.code(), l.experts.clone())).collect();
    assert_eq!(why, [("no_offer", vec![]), ("full", vec!["用户4".to_owned()])]);
    let costs: Vec<usize> = plan.costs.iter().map(|c| c.unserved).collect();
    assert_eq!(costs, [1, 0, 0], "one more is served when places are lifted");
    let drier = plan.experts.iter().find(|e| e.name == "用户4").unwrap();
    assert_eq!((drier.places, drier.given), (1, 1));
    assert!(drier.more > 0);
    // Nothing came of it for anybody.
    for n in [1, 2, 4] {
        assert_eq!(exchange::reminders(&ctx, &member(n)).await.unwrap(), []);
    }
    assert!(log::verify(&ctx, None).await.unwrap().outcome.is_ok());
}

#[tokio::test]
async fn conflicts_and_the_way_bar_and_are_named() {
    let ctx = county().await;
    let apart = AssignmentForm { conflicts: "用户1；用户4\n用户2;用户4\n".to_owned(), ..form() };
    let plan = planned(&ctx, &apart).await;
    let why: Vec<&str> = plan.left.iter().map(|l| l.why.code()).collect();
    assert_eq!((plan.served.len(), why), (0, vec!["no_offer", "conflict", "conflict"]));
    assert_eq!(plan.costs[1].unserved, 1, "one of them, for there is one place");
    let near = planned(&ctx, &AssignmentForm { km_max: "10".to_owned(), ..form() }).await;
    assert!(near.left.iter().any(|l| l.why.code() == "far") && near.served.is_empty());
    assert_eq!(near.costs[2].unserved, 1, "one would be served without the longest way");
    let dear = planned(&ctx, &AssignmentForm { per_km: "1000".to_owned(), ..form() }).await;
    assert!(dear.left.iter().any(|l| l.why.code() == "far") && dear.served.is_empty());
    let industry = AssignmentForm { discipline: "416".to_owned(), ..form() };
    assert_eq!(planned(&ctx, &industry).await.demands(), 2, "only of that discipline");
    let none = AssignmentForm { discipline: "110".to_owned(), ..form() };
    assert_eq!(refused(exchange::plan_assignment(&ctx, &officer(), &none).await).1, "assignment.no_demand");
}

#[tokio::test]
async fn a_sheet_is_for_staff_of_its_region_and_removed_by_who_made_it() {
    let ctx = county().await;
    for who in [Actor::visitor(""), member(1)] {
        assert!(matches!(
            refused(exchange::plan_assignment(&ctx, &who, &form()).await).0,
            Kind::SignIn | Kind::Forbidden
        ));
        assert!(matches!(refused(exchange::assignments(&ctx, &who).await).0, Kind::SignIn | Kind::Forbidden));
    }
    let other = actor(24, StaffRole::Officer, OTHER_COUNTY);
    assert_eq!(refused(exchange::plan_assignment(&ctx, &other, &form()).await).0, Kind::Forbidden);
    assert_eq!(
        refused(exchange::plan_assignment(&ctx, &actor(25, StaffRole::Finance, COUNTY), &form()).await).0,
        Kind::Forbidden
    );
    let wrong = AssignmentForm {
        places_max: "很多".to_owned(),
        km_max: "-1".to_owned(),
        conflicts: "只有一个".to_owned(),
        ..form()
    };
    assert_eq!(
        fields(exchange::plan_assignment(&ctx, &officer(), &wrong).await),
        ["places_max", "km_max", "conflicts"]
    );
    let (at, number) = exchange::plan_assignment(&ctx, &officer(), &form()).await.unwrap();
    assert_eq!(exchange::plan_assignment(&ctx, &officer(), &form()).await.unwrap(), (at, number + 1));
    for who in [member(1), other.clone()] {
        assert_eq!(refused(exchange::assignment(&ctx, &who, at, number).await).0, Kind::NotFound);
        let file = exchange::export_plan(&ctx, &who, (at, number), Format::Csv, Lang::Zh).await;
        assert_eq!(refused(file).0, Kind::NotFound);
        assert_eq!(refused(exchange::remove_assignment(&ctx, &who, at, number).await).0, Kind::NotFound);
    }
    assert!(exchange::assignments(&ctx, &other).await.unwrap().is_empty());
    let leader = actor(26, StaffRole::Leader, COUNTY);
    assert_eq!(refused(exchange::remove_assignment(&ctx, &leader, at, number).await).0, Kind::Forbidden);
    let (name, bytes) = exchange::export_plan(&ctx, &leader, (at, number), Format::Csv, Lang::Zh).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "百名专家连百村");
    assert!(
        text.contains("谷物烘干余热回收改造") && text.contains("没有内容相近的所能") && text.contains("不构成安排")
    );
    let (_, book) = exchange::export_plan(&ctx, &leader, (at, number), Format::Xlsx, Lang::En).await.unwrap();
    assert!(book.starts_with(b"PK"));
    assert_eq!(exchange::assignments(&ctx, &leader).await.unwrap().len(), 2);
    exchange::remove_assignment(&ctx, &officer(), at, number).await.unwrap();
    assert_eq!(refused(exchange::assignment(&ctx, &officer(), at, number).await).0, Kind::NotFound);
}
