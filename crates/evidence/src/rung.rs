//! The ladder of proof: how well it is known that something happened. A record climbs, never falls; figures say from which rung on they count.

use keqiao_base::{FieldError, coded};

coded! {
    /// A rung of the ladder, lowest first.
    pub enum Rung {
        /// 0 · said by one side.
        Claimed = "claimed" => ("单方登记", "Claimed by one side"),
        /// 1 · confirmed by another.
        Confirmed = "confirmed" => ("双方确认", "Confirmed by both"),
        /// 2 · a contract, a sign-in list or another record as a file, known by its hash.
        Filed = "filed" => ("有合同或档案文件", "Contract or record on file"),
        /// 3 · an official number: a registered technology contract, a filing, a document number.
        Registered = "registered" => ("有官方登记号", "Officially registered"),
        /// 4 · a payment or an invoice.
        Paid = "paid" => ("有付款或发票", "Paid or invoiced"),
        /// 5 · the outcome confirmed when somebody called back later.
        Outcome = "outcome" => ("回访确认成效", "Outcome confirmed on call-back"),
    }
}

impl Rung {
    /// The number of the rung, 0 to 5: what is stored.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The rung with this number.
    pub fn of(number: i32) -> Option<Rung> {
        usize::try_from(number).ok().and_then(|n| Rung::ALL.get(n).copied())
    }

    /// What stands by when a record is lifted to this rung.
    pub const fn asks(self) -> keqiao_i18n::Fixed {
        let (zh, en) = match self {
            Rung::Claimed => ("无需证明", "nothing"),
            Rung::Confirmed => ("由登记人以外的人确认", "another person confirms"),
            Rung::Filed => ("上传合同、签到表等文件", "a contract, a sign-in list or the like as a file"),
            Rung::Registered => ("填写登记号或文号", "the number of the registration or document"),
            Rung::Paid => ("上传付款凭证，或填写发票、凭证号", "the proof of payment, or its number"),
            Rung::Outcome => ("写明回访对象、时间和结果", "whom one called, when, and what they said"),
        };
        keqiao_i18n::Fixed { zh, en }
    }
}

/// What is brought forward to lift a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The number of a registration, voucher or invoice.
    pub number: String,
    /// In words.
    pub words: String,
    /// Whether a file is attached that is no photo.
    pub file: bool,
}

impl Proof {
    /// Whether it lifts a record from one rung to a higher one; else the fields at fault (`rung`, `number`, `words`, `file`).
    ///
    /// # Errors
    /// The fields at fault.
    pub fn lifts(&self, from: Rung, to: Rung) -> Result<(), Vec<FieldError>> {
        let fault = |field: &str, zh: &str, en: &str| Err(vec![FieldError::new(field, zh, en)]);
        if to <= from {
            return fault("rung", "只能提升到更高一级。", "Choose a higher rung.");
        }
        if from < Rung::Confirmed {
            return fault("rung", "请先由另一人确认，再提升等级。", "Somebody else must confirm it first.");
        }
        match to {
            Rung::Filed if !self.file => fault(
                "file",
                "请上传合同、签到表或其他档案文件（照片不算）。",
                "Attach a contract, a sign-in list or another record; photos do not count.",
            ),
            Rung::Registered if self.number.is_empty() => fault("number", "请填写登记号或文号。", "Write the number."),
            Rung::Paid if !self.file && self.number.is_empty() => fault(
                "number",
                "请上传付款凭证或填写发票、凭证号。",
                "Attach the proof of payment or write its number.",
            ),
            Rung::Outcome if self.words.chars().count() < 10 => fault(
                "words",
                "请写明回访了谁、什么时候、结果如何（至少10个字）。",
                "Say whom you called, when, and what they said (10 characters at least).",
            ),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_fault(proof: &Proof, from: Rung, to: Rung) -> String {
        proof.lifts(from, to).unwrap_err().remove(0).field
    }

    #[test]
    fn each_rung_asks_for_its_proof_and_none_is_climbed_down_or_skipped_to_unconfirmed() {
        let none = Proof::default();
        assert_eq!(at_fault(&none, Rung::Claimed, Rung::Filed), "rung");
        assert_eq!(at_fault(&none, Rung::Paid, Rung::Filed), "rung");
        assert_eq!(at_fault(&none, Rung::Confirmed, Rung::Confirmed), "rung");
        for (to, field) in
            [(Rung::Filed, "file"), (Rung::Registered, "number"), (Rung::Paid, "number"), (Rung::Outcome, "words")]
        {
            assert_eq!(at_fault(&none, Rung::Confirmed, to), field, "{to}");
        }
        let file = Proof { file: true, ..Proof::default() };
        assert!(file.lifts(Rung::Confirmed, Rung::Filed).is_ok() && file.lifts(Rung::Confirmed, Rung::Paid).is_ok());
        assert!(file.lifts(Rung::Confirmed, Rung::Registered).is_err());
        let number = Proof { number: "2026-001".to_owned(), ..Proof::default() };
        assert!(
            number.lifts(Rung::Confirmed, Rung::Registered).is_ok()
                && number.lifts(Rung::Registered, Rung::Paid).is_ok()
        );
        assert_eq!(Rung::of(Rung::Paid.number()), Some(Rung::Paid));
        assert_eq!((Rung::of(6), Rung::of(-1)), (None, None));
    }
}
