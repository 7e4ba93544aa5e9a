//! A department's year: its units, its projects, and whether its books are open. Evidence, money and targets hang on these.

mod books;
mod project;
mod unit;

use keqiao_access::{Actor, RegionCode};
use keqiao_accounts::BooksState;
use keqiao_base::{FieldError, Kind, Refusal};
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::{Value, json};

use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

pub use books::{all as years, close, open, reopen, turns};
pub use keqiao_store::year::books::{Books, Turn};
pub use keqiao_store::year::project::{Project, ProjectFilter};
pub use keqiao_store::year::unit::Unit;
pub use project::{ProjectForm, change as change_project, list as projects, load as project, make as make_project};
pub use unit::{UnitForm, change as change_unit, list as units, make as make_unit};

/// The years that may be kept here.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Refuses what would change a closed year; until the transaction ends, nobody closes it. A year that nobody opened yet is not closed.
///
/// # Errors
/// A refusal when the books of the year are closed.
pub async fn must_be_open(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> AppResult<()> {
    let books = keqiao_store::year::books::hold(db, region, year).await?;
    if books.is_none_or(|b| b.state == BooksState::Open) {
        return Ok(());
    }
    let zh = format!("{year}年度已经关账，不能再改。确需更正的，请单位领导在“年度”页面说明理由后重新开账。");
    let en = format!("The year {year} is closed. If it must be corrected, a leader opens it again with a reason.");
    Err(Refusal::new(Kind::Conflict, "year.closed", zh, en).into())
}

/// Log, event, commit.
pub(crate) async fn finish(
    ctx: &Ctx,
    tx: Tx,
    actor: &Actor,
    action: &str,
    subject: &str,
    detail: Value,
) -> AppResult<()> {
    let by = actor.signed().map_or("", |s| s.name.as_str());
    ctx.publish(&tx, "year", &json!({ "what": action, "subject": subject, "who": by })).await?;
    log::record(ctx, &tx, actor, action, subject, detail).await?;
    ctx.commit(tx).await
}

/// Collects what is wrong with a form.
#[derive(Default)]
pub(crate) struct Faults(Vec<FieldError>);

impl Faults {
    pub(crate) fn add(&mut self, field: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(FieldError::new(field, zh, en));
    }

    /// A line of text, trimmed, without control signs.
    pub(crate) fn line(&mut self, field: &str, text: &str, chars_max: usize, required: bool) -> String {
        let kept: String = text.chars().filter(|c| !c.is_control() || (*c == '\n' && chars_max > 200)).collect();
        let kept = kept.trim().to_owned();
        if kept.is_empty() && required {
            self.add(field, "这一项必填。", "This is required.");
        }
        if kept.chars().count() > chars_max {
            self.add(
                field,
                format!("最多 {chars_max} 字，请删减。"),
                format!("At most {chars_max} characters. Shorten it."),
            );
        }
        kept
    }

    pub(crate) fn end(self, code: &'static str) -> AppResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::fields(code, self.0).into()) }
    }
}
