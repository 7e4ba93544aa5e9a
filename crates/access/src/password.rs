//! Which passwords are taken, and how long a login stays locked after failures. The hash itself (argon2) is made by the use case.

use keqiao_base::{Moment, Refusal};

const CHARS_MIN: usize = 10;
const CHARS_MAX: usize = 128;

/// Words that guessing programs try first, and that a person takes for a password when asked for a long one.
const GUESSED: &[&str] = &[
    "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "1q2w3e", "qazwsx", "letmein", "welcome", "iloveyou",
    "woaini", "admin", "123456", "654321", "111111", "000000", "666666", "888888", "abc123", "a123456", "5201314",
    "1314520", "keqiao", "kexie",
];

/// Takes or refuses a password for a login.
pub fn check(password: &str, login: &str) -> Result<(), Refusal> {
    let chars = password.chars().count();
    let refuse = |zh: &str, en: &str| Err(Refusal::field("account.password", "password", zh, en));
    if chars < CHARS_MIN {
        return refuse(
            "密码至少 10 个字符，可以用一句话。",
            "A password has at least 10 characters; a sentence is fine.",
        );
    }
    if chars > CHARS_MAX {
        return refuse("密码最多 128 个字符。", "A password has at most 128 characters.");
    }
    let folded = password.to_lowercase();
    let login = login.to_lowercase();
    if login.chars().count() >= 3 && folded.contains(&login) {
        return refuse("密码不能包含登录名。", "A password may not contain the login.");
    }
    // What remains once the guessed words are taken out must still be worth something.
    let rest = GUESSED.iter().fold(folded, |rest, word| rest.replace(word, ""));
    let mut different: Vec<char> = rest.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 || runs(&rest) {
        return refuse(
            "这个密码太容易被猜到：请避免常用密码、重复或连续的字符。",
            "This password is easy to guess: avoid common ones, repetition and sequences.",
        );
    }
    Ok(())
}

/// Whether it is one run up or down: `abcdefghij`, `9876543210`.
fn runs(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    codes.windows(2).all(|w| w[1] - w[0] == 1) || codes.windows(2).all(|w| w[1] - w[0] == -1)
}

/// Failures before the first lock.
pub const FAILURES_FREE: u32 = 5;
const LOCK_SECONDS: i64 = 15 * 60;
const LOCK_SECONDS_MAX: i64 = 24 * 3600;

/// Until when a login is locked after so many failures in a row, the last at `at`: 15 minutes after five, twice as long after each
/// five more, a day at most. The way back before that: a recovery code, or a reset link made by an administrator.
pub fn locked_until(failures: u32, at: Moment) -> Option<Moment> {
    if failures == 0 || !failures.is_multiple_of(FAILURES_FREE) {
        return None;
    }
    let doublings = (failures / FAILURES_FREE - 1).min(16);
    Some(at.plus_seconds((LOCK_SECONDS << doublings).min(LOCK_SECONDS_MAX)))
}

/// Checks a login as somebody chooses it, and gives it as it is kept (lower case).
pub fn login(text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_lowercase();
    let chars = text.chars().count();
    let allowed = |c: char| c.is_alphanumeric() || "._-@".contains(c);
    if !(2..=64).contains(&chars) || !text.chars().all(allowed) {
        return Err(Refusal::field(
            "account.login",
            "login",
            "登录名为 2～64 个字符，可用汉字、字母、数字和 . _ - @。",
            "A login has 2 to 64 characters: letters, Chinese characters, digits and . _ - @",
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_and_sentences_taken() {
        for weak in [
            "",
            "short",
            "1234567890",
            "0987654321",
            "password123456",
            "aaaaaaaaaaaa",
            "Admin888888",
            "li.hua-2026!",
            "abcdefghij",
        ] {
            assert!(check(weak, "li.hua").is_err(), "{weak}");
        }
        for fine in ["correct horse battery", "春眠不觉晓处处闻啼鸟", "mK8#vault-river"] {
            assert!(check(fine, "li.hua").is_ok(), "{fine}");
        }
        assert!(check(&"长".repeat(129), "x").is_err());
    }

    #[test]
    fn locks_double_up_to_a_day() {
        let at = Moment::from_millis(0);
        let minutes = |failures| locked_until(failures, at).map(|until| until.seconds_since(at) / 60);
        assert_eq!(minutes(4), None);
        assert_eq!(minutes(5), Some(15));
        assert_eq!(minutes(6), None);
        assert_eq!(minutes(10), Some(30));
        assert_eq!(minutes(15), Some(60));
        assert_eq!(minutes(500), Some(24 * 60));
        assert_eq!(minutes(u32::MAX), Some(24 * 60));
    }

    #[test]
    fn logins_are_folded_and_odd_ones_refused() {
        assert_eq!(login(" Li.Hua ").unwrap(), "li.hua");
        assert_eq!(login("李华").unwrap(), "李华");
        for odd in ["", "a", "a b", "<script>", "a/../b", &"x".repeat(65)] {
            assert!(login(odd).is_err(), "{odd}");
        }
    }
}
