//! Heads of function items: `科学技术（类）科学技术普及（款）科普活动（项）`, with or without codes.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clause::Mention;
use crate::CodeBook;

/// A function item named in the text.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Bytes of the folded paragraph.
    pub range: Range<usize>,
    /// Names joined with `/`.
    pub label: String,
    /// Code when it can be resolved, else the label.
    pub scope: String,
    /// How deep it goes: 1 类, 2 款, 3 项.
    pub depth: usize,
}

impl Head {
    /// Whether the numbers after the head (支出决算为…) belong to it: a full 款/项 head speaks for its whole paragraph, a
    /// bare 类 only for the words right after it.
    pub(crate) fn covers(&self, m: &Mention) -> bool {
        self.depth > 1 || m.lead.start <= self.range.end + '：'.len_utf8()
    }
}

static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<name>[\p{Han}“”、（）]{2,24}?)（(?:\d{2,7})?(?P<level>[类款项])）").expect("a constant pattern")
});

/// All heads of a paragraph, in order. Levels that follow each other are one head.
pub(crate) fn heads(text: &str, book: &CodeBook) -> Vec<Head> {
    let mut found: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    for c in LEVEL.captures_iter(text) {
        let (whole, level) = (c.get(0).expect("group 0").range(), &c["level"]);
        let name = c["name"].rsplit(['，', '；', '：', '。', '、']).next().unwrap_or("").to_owned();
        let start = whole.end - (whole.len() - c["name"].len()) - name.len();
        match found.last_mut() {
            Some((range, names)) if level != "类" && range.end == start && names.len() < 3 => {
                range.end = whole.end;
                names.push(name);
            }
            _ => found.push((start..whole.end, vec![name])),
        }
    }
    found
        .into_iter()
        .filter(|(_, names)| names.iter().all(|n| !n.is_empty()))
        .map(|(range, names)| {
            let path: Vec<&str> = names.iter().map(String::as_str).collect();
            let label = names.join("/");
            Head { range, scope: book.resolve(&path).unwrap_or_else(|| label.clone()), label, depth: names.len() }
        })
        .collect()
}
