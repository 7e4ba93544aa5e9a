//! The report desk of the demo: twelve reports checked, and people in the middle of working through them.

use std::collections::BTreeMap;

use keqiao_access::{Actor, Grade, HeldRole, RegionCode, Signed, Via};
use keqiao_app::account::demo::ACCOUNTS;
use keqiao_app::desk::{Judgement, assign, begin_batch, comment, findings, judge, page, take_whole};
use keqiao_app::{AppResult, Ctx, jobs};
use keqiao_base::{AccountId, FixedClock, ReportId};
use keqiao_store::PageRequest;
use keqiao_store::account::load_by_login;
use keqiao_store::desk::finding::{Finding, FindingFilter, FindingSort, FindingState};
use keqiao_store::desk::report::{ReportFilter, ReportSort};

use crate::county::REGION;
use crate::report::{Sample, copies, corrected, samples};

/// The people of the desk: who acts here, by the codes of the demo's accounts.
pub(crate) struct People(BTreeMap<&'static str, Actor>);

impl People {
    /// The accounts as they were made, in their order.
    pub(crate) fn new(ids: &[AccountId]) -> AppResult<People> {
        let mut all = BTreeMap::new();
        for (account, id) in ACCOUNTS.iter().zip(ids) {
            let mut roles = Vec::new();
            if let Some((role, region)) = account.role {
                let region: RegionCode = region.parse().map_err(anyhow::Error::new)?;
                roles.push(HeldRole { role, region, association: None });
            }
            let signed = Signed {
                account: *id,
                login: format!("demo.{}", account.code),
                name: account.name.to_owned(),
                kind: account.kind,
                grade: Grade::Declared,
                roles,
                organisation: None,
                via: Via::Machine,
                address: String::new(),
            };
            all.insert(account.code, Actor::Signed(Box::new(signed)));
        }
        Ok(People(all))
    }

    /// The accounts as the database holds them.
    pub(crate) async fn load(ctx: &Ctx) -> AppResult<People> {
        let mut ids = Vec::with_capacity(ACCOUNTS.len());
        for account in ACCOUNTS {
            let found = load_by_login(ctx.db.read(), &format!("demo.{}", account.code)).await?;
            ids.push(found.ok_or_else(|| anyhow::anyhow!("the demo has no account {}", account.code))?.id);
        }
        People::new(&ids)
    }

    /// One of them.
    pub(crate) fn get(&self, code: &str) -> AppResult<&Actor> {
        Ok(self.0.get(code).ok_or_else(|| anyhow::anyhow!("the demo has no account {code}"))?)
    }
}

/// Puts the reports on the desk, checks them, and works on some.
pub(crate) async fn write(ctx: &Ctx, clock: &FixedClock, people: &People) -> AppResult<()> {
    let (finance, reviewer) = (people.get("finance")?, people.get("reviewer")?);
    let all = samples();
    put(ctx, finance, None, &all).await?;
    check(ctx).await?;
    clock.advance_seconds(3600);
    work_through(ctx, clock, reviewer, finance).await?;
    clock.advance_seconds(2 * 86_400);
    // The account with the most defects comes back corrected.
    let fixed = corrected();
    if let Some(report) = report_of(ctx, reviewer, &fixed).await? {
        put(ctx, finance, Some(report), &[fixed]).await?;
        check(ctx).await?;
    }
    Ok(())
}

/// Puts so many more reports on the desk; they wait for the server's workers.
pub(crate) async fn pile_up(ctx: &Ctx, people: &People, count: usize) -> AppResult<()> {
    // A batch holds so many files.
    for some in copies(count).chunks(500) {
        put(ctx, people.get("finance")?, None, some).await?;
    }
    Ok(())
}

async fn check(ctx: &Ctx) -> AppResult<()> {
    let works = jobs::works();
    while jobs::step(ctx, &works).await? {}
    Ok(())
}

async fn put(ctx: &Ctx, who: &Actor, report: Option<ReportId>, files: &[Sample]) -> AppResult<()> {
    let region: RegionCode = REGION.parse().map_err(anyhow::Error::new)?;
    let batch = begin_batch(ctx, who, Some(region), report).await?;
    for file in files {
        let mut incoming = ctx.files.begin(&*ctx.entropy, u64::MAX).await?;
        incoming.write(&file.bytes).await?;
        take_whole(ctx, who, batch.id, &file.name, incoming).await?;
    }
    Ok(())
}

async fn report_of(ctx: &Ctx, who: &Actor, sample: &Sample) -> AppResult<Option<ReportId>> {
    let filter =
        ReportFilter { year: Some(sample.year), entity: Some(sample.entity.clone()), ..ReportFilter::default() };
    let found = page(ctx, who, &filter, ReportSort::Entity, false, PageRequest::new(1, 20)).await?;
    Ok(found.rows.iter().find(|r| r.kind == "final_account").map(|r| r.id))
}

/// What people made of the findings, by their place in the list: enough to see every state once or more.
async fn work_through(ctx: &Ctx, clock: &FixedClock, reviewer: &Actor, finance: &Actor) -> AppResult<()> {
    let found =
        findings(ctx, reviewer, &FindingFilter::default(), FindingSort::Report, false, PageRequest::new(1, 100))
            .await?;
    let to = finance.account();
    for (n, (finding, _)) in found.rows.into_iter().enumerate() {
        clock.advance_seconds(400);
        match n % 6 {
            0 => {
                let given = assign(ctx, reviewer, finding.id, finding.revision, to).await?;
                let said = comment(ctx, reviewer, given.id, "请对照决算表核对，改好后重新上传。").await?;
                comment(ctx, finance, said.id, "收到，是录入时写错了，今天改。").await?;
            }
            1 => {
                settle(ctx, reviewer, finding, FindingState::Accepted, "经与财政部门核对，口径一致，已在说明中补充。")
                    .await?
            }
            2 => drop(assign(ctx, reviewer, finding.id, finding.revision, to).await?),
            3 if n > 6 => {
                settle(ctx, reviewer, finding, FindingState::FalseAlarm, "两处是不同的口径，不是错误。").await?
            }
            _ => {}
        }
    }
    Ok(())
}

async fn settle(ctx: &Ctx, who: &Actor, finding: Finding, state: FindingState, reason: &str) -> AppResult<()> {
    judge(ctx, who, finding.id, finding.revision, &Judgement { state, reason: reason.to_owned() }).await?;
    Ok(())
}
