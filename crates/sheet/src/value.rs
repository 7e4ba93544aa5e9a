//! What may stand in a column: how a written value becomes the stored one, and how the stored one is shown.

use keqiao_base::{Fen, Moment};
use keqiao_i18n::{Bilingual, Lang};

use crate::choice::{Choice, by_code, written};
use crate::fold::{chinese, kept};
use crate::{credit_code, folded};

/// What may stand in a column.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// The name of a person or an organisation.
    Name,
    /// Any text up to so many characters.
    Text(usize),
    /// One to three telephone numbers.
    Phones,
    /// An address for mail.
    Email,
    /// 统一社会信用代码
    CreditCode,
    /// A region of GB/T 2260.
    Region,
    /// One of a few.
    Choice(&'static [Choice]),
    /// Up to so many words.
    List(usize),
    /// A day.
    Date,
    /// A web address.
    Web,
    /// An amount of money; written in 元, or with its unit; stored in 元 with two digits.
    Money,
    /// A whole number, not negative.
    Count,
}

/// Who knows the regions: `access` does, this crate only asks.
pub trait Places {
    /// The six digits of what was written: a code or a name.
    fn code(&self, text: &str) -> Option<String>;
    /// The name of a code.
    fn name(&self, code: &str) -> Option<String>;
}

type Read = Result<String, Bilingual>;

fn wrong<T>(zh: impl Into<String>, en: impl Into<String>) -> Result<T, Bilingual> {
    Err(Bilingual::new(zh, en))
}

impl Value {
    /// Whether it is personal data that is shown masked.
    pub fn private(self) -> bool {
        matches!(self, Value::Phones | Value::Email)
    }

    /// The stored form of what was written, or what is wrong and what to do. Nothing written is the empty text.
    pub fn read(self, text: &str, places: &dyn Places) -> Read {
        let text = kept(text);
        if text.is_empty() || matches!(text.as_str(), "/" | "-" | "—" | "无") && !matches!(self, Value::Choice(_)) {
            return Ok(String::new());
        }
        if text.starts_with('#')
            && matches!(text.as_str(), "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!")
        {
            return wrong(
                "这是公式算不出来时显示的错误值。请在表格里改成实际内容。",
                "This is a formula's error value. Put the real content there.",
            );
        }
        match self {
            Value::Name => name(text),
            Value::Text(max) => limited(text, max),
            Value::Phones => phones(&text),
            Value::Email => email(&text),
            Value::CreditCode => credit_code(&text),
            Value::Region => match places.code(&folded(&text)) {
                Some(code) => Ok(code),
                None => wrong(
                    "不认识这个地区。请填6位行政区划代码或标准名称（如“某某市某某县”）。",
                    "No such region. Write the six-digit code or the official name.",
                ),
            },
            Value::Choice(choices) => match written(choices, &text) {
                Some(c) => Ok(c.code.to_owned()),
                None => {
                    let zh: Vec<_> = choices.iter().map(|c| c.title.zh).collect();
                    let en: Vec<_> = choices.iter().map(|c| c.title.en).collect();
                    wrong(format!("只能填其中之一：{}。", zh.join("、")), format!("One of: {}.", en.join(", ")))
                }
            },
            Value::List(max) => list(&text, max),
            Value::Date => date(&folded(&text)),
            Value::Web => web(&folded(&text)),
            Value::Money => Fen::parse(&text).map(|fen| fen.to_string()),
            Value::Count => count(&text),
        }
    }

    /// The stored form as people read it.
    pub fn show(self, stored: &str, lang: Lang, places: &dyn Places) -> String {
        match self {
            Value::Choice(choices) => {
                by_code(choices, stored).map_or(stored.to_owned(), |c| c.title.get(lang).to_owned())
            }
            Value::Region => places.name(stored).unwrap_or_else(|| stored.to_owned()),
            _ => stored.to_owned(),
        }
    }
}

fn name(text: String) -> Read {
    if text.chars().count() > 100 {
        return wrong("名称太长（最多100字）。", "The name is too long (100 characters at most).");
    }
    if !text.chars().any(char::is_alphabetic) {
        return wrong("这不像一个名称：里面没有文字。", "This does not look like a name: there are no letters.");
    }
    Ok(text)
}

fn limited(text: String, max: usize) -> Read {
    let length = text.chars().count();
    if length > max {
        return wrong(
            format!("太长：有{length}字，最多{max}字。请缩短。"),
            format!("Too long: {length} characters, {max} at most. Shorten it."),
        );
    }
    Ok(text)
}

fn phones(text: &str) -> Read {
    let text = folded(text);
    let mut out: Vec<String> = Vec::new();
    for part in text.split(['、', ',', ';', '/', '，', '；']).map(str::trim).filter(|p| !p.is_empty()) {
        let number = phone(part)?;
        if !out.contains(&number) {
            out.push(number);
        }
    }
    if out.len() > 3 {
        return wrong("一格最多填三个号码。", "Three numbers at most.");
    }
    Ok(out.join("、"))
}

fn phone(part: &str) -> Read {
    if part.contains(['E', 'e']) && part.chars().all(|c| c.is_ascii_digit() || ".+eE".contains(c)) {
        return wrong(
            "号码被表格软件改写成了科学记数法，后几位已经丢失。请把这一列设为“文本”，重新填写号码。",
            "The spreadsheet turned the number into scientific notation; its digits are lost. Set the column to text and enter it again.",
        );
    }
    let part = part.strip_suffix(".0").unwrap_or(part);
    let part = part.strip_prefix("+86").or_else(|| part.strip_prefix("0086")).unwrap_or(part);
    let signs: String = part.chars().filter(|c| !matches!(c, ' ' | '(' | ')' | '（' | '）')).collect();
    let digits: String = signs.chars().filter(char::is_ascii_digit).collect();
    if signs.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '转')) {
        return wrong(
            "电话号码里有不该有的字符。请只填数字，座机可加区号和“-”。",
            "There are signs that no phone number has. Write digits only; a landline may have an area code and '-'.",
        );
    }
    match digits.len() {
        11 if digits.starts_with('1') && !digits[1..].starts_with(['0', '1', '2']) => Ok(digits),
        11 if digits.starts_with('1') => {
            wrong("手机号码的第二位应为3至9。请核对。", "The second digit of a mobile number is 3 to 9. Please check.")
        }
        10 if digits.starts_with("400") || digits.starts_with("800") => Ok(digits),
        7 | 8 if !digits.starts_with(['0', '1']) => Ok(digits),
        10..=18 if digits.starts_with('0') => Ok(landline(&signs, &digits)),
        8..=15 if signs.starts_with('+') => Ok(format!("+{digits}")),
        n => wrong(
            format!("不是完整的电话号码（有{n}位数字）。手机应为11位，座机应带区号。"),
            format!(
                "Not a complete phone number ({n} digits): a mobile number has 11, a landline needs its area code."
            ),
        ),
    }
}

/// `0571-80000000-12`: area codes of Beijing, Shanghai and eight more (010, 02x) have three digits, all others four.
fn landline(signs: &str, digits: &str) -> String {
    let (area, rest) = digits.split_at(if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 });
    let extension =
        signs.rsplit_once(['-', '转']).map(|(_, e)| e).filter(|e| e.len() <= 6 && e.len() + 7 <= rest.len());
    match extension {
        Some(extension) => format!("{area}-{}-{extension}", &rest[..rest.len() - extension.len()]),
        None => format!("{area}-{rest}"),
    }
}

fn email(text: &str) -> Read {
    let address = folded(text).replace(' ', "").to_lowercase();
    let fits = address.len() <= 100
        && address.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty()
                && user.chars().all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c))
                && host.contains('.')
                && host.split('.').all(|l| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        });
    if fits {
        Ok(address)
    } else {
        wrong("邮箱格式不对，应如 name@example.org。", "Not an e-mail address; it should look like name@example.org.")
    }
}

fn list(text: &str, max: usize) -> Read {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(['、', '，', ',', ';', '；', '/', '|', '\n']).map(kept).filter(|w| !w.is_empty()) {
        if word.chars().count() > 30 {
            return wrong(
                format!("“{}…”太长：每项最多30字，各项之间用“、”隔开。", word.chars().take(10).collect::<String>()),
                "One item has more than 30 characters; divide the items by 、 or commas.",
            );
        }
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.len() > max {
        return wrong(
            format!("最多填{max}项，这里有{}项。", words.len()),
            format!("{max} items at most; there are {}.", words.len()),
        );
    }
    Ok(words.join("、"))
}

fn date(text: &str) -> Read {
    let numbers: Vec<u32> = text
        .split(' ')
        .next()
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|p| !p.is_empty())
        .filter_map(|p| p.parse().ok())
        .collect();
    let (year, month, day) = match numbers[..] {
        [year] if text.len() == 8 && year > 10_000_000 => (year / 10_000, year / 100 % 100, year % 100),
        [year] => (year, 1, 1),
        [year, month] => (year, month, 1),
        [year, month, day] => (year, month, day),
        _ => (0, 0, 0),
    };
    let known = i32::try_from(year)
        .ok()
        .filter(|y| (1800..=2200).contains(y))
        .and_then(|y| Moment::from_china_date(y, month, day));
    match known {
        Some(at) => Ok(at.date()),
        None => wrong("看不出是哪一天。请写成 2020-05-01 的样子。", "This is not a day. Write it like 2020-05-01."),
    }
}

fn count(text: &str) -> Read {
    let plain: String = folded(text).chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let (plain, factor) = plain.strip_suffix('万').map_or((plain.as_str(), 1), |p| (p, 10_000));
    // A spreadsheet shows 12 as 12.0 where the column was a decimal one.
    let plain = plain.strip_suffix(".0").unwrap_or(plain);
    match plain.parse::<i64>() {
        Ok(n @ 0..=9_999_999_999) => Ok((n * factor).to_string()),
        _ => wrong("这里应填整数（不带单位，不为负数）。", "A whole number stands here, without a unit, not negative."),
    }
}

fn web(text: &str) -> Read {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    // Other schemes (javascript:, data:) would run when the link is clicked.
    match rest {
        Some(rest)
            if address.len() <= 200
                && rest.contains('.')
                && !rest.contains(|c: char| c.is_whitespace() || chinese(c) || "<>\"'`\\".contains(c)) =>
        {
            Ok(address)
        }
        _ => {
            wrong("网址不对，应如 https://example.org。", "Not a web address; it should look like https://example.org.")
        }
    }
}
