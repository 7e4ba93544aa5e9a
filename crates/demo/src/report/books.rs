//! The numbers of one body in one year. Everything printed in a report is derived from here, so it agrees by construction;
//! what is wrong in a sample report was planted afterwards (`slip`).

use super::amount::Amount;
use super::entity::Entity;

/// An amount under a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Functional code of seven digits or economic code of five.
    pub(crate) code: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// How much.
    pub(crate) amount: Amount,
}

/// Expenditure under a functional code.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    /// Seven digits.
    pub(crate) code: &'static str,
    /// Basic expenditure, all of it from the general budget.
    pub(crate) basic: Amount,
    /// Projects paid from the general budget.
    pub(crate) project: Amount,
    /// Projects paid from other income.
    pub(crate) other: Amount,
}

/// The books of a year, closed.
#[derive(Debug)]
pub(crate) struct Books {
    /// Whose.
    pub(crate) entity: &'static Entity,
    /// Of which year.
    pub(crate) year: i32,
    /// People in post at the end of the year.
    pub(crate) staff: i64,
    /// Wages and salaries, and what goes to retired people: 301 and 303.
    pub(crate) staff_items: Vec<Item>,
    /// Goods and services: 302.
    pub(crate) public_items: Vec<Item>,
    /// By what it is for, in the order of the codes.
    pub(crate) spent: Vec<Spent>,
    /// Fiscal money and other money at the beginning of the year.
    pub(crate) carry_in: (Amount, Amount),
    /// The same at its end.
    pub(crate) carry_out: (Amount, Amount),
    /// Receptions: batches and persons.
    pub(crate) receptions: (i64, i64),
}

const FIRST_YEAR: i32 = 2021;

/// Basic pay and the like for one person in the first year, and the shares of the whole that the other items take.
const STAFF: &[(&str, &str, i64)] = &[
    ("30101", "基本工资", 530),
    ("30102", "津贴补贴", 360),
    ("30103", "奖金", 410),
    ("30108", "机关事业单位基本养老保险缴费", 208),
    ("30109", "职业年金缴费", 104),
    ("30110", "职工基本医疗保险缴费", 91),
    ("30112", "其他社会保障缴费", 18),
    ("30113", "住房公积金", 156),
    ("30305", "生活补助", 22),
];

const PUBLIC: &[(&str, &str, i64)] = &[
    ("30201", "办公费", 46),
    ("30202", "印刷费", 21),
    ("30205", "水费", 4),
    ("30206", "电费", 17),
    ("30207", "邮电费", 12),
    ("30211", "差旅费", 38),
    ("30213", "维修（护）费", 15),
    ("30216", "培训费", 11),
    ("30217", "公务接待费", 5),
    ("30228", "工会经费", 24),
    ("30231", "公务用车运行维护费", 0),
    ("30239", "其他交通费用", 33),
];

/// What one vehicle costs a year.
const VEHICLE: i64 = 246;

impl Books {
    /// The books of `entity` for `year`; the years follow from each other.
    pub(crate) fn of(entity: &'static Entity, year: i32) -> Books {
        let age = i64::from(year - FIRST_YEAR);
        let staff = entity.posts - 1 - age % 2;
        // A few percent a year, and the last digits differ so that no two amounts are equal by accident.
        let grown = |base: i64, salt: i64| base * (100 + 3 * age) / 100 + (salt * 7 + age * 13) % 19;
        let item = |&(code, name, base): &(&'static str, &'static str, i64), of: i64, salt: usize| {
            let salt = i64::try_from(salt).unwrap_or(0);
            Item { code, name, amount: Amount(grown(base * of, salt)) }
        };
        let staff_items: Vec<Item> = STAFF.iter().enumerate().map(|(i, row)| item(row, staff, i)).collect();
        let mut public_items: Vec<Item> =
            PUBLIC.iter().enumerate().map(|(i, row)| item(row, entity.posts, i + 20)).collect();
        public_items.retain_mut(|i| match i.code {
            "30231" => {
                i.amount = Amount(VEHICLE * entity.vehicles - 5 * age * entity.vehicles);
                entity.vehicles > 0
            }
            "30217" => {
                i.amount = Amount(entity.posts * 5 - 3 * age);
                true
            }
            "30239" => entity.authority,
            _ => true,
        });
        let mut books = Books {
            entity,
            year,
            staff,
            staff_items,
            public_items,
            spent: Vec::new(),
            carry_in: carry(entity, year - 1),
            carry_out: carry(entity, year),
            receptions: (entity.posts - age, (entity.posts - age) * 7 + age),
        };
        books.spent = books.by_function(age);
        books
    }

    fn by_function(&self, age: i64) -> Vec<Spent> {
        let paid = |codes: &[&str]| self.staff_items.iter().filter(|i| codes.contains(&i.code)).map(|i| i.amount).sum();
        let (pension, annuity): (Amount, Amount) = (paid(&["30108"]), paid(&["30109"]));
        let (health, housing): (Amount, Amount) = (paid(&["30110"]), paid(&["30113"]));
        let running = self.staff_cost() + self.public_cost() - pension - annuity - health - housing;
        let basic = |code, basic| Spent { code, basic, ..Spent::default() };
        let mut spent = vec![basic("2060701", running)];
        for (n, project) in self.entity.projects.iter().enumerate() {
            let n = i64::try_from(n).unwrap_or(0);
            let cost = Amount(project.cost * (100 + (5 - 2 * n) * age) / 100 + (n * 11 + age * 17) % 23);
            // The first project is helped by money from elsewhere.
            let other = if n == 0 { cost.percent(8) } else { Amount::ZERO };
            match spent.iter_mut().find(|s| s.code == project.code) {
                Some(row) => {
                    row.project = row.project + cost - other;
                    row.other = row.other + other;
                }
                None => spent.push(Spent { code: project.code, project: cost - other, other, ..Spent::default() }),
            }
        }
        let insured = if self.entity.authority { "2101101" } else { "2101102" };
        spent.extend([
            basic("2080505", pension),
            basic("2080506", annuity),
            basic(insured, health),
            basic("2210201", housing),
        ]);
        spent.sort_by_key(|s| s.code);
        spent
    }

    /// 人员经费
    pub(crate) fn staff_cost(&self) -> Amount {
        self.staff_items.iter().map(|i| i.amount).sum()
    }

    /// 公用经费
    pub(crate) fn public_cost(&self) -> Amount {
        self.public_items.iter().map(|i| i.amount).sum()
    }

    /// 基本支出
    pub(crate) fn basic(&self) -> Amount {
        self.staff_cost() + self.public_cost()
    }

    /// 项目支出, from all money.
    pub(crate) fn project(&self) -> Amount {
        self.spent.iter().map(|s| s.project + s.other).sum()
    }

    /// 本年支出合计
    pub(crate) fn expenditure(&self) -> Amount {
        self.basic() + self.project()
    }

    /// 一般公共预算财政拨款支出
    pub(crate) fn general(&self) -> Amount {
        self.spent.iter().map(|s| s.basic + s.project).sum()
    }

    /// 财政拨款收入
    pub(crate) fn fiscal_income(&self) -> Amount {
        self.general() + self.carry_out.0 - self.carry_in.0
    }

    /// 其他收入
    pub(crate) fn other_income(&self) -> Amount {
        self.expenditure() - self.general() + self.carry_out.1 - self.carry_in.1
    }

    /// 本年收入合计
    pub(crate) fn income(&self) -> Amount {
        self.fiscal_income() + self.other_income()
    }

    /// 总计: both sides alike.
    pub(crate) fn total(&self) -> Amount {
        self.income() + self.carry_in.0 + self.carry_in.1
    }

    /// 财政拨款总计
    pub(crate) fn fiscal_total(&self) -> Amount {
        self.fiscal_income() + self.carry_in.0
    }

    /// What was spent under an economic code.
    pub(crate) fn public_item(&self, code: &str) -> Amount {
        self.public_items.iter().filter(|i| i.code == code).map(|i| i.amount).sum()
    }

    /// 公务用车运行维护费
    pub(crate) fn vehicle(&self) -> Amount {
        self.public_item("30231")
    }

    /// 公务接待费
    pub(crate) fn reception(&self) -> Amount {
        self.public_item("30217")
    }

    /// 政府采购: goods, services.
    pub(crate) fn procurement(&self) -> (Amount, Amount) {
        (self.project().percent(14), self.project().percent(9))
    }

    /// By the first three digits of the code, with what the general budget paid of it.
    pub(crate) fn classes(&self) -> Vec<(&'static str, Amount, Amount)> {
        let mut classes: Vec<(&str, Amount, Amount)> = Vec::new();
        for s in &self.spent {
            let (all, general) = (s.basic + s.project + s.other, s.basic + s.project);
            match classes.iter_mut().find(|c| c.0 == &s.code[..3]) {
                Some(class) => *class = (class.0, class.1 + all, class.2 + general),
                None => classes.push((&s.code[..3], all, general)),
            }
        }
        classes
    }
}

/// What is left at the end of a year: fiscal money and other money.
fn carry(entity: &Entity, year: i32) -> (Amount, Amount) {
    let age = i64::from(year - FIRST_YEAR + 2);
    (Amount(entity.posts * 21 + age * 73 % 310), Amount(entity.posts * 6 + age * 29 % 90))
}

/// The names of the functional codes that the sample reports use: class, group, item.
pub(crate) fn functional(code: &str) -> (&'static str, &'static str, &'static str) {
    let item = match code {
        "2060701" => "机构运行",
        "2060702" => "科普活动",
        "2060799" => "其他科学技术普及支出",
        "2060899" => "其他科技交流与合作支出",
        "2080505" => "机关事业单位基本养老保险缴费支出",
        "2080506" => "机关事业单位职业年金缴费支出",
        "2101101" => "行政单位医疗",
        "2101102" => "事业单位医疗",
        _ => "住房公积金",
    };
    let (class, group) = match &code[..5] {
        "20607" => ("科学技术支出", "科学技术普及"),
        "20608" => ("科学技术支出", "科技交流与合作"),
        "20805" => ("社会保障和就业支出", "行政事业单位养老支出"),
        "21011" => ("卫生健康支出", "行政事业单位医疗"),
        _ => ("住房保障支出", "住房改革支出"),
    };
    (class, group, item)
}

#[cfg(test)]
mod tests {
    use super::super::entity::{ASSOCIATION, CENTRE, MUSEUM};
    use super::*;

    #[test]
    fn books_balance_and_years_follow_each_other() {
        for entity in [&ASSOCIATION, &MUSEUM, &CENTRE] {
            for year in 2021..=2025 {
                let b = Books::of(entity, year);
                assert_eq!(b.total(), b.expenditure() + b.carry_out.0 + b.carry_out.1);
                assert_eq!(b.fiscal_total(), b.general() + b.carry_out.0);
                assert_eq!(b.carry_in, carry(entity, year - 1));
                assert_eq!(b.classes().iter().map(|c| c.1).sum::<Amount>(), b.expenditure());
                assert!(b.fiscal_income() > Amount::ZERO && b.other_income() > Amount::ZERO, "{} {year}", entity.name);
            }
        }
    }
}
