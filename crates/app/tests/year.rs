//! Units, projects, and the books of a year: opened, closed, opened again with a reason.

use keqiao_access::role::AccountKind;
use keqiao_access::{Actor, Grade, HeldRole, Signed, StaffRole, Via};
use keqiao_accounts::{BooksState, Fund, MoneySource, ProjectCategory, ProjectDuration, ProjectNature, UnitKind};
use keqiao_app::fixture::TestCtx;
use keqiao_app::year::{self, ProjectFilter, ProjectForm, UnitForm};
use keqiao_app::{AppError, AppResult};
use keqiao_base::{AccountId, Fen, Kind, SessionId, UnitId};

pub const COUNTY: &str = "990101";

pub fn actor(n: u128, role: StaffRole, region: &str) -> Actor {
    let roles = vec![HeldRole { role, region: region.parse().unwrap(), association: None }];
    Actor::Signed(Box::new(Signed {
        account: AccountId::from(uuid::Uuid::from_u128(n)),
        login: format!("n{n}"),
        name: format!("干部{n}"),
        kind: AccountKind::Staff,
        grade: Grade::None,
        roles,
        organisation: None,
        via: Via::Session(SessionId::from(uuid::Uuid::from_u128(n))),
        address: String::new(),
    }))
}

pub fn finance() -> Actor {
    actor(1, StaffRole::Finance, COUNTY)
}

pub fn leader() -> Actor {
    actor(2, StaffRole::Leader, COUNTY)
}

pub fn refused<T: std::fmt::Debug>(result: AppResult<T>) -> (Kind, &'static str) {
    match result {
        Err(AppError::Refusal(r)) => (r.kind, r.code),
        other => panic!("{other:?}"),
    }
}

pub async fn unit(ctx: &TestCtx, name: &str, kind: UnitKind) -> UnitId {
    let form = UnitForm { name: name.to_owned(), kind, active: true };
    year::make_unit(ctx, &finance(), COUNTY.parse().unwrap(), &form).await.unwrap()
}

pub fn project(unit: UnitId, code: &str) -> ProjectForm {
    ProjectForm {
        unit,
        code: code.to_owned(),
        name: format!("科普项目{code}"),
        description: String::new(),
        category: ProjectCategory::Department,
        nature: ProjectNature::Continuing,
        duration: ProjectDuration::Permanent,
        source: MoneySource::Appropriation,
        fund: Fund::General,
        budget: Fen::new(1_000_000),
    }
}

#[tokio::test]
async fn units_and_projects_are_made_once_and_changed_from_what_was_seen() {
    let ctx = TestCtx::new().await.unwrap();
    let region = COUNTY.parse().unwrap();
    let office = unit(&ctx, "云汀县科学技术协会", UnitKind::Modelled).await;
    let form = UnitForm { name: "云汀县科学技术协会".into(), kind: UnitKind::Modelled, active: true };
    assert_eq!(refused(year::make_unit(&ctx, &finance(), region, &form).await).1, "unit.name_taken");
    let id = year::make_project(&ctx, &finance(), region, 2025, &project(office, "P01")).await.unwrap();
    let twice = year::make_project(&ctx, &finance(), region, 2025, &project(office, "P01")).await;
    assert_eq!(refused(twice).1, "project.code_taken");
    let nowhere = project(UnitId::from(uuid::Uuid::from_u128(9)), "P02");
    assert_eq!(refused(year::make_project(&ctx, &finance(), region, 2025, &nowhere).await).1, "project.unit");
    let dearer = ProjectForm { budget: Fen::new(2_000_000), ..project(office, "P01") };
    assert_eq!(year::change_project(&ctx, &finance(), id, 1, &dearer).await.unwrap(), 2);
    assert_eq!(refused(year::change_project(&ctx, &finance(), id, 1, &dearer).await).0, Kind::Conflict);
    let other = actor(3, StaffRole::Finance, "990102");
    assert_eq!(refused(year::change_project(&ctx, &other, id, 2, &dearer).await).0, Kind::NotFound);
    assert_eq!(refused(year::change_project(&ctx, &leader(), id, 2, &dearer).await).0, Kind::Forbidden);
    let filter = ProjectFilter { year: Some(2025), ..ProjectFilter::default() };
    let seen = year::projects(&ctx, &leader(), &filter).await.unwrap();
    assert_eq!((seen.len(), seen[0].budget, seen[0].revision), (1, Fen::new(2_000_000), 2));
    assert!(year::projects(&ctx, &other, &filter).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_closed_year_changes_only_after_a_leader_said_why() {
    let ctx = TestCtx::new().await.unwrap();
    let region = COUNTY.parse().unwrap();
    let office = unit(&ctx, "云汀县科学技术协会", UnitKind::Modelled).await;
    year::open(&ctx, &finance(), region, 2025).await.unwrap();
    assert_eq!(refused(year::open(&ctx, &finance(), region, 2025).await).1, "year.there");
    assert_eq!(refused(year::open(&ctx, &leader(), region, 2026).await).0, Kind::Forbidden);
    year::close(&ctx, &finance(), region, 2025, 1, "").await.unwrap();
    let late = year::make_project(&ctx, &finance(), region, 2025, &project(office, "P01")).await;
    assert_eq!(refused(late), (Kind::Conflict, "year.closed"));
    year::make_project(&ctx, &finance(), region, 2026, &project(office, "P01")).await.unwrap();
    assert_eq!(refused(year::reopen(&ctx, &finance(), region, 2025, 2, "更正凭证").await).0, Kind::Forbidden);
    assert_eq!(refused(year::reopen(&ctx, &leader(), region, 2025, 2, "改").await).1, "year.reason");
    assert_eq!(refused(year::reopen(&ctx, &leader(), region, 2025, 1, "更正凭证").await).0, Kind::Conflict);
    year::reopen(&ctx, &leader(), region, 2025, 2, "更正凭证").await.unwrap();
    year::make_project(&ctx, &finance(), region, 2025, &project(office, "P01")).await.unwrap();
    let turns = year::turns(&ctx, &leader(), region, 2025).await.unwrap();
    let said: Vec<_> = turns.iter().map(|t| (t.state, t.reason.as_str())).collect();
    assert_eq!(said, [(BooksState::Open, ""), (BooksState::Closed, ""), (BooksState::Open, "更正凭证")]);
    let logged = keqiao_store::log::after(ctx.db.db.read(), 0).await.unwrap();
    let actions: Vec<_> = logged.iter().map(|e| e.act.action.as_str()).filter(|a| a.starts_with("year.")).collect();
    assert_eq!(actions, ["year.open", "year.close", "year.reopen"]);
}
