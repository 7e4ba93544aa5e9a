//! 项目: the attributes that the forms ask for (PR-8).

use keqiao_base::coded;

coded! {
    /// 项目类别: whose project it is.
    pub enum ProjectCategory {
        /// 部门预算项目
        Department = "department" => ("部门预算项目", "Department budget"),
        /// 本级专项
        Special = "special" => ("本级专项", "Special money of this level"),
        /// 对下转移支付
        Transfer = "transfer" => ("对下转移支付", "Transfer to lower levels"),
    }
}

coded! {
    /// 项目属性: whether it was there before.
    pub enum ProjectNature {
        /// 持续性
        Continuing = "continuing" => ("持续性", "Continuing"),
        /// 新增性
        New = "new" => ("新增性", "New"),
    }
}

coded! {
    /// 项目类型: how long it lasts.
    pub enum ProjectDuration {
        /// 常年性
        Permanent = "permanent" => ("常年性", "Every year"),
        /// 延续性
        Multiyear = "multiyear" => ("延续性", "Several years"),
        /// 一次性
        Once = "once" => ("一次性", "Once"),
    }
}

coded! {
    /// 资金性质: what kind of money a project is planned with.
    pub enum MoneySource {
        /// 经费拨款
        Appropriation = "appropriation" => ("经费拨款", "Appropriation"),
        /// 非税收入
        NonTax = "non_tax" => ("非税收入", "Non-tax revenue"),
        /// 政府性基金
        GovernmentFund = "government_fund" => ("政府性基金", "Government fund"),
        /// 国有资本经营收入
        StateCapital = "state_capital" => ("国有资本经营收入", "State capital revenue"),
        /// 社保基金
        SocialSecurity = "social_security" => ("社保基金", "Social security fund"),
        /// 其他资金
        Other = "other" => ("其他资金", "Other money"),
    }
}
