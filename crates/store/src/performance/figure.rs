//! Figures and statements: the actuals of indicators; and what people say to the progress of a goal. Never changed but for the last.

use keqiao_base::{FigureId, IndicatorId, StatementId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use crate::entity::{figure, progress_note, stated_value};

pub use crate::entity::figure::Model as Figure;
pub use crate::entity::progress_note::Model as ProgressNote;
pub use crate::entity::stated_value::Model as Statement;

/// Freezes a figure.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, figure: Figure) -> Result<(), DbErr> {
    figure::Entity::insert(figure.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// One figure.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: FigureId) -> Result<Option<Figure>, DbErr> {
    figure::Entity::find_by_id(id).one(db).await
}

/// All figures of some indicators, latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, indicators: &[IndicatorId]) -> Result<Vec<Figure>, DbErr> {
    use figure::Column as F;
    let query = figure::Entity::find().filter(F::IndicatorId.is_in(indicators.iter().copied()));
    query.order_by_desc(F::CreatedAt).order_by_desc(F::Id).all(db).await
}

/// Saves a statement.
///
/// # Errors
/// When the database does not answer.
pub async fn state(db: &impl ConnectionTrait, statement: Statement) -> Result<(), DbErr> {
    stated_value::Entity::insert(statement.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// One statement.
///
/// # Errors
/// When the database does not answer.
pub async fn statement(db: &impl ConnectionTrait, id: StatementId) -> Result<Option<Statement>, DbErr> {
    stated_value::Entity::find_by_id(id).one(db).await
}

/// All statements of some indicators, latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn statements(db: &impl ConnectionTrait, indicators: &[IndicatorId]) -> Result<Vec<Statement>, DbErr> {
    use stated_value::Column as S;
    let query = stated_value::Entity::find().filter(S::IndicatorId.is_in(indicators.iter().copied()));
    query.order_by_desc(S::CreatedAt).order_by_desc(S::Id).all(db).await
}

/// What people said to the progress of some indicators in a month.
///
/// # Errors
/// When the database does not answer.
pub async fn notes(
    db: &impl ConnectionTrait,
    indicators: &[IndicatorId],
    month: i32,
) -> Result<Vec<ProgressNote>, DbErr> {
    use progress_note::Column as N;
    let query = progress_note::Entity::find().filter(N::IndicatorId.is_in(indicators.iter().copied()));
    query.filter(N::Month.eq(month)).all(db).await
}

/// Saves what somebody says, made from `revision` (0 when there was nothing); `false` when somebody said something since.
///
/// # Errors
/// When the database does not answer.
pub async fn note(db: &impl ConnectionTrait, mut note: ProgressNote, revision: i32) -> Result<bool, DbErr> {
    use progress_note::Column as N;
    let key = (note.indicator_id, note.month);
    note.revision = revision.saturating_add(1);
    let stands = progress_note::Entity::find_by_id(key).one(db).await?;
    match stands {
        None if revision == 0 => {
            progress_note::Entity::insert(note.into_active_model()).exec_without_returning(db).await?;
            Ok(true)
        }
        None => Ok(false),
        Some(_) => {
            let row = note.into_active_model().reset_all();
            let done = progress_note::Entity::update_many().set(row).filter(N::IndicatorId.eq(key.0));
            let done = done.filter(N::Month.eq(key.1)).filter(N::Revision.eq(revision));
            Ok(done.exec(db).await?.rows_affected > 0)
        }
    }
}
