//! Figures frozen, values stated, and both held against what a measure gives now.

use keqiao_access::{Actor, may};
use keqiao_base::{FigureId, IndicatorId, Kind, Refusal, StatementId, TargetId};
use keqiao_i18n::Bilingual;
use keqiao_performance::deviation::copied;
use keqiao_performance::stored::stored;
use keqiao_performance::{Answer, Indicator, Measure, Reached};
use keqiao_quantity::Decimal;
use keqiao_store::performance::drift;
use keqiao_store::performance::figure::{self, Figure, Statement};
use keqiao_store::performance::target::{self, TargetRow};
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::json;

use super::content::{self, IndicatorContent};
use super::measure::{Period, answer_of, evidence};
use super::{WORDS_MAX, finish, seen, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::files::FileHash;
use crate::year::must_be_open;

/// An indicator with its last figure, its last statement, and what its measure gives now.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The indicator.
    pub content: IndicatorContent,
    /// The figure that was frozen last.
    pub figure: Option<Figure>,
    /// What the measure gives now for the same months; nothing without a figure, or when it cannot be computed.
    pub now: Option<Answer>,
    /// Why the two differ; nothing when they do not.
    pub why: Option<Bilingual>,
    /// What was stated last.
    pub statement: Option<Statement>,
}

/// A value as a person states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementForm {
    /// The value; nothing for a qualitative one.
    pub value: Option<Decimal>,
    /// How far, for a qualitative one.
    pub reached: Option<Reached>,
    /// In words.
    pub words: String,
    /// The proof: what it was called, and what it contains.
    pub file: Option<(String, FileHash)>,
}

/// Freezes the figures of a target's indicators as of the end of a month. What did not change since the last one is not frozen again.
/// Returns how many were frozen.
///
/// # Errors
/// A refusal when the actor may not, or the year is closed.
pub async fn freeze(ctx: &Ctx, actor: &Actor, id: TargetId, month: u8) -> AppResult<usize> {
    let tx = ctx.begin().await?;
    let row = seen(&tx, actor, id).await?;
    actor.must(may::follow_targets(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    let frozen = freeze_all(ctx, &tx, actor, &row, month).await?;
    let detail = json!({ "month": month, "figures": frozen });
    finish(ctx, tx, actor, "target.frozen", &format!("target:{id}"), detail).await?;
    Ok(frozen)
}

/// The same inside a transaction, without permission and log.
pub(super) async fn freeze_all(ctx: &Ctx, tx: &Tx, actor: &Actor, row: &TargetRow, month: u8) -> AppResult<usize> {
    let who = actor.must_sign_in()?;
    let indicators = content::load(tx, row.id, binding(row)).await?;
    let ids: Vec<IndicatorId> = indicators.iter().map(|i| i.id).collect();
    let before = figure::of(tx, &ids).await?;
    let period = Period { region: row.region, year: row.year, month };
    let mut frozen = 0;
    for i in indicators.iter().filter(|i| !i.indicator.measure.is_stated() && i.indicator.applies) {
        let answer = answer_of(tx, period, &i.indicator.measure, &i.indicator.unit).await?;
        let value = answer.value.map(|v| stored("value", v)).transpose()?;
        let measure = serde_json::to_string(&i.indicator.measure)?;
        let last = before.iter().find(|f| f.indicator_id == i.id && f.month == i32::from(month));
        if last.is_some_and(|f| f.value == value && f.row_count == answer.rows && f.measure == measure) {
            continue;
        }
        let made = Figure {
            id: FigureId::new(&*ctx.clock, &*ctx.entropy),
            indicator_id: i.id,
            region: row.region,
            year: row.year,
            month: i32::from(month),
            measure,
            value,
            row_count: answer.rows,
            chain: answer.chain,
            account_id: who.account,
            account: who.name.clone(),
            created_at: ctx.now(),
        };
        figure::insert(tx, made).await?;
        frozen += 1;
    }
    Ok(frozen)
}

/// The number of the version that binds; the newest one while none does.
pub(super) fn binding(row: &TargetRow) -> i32 {
    if row.approved > 0 { row.approved } else { row.version }
}

/// Every indicator of a target with what is known of its actual.
///
/// # Errors
/// A refusal when there is no such target among those that the actor may see.
pub async fn standing(ctx: &Ctx, actor: &Actor, id: TargetId) -> AppResult<Vec<Standing>> {
    let db = ctx.db.read();
    let row = seen(db, actor, id).await?;
    let indicators = content::load(db, id, binding(&row)).await?;
    let ids: Vec<IndicatorId> = indicators.iter().map(|i| i.id).collect();
    let figures = figure::of(db, &ids).await?;
    let statements = figure::statements(db, &ids).await?;
    let mut list = Vec::with_capacity(indicators.len());
    for content in indicators {
        let figure = figures.iter().find(|f| f.indicator_id == content.id).cloned();
        let statement = statements.iter().find(|s| s.indicator_id == content.id).cloned();
        let (now, why) = match &figure {
            Some(figure) => compared(db, figure, &content.indicator.unit).await?,
            None => (None, None),
        };
        list.push(Standing { content, figure, now, why, statement });
    }
    Ok(list)
}

/// What a figure's own measure gives now, and why it differs.
async fn compared(
    db: &impl ConnectionTrait,
    figure: &Figure,
    unit: &str,
) -> AppResult<(Option<Answer>, Option<Bilingual>)> {
    let measure: Measure = serde_json::from_str(&figure.measure)?;
    let period = Period { region: figure.region, year: figure.year, month: u8::try_from(figure.month).unwrap_or(12) };
    let now = answer_of(db, period, &measure, unit).await?;
    let same = now.value.map(|v| stored("value", v)).transpose()? == figure.value && now.rows == figure.row_count;
    if same {
        return Ok((Some(now), None));
    }
    let scopes: Vec<&Measure> = match &measure {
        Measure::Share { part, whole } => vec![part, whole],
        other => vec![other],
    };
    let (mut recorded, mut voided, mut raised) = (0, 0, 0);
    for scope in scopes {
        let scope = match scope {
            Measure::Satisfaction { project } => Measure::Evidence {
                kind: Some("survey".to_owned()),
                count: None,
                project: *project,
                region: None,
                rung_min: None,
            },
            other => other.clone(),
        };
        if let Ok((scope, _)) = evidence("measure", period, &scope) {
            let since = drift::since(db, &scope, figure.chain).await?;
            (recorded, voided, raised) = (recorded + since.recorded, voided + since.voided, raised + since.raised);
        }
    }
    let (zh, en) = match recorded + voided + raised {
        0 => ("取数之后，支出明细有变动。".to_owned(), "The ledger changed since it was frozen.".to_owned()),
        _ => (
            format!("取数之后，新登记{recorded}条、作废{voided}条、提升证明等级{raised}次。"),
            format!("Since it was frozen: {recorded} recorded, {voided} voided, {raised} raised."),
        ),
    };
    Ok((Some(now), Some(Bilingual::new(zh, en))))
}

/// States the value of an indicator as of the end of a month, and signs.
///
/// # Errors
/// A refusal when the actor may not, the indicator is computed, the value repeats the target (PR-27), or the year is closed.
pub async fn state(
    ctx: &Ctx,
    actor: &Actor,
    id: IndicatorId,
    month: u8,
    form: &StatementForm,
) -> AppResult<StatementId> {
    let (row, content) = of_indicator(ctx.db.read(), actor, id).await?;
    let who = actor.must(may::follow_targets(actor, row.region))?;
    let indicator = &content.indicator;
    if !indicator.measure.is_stated() {
        let (zh, en) = ("这项指标由系统取数，不能人工填报。", "This indicator is computed; nobody states it.");
        return Err(Refusal::new(Kind::Conflict, "statement.computed", zh, en).into());
    }
    if !(1..=12).contains(&month) {
        return Err(Refusal::field("month", "month", "请选择月份。", "Choose a month.").into());
    }
    let (said, numeric) = stated_words(form, indicator)?;
    let file =
        form.file.as_ref().map(|(name, hash)| Ok::<_, Refusal>((hash, words("file", name, 200)?))).transpose()?;
    let tx = ctx.begin().await?;
    must_be_open(&tx, row.region, row.year).await?;
    let (file_hash, file_name) = file.map(|(hash, name)| (hash.as_str().to_owned(), name)).unzip();
    let made = Statement {
        id: StatementId::new(&*ctx.clock, &*ctx.entropy),
        indicator_id: id,
        year: row.year,
        month: i32::from(month),
        value: form.value.filter(|_| numeric).map(|v| stored("value", v)).transpose()?,
        reached: form.reached.filter(|_| !numeric),
        words: said,
        file_hash,
        file_name,
        signer_id: who.account,
        signer: who.name.clone(),
        created_at: ctx.now(),
    };
    let (statement, detail) = (made.id, json!({ "target": row.id, "month": month, "file": made.file_hash }));
    figure::state(&tx, made).await?;
    finish(ctx, tx, actor, "indicator.stated", &format!("indicator:{id}"), detail).await?;
    Ok(statement)
}

/// What somebody states, when it says enough and is not the target again (PR-27); and whether it is a number.
fn stated_words(form: &StatementForm, indicator: &Indicator) -> Result<(String, bool), Refusal> {
    let said = words("words", &form.words, WORDS_MAX)?;
    if let Some(message) = copied(&said, &indicator.target()) {
        return Err(Refusal::field("actual.copied", "words", message.zh, message.en));
    }
    let numeric = indicator.lower.is_some();
    if numeric && form.value.is_none() {
        return Err(Refusal::field(
            "statement.value",
            "value",
            "请填写实际达到的数值。",
            "Write the number that was reached.",
        ));
    }
    if !numeric && (form.reached.is_none() || said.is_empty()) {
        let (zh, en) = ("请选择完成程度，并写明实际结果。", "Choose how far it is reached, and say what was reached.");
        return Err(Refusal::field("statement.reached", "reached", zh, en));
    }
    Ok((said, numeric))
}

/// The file that proves a statement: its name and its bytes.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn proof(ctx: &Ctx, actor: &Actor, id: StatementId) -> AppResult<(String, Vec<u8>)> {
    let db = ctx.db.read();
    let statement = figure::statement(db, id).await?.ok_or_else(Refusal::not_found)?;
    of_indicator(db, actor, statement.indicator_id).await?;
    let hash = statement.file_hash.ok_or_else(Refusal::not_found)?.parse::<FileHash>()?;
    Ok((statement.file_name.unwrap_or_default(), ctx.files.read(&hash).await?))
}

/// An indicator as it binds, with its target, when the actor may see it.
pub(super) async fn of_indicator(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: IndicatorId,
) -> AppResult<(TargetRow, IndicatorContent)> {
    let newest = target::indicator(db, id).await?.ok_or_else(Refusal::not_found)?;
    let row = seen(db, actor, newest.target_id).await?;
    let bound = content::load(db, row.id, binding(&row)).await?.into_iter().find(|i| i.id == id);
    Ok((row, bound.ok_or_else(Refusal::not_found)?))
}
