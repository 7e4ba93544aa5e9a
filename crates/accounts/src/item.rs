//! What is stated once a year for a unit, item by item, as forms show it and as one table of all items holds it: `income.fiscal`,
//! `three_public.batches`. The part before the point is the kind of the statement, the rest the field of its type.

use keqiao_sheet::{Choice, Value, record};

use crate::FUNDS;

/// Every item; the name is without the unit of its amount.
pub const ITEMS: &[Choice] = &[
    Choice::new("income.fiscal", "财政拨款收入", "Fiscal appropriation", &["财政拨款"]),
    Choice::new("income.superior", "上级补助收入", "Grants from above", &["上级补助"]),
    Choice::new("income.service", "事业收入", "Service income", &[]),
    Choice::new("income.operating", "经营收入", "Operating income", &[]),
    Choice::new("income.subsidiary", "附属单位上缴收入", "Paid up by subsidiaries", &["附属单位上缴"]),
    Choice::new("income.other", "其他收入", "Other income", &[]),
    Choice::new("opening.amount", "年初结转和结余", "Opening balance", &["年初结转", "上年结转", "上年结转和结余"]),
    Choice::new(
        "balance.surplus_used",
        "使用非财政拨款结余",
        "Non-fiscal surplus used",
        &["使用非财政拨款结余（含专用结余）"],
    ),
    Choice::new("balance.distributed", "结余分配", "Surplus distributed", &[]),
    Choice::new("balance.adjusted", "年初结转调整数", "Adjustment of the opening balance", &[]),
    Choice::new("three_public.budget_abroad", "因公出国（境）费预算", "Travel abroad, budget", &[]),
    Choice::new("three_public.budget_purchase", "公务用车购置费预算", "Vehicles bought, budget", &[]),
    Choice::new("three_public.budget_running", "公务用车运行维护费预算", "Vehicles run, budget", &[]),
    Choice::new("three_public.budget_reception", "公务接待费预算", "Receptions, budget", &[]),
    Choice::new("three_public.foreign_reception", "其中外事接待支出", "Of these, foreign guests", &["外事接待支出"]),
    Choice::new("three_public.groups", "出国（境）团组数", "Groups abroad", &[]),
    Choice::new("three_public.travellers", "出国（境）人次", "Travellers", &[]),
    Choice::new("three_public.bought", "购置公务用车（辆）", "Vehicles bought", &["购置公务用车", "公务用车购置数"]),
    Choice::new("three_public.vehicles", "公务用车保有量（辆）", "Vehicles kept", &["公务用车保有量"]),
    Choice::new("three_public.batches", "国内公务接待批次", "Receptions", &[]),
    Choice::new("three_public.guests", "国内公务接待人次", "Guests", &[]),
    Choice::new("three_public.foreign_batches", "外事接待批次", "Receptions of foreign guests", &[]),
    Choice::new("three_public.foreign_guests", "外事接待人次", "Foreign guests", &[]),
    Choice::new("procurement.goods", "货物", "Goods", &["政府采购货物支出", "货物采购"]),
    Choice::new("procurement.works", "工程", "Works", &["政府采购工程支出", "工程采购"]),
    Choice::new("procurement.services", "服务", "Services", &["政府采购服务支出", "服务采购"]),
    Choice::new("procurement.sme", "授予中小企业", "To small and medium enterprises", &["授予中小企业合同金额"]),
    Choice::new(
        "procurement.micro",
        "其中授予小微企业",
        "Of these, small and micro",
        &["授予小微企业", "授予小微企业合同金额"],
    ),
    Choice::new(
        "assets.general_equipment",
        "限额以上通用设备（台套）",
        "General equipment over the threshold",
        &["限额以上通用设备"],
    ),
    Choice::new(
        "assets.special_equipment",
        "限额以上专用设备（台套）",
        "Special equipment over the threshold",
        &["限额以上专用设备"],
    ),
    Choice::new("assets.vehicle.minister", "副部（省）级及以上领导用车", "Vehicles for ministers", &[]),
    Choice::new("assets.vehicle.head", "主要领导干部用车", "Vehicles for heads", &[]),
    Choice::new("assets.vehicle.courier", "机要通信用车", "Courier vehicles", &[]),
    Choice::new("assets.vehicle.emergency", "应急保障用车", "Emergency vehicles", &[]),
    Choice::new("assets.vehicle.enforcement", "执法执勤用车", "Law enforcement vehicles", &[]),
    Choice::new("assets.vehicle.special", "特种专业技术用车", "Special technical vehicles", &[]),
    Choice::new("assets.vehicle.retired", "离退休干部用车", "Vehicles for the retired", &[]),
    Choice::new("assets.vehicle.other", "其他用车", "Other vehicles", &[]),
    Choice::new("headcount.posts", "编制数", "Posts", &[]),
    Choice::new("headcount.staff", "在职实有人数", "Staff", &["实有人数"]),
    Choice::new("headcount.retired", "离退休人数", "Retired", &[]),
];

/// Whether an item is an amount of money; the others are counts.
pub fn is_money(code: &str) -> bool {
    let (kind, key) = code.split_once('.').unwrap_or_default();
    matches!(kind, "income" | "opening" | "balance" | "procurement")
        || key.starts_with("budget_")
        || key == "foreign_reception"
}

record! {
    /// One item of a unit's year.
    ItemRow ("收入与其他数据", "Income and other data");
    unit Value::Text(80), OPTIONAL, ("预算单位", "Unit"), ["单位", "单位名称", "预算单位名称", "unit"],
        ("部门只有一个单位时可以不填", "May be empty where the department has one unit"), "";
    item Value::Choice(ITEMS), REQUIRED, ("项目", "Item"), ["内容", "收入种类", "数据项", "指标", "item"],
        ("按下拉选择", "Choose from the list"), "财政拨款收入";
    function Value::Text(80), OPTIONAL, ("功能科目", "Functional code"), ["功能分类", "功能科目编码", "支出功能分类科目"],
        ("收入和年初结转必填：7位编码", "Needed for income and opening balances: seven digits"), "2060702";
    fund Value::Choice(FUNDS), OPTIONAL, ("资金性质", "Fund"), ["资金来源", "资金类型", "fund"],
        ("收入和年初结转：不填时，财政拨款为一般公共预算，其他为非财政拨款资金", "Empty: general public budget for fiscal money, else non-fiscal money"), "";
    value Value::Text(40), REQUIRED, ("金额或数量", "Amount or number"), ["金额", "数量", "数值", "金额（元）", "value"],
        ("金额以元计；数量为整数", "Amounts in yuan, counts whole"), "1,200,000.00";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Assets, Balance, Headcount, Procurement, RevenueKind, ThreePublic, VehicleKind};

    /// The fields of a type as it is stored.
    fn fields<T: Default + serde::Serialize>() -> Vec<String> {
        let value = serde_json::to_value(T::default()).unwrap();
        // Vehicles are a list of their own, by kind.
        value.as_object().unwrap().iter().filter(|(_, v)| !v.is_array()).map(|(k, _)| k.clone()).collect()
    }

    #[test]
    fn every_field_of_every_statement_is_an_item() {
        let of = |kind: &str| -> Vec<&str> {
            let mut keys: Vec<&str> =
                ITEMS.iter().filter_map(|c| c.code.strip_prefix(kind)?.strip_prefix('.')).collect();
            keys.sort_unstable();
            keys
        };
        let sorted = |mut list: Vec<String>| {
            list.retain(|f| f != "document");
            list.sort_unstable();
            list
        };
        assert_eq!(of("balance"), sorted(fields::<Balance>()));
        assert_eq!(of("three_public"), sorted(fields::<ThreePublic>()));
        assert_eq!(of("procurement"), sorted(fields::<Procurement>()));
        assert_eq!(of("headcount"), sorted(fields::<Headcount>()));
        assert_eq!(of("income"), sorted(RevenueKind::ALL.iter().map(|k| k.code().to_owned()).collect()));
        let vehicles = VehicleKind::ALL.iter().map(|k| format!("vehicle.{k}"));
        assert_eq!(of("assets"), sorted(fields::<Assets>().into_iter().chain(vehicles).collect()));
        assert!(
            is_money("income.fiscal") && is_money("three_public.budget_abroad") && !is_money("three_public.batches")
        );
    }
}
