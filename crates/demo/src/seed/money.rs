//! The books of the demo county: 2025 whole and still open, so that somebody can close it; 2026 up to September, with what 2025 left over.
//! Everything balances; amounts fall the same way at every seed.

mod stated;

use std::collections::BTreeMap;

use keqiao_access::RegionCode;
use keqiao_accounts::{
    BooksState, BudgetColumn, Carried, Fund, MoneySource, ProjectCategory, ProjectDuration, ProjectNature,
    SpendingKind, UnitKind,
};
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{BudgetLineId, Fen, LedgerLineId, Moment, ProjectId, UnitId};
use keqiao_store::Tx;
use keqiao_store::money::{BudgetLine, LedgerLine, Statement, ledger, statement};
use keqiao_store::year::books;
use keqiao_store::year::project::{self, Project};
use keqiao_store::year::unit::{self, Unit};

use stated::Stated;

use super::desk::People;
use crate::county::REGION;
use crate::county::draw::Draw;

/// The years, and up to which month each is booked.
const YEARS: [(i32, i32); 2] = [(2025, 12), (2026, 9)];
/// Name, kind, staff.
const UNITS: [(&str, UnitKind, i64); 2] =
    [("云汀县科学技术协会", UnitKind::Modelled, 14), ("云汀县科技馆", UnitKind::Service, 6)];

/// Code, name, what for, unit, 项, budget in 元, added during the year in 元, executed in hundredths of the adjusted budget.
type Plan = (&'static str, &'static str, &'static str, usize, &'static str, i64, i64, i64);

const PROJECTS: [Plan; 5] = [
    (
        "KP01",
        "科普活动经费",
        "面向城乡居民举办科普讲座、科普日和大篷车巡展，发放科普资料，推送科普文章。",
        0,
        "2060702",
        380_000,
        20_000,
        97,
    ),
    ("KP02", "农村实用技术培训", "组织农技协和专家到乡镇培训农民，提供技术咨询。", 0, "2060702", 165_000, 0, 99),
    ("KP03", "科普大篷车运行", "科普大篷车进校园、进乡村的燃料、维护和展品更新。", 0, "2060702", 96_000, 0, 94),
    ("KP04", "省级科普专项", "示范社区和农技协奖补。", 0, "2060799", 0, 300_000, 78),
    ("KP05", "科技馆展品维护", "常设展厅展品维修、更新和临时展览。", 1, "2060799", 210_000, -10_000, 96),
];

/// Economic codes of project money, with the words of their lines.
const PROJECT_COSTS: [(&str, &str); 7] = [
    ("30202", "宣传资料印制"),
    ("30201", "活动用品"),
    ("30226", "专家讲课费"),
    ("30227", "委托制作展板"),
    ("30216", "培训场地和餐费"),
    ("30211", "下乡差旅费"),
    ("30299", "活动杂支"),
];
/// Public costs of every month.
const OFFICE_COSTS: [(&str, &str, i64); 9] = [
    ("30201", "办公用品", 1_850),
    ("30205", "水费", 260),
    ("30206", "电费", 1_120),
    ("30207", "电话、网络费", 640),
    ("30209", "物业费", 2_300),
    ("30211", "差旅费", 2_750),
    ("30228", "工会经费", 1_980),
    ("30239", "公务交通补贴", 9_100),
    ("30299", "其他支出", 540),
];

/// One payment, before it has its place.
struct Payment {
    unit: usize,
    project: Option<usize>,
    function: &'static str,
    economic: &'static str,
    month: i32,
    amount: i64,
    words: String,
}

/// Makes units and projects where they are missing, and writes both years.
pub(crate) async fn write(ctx: &Ctx, tx: &Tx, people: &People) -> AppResult<()> {
    let region: RegionCode = REGION.parse().map_err(anyhow::Error::new)?;
    let finance = people.get("finance")?;
    let who = finance.must_sign_in()?;
    let units = make_units(ctx, tx, region).await?;
    let mut carried: [Vec<Carried>; 2] = [Vec::new(), Vec::new()];
    for (year, months) in YEARS {
        let projects = make_projects(ctx, tx, region, year, &units).await?;
        let turn = books::Books {
            region,
            year,
            state: BooksState::Open,
            revision: 1,
            account: who.account,
            account_name: who.name.clone(),
            changed_at: morning(year, 1, 6)?,
            reason: String::new(),
        };
        books::insert(tx, turn).await?;
        let payments = payments(year, months);
        ledger::insert(tx, lines(ctx, (region, year), &units, &projects, &payments)).await?;
        ledger::insert_budget(tx, budget(ctx, (region, year), &units, &projects, &payments)).await?;
        for (at, unit) in units.iter().enumerate() {
            let stated = Stated::of(at, year, &payments, std::mem::take(&mut carried[at]));
            carried[at] = stated.books.carried_on();
            for (kind, data) in stated.statements()? {
                let row = Statement {
                    region,
                    year,
                    unit_id: *unit,
                    kind,
                    data,
                    revision: 0,
                    account: who.account,
                    account_name: who.name.clone(),
                    updated_at: if months < 12 { morning(year, 10, 9)? } else { morning(year + 1, 1, 20)? },
                };
                statement::save(tx, row, 0).await?;
            }
        }
    }
    Ok(())
}

/// Nine in the morning of a day.
fn morning(year: i32, month: u32, day: u32) -> AppResult<Moment> {
    let midnight = Moment::from_china_date(year, month, day).ok_or_else(|| anyhow::anyhow!("no such day"))?;
    Ok(midnight.plus_seconds(9 * 3_600))
}

async fn make_units(ctx: &Ctx, tx: &Tx, region: RegionCode) -> AppResult<Vec<UnitId>> {
    let mut ids = Vec::new();
    for (name, kind, _) in UNITS {
        if let Some(there) = unit::named(tx, region, name).await? {
            ids.push(there.id);
            continue;
        }
        let (id, now) = (UnitId::new(&*ctx.clock, &*ctx.entropy), ctx.now());
        let name = name.to_owned();
        unit::insert(tx, Unit { id, region, name, kind, active: true, revision: 1, created_at: now, updated_at: now })
            .await?;
        ids.push(id);
    }
    Ok(ids)
}

async fn make_projects(
    ctx: &Ctx,
    tx: &Tx,
    region: RegionCode,
    year: i32,
    units: &[UnitId],
) -> AppResult<Vec<ProjectId>> {
    let mut ids = Vec::new();
    for (code, name, description, unit, _, budget, ..) in PROJECTS {
        if let Some(there) = project::coded(tx, region, year, code).await? {
            ids.push(there.id);
            continue;
        }
        let (id, now) = (ProjectId::new(&*ctx.clock, &*ctx.entropy), ctx.now());
        let special = budget == 0;
        let made = Project {
            id,
            unit_id: units[unit],
            region,
            year,
            code: code.to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
            category: if special { ProjectCategory::Special } else { ProjectCategory::Department },
            nature: ProjectNature::Continuing,
            duration: ProjectDuration::Permanent,
            source: MoneySource::Appropriation,
            fund: Fund::General,
            budget: Fen::new(budget * 100),
            revision: 1,
            created_at: now,
            updated_at: now,
        };
        project::insert(tx, made).await?;
        ids.push(id);
    }
    Ok(ids)
}

/// Every payment of a year, in 分.
fn payments(year: i32, months: i32) -> Vec<Payment> {
    let draw = Draw::seed(u64::try_from(year).unwrap_or(0));
    let spread = |amount: i64, percent: usize| -> i64 {
        let room = usize::try_from(amount).unwrap_or(0) * 2 * percent / 100;
        amount - i64::try_from(room / 2).unwrap_or(0) + i64::try_from(draw.below(room + 1)).unwrap_or(0)
    };
    let mut out = Vec::new();
    for month in 1..=months {
        for (unit, (_, kind, staff)) in UNITS.iter().enumerate() {
            let mut pay = |function, economic, amount, words: String| {
                out.push(Payment { unit, project: None, function, economic, month, amount, words });
            };
            let medical = if kind.runs_an_office() { "2101101" } else { "2101102" };
            for person in 1..=*staff {
                let base = 412_000 + person * 9_300;
                pay("2060701", "30101", base, format!("{month}月基本工资（{person}号）"));
                let second = if kind.runs_an_office() { "30102" } else { "30107" };
                pay("2060701", second, base * 7 / 10, format!("{month}月津贴补贴（{person}号）"));
            }
            let wages = staff * 480_000;
            for (function, economic, share, words) in [
                ("2080505", "30108", 16, "基本养老保险缴费"),
                ("2080506", "30109", 8, "职业年金缴费"),
                (medical, "30110", 8, "基本医疗保险缴费"),
                ("2210201", "30113", 12, "住房公积金"),
            ] {
                pay(function, economic, wages * 17 * share / 1_000, format!("{month}月{words}"));
            }
            for (economic, words, yuan) in OFFICE_COSTS {
                let part = if unit == 0 { 100 } else { 45 };
                pay("2060701", economic, spread(yuan * part, 30), format!("{month}月{words}"));
            }
            if unit == 0 && month % 2 == 0 {
                pay("2060701", "30217", spread(86_000, 20), "接待上级科协调研用餐".to_owned());
            }
        }
        for (at, (_, name, _, unit, function, initial, added, rate)) in PROJECTS.iter().enumerate() {
            let share = (initial + added) * rate / 12;
            let mut left = share;
            let count = 9;
            for number in 0..count {
                let (economic, words) = match (at, number) {
                    (2, 0) => ("30231", "大篷车燃料、保险和维修"),
                    _ => PROJECT_COSTS[(number + at) % PROJECT_COSTS.len()],
                };
                let amount = if number + 1 == count { left } else { spread(share / 10, 40) };
                left -= amount;
                let words = format!("{name}：{words}");
                let project = Some(at);
                out.push(Payment { unit: *unit, project, function, economic, month, amount, words });
            }
        }
    }
    out
}

fn lines(
    ctx: &Ctx,
    (region, year): (RegionCode, i32),
    units: &[UnitId],
    projects: &[ProjectId],
    payments: &[Payment],
) -> Vec<LedgerLine> {
    let mut numbers: BTreeMap<(usize, i32), usize> = BTreeMap::new();
    let line = |p: &Payment| {
        let number = numbers.entry((p.unit, p.month)).or_default();
        *number += 1;
        // Some four lines to a voucher, a voucher or two a day.
        let voucher = (*number - 1) / 4 + 1;
        let day = (voucher - 1) % 27 + 1;
        LedgerLine {
            id: LedgerLineId::new(&*ctx.clock, &*ctx.entropy),
            region,
            year,
            unit_id: units[p.unit],
            project_id: p.project.map(|at| projects[at]),
            function: p.function.to_owned(),
            economic: p.economic.to_owned(),
            fund: Fund::General,
            kind: if p.project.is_some() { SpendingKind::Project } else { SpendingKind::Basic },
            day: format!("{year}-{:02}-{day:02}", p.month),
            month: p.month,
            voucher: format!("记-{voucher:04}"),
            entry: ((*number - 1) % 4 + 1).to_string(),
            amount: Fen::new(p.amount),
            words: p.words.clone(),
            import_id: None,
            created_at: ctx.now(),
        }
    };
    payments.iter().map(line).collect()
}

/// The budget: projects as they are planned; basic spending by 项, a little over what a whole year costs.
fn budget(
    ctx: &Ctx,
    (region, year): (RegionCode, i32),
    units: &[UnitId],
    projects: &[ProjectId],
    payments: &[Payment],
) -> Vec<BudgetLine> {
    let row = |unit: usize, project: Option<usize>, function: &str, budget, amount: i64, document: &str| BudgetLine {
        id: BudgetLineId::new(&*ctx.clock, &*ctx.entropy),
        region,
        year,
        unit_id: units[unit],
        project_id: project.map(|at| projects[at]),
        function: function.to_owned(),
        economic: String::new(),
        fund: Fund::General,
        kind: if project.is_some() { SpendingKind::Project } else { SpendingKind::Basic },
        budget,
        amount: Fen::new(amount),
        document: document.to_owned(),
        import_id: None,
        created_at: ctx.now(),
    };
    let mut out = Vec::new();
    for (at, (_, _, _, unit, function, initial, added, _)) in PROJECTS.iter().enumerate() {
        if *initial > 0 {
            out.push(row(*unit, Some(at), function, BudgetColumn::Initial, initial * 100, ""));
        }
        if *added != 0 {
            let document = format!("云财预〔{year}〕{}号", 12 + at);
            out.push(row(*unit, Some(at), function, BudgetColumn::Adjusted, added * 100, &document));
        }
    }
    let months = i64::from(payments.iter().map(|p| p.month).max().unwrap_or(12));
    for ((unit, function), spent) in sums(payments, |p| p.project.is_none()) {
        // Rounded up to whole thousands, as budgets are.
        let year_long = (spent * 12 / months * 101 / 100 / 100_000 + 1) * 100_000;
        out.push(row(unit, None, function, BudgetColumn::Initial, year_long, ""));
    }
    out
}

fn sums(payments: &[Payment], wanted: impl Fn(&Payment) -> bool) -> BTreeMap<(usize, &'static str), i64> {
    let mut out = BTreeMap::new();
    for p in payments.iter().filter(|p| wanted(p)) {
        *out.entry((p.unit, p.function)).or_insert(0) += p.amount;
    }
    out
}

#[cfg(test)]
mod tests {
    use keqiao_accounts::checks::{Verdict, run_all};
    use keqiao_accounts::published::Published;
    use keqiao_app::fixture::TestCtx;

    use super::*;

    #[test]
    fn a_year_has_some_fifteen_hundred_lines_and_no_negative_one() {
        let year = payments(2025, 12);
        assert!((1_200..1_900).contains(&year.len()), "{}", year.len());
        assert!(year.iter().all(|p| p.amount > 0));
        assert_eq!(
            year.iter().map(|p| p.amount).sum::<i64>(),
            payments(2025, 12).iter().map(|p| p.amount).sum::<i64>()
        );
    }

    #[tokio::test]
    async fn both_years_of_the_demo_balance_and_follow_each_other() {
        let test = TestCtx::with(|settings| settings.demo = true).await.unwrap();
        super::super::seed(&test.ctx).await.unwrap();
        for (year, _) in YEARS {
            let books =
                keqiao_app::money::books(test.ctx.db.read(), REGION.parse().unwrap(), year, None).await.unwrap();
            assert!(books.closing(None) > Fen::ZERO);
            for result in run_all(&Published::of(&books)) {
                let first = year == YEARS[0].0 && result.verdict == Verdict::Lacking;
                let fine = matches!(result.verdict, Verdict::Pass | Verdict::NotApplicable);
                assert!(fine || first, "{year} {} {:?} {:?}", result.check, result.verdict, result.gaps);
            }
        }
    }
}
