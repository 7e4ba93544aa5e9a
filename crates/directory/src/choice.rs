//! The fixed choices of the directory's columns, with what clerks write for them.

use keqiao_sheet::Choice;

const fn choice(code: &'static str, zh: &'static str, en: &'static str, also: &'static [&'static str]) -> Choice {
    Choice::new(code, zh, en, also)
}

/// 性别
pub const GENDERS: &[Choice] =
    &[choice("male", "男", "Male", &["男性", "m", "1"]), choice("female", "女", "Female", &["女性", "f", "2"])];

/// 专家级别
pub const LEVELS: &[Choice] = &[
    choice("academician", "院士", "Academician", &["两院院士", "中国科学院院士", "中国工程院院士"]),
    choice("national", "国家级", "National", &["国家", "国家级专家"]),
    choice("provincial", "省级", "Provincial", &["省部级", "自治区级", "省级专家"]),
    choice("municipal", "市级", "Municipal", &["地市级", "市厅级", "市级专家"]),
    choice("county", "县级", "County", &["区级", "区县级", "县（市、区）级", "县级专家"]),
    choice("none", "未评定", "Not graded", &["无", "未定级", "其他"]),
];

/// 学历学位
pub const DEGREES: &[Choice] = &[
    choice("doctor", "博士", "Doctorate", &["博士研究生", "博士后", "phd"]),
    choice("master", "硕士", "Master", &["硕士研究生", "研究生"]),
    choice("bachelor", "本科", "Bachelor", &["学士", "大学本科", "大学"]),
    choice("college", "大专", "College", &["专科", "大学专科", "高职"]),
    choice("secondary", "中专及以下", "Secondary or below", &["中专", "高中", "初中", "职高", "其他"]),
];

/// 单位类型: the codes of `access`'s kinds of organisations (a test of `app` holds both lists together).
pub const ORGANISATION_KINDS: &[Choice] = &[
    choice("association", "科协", "Association", &["科学技术协会", "地方科协"]),
    choice("enterprise", "企业", "Enterprise", &["公司", "民营企业", "国有企业", "高新技术企业"]),
    choice("institute", "科研院所", "Research institute", &["研究院", "研究所", "科研机构"]),
    choice("school", "学校", "School", &["高校", "大学", "高等院校", "中学", "小学", "中小学", "职业院校"]),
    choice("hospital", "医疗卫生机构", "Hospital", &["医院", "卫生院"]),
    choice("society", "学会（协会、研究会）", "Learned society", &["学会", "协会", "研究会", "科技社团", "社会团体"]),
    choice(
        "enterprise_association",
        "企事业单位科协",
        "Association within an enterprise",
        &["企业科协", "企事业科协", "高校科协", "园区科协", "医院科协"],
    ),
    choice(
        "farm_association",
        "农村专业技术协会",
        "Farm technology association",
        &["农技协", "农村专业技术协会（联合会）"],
    ),
    choice("agency", "机关单位", "Public agency", &["机关", "政府机关", "党政机关", "事业单位"]),
    choice("science_base", "科普教育基地", "Science education base", &["科普基地", "基地"]),
    choice(
        "workstation",
        "院士专家工作站",
        "Academician and expert workstation",
        &["工作站", "院士工作站", "专家工作站", "博士后工作站", "学会服务站"],
    ),
];
