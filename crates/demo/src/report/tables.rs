//! The nine public tables of a final account.

use super::amount::Amount;
use super::books::{Books, Item, Spent, functional};
use super::page::{Page, Table};

/// All nine, one after the other.
pub(crate) fn all(b: &Books, page: &mut Page) {
    page.table(overall(b));
    page.table(income(b));
    page.table(expenditure(b));
    page.table(fiscal_overall(b));
    page.table(general(b));
    page.table(basic(b));
    page.table(three_public(b));
    page.table(empty("政府性基金预算财政拨款收入支出决算表"));
    page.para("本单位没有政府性基金预算财政拨款收支，故本表无数据。");
    page.table(empty("国有资本经营预算财政拨款收入支出决算表"));
    page.para("本单位没有国有资本经营预算财政拨款收支，故本表无数据。");
}

fn s(text: &str) -> String {
    text.to_owned()
}

const ORDER: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Income on the left, expenditure by class on the right.
fn overall(b: &Books) -> Table {
    let mut t = Table::new("收入支出决算总表", &["收入项目", "收入决算数", "支出项目", "支出决算数"]);
    let mut left =
        vec![(s("一、财政拨款收入"), b.fiscal_income().cell()), (s("二、其他收入"), b.other_income().cell())];
    let right = numbered(b, |c| c.1);
    left.resize(right.len(), (String::new(), String::new()));
    for ((income, x), (class, y)) in left.into_iter().zip(right) {
        t.row([income, x, class, y]);
    }
    t.row([s("本年收入合计"), b.income().cell(), s("本年支出合计"), b.expenditure().cell()]);
    t.row([
        s("年初结转和结余"),
        (b.carry_in.0 + b.carry_in.1).cell(),
        s("年末结转和结余"),
        (b.carry_out.0 + b.carry_out.1).cell(),
    ]);
    t.row([s("总计"), b.total().cell(), s("总计"), b.total().cell()]);
    t
}

fn numbered(b: &Books, pick: impl Fn(&(&str, Amount, Amount)) -> Amount) -> Vec<(String, String)> {
    let name = |n: usize, class: &str| format!("{}、{}", ORDER[n % ORDER.len()], class_name(b, class));
    b.classes().iter().enumerate().map(|(n, class)| (name(n, class.0), pick(class).cell())).collect()
}

fn class_name(b: &Books, class: &str) -> &'static str {
    b.spent.iter().find(|s| s.code.starts_with(class)).map_or("", |s| functional(s.code).0)
}

/// Calls `row` with every class, group and item in the order of the codes, each with the sum of what is under it.
fn each_code(b: &Books, mut row: impl FnMut(&str, &str, &[Spent])) {
    let mut shown: Vec<&str> = Vec::new();
    for item in &b.spent {
        let (class, group, name) = functional(item.code);
        for (digits, title) in [(3, class), (5, group), (7, name)] {
            let code = &item.code[..digits];
            if !shown.contains(&code) {
                shown.push(code);
                let under: Vec<Spent> = b.spent.iter().filter(|s| s.code.starts_with(code)).copied().collect();
                row(code, title, &under);
            }
        }
    }
}

fn sum(under: &[Spent], pick: impl Fn(&Spent) -> Amount) -> Amount {
    under.iter().map(pick).sum()
}

/// Income by code: what was spent under a code and what was left of it came in under it.
fn income(b: &Books) -> Table {
    let mut t = Table::new("收入决算表", &["科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入"]);
    t.row([s(""), s("合计"), b.income().cell(), b.fiscal_income().cell(), b.other_income().cell()]);
    // The change in what is carried over belongs to the first project's code.
    let lead = b.entity.projects[0].code;
    each_code(b, |code, title, under| {
        let (mut fiscal, mut other) = (sum(under, |s| s.basic + s.project), sum(under, |s| s.other));
        if lead.starts_with(code) {
            fiscal = fiscal + b.carry_out.0 - b.carry_in.0;
            other = other + b.carry_out.1 - b.carry_in.1;
        }
        t.row([s(code), s(title), (fiscal + other).cell(), fiscal.cell(), other.cell()]);
    });
    t
}

fn expenditure(b: &Books) -> Table {
    let mut t = Table::new("支出决算表", &["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]);
    t.row([s(""), s("合计"), b.expenditure().cell(), b.basic().cell(), b.project().cell()]);
    each_code(b, |code, title, under| {
        let (basic, project) = (sum(under, |s| s.basic), sum(under, |s| s.project + s.other));
        t.row([s(code), s(title), (basic + project).cell(), basic.cell(), project.cell()]);
    });
    t
}

fn fiscal_overall(b: &Books) -> Table {
    let mut t = Table::new(
        "财政拨款收入支出决算总表",
        &[
            "收入项目",
            "收入决算数",
            "支出项目",
            "合计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        ],
    );
    let mut left = vec![
        (s("一、一般公共预算财政拨款"), b.fiscal_income().cell()),
        (s("二、政府性基金预算财政拨款"), String::new()),
        (s("三、国有资本经营预算财政拨款"), String::new()),
    ];
    let right = numbered(b, |c| c.2);
    left.resize(right.len(), (String::new(), String::new()));
    for ((income, x), (class, y)) in left.into_iter().zip(right) {
        t.row([income, x, class, y.clone(), y, s(""), s("")]);
    }
    let mut line = |label: &str, income: Amount, other: &str, amount: Amount| {
        t.row([s(label), income.cell(), s(other), amount.cell(), amount.cell(), s(""), s("")]);
    };
    line("本年收入合计", b.fiscal_income(), "本年支出合计", b.general());
    line("年初财政拨款结转和结余", b.carry_in.0, "年末财政拨款结转和结余", b.carry_out.0);
    line("总计", b.fiscal_total(), "总计", b.fiscal_total());
    t
}

fn general(b: &Books) -> Table {
    let mut t =
        Table::new("一般公共预算财政拨款支出决算表", &["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]);
    t.row([s(""), s("合计"), b.general().cell(), b.basic().cell(), (b.general() - b.basic()).cell()]);
    each_code(b, |code, title, under| {
        let (basic, project) = (sum(under, |s| s.basic), sum(under, |s| s.project));
        t.row([s(code), s(title), (basic + project).cell(), basic.cell(), project.cell()]);
    });
    t
}

/// Staff on the left, goods and services on the right, each class before its items.
fn basic(b: &Books) -> Table {
    let mut t = Table::new(
        "一般公共预算财政拨款基本支出决算表",
        &["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
    );
    let mut left = by_class(&b.staff_items, &[("301", "工资福利支出"), ("303", "对个人和家庭的补助")]);
    let mut right = by_class(&b.public_items, &[("302", "商品和服务支出")]);
    let rows = left.len().max(right.len());
    left.resize(rows, Default::default());
    right.resize(rows, Default::default());
    for ([a, b, c], [d, e, f]) in left.into_iter().zip(right) {
        t.row([a, b, c, d, e, f]);
    }
    t.row([s(""), s("人员经费合计"), b.staff_cost().cell(), s(""), s("公用经费合计"), b.public_cost().cell()]);
    t
}

fn by_class(items: &[Item], classes: &[(&str, &str)]) -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    for (class, name) in classes {
        let under = items.iter().filter(|i| i.code.starts_with(class));
        rows.push([s(class), s(name), under.clone().map(|i| i.amount).sum::<Amount>().cell()]);
        rows.extend(under.map(|i| [s(i.code), s(i.name), i.amount.cell()]));
    }
    rows
}

fn three_public(b: &Books) -> Table {
    let mut t = Table::new(
        "财政拨款“三公”经费支出决算表",
        &[
            "项目",
            "合计",
            "因公出国（境）费",
            "公务用车购置及运行维护费",
            "公务用车购置费",
            "公务用车运行维护费",
            "公务接待费",
        ],
    );
    let (vehicle, reception) = planned(b);
    let mut line = |label: &str, vehicle: Amount, reception: Amount| {
        let total = vehicle + reception;
        t.row([s(label), total.cell(), s(""), vehicle.cell(), s(""), vehicle.cell(), reception.cell()]);
    };
    line("预算数", vehicle, reception);
    line("决算数", b.vehicle(), b.reception());
    t
}

/// What was planned for vehicles and receptions.
pub(crate) fn planned(b: &Books) -> (Amount, Amount) {
    (Amount(b.entity.vehicles * 260), Amount(b.entity.posts * 6))
}

fn empty(title: &str) -> Table {
    let mut t = Table::new(title, &["科目编码", "科目名称", "本年支出", "基本支出", "项目支出"]);
    t.row([s(""), s("合计"), s(""), s(""), s("")]);
    t
}
