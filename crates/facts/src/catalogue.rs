//! The catalogue of measures: every public quantity of a final account, one row each. A new measure is one row here.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Expands each row to a variant of [`Measure`], its id, its Chinese and English names and the ways it is written.
macro_rules! measures {
    ($($variant:ident $id:literal $zh:literal $en:literal [$($alias:literal)*];)*) => {
        /// A quantity that the catalogue knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Measure {
            $(#[doc = $zh] $variant,)*
        }

        impl Measure {
            /// All measures, in the order of the catalogue.
            pub const ALL: &[Measure] = &[$(Measure::$variant,)*];

            /// Its name in JSON.
            pub fn id(self) -> &'static str {
                match self { $(Measure::$variant => $id,)* }
            }

            /// Its Chinese name.
            pub fn zh(self) -> &'static str {
                match self { $(Measure::$variant => $zh,)* }
            }

            /// Its English name.
            pub fn en(self) -> &'static str {
                match self { $(Measure::$variant => $en,)* }
            }

            /// How reports write it, folded. The first is the standard wording.
            pub fn aliases(self) -> &'static [&'static str] {
                match self { $(Measure::$variant => &[$zh, $($alias,)*],)* }
            }
        }
    };
}

measures! {
    Total "total" "收入支出总计" "Total of income and expenditure" ["收、支总计" "收支总计" "收支决算总计" "收、支决算总计" "收入、支出总计" "收入支出决算总计" "收入和支出总计" "收入、支出决算总计"];
    IncomeTotal "income_total" "收入总计" "Total income" ["决算收入总计" "收入决算总计" "决算收入共计" "收入共计" "总收入" "部门决算收入" "决算收入" "预算收入"];
    ExpenditureTotal "expenditure_total" "支出总计" "Total expenditure" ["决算支出总计" "支出决算总计" "决算支出共计" "支出共计" "总支出" "部门决算支出" "决算支出" "预算执行"];
    YearIncome "year_income" "本年收入合计" "Income of the year" ["本年收入" "部门收入" "单位收入" "部门收入合计" "单位收入合计" "本年度收入合计" "本年收入总额" "收入合计" "当年收入合计"];
    YearExpenditure "year_expenditure" "本年支出合计" "Expenditure of the year" ["本年支出" "部门支出" "单位支出" "部门支出合计" "单位支出合计" "本年度支出合计" "支出合计" "当年支出合计"];
    FiscalTotal "fiscal_total" "财政拨款收入支出总计" "Total of fiscal appropriation" ["财政拨款收、支总计" "财政拨款收支总计" "财政拨款收、支决算总计" "财政拨款收支决算总计" "财政拨款收入、支出总计" "财政拨款收入支出决算总计" "财政拨款收入和支出总计"];
    FiscalIncomeTotal "fiscal_income_total" "财政拨款收入总计" "Total fiscal income" ["财政拨款总收入" "财政拨款收入决算总计"];
    FiscalExpenditureTotal "fiscal_expenditure_total" "财政拨款支出总计" "Total fiscal expenditure" ["财政拨款总支出" "财政拨款支出决算总计"];
    FiscalIncome "fiscal_income" "财政拨款收入" "Fiscal appropriation income" ["本年财政拨款收入" "财政拨款本年收入"];
    FiscalExpenditure "fiscal_expenditure" "财政拨款支出" "Fiscal appropriation expenditure" ["财政拨款本年支出" "本年财政拨款支出"];
    GeneralIncome "general_income" "一般公共预算财政拨款收入" "Income from the general public budget" ["一般公共预算拨款收入" "一般公共预算收入"];
    FundIncome "fund_income" "政府性基金预算财政拨款收入" "Income from government funds" ["政府性基金收入" "政府性基金预算收入" "政府性基金财政拨款收入" "政府性基金预算拨款收入"];
    CapitalIncome "capital_income" "国有资本经营预算财政拨款收入" "Income from the state capital budget" ["国有资本经营预算收入" "国有资本经营预算拨款收入"];
    SuperiorIncome "superior_income" "上级补助收入" "Subsidies from above" [];
    BusinessIncome "business_income" "事业收入" "Income from public service" [];
    OperatingIncome "operating_income" "经营收入" "Operating income" [];
    AttachedIncome "attached_income" "附属单位上缴收入" "Income from attached units" ["附属单位缴款"];
    OtherIncome "other_income" "其他收入" "Other income" [];
    UsedSurplus "used_surplus" "使用非财政拨款结余" "Non-fiscal surplus used" ["使用非财政拨款结余（含专用结余）" "用事业基金弥补收支差额"];
    CarryIn "carry_in" "年初结转和结余" "Carried over from last year" ["年初结转结余" "上年结转和结余" "上年结转结余" "上年结转"];
    FiscalCarryIn "fiscal_carry_in" "年初财政拨款结转和结余" "Fiscal carry-over at the start" ["年初财政拨款结转结余"];
    CarryOut "carry_out" "年末结转和结余" "Carried over to next year" ["年末结转结余" "结转下年" "结转和结余"];
    FiscalCarryOut "fiscal_carry_out" "年末财政拨款结转和结余" "Fiscal carry-over at the end" ["年末财政拨款结转结余"];
    SurplusDistribution "surplus_distribution" "结余分配" "Distribution of surplus" [];
    BasicExpenditure "basic_expenditure" "基本支出" "Basic expenditure" [];
    ProjectExpenditure "project_expenditure" "项目支出" "Project expenditure" ["特定项目类"];
    UpwardExpenditure "upward_expenditure" "上缴上级支出" "Paid to the superior unit" [];
    OperatingExpenditure "operating_expenditure" "经营支出" "Operating expenditure" [];
    AttachedExpenditure "attached_expenditure" "对附属单位补助支出" "Subsidies to attached units" [];
    GeneralExpenditure "general_expenditure" "一般公共预算财政拨款支出" "Expenditure from the general public budget" ["一般公共预算支出" "一般公共预算财政拨款" "一般公共预算拨款支出"];
    GeneralBasic "general_basic" "一般公共预算财政拨款基本支出" "Basic expenditure from the general public budget" ["一般公共预算基本支出"];
    GeneralProject "general_project" "一般公共预算财政拨款项目支出" "Project expenditure from the general public budget" ["一般公共预算项目支出"];
    FunctionExpenditure "function_expenditure" "功能分类支出" "Expenditure by function, scope = code or path of names" [];
    FunctionIncome "function_income" "功能分类收入" "Income by function, scope = code" [];
    EconomicExpenditure "economic_expenditure" "经济分类支出" "Basic expenditure by economic class, scope = code" [];
    FundExpenditure "fund_expenditure" "政府性基金预算财政拨款支出" "Expenditure from government funds" ["政府性基金预算支出" "政府性基金支出" "政府性基金预算拨款支出" "政府性基金财政拨款支出"];
    CapitalExpenditure "capital_expenditure" "国有资本经营预算财政拨款支出" "Expenditure from the state capital budget" ["国有资本经营预算支出" "国有资本经营预算拨款支出"];
    StaffCost "staff_cost" "人员经费" "Staff costs" ["人员类经费" "人员支出" "人员类支出" "人员类项目经费"];
    PublicCost "public_cost" "公用经费" "Office costs" ["日常公用经费" "日常运转类" "公用支出" "日常公用支出" "公用经费支出" "日常运转类经费" "日常运转经费"];
    ThreePublic "three_public" "“三公”经费" "Three public expenses" ["三公经费" "“三公”经费财政拨款支出" "“三公”经费财政拨款" "“三公”经费支出" "三公经费支出" "财政拨款“三公”经费"];
    GoingAbroad "going_abroad" "因公出国（境）费" "Official travel abroad" ["因公出国（境）经费" "因公出国（境）" "因公出国（境）费用" "出国（境）费" "因公出国境费" "因公出国（境）支出"];
    Vehicles "vehicles" "公务用车购置及运行维护费" "Official vehicles" ["公务用车购置及运行费" "公务用车购置和运行费" "公务用车购置和运行维护费" "公务用车购置及运维费" "公务用车购置及运行维护"];
    VehiclePurchase "vehicle_purchase" "公务用车购置费" "Purchase of vehicles" ["公务用车购置" "公务车购置费" "公务用车购置费用"];
    VehicleRunning "vehicle_running" "公务用车运行维护费" "Running of vehicles" ["公务用车运行费" "公务用车运行维护" "公务用车运维费" "公务车运行维护费" "公务车运行费" "公务用车运行维护费用"];
    Reception "reception" "公务接待费" "Official receptions" ["公务接待支出" "公务接待费用" "接待支出"];
    ReceptionDomestic "reception_domestic" "国内公务接待费" "Domestic receptions" ["国内公务接待" "国内接待费"];
    ReceptionForeign "reception_foreign" "外事接待费" "Foreign receptions" ["外事接待" "外宾接待" "外宾接待费" "国（境）外公务接待"];
    AgencyOperation "agency_operation" "机关运行经费" "Agency operating costs" ["机关运行费"];
    Procurement "procurement" "政府采购支出总额" "Government procurement" ["政府采购支出" "政府采购金额" "政府采购总额" "政府采购合同金额"];
    ProcurementGoods "procurement_goods" "政府采购货物支出" "Procurement of goods" ["货物采购金额" "货物支出" "采购货物支出" "货物类采购支出" "货物类支出"];
    ProcurementWorks "procurement_works" "政府采购工程支出" "Procurement of works" ["工程采购金额" "工程支出" "采购工程支出" "工程类采购支出" "工程类支出"];
    ProcurementServices "procurement_services" "政府采购服务支出" "Procurement of services" ["服务采购金额" "服务支出" "采购服务支出" "服务类采购支出" "服务类支出"];
    ProcurementSme "procurement_sme" "授予中小企业合同金额" "Contracts with small and medium enterprises" ["中小企业合同金额" "授予中小企业合同额"];
    ProcurementMicro "procurement_micro" "授予小微企业合同金额" "Contracts with small and micro enterprises" ["小微企业合同金额" "授予小微企业合同额"];
    FunctionAllFunds "function_all_funds" "功能科目本年支出" "Expenditure of a functional code, all funds" [];
    FunctionBasic "function_basic" "功能科目一般公共预算基本支出" "Basic expenditure of a functional code" [];
    FunctionProject "function_project" "功能科目一般公共预算项目支出" "Project expenditure of a functional code" [];
}

impl Measure {
    /// The measure that a label names. `label` is folded; it may carry words before (an entity, a year) and the words
    /// that reports put between a name and its number (为, 共计, 决算数 …). The longest name at the label's end wins.
    pub fn of_label(label: &str) -> Option<Measure> {
        let core = Self::core(label);
        let (alias, measure) = ending(core)?;
        let len = alias.len();
        // 项目支出 at the end of 重点项目支出 is the measure; 工程支出 at the end of 房建工程支出 may not be. Short names
        // must stand alone or follow what only says whose and when.
        let before = &core[..core.len() - len];
        let free = before.is_empty()
            || before.ends_with([
                '，', '、', '：', '（', '年', '度', '本', '会', '协', '局', '位', '门', '款', '的', '中', '数', '）',
                '。', '”', '其', '计', '.',
            ])
            || core[core.len() - len..].chars().count() > 5;
        free.then_some(measure)
    }

    /// A label without the words that stand between a name and its number.
    pub fn core(label: &str) -> &str {
        let mut core = label.trim();
        loop {
            let before = core;
            for tail in [
                "为",
                "是",
                "共计",
                "总额",
                "合计为",
                "达到",
                "达",
                "共",
                "：",
                "约",
                "决算数",
                "预算数",
                "执行数",
                "支出决算",
                "决算",
                "各",
                "均",
                "全年",
                "累计",
                "完成",
                "实际",
                "金额",
                "支出数",
                "数",
                "实际支出",
                "了",
            ] {
                // 政府采购支出总额, 合同金额, 决算 names are kept when the catalogue knows them whole.
                let Some(cut) = core.strip_suffix(tail) else { continue };
                if ending(core).is_some_and(|(alias, _)| alias == core) {
                    return core;
                }
                core = cut;
            }
            if core == before {
                // 公务接待费支出: the last 支出 belongs to a name only when the catalogue says so.
                if let Some(cut) = core.strip_suffix("支出")
                    && ending(core).is_none()
                    && ending(cut).is_some()
                {
                    return cut;
                }
                return core;
            }
        }
    }
}

/// Every alias by its last character: labels are looked up thousands of times in a report.
static BY_LAST: LazyLock<HashMap<char, Vec<(&'static str, Measure)>>> = LazyLock::new(|| {
    let mut by_last: HashMap<char, Vec<(&'static str, Measure)>> = HashMap::new();
    for &measure in Measure::ALL {
        for alias in measure.aliases() {
            if let Some(last) = alias.chars().next_back() {
                by_last.entry(last).or_default().push((alias, measure));
            }
        }
    }
    // Longest first; of equal ones the catalogue's order decides.
    by_last.values_mut().for_each(|aliases| aliases.sort_by_key(|a| std::cmp::Reverse(a.0.len())));
    by_last
});

/// The longest alias at the end of a text.
fn ending(text: &str) -> Option<(&'static str, Measure)> {
    BY_LAST.get(&text.chars().next_back()?)?.iter().find(|(alias, _)| text.ends_with(alias)).copied()
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn labels_name_their_measure() {
        for (label, measure) in [
            ("2019年度收、支总计", Measure::Total),
            ("区科协2021年部门决算收入共计", Measure::IncomeTotal),
            ("2021年本年收入合计", Measure::YearIncome),
            ("2019年本年收入", Measure::YearIncome),
            ("2019年一般公共预算支出决算数为", Measure::GeneralExpenditure),
            ("公务接待费支出决算", Measure::Reception),
            ("公务接待费支出", Measure::Reception),
            ("2021年“三公”经费财政拨款支出决算为", Measure::ThreePublic),
            ("政府采购支出总额", Measure::Procurement),
            ("区科协机关运行经费支出", Measure::AgencyOperation),
            ("公务用车购置及运行维护费支出决算", Measure::Vehicles),
            ("上海市普陀区财政局2024年度财政拨款收入支出总计", Measure::FiscalTotal),
            ("其中：基本支出", Measure::BasicExpenditure),
        ] {
            assert_eq!(Measure::of_label(label), Some(measure), "{label}");
        }
        assert_eq!(Measure::of_label("学术交流活动支出"), None);
        assert_eq!(Measure::of_label("发布科技所能"), None);
    }
}
