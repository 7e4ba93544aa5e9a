//! The words for levels, kinds, families and outcomes, in both languages. What a rule says is in the rule.

use keqiao_audit::{Family, Outcome};
use keqiao_diag::Level;
use keqiao_document::ProblemKind;
use keqiao_facts::ReportKind;
use keqiao_i18n::Fixed;

/// The word for a level.
pub fn level(level: Level) -> Fixed {
    match level {
        Level::Error => Fixed { zh: "错误", en: "error" },
        Level::Warning => Fixed { zh: "警告", en: "warning" },
        Level::Info => Fixed { zh: "提示", en: "info" },
    }
}

/// The word for a kind of report.
pub fn kind(kind: ReportKind) -> Fixed {
    match kind {
        ReportKind::FinalAccount => Fixed { zh: "部门决算", en: "final accounts" },
        ReportKind::Budget => Fixed { zh: "部门预算", en: "budget" },
        ReportKind::SelfEvaluation => Fixed { zh: "绩效自评", en: "self-evaluation" },
        ReportKind::DepartmentEvaluation => Fixed { zh: "整体支出绩效评价", en: "department evaluation" },
        ReportKind::Template => {
            Fixed { zh: "模板（不作为报告检查）", en: "template (not judged as a report)" }
        }
        ReportKind::Unknown => Fixed { zh: "种类不明", en: "kind unknown" },
    }
}

/// The name of a family of rules.
pub fn family(family: Family) -> Fixed {
    match family {
        Family::Arithmetic => Fixed { zh: "A 一处之内的数字", en: "A numbers of one statement" },
        Family::Restated => Fixed { zh: "R 同一数字两处不一", en: "R one quantity stated twice" },
        Family::Period => Fixed { zh: "P 年度与日期", en: "P years and dates" },
        Family::Table => Fixed { zh: "T 公开表格", en: "T the public tables" },
        Family::Performance => Fixed { zh: "F 绩效目标与评分", en: "F targets, indicators, scores" },
        Family::Disclosure => Fixed { zh: "D 公开内容与编号", en: "D parts, attachments, numbering" },
        Family::Text => Fixed { zh: "X 文字与符号", en: "X words and signs" },
        Family::Classification => Fixed { zh: "C 科目编码与名称", en: "C codes and names" },
    }
}

/// The word for how a rule ended.
pub fn outcome(outcome: Outcome) -> Fixed {
    match outcome {
        Outcome::Pass => Fixed { zh: "通过", en: "passed" },
        Outcome::Fail => Fixed { zh: "有问题", en: "failed" },
        Outcome::NotApplicable => Fixed { zh: "不适用", en: "not applicable" },
        Outcome::InsufficientData => Fixed { zh: "缺数据", en: "lacking data" },
    }
}

/// The name of a kind of problem in JSON.
pub fn problem_kind(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Empty => "empty",
        ProblemKind::UnknownFormat => "unknown_format",
        ProblemKind::WrongExtension => "wrong_extension",
        ProblemKind::Encrypted => "encrypted",
        ProblemKind::Scanned => "scanned",
        ProblemKind::Damaged => "damaged",
        ProblemKind::TooLarge => "too_large",
        ProblemKind::TooSlow => "too_slow",
        ProblemKind::PartLost => "part_lost",
    }
}
