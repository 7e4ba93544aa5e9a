//! The shapes in which the desk's things are sent to programs.

use std::collections::BTreeMap;

use keqiao_app::desk::{Comparison, Dashboard, FindingShown, ReportShown, RuleFigure};
use keqiao_i18n::Bilingual;
use keqiao_store::desk::finding::Comment;
use keqiao_store::desk::report::{Report, Version};
use serde::Serialize;
use utoipa::ToSchema;

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Both {
    /// 中文 · Chinese.
    zh: String,
    /// 英文 · English.
    en: String,
}

impl From<Bilingual> for Both {
    fn from(b: Bilingual) -> Both {
        Both { zh: b.zh, en: b.en }
    }
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportJson {
    id: String,
    /// 地区代码 · Region.
    region: String,
    /// 单位 · Body.
    entity: String,
    /// 年度 · Fiscal year.
    year: Option<i32>,
    /// 种类 · Kind.
    kind: String,
    /// 检查状态 · waiting, checked, unreadable.
    check: String,
    /// 最新版次 · Number of the newest checked version.
    version: i32,
    tables_seen: i32,
    tables_known: i32,
    facts: i32,
    errors: i32,
    warnings: i32,
    infos: i32,
    /// 待处理问题数 · Open findings.
    open: i32,
    /// 更新时间 · Last change.
    updated_at: String,
}

impl From<Report> for ReportJson {
    fn from(r: Report) -> ReportJson {
        ReportJson {
            id: r.id.to_string(),
            region: r.region.to_string(),
            entity: r.entity,
            year: r.year,
            kind: r.kind,
            check: r.state.to_string(),
            version: r.version,
            tables_seen: r.tables_seen,
            tables_known: r.tables_known,
            facts: r.facts,
            errors: r.errors,
            warnings: r.warnings,
            infos: r.infos,
            open: r.open,
            updated_at: r.updated_at.iso(),
        }
    }
}

/// A version of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VersionJson {
    number: i32,
    file_name: String,
    file_size: i64,
    /// SHA-256
    file_hash: String,
    check: String,
    uploader: String,
    created_at: String,
}

impl From<Version> for VersionJson {
    fn from(v: Version) -> VersionJson {
        VersionJson {
            number: v.number,
            file_name: v.file_name,
            file_size: v.file_size,
            file_hash: v.file_hash,
            check: v.state.to_string(),
            uploader: v.uploader,
            created_at: v.created_at.iso(),
        }
    }
}

/// A finding.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FindingJson {
    id: String,
    report: String,
    /// 在报告中的序号 · Its number in the report.
    number: i32,
    first_version: i32,
    last_version: i32,
    /// 规则编号 · Code of the rule.
    code: String,
    /// 规则名称 · Name of the rule.
    name: String,
    level: String,
    message: Both,
    advice: Both,
    /// 所写 · What the report says.
    stated: Option<String>,
    /// 应为 · What it should say.
    computed: Option<String>,
    /// 原文 · The words at fault, and those held against them.
    quotes: Vec<String>,
    state: String,
    assignee: Option<String>,
    reason: Option<String>,
    judge: Option<String>,
    comments: i32,
    /// 修订号，提交修改时带上 · Send it with a change.
    revision: i32,
}

impl From<FindingShown> for FindingJson {
    fn from(f: FindingShown) -> FindingJson {
        let FindingShown { finding, noted } = f;
        FindingJson {
            id: finding.id.to_string(),
            report: finding.report_id.to_string(),
            number: finding.number,
            first_version: finding.first_version,
            last_version: finding.last_version,
            code: noted.code,
            name: noted.name,
            level: finding.level.to_string(),
            message: noted.message.into(),
            advice: noted.advice.into(),
            stated: noted.stated,
            computed: noted.computed,
            quotes: noted.places.into_iter().map(|p| p.quote).collect(),
            state: finding.state.to_string(),
            assignee: finding.assignee,
            reason: finding.reason,
            judge: finding.judge,
            comments: finding.comments,
            revision: finding.revision,
        }
    }
}

/// A report with what hangs on it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportWhole {
    report: ReportJson,
    versions: Vec<VersionJson>,
    findings: Vec<FindingJson>,
    /// 读取障碍 · What stood in the way of reading.
    problems: Vec<Both>,
    /// 对照的上年报告 · Last year's report that was held against it.
    last_year: Option<String>,
}

impl From<ReportShown> for ReportWhole {
    fn from(r: ReportShown) -> ReportWhole {
        ReportWhole {
            report: r.report.into(),
            versions: r.versions.into_iter().map(VersionJson::from).collect(),
            findings: r.findings.into_iter().map(FindingJson::from).collect(),
            problems: r.summary.problems.into_iter().map(|p| p.message.into()).collect(),
            last_year: r.last_year.map(|id| id.to_string()),
        }
    }
}

/// Two versions compared.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ComparisonJson {
    before: i32,
    after: i32,
    /// 已不再出现 · In the earlier only.
    fixed: Vec<FindingJson>,
    /// 新出现 · In the later only.
    new: Vec<FindingJson>,
    /// 仍存在 · In both.
    remaining: Vec<FindingJson>,
}

impl From<Comparison> for ComparisonJson {
    fn from(c: Comparison) -> ComparisonJson {
        let list = |findings: Vec<FindingShown>| findings.into_iter().map(FindingJson::from).collect();
        ComparisonJson {
            before: c.before,
            after: c.after,
            fixed: list(c.fixed),
            new: list(c.new),
            remaining: list(c.remaining),
        }
    }
}

/// A remark.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentJson {
    author: String,
    words: String,
    created_at: String,
}

impl From<Comment> for CommentJson {
    fn from(c: Comment) -> CommentJson {
        CommentJson { author: c.author, words: c.words, created_at: c.created_at.iso() }
    }
}

/// 一条规则的次数 · How often a rule found something.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleCount {
    /// 规则编号 · Code.
    code: String,
    /// 查什么（中文） · What it finds, in Chinese.
    zh: &'static str,
    /// 查什么（英文） · What it finds, in English.
    en: &'static str,
    /// 问题数 · Findings.
    findings: i64,
    /// 其中误报 · Of these, false alarms.
    false_alarms: i64,
}

/// 一个单位的次数 · Findings of one body.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EntityCount {
    /// 单位 · Body.
    entity: String,
    /// 问题数 · Findings.
    findings: i64,
    /// 未处理 · Open ones.
    open: i64,
}

/// 一个年度一个级别的次数 · Findings of one year and level.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct YearCount {
    /// 年度，读不出的为空 · Year; absent when it could not be read.
    year: Option<i32>,
    /// 级别 · Level.
    level: &'static str,
    /// 问题数 · Findings.
    findings: i64,
}

/// 一个级别一种状态的次数 · Findings of one level and state.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StateCount {
    /// 级别 · Level.
    level: &'static str,
    /// 状态 · State.
    state: &'static str,
    /// 问题数 · Findings.
    findings: i64,
}

/// 总览 · The figures of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DashboardJson {
    /// 各检查状态的报告数 · Reports by how far they are.
    reports: BTreeMap<&'static str, i64>,
    /// 最常见的规则 · The rules found most often.
    rules: Vec<RuleCount>,
    /// 问题最多的单位 · The bodies with most findings.
    entities: Vec<EntityCount>,
    /// 各年度 · By year and level.
    years: Vec<YearCount>,
    /// 各级别、状态 · By level and state.
    states: Vec<StateCount>,
}

impl From<Dashboard> for DashboardJson {
    fn from(d: Dashboard) -> Self {
        let rule = |r: RuleFigure| RuleCount {
            code: r.code,
            zh: r.title.zh,
            en: r.title.en,
            findings: r.findings,
            false_alarms: r.wrong,
        };
        DashboardJson {
            reports: d.reports.into_iter().map(|(state, n)| (state.code(), n)).collect(),
            rules: d.rules.into_iter().map(rule).collect(),
            entities: d
                .entities
                .into_iter()
                .map(|(entity, findings, open)| EntityCount { entity, findings, open })
                .collect(),
            years: d
                .years
                .into_iter()
                .map(|(year, l, findings)| YearCount { year, level: l.code(), findings })
                .collect(),
            states: d
                .states
                .into_iter()
                .map(|(l, s, findings)| StateCount { level: l.code(), state: s.code(), findings })
                .collect(),
        }
    }
}
