//! 资金来源: which money it is. The public tables keep the three fiscal funds apart (FD-6); what is not fiscal stands beside them.

use keqiao_base::coded;

coded! {
    /// Which money.
    pub enum Fund {
        /// 一般公共预算财政拨款
        General = "general" => ("一般公共预算财政拨款", "General public budget"),
        /// 政府性基金预算财政拨款
        Government = "government" => ("政府性基金预算财政拨款", "Government fund budget"),
        /// 国有资本经营预算财政拨款
        StateCapital = "state_capital" => ("国有资本经营预算财政拨款", "State capital budget"),
        /// 非财政拨款: paid from a unit's own or other income.
        Other = "other" => ("非财政拨款资金", "Non-fiscal money"),
    }
}

impl Fund {
    /// The three funds of fiscal money, in the order of the public tables.
    pub const FISCAL: [Fund; 3] = [Fund::General, Fund::Government, Fund::StateCapital];

    /// Whether it is fiscal money (财政拨款).
    pub const fn fiscal(self) -> bool {
        !matches!(self, Fund::Other)
    }
}
