//! The words under which an entry is found: Chinese in ones and twos, pinyin in full and by initials, letters and digits. What is
//! typed is cut by `query`; both must agree.

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti;

use keqiao_sheet::{chinese, folded};

use crate::{Entry, Organisation, Person};

/// The longest word that is kept; what is typed is cut there, too.
pub(crate) const WORD_BYTES_MAX: usize = 24;
/// How many ways of reading one name are kept.
const READINGS_MAX: usize = 6;

/// The words of one entry: of its name, of everything else, and its fields of work as whole words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Of the name: found first.
    pub name: String,
    /// Of organisation, title, fields, numbers.
    pub rest: String,
    /// One word per field of work, for the filter by field.
    pub fields: String,
}

/// The words of a person.
pub fn person(p: &Person) -> Words {
    let mut rest = BTreeSet::new();
    for text in [&p.organisation, &p.position, &p.title, &p.fields] {
        cut(text, &mut rest);
    }
    if let Some((full, initials)) = readings(&p.organisation, 1).into_iter().next() {
        rest.insert(short(&full.concat()));
        rest.insert(short(&initials));
    }
    numbers(&p.phone, &mut rest);
    Words { name: name_words(&p.name), rest: joined(rest), fields: field_words(&p.fields) }
}

/// The words of an organisation.
pub fn organisation(o: &Organisation) -> Words {
    let mut rest = BTreeSet::new();
    for text in [&o.address, &o.contact, &o.industry, &o.parent] {
        cut(text, &mut rest);
    }
    numbers(&o.phone, &mut rest);
    numbers(&o.credit_code, &mut rest);
    Words { name: name_words(&o.name), rest: joined(rest), fields: field_words(&o.industry) }
}

/// The key that sorts names as a Chinese list is sorted: by pinyin, then by the signs themselves.
pub fn sort_key(name: &str) -> String {
    let (full, _) = readings(name, 1).into_iter().next().unwrap_or_default();
    format!("{} {}", full.join(" "), folded(name).to_lowercase()).trim_start().to_owned()
}

/// The full pinyin of a name in its most usual reading.
pub(crate) fn sound(name: &str) -> String {
    readings(name, 1).into_iter().next().map(|(full, _)| full.concat()).unwrap_or_default()
}

/// A field of work as one word: `人工智能（应用）` is 人工智能应用.
pub fn field_word(field: &str) -> String {
    folded(field).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(30).collect()
}

/// The words of an entry of either list.
pub fn of<T: Entry>(entry: &T) -> Words {
    let any: &dyn std::any::Any = entry;
    match (any.downcast_ref::<Person>(), any.downcast_ref::<Organisation>()) {
        (Some(p), _) => person(p),
        (_, Some(o)) => organisation(o),
        _ => Words::default(),
    }
}

fn field_words(fields: &str) -> String {
    joined(fields.split('、').map(field_word).filter(|w| !w.is_empty()).collect())
}

fn joined(words: BTreeSet<String>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn short(word: &str) -> String {
    word.chars().take(WORD_BYTES_MAX).collect()
}

fn name_words(name: &str) -> String {
    let mut out = BTreeSet::new();
    cut(name, &mut out);
    for (full, initials) in readings(name, READINGS_MAX) {
        // From every character on, so that a given name alone finds its bearer.
        for at in 0..full.len() {
            out.insert(short(&full[at..].concat()));
            out.insert(short(&initials[at..]));
        }
    }
    joined(out)
}

fn numbers(text: &str, out: &mut BTreeSet<String>) {
    for number in text.split('、') {
        let bare: String = number.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if !bare.is_empty() {
            out.insert(short(&bare));
        }
    }
}

/// A run of signs of one sort.
pub(crate) enum Run {
    /// Chinese characters.
    Chinese(Vec<char>),
    /// Letters and digits, in small letters.
    Latin(String),
}

/// The runs of a text, in order; signs between them are dropped.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut open = false;
    for c in folded(text).chars().flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(Run::Chinese(run)) if open && chinese(c) => run.push(c),
            Some(Run::Latin(run)) if open && !chinese(c) => run.push(c),
            _ => out.push(if chinese(c) { Run::Chinese(vec![c]) } else { Run::Latin(c.to_string()) }),
        }
        open = true;
    }
    out
}

/// Chinese in ones and twos, other runs whole.
fn cut(text: &str, out: &mut BTreeSet<String>) {
    for run in runs(text) {
        match run {
            Run::Chinese(run) => {
                out.extend(run.iter().map(char::to_string));
                out.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            }
            Run::Latin(run) => {
                out.insert(short(&run));
            }
        }
    }
}

/// The ways of reading the Chinese characters of a text: syllables and their initials, the most usual first. At most `max`.
fn readings(text: &str, max: usize) -> Vec<(Vec<String>, String)> {
    let chars: Vec<char> = text.chars().filter(|&c| chinese(c)).collect();
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    let double = surname(&chars);
    for (at, &c) in chars.iter().enumerate() {
        let syllables = match double.and_then(|s| s.get(at)) {
            Some(&syllable) if at == 0 && max > 1 => with_usual(syllable, c),
            Some(&syllable) => vec![syllable.to_owned()],
            None => syllables(c),
        };
        if syllables.is_empty() {
            continue;
        }
        let mut longer: Vec<Vec<String>> = Vec::new();
        for syllable in &syllables {
            longer.extend(ways.iter().map(|way| way.iter().chain([syllable]).cloned().collect()));
        }
        longer.truncate(max);
        ways = longer;
    }
    ways.retain(|w| !w.is_empty());
    ways.into_iter()
        .map(|way| {
            (way.iter().map(|s| s.to_lowercase()).collect(), way.iter().filter_map(|s| s.chars().next()).collect())
        })
        .collect()
}

fn with_usual(first: &str, c: char) -> Vec<String> {
    let mut out = vec![first.to_owned()];
    out.extend(syllables(c).into_iter().filter(|s| s != first));
    out
}

/// At most two readings of a character. `ü` is typed as v.
fn syllables(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if !out.contains(&plain) && out.len() < 2 {
            out.push(plain);
        }
    }
    out
}

/// How a name's first characters are read where a surname is read unlike the word.
fn surname(chars: &[char]) -> Option<&'static [&'static str]> {
    const DOUBLE: &[(&str, &[&str])] = &[
        ("尉迟", &["yu", "chi"]),
        ("万俟", &["mo", "qi"]),
        ("长孙", &["zhang", "sun"]),
        ("单于", &["chan", "yu"]),
        ("澹台", &["tan", "tai"]),
    ];
    const SINGLE: &[(char, &[&str])] = &[
        ('单', &["shan"]),
        ('曾', &["zeng"]),
        ('解', &["xie"]),
        ('仇', &["qiu"]),
        ('区', &["ou"]),
        ('查', &["zha"]),
        ('任', &["ren"]),
        ('盖', &["ge"]),
        ('翟', &["zhai"]),
        ('朴', &["piao"]),
        ('乐', &["yue"]),
        ('召', &["shao"]),
        ('缪', &["miao"]),
        ('覃', &["qin"]),
        ('尹', &["yin"]),
        ('燕', &["yan"]),
        ('晁', &["chao"]),
        ('郗', &["xi"]),
        ('冼', &["xian"]),
        ('逄', &["pang"]),
        ('种', &["chong"]),
        ('宓', &["mi"]),
        ('沈', &["shen"]),
        ('葛', &["ge"]),
        ('谌', &["chen"]),
        ('员', &["yun"]),
        ('黑', &["he"]),
        ('洗', &["xian"]),
        ('褚', &["chu"]),
        ('重', &["chong"]),
    ];
    // Longer names are those of organisations: 解放, 乐清 are read as the words.
    if !(2..=4).contains(&chars.len()) {
        return None;
    }
    let two: String = chars.iter().take(2).collect();
    DOUBLE
        .iter()
        .find(|(s, _)| *s == two)
        .map(|&(_, r)| r)
        .or_else(|| SINGLE.iter().find(|(s, _)| *s == chars[0]).map(|&(_, r)| r))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Vec<String> {
        name_words(text).split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_name_is_found_by_signs_pinyin_and_initials() {
        let words = name("王小明");
        for word in ["王", "王小", "小明", "wangxiaoming", "xiaoming", "ming", "wxm", "xm"] {
            assert!(words.iter().any(|w| w == word), "{word} in {words:?}");
        }
    }

    #[test]
    fn surnames_are_read_as_surnames_and_as_words() {
        for (text, all) in
            [("单伟", ["shanwei", "danwei"]), ("曾强", ["zengqiang", "cengqiang"]), ("吕梁", ["lvliang", "ll"])]
        {
            let words = name(text);
            assert!(all.iter().all(|w| words.iter().any(|x| x == w)), "{text}: {words:?}");
        }
        assert!(sort_key("单伟").starts_with("shan wei"));
        assert!(sort_key("曾强") > sort_key("王强"));
        assert!(sort_key("Ada") < sort_key("王强"));
    }

    #[test]
    fn words_stay_short_and_few() {
        let long = name_words(&"重行长乐".repeat(40));
        assert!(long.split(' ').all(|w| w.chars().count() <= WORD_BYTES_MAX));
        assert!(long.len() < 200_000, "{}", long.len());
    }

    #[test]
    fn words_hold_no_sign_that_a_query_language_knows() {
        let p = Person { name: "\"* OR ( NEAR:张'三\\".into(), fields: "A:B、C*".into(), ..Person::default() };
        let words = person(&p);
        for text in [words.name, words.rest, words.fields] {
            assert!(text.chars().all(|c| c.is_alphanumeric() || c == ' '), "{text}");
        }
    }
}
