//! What a record states: the values of what was written, checked against the template of its kind. Wrong values are refused with a note at
//! their field; values that are merely hard to believe are flagged elsewhere (`flag`).

use keqiao_base::{Day, Fen, FieldError, ProjectId, coded};
use keqiao_sheet::{Record, folded};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Count, Counts, EvidenceRow, Kind, Need, Taken, Template};

/// The most days that one record may take.
const DAYS_MAX: i64 = 366;

coded! {
    /// What a file shows.
    pub enum FileRole {
        /// 现场照片
        Photo = "photo" => ("现场照片", "Photo"),
        /// 签到表、名单
        SignIn = "sign_in" => ("签到表（名单）", "Sign-in list"),
        /// 合同、通知、总结等
        Document = "document" => ("合同或文件", "Contract or document"),
        /// 付款凭证、发票
        Payment = "payment" => ("付款凭证（发票）", "Proof of payment"),
        /// 其他
        Other = "other" => ("其他", "Other"),
    }
}

impl FileRole {
    /// Whether it is a record that lifts evidence to [`crate::Rung::Filed`]; a photo is not.
    pub const fn is_record(self) -> bool {
        matches!(self, FileRole::SignIn | FileRole::Document | FileRole::Payment)
    }
}

/// A file of a record, by what it contains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// SHA-256, 64 hexadecimal digits.
    pub hash: String,
    /// What it shows.
    pub role: FileRole,
    /// What whoever sent it called it.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// What the camera wrote.
    #[serde(default, skip_serializing_if = "Taken::is_empty")]
    pub taken: Taken,
}

/// What a record states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What happened.
    pub kind: Kind,
    /// What it was called.
    pub title: String,
    /// First day.
    pub started: Day,
    /// Last day; the first one when it took one day.
    pub ended: Day,
    /// Where, in words; may be empty where the kind has no place.
    pub place: String,
    /// The six digits of the region of the place; empty: that of the association.
    pub place_region: String,
    /// Who held it; empty: the association.
    pub held_by: String,
    /// How many.
    pub counts: Counts,
    /// For how much.
    pub money: Fen,
    /// The project that paid for it.
    pub project: Option<ProjectId>,
    /// More, in words.
    pub remark: String,
    /// Its files.
    pub files: Vec<FileNote>,
}

impl Stated {
    /// What a row in its stored form states; project and files are put in by whoever knows them.
    ///
    /// # Errors
    /// The fields that must be corrected, by the keys of [`EvidenceRow`].
    pub fn of(row: &EvidenceRow) -> Result<Stated, Vec<FieldError>> {
        let mut reader = Reader { row, faults: Vec::new() };
        let kind = row.kind.parse::<Kind>();
        let Ok(kind) = kind else {
            reader.fault("kind", "请选择类型。", "Choose a kind.");
            return Err(reader.faults);
        };
        let template = Template::of(kind);
        if row.title.chars().count() < 2 {
            reader.fault("title", "请写明活动名称（至少2个字）。", "Write what it was called (2 characters at least).");
        }
        let (started, ended) = reader.days();
        let counts = reader.counts(&template);
        let money = reader.money(&template);
        if template.place == Need::Must && row.place.is_empty() {
            reader.fault("place", "请填写地点，写到村、单位或场馆。", "Say where: village, body or hall.");
        }
        if kind == Kind::Other && row.remark.chars().count() < 5 {
            reader.fault(
                "remark",
                "类型为“其他”时，请在说明里写清是什么（至少5个字）。",
                "For another kind, say in the remark what it was.",
            );
        }
        match (started, ended) {
            (Some(started), Some(ended)) if reader.faults.is_empty() => Ok(Stated {
                kind,
                title: row.title.clone(),
                started,
                ended,
                place: row.place.clone(),
                place_region: row.place_region.clone(),
                held_by: row.held_by.clone(),
                counts,
                money,
                project: None,
                remark: row.remark.clone(),
                files: Vec::new(),
            }),
            _ => Err(reader.faults),
        }
    }

    /// The row that it would be read from: to fill a form with, to repeat it, to export it.
    pub fn row(&self) -> EvidenceRow {
        let mut row = EvidenceRow {
            kind: self.kind.code().to_owned(),
            title: self.title.clone(),
            started: self.started.code(),
            ended: if self.ended == self.started { String::new() } else { self.ended.code() },
            place: self.place.clone(),
            place_region: self.place_region.clone(),
            held_by: self.held_by.clone(),
            money: if self.money.is_zero() { String::new() } else { self.money.to_string() },
            remark: self.remark.clone(),
            ..EvidenceRow::default()
        };
        self.counts.some().for_each(|(count, value)| row.set(count.code(), value.to_string()));
        row
    }

    /// What two records of the same thing share: title, first day, place, however they are spaced and spelt.
    pub fn twin(&self) -> String {
        folded_key(&[&self.title, &self.started.code(), &self.place])
    }
}

/// A short key of texts in one way of writing; equal texts have equal keys.
pub fn folded_key(texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        let plain: String = folded(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        digest.update(plain.as_bytes());
        digest.update([0]);
    }
    hex::encode(&digest.finalize()[..12])
}

struct Reader<'a> {
    row: &'a EvidenceRow,
    faults: Vec<FieldError>,
}

impl Reader<'_> {
    fn fault(&mut self, field: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.faults.push(FieldError::new(field, zh, en));
    }

    fn days(&mut self) -> (Option<Day>, Option<Day>) {
        let started: Option<Day> = self.row.started.parse().ok();
        let Some(first) = started else {
            self.fault("started", "请填写日期，如 2026-03-02。", "Write the day, like 2026-03-02.");
            return (None, None);
        };
        if first.year() < 2000 {
            self.fault("started", "日期早于2000年，请核对。", "The day is before the year 2000. Check it.");
        }
        let ended = if self.row.ended.is_empty() { Some(first) } else { self.row.ended.parse().ok() };
        match ended {
            None => {
                self.fault("ended", "看不出是哪一天，应如 2026-03-02。", "This is not a day. Write it like 2026-03-02.")
            }
            Some(last) if last < first => {
                self.fault("ended", "结束日期早于开始日期。", "The last day is before the first.");
            }
            Some(last) if first.until(last) >= DAYS_MAX => {
                self.fault(
                    "ended",
                    "一条记录最长一年。请按年份或批次分开登记。",
                    "One record takes a year at most. Divide it.",
                );
            }
            Some(_) => {}
        }
        (started, ended)
    }

    fn counts(&mut self, template: &Template) -> Counts {
        let mut counts = Counts::default();
        for count in Count::ALL {
            let written = self.row.get(count.code());
            let value = if written.is_empty() { Ok(0) } else { written.parse::<i64>() };
            let kind = template.kind.title();
            match (value, template.field(*count)) {
                (Ok(0), None) => {}
                (Ok(0), Some(field)) if !field.must || (!written.is_empty() && *count == Count::Satisfied) => {}
                (Ok(0), Some(_)) => {
                    self.fault(
                        count.code(),
                        format!("请填写{}。", count.title().zh),
                        format!("{} is missing.", count.title().en),
                    );
                }
                (Ok(n @ 1..=1_000_000_000), Some(_)) => counts.set(*count, n),
                (Ok(_), None) => self.fault(
                    count.code(),
                    format!("“{}”不填这一项。请清空，或者改选类型。", kind.zh),
                    format!("{} has no such number. Clear it, or choose another kind.", kind.en),
                ),
                _ => self.fault(
                    count.code(),
                    "请填整数，不带单位，最大10亿。",
                    "A whole number without a unit, 1,000,000,000 at most.",
                ),
            }
        }
        if counts.get(Count::Satisfied) > counts.get(Count::Valid) {
            self.fault("satisfied", "满意份数多于有效问卷。", "More are satisfied than there are valid answers.");
        }
        if template.kind == Kind::Survey
            && counts.get(Count::Copies) != 0
            && counts.get(Count::Copies) < counts.get(Count::Valid)
        {
            self.fault("valid", "有效问卷多于发放份数。", "There are more valid answers than copies handed out.");
        }
        counts
    }

    fn money(&mut self, template: &Template) -> Fen {
        let written = &self.row.money;
        let money = if written.is_empty() { Ok(Fen::ZERO) } else { Fen::parse(written) };
        match money {
            Err(message) => self.faults.push(FieldError { field: "money".to_owned(), message }),
            Ok(fen) if fen < Fen::ZERO => self.fault("money", "金额不能为负数。", "The amount cannot be negative."),
            Ok(fen) if fen.is_zero() && template.money == Need::Must => {
                self.fault("money", "请填写金额。", "Write the amount.");
            }
            Ok(fen) if !fen.is_zero() && template.money == Need::No => {
                self.fault("money", "这一类型不填金额。请清空。", "This kind has no amount. Clear it.");
            }
            Ok(fen) => return fen,
        }
        Fen::ZERO
    }
}

#[cfg(test)]
#[path = "stated_tests.rs"]
mod tests;
