//! Graded identity: declared by oneself, vouched for by a society or employer, verified by documents. Each step says who, when and
//! why. Numbers of documents are never kept: only a keyed hash (to find the same number again) and their last two characters.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use keqiao_base::{AccountId, Moment, OrganisationId, Refusal, coded};
use serde::Serialize;
use sha2::Sha256;

coded! {
    /// How far we know who somebody is.
    pub enum Grade {
        /// Nothing but a sign-in.
        None = "none" => ("未声明", "Not declared"),
        /// Somebody said so.
        Declared = "declared" => ("本人声明", "Declared"),
        /// A society or employer said so.
        Vouched = "vouched" => ("单位担保", "Vouched for"),
        /// Documents were seen.
        Verified = "verified" => ("证件核验", "Verified"),
    }
}

coded! {
    /// One act in the history of an identity.
    pub enum StepKind {
        /// The person says who they are.
        Declare = "declare" => ("声明身份", "Declared"),
        /// A society or employer vouches.
        Vouch = "vouch" => ("单位担保", "Vouched for"),
        /// An officer saw documents.
        Verify = "verify" => ("核验证件", "Verified by documents"),
        /// The last standing step is taken back.
        Void = "void" => ("撤销", "Voided"),
    }
}

coded! {
    /// Which document an officer saw.
    pub enum DocumentKind {
        /// 居民身份证
        ResidentCard = "resident_card" => ("居民身份证", "Resident identity card"),
        /// 护照
        Passport = "passport" => ("护照", "Passport"),
        /// 职称证书
        TitleCertificate = "title_certificate" => ("专业技术职称证书", "Certificate of professional title"),
        /// 工作证
        WorkCard = "work_card" => ("工作证", "Work card"),
    }
}

/// One step as it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What was done.
    pub kind: StepKind,
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by: AccountId,
    /// For which organisation (when vouching).
    pub organisation: Option<OrganisationId>,
    /// Why, in words.
    pub reason: String,
    /// Which document was seen (when verifying).
    pub document: Option<DocumentKind>,
    /// The number of the document, as far as it may be shown.
    pub number: Option<String>,
}

const REASON_CHARS_MIN: usize = 4;
const REASON_CHARS_MAX: usize = 500;

/// The grade after these steps, oldest first. A void takes back the last step that stands.
pub fn grade(kinds: impl IntoIterator<Item = StepKind>) -> Grade {
    let mut standing = vec![Grade::None];
    for kind in kinds {
        match kind {
            StepKind::Declare => standing.push(Grade::Declared),
            StepKind::Vouch => standing.push(Grade::Vouched),
            StepKind::Verify => standing.push(Grade::Verified),
            StepKind::Void if standing.len() > 1 => drop(standing.pop()),
            StepKind::Void => {}
        }
    }
    standing.last().copied().unwrap_or(Grade::None)
}

/// Whether a step may follow the grade reached so far; the refusal says what to do.
pub fn follow(grade: Grade, kind: StepKind) -> Result<(), Refusal> {
    let (code, zh, en) = match (grade, kind) {
        (Grade::None, StepKind::Declare)
        | (Grade::Declared, StepKind::Vouch | StepKind::Verify | StepKind::Void)
        | (Grade::Vouched, StepKind::Verify | StepKind::Void)
        | (Grade::Verified, StepKind::Void) => return Ok(()),
        (Grade::None, StepKind::Void) => {
            ("identity.nothing_to_void", "没有可以撤销的步骤。", "There is no step to void.")
        }
        (Grade::None, _) => (
            "identity.not_declared",
            "本人尚未声明身份：请先由本人填写姓名和单位。",
            "The person has not declared who they are yet; they must do that first.",
        ),
        (_, StepKind::Declare) => (
            "identity.declared_already",
            "身份已经声明。需要更改时，请先撤销前面的步骤。",
            "The identity is declared already. To change it, have the earlier step voided.",
        ),
        (_, StepKind::Vouch) => {
            ("identity.vouched_already", "已有单位担保，不必重复。", "Somebody has vouched already.")
        }
        (Grade::Verified, StepKind::Verify) => {
            ("identity.verified_already", "证件已经核验。", "The documents were verified already.")
        }
    };
    Err(Refusal::new(keqiao_base::Kind::Conflict, code, zh, en))
}

/// The reason as it is kept, or what is wrong with it. Steps by others need one that says something.
pub fn reason(kind: StepKind, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars > REASON_CHARS_MAX {
        let (zh, en) = (
            format!("理由最多 {REASON_CHARS_MAX} 个字。"),
            format!("The reason may have {REASON_CHARS_MAX} characters at most."),
        );
        return Err(Refusal::field("identity.reason", "reason", zh, en));
    }
    if kind != StepKind::Declare && chars < REASON_CHARS_MIN {
        let (zh, en) = ("请写明依据或理由（至少 4 个字）。", "Say on what ground or why (4 characters at least).");
        return Err(Refusal::field("identity.reason", "reason", zh, en));
    }
    Ok(text.to_owned())
}

/// What is kept of a document's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberTrace {
    /// HMAC-SHA-256 under the installation's key: the same number gives the same hash, and nothing leads back.
    pub hash: String,
    /// Dots and the last two characters.
    pub shown: String,
}

/// Checks a document's number and keeps its trace only. A resident's number must have a right check character (GB 11643).
pub fn trace(kind: DocumentKind, number: &str, key: &[u8]) -> Result<NumberTrace, Refusal> {
    let number: String = number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
    let right = match kind {
        DocumentKind::ResidentCard => resident_number(&number),
        _ => (4..=32).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric()),
    };
    if !right {
        return Err(Refusal::field(
            "identity.number",
            "number",
            "证件号码不正确：请对照证件核对每一位。系统只保存无法还原的校验值和末两位。",
            "The number is not right: compare each character with the document. Only a hash and the last two characters are kept.",
        ));
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(kind.code().as_bytes());
    mac.update(b":");
    mac.update(number.as_bytes());
    let hash = hex::encode(mac.finalize().into_bytes());
    let mut shown = "•".repeat(number.len() - 2);
    // Writing to a string does not fail.
    let _ = write!(shown, "{}", &number[number.len() - 2..]);
    Ok(NumberTrace { hash, shown })
}

/// GB 11643-1999: 17 digits weighted, modulo 11, check character `10X98765432`.
fn resident_number(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let bytes = number.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    b"10X98765432"[(sum % 11) as usize] == bytes[17]
}

#[cfg(test)]
mod tests {
    use super::*;
    use StepKind::{Declare, Verify, Void, Vouch};

    #[test]
    fn the_grade_follows_the_steps_and_void_takes_back_the_last() {
        assert_eq!(grade([]), Grade::None);
        assert_eq!(grade([Declare]), Grade::Declared);
        assert_eq!(grade([Declare, Vouch]), Grade::Vouched);
        assert_eq!(grade([Declare, Vouch, Verify]), Grade::Verified);
        assert_eq!(grade([Declare, Vouch, Verify, Void]), Grade::Vouched);
        assert_eq!(grade([Declare, Verify, Void]), Grade::Declared);
        assert_eq!(grade([Declare, Void, Declare]), Grade::Declared);
        assert_eq!(grade([Void, Void]), Grade::None);
    }

    #[test]
    fn steps_out_of_order_are_refused_in_words() {
        let refused = |grade, kind| follow(grade, kind).unwrap_err().code;
        assert_eq!(refused(Grade::None, Vouch), "identity.not_declared");
        assert_eq!(refused(Grade::None, Verify), "identity.not_declared");
        assert_eq!(refused(Grade::None, Void), "identity.nothing_to_void");
        assert_eq!(refused(Grade::Declared, Declare), "identity.declared_already");
        assert_eq!(refused(Grade::Vouched, Vouch), "identity.vouched_already");
        assert_eq!(refused(Grade::Verified, Vouch), "identity.vouched_already");
        assert_eq!(refused(Grade::Verified, Verify), "identity.verified_already");
        assert!(follow(Grade::Declared, Verify).is_ok() && follow(Grade::Verified, Void).is_ok());
    }

    #[test]
    fn a_void_needs_a_reason_that_says_something() {
        assert!(reason(Void, " 误 ").is_err());
        assert!(reason(Vouch, "").is_err());
        assert_eq!(reason(Void, " 单位来函更正 ").unwrap(), "单位来函更正");
        assert!(reason(Declare, "").is_ok());
        assert!(reason(Verify, &"字".repeat(501)).is_err());
    }

    #[test]
    fn of_a_number_only_hash_and_last_two_remain() {
        let kept = trace(DocumentKind::ResidentCard, "11010519491231002x", b"key").unwrap();
        assert_eq!(kept.shown, "••••••••••••••••2X");
        assert!(!kept.hash.contains("1949") && kept.hash.len() == 64);
        assert_eq!(kept, trace(DocumentKind::ResidentCard, "110105 19491231 002X", b"key").unwrap());
        assert_ne!(kept.hash, trace(DocumentKind::ResidentCard, "11010519491231002X", b"other").unwrap().hash);
        for wrong in ["110105194912310021", "1101051949123100", "", "身份证身份证身份证"] {
            assert!(trace(DocumentKind::ResidentCard, wrong, b"key").is_err(), "{wrong}");
        }
        assert!(trace(DocumentKind::Passport, "E1", b"key").is_err());
    }
}
