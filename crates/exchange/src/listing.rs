//! What a listing says (`exchange.md` 1.8): fields as they were typed, read into their types with everything that is wrong. Drafts keep what
//! was typed; only what is handed in must be sound.

use keqiao_base::{Day, Fen, FieldError};
use keqiao_i18n::Bilingual;
use serde::{Deserialize, Serialize};

use crate::choice::{Cooperation, ListingKind, Maturity, OfferForm};
use crate::place::Reach;
use crate::refine::{Budget, Criterion, Parts, criterion};

/// Characters of a title.
pub const TITLE_CHARS: std::ops::RangeInclusive<usize> = 4..=60;
/// The most characters of a longer text.
pub const TEXT_CHARS_MAX: usize = 3_000;
/// The most key words, and the most characters of one.
pub const KEYWORDS_MAX: usize = 5;
const KEYWORD_CHARS_MAX: usize = 20;
/// The most acceptance criteria.
pub const CRITERIA_MAX: usize = 10;

/// Fields as they were typed, in their order: what a draft keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cells(pub Vec<(String, String)>);

impl Cells {
    /// The first value of a field; empty when it was not sent.
    pub fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.trim())
    }

    /// Puts a value in the place of whatever the field had.
    pub fn set(&mut self, key: &str, value: &str) {
        self.0.retain(|(k, _)| k != key);
        self.0.push((key.to_owned(), value.to_owned()));
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// What every listing says, and what only its kind does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// One line.
    pub title: String,
    /// At most [`KEYWORDS_MAX`].
    pub keywords: Vec<String>,
    /// Code of GB/T 13745; empty when nobody chose one.
    pub discipline: String,
    /// Code of GB/T 4754; empty when nobody chose one.
    pub industry: String,
    /// Code of the technology field; empty when nobody chose one.
    pub technology: String,
    /// How both may work together.
    pub modes: Vec<Cooperation>,
    /// By kind.
    pub detail: Detail,
}

/// What only one kind says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// 所能
    Offer(Box<Offer>),
    /// 所需
    Demand(Box<Demand>),
    /// 科普所需
    Question(Question),
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is offered.
    pub form: OfferForm,
    /// The problem that it solves.
    pub solves: String,
    /// Where it is of use.
    pub scenes: String,
    /// How ripe it is.
    pub maturity: Option<Maturity>,
    /// What proves that.
    pub proof: String,
    /// How it compares with what is done today.
    pub comparison: String,
    /// Whose it is; the number of a patent.
    pub rights: String,
    /// What one gets.
    pub delivers: String,
    /// Days until then.
    pub days: Option<u32>,
    /// What it costs.
    pub price: Option<Budget>,
    /// How far it goes.
    pub reach: Reach,
    /// Hours a month.
    pub hours: Option<u32>,
    /// How many at a time.
    pub places: Option<u32>,
    /// Who does it.
    pub team: String,
    /// Numbers that are promised.
    pub promises: Vec<Criterion>,
}

/// A demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Situation, problem, criteria, constraints, budget, deadline.
    pub parts: Parts,
    /// How ripe it must be.
    pub maturity: Option<Maturity>,
    /// Whether an officer is to look after it (托管).
    pub entrusted: bool,
}

/// A question of a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// In more words.
    pub words: String,
    /// For whom.
    pub audience: String,
    /// Where.
    pub place: String,
    /// When.
    pub time: String,
    /// How to answer.
    pub channel: String,
}

/// Reads fields one after the other and collects what is wrong.
struct Reader<'a> {
    cells: &'a Cells,
    faults: Vec<FieldError>,
}

impl Reader<'_> {
    fn fault(&mut self, field: &str, message: impl Into<Bilingual>) {
        self.faults.push(FieldError { field: field.to_owned(), message: message.into() });
    }

    /// Without signs that nobody sees; a fault when it is longer than that.
    fn text(&mut self, field: &str, most: usize) -> String {
        let kept: String = self.cells.get(field).chars().filter(|c| !c.is_control() || *c == '\n').collect();
        if kept.chars().count() > most {
            let (zh, en) = (format!("最多 {most} 字，请删减。"), format!("At most {most} characters. Shorten it."));
            self.fault(field, Bilingual::new(zh, en));
        }
        kept.trim().to_owned()
    }

    fn needed(&mut self, field: &str, zh: &str, en: &str) -> String {
        let text = self.text(field, TEXT_CHARS_MAX);
        if text.is_empty() {
            self.fault(field, Bilingual::new(zh, en));
        }
        text
    }

    fn chosen<T: std::str::FromStr>(&mut self, field: &str) -> Option<T> {
        let text = self.cells.get(field);
        let found = text.parse().ok();
        if found.is_none() && !text.is_empty() {
            self.fault(field, Bilingual::new("请从列表中选择。", "Choose from the list."));
        }
        found
    }

    fn number(&mut self, field: &str, most: u32) -> Option<u32> {
        let text = self.cells.get(field);
        let found = text.parse().ok().filter(|n| (1..=most).contains(n));
        if found.is_none() && !text.is_empty() {
            let (zh, en) = (format!("请填写1至{most}的整数。"), format!("A whole number from 1 to {most}."));
            self.fault(field, Bilingual::new(zh, en));
        }
        found
    }

    fn day(&mut self, field: &str) -> Option<Day> {
        let text = self.cells.get(field);
        let found = text.parse().ok();
        if found.is_none() && !text.is_empty() {
            self.fault(field, Bilingual::new("请按 2027-06-30 的样子填写日期。", "A day such as 2027-06-30."));
        }
        found
    }

    fn money(&mut self, field: &str) -> Option<Fen> {
        let text = self.cells.get(field);
        if text.is_empty() {
            return None;
        }
        match Fen::parse(text) {
            Ok(fen) if fen > Fen::ZERO => Some(fen),
            Ok(_) => {
                self.fault(field, Bilingual::new("金额应大于零。", "More than nothing."));
                None
            }
            Err(message) => {
                self.fault(field, message);
                None
            }
        }
    }

    /// Two amounts; either stands for both when the other is left open.
    fn range(&mut self, from: &str, to: &str) -> Option<Budget> {
        let (low, high) = (self.money(from), self.money(to));
        let range = low.or(high).map(|either| Budget { from: low.unwrap_or(either), to: high.unwrap_or(either) });
        if range.is_some_and(|r| r.from > r.to) {
            self.fault(to, Bilingual::new("上限不应低于下限。", "The upper end is below the lower."));
        }
        range
    }

    /// One criterion a line: `含水率 ≤ 14 %`.
    fn criteria(&mut self, field: &str) -> Vec<Criterion> {
        let text = self.text(field, TEXT_CHARS_MAX);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        if lines.len() > CRITERIA_MAX {
            let (zh, en) = (format!("最多 {CRITERIA_MAX} 项。"), format!("At most {CRITERIA_MAX}."));
            self.fault(field, Bilingual::new(zh, en));
        }
        let mut read = Vec::new();
        for line in lines.into_iter().take(CRITERIA_MAX) {
            match criterion(&crate::refine::folded(line)) {
                Some(found) => read.push(found),
                None => {
                    let zh = format!("“{line}”不是一项指标：请写名称、方向、数值、单位，如“含水率 ≤ 14 %”。");
                    let en = format!("“{line}” is no criterion: name, side, number, unit, such as “moisture ≤ 14 %”.");
                    self.fault(field, Bilingual::new(zh, en));
                }
            }
        }
        read
    }

    fn keywords(&mut self) -> Vec<String> {
        let text = self.text("keywords", 200);
        let words: Vec<String> = text
            .split([',', '，', '、', ';', '；', ' ', '\u{3000}', '\n'])
            .map(str::trim)
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        if words.len() > KEYWORDS_MAX || words.iter().any(|w| w.chars().count() > KEYWORD_CHARS_MAX) {
            let zh = format!("最多 {KEYWORDS_MAX} 个，每个不超过 {KEYWORD_CHARS_MAX} 字。");
            let en = format!("At most {KEYWORDS_MAX}, each of at most {KEYWORD_CHARS_MAX} characters.");
            self.fault("keywords", Bilingual::new(zh, en));
        }
        words
    }

    fn offer(&mut self) -> Offer {
        Offer {
            form: self.chosen("form").unwrap_or(OfferForm::Capability),
            solves: self.needed(
                "solves",
                "请写明能解决什么问题：这是对方最先看的。",
                "Say which problem it solves: it is what the other side reads first.",
            ),
            scenes: self.text("scenes", TEXT_CHARS_MAX),
            maturity: self.chosen("maturity"),
            proof: self.text("proof", TEXT_CHARS_MAX),
            comparison: self.text("comparison", TEXT_CHARS_MAX),
            rights: self.text("rights", 300),
            delivers: self.text("delivers", TEXT_CHARS_MAX),
            days: self.number("days", 3_650),
            price: self.range("price_from", "price_to"),
            reach: self.chosen("reach").unwrap_or(Reach::Country),
            hours: self.number("hours", 744),
            places: self.number("places", 1_000),
            team: self.text("team", 300),
            promises: self.criteria("promises"),
        }
    }

    fn demand(&mut self) -> Demand {
        Demand {
            parts: Parts {
                situation: self.text("situation", TEXT_CHARS_MAX),
                problem: self.needed("problem", "请写明要解决的难题。", "Say what is to be solved."),
                criteria: self.criteria("criteria"),
                constraints: {
                    let text = self.text("constraints", TEXT_CHARS_MAX);
                    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
                },
                budget: self.range("budget_from", "budget_to"),
                deadline: self.day("deadline"),
            },
            maturity: self.chosen("maturity"),
            entrusted: !self.cells.get("entrusted").is_empty(),
        }
    }
}

impl Content {
    /// Reads the fields, with everything that is wrong about them.
    pub fn read(kind: ListingKind, cells: &Cells) -> (Content, Vec<FieldError>) {
        let mut r = Reader { cells, faults: Vec::new() };
        let title = r.text("title", *TITLE_CHARS.end());
        if title.chars().count() < *TITLE_CHARS.start() {
            r.fault("title", Bilingual::new("请写标题，至少4个字。", "Give it a title of at least four characters."));
        }
        let content = Content {
            title,
            keywords: r.keywords(),
            discipline: r.text("discipline", 20),
            industry: r.text("industry", 20),
            technology: r.text("technology", 20),
            modes: cells.all("mode").filter_map(|m| m.parse().ok()).collect(),
            detail: match kind {
                ListingKind::Offer => Detail::Offer(Box::new(r.offer())),
                ListingKind::Demand => Detail::Demand(Box::new(r.demand())),
                ListingKind::Question => Detail::Question(Question {
                    words: r.text("words", TEXT_CHARS_MAX),
                    audience: r.text("audience", 100),
                    place: r.text("place", 100),
                    time: r.text("time", 100),
                    channel: r.text("channel", 100),
                }),
            },
        };
        (content, r.faults)
    }

    /// Its offer.
    pub fn offer(&self) -> Option<&Offer> {
        if let Detail::Offer(offer) = &self.detail { Some(offer) } else { None }
    }

    /// Its demand.
    pub fn demand(&self) -> Option<&Demand> {
        if let Detail::Demand(demand) = &self.detail { Some(demand) } else { None }
    }

    /// What it says besides its title, as it is found and compared.
    pub fn body(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        match &self.detail {
            Detail::Offer(o) => parts.extend([&*o.solves, &o.scenes, &o.comparison, &o.delivers, &o.proof]),
            Detail::Demand(d) => {
                parts.extend([&*d.parts.problem, &d.parts.situation]);
                parts.extend(d.parts.constraints.iter().map(String::as_str));
            }
            Detail::Question(q) => parts.extend([&*q.words, &q.audience]),
        }
        let keywords = self.keywords.join("、");
        parts.push(&keywords);
        let criteria = match &self.detail {
            Detail::Offer(o) => o.promises.as_slice(),
            Detail::Demand(d) => d.parts.criteria.as_slice(),
            Detail::Question(_) => &[],
        };
        let criteria: Vec<String> = criteria.iter().map(Criterion::to_string).collect();
        parts.extend(criteria.iter().map(String::as_str));
        parts.retain(|p| !p.is_empty());
        parts.join("。")
    }

    /// How a refined note fills the form of a demand.
    pub fn cells_of(parts: &Parts) -> Cells {
        let mut cells = vec![
            ("situation".to_owned(), parts.situation.clone()),
            ("problem".to_owned(), parts.problem.clone()),
            ("criteria".to_owned(), lines(&parts.criteria)),
            ("constraints".to_owned(), parts.constraints.join("\n")),
        ];
        if let Some(budget) = parts.budget {
            cells.push(("budget_from".to_owned(), budget.from.yuan()));
            cells.push(("budget_to".to_owned(), budget.to.yuan()));
        }
        if let Some(day) = parts.deadline {
            cells.push(("deadline".to_owned(), day.to_string()));
        }
        Cells(cells)
    }
}

fn lines(criteria: &[Criterion]) -> String {
    criteria.iter().map(Criterion::to_string).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(pairs: &[(&str, &str)]) -> Cells {
        Cells(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_refined_note_goes_into_the_form_and_comes_back_the_same() {
        let today = Day::new(2026, 11, 21).unwrap();
        let note = "合作社有两条烘干线，烘干太费气，每吨耗气不超过25方，含水率不超过14%，不能停产，预算8到10万元，明年6月底前完成";
        let parts = crate::refine::refine(note, today);
        let mut sent = Content::cells_of(&parts);
        sent.0.push(("title".to_owned(), "烘干线耗气偏高".to_owned()));
        let (content, faults) = Content::read(ListingKind::Demand, &sent);
        assert_eq!(faults, []);
        assert_eq!(content.demand().unwrap().parts, parts);
        assert!(content.body().contains("含水率 ≤ 14 %"), "{}", content.body());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let sent = cells(&[
            ("title", "短"),
            ("solves", ""),
            ("price_from", "九"),
            ("price_to", "-3"),
            ("hours", "0"),
            ("promises", "很好\n含水率 ≤ 13.5 %"),
            ("keywords", "一 二 三 四 五 六"),
            ("form", "magic"),
        ]);
        let (content, faults) = Content::read(ListingKind::Offer, &sent);
        let fields: Vec<&str> = faults.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["title", "keywords", "form", "solves", "price_from", "price_to", "hours", "promises"]);
        assert_eq!(content.offer().unwrap().promises.len(), 1);
    }

    #[test]
    fn an_offer_says_what_it_is_found_by() {
        let sent = cells(&[
            ("title", "谷物烘干节能改造"),
            ("form", "service"),
            ("solves", "烘干耗气高"),
            ("price_from", "3万元"),
            ("mode", "consulting"),
            ("mode", "nonsense"),
            ("keywords", "烘干、余热回收"),
        ]);
        let (content, faults) = Content::read(ListingKind::Offer, &sent);
        assert_eq!(faults, []);
        let offer = content.offer().unwrap();
        assert_eq!(offer.price, Some(Budget { from: Fen::new(3_000_000), to: Fen::new(3_000_000) }));
        assert_eq!(content.modes, [Cooperation::Consulting]);
        assert_eq!(content.body(), "烘干耗气高。烘干、余热回收");
    }
}
