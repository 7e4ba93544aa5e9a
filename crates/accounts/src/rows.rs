//! The lists that finance software exports: ledger and budget, with the words that its headings use.

use keqiao_sheet::{Choice, Value, record};

/// 资金来源, as it is written in exports.
pub const FUNDS: &[Choice] = &[
    Choice::new(
        "general",
        "一般公共预算财政拨款",
        "General public budget",
        &["一般公共预算", "一般公共预算资金", "公共预算", "经费拨款", "财政拨款", "公共财政预算", "一般预算"],
    ),
    Choice::new(
        "government",
        "政府性基金预算财政拨款",
        "Government fund budget",
        &["政府性基金", "政府性基金预算", "基金预算"],
    ),
    Choice::new(
        "state_capital",
        "国有资本经营预算财政拨款",
        "State capital budget",
        &["国有资本经营预算", "国有资本经营", "国资预算"],
    ),
    Choice::new(
        "other",
        "非财政拨款资金",
        "Non-fiscal money",
        &["其他资金", "非财政拨款", "单位资金", "自有资金", "其他收入"],
    ),
];

/// 支出种类, as it is written in exports.
pub const SPENDING_KINDS: &[Choice] = &[
    Choice::new("basic", "基本支出", "Basic", &["基本", "人员经费", "公用经费", "人员类", "公用类", "日常公用"]),
    Choice::new("project", "项目支出", "Projects", &["项目", "项目经费", "专项", "项目类", "特定目标类"]),
    Choice::new("upward", "上缴上级支出", "Paid upward", &[]),
    Choice::new("operating", "经营支出", "Operating", &[]),
    Choice::new("downward", "对附属单位补助支出", "Grants to subsidiaries", &["对附属单位补助"]),
];

/// 基本支出 or 项目支出, for budgets.
pub const BUDGET_KINDS: &[Choice] = SPENDING_KINDS;

record! {
    /// One line of the ledger.
    LedgerRow ("支出明细", "Ledger");
    day Value::Date, REQUIRED, ("日期", "Day"), ["凭证日期", "记账日期", "制单日期", "支付日期", "业务日期", "date"],
        ("如 2025-03-01", "Such as 2025-03-01"), "2025-03-01";
    voucher Value::Text(40), REQUIRED, ("凭证号", "Voucher"), ["凭证编号", "凭证字号", "凭证号码", "记账凭证号", "支付凭证号", "voucher"],
        ("同一凭证可以有多行，但不能跨月重用", "One voucher may have several lines, but is not used again in another month"), "记-0001";
    line Value::Text(20), OPTIONAL, ("分录号", "Entry"), ["分录序号", "行号", "分录"], ("凭证内的序号", "Number within the voucher"), "1";
    unit Value::Text(80), OPTIONAL, ("预算单位", "Unit"), ["单位", "单位名称", "预算单位名称", "核算单位", "unit"],
        ("不填为导入时选定的单位", "Empty means the unit chosen at import"), "";
    function Value::Text(80), REQUIRED, ("功能科目", "Functional code"),
        ["功能分类", "支出功能分类", "功能科目编码", "支出功能分类科目", "功能分类科目", "功能分类科目编码", "支出功能科目"],
        ("7位编码，可以带名称", "Seven digits; a name may follow"), "2060702";
    economic Value::Text(80), REQUIRED, ("经济科目", "Economic code"),
        ["经济分类", "支出经济分类", "经济科目编码", "部门经济科目", "部门支出经济分类", "部门预算支出经济分类科目", "经济分类科目", "经济分类科目编码", "部门经济分类"],
        ("5位编码，可以带名称", "Five digits; a name may follow"), "30201";
    project Value::Text(100), OPTIONAL, ("项目", "Project"), ["项目编码", "项目代码", "项目名称", "预算项目", "project"],
        ("编码或名称；基本支出不填", "Code or name; empty for basic spending"), "";
    fund Value::Choice(FUNDS), OPTIONAL, ("资金性质", "Fund"), ["资金来源", "资金类型", "预算来源", "经费来源", "fund"],
        ("不填为一般公共预算", "Empty means general public budget"), "一般公共预算";
    kind Value::Choice(SPENDING_KINDS), OPTIONAL, ("支出类型", "Kind"), ["支出类别", "支出性质", "预算类别", "支出分类", "kind"],
        ("不填时：有项目的为项目支出，没有的为基本支出", "Empty: project spending where a project stands, else basic"), "项目支出";
    amount Value::Money, REQUIRED, ("金额", "Amount"), ["支出金额", "发生额", "借方金额", "借方发生额", "支付金额", "借方", "amount", "debit"],
        ("标题写明万元的按万元读", "Read as 万元 where the heading says so"), "1,200.00";
    credit Value::Money, OPTIONAL, ("贷方金额", "Credit"), ["贷方", "贷方发生额", "冲减金额", "退回金额", "credit"],
        ("冲销、退回；从金额中减去", "Taken off the amount"), "";
    words Value::Text(200), OPTIONAL, ("摘要", "Text"), ["用途", "说明", "内容", "事由", "text"], ("事由", "What for"), "科普日宣传品印制";
}

record! {
    /// One line of the budget.
    BudgetRow ("预算", "Budget");
    unit Value::Text(80), OPTIONAL, ("预算单位", "Unit"), ["单位", "单位名称", "预算单位名称", "unit"],
        ("不填为导入时选定的单位", "Empty means the unit chosen at import"), "";
    function Value::Text(80), REQUIRED, ("功能科目", "Functional code"),
        ["功能分类", "支出功能分类", "功能科目编码", "支出功能分类科目", "功能分类科目", "功能分类科目编码", "支出功能科目"],
        ("7位编码，可以带名称", "Seven digits; a name may follow"), "2060702";
    economic Value::Text(80), OPTIONAL, ("经济科目", "Economic code"),
        ["经济分类", "支出经济分类", "经济科目编码", "部门经济科目", "部门支出经济分类", "部门预算支出经济分类科目", "经济分类科目", "经济分类科目编码", "部门经济分类"],
        ("5位编码，可以带名称", "Five digits; a name may follow"), "30201";
    project Value::Text(100), OPTIONAL, ("项目", "Project"), ["项目编码", "项目代码", "项目名称", "预算项目", "project"],
        ("编码或名称；基本支出不填", "Code or name; empty for basic spending"), "";
    fund Value::Choice(FUNDS), OPTIONAL, ("资金性质", "Fund"), ["资金来源", "资金类型", "预算来源", "经费来源", "fund"],
        ("不填为一般公共预算", "Empty means general public budget"), "一般公共预算";
    kind Value::Choice(BUDGET_KINDS), OPTIONAL, ("支出类型", "Kind"), ["支出类别", "支出性质", "预算类别", "支出分类", "kind"],
        ("不填时：有项目的为项目支出，没有的为基本支出", "Empty: project spending where a project stands, else basic"), "项目支出";
    amount Value::Money, REQUIRED, ("年初预算", "Initial budget"), ["年初预算数", "预算数", "预算金额", "批复数", "金额", "amount"],
        ("标题写明万元的按万元读", "Read as 万元 where the heading says so"), "50,000.00";
    adjusted Value::Money, OPTIONAL, ("调整数", "Adjustment"), ["预算调整", "追加（减）", "调整金额", "追加", "调增调减", "adjustment"],
        ("追加为正，追减为负", "Added positive, taken off negative"), "";
    document Value::Text(100), OPTIONAL, ("依据文号", "Document"), ["文号", "调整文号", "批复文号", "依据", "document"],
        ("调整数必须有依据", "An adjustment needs one"), "";
}
