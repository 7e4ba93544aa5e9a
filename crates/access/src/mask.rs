//! What is shown of personal data to those who may not see it in clear. What is in clear is fetched by a use case of its own, which
//! writes the log.

/// The middle of a phone number becomes dots: `138••••1234`, `057•-•••8999`.
pub fn phone(text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let (head, tail) = if digits >= 11 { (3, 4) } else { (digits / 3, digits / 3) };
    let mut at = 0;
    text.chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            at += 1;
            if at <= head || at > digits - tail { c } else { '•' }
        })
        .collect()
}

/// The first character of the mailbox, dots, and the domain: `z•••@example.com`. The number of dots says nothing.
pub fn email(text: &str) -> String {
    match text.split_once('@') {
        Some((mailbox, domain)) => format!("{}•••@{domain}", mailbox.chars().next().unwrap_or('•')),
        None => hidden(text),
    }
}

/// The family name and dots: `张••`. Names with a dot or a space keep their first part: `Ada •••`.
pub fn name(text: &str) -> String {
    let text = text.trim();
    if let Some((first, _)) = text.split_once([' ', '·']) {
        return format!("{first} •••");
    }
    let rest = text.chars().count().saturating_sub(1);
    text.chars().take(1).chain(std::iter::repeat_n('•', rest)).collect()
}

/// Nothing but that there is something.
pub fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { "•••".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_hides_what_identifies() {
        assert_eq!(phone("13800001234"), "138••••1234");
        assert_eq!(phone("+86 138 0000 1234"), "+86 1•• •••• 1234");
        assert_eq!(phone("0571-8888999"), "057•-•••8999");
        assert_eq!(phone("8888"), "8••8");
        assert_eq!(phone("12"), "••");
        assert_eq!(phone(""), "");
        assert_eq!(email("zhang.san@example.com"), "z•••@example.com");
        assert_eq!(email("@example.com"), "••••@example.com");
        assert_eq!(email("none"), "•••");
        assert_eq!(name("张三丰"), "张••");
        assert_eq!(name("阿依古丽·买买提"), "阿依古丽 •••");
        assert_eq!(name("李"), "李");
        assert_eq!(name(""), "");
    }
}
