//! Keys that open something: for programs, for sessions, for reset links, and recovery codes. Only their hashes are kept. They are
//! random and long, so a plain SHA-256 is enough; passwords are not here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keqiao_base::Entropy;
use sha2::{Digest, Sha256};

/// How a key for programs begins: a leaked one is found by searching for it.
pub const TOKEN_PREFIX: &str = "kq_";
const KEY_BYTES: usize = 32;
/// How many recovery codes are given.
pub const RECOVERY_CODES: usize = 10;

/// A key in clear, shown once, and its hash, kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// In clear.
    pub clear: String,
    /// SHA-256 in hexadecimal.
    pub hash: String,
}

/// A key for programs: `kq_` and 43 characters.
pub fn token(entropy: &dyn Entropy) -> Key {
    key(TOKEN_PREFIX, entropy)
}

/// A key for a session's cookie, a reset link or a sign-in under way: 43 characters.
pub fn session(entropy: &dyn Entropy) -> Key {
    key("", entropy)
}

fn key(prefix: &str, entropy: &dyn Entropy) -> Key {
    let mut random = [0u8; KEY_BYTES];
    entropy.fill(&mut random);
    let clear = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random));
    Key { hash: hash(&clear), clear }
}

/// The hash of a key as it was sent.
pub fn hash(clear: &str) -> String {
    hex::encode(Sha256::digest(clear.as_bytes()))
}

/// Whether this can be a key of ours for programs at all: spares the database what is sent at random.
pub fn looks_like_token(text: &str) -> bool {
    text.strip_prefix(TOKEN_PREFIX).is_some_and(looks_like_session)
}

/// Whether this can be a session's key at all.
pub fn looks_like_session(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Recovery codes in clear: ten of `xxxxx-xxxxx`, without characters that are mistaken for another.
pub fn recovery_codes(entropy: &dyn Entropy) -> Vec<String> {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz_";
    (0..RECOVERY_CODES)
        .map(|_| {
            let mut code = String::with_capacity(11);
            while code.len() < 11 {
                let mut random = [0u8; 8];
                entropy.fill(&mut random);
                for byte in random {
                    let letter = char::from(LETTERS[usize::from(byte & 31)]);
                    if letter == '_' || code.len() >= 11 {
                        continue;
                    }
                    if code.len() == 5 {
                        code.push('-');
                    }
                    code.push(letter);
                }
            }
            code
        })
        .collect()
}

/// The hash of a recovery code as it was typed: capitals, spaces and dashes do not matter.
pub fn recovery_hash(typed: &str) -> String {
    let folded: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    hash(&folded.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use keqiao_base::FixedEntropy;

    #[test]
    fn keys_differ_and_only_the_hash_is_needed_to_know_them_again() {
        let entropy = FixedEntropy::seed(1);
        let (first, second) = (token(&entropy), token(&entropy));
        assert_ne!(first, second);
        assert!(looks_like_token(&first.clear) && first.clear.len() == 46);
        assert_eq!(hash(&first.clear), first.hash);
        assert!(looks_like_session(&session(&entropy).clear));
        for odd in [
            "",
            "kq_",
            "kq_short",
            "xx_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "kq_../../../../etc/passwd________________________",
        ] {
            assert!(!looks_like_token(odd), "{odd}");
        }
    }

    #[test]
    fn recovery_codes_are_known_again_however_they_are_typed() {
        let codes = recovery_codes(&FixedEntropy::seed(2));
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(codes.iter().all(|c| c.len() == 11 && c.as_bytes()[5] == b'-' && !c.contains('_')));
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(recovery_hash(&typed), recovery_hash(&codes[0]));
        assert_ne!(recovery_hash(&codes[0]), recovery_hash(&codes[1]));
    }
}
