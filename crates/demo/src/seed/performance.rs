//! Two years of targets of the demo county: last year's is evaluated, scored again and has left a task; this year's is approved and monitored, one
//! target waits for review, one is being written. Everything is done by the use cases, as people would; what is odd about a number gets its reason.

use std::sync::Arc;

use keqiao_access::{Actor, RegionCode};
use keqiao_accounts::{Fund, MoneySource, ProjectCategory, ProjectDuration, ProjectNature, UnitKind};
use keqiao_app::performance::evaluation::{self, EvaluationForm, RowForm};
use keqiao_app::performance::{self, IndicatorForm, NoteForm, Proof, StatementForm, TargetForm, TaskForm};
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{AccountId, Day, EvaluationId, Fen, FixedClock, FixedEntropy, Moment, ProjectId, TargetId, UnitId};
use keqiao_performance::light::{Cause, Light, Likelihood, Milestone};
use keqiao_performance::stored::read;
use keqiao_performance::task::TaskKind;
use keqiao_performance::{Indicator, Level2, Measure, Operator, Reached, Tree};
use keqiao_quantity::{Decimal, Printed};
use keqiao_store::Tx;
use keqiao_store::year::project::{self, Project};
use keqiao_store::year::unit::{self, Unit};

use crate::county::REGION;
use crate::seed::desk::People;

/// The profile that the county scores by.
const PROFILE: &str = "mof-2020";
/// The year that is over, and the one that goes on.
const YEARS: [i32; 2] = [2025, 2026];
/// The month up to which this year is monitored.
const MONTH: u8 = 9;

/// Makes the projects of both years, where there are none yet. Before the evidence, which is recorded for them.
pub(crate) async fn projects(ctx: &Ctx, tx: &Tx) -> AppResult<()> {
    let region = region()?;
    for year in YEARS {
        if !project::of(tx, region, year).await?.is_empty() {
            continue;
        }
        let office = office(ctx, tx, region).await?;
        for (code, name, description, budget) in [
            (
                "KP01",
                "科普活动经费",
                "面向城乡居民举办科普讲座、科普日和大篷车巡展，发放科普资料，推送科普文章。",
                38_000_000,
            ),
            ("KP02", "农村实用技术培训", "组织农技协和专家到乡镇培训农民，提供技术咨询。", 16_500_000),
        ] {
            let made = Project {
                id: ProjectId::new(&*ctx.clock, &*ctx.entropy),
                unit_id: office,
                region,
                year,
                code: code.to_owned(),
                name: name.to_owned(),
                description: description.to_owned(),
                category: ProjectCategory::Department,
                nature: ProjectNature::Continuing,
                duration: ProjectDuration::Permanent,
                source: MoneySource::Appropriation,
                fund: Fund::General,
                budget: Fen::new(budget),
                revision: 1,
                created_at: ctx.now(),
                updated_at: ctx.now(),
            };
            project::insert(tx, made).await?;
        }
    }
    Ok(())
}

async fn office(ctx: &Ctx, tx: &Tx, region: RegionCode) -> AppResult<UnitId> {
    if let Some(there) = unit::of(tx, region).await?.first() {
        return Ok(there.id);
    }
    let made = Unit {
        id: UnitId::new(&*ctx.clock, &*ctx.entropy),
        region,
        name: "云汀县科学技术协会".to_owned(),
        kind: UnitKind::Modelled,
        active: true,
        revision: 1,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    };
    let id = made.id;
    unit::insert(tx, made).await?;
    Ok(id)
}

/// Writes both years. Needs the evidence.
pub(crate) async fn write(server: &Ctx, people: &People) -> AppResult<()> {
    let clock = Arc::new(FixedClock::at(at(2025, 1, 13)?));
    let entropy = Arc::new(FixedEntropy::seed(990_108));
    let ctx = Ctx::new(server.db.clone(), clock.clone(), entropy, server.settings.clone())?;
    let county = County { ctx, clock, people, region: region()? };
    county.last_year().await?;
    county.this_year().await
}

fn region() -> AppResult<RegionCode> {
    Ok(REGION.parse().map_err(anyhow::Error::new)?)
}

/// Nine in the morning of a day.
fn at(year: i32, month: u32, day: u32) -> AppResult<Moment> {
    let midnight = Moment::from_china_date(year, month, day).ok_or_else(|| anyhow::anyhow!("no such day"))?;
    Ok(midnight.plus_seconds(9 * 3_600))
}

struct County<'a> {
    ctx: Ctx,
    clock: Arc<FixedClock>,
    people: &'a People,
    region: RegionCode,
}

impl County<'_> {
    fn actor(&self, code: &str) -> AppResult<&Actor> {
        self.people.get(code)
    }

    fn account(&self, code: &str) -> AppResult<AccountId> {
        Ok(self.actor(code)?.account().ok_or_else(|| anyhow::anyhow!("{code} is nobody"))?)
    }

    /// Moves the clock on to a day.
    fn on(&self, year: i32, month: u32, day: u32) -> AppResult<()> {
        self.clock.advance_seconds(at(year, month, day)?.seconds_since(self.ctx.now()));
        Ok(())
    }

    async fn last_year(&self) -> AppResult<()> {
        let year = YEARS[0];
        let id = self.approved(year, "科普", outreach(year)).await?;
        self.on(2026, 1, 12)?;
        self.stated(id, "经抽样回访，受访群众中81%能说出两项科学防灾知识").await?;
        let made = self.evaluated(id).await?;
        self.on(2026, 2, 10)?;
        self.scored_again(made).await?;
        self.judged(year).await?;
        self.tasks(year, id, made).await
    }

    async fn this_year(&self) -> AppResult<()> {
        let year = YEARS[1];
        let (officer, finance) = (self.actor("officer")?, self.actor("finance")?);
        let outreach_target = self.approved(year, "科普", outreach(year)).await?;
        self.approved(year, "培训", training()).await?;
        self.on(2026, 10, 9)?;
        performance::freeze(&self.ctx, officer, outreach_target, MONTH).await?;
        self.noted(year).await?;
        performance::carry(&self.ctx, finance, self.region, year).await?;
        // The department's own target waits for review.
        let whole = performance::begin(&self.ctx, finance, self.region, year, None, PROFILE).await?;
        let name = "云汀县科学技术协会".to_owned();
        let form = TargetForm {
            name,
            ..form("科协部门整体", "办好全年科普和培训，服务科技工作者", 120_000_000, department())
        };
        performance::save(&self.ctx, finance, whole, 0, &form).await?;
        performance::submit(&self.ctx, finance, whole, 1).await
    }

    /// The target of the project whose name holds a word: written by the officer, approved by the reviewer.
    async fn approved(&self, year: i32, word: &str, indicators: Vec<IndicatorForm>) -> AppResult<TargetId> {
        let (officer, reviewer) = (self.actor("officer")?, self.actor("reviewer")?);
        let all = project::of(self.ctx.db.read(), self.region, year).await?;
        let found = all.iter().find(|p| p.name.contains(word)).or(all.first());
        let project = found.ok_or_else(|| anyhow::anyhow!("the demo has no project"))?;
        let id = performance::begin(&self.ctx, officer, self.region, year, Some(project.id), PROFILE).await?;
        let goal = format!("完成{}各项任务，服务对象满意度保持在90%以上", project.name);
        let form = TargetForm {
            name: project.name.clone(),
            description: project.description.clone(),
            ..form("", &goal, project.budget.get(), indicators)
        };
        performance::save(&self.ctx, officer, id, 0, &form).await?;
        performance::submit(&self.ctx, officer, id, 1).await?;
        self.clock.advance_seconds(86_400);
        performance::review(&self.ctx, reviewer, id, 2, true, "指标清晰，同意批复").await?;
        Ok(id)
    }

    /// What nobody can compute is stated with a file.
    async fn stated(&self, id: TargetId, words: &str) -> AppResult<()> {
        let officer = self.actor("officer")?;
        for i in performance::version(&self.ctx, officer, id, None).await?.indicators {
            if i.indicator.measure.is_stated() {
                let proof = format!("演示：{words}\n");
                let proof = self.ctx.files.put(&*self.ctx.entropy, proof.as_bytes()).await?;
                let sent = StatementForm {
                    value: None,
                    reached: Some(Reached::Full),
                    words: words.to_owned(),
                    file: Some(("回访记录.txt".to_owned(), proof)),
                };
                performance::state(&self.ctx, officer, i.id, 12, &sent).await?;
            }
        }
        Ok(())
    }

    async fn evaluated(&self, id: TargetId) -> AppResult<EvaluationId> {
        let officer = self.actor("officer")?;
        let made = evaluation::begin_self(&self.ctx, officer, id).await?;
        let shown = evaluation::evaluation(&self.ctx, officer, made).await?;
        let row = |r: &evaluation::RowShown| RowForm {
            position: r.row.position,
            score: r.row.score.map(read).or_else(|| Some(share(read(r.row.weight), 90))),
            reason: r.row.why.map(|why| reason(why.code())).unwrap_or_default(),
        };
        let form = EvaluationForm {
            achieved: "全年讲座、科普日、大篷车巡展按计划举办，资料印发和线上推送完成较好".to_owned(),
            problems: "部分指标的目标值与上年实际差距较大，测算依据不够充分".to_owned(),
            suggestions: "编制下年目标时参照历年实际，分季度设里程碑".to_owned(),
            execution_reason: "年末验收后支付的尾款转入次年".to_owned(),
            rows: shown.rows.iter().map(row).collect(),
        };
        let revision = evaluation::save(&self.ctx, officer, made, 0, &form).await?;
        evaluation::submit(&self.ctx, officer, made, revision).await?;
        Ok(made)
    }

    /// The reviewer agrees but for the words.
    async fn scored_again(&self, id: EvaluationId) -> AppResult<()> {
        let reviewer = self.actor("reviewer")?;
        let first = evaluation::evaluation(&self.ctx, reviewer, id).await?;
        let other = evaluation::begin_beside(&self.ctx, reviewer, id).await?;
        let rows = first.rows.iter().map(|r| {
            let words = r.row.value.is_none();
            RowForm {
                position: r.row.position,
                score: if words { Some(share(read(r.row.weight), 80)) } else { r.row.score.map(read) },
                reason: if words { "回访样本偏少，只能认定基本达成".to_owned() } else { String::new() },
            }
        });
        let form = EvaluationForm { rows: rows.collect(), ..EvaluationForm::default() };
        let revision = evaluation::save(&self.ctx, reviewer, other, 0, &form).await?;
        evaluation::submit(&self.ctx, reviewer, other, revision).await
    }

    /// The department by the table of points of Sichuan, as the table whose points are published.
    async fn judged(&self, year: i32) -> AppResult<()> {
        let reviewer = self.actor("reviewer")?;
        let made = evaluation::begin_department(&self.ctx, reviewer, self.region, year, "sichuan", None).await?;
        let shown = evaluation::evaluation(&self.ctx, reviewer, made).await?;
        let rows = shown.rows.iter().map(|r| {
            let weight = read(r.row.weight);
            let lost = r.row.position % 7 == 4 && weight > Decimal::ONE;
            RowForm {
                position: r.row.position,
                score: Some(if lost { weight - Decimal::ONE } else { weight }),
                reason: if lost { "有制度但执行留痕不全".to_owned() } else { String::new() },
            }
        });
        let form = EvaluationForm { rows: rows.collect(), ..EvaluationForm::default() };
        let revision = evaluation::save(&self.ctx, reviewer, made, 0, &form).await?;
        evaluation::submit(&self.ctx, reviewer, made, revision).await
    }

    /// Two problems of last year: one put right and confirmed, one that comes back this year.
    async fn tasks(&self, year: i32, target: TargetId, made: EvaluationId) -> AppResult<()> {
        let (officer, reviewer) = (self.actor("officer")?, self.actor("reviewer")?);
        let owner = self.account("officer")?;
        let task = |finding: &str, measure: &str, due: Day| TaskForm {
            kind: TaskKind::SelfEvaluation,
            finding: finding.to_owned(),
            measure: measure.to_owned(),
            owner,
            due,
            target: Some(target),
            evaluation: Some(made),
            indicator: None,
        };
        let day = |month, day| Day::new(2026, month, day).ok_or_else(|| anyhow::anyhow!("no such day"));
        let first = task("部分指标目标值偏离历年实际", "按近三年实际重新测算目标值", day(3, 31)?);
        let first = performance::make_task(&self.ctx, reviewer, self.region, year, &first).await?;
        let second = task("满意度调查样本偏少", "每半年调查一次，每次不少于300份有效问卷", day(12, 20)?);
        performance::make_task(&self.ctx, reviewer, self.region, year, &second).await?;
        self.on(2026, 3, 20)?;
        let table = self.ctx.files.put(&*self.ctx.entropy, "演示：近三年实际与目标对照\n".as_bytes()).await?;
        let file = Some(("目标值测算表.txt".to_owned(), table));
        let proof = Proof { words: "已按近三年实际重新测算".to_owned(), evidence: None, file };
        performance::task_done(&self.ctx, officer, first, 0, &proof).await?;
        performance::confirm_task(&self.ctx, reviewer, first, 1, true, "").await
    }

    /// What is behind gets its cause and, once, a corrective measure.
    async fn noted(&self, year: i32) -> AppResult<()> {
        let officer = self.actor("officer")?;
        let seen = performance::monitoring(&self.ctx, officer, self.region, year, MONTH, false).await?;
        let mut corrected = false;
        for target in &seen.targets {
            for goal in target.goals.iter().filter(|g| g.light.is_none_or(|l| l != Light::Green)) {
                let note = NoteForm {
                    light: Some(Light::Green).filter(|_| goal.content.indicator.lower.is_none()),
                    cause: Some(Cause::Staff).filter(|_| goal.light.is_some()),
                    likelihood: Some(Likelihood::Possible),
                    words: if goal.light.is_some() {
                        "四季度集中安排".to_owned()
                    } else {
                        "按计划推进".to_owned()
                    },
                };
                performance::note(&self.ctx, officer, goal.content.id, MONTH, 0, &note).await?;
                if goal.light.is_some() && !corrected {
                    corrected = true;
                    self.corrective(year, target.target.id, &goal.content.indicator.name, goal.content.id).await?;
                }
            }
        }
        Ok(())
    }

    async fn corrective(
        &self,
        year: i32,
        target: TargetId,
        name: &str,
        indicator: keqiao_base::IndicatorId,
    ) -> AppResult<()> {
        let form = TaskForm {
            kind: TaskKind::Monitoring,
            finding: format!("“{name}”进度落后于计划"),
            measure: "四季度增加两场集中活动，每月报送进度".to_owned(),
            owner: self.account("officer")?,
            due: Day::new(year, 12, 10).ok_or_else(|| anyhow::anyhow!("no such day"))?,
            target: Some(target),
            evaluation: None,
            indicator: Some(indicator),
        };
        performance::make_task(&self.ctx, self.actor("finance")?, self.region, year, &form).await.map(drop)
    }
}

/// So many percent of a weight, to a hundredth.
fn share(weight: Decimal, percent: i64) -> Decimal {
    Printed::round(weight * Decimal::from(percent) / Decimal::ONE_HUNDRED, 2).value()
}

fn reason(why: &str) -> String {
    match why {
        "exceeded" => "上级临时部署增加了场次；下年按近三年实际提高目标值",
        _ => "部分活动因场地和天气调整，未能全部举办；下年提前排期并预留备选场地",
    }
    .to_owned()
}

fn form(description: &str, goal: &str, budget: i64, indicators: Vec<IndicatorForm>) -> TargetForm {
    TargetForm {
        name: String::new(),
        is_new: false,
        owner: None,
        description: description.to_owned(),
        goal: goal.to_owned(),
        budget: Fen::new(budget),
        tree: Tree::Standard,
        profile: PROFILE.to_owned(),
        indicators,
    }
}

fn counted(level2: Level2, name: &str, target: i64, unit: &str, weight: i64, measure: Measure) -> IndicatorForm {
    let mut indicator = Indicator::new(level2, name, Operator::AtLeast, target.into(), unit, weight.into());
    indicator.measure = measure;
    IndicatorForm { id: None, indicator, milestones: Vec::new() }
}

fn in_words(name: &str, text: &str, weight: i64) -> IndicatorForm {
    let mut indicator =
        Indicator::new(Level2::SocialBenefit, name, Operator::Qualitative, Decimal::ZERO, "", weight.into());
    (indicator.lower, indicator.text) = (None, Some(text.to_owned()));
    IndicatorForm { id: None, indicator, milestones: Vec::new() }
}

fn satisfied() -> IndicatorForm {
    counted(Level2::Served, "服务对象满意度", 90, "%", 10, Measure::Satisfaction { project: None })
}

fn outreach(year: i32) -> Vec<IndicatorForm> {
    let copies =
        Measure::Evidence { kind: None, count: Some("copies".into()), project: None, region: None, rung_min: None };
    let views = Measure::evidence("push", Some("views"));
    let mut visitors =
        counted(Level2::Quantity, "科普活动参加人次", 9_000, "人次", 20, Measure::evidence("activity", Some("people")));
    visitors.milestones = [(5, 3_500), (9, 7_500), (12, 9_000)]
        .map(|(month, value)| Milestone { month, value: Decimal::from(value) })
        .to_vec();
    if year == YEARS[1] {
        visitors.indicator.definition =
            "科普日、科技活动周、大篷车巡展等活动现场参加人次，以签到和现场记录为准".to_owned();
    }
    vec![
        counted(Level2::Quantity, "科普讲座场次", 16, "场", 15, Measure::evidence("lecture", Some("sessions"))),
        visitors,
        counted(Level2::Quantity, "科普资料发放", 21_000, "份", 15, copies),
        counted(Level2::SocialBenefit, "线上科普阅读量", 15, "万次", 10, views),
        in_words("群众科学防灾意识", "受访群众能说出两项以上科学防灾知识", 10),
        counted(Level2::Lasting, "新认定科普示范基地", 4, "个", 10, Measure::evidence("naming", Some("items"))),
        satisfied(),
    ]
}

fn training() -> Vec<IndicatorForm> {
    vec![
        counted(Level2::Quantity, "培训场次", 18, "场", 25, Measure::evidence("training", Some("sessions"))),
        counted(Level2::Quantity, "培训人次", 1_200, "人次", 25, Measure::evidence("training", Some("people"))),
        counted(
            Level2::SocialBenefit,
            "专家下乡服务人次",
            30,
            "人次",
            20,
            Measure::evidence("service", Some("experts")),
        ),
        in_words("参训农户技术应用", "回访农户能独立运用所学技术", 10),
        satisfied(),
    ]
}

fn department() -> Vec<IndicatorForm> {
    vec![
        counted(Level2::Quantity, "培训和讲座场次", 36, "场", 30, Measure::evidence("training", Some("sessions"))),
        counted(Level2::Quantity, "走访科技工作者", 20, "场", 20, Measure::evidence("visit", None)),
        counted(Level2::SocialBenefit, "线上科普阅读量", 15, "万次", 30, Measure::evidence("push", Some("views"))),
        satisfied(),
    ]
}

#[cfg(test)]
mod tests {
    use keqiao_app::fixture::TestCtx;
    use keqiao_performance::TargetState;
    use keqiao_performance::evaluation::{EvaluationKind, EvaluationState};
    use keqiao_store::PageRequest;
    use keqiao_store::performance::evaluation::{EvaluationFilter, page};
    use keqiao_store::performance::target::{TargetFilter, page as targets};
    use keqiao_store::performance::task::{TaskFilter, page as tasks};

    use super::*;

    #[tokio::test]
    async fn both_years_stand_as_people_left_them() {
        let test = TestCtx::with(|settings| settings.demo = true).await.unwrap();
        crate::seed(&test.ctx).await.unwrap();
        let (db, regions) = (test.ctx.db.read(), vec![region().unwrap()]);
        let of = |year| TargetFilter { regions: regions.clone(), year: Some(year), ..TargetFilter::default() };
        let this = targets(db, &of(2026), PageRequest::default()).await.unwrap().rows;
        let states: Vec<TargetState> = this.iter().map(|t| t.state).collect();
        assert_eq!(states.iter().filter(|s| **s == TargetState::Approved).count(), 2);
        assert_eq!(states.iter().filter(|s| **s == TargetState::Submitted).count(), 1);
        let all = EvaluationFilter { regions: regions.clone(), ..EvaluationFilter::default() };
        let made = page(db, &all, PageRequest::default()).await.unwrap().rows;
        assert_eq!(made.len(), 3);
        assert!(made.iter().all(|e| e.state == EvaluationState::Submitted && !e.band.is_empty()));
        let total = |kind| made.iter().find(|e| e.kind == kind).map(|e| e.total).unwrap();
        assert!(total(EvaluationKind::SelfMade) > total(EvaluationKind::Independent));
        let carried = TaskFilter { regions, year: Some(2026), ..TaskFilter::default() };
        let carried = tasks(db, &carried, PageRequest::default()).await.unwrap().rows;
        assert!(carried.iter().any(|t| t.carried_from.is_some()), "last year's open task came back");
    }
}
