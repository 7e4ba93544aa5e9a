//! X0703: a word is printed twice.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0703",
    name: "doubled-word",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "词语重复", en: "A word is printed twice" },
    why: Fixed {
        zh: "连写两遍的词（“开展开展”“拨款拨款”）多是修改时留下的；两个名称相接而成的重叠（“科普项目项目支出”）只作提示。",
        en: "A word written twice in a row is mostly left over from editing. Where one name may end and the next begin with it, it is only noted.",
    },
    source: "TX-11",
    check,
};

/// Words that may end one name and begin the next, or that are doubled on purpose.
const JOINS: &[&str] = &[
    "项目", "支出", "单位", "工作", "服务", "管理", "中心", "经费", "发展", "科学", "技术", "社会", "建设", "教育", "活动", "资金", "组织", "部门", "企业",
    "协会", "学会", "工程", "机构", "人员", "培训", "研究", "信息", "生产", "经济", "文化", "改革", "安全", "保障", "行政", "事务", "运行", "专项", "业务",
    "基金", "工资", "设备", "公用", "农村", "社区", "街道", "县区", "康复", "普及", "科普", "财政", "费用", "补助", "政府", "公共", "预算", "决算", "平台",
];

/// Doublings that Chinese forms on purpose.
const MEANT: &[&str] = &["一个", "一步", "一点", "逐个", "许多", "学习", "讨论", "商量", "打扫", "看看", "一件", "一次", "一批", "逐步", "一项", "方面", "一家", "一户"];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for folded in cx.printed() {
        let text = folded.text();
        out.judge();
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut i = 0;
        while i < chars.len() {
            let Some(n) = (2..=4).rev().find(|n| doubled(&chars, i, *n)) else {
                single(&chars, i, folded, out);
                i += 1;
                continue;
            };
            let from = chars[i].0;
            let to = chars.get(i + 2 * n).map_or(text.len(), |c| c.0);
            let word: String = chars[i..i + n].iter().map(|c| c.1).collect();
            i += 2 * n;
            if MEANT.contains(&word.as_str()) {
                continue;
            }
            let level = if joins(&word, &text[..from]) { Level::Info } else { Level::Warning };
            out.report_at(
                level,
                folded.span(from..to),
                Bilingual::new(format!("“{word}”重复"), format!("“{word}” is printed twice")),
                Bilingual::new("请删去多余的一个。", "Delete one of the two."),
            );
        }
    }
}

fn doubled(chars: &[(usize, char)], at: usize, n: usize) -> bool {
    let Some(both) = chars.get(at..at + 2 * n) else { return false };
    let (one, two) = both.split_at(n);
    let same = one.iter().map(|c| c.1).eq(two.iter().map(|c| c.1));
    // 一一一一: the same character over and over is a line or a form, not a word.
    let varied = one.iter().any(|c| c.1 != one[0].1);
    same && varied && one.iter().all(|c| words::is_han(c.1)) && !one.iter().any(|c| "一二三四五六七八九十百千".contains(c.1) && n == 2 && one.iter().all(|c| "一二三四五六七八九十百千".contains(c.1)))
}

/// Whether the word may belong to two names. 收入收入 never does; 支出支出 does after a class name (教育支出支出), not after
/// what is no name (基本支出支出).
fn joins(word: &str, before: &str) -> bool {
    if word == "支出" {
        return !["拨款", "预算", "基本", "本年", "总", "年度"].iter().any(|w| before.ends_with(w)) && before.chars().next_back().is_some_and(words::is_han);
    }
    JOINS.contains(&word)
}

/// 的的, 了了, 和和 and the like, where no word begins with the second one.
fn single(chars: &[(usize, char)], at: usize, folded: &keqiao_source::Folded, out: &mut Sink) {
    let (Some(&(from, a)), Some(&(middle, b))) = (chars.get(at), chars.get(at + 1)) else { return };
    let goes_on = match a {
        '的' => "确士款",
        '了' => "解结然如",
        '和' => "谐平睦解气蔼",
        '及' => "时格早第",
        '将' => "军来",
        '被' => "告",
        _ => return,
    };
    let next = chars.get(at + 2);
    let tripled = next.is_some_and(|c| c.1 == a) || at > 0 && chars[at - 1].1 == a;
    // 普及及时, 涉及及: the first one may end a word.
    let ends = a == '及' && at > 0 && "普涉以顾危波触遍".contains(chars[at - 1].1) || a == '的' && at > 0 && "目有".contains(chars[at - 1].1);
    if a != b || tripled || ends || next.is_some_and(|c| goes_on.contains(c.1)) {
        return;
    }
    out.report(
        folded.span(from..middle + b.len_utf8()),
        Bilingual::new(format!("“{a}”重复"), format!("“{a}” is printed twice")),
        Bilingual::new("请删去多余的一个。", "Delete one of the two."),
    );
}
