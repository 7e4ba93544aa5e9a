//! Findings and the remarks under them.

use keqiao_base::{AccountId, FindingId, ReportId};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::report::ReportFilter;
use crate::entity::finding::{Column, Entity};
use crate::entity::{comment, report};
use crate::page::{Page, PageRequest};

pub use crate::entity::comment::Model as Comment;
pub use crate::entity::finding::{FindingLevel, FindingState, Model as Finding};

/// The most remarks that are shown under a finding.
const COMMENTS_MAX: u64 = 500;

/// Which findings are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// Of which reports.
    pub reports: ReportFilter,
    /// Of one report.
    pub report: Option<ReportId>,
    /// Of one rule, or of one family when one letter.
    pub code: Option<String>,
    /// Of one level.
    pub level: Option<FindingLevel>,
    /// In one state.
    pub state: Option<FindingState>,
    /// Given to one account.
    pub assignee: Option<AccountId>,
}

impl FindingFilter {
    fn query(&self) -> Select<Entity> {
        let condition = Condition::all()
            .add(self.reports.condition())
            .add_option(self.report.map(|id| Column::ReportId.eq(id)))
            .add_option(self.code.as_deref().map(|code| Column::Code.starts_with(code)))
            .add_option(self.level.map(|level| Column::Level.eq(level)))
            .add_option(self.state.map(|state| Column::State.eq(state)))
            .add_option(self.assignee.map(|id| Column::AssigneeId.eq(id)));
        Entity::find().inner_join(report::Entity).filter(condition)
    }

    /// The query behind the figures of the dashboard.
    pub(super) fn select(&self) -> Select<Entity> {
        self.query()
    }
}

keqiao_base::coded! {
    /// By what the list of findings is sorted.
    pub enum FindingSort {
        /// Body and year, then the order of the report.
        Report = "report" => ("报告", "Report"),
        /// Level, gravest first.
        Level = "level" => ("级别", "Level"),
        /// Rule.
        Rule = "rule" => ("规则", "Rule"),
        /// Last change.
        Updated = "updated" => ("最近更新", "Last change"),
    }
}

/// Errors first.
fn gravity() -> SimpleExpr {
    let case = CaseStatement::new().case(Column::Level.eq(FindingLevel::Error), 0);
    case.case(Column::Level.eq(FindingLevel::Warning), 1).finally(2).into()
}

/// One page of findings with their reports.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
    sort: FindingSort,
    descending: bool,
    request: PageRequest,
) -> Result<Page<(Finding, report::Model)>, DbErr> {
    let total = filter.query().count(db).await?;
    let rows = ordered(filter, sort, descending).offset(request.offset()).limit(request.size);
    let rows = rows.select_also(report::Entity).all(db).await?;
    Ok(Page { rows: rows.into_iter().filter_map(|(f, r)| Some((f, r?))).collect(), total, request })
}

/// All findings with their reports, at most `limit`: for exports.
///
/// # Errors
/// When the database does not answer.
pub async fn all(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
    sort: FindingSort,
    descending: bool,
    limit: u64,
) -> Result<Vec<(Finding, report::Model)>, DbErr> {
    let rows = ordered(filter, sort, descending).limit(limit).select_also(report::Entity).all(db).await?;
    Ok(rows.into_iter().filter_map(|(f, r)| Some((f, r?))).collect())
}

fn ordered(filter: &FindingFilter, sort: FindingSort, descending: bool) -> Select<Entity> {
    let order = if descending { Order::Desc } else { Order::Asc };
    let query = match sort {
        FindingSort::Report => filter.query().order_by(report::Column::Entity, order.clone()),
        FindingSort::Level => filter.query().order_by(gravity(), order.clone()),
        FindingSort::Rule => filter.query().order_by(Column::Code, order.clone()),
        FindingSort::Updated => filter.query().order_by(Column::UpdatedAt, order.clone()),
    };
    query
        .order_by(report::Column::Year, order.clone())
        .order_by(Column::ReportId, Order::Asc)
        .order_by(Column::LastVersion, Order::Desc)
        .order_by(Column::Number, Order::Asc)
}

/// Findings after `after` in the order of their ids, for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
    after: Option<FindingId>,
    limit: u64,
) -> Result<Vec<Finding>, DbErr> {
    let condition = Condition::all().add_option(after.map(|id| Column::Id.gt(id)));
    filter.query().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// The findings of one version of a report that are still in it or were last seen in it, in the order of the report.
///
/// # Errors
/// When the database does not answer.
pub async fn last_in(db: &impl ConnectionTrait, report: ReportId, version: i32) -> Result<Vec<Finding>, DbErr> {
    let query = Entity::find().filter(Column::ReportId.eq(report)).filter(Column::LastVersion.eq(version));
    query.order_by_asc(Column::Number).all(db).await
}

/// The findings that a version has or that went with it: seen in it, or last seen in the version before.
///
/// # Errors
/// When the database does not answer.
pub async fn around(
    db: &impl ConnectionTrait,
    report: ReportId,
    before: i32,
    after: i32,
) -> Result<Vec<Finding>, DbErr> {
    let seen =
        |number: i32| Condition::all().add(Column::FirstVersion.lte(number)).add(Column::LastVersion.gte(number));
    let condition = Condition::any().add(seen(before)).add(seen(after));
    let query = Entity::find().filter(Column::ReportId.eq(report)).filter(condition);
    query.order_by_asc(Column::Number).all(db).await
}

/// One finding.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: FindingId) -> Result<Option<Finding>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves new findings.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, findings: Vec<Finding>) -> Result<(), DbErr> {
    // SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
    for chunk in findings.chunks(1_000) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Saves a finding that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, mut finding: Finding, revision: i32) -> Result<bool, DbErr> {
    finding.revision = revision.saturating_add(1);
    let id = finding.id;
    let row = finding.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}

/// Forgets findings.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(db: &impl ConnectionTrait, ids: Vec<FindingId>) -> Result<(), DbErr> {
    for chunk in ids.chunks(1_000) {
        Entity::delete_many().filter(Column::Id.is_in(chunk.iter().copied())).exec(db).await?;
    }
    Ok(())
}

/// The remarks under a finding, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn comments(db: &impl ConnectionTrait, id: FindingId) -> Result<Vec<Comment>, DbErr> {
    let query = comment::Entity::find().filter(comment::Column::FindingId.eq(id));
    query.order_by_asc(comment::Column::CreatedAt).order_by_asc(comment::Column::Id).limit(COMMENTS_MAX).all(db).await
}

/// Saves a remark and counts it. The revision stays: a remark overwrites nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn comment(db: &impl ConnectionTrait, remark: Comment) -> Result<(), DbErr> {
    let (id, at) = (remark.finding_id, remark.created_at);
    comment::Entity::insert(remark.into_active_model()).exec_without_returning(db).await?;
    Entity::update_many()
        .col_expr(Column::Comments, Expr::col(Column::Comments).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}
