//! Heading or sentence: how much of a numbered paragraph is a title.

use super::number::Style;

/// What stands after a printed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// The whole paragraph is a heading; the title is this many bytes.
    Whole(usize),
    /// A run-in heading: title, then text in the same paragraph.
    RunIn(usize),
    /// A sentence of a list.
    No,
}

/// Judges the words after a number.
pub(super) fn title(rest: &str, style: Style) -> Title {
    let trimmed = rest.trim_end_matches(['。', '：', '.']);
    let chars = trimmed.chars().count();
    if chars == 0 {
        return if matches!(style, Style::Part | Style::Attachment) { Title::Whole(trimmed.len()) } else { Title::No };
    }
    if matches!(style, Style::Part | Style::Attachment) {
        // A heading of an annex is short; a sentence that begins with 附件 goes on.
        let sentence = trimmed.contains(['。', '；', '，']) || chars > 50;
        return if sentence { Title::No } else { Title::Whole(trimmed.len()) };
    }
    let deep = matches!(style, Style::Arabic | Style::ArabicBracket);
    let broken = trimmed.contains(['。', '；', '！', '？']) || rest.ends_with(['；', '，', '、', '！']);
    let comma = trimmed.contains('，') && (deep || chars > 30);
    let limit = if trimmed.contains("（类）") {
        70
    } else if deep {
        30
    } else {
        45
    };
    let amount = trimmed.contains("万元") && trimmed.contains(|c: char| c.is_ascii_digit());
    // 1.组织培训。: a short sentence of a list at the deepest levels is as good as a heading.
    if !broken && !comma && !amount && !trimmed.contains('：') && chars <= limit {
        return Title::Whole(trimmed.len());
    }
    run_in(rest, deep)
}

/// Length of a title that ends in the middle of the paragraph: `机构组成。区科协是…`, `行政运行（项）：支出决算为…`.
fn run_in(rest: &str, deep: bool) -> Title {
    let Some(end) = rest.find(['。', '：', '；', '，']) else { return Title::No };
    let head = &rest[..end];
    let sign = rest[end..].chars().next().unwrap_or('。');
    let chars = head.chars().count();
    let limit = if head.contains("（类）") {
        70
    } else if deep {
        22
    } else {
        30
    };
    let amount = head.contains("万元") && head.contains(|c: char| c.is_ascii_digit());
    let goes_on = !rest[end + sign.len_utf8()..].is_empty();
    let code = head.contains("（项）") || head.contains("（款）");
    let ends = matches!(sign, '。' | '：') || (code && sign == '，');
    if ends && goes_on && chars > 1 && chars <= limit && !amount { Title::RunIn(end) } else { Title::No }
}

/// Whether an unnumbered line may be a title: short, no sentence signs.
pub(super) fn bare_title(text: &str) -> bool {
    let chars = text.chars().count();
    (2..=50).contains(&chars)
        && !text.contains(['。', '；', '，', '：', '！', '？'])
        && !text.ends_with('、')
        && text.matches('（').count() == text.matches('）').count()
        && !text.starts_with(['（', '-', '—', '·'])
        && text.chars().filter(char::is_ascii_digit).count() <= 8
        && !text.contains("万元")
}

#[cfg(test)]
mod tests {
    use super::{Style, Title, title};

    #[test]
    fn titles_are_told_from_sentences() {
        for (text, style, expected) in [
            ("收入决算情况说明", Style::Chinese, "收入决算情况说明"),
            ("主要职能。", Style::ChineseBracket, "主要职能"),
            ("机构组成。县科协是县委领导下的人民团体。", Style::ChineseBracket, "机构组成"),
            ("其他收入：指除上述收入以外的收入。", Style::Chinese, "其他收入"),
            ("科学技术（类）行政运行（项）：支出决算为10.00万元。", Style::Arabic, "科学技术（类）行政运行（项）"),
            ("组织学术活动，开展学术交流。", Style::Arabic, ""),
            ("开展学术交流，促进学科发展；", Style::Arabic, ""),
            ("基本支出12.00万元：其中机构运行10.00万元。", Style::Arabic, ""),
        ] {
            let len = match title(text, style) {
                Title::Whole(n) | Title::RunIn(n) => n,
                Title::No => 0,
            };
            assert_eq!(&text[..len], expected, "{text}");
        }
    }
}
