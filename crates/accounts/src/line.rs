//! Codes of lines: how deep they stand, and the order of the functional classes.

use keqiao_base::coded;
use keqiao_facts::{CodeKind, CodeList};

coded! {
    /// Which budget a budget line belongs to.
    pub enum BudgetColumn {
        /// 年初预算
        Initial = "initial" => ("年初预算", "Initial budget"),
        /// 调整：追加为正，追减为负
        Adjusted = "adjusted" => ("预算调整", "Adjustment"),
    }
}

/// How deep a functional code stands: 1 类, 2 款, 3 项; an economic one: 1 类, 2 款. Nothing when it is no code.
pub fn code_level(code: &str) -> Option<u8> {
    match code.len() {
        _ if !code.bytes().all(|b| b.is_ascii_digit()) => None,
        3 => Some(1),
        5 => Some(2),
        7 => Some(3),
        _ => None,
    }
}

/// The class (类) of a code: its first three digits.
pub fn function_class(code: &str) -> &str {
    code.get(..3).unwrap_or(code)
}

/// The name of a code in a year, as far as it was seen; the code itself otherwise.
pub(crate) fn name_of(kind: CodeKind, code: &str, year: i32) -> Option<String> {
    let list = CodeList::shipped(kind);
    let year = u16::try_from(year).unwrap_or(u16::MAX);
    let held = list.of_code(code).find(|e| e.holds(year)).or_else(|| list.of_code(code).next());
    held.map(|e| e.name.clone())
}
