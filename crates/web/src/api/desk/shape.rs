//! The shapes in which the desk's things are sent to programs.

use keqiao_app::desk::{Comparison, FindingShown, ReportShown};
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
