//! Automatic numbers of paragraphs: 一、 （二） 3. ④ — printed words that are not in the text of the paragraph.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::xml::{Steps, attribute, val};

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    form: String,
    text: String,
}

#[derive(Debug, Default)]
struct List {
    abstract_id: String,
    start_overrides: HashMap<usize, u32>,
}

/// The number lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    levels: HashMap<String, Vec<Level>>,
    lists: HashMap<u32, List>,
    counts: HashMap<String, Vec<u32>>,
    started: HashMap<(u32, usize), ()>,
}

const LEVELS_MAX: usize = 9;

impl Numbering {
    pub(crate) fn parse(xml: &str) -> Numbering {
        let mut numbering = Numbering::default();
        let (mut abstract_id, mut list, mut level) = (String::new(), None::<u32>, 0usize);
        let mut steps = Steps::new(xml);
        while let Some(event) = steps.next() {
            let Event::Start(e) = event else { continue };
            let number = || val(&e).and_then(|v| v.parse::<u32>().ok());
            match e.name().as_ref() {
                "w:abstractNum" => {
                    (abstract_id, list) = (attribute(&e, "w:abstractNumId").unwrap_or_default(), None);
                }
                "w:num" => {
                    list = attribute(&e, "w:numId").and_then(|v| v.parse().ok());
                    if let Some(id) = list {
                        numbering.lists.insert(id, List::default());
                    }
                }
                "w:abstractNumId" => {
                    if let Some(list) = list.and_then(|id| numbering.lists.get_mut(&id)) {
                        list.abstract_id = val(&e).unwrap_or_default();
                    }
                }
                "w:lvl" | "w:lvlOverride" => {
                    level = attribute(&e, "w:ilvl").and_then(|v| v.parse().ok()).unwrap_or(0);
                    level = level.min(LEVELS_MAX - 1);
                    if list.is_none() {
                        let levels = numbering.levels.entry(abstract_id.clone()).or_default();
                        levels.resize(levels.len().max(level + 1), Level { start: 1, ..Level::default() });
                    }
                }
                "w:startOverride" => {
                    if let (Some(list), Some(start)) = (list.and_then(|id| numbering.lists.get_mut(&id)), number()) {
                        list.start_overrides.insert(level, start);
                    }
                }
                name @ ("w:start" | "w:numFmt" | "w:lvlText") if list.is_none() => {
                    let levels = numbering.levels.get_mut(&abstract_id).and_then(|l| l.get_mut(level));
                    if let Some(at) = levels {
                        match name {
                            "w:start" => at.start = number().unwrap_or(1),
                            "w:numFmt" => at.form = val(&e).unwrap_or_default(),
                            _ => at.text = val(&e).unwrap_or_default(),
                        }
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// Counts one paragraph and returns what Word prints before it.
    pub(crate) fn count(&mut self, id: u32, level: usize) -> String {
        let Some(list) = self.lists.get(&id) else { return String::new() };
        let Some(levels) = self.levels.get(&list.abstract_id) else { return String::new() };
        let Some(own) = levels.get(level) else { return String::new() };
        let counts = self
            .counts
            .entry(list.abstract_id.clone())
            .or_insert_with(|| levels.iter().map(|l| l.start.saturating_sub(1)).collect());
        if self.started.insert((id, level), ()).is_none()
            && let Some(start) = list.start_overrides.get(&level)
        {
            counts[level] = start.saturating_sub(1);
        }
        counts[level] = counts[level].saturating_add(1);
        for deeper in level + 1..levels.len() {
            counts[deeper] = levels[deeper].start.saturating_sub(1);
        }
        if own.form == "bullet" || own.form == "none" {
            return String::new();
        }
        let mut printed = String::new();
        let mut chars = own.text.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek().and_then(|d| d.to_digit(10))) {
                ('%', Some(at @ 1..=9)) => {
                    chars.next();
                    let at = at as usize - 1;
                    if let (Some(level), Some(count)) = (levels.get(at), counts.get(at)) {
                        printed.push_str(&numeral((*count).max(1), &level.form));
                    }
                }
                _ => printed.push(c),
            }
        }
        if printed.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            printed.push(' ');
        }
        printed
    }
}

fn numeral(n: u32, form: &str) -> String {
    match form {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographTraditional"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => chinese(n),
        "ideographDigital" | "taiwaneseDigital" => {
            n.to_string().chars().filter_map(|c| "〇一二三四五六七八九".chars().nth(c.to_digit(10)? as usize)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => {
            char::from_u32(0x2460 + n - 1).map_or_else(|| n.to_string(), String::from)
        }
        "decimalFullWidth" => {
            n.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10)).collect()
        }
        "decimalZero" => format!("{n:02}"),
        "upperLetter" | "lowerLetter" if n <= 26 => {
            let first = if form == "upperLetter" { b'A' } else { b'a' };
            char::from(first + u8::try_from(n.max(1) - 1).unwrap_or(0)).to_string()
        }
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        _ => n.to_string(),
    }
}

/// 一 … 九千九百九十九; beyond, digits.
fn chinese(n: u32) -> String {
    if !(1..10_000).contains(&n) {
        return n.to_string();
    }
    let (mut out, mut gap) = (String::new(), false);
    for (unit, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.extend("一二三四五六七八九".chars().nth(digit as usize - 1));
        }
        out.push_str(word);
    }
    out
}

fn roman(mut n: u32) -> String {
    if n > 3999 {
        return n.to_string();
    }
    let mut out = String::new();
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    for (value, letters) in steps {
        while n >= value {
            out.push_str(letters);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{chinese, numeral};

    #[test]
    fn numerals_are_those_of_word() {
        assert_eq!(
            [1, 10, 12, 20, 21, 105, 110].map(chinese),
            ["一", "十", "十二", "二十", "二十一", "一百零五", "一百一十"]
        );
        assert_eq!(numeral(4, "lowerRoman"), "iv");
        assert_eq!(numeral(3, "decimalEnclosedCircle"), "③");
    }
}
