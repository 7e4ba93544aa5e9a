//! How words sound: pinyin without tones, joined. For typing in pinyin and for wrong characters that sound right.

use pinyin::ToPinyin;

/// The sound of a word of hanzi (`烘干` → `honggan`); `None` where a character has no known sound.
pub fn sound(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len() * 2);
    for c in word.chars() {
        out.push_str(c.to_pinyin()?.plain());
    }
    (!out.is_empty()).then(|| out.replace('ü', "v"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_a_sound() {
        assert_eq!(sound("烘干").as_deref(), Some("honggan"));
        assert_eq!(sound("a"), None);
        assert_eq!(sound(""), None);
    }
}
