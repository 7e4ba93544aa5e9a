//! Province, city, county, as far as the document names them.

use std::sync::LazyLock;

use keqiao_source::Folded;
use regex::Regex;

/// A province with its full and short name and the sign of its documents (川财教〔2020〕83号).
#[derive(Debug)]
pub(super) struct Province {
    /// 四川省
    pub full: &'static str,
    /// 四川
    pub short: &'static str,
    /// 川; empty where a city uses the same sign.
    sign: &'static str,
}

macro_rules! provinces {
    ($($full:literal $short:literal $sign:literal;)*) => {
        const PROVINCES: &[Province] = &[$(Province { full: $full, short: $short, sign: $sign }),*];
    };
}

provinces! {
    "北京市" "北京" "京"; "天津市" "天津" "津"; "河北省" "河北" "冀"; "山西省" "山西" "晋"; "内蒙古自治区" "内蒙古" "内";
    "辽宁省" "辽宁" "辽"; "吉林省" "吉林" "吉"; "黑龙江省" "黑龙江" "黑"; "上海市" "上海" "沪"; "江苏省" "江苏" "苏";
    "浙江省" "浙江" "浙"; "安徽省" "安徽" "皖"; "福建省" "福建" "闽"; "江西省" "江西" "赣"; "山东省" "山东" "鲁";
    "河南省" "河南" "豫"; "湖北省" "湖北" "鄂"; "湖南省" "湖南" "湘"; "广东省" "广东" "粤"; "广西壮族自治区" "广西" "桂";
    "海南省" "海南" "琼"; "重庆市" "重庆" "渝"; "四川省" "四川" "川"; "贵州省" "贵州" "黔"; "云南省" "云南" "滇";
    "西藏自治区" "西藏" "藏"; "陕西省" "陕西" "陕"; "甘肃省" "甘肃" "甘"; "青海省" "青海" ""; "宁夏回族自治区" "宁夏" "";
    "新疆维吾尔自治区" "新疆" "";
}

static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([一-龥])(?:财|府|委|办|政|科协|科|人社)[一-龥]{0,5}[〔\[（]20\d\d").expect("checked by the tests")
});

static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[一-龥]{2,3}省|[一-龥]{2,7}?自治区)?(?:[一-龥]{1,6}?(?:市|自治州|地区|州|盟))?(?:[一-龥]{1,6}?(?:县|区|市|旗))?")
        .expect("checked by the tests")
});

/// The province: named in the body's own name, most often in the text, or by the sign of its documents.
pub(super) fn province(lines: &[Folded], entity: Option<&str>) -> Option<&'static Province> {
    if let Some(own) = entity.and_then(|e| PROVINCES.iter().find(|p| e.starts_with(p.full))) {
        return Some(own);
    }
    let count = |test: &dyn Fn(&str, &Province) -> usize| {
        let votes = PROVINCES.iter().map(|p| (lines.iter().map(|l| test(l.text(), p)).sum::<usize>(), p));
        votes.filter(|v| v.0 > 0).max_by_key(|v| v.0).map(|v| v.1)
    };
    count(&|text, p| text.matches(p.full).count()).or_else(|| {
        count(&|text, p| DOCUMENT.captures_iter(text).filter(|c| !p.sign.is_empty() && &c[1] == p.sign).count())
    })
}

/// Province and the places in the body's name: 四川省广元市朝天区.
pub(super) fn region(province: Option<&Province>, entity: Option<&str>) -> Option<String> {
    let place = entity.and_then(|e| PLACE.find(e)).map_or("", |m| m.as_str());
    match province {
        Some(p) if place.starts_with(p.full) => Some(place.to_owned()),
        Some(p) => Some(format!("{}{place}", p.full)),
        None => (!place.is_empty()).then(|| place.to_owned()),
    }
}

/// A name without the province before its city: 四川省攀枝花市科学技术协会 is written 攀枝花市科学技术协会.
pub(super) fn without_province(name: &str) -> &str {
    let province = PROVINCES.iter().filter(|p| !p.full.ends_with('市')).find_map(|p| name.strip_prefix(p.full));
    province.filter(|rest| PLACE.find(rest).is_some_and(|m| !m.is_empty())).unwrap_or(name)
}
