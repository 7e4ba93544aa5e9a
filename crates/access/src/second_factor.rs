//! The second factor: six digits that change every 30 seconds (RFC 6238, as authenticator apps compute them). A step that was used
//! is not taken again.

use keqiao_base::{Entropy, Moment};
use totp_rs::{Algorithm, Secret, TOTP};

const STEP_SECONDS: i64 = 30;
const SECRET_BYTES: usize = 20;

/// A new secret, in base32 as apps take it.
pub fn secret(entropy: &dyn Entropy) -> String {
    let mut random = [0u8; SECRET_BYTES];
    entropy.fill(&mut random);
    Secret::Raw(random.to_vec()).to_encoded().to_string()
}

/// The step whose digits were typed, if it is the present one or a neighbour (clocks differ) and later than the last one used.
pub fn check(secret: &str, typed: &str, now: Moment, last_step: Option<i64>) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = generator(secret, "")?;
    let present = now.millis().div_euclid(1000 * STEP_SECONDS);
    let steps = [present - 1, present, present + 1];
    // All three are compared in full, so that the time taken says nothing.
    steps.into_iter().fold(None, |found, step| {
        let seconds = u64::try_from(step * STEP_SECONDS).unwrap_or(0);
        let same = constant_time_eq(totp.generate(seconds).as_bytes(), typed.as_bytes());
        if same && last_step.is_none_or(|last| step > last) { Some(step) } else { found }
    })
}

/// The address that an app reads from a QR code.
pub fn enrolment(secret: &str, login: &str) -> Option<String> {
    // The library refuses a colon, which separates issuer and account in the address.
    generator(secret, &login.replace(':', "_")).map(|totp| totp.get_url())
}

/// The digits of a moment: for tests and the demo's page that stands in for a phone.
pub fn digits(secret: &str, at: Moment) -> Option<String> {
    Some(generator(secret, "")?.generate(u64::try_from(at.millis() / 1000).ok()?))
}

fn generator(secret: &str, login: &str) -> Option<TOTP> {
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().ok()?;
    // Apps other than SHA-1 with six digits exist, but the usual ones ignore what they are told and use these.
    TOTP::new(Algorithm::SHA1, 6, 1, STEP_SECONDS as u64, bytes, Some("科桥 Keqiao".to_owned()), login.to_owned()).ok()
}

/// Compares without stopping at the first difference.
pub fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0u8, |differences, (x, y)| differences | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use keqiao_base::FixedEntropy;

    /// RFC 6238, appendix B: the key "12345678901234567890", SHA-1, last six of its eight digits.
    const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_digits_are_those_of_the_standard() {
        for (seconds, digits_expected) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            let at = Moment::from_millis(seconds * 1000);
            assert_eq!(digits(RFC_SECRET, at).unwrap(), digits_expected);
            assert!(check(RFC_SECRET, digits_expected, at, None).is_some());
        }
    }

    #[test]
    fn a_step_is_taken_once_and_neighbours_are_taken() {
        let at = Moment::from_millis(1_234_567_890_000);
        let step = check(RFC_SECRET, "005 924", at, None).unwrap();
        assert_eq!(check(RFC_SECRET, "005924", at, Some(step)), None, "the same step again");
        assert_eq!(check(RFC_SECRET, "005924", at.plus_seconds(30), None), Some(step));
        assert_eq!(check(RFC_SECRET, "005924", at.plus_seconds(90), None), None, "too old");
        for wrong in ["", "000000", "5924", "005924005924", "००५९२४"] {
            assert_eq!(check(RFC_SECRET, wrong, at, None), None, "{wrong}");
        }
    }

    #[test]
    fn a_new_secret_works_and_its_address_names_the_account() {
        let secret = secret(&FixedEntropy::seed(3));
        let at = Moment::from_millis(1_795_000_000_000);
        assert!(check(&secret, &digits(&secret, at).unwrap(), at, None).is_some());
        let address = enrolment(&secret, "li:hua").unwrap();
        assert!(address.starts_with("otpauth://totp/") && address.contains(&secret), "{address}");
        assert_eq!(check("not base32!", "123456", at, None), None);
    }
}
