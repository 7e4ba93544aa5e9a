//! The basic table of the Zhejiang form (基本情况表, PR-37): posts and staff, income and expenditure by parts. Totals are sums of the parts, so
//! that its identities hold by construction; a table that was published is checked against them.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

/// 收入.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Income {
    /// 上年结转.
    pub carried: Fen,
    /// 财政拨款.
    pub fiscal: Fen,
    /// 上级补助.
    pub superior: Fen,
    /// 事业收入.
    pub operating: Fen,
    /// 经营及其他.
    pub other: Fen,
}

/// 支出.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expenditure {
    /// 人员经费.
    pub staff_cost: Fen,
    /// 公用经费.
    pub public_cost: Fen,
    /// 项目支出.
    pub project: Fen,
    /// 经营及其他.
    pub other: Fen,
}

impl Income {
    /// 收入合计.
    pub fn total(&self) -> Fen {
        [self.carried, self.fiscal, self.superior, self.operating, self.other].into_iter().sum()
    }
}

impl Expenditure {
    /// 基本支出: staff and public costs.
    pub fn basic(&self) -> Fen {
        self.staff_cost + self.public_cost
    }

    /// 支出合计.
    pub fn total(&self) -> Fen {
        self.basic() + self.project + self.other
    }
}

/// The table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasicTable {
    /// 编制数.
    pub posts: u32,
    /// 实有人数.
    pub staff: u32,
    /// Income.
    pub income: Income,
    /// Expenditure.
    pub expenditure: Expenditure,
}

impl BasicTable {
    /// 执行率: expenditure over income, in percent, exact. Nothing without income.
    pub fn rate(&self) -> Option<Decimal> {
        let (over, under) = (self.expenditure.total(), self.income.total());
        (under > Fen::ZERO).then(|| Decimal::from(over.get()) * Decimal::ONE_HUNDRED / Decimal::from(under.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_totals_are_the_sums_of_the_parts() {
        // 丽水 2020: income 679.41, expenditure 658.77 of it basic 448.17, executed 96.96 %.
        let wan = |text: &str| Fen::parse(&format!("{text}万元")).unwrap();
        let table = BasicTable {
            posts: 18,
            staff: 18,
            income: Income { fiscal: wan("679.41"), ..Income::default() },
            expenditure: Expenditure {
                staff_cost: wan("400"),
                public_cost: wan("48.17"),
                project: wan("210.60"),
                other: Fen::ZERO,
            },
        };
        assert_eq!(table.expenditure.basic().wan(), "448.17");
        assert_eq!((table.income.total().wan(), table.expenditure.total().wan()), ("679.41".into(), "658.77".into()));
        assert_eq!(table.rate().map(|r| r.round_dp(2)), Some("96.96".parse().unwrap()));
        assert_eq!(BasicTable::default().rate(), None);
    }
}
