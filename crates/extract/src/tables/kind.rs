//! Which public table it is: by its title, else by its rows and columns.

use std::sync::LazyLock;

use keqiao_facts::{DataTable, PublicKind};
use regex::Regex;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct File {
    table: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    kind: String,
    titles: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

#[derive(Debug)]
struct Titled {
    kind: PublicKind,
    titles: Vec<Regex>,
    except: Vec<Regex>,
}

static TITLES: LazyLock<Vec<Titled>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../data/public-tables.toml")).unwrap_or(File { table: Vec::new() });
    let regexes = |all: &[String]| all.iter().filter_map(|p| Regex::new(p).ok()).collect::<Vec<_>>();
    file.table
        .iter()
        .filter_map(|e| {
            Some(Titled { kind: kind_of(&e.kind)?, titles: regexes(&e.titles), except: regexes(&e.except) })
        })
        .collect()
});

fn kind_of(word: &str) -> Option<PublicKind> {
    Some(match word {
        "overall" => PublicKind::Overall,
        "income" => PublicKind::Income,
        "expenditure" => PublicKind::Expenditure,
        "fiscal_overall" => PublicKind::FiscalOverall,
        "fiscal_detail" => PublicKind::FiscalDetail,
        "general_expenditure" => PublicKind::GeneralExpenditure,
        "general_detail" => PublicKind::GeneralDetail,
        "general_basic" => PublicKind::GeneralBasic,
        "general_project" => PublicKind::GeneralProject,
        "three_public" => PublicKind::ThreePublic,
        "government_fund" => PublicKind::GovernmentFund,
        "state_capital" => PublicKind::StateCapital,
        "state_capital_expenditure" => PublicKind::StateCapitalExpenditure,
        _ => return None,
    })
}

/// The kind that a title names.
pub(super) fn by_title(title: &str) -> Option<PublicKind> {
    let mut plain: String = title.chars().filter(|c| !matches!(c, '“' | '”' | '"' | '\'' | '‘' | '’')).collect();
    while plain.ends_with('）') {
        let Some(at) = plain.rfind('（') else { break };
        plain.truncate(at);
    }
    TITLES
        .iter()
        .find(|t| t.titles.iter().any(|r| r.is_match(&plain)) && !t.except.iter().any(|r| r.is_match(&plain)))
        .map(|t| t.kind)
}

/// The kind of an untitled table, when its columns leave no doubt. `halves` are the parts of one printed table.
pub(super) fn by_columns(halves: &[DataTable]) -> Option<PublicKind> {
    let first = halves.first()?;
    let has = |words: &str| first.columns.iter().any(|c| c.name.contains(words));
    let codes = |digit: char| {
        halves.iter().flat_map(|h| &h.rows).filter(|r| r.code.as_ref().is_some_and(|c| c.0.starts_with(digit))).count()
    };
    if has("因公出国") && has("公务接待") && has("公务用车") {
        return Some(PublicKind::ThreePublic);
    }
    if codes('2') > 0 && has("财政拨款收入") && has("上级补助收入") {
        return Some(PublicKind::Income);
    }
    if codes('2') > 0 && has("基本支出") && has("上缴上级支出") {
        return Some(PublicKind::Expenditure);
    }
    let labels = |words: &str| halves.iter().any(|h| h.rows.iter().any(|r| r.label == words));
    if codes('3') > 3 && labels("人员经费合计") && labels("公用经费合计") {
        return Some(PublicKind::GeneralBasic);
    }
    if labels("本年收入合计") && labels("本年支出合计") && labels("总计") {
        let fiscal = labels("年初财政拨款结转和结余");
        return Some(if fiscal { PublicKind::FiscalOverall } else { PublicKind::Overall });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::by_title;
    use keqiao_facts::PublicKind as K;

    #[test]
    fn titles_of_several_provinces_name_their_kind() {
        for (title, kind) in [
            ("收入支出决算总表", K::Overall),
            ("四川省某市科学技术协会2021年度收入支出决算总表", K::Overall),
            ("二、收入决算表", K::Income),
            ("支出决算表", K::Expenditure),
            ("财政拨款收入支出决算总表", K::FiscalOverall),
            ("财政拨款支出决算明细表", K::FiscalDetail),
            ("一般公共预算财政拨款支出决算表", K::GeneralExpenditure),
            ("一般公共预算支出决算表", K::GeneralExpenditure),
            ("一般公共预算财政拨款支出决算明细表", K::GeneralDetail),
            ("一般公共预算财政拨款基本支出决算表", K::GeneralBasic),
            ("一般公共预算财政拨款基本支出决算明细表", K::GeneralBasic),
            ("一般公共预算财政拨款项目支出决算表", K::GeneralProject),
            ("财政拨款“三公”经费支出决算表", K::ThreePublic),
            ("一般公共预算财政拨款“三公”经费支出决算表（单位：万元）", K::ThreePublic),
            ("政府性基金预算财政拨款收入支出决算表", K::GovernmentFund),
            ("国有资本经营预算财政拨款收入支出决算表", K::StateCapital),
            ("国有资本经营预算财政拨款支出决算表", K::StateCapitalExpenditure),
        ] {
            assert_eq!(by_title(title), Some(kind), "{title}");
        }
        for title in ["项目支出绩效自评表", "收支预算总表", "国有资产占用情况表"] {
            assert_eq!(by_title(title), None, "{title}");
        }
    }
}
