//! Which reports and findings the query of a page chooses, the options of its filters, and the choice in words.

use keqiao_access::Actor;
use keqiao_app::desk;
use keqiao_app::{AppResult, Ctx};
use keqiao_base::AccountId;
use keqiao_facts::ReportKind;
use keqiao_i18n::{Fixed, Lang};
use keqiao_proofread::wording;
use keqiao_store::desk::finding::{FindingFilter, FindingLevel, FindingState};
use keqiao_store::desk::report::{CheckState, ReportFilter};

use crate::listing::Listing;
use crate::view::View;

/// Code and title, for a field that chooses.
pub(super) type Options = Vec<(String, String)>;

/// The reports that a list chooses.
pub(super) fn reports(list: &Listing) -> ReportFilter {
    let words = |key: &str| {
        Some(list.get(key).chars().filter(|c| !c.is_control()).take(100).collect::<String>()).filter(|w| !w.is_empty())
    };
    ReportFilter {
        regions: Vec::new(),
        entity: words("q"),
        year: list.get("year").parse().ok(),
        kind: words("kind"),
        state: list.get("check").parse().ok(),
        open: list.get("open") == "1",
    }
}

/// The findings that a list chooses.
pub(super) fn findings(list: &Listing, actor: &Actor) -> FindingFilter {
    let mine = |who: &str| if who == "me" { actor.account() } else { who.parse::<AccountId>().ok() };
    FindingFilter {
        reports: reports(list),
        report: list.get("report").parse().ok(),
        // Codes are a letter and digits; anything else finds nothing.
        code: Some(list.get("rule").to_ascii_uppercase())
            .filter(|c| !c.is_empty() && c.bytes().all(|b| b.is_ascii_alphanumeric())),
        level: list.get("level").parse().ok(),
        state: list.get("state").parse().ok(),
        assignee: mine(list.get("assignee")),
    }
}

/// How the list is sorted, and whether downwards; `other` when it names no such order.
pub(super) fn sort<T: std::str::FromStr>(list: &Listing, other: T) -> (T, bool) {
    let (name, down) = list.sort().strip_prefix('-').map_or((list.sort(), false), |name| (name, true));
    (name.parse().unwrap_or(other), down)
}

/// The options of the filters.
#[derive(Debug)]
pub(super) struct Filters {
    pub(super) years: Options,
    pub(super) kinds: Options,
    pub(super) levels: Options,
    pub(super) states: Options,
    pub(super) checks: Options,
}

impl Filters {
    /// The options for who asks.
    pub(super) async fn of(ctx: &Ctx, actor: &Actor, v: &View) -> AppResult<Filters> {
        let titled = |code: &str, title: Fixed| (code.to_owned(), v.f(title).to_owned());
        let years = desk::years(ctx, actor).await?;
        Ok(Filters {
            years: years.into_iter().map(|y| (y.to_string(), y.to_string())).collect(),
            kinds: ReportKind::ALL.iter().map(|k| titled(k.word(), wording::kind(*k))).collect(),
            levels: FindingLevel::ALL.iter().map(|l| titled(l.code(), l.title())).collect(),
            states: FindingState::ALL.iter().map(|s| titled(s.code(), s.title())).collect(),
            checks: CheckState::ALL.iter().map(|s| titled(s.code(), s.title())).collect(),
        })
    }
}

/// The kind of a report in words.
pub(super) fn kind(word: &str) -> Fixed {
    wording::kind(ReportKind::named(word).unwrap_or_default())
}

/// The choice in words, for the head of a ledger.
pub(super) fn in_words(list: &Listing, lang: Lang) -> String {
    let of = |key: &str, zh: &str, en: &str, value: String| match (list.get(key).is_empty(), lang) {
        (true, _) => None,
        (false, Lang::Zh) => Some(format!("{zh}：{value}")),
        (false, Lang::En) => Some(format!("{en}: {value}")),
    };
    let title = |found: Option<Fixed>| found.map_or_else(String::new, |t| t.get(lang).to_owned());
    let level = list.get("level").parse::<FindingLevel>().ok().map(FindingLevel::title);
    let state = list.get("state").parse::<FindingState>().ok().map(FindingState::title);
    let parts = [
        of("q", "单位", "body", list.get("q").to_owned()),
        of("year", "年度", "year", list.get("year").to_owned()),
        of("kind", "种类", "kind", kind(list.get("kind")).get(lang).to_owned()),
        of("rule", "规则", "rule", list.get("rule").to_owned()),
        of("level", "级别", "level", title(level)),
        of("state", "状态", "state", title(state)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(if lang == Lang::Zh { "，" } else { ", " })
}
