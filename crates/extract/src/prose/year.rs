//! Which year a number belongs to, and which year it is compared with.

use std::sync::LazyLock;

use regex::Regex;

static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:^|在|自|于|至|力争|争取|预计|计划|：|，|、|\\d、|\\d\\.)(?P<year>20\\d\\d)年(?P<next>度?(?:，|末|底|初|上半年|下半年|全年|计划|拟|将|力争|安排|我|全|本|市|县|区|省|共|累计|年末|年底|“三公”|[^，。；]{0,40}?(?:中，|决算|总额|支出|收入|总计|合计|为|达)))").expect("a constant pattern")
});
static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:与|比|较|相较于|同比|对比)[^，。；]{0,12}?(?:(?P<year>20\\d\\d)年|(?P<last>上年|去年|上一年|同期))")
        .expect("a constant pattern")
});

/// The year that the nearest comparison before a position names: `比2018年` → 2018, `比上年` → the year before.
pub(crate) fn base_year(sentence: &str, fiscal: u16) -> Option<u16> {
    let c = COMPARED.captures_iter(sentence).last()?;
    match c.name("year") {
        Some(y) => y.as_str().parse().ok(),
        None => (fiscal > 0).then(|| fiscal - 1),
    }
}

/// The year that opens a sentence or clause as its subject (`2018年，…`, `在2018年…测评中`), with the byte range of the
/// digits and 年. Comparisons are not subjects.
pub(crate) fn subject_year(sentence: &str) -> Option<(u16, std::ops::Range<usize>)> {
    let c = SUBJECT.captures_iter(sentence).last()?;
    let year = c.name("year")?;
    if sentence[..year.start()].ends_with(['与', '比', '较']) || sentence[year.end()..].contains("相比") {
        return None;
    }
    Some((year.as_str().parse().ok()?, year.start()..year.end() + '年'.len_utf8()))
}
