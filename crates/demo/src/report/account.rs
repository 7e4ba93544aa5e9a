//! The text of a final account: what a county body publishes each autumn, in the order that the national outline asks for.

use super::amount::{Amount, Rate};
use super::books::{Books, functional};
use super::page::Page;
use super::tables;

/// The whole report of `b`; `last` are the books of the year before.
pub(crate) fn write(b: &Books, last: &Books) -> Page {
    let mut page = Page::default();
    page.heading(1, format!("{}年度{}{}决算", b.year, b.entity.name, body(b)));
    about(b, &mut page);
    page.heading(2, format!("第二部分 {}年度{}决算情况说明", b.year, body(b)));
    overall(b, last, &mut page);
    income_and_expenditure(b, &mut page);
    fiscal(b, last, &mut page);
    basic(b, &mut page);
    three_public(b, last, &mut page);
    budgets_without_money(b, &mut page);
    other_matters(b, last, &mut page);
    glossary(b, &mut page);
    page.heading(2, format!("第四部分 {}年度{}决算表", b.year, body(b)));
    tables::all(b, &mut page);
    page
}

fn body(b: &Books) -> &'static str {
    if b.entity.authority { "部门" } else { "单位" }
}

fn about(b: &Books, page: &mut Page) {
    let entity = b.entity;
    page.heading(2, format!("第一部分 {}概况", body(b)));
    page.heading(3, "一、主要职责");
    page.para(entity.duties);
    page.heading(3, "二、机构设置");
    let below = if entity.authority {
        "下属事业单位2个：云汀县科学技术馆、云汀县科技工作者服务中心。"
    } else {
        "无下属单位。"
    };
    page.para(format!(
        "内设{}{}个部室，{below}编制{}名，年末实有在职人员{}人。",
        entity.offices.join("、"),
        entity.offices.len(),
        entity.posts,
        b.staff
    ));
}

/// `增加` or `减少`, by which amount, by how much of what was, and a reason that fits.
fn change(now: Amount, before: Amount, more: &str, less: &str) -> String {
    let (word, growth, reason) = if now >= before { ("增加", "增长", more) } else { ("减少", "下降", less) };
    let by = (now - before).size();
    format!("{word}{by}万元，{growth}{}，主要原因是{reason}", Rate::of(by, before))
}

fn overall(b: &Books, last: &Books, page: &mut Page) {
    let year = b.year;
    page.heading(3, "一、收入支出决算总体情况说明");
    let total = b.total();
    page.para(format!(
        "{year}年度收入总计{total}万元，支出总计{total}万元。与{}年度相比，收、支总计各{}。",
        year - 1,
        change(total, last.total(), MORE, LESS)
    ));
}

/// Why a sum of money is larger than the year before.
pub(crate) const MORE: &str = "按规定调整工资标准，科普活动场次增加";
/// Why it is smaller.
pub(crate) const LESS: &str = "压减一般性支出，项目支出减少";

fn income_and_expenditure(b: &Books, page: &mut Page) {
    let year = b.year;
    page.heading(3, "二、收入决算情况说明");
    let (income, fiscal, other) = (b.income(), b.fiscal_income(), b.other_income());
    page.para(format!(
        "{year}年度本年收入合计{income}万元，其中：财政拨款收入{fiscal}万元，占{}；其他收入{other}万元，占{}。",
        Rate::of(fiscal, income),
        Rate::of(other, income)
    ));
    page.heading(3, "三、支出决算情况说明");
    let (spent, basic, project) = (b.expenditure(), b.basic(), b.project());
    page.para(format!(
        "{year}年度本年支出合计{spent}万元，其中：基本支出{basic}万元，占{}；项目支出{project}万元，占{}。",
        Rate::of(basic, spent),
        Rate::of(project, spent)
    ));
}

fn fiscal(b: &Books, last: &Books, page: &mut Page) {
    let (year, before) = (b.year, b.year - 1);
    page.heading(3, "四、财政拨款收入支出决算总体情况说明");
    let total = b.fiscal_total();
    page.para(format!(
        "{year}年度财政拨款收入总计{total}万元，支出总计{total}万元。与{before}年度相比，财政拨款收、支总计各{}。",
        change(total, last.fiscal_total(), MORE, LESS)
    ));
    page.heading(3, "五、一般公共预算财政拨款支出决算情况说明");
    let general = b.general();
    page.para(format!(
        "{year}年度一般公共预算财政拨款支出{general}万元，占本年支出合计的{}。与{before}年度的{}万元相比，一般公共预算财政拨款支出{}。",
        Rate::of(general, b.expenditure()),
        last.general(),
        change(general, last.general(), MORE, LESS)
    ));
    let classes = b.classes().into_iter().map(|(class, _, amount)| {
        let name = b.spent.iter().find(|s| s.code.starts_with(class)).map_or("", |s| functional(s.code).0);
        format!("{name}{amount}万元，占{}", Rate::of(amount, general))
    });
    page.para(format!(
        "{year}年度一般公共预算财政拨款支出{general}万元，主要用于以下方面：{}。",
        classes.collect::<Vec<_>>().join("；")
    ));
    page.para(format!("{year}年度一般公共预算财政拨款支出按功能分类的具体情况如下："));
    for (n, spent) in b.spent.iter().enumerate() {
        let (class, group, item) = functional(spent.code);
        let amount = spent.basic + spent.project;
        page.para(format!(
            "{}.{class}（类）{group}（款）{item}（项）：支出决算为{amount}万元，完成预算的100%，决算数与预算数持平。",
            n + 1
        ));
    }
}

fn basic(b: &Books, page: &mut Page) {
    page.heading(3, "六、一般公共预算财政拨款基本支出决算情况说明");
    let names = |class: &str| {
        let all = b.staff_items.iter().chain(&b.public_items);
        all.filter(|i| i.code.starts_with(class)).map(|i| i.name).collect::<Vec<_>>().join("、")
    };
    page.para(format!("{}年度一般公共预算财政拨款基本支出{}万元，其中：", b.year, b.basic()));
    page.para(format!("人员经费{}万元，主要包括：{}、{}。", b.staff_cost(), names("301"), names("303")));
    page.para(format!("公用经费{}万元，主要包括：{}。", b.public_cost(), names("302")));
}

fn three_public(b: &Books, last: &Books, page: &mut Page) {
    let (year, before) = (b.year, b.year - 1);
    page.heading(3, "七、“三公”经费财政拨款支出决算情况说明");
    let (vehicle, reception) = (b.vehicle(), b.reception());
    let (plan_vehicle, plan_reception) = tables::planned(b);
    let (all, plan) = (vehicle + reception, plan_vehicle + plan_reception);
    page.para(format!(
        "{year}年度“三公”经费财政拨款支出预算为{plan}万元，支出决算为{all}万元，完成预算的{}。决算数小于预算数的主要原因是\
         落实过紧日子要求，从严控制公务活动。",
        Rate::of(all, plan)
    ));
    page.para("（一）因公出国（境）费支出决算为0.00万元。全年没有安排因公出国（境）团组。");
    let running = if vehicle == Amount::ZERO {
        "（二）公务用车购置及运行维护费支出决算为0.00万元。本单位没有公务用车。".to_owned()
    } else {
        format!(
            "（二）公务用车购置及运行维护费支出决算为{vehicle}万元，占“三公”经费支出的{}，比{before}年度{}。其中：公务用车运行维护费\
             {vehicle}万元，年末公务用车保有量{}辆；没有购置公务用车。",
            Rate::of(vehicle, all),
            change(vehicle, last.vehicle(), "车辆老化，维修费用上升", "减少公务用车出行"),
            b.entity.vehicles
        )
    };
    page.para(running);
    let (batches, persons) = b.receptions;
    page.para(format!(
        "（三）公务接待费支出决算为{reception}万元，占“三公”经费支出的{}，比{before}年度{}。国内公务接待{batches}批次、{persons}人次。",
        Rate::of(reception, all),
        change(reception, last.reception(), "来访批次增加", "接待批次减少")
    ));
}

fn budgets_without_money(b: &Books, page: &mut Page) {
    page.heading(3, "八、政府性基金预算财政拨款收入支出决算情况说明");
    page.para(format!("{}年度没有政府性基金预算财政拨款收支。", b.year));
    page.heading(3, "九、国有资本经营预算财政拨款收入支出决算情况说明");
    page.para(format!("{}年度没有国有资本经营预算财政拨款收支。", b.year));
}

fn other_matters(b: &Books, last: &Books, page: &mut Page) {
    let year = b.year;
    page.heading(3, "十、机关运行经费支出情况说明");
    page.para(if b.entity.authority {
        let (now, before) = (b.public_cost(), last.public_cost());
        let change = change(now, before, "办公设施维修费用增加", "压减日常办公开支");
        format!("{year}年度机关运行经费支出{now}万元，比{}年度{change}。", year - 1)
    } else {
        "本单位为事业单位，没有机关运行经费支出。".to_owned()
    });
    page.heading(3, "十一、政府采购支出情况说明");
    let (goods, services) = b.procurement();
    page.para(format!(
        "{year}年度政府采购支出总额{}万元，其中：政府采购货物支出{goods}万元、政府采购服务支出{services}万元。",
        goods + services
    ));
    page.heading(3, "十二、国有资产占用情况说明");
    let vehicles = match b.entity.vehicles {
        0 => "没有车辆".to_owned(),
        n => format!("共有车辆{n}辆，均为其他用车"),
    };
    page.para(format!("截至{year}年12月31日，{vehicles}；没有单价100万元以上的设备。"));
    page.heading(3, "十三、预算绩效管理工作开展情况");
    page.para(format!(
        "按照预算绩效管理要求，对{year}年度{}个项目开展了绩效自评，涉及资金{}万元。从评价情况看，项目立项依据充分，资金使用规范，\
         {}。",
        b.entity.projects.len(),
        b.general() - b.basic(),
        b.entity.projects.iter().map(|p| p.deed).collect::<Vec<_>>().join("，")
    ));
}

fn glossary(b: &Books, page: &mut Page) {
    page.heading(2, "第三部分 名词解释");
    let codes = b.spent.iter().map(|s| {
        let (class, group, item) = functional(s.code);
        let (of_class, of_group, of_item) = (&s.code[..3], &s.code[3..5], &s.code[5..]);
        let meaning = meaning(s.code);
        format!("{class}（{of_class}类）{group}（{of_group}款）{item}（{of_item}项）：{meaning}")
    });
    let terms = TERMS.iter().map(|t| (*t).to_owned());
    for (n, term) in terms.chain(codes).enumerate() {
        page.para(format!("{}.{term}", n + 1));
    }
}

const TERMS: [&str; 12] = [
    "财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
    "事业收入：指事业单位开展专业业务活动及其辅助活动取得的收入。",
    "经营收入：指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动取得的收入。",
    "其他收入：指单位取得的除上述收入以外的各项收入，主要是上级科协拨来的活动经费和利息收入。",
    "年初结转和结余：指单位上年度尚未使用、结转到本年仍按规定用途继续使用的资金。",
    "结余分配：指事业单位按照规定对非财政拨款结余资金的分配。",
    "年末结转和结余：指单位按规定结转到下年继续使用的资金。",
    "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
    "项目支出：指在基本支出之外为完成特定任务和事业发展目标所发生的支出。",
    "经营支出：指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动发生的支出。",
    "“三公”经费：指因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    "机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",
];

fn meaning(code: &str) -> &'static str {
    match code {
        "2060701" => "指为保障机构正常运转的基本支出。",
        "2060702" => "指开展科普活动的支出。",
        "2060799" => "指用于基层科普等方面的其他支出。",
        "2060899" => "指用于科技交流与合作方面的其他支出。",
        "2080505" => "指单位实际缴纳的基本养老保险费。",
        "2080506" => "指单位实际缴纳的职业年金。",
        "2101101" | "2101102" => "指单位缴纳的基本医疗保险费。",
        _ => "指按规定为职工缴存的住房公积金。",
    }
}
