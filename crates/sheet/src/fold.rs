//! One way of writing for what reads the same: full-width signs, stray spaces, invisible characters, names of companies.

use std::borrow::Cow;

/// Full-width letters, digits and signs as half-width ones; invisible characters dropped; spaces single, none at the ends.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x21..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ff01}'..='\u{ff5e}' => {
                out.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c));
            }
            c if invisible(c) => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    Cow::Owned(out)
}

/// A cell as it is kept: signs as they were written, spaces as in [`folded`]. `张 三`, spread to fill a column, is 张三.
pub(crate) fn kept(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().filter(|&c| !invisible(c)) {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if gap && !(chinese(c) && out.chars().next_back().is_some_and(chinese)) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// A character of Chinese writing.
pub fn chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Not printed at all: such characters come along from web pages and chat programs.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// What two ways of writing one organisation's name share: 浙江某某科技有限公司 and 浙江某某科技有限责任公司（杭州）…
pub fn organisation_key(name: &str) -> String {
    let plain: String = folded(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    for (ending, short) in [
        ("有限责任公司", "公司"),
        ("股份有限公司", "公司"),
        ("集团有限公司", "集团公司"),
        ("有限公司", "公司"),
        ("科学技术协会", "科协"),
    ] {
        if let Some(stem) = plain.strip_suffix(ending) {
            return format!("{stem}{short}");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_the_same_is_written_the_same() {
        assert_eq!(folded("１３８\u{3000}０００ \u{200b}"), "138 000");
        assert_eq!(kept(" 张\u{3000}三 "), "张三");
        assert_eq!(kept("John  Smith\n"), "John Smith");
        assert_eq!(kept("甲（乙）"), "甲（乙）");
        assert_eq!(organisation_key("样例（科技）有限责任公司"), organisation_key("样例(科技)有限公司"));
        assert_ne!(organisation_key("样例科技有限公司"), organisation_key("样例科学有限公司"));
    }
}
