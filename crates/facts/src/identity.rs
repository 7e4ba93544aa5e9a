//! Whose report, of which year and kind.

use keqiao_source::Span;

/// The kind of report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// 部门决算 / 单位决算
    FinalAccount,
    /// 部门预算公开
    Budget,
    /// 项目支出绩效自评
    SelfEvaluation,
    /// 部门整体支出绩效评价
    DepartmentEvaluation,
    /// A form or model text with placeholders: not a report.
    Template,
    /// Not recognised.
    #[default]
    Unknown,
}

impl ReportKind {
    /// Every kind.
    pub const ALL: &[ReportKind] = &[
        ReportKind::FinalAccount,
        ReportKind::Budget,
        ReportKind::SelfEvaluation,
        ReportKind::DepartmentEvaluation,
        ReportKind::Template,
        ReportKind::Unknown,
    ];

    /// The kind with a name.
    pub fn named(word: &str) -> Option<ReportKind> {
        ReportKind::ALL.iter().copied().find(|k| k.word() == word)
    }

    /// Its name in JSON and profiles.
    pub fn word(self) -> &'static str {
        match self {
            ReportKind::FinalAccount => "final_account",
            ReportKind::Budget => "budget",
            ReportKind::SelfEvaluation => "self_evaluation",
            ReportKind::DepartmentEvaluation => "department_evaluation",
            ReportKind::Template => "template",
            ReportKind::Unknown => "unknown",
        }
    }
}

/// Who speaks, about which year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The body whose report it is, and where its name stands.
    pub entity: Option<(String, Span)>,
    /// Province, city, county as far as named: 四川省攀枝花市.
    pub region: Option<String>,
    /// Province, short: 四川. For profiles.
    pub province: Option<String>,
    /// The report's fiscal year.
    pub fiscal_year: Option<u16>,
    /// The kind.
    pub kind: ReportKind,
}
