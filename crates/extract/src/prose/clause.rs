//! Cuts folded prose into sentences and the stretch of words that leads to each number.

use std::ops::Range;

use keqiao_quantity::{Number, scan};

/// A number with the words that lead to it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// The number.
    pub number: Number,
    /// Words before it, from the last break or the number before.
    pub lead: Range<usize>,
    /// Everything between the number before (or the sentence's start) and the lead: breaks and connecting words.
    pub gap: Range<usize>,
    /// The clause: from the last break to the next.
    pub clause: Range<usize>,
    /// Ordinal of the sentence in the paragraph.
    pub sentence: usize,
    /// Ordinal of the item (`；`) in the paragraph.
    pub item: usize,
    /// Depth of brackets that hold clauses.
    pub depth: usize,
}

/// What a character does to the flow.
#[derive(Clone, Copy, PartialEq)]
enum Break {
    Clause,
    Item,
    Sentence,
    Open,
    Close,
}

/// All numbers of a folded paragraph with their surroundings, in order.
pub(crate) fn mentions(text: &str) -> Vec<Mention> {
    let breaks = breaks(text);
    let mut found: Vec<Mention> = Vec::new();
    let (mut sentence, mut item, mut depth, mut next) = (0, 0, 0usize, 0);
    let mut last_break = 0;
    let mut last_end = 0;
    for number in scan(text) {
        while let Some(&(at, len, kind)) = breaks.get(next).filter(|b| b.0 < number.range.start) {
            match kind {
                Break::Sentence => {
                    sentence += 1;
                    item += 1;
                    depth = 0;
                }
                Break::Item => item += 1,
                Break::Open => depth += 1,
                Break::Close => depth = depth.saturating_sub(1),
                Break::Clause => {}
            }
            last_break = at + len;
            next += 1;
        }
        let from = last_break.max(last_end).min(number.range.start);
        let trimmed = text[from..number.range.start].trim_start_matches(['、', '，', '和', '及', '与']).len();
        // 与2018年相比 keeps its 与: it says that a comparison follows.
        let words = &text[from..number.range.start];
        let start =
            if words.starts_with("与20") || words.starts_with("与上") { from } else { number.range.start - trimmed };
        let clause_end =
            breaks.iter().find(|b| b.0 >= number.range.end && b.2 != Break::Open).map_or(text.len(), |b| b.0);
        found.push(Mention {
            lead: start..number.range.start,
            gap: last_end.min(start)..start,
            clause: last_break.min(start)..clause_end,
            sentence,
            item,
            depth,
            number: number.clone(),
        });
        last_end = number.range.end;
    }
    found
}

/// Breaks with their position and length. Short brackets inside a term (（境）, （类）, （协会）) do not break.
fn breaks(text: &str) -> Vec<(usize, usize, Break)> {
    let mut out = Vec::new();
    let mut inline: Vec<bool> = Vec::new();
    for (at, c) in text.char_indices() {
        let kind = match c {
            '，' | '：' => Break::Clause,
            '；' => Break::Item,
            '。' | '！' | '？' => Break::Sentence,
            '（' => {
                let short = is_inline(&text[at + c.len_utf8()..]);
                inline.push(short);
                if short {
                    continue;
                }
                Break::Open
            }
            '）' => {
                if inline.pop().unwrap_or(true) {
                    continue;
                }
                Break::Close
            }
            _ => continue,
        };
        out.push((at, c.len_utf8(), kind));
    }
    out
}

/// Whether what follows an opening bracket is a short remark inside a term.
fn is_inline(after: &str) -> bool {
    match after.find('）') {
        Some(end) => {
            let inside = &after[..end];
            inside.chars().count() <= 8
                && !inside.contains(|c: char| c.is_ascii_digit() && inside.contains(['元', '%']))
                && !inside.starts_with("其中")
                && !inside.contains(['，', '；', '：'])
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    fn leads(text: &str) -> Vec<&str> {
        mentions(text).into_iter().map(|m| &text[m.lead]).collect()
    }

    #[test]
    fn leads_stop_at_breaks_and_numbers() {
        assert_eq!(
            leads("其中：基本支出482.02万元，占76%；项目支出151.34万元，占24%。"),
            ["基本支出", "占", "项目支出", "占"]
        );
        assert_eq!(leads("因公出国（境）费0万元、公务接待费1万元"), ["因公出国（境）费", "公务接待费"]);
        assert_eq!(
            leads("人员经费107.37万元（其中基本工资31.8万元、奖金2.58万元）"),
            ["人员经费", "其中基本工资", "奖金"]
        );
        assert_eq!(leads("与2020年决算收入149.12万元相比增加了12.83万元"), ["与2020年决算收入", "相比增加了"]);
    }
}
