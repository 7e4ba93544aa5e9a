//! Columns put together: which codes and names belong to which numbers. Tables printed side by side come apart here.

use keqiao_facts::DataColumn;
use keqiao_quantity::Unit;
use keqiao_source::Span;

use super::grid::Grid;
use super::head::{Head, Role, heads, role, unit_in};

/// One half of a table (or the whole): the grid columns of its codes, names, numbers and remarks.
#[derive(Debug, Default)]
pub(super) struct Half {
    pub codes: Vec<u32>,
    pub labels: Vec<u32>,
    pub numbers: Vec<u32>,
    pub notes: Vec<u32>,
}

/// Splits the columns into halves.
pub(super) fn halves(grid: &Grid, head: &Head) -> Vec<Half> {
    let columns: Vec<(Role, Vec<(String, Span)>)> = (0..grid.columns)
        .map(|c| {
            let words = heads(grid, head, c);
            (role(grid, head, c, &words), words)
        })
        .collect();
    let mut halves: Vec<Half> = vec![Half::default()];
    let first_label = columns.iter().find(|c| c.0 == Role::Words).map_or("", |c| last(&c.1));
    for (at, (role, words)) in columns.iter().enumerate() {
        let column = u32::try_from(at).unwrap_or(u32::MAX);
        let begun = halves.last().is_some_and(|h| !h.numbers.is_empty());
        match role {
            Role::Ordinal | Role::Empty => {}
            Role::Code if begun => halves.push(Half { codes: vec![column], ..Half::default() }),
            Role::Code => current(&mut halves).codes.push(column),
            Role::Words if !begun => current(&mut halves).labels.push(column),
            Role::Words => {
                let numbers_follow = columns[at + 1..].iter().any(|c| c.0 == Role::Numbers);
                if numbers_follow && names_rows(last(words), first_label) {
                    halves.push(Half { labels: vec![column], ..Half::default() });
                } else {
                    current(&mut halves).notes.push(column);
                }
            }
            Role::Numbers => current(&mut halves).numbers.push(column),
        }
    }
    // A trailing group without numbers is a remark of the one before.
    if halves.len() > 1
        && halves.last().is_some_and(|h| h.numbers.is_empty())
        && let Some(rest) = halves.pop()
    {
        current(&mut halves).notes.extend(rest.codes.into_iter().chain(rest.labels));
    }
    halves
}

fn current(halves: &mut Vec<Half>) -> &mut Half {
    if halves.is_empty() {
        halves.push(Half::default());
    }
    let at = halves.len() - 1;
    &mut halves[at]
}

fn last(words: &[(String, Span)]) -> &str {
    words.last().map_or("", |w| w.0.as_str())
}

/// Whether a head names rows (and so begins a half of its own) and is not a remark.
fn names_rows(head: &str, first: &str) -> bool {
    !["说明", "备注", "原因", "用途", "依据"].iter().any(|w| head.contains(w))
        && ((!head.is_empty() && head == first)
            || ["项目", "科目", "支出", "收入", "名称", "分类"].iter().any(|w| head.contains(w)))
}

/// The columns of numbers of a half with their names. Heads that stand over all of them say nothing and are dropped.
pub(super) fn columns(grid: &Grid, head: &Head, half: &Half) -> Vec<DataColumn> {
    let mut all: Vec<Vec<(String, Span)>> = half.numbers.iter().map(|&c| heads(grid, head, c)).collect();
    while all.len() > 1 && all.iter().all(|h| h.len() > 1 && h[0] == all[0][0]) {
        for h in &mut all {
            h.remove(0);
        }
    }
    if let [only] = all.as_mut_slice() {
        while only.len() > 1 {
            only.remove(0);
        }
    }
    all.into_iter()
        .map(|words| {
            let joined = words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join("·");
            let unit = unit_in(&joined).or_else(|| percent(&joined));
            DataColumn { name: bare(&joined), span: words.last().map(|w| w.1), unit }
        })
        .collect()
}

/// 占总收入百分比, 执行率%: the column holds percent.
fn percent(name: &str) -> Option<Unit> {
    let rate =
        ["百分比", "占比", "比重", "（%）", "完成率", "执行率", "增长率", "比例"].iter().any(|w| name.contains(w))
            || name.ends_with('%');
    rate.then(Unit::percent)
}

/// A name without the unit in brackets.
fn bare(name: &str) -> String {
    let mut name = name.to_owned();
    for unit in ["亿元", "百万元", "万元", "千元", "元", "%"] {
        for form in [format!("（{unit}）"), format!("（单位：{unit}）")] {
            name = name.replace(&form, "");
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn units_in_brackets_are_no_part_of_a_name() {
        assert_eq!(bare("财政拨款本年收入（元）"), "财政拨款本年收入");
        assert_eq!(bare("因公出国（境）费"), "因公出国（境）费");
    }
}
