//! What the exchange looks like to programs.

use std::collections::BTreeMap;

use keqiao_app::exchange::{Card, ListingForm, Match, Matches, Results, Shown, Submitted};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::clarity::Line;
use keqiao_exchange::fit::Reason;
use keqiao_exchange::listing::Cells;
use keqiao_i18n::Bilingual;
use keqiao_store::PageRequest;
use keqiao_store::exchange::listing::Listing;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::next_page;

/// The note from which a form was filled: nobody else's business.
const NOTE: &str = "note";

/// What is looked for; each value may be named by its code, and be sent more than once.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query; it is read as the page reads its own")]
pub(super) struct Which {
    /// 关键词 · Words.
    #[param(max_length = 200)]
    q: Option<String>,
    /// offer, demand, question
    kind: Option<String>,
    /// 行政区划代码，含下辖 · Region and below.
    region: Option<String>,
    /// GB/T 13745
    discipline: Option<String>,
    /// GB/T 4754
    industry: Option<String>,
    /// 技术领域代码 · Code of the technology field.
    technology: Option<String>,
    /// 成果形态 · Form of an offer.
    form: Option<String>,
    /// 成熟度 · Maturity.
    maturity: Option<String>,
}

/// 一条供需信息的要目 · What a list says of a listing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ListingJson {
    id: String,
    /// offer, demand, question
    kind: String,
    /// 标题 · Title.
    title: String,
    /// 所在地区 · Region.
    region: String,
    /// draft, waiting, returned, listed, frozen, expired, archived
    state: String,
    /// 发布者 · Whose it is.
    owner: String,
    discipline: String,
    industry: String,
    technology: String,
    /// 清晰度，0至100 · Clarity.
    clarity: i32,
    /// 版次 · Version that is listed.
    version: i32,
    /// 最近确认时间 · Last confirmed.
    confirmed_at: Option<String>,
    /// 有效期至 · Last day.
    valid_until: Option<String>,
    /// 修订号 · Counts changes.
    revision: i32,
}

impl From<Listing> for ListingJson {
    fn from(l: Listing) -> ListingJson {
        ListingJson {
            id: l.id.to_string(),
            kind: l.kind.to_string(),
            title: l.title,
            region: l.region.to_string(),
            state: l.state.to_string(),
            owner: l.owner,
            discipline: l.discipline,
            industry: l.industry,
            technology: l.technology,
            clarity: l.clarity,
            version: l.version,
            confirmed_at: l.confirmed_at.map(|at| at.iso()),
            valid_until: l.valid_until.map(|day| day.to_string()),
            revision: l.revision,
        }
    }
}

/// 检索到的一条 · A listing that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HitJson {
    listing: ListingJson,
    /// 摘要 · The part of its text that answers.
    excerpt: String,
}

impl From<Card> for HitJson {
    fn from(card: Card) -> HitJson {
        let excerpt = card.excerpt.into_iter().map(|piece| piece.text).collect();
        HitJson { listing: card.listing.into(), excerpt }
    }
}

/// 检索结果 · What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundJson {
    items: Vec<HitJson>,
    /// 共有多少条 · How many there are; of a search the first 300 can be read.
    total: u64,
    /// 各筛选项的条数 · How many have each value, by facet.
    facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// 已更正的用词 · Words that were put right.
    corrections: BTreeMap<String, String>,
    /// 下一段的游标 · Cursor of the next piece; null at the end.
    next: Option<String>,
}

impl FoundJson {
    pub(super) fn of(found: Results, request: PageRequest) -> FoundJson {
        let facets = found.facets.into_iter().filter(|(facet, _)| facet != "owner");
        FoundJson {
            items: found.cards.into_iter().map(HitJson::from).collect(),
            total: found.total,
            facets: facets.map(|(facet, values)| (facet, values.into_iter().collect())).collect(),
            corrections: found.corrections.into_iter().collect(),
            next: next_page(request, found.reachable),
        }
    }
}

/// 清晰度的一项 · A line of the clarity.
#[derive(Debug, Serialize, ToSchema)]
struct LineJson {
    zh: String,
    en: String,
    points: u32,
    of: u32,
    /// 怎样写得更清楚 · What to do for the rest.
    hint: Option<HintJson>,
}

/// 中英文各一份 · In both languages.
#[derive(Debug, Serialize, ToSchema)]
struct HintJson {
    zh: String,
    en: String,
}

impl From<Bilingual> for HintJson {
    fn from(Bilingual { zh, en }: Bilingual) -> HintJson {
        HintJson { zh, en }
    }
}

impl From<Line> for LineJson {
    fn from(line: Line) -> LineJson {
        let (zh, en) = (line.part.zh.to_owned(), line.part.en.to_owned());
        LineJson { zh, en, points: line.points, of: line.of, hint: line.hint.map(HintJson::from) }
    }
}

/// 一条供需信息 · A listing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ListingWhole {
    listing: ListingJson,
    /// 各栏内容 · Fields as they were typed.
    values: BTreeMap<String, String>,
    /// 合作方式 · Ways to work together.
    modes: Vec<String>,
    /// 清晰度各项 · Clarity line by line.
    clarity: Vec<LineJson>,
    /// 送审原因，仅发布者和审核人可见 · What made an officer look.
    risks: Vec<String>,
}

impl From<Shown> for ListingWhole {
    fn from(s: Shown) -> ListingWhole {
        let typed = s.cells.0.into_iter().filter(|(key, _)| s.keeps || key != NOTE);
        let (modes, values): (Vec<_>, Vec<_>) = typed.partition(|(key, _)| key == "mode");
        ListingWhole {
            listing: s.listing.into(),
            values: values.into_iter().collect(),
            modes: modes.into_iter().map(|(_, mode)| mode).collect(),
            clarity: s.clarity.into_iter().map(LineJson::from).collect(),
            risks: s.risks.iter().map(ToString::to_string).collect(),
        }
    }
}

/// 要发布的内容 · What is published.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SentJson {
    /// offer, demand, question
    kind: String,
    /// own、visit、call 等；不填为本人发布 · How it came about; own when absent.
    #[serde(default)]
    source: String,
    /// 代为发布时的姓名 · For whom, by name.
    #[serde(default)]
    owner: String,
    /// 代为发布时对方的登录名 · For whom, by login.
    #[serde(default)]
    login: String,
    /// 所在地区的名称或代码 · Name or code of the region.
    #[serde(default)]
    region: String,
    /// 联系电话，双方有意后可见 · Shown after mutual interest only.
    #[serde(default)]
    phone: String,
    /// 各栏：title、keywords、discipline、industry、technology；所能 solves、scenes、form、maturity、price_from、promises 等；所需 situation、
    /// problem、criteria、constraints、budget_from、budget_to、deadline 等 · Fields as in the form.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// 合作方式 · Ways to work together.
    #[serde(default)]
    modes: Vec<String>,
}

impl SentJson {
    /// As the form of the page.
    ///
    /// # Errors
    /// When kind or source are none.
    pub(super) fn form(self) -> Result<ListingForm, Refusal> {
        let choose = |field: &'static str| {
            move |_| Refusal::field("listing.invalid", field, "请从列表中选择。", "Choose from the list.")
        };
        let source = if self.source.is_empty() { "own" } else { &self.source };
        let modes = self.modes.into_iter().map(|mode| ("mode".to_owned(), mode));
        Ok(ListingForm {
            kind: self.kind.parse().map_err(choose("kind"))?,
            source: source.parse().map_err(choose("source"))?,
            owner: self.owner,
            login: self.login,
            region: self.region,
            phone: self.phone,
            cells: Cells(self.values.into_iter().filter(|(key, _)| key != "mode").chain(modes).collect()),
        })
    }
}

/// 提交的结果 · What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubmittedJson {
    /// listed, waiting
    state: String,
    /// 送审原因 · What an officer is asked to look at.
    risks: Vec<String>,
}

impl From<Submitted> for SubmittedJson {
    fn from(s: Submitted) -> SubmittedJson {
        SubmittedJson { state: s.state.to_string(), risks: s.risks.iter().map(ToString::to_string).collect() }
    }
}

/// 一条理由 · A reason.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonJson {
    /// criterion, field, place, maturity, price, time, capacity, mode, deals
    part: String,
    /// 正为相合，负为不合 · For it above 0, against it below.
    points: i32,
    zh: String,
    en: String,
}

impl From<Reason> for ReasonJson {
    fn from(r: Reason) -> ReasonJson {
        let Bilingual { zh, en } = r.words;
        ReasonJson { part: r.part.to_string(), points: r.points, zh, en }
    }
}

/// 一条匹配 · A match.
#[derive(Debug, Serialize, ToSchema)]
struct MatchJson {
    place: usize,
    /// 排序所依据的分值 · What it is ordered by.
    points: i32,
    listing: ListingJson,
    excerpt: String,
    /// 共同的用词 · Terms that both have.
    shared: Vec<String>,
    /// 未提及的用词 · Terms that it does not have.
    missing: Vec<String>,
    /// 用词覆盖，百分数 · How much its words answer, in per cent.
    covered: i32,
    /// 语义相近，百分数 · Likeness of meaning; null without a model.
    likeness: Option<i32>,
    reasons: Vec<ReasonJson>,
}

impl From<Match> for MatchJson {
    fn from(m: Match) -> MatchJson {
        let HitJson { listing, excerpt } = m.card.into();
        MatchJson {
            place: m.place,
            points: m.points,
            listing,
            excerpt,
            shared: m.shared.into_iter().map(|s| s.term).collect(),
            missing: m.missing,
            covered: m.covered,
            likeness: m.likeness,
            reasons: m.reasons.into_iter().map(ReasonJson::from).collect(),
        }
    }
}

/// 匹配结果 · The matches of a listing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatchesJson {
    /// 匹配到的是 offer 还是 demand · Of which kind the matches are.
    kind: String,
    items: Vec<MatchJson>,
}

impl From<Matches> for MatchesJson {
    fn from(m: Matches) -> MatchesJson {
        MatchesJson { kind: m.kind.to_string(), items: m.found.into_iter().map(MatchJson::from).collect() }
    }
}

/// 对匹配的评价 · What is said of a match.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct JudgementJson {
    /// 是否有用 · Whether it is of use.
    pub(super) useful: bool,
    /// 不合适的原因 · Why not, from the list.
    #[serde(default)]
    pub(super) reason: String,
}

/// 意向 · An interest.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct InterestJson {
    /// 想怎么合作 · What one has in mind.
    pub(super) words: String,
    /// 联系电话，双方有意后可见 · Shown after mutual interest only.
    #[serde(default)]
    pub(super) phone: String,
    /// 随附的本人信息 · One's own listing that goes with it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) own: Option<ListingId>,
}
