//! What looks wrong about a text before anybody reads it (`exchange.md` 4, failure 1): stock phrases, a title that its text does not bear out,
//! personal data where everybody reads. Likeness to other listings is found by the search.

use std::sync::LazyLock;

use keqiao_search::duplicate::{incoherence, stock_phrases};
use regex::Regex;

use crate::life::Risk;

/// So many stock phrases make a doubt.
const STOCK_MIN: usize = 3;
/// Characters from which on a text must bear out its title.
const BODY_CHARS_MIN: usize = 30;
/// The share of a title's matter that may be missing from its text.
const MISSING_MAX: f32 = 0.7;

static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|\D)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?:\D|$)",
        r"|(?:^|\D)0\d{2,3}-\d{7,8}(?:\D|$)",
        r"|(?:^|\D)\d{17}[\dXx](?:\D|$)",
        r"|[\w.+-]+@[\w-]+\.\w"
    ))
    .expect("a constant pattern")
});

/// Whether a phone number, an identity number or an address of mail stands in a text.
pub fn holds_personal_data(text: &str) -> bool {
    PERSONAL.is_match(&crate::refine::folded(text))
}

/// What is doubtful about a title and its text.
pub fn doubts(title: &str, body: &str) -> Vec<Risk> {
    let stock = stock_phrases(title).len() + stock_phrases(body).len();
    let long = body.chars().count() >= BODY_CHARS_MIN;
    let found = [
        (stock >= STOCK_MIN, Risk::StockPhrases),
        (long && incoherence(title, body) > MISSING_MAX, Risk::Incoherent),
        (holds_personal_data(title) || holds_personal_data(body), Risk::PersonalData),
    ];
    found.into_iter().filter(|(is, _)| *is).map(|(_, risk)| risk).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_texts_are_doubted_and_plain_ones_not() {
        let plain = "两条天然气烘干线每吨耗气35方，希望降到25方，含水率不超过14%，不能停产，要用现有的烘干塔。";
        assert_eq!(doubts("稻谷烘干线耗气高", plain), []);
        let stock = "稻谷烘干，为企业赋能，全方位服务，深度融合，欢迎来电咨询。";
        assert_eq!(doubts("稻谷烘干", stock), [Risk::StockPhrases]);
        assert_eq!(doubts("锂电池回收工艺", plain), [Risk::Incoherent]);
    }

    #[test]
    fn numbers_of_people_are_seen_and_numbers_of_things_not() {
        for text in [
            "电话１３８１２３４５６７８",
            "请致电 138-1234-5678",
            "a.b@example.com",
            "0839-1234567",
            "51080219900101123X",
        ] {
            assert!(holds_personal_data(text), "{text}");
        }
        for text in ["每天处理40吨", "型号 TX-2000-13812345", "专利号ZL202310123456.7", "2027-06-30"] {
            assert!(!holds_personal_data(text), "{text}");
        }
    }
}
