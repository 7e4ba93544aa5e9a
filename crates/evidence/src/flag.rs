//! What looks wrong about a record, with the reason: copies of what was recorded before, figures that are hard to believe, photos of
//! another day or place. A flag refuses nothing; whoever confirms a flagged record says why it stands. Pure: neighbours are brought here.

use keqiao_base::{Day, EvidenceId, coded};
use keqiao_i18n::Bilingual;
use serde::{Deserialize, Serialize};

use crate::venue::holds;
use crate::{Count, FileRole, Point, Stated, Template};

/// From so many kilometres on, a photo was taken somewhere else.
const FAR_KM: i64 = 50;
/// So many round numbers in a row (this one counted) are noted.
const ROUND_ROW: usize = 5;

coded! {
    /// What looks wrong.
    pub enum FlagKind {
        /// A photo that another record has.
        SamePhoto = "same_photo" => ("照片重复使用", "Photo used elsewhere"),
        /// A sign-in list or document that another record has.
        SameFile = "same_file" => ("签到表或文件重复使用", "File used elsewhere"),
        /// The same title, day and place as another record.
        Twin = "twin" => ("疑似重复登记", "Recorded twice?"),
        /// More than is plausible for the kind.
        Figure = "figure" => ("数量超出常理", "Implausible number"),
        /// More people than the place holds.
        Venue = "venue" => ("人数超出场地容量", "More people than the place holds"),
        /// A photo of another day.
        PhotoDay = "photo_day" => ("照片不是当天拍摄", "Photo of another day"),
        /// A photo of another place.
        PhotoPlace = "photo_place" => ("照片不是当地拍摄", "Photo of another place"),
        /// Round numbers again and again.
        Round = "round" => ("连续填报整数", "Round numbers in a row"),
        /// It has not happened yet.
        Future = "future" => ("日期在登记之后", "Day after it was recorded"),
        /// It took unusually long.
        Long = "long" => ("时间跨度过长", "Unusually long"),
    }
}

/// One thing that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What.
    pub kind: FlagKind,
    /// Why, with the numbers, in both languages.
    pub reason: Bilingual,
    /// The other record, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<EvidenceId>,
}

/// Another record, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Which.
    pub id: EvidenceId,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub started: Day,
}

/// What is known around a record.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Records that have one of its files, by the file's hash.
    pub same_file: Vec<(String, Neighbour)>,
    /// Records with the same title, day and place.
    pub twins: Vec<Neighbour>,
    /// Where photos of the same place were taken before.
    pub points: Vec<Point>,
    /// What was counted as people in the last records of this kind by the same person, newest first.
    pub people_before: Vec<i64>,
}

/// Everything that looks wrong; `today` is the day on which it was recorded.
pub fn flags(stated: &Stated, today: Day, around: &Around) -> Vec<Flag> {
    let mut flags = Vec::new();
    copies(stated, around, &mut flags);
    days(stated, today, &mut flags);
    figures(stated, around, &mut flags);
    photos(stated, around, &mut flags);
    flags
}

fn flag(kind: FlagKind, zh: String, en: String) -> Flag {
    Flag { kind, reason: Bilingual::new(zh, en), other: None }
}

fn copies(stated: &Stated, around: &Around, flags: &mut Vec<Flag>) {
    for file in &stated.files {
        for (_, other) in around.same_file.iter().filter(|(hash, _)| *hash == file.hash) {
            let kind = if file.role == FileRole::Photo { FlagKind::SamePhoto } else { FlagKind::SameFile };
            let (name, title, day) = (&file.name, &other.title, other.started);
            let zh = format!("“{name}”在另一条记录“{title}”（{day}）里用过。");
            let en = format!("“{name}” is also in the record “{title}” ({day}).");
            flags.push(Flag { other: Some(other.id), ..flag(kind, zh, en) });
        }
    }
    for other in &around.twins {
        let zh = format!("与“{}”（{}）的名称、日期、地点都相同。", other.title, other.started);
        let en = format!("Title, day and place are those of “{}” ({}).", other.title, other.started);
        flags.push(Flag { other: Some(other.id), ..flag(FlagKind::Twin, zh, en) });
    }
}

fn days(stated: &Stated, today: Day, flags: &mut Vec<Flag>) {
    if stated.started > today {
        let zh = format!("开始日期 {} 在登记日 {today} 之后，还没有发生。", stated.started);
        let en = format!("It begins on {}, after it was recorded ({today}).", stated.started);
        flags.push(flag(FlagKind::Future, zh, en));
    }
    let (days, usual) = (stated.started.until(stated.ended) + 1, Template::of(stated.kind).days);
    if days > usual {
        let kind = stated.kind.title();
        let zh = format!("持续 {days} 天；{}一般不超过 {usual} 天。", kind.zh);
        let en = format!("It took {days} days; {} takes {usual} at most as a rule.", kind.en.to_lowercase());
        flags.push(flag(FlagKind::Long, zh, en));
    }
}

fn figures(stated: &Stated, around: &Around, flags: &mut Vec<Flag>) {
    let template = Template::of(stated.kind);
    let sessions = stated.counts.get(Count::Sessions).max(1);
    for field in template.counts {
        let value = stated.counts.get(field.count);
        // Sessions, works and items are themselves numbers of occasions; the others are per session where sessions are counted.
        let occasions =
            if field.count == Count::Sessions || template.field(Count::Sessions).is_none() { 1 } else { sessions };
        let bound = field.plausible.saturating_mul(occasions);
        if value > bound {
            let (name, kind) = (field.count.title(), stated.kind.title());
            let zh = format!("{} {value} 超出常见上限 {bound}（{}，{occasions} 场计）。", name.zh, kind.zh);
            let en = format!(
                "{}: {value}, more than the usual {bound} ({}, for {occasions}).",
                name.en,
                kind.en.to_lowercase()
            );
            flags.push(flag(FlagKind::Figure, zh, en));
        }
    }
    let people = stated.counts.get(Count::People);
    if let Some((venue, seats)) = holds(&stated.place).filter(|(_, seats)| people > seats.saturating_mul(sessions)) {
        let each = people / sessions;
        let zh = format!("平均每场 {each} 人，地点名称里的“{venue}”一般最多容纳 {seats} 人。");
        let en = format!("{each} people a session; “{venue}” holds {seats} as a rule.");
        flags.push(flag(FlagKind::Venue, zh, en));
    }
    round(people, &around.people_before, flags);
}

/// Whether a number looks as if nobody counted: 50, 100, 150 …
fn is_round(n: i64) -> bool {
    n >= 50 && n % 50 == 0
}

fn round(people: i64, before: &[i64], flags: &mut Vec<Flag>) {
    let row = before.iter().take_while(|n| is_round(**n)).count() + 1;
    if is_round(people) && row >= ROUND_ROW {
        let zh = format!("同一人连续 {row} 条同类记录的人次都是50的倍数，请核对是否清点过。");
        let en = format!("{row} records of this kind by the same person in a row have multiples of 50 as people.");
        flags.push(flag(FlagKind::Round, zh, en));
    }
}

fn photos(stated: &Stated, around: &Around, flags: &mut Vec<Flag>) {
    let known = Point::middle(&around.points);
    for file in stated.files.iter().filter(|f| f.role == FileRole::Photo) {
        if let Some(day) = file.taken.day.filter(|day| *day < stated.started || *day > stated.ended) {
            let zh = format!("“{}”拍摄于 {day}，不在活动日期内。", file.name);
            let en = format!("“{}” was taken on {day}, not on a day of the event.", file.name);
            flags.push(flag(FlagKind::PhotoDay, zh, en));
        }
        let away = file.taken.point.zip(known).map(|(here, there)| here.km(there)).filter(|km| *km > FAR_KM);
        if let Some(km) = away {
            let zh = format!("“{}”的拍摄位置离该地点以往的照片约 {km} 公里。", file.name);
            let en = format!("“{}” was taken some {km} km from earlier photos of this place.", file.name);
            flags.push(flag(FlagKind::PhotoPlace, zh, en));
        }
    }
}

#[cfg(test)]
#[path = "flag_tests.rs"]
mod tests;
