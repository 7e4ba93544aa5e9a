//! The fiscal year: named in the title, or the year that headings and sentences are about. Years that are only compared
//! with do not count.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use keqiao_facts::{Paragraph, Role, Section};
use keqiao_quantity::parse_numeral;
use regex::Regex;

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(20[0-4]\d|二[〇零0○]{1}[一二三四五六七八九〇零]{2})年(度)?").expect("checked by the tests")
});

/// Reads the year.
pub(super) fn fiscal_year(titles: &[String], sections: &[Section], paragraphs: &[Paragraph]) -> Option<u16> {
    let about = |t: &str| ["决算", "预算", "绩效", "自评", "评价"].iter().any(|w| t.contains(w));
    titles.iter().filter(|t| about(t)).find_map(|t| first(t)).or_else(|| {
        let mut votes: BTreeMap<u16, usize> = BTreeMap::new();
        for s in sections.iter().filter(|s| about(&s.title)) {
            if let Some(year) = first(&s.title) {
                *votes.entry(year).or_default() += if s.level == 1 { 12 } else { 6 };
            }
        }
        for p in paragraphs.iter().filter(|p| p.role != Role::Caption) {
            let text = p.folded.text();
            for m in YEAR.captures_iter(text) {
                let at = m.get(0).map_or(0, |m| m.start());
                let compared = text[..at].ends_with(['与', '比', '较', '从', '由', '同', '至', '到']);
                if let Some(year) = read(&m[1]).filter(|_| !compared) {
                    *votes.entry(year).or_default() += if m.get(2).is_some() { 2 } else { 1 };
                }
            }
        }
        votes.into_iter().max_by_key(|v| (v.1, v.0)).map(|v| v.0)
    })
}

fn first(text: &str) -> Option<u16> {
    YEAR.captures_iter(text).find_map(|c| read(&c[1]))
}

fn read(digits: &str) -> Option<u16> {
    let year = digits.parse().ok().or_else(|| {
        let value = |c: char| if matches!(c, '〇' | '零' | '○') { Some(0) } else { parse_numeral(&c.to_string()) };
        digits
            .chars()
            .try_fold(0u64, |n, c| Some(n * 10 + value(c).or_else(|| c.to_digit(10).map(u64::from))?))
            .and_then(|n| u16::try_from(n).ok())
    });
    year.filter(|y| (2000..2050).contains(y))
}
