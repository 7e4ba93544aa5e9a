//! The two entries of the directory. Societies, workstations and bases are organisations of a kind.

use keqiao_base::coded;
use keqiao_sheet::{Record, Value, record};

use crate::{DEGREES, GENDERS, LEVELS, ORGANISATION_KINDS};

coded! {
    /// Which list of the directory.
    pub enum ListKind {
        /// 人员
        People = "people" => ("人员", "People"),
        /// 机构
        Organisations = "organisations" => ("机构", "Organisations"),
    }
}

/// One entry of the directory: a person or an organisation.
pub trait Entry: Record {
    /// The list it belongs to.
    const KIND: ListKind;
}

impl Entry for Person {
    const KIND: ListKind = ListKind::People;
}

impl Entry for Organisation {
    const KIND: ListKind = ListKind::Organisations;
}

record! {
    /// Somebody in the directory.
    Person ("人员", "People");
    name Value::Name, REQUIRED, ("姓名", "Name"), ["名字", "人员姓名", "专家姓名", "科技工作者姓名", "name"],
        ("必填。2至30字", "Required"), "张示例";
    gender Value::Choice(GENDERS), OPTIONAL, ("性别", "Gender"), ["男女", "sex", "gender"], ("男 / 女", "男 (male) or 女 (female)"), "女";
    phone Value::Phones, OPTIONAL, ("联系电话", "Phone"),
        ["手机", "手机号", "手机号码", "电话", "电话号码", "联系方式", "移动电话", "办公电话", "mobile", "tel", "phone"],
        ("手机或带区号的座机，最多三个，用“、”隔开", "Mobile, or landline with area code; up to three"), "13800000000";
    email Value::Email, OPTIONAL, ("电子邮箱", "E-mail"), ["邮箱", "邮件", "电子邮件", "邮箱地址", "e-mail", "email", "mail"],
        ("如 name@example.org", "Such as name@example.org"), "sample@example.org";
    organisation Value::Text(100), OPTIONAL, ("工作单位", "Organisation"),
        ["单位", "单位名称", "所在单位", "现工作单位", "任职单位", "服务单位", "employer", "organisation", "organization", "company"],
        ("全称", "Full name"), "样例科技有限公司";
    position Value::Text(60), OPTIONAL, ("职务", "Position"), ["行政职务", "岗位", "现任职务", "职位", "position"],
        ("现任职务", "Present position"), "副总经理";
    title Value::Text(40), OPTIONAL, ("职称", "Professional title"),
        ["专业技术职称", "技术职称", "专业技术职务", "职称等级", "专业技术资格", "title"],
        ("如 高级工程师、教授", "Such as senior engineer"), "高级工程师";
    fields Value::List(10), OPTIONAL, ("研究领域", "Fields of work"),
        ["专业领域", "从事专业", "专业", "研究方向", "技术领域", "学科", "所学专业", "专长", "擅长领域", "fields"],
        ("可填多项，用“、”隔开", "Several may stand here, divided by 、"), "人工智能、机械工程";
    level Value::Choice(LEVELS), OPTIONAL, ("专家级别", "Expert level"), ["级别", "专家层次", "人才层次", "人才级别", "level"],
        ("从下拉列表中选", "Choose from the list"), "市级";
    degree Value::Choice(DEGREES), OPTIONAL, ("学历学位", "Degree"), ["学历", "学位", "最高学历", "文化程度", "degree"],
        ("从下拉列表中选", "Choose from the list"), "硕士";
    region Value::Region, OPTIONAL, ("行政区划", "Region"),
        ["所在地区", "地区", "所属地区", "区划", "区划代码", "行政区划代码", "所在区县", "县区", "所在县区", "region"],
        ("6位代码或名称；不填为导入时选定的地区", "Code or name; empty means the region chosen at import"), "";
    bio Value::Text(2000), OPTIONAL, ("简介", "About"), ["个人简介", "简历", "主要成果", "主要业绩", "介绍", "bio"],
        ("2000字以内", "Up to 2000 characters"), "";
    note Value::Text(500), OPTIONAL, ("备注", "Note"), ["说明", "其他", "remark", "note"], ("500字以内", "Up to 500 characters"), "";
}

record! {
    /// A body in the directory.
    Organisation ("机构", "Organisations");
    name Value::Name, REQUIRED, ("单位名称", "Name"),
        ["名称", "企业名称", "机构名称", "学会名称", "工作站名称", "基地名称", "公司名称", "单位全称", "单位", "name"],
        ("必填。与证照一致的全称", "Required: the full name on the certificate"), "样例科技有限公司";
    kind Value::Choice(ORGANISATION_KINDS), REQUIRED, ("单位类型", "Kind"), ["类型", "类别", "单位性质", "单位类别", "机构类型", "性质", "kind", "type"],
        ("必填。从下拉列表中选", "Required: choose from the list"), "企业";
    credit_code Value::CreditCode, OPTIONAL, ("统一社会信用代码", "Credit code"),
        ["信用代码", "社会信用代码", "统一信用代码", "机构代码", "组织机构代码", "credit code"],
        ("18位", "18 signs"), "";
    region Value::Region, OPTIONAL, ("行政区划", "Region"),
        ["所在地区", "地区", "所属地区", "区划", "区划代码", "行政区划代码", "所在区县", "县区", "region"],
        ("6位代码或名称；不填为导入时选定的地区", "Code or name; empty means the region chosen at import"), "";
    address Value::Text(200), OPTIONAL, ("地址", "Address"), ["单位地址", "详细地址", "注册地址", "通讯地址", "办公地址", "address"],
        ("街道、门牌", "Street and number"), "样例路1号";
    contact Value::Text(60), OPTIONAL, ("联系人", "Contact"), ["联系人姓名", "负责人", "单位联系人", "法定代表人", "contact"],
        ("姓名", "Name"), "李示例";
    phone Value::Phones, OPTIONAL, ("联系电话", "Phone"),
        ["电话", "手机", "手机号", "联系方式", "联系人电话", "单位电话", "办公电话", "电话号码", "tel", "phone"],
        ("手机或带区号的座机，最多三个，用“、”隔开", "Mobile, or landline with area code; up to three"), "0571-80000000";
    email Value::Email, OPTIONAL, ("电子邮箱", "E-mail"), ["邮箱", "电子邮件", "单位邮箱", "e-mail", "email", "mail"],
        ("如 name@example.org", "Such as name@example.org"), "office@example.org";
    industry Value::List(10), OPTIONAL, ("行业领域", "Industry"),
        ["行业", "所属行业", "产业", "领域", "学科领域", "技术领域", "主营业务", "经营范围", "industry"],
        ("可填多项，用“、”隔开", "Several may stand here, divided by 、"), "智能制造";
    parent Value::Text(100), OPTIONAL, ("依托（主管）单位", "Host or supervisor"),
        ["依托单位", "主管单位", "业务主管单位", "上级单位", "挂靠单位", "建站单位", "parent"],
        ("工作站、基地填依托单位，学会填业务主管单位", "Host of a workstation or base, supervisor of a society"), "";
    founded Value::Date, OPTIONAL, ("成立日期", "Founded"), ["成立时间", "注册日期", "设立时间", "建站时间", "founded"],
        ("如 2020-05-01", "Such as 2020-05-01"), "2020-05-01";
    website Value::Web, OPTIONAL, ("网址", "Web site"), ["网站", "官网", "单位网站", "website"],
        ("以 http:// 或 https:// 开头", "Begins with http:// or https://"), "https://example.org";
    bio Value::Text(2000), OPTIONAL, ("简介", "About"), ["单位简介", "介绍", "概况", "bio"],
        ("2000字以内", "Up to 2000 characters"), "";
    note Value::Text(500), OPTIONAL, ("备注", "Note"), ["说明", "其他", "remark", "note"], ("500字以内", "Up to 500 characters"), "";
}
