//! The page of a listing as whoever looks may see it, and the versions of it.

use askama::Template;
use axum::extract::{Path, State};
use keqiao_access::may;
use keqiao_app::exchange::{self, Round, Shown};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::{
    DeclineReason, InterestState, ListingAct, ListingKind, ReportReason, ReportState, ReturnReason,
};
use keqiao_exchange::clarify::{DUE_DAYS, Lateness, RoundState, may_be_answered, may_be_asked, suggested};
use keqiao_exchange::classify::Field;
use keqiao_exchange::disclosure::Layer;
use keqiao_exchange::listing::Content;
use keqiao_i18n::Bilingual;
use keqiao_store::exchange::interest::Interest;
use keqiao_store::exchange::listing::ListingVersion;

use super::publish::class_name;
use super::{card, state_tone};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::Key;
use crate::pages::{options, page_with};
use crate::received::Received;
use crate::state::App;
use crate::view::View;

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "exchange/listing.html")]
struct Page {
    v: View,
    faults: Faults,
    typed: Received,
    s: Shown,
    facts: Vec<(&'static str, String)>,
    texts: Vec<(&'static str, String)>,
    reported: Options,
    returned: Options,
    declines: Options,
    layers: Options,
    suggested: Vec<Bilingual>,
    due: String,
    signed: bool,
    me: Option<keqiao_base::AccountId>,
}

impl Page {
    fn path(&self, end: &str) -> String {
        format!("/exchange/listings/{}{end}", self.s.listing.id)
    }

    fn is(&self, code: &str) -> bool {
        self.s.listing.state.code() == code
    }

    fn tone(&self) -> &'static str {
        state_tone(self.s.listing.state)
    }

    fn place(&self) -> String {
        self.s.listing.region.full_name()
    }

    fn confirmed(&self) -> String {
        card::confirmed(&self.s.listing)
    }

    fn on_behalf(&self) -> bool {
        self.s.listing.source != keqiao_exchange::choice::ListingSource::Own
    }

    /// Why it was returned or frozen.
    fn reason(&self) -> &'static str {
        let code = self.s.listing.reason.as_deref().unwrap_or_default();
        let returned = code.parse::<ReturnReason>().ok().map(|r| r.title());
        let frozen = code.parse::<ReportReason>().ok().map(|r| r.title());
        let title = if self.is("frozen") { frozen } else { returned };
        title.map_or("", |t| self.v.f(t))
    }

    fn appealed(&self) -> bool {
        self.s.acts.last().is_some_and(|a| a.act == ListingAct::Appealed)
    }

    /// The interest of who looks.
    fn mine(&self) -> Option<&Interest> {
        self.s.interests.iter().find(|i| Some(i.account_id) == self.me)
    }

    fn may_ask(&self) -> bool {
        self.signed && self.is("listed") && !self.s.keeps && self.mine().is_none()
    }

    fn owes_consent(&self) -> bool {
        self.s.keeps
            && self.s.listing.consent_at.is_none()
            && self.on_behalf()
            && (self.is("waiting") || self.is("draft"))
    }

    /// The round that waits for answers.
    fn round(&self) -> Option<&Round> {
        self.s.rounds.iter().find(|r| r.state == RoundState::Open)
    }

    fn asks(&self) -> bool {
        let demand = self.s.listing.kind == ListingKind::Demand;
        self.s.reviews && demand && may_be_asked(self.s.listing.state) && self.round().is_none()
    }

    fn late(&self, round: &Round) -> bool {
        round.lateness.is_some_and(|l| l > Lateness::InTime)
    }

    fn answers(&self) -> bool {
        self.s.keeps && may_be_answered(self.s.listing.state)
    }

    fn round_tone(&self, round: &Round) -> &'static str {
        match round.state {
            RoundState::Open => "warning",
            RoundState::Answered => "good",
            RoundState::Withdrawn => "quiet",
        }
    }

    fn ticked(&self, question: &str) -> bool {
        self.typed.fields.iter().any(|(key, value)| key == "question" && value == question)
    }

    fn waits(&self, i: &Interest) -> bool {
        i.state == InterestState::Waiting
    }

    fn accepted(&self, i: &Interest) -> bool {
        i.state == InterestState::Accepted
    }

    fn interest_tone(&self, i: &Interest) -> &'static str {
        match i.state {
            InterestState::Waiting => "warning",
            InterestState::Accepted => "good",
            InterestState::Declined | InterestState::Withdrawn => "quiet",
        }
    }

    fn why(&self, i: &Interest) -> String {
        let reason = i.reason.map_or("", |r| self.v.f(r.title()));
        [reason, i.answer.as_str()].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join("：")
    }

    fn report_open(&self, r: &keqiao_store::entity::listing_report::Model) -> bool {
        r.state == ReportState::Open
    }

    fn matches(&self) -> &'static str {
        match self.s.listing.kind {
            ListingKind::Offer => self.v.t("看看谁需要", "Who needs it"),
            _ => self.v.t("看看谁能解决", "Who can do it"),
        }
    }

    fn size(&self, bytes: &i64) -> String {
        format!("{} KB", self.v.count((bytes + 1023) / 1024))
    }
}

/// Short facts, in order, without those that were not said.
fn facts(v: &View, content: &Content) -> Vec<(&'static str, String)> {
    let wan = |b: &keqiao_exchange::refine::Budget| format!("{} {}", b.wan(), v.t("万元", "(10,000 yuan)"));
    let mut facts = Vec::new();
    if let Some(d) = content.demand() {
        facts.push((v.t("预算", "Budget"), d.parts.budget.as_ref().map_or_else(String::new, wan)));
        facts.push((v.t("希望完成", "Wanted by"), d.parts.deadline.map_or_else(String::new, |d| d.to_string())));
        facts.push((v.t("成熟度要求", "Must be"), d.maturity.map_or_else(String::new, |m| v.f(m.title()).to_owned())));
    }
    if let Some(o) = content.offer() {
        facts.push((v.t("类型", "Form"), v.f(o.form.title()).to_owned()));
        facts.push((v.t("成熟度", "Maturity"), o.maturity.map_or_else(String::new, |m| v.f(m.title()).to_owned())));
        facts.push((v.t("价格", "Price"), o.price.as_ref().map_or_else(String::new, wan)));
        facts.push((v.t("交付", "Takes"), o.days.map_or_else(String::new, |d| format!("{d} {}", v.t("天", "days")))));
        facts.push((v.t("可承接", "At a time"), o.places.map_or_else(String::new, |n| n.to_string())));
        facts.push((v.t("每月工时", "Hours a month"), o.hours.map_or_else(String::new, |n| n.to_string())));
        facts.push((v.t("服务范围", "How far"), v.f(o.reach.title()).to_owned()));
        facts.push((v.t("权属", "Rights"), o.rights.clone()));
        facts.push((v.t("团队", "Team"), o.team.clone()));
    }
    let modes: Vec<&str> = content.modes.iter().map(|m| v.f(m.title())).collect();
    facts.push((v.t("合作方式", "Together by"), modes.join(v.t("、", ", "))));
    facts.push((v.t("学科", "Discipline"), class_name(v, Field::Discipline, &content.discipline)));
    facts.push((v.t("行业", "Industry"), class_name(v, Field::Industry, &content.industry)));
    facts.push((v.t("技术领域", "Technology"), class_name(v, Field::Technology, &content.technology)));
    facts.push((v.t("关键词", "Key words"), content.keywords.join(v.t("、", ", "))));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Longer texts, in order, without those that were not said.
fn texts(v: &View, content: &Content) -> Vec<(&'static str, String)> {
    use keqiao_exchange::listing::Detail;
    let lines =
        |c: &[keqiao_exchange::refine::Criterion]| c.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let mut texts = match &content.detail {
        Detail::Demand(d) => vec![
            (v.t("现状与条件", "Situation"), d.parts.situation.clone()),
            (v.t("要解决的难题", "Problem"), d.parts.problem.clone()),
            (v.t("验收指标", "Acceptance criteria"), lines(&d.parts.criteria)),
            (v.t("约束", "Constraints"), d.parts.constraints.join("\n")),
        ],
        Detail::Offer(o) => vec![
            (v.t("能解决的问题", "Problem that it solves"), o.solves.clone()),
            (v.t("可承诺的指标", "Promises"), lines(&o.promises)),
            (v.t("与现有做法的比较", "Against what is done today"), o.comparison.clone()),
            (v.t("成熟度依据", "What proves it"), o.proof.clone()),
            (v.t("适用场景", "Where it is of use"), o.scenes.clone()),
            (v.t("交付物", "What one gets"), o.delivers.clone()),
        ],
        Detail::Question(q) => vec![
            (v.t("补充说明", "More about it"), q.words.clone()),
            (v.t("为谁而问", "For whom"), q.audience.clone()),
            (v.t("地点", "Where"), q.place.clone()),
            (v.t("时间", "When"), q.time.clone()),
            (v.t("希望怎样答复", "How to answer"), q.channel.clone()),
        ],
    };
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

pub(super) async fn page(app: &App, asker: &Asker, id: ListingId, typed: Received, faults: Faults) -> Answer {
    let s = exchange::show(&app.ctx, &asker.actor, id).await?;
    let v = asker.view.clone();
    let page = Page {
        facts: facts(&v, &s.content),
        texts: texts(&v, &s.content),
        reported: options!(v, ReportReason),
        returned: options!(v, ReturnReason),
        declines: options!(v, DeclineReason),
        layers: options!(v, Layer),
        suggested: suggested(&s.clarity),
        due: Some(typed.get("due"))
            .filter(|due| !due.is_empty())
            .map_or_else(|| app.ctx.now().day().plus(DUE_DAYS).to_string(), str::to_owned),
        signed: may::publish(&asker.actor),
        me: asker.actor.account(),
        s,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `GET /exchange/listings/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>) -> Answer {
    page(&app, &asker, id, Received::default(), Faults::default()).await
}

#[derive(Template)]
#[template(path = "exchange/version.html")]
struct Version {
    v: View,
    id: ListingId,
    row: ListingVersion,
    facts: Vec<(&'static str, String)>,
    texts: Vec<(&'static str, String)>,
}

/// `GET /exchange/listings/{id}/versions/{number}`
pub(super) async fn version(
    State(app): State<App>,
    asker: Asker,
    Path((id, number)): Path<(String, String)>,
) -> Answer {
    asker.actor.must_sign_in()?;
    let id: ListingId = crate::key::id_of(&id)?;
    let number = number.parse().map_err(|_| Refusal::not_found())?;
    let (row, content) = exchange::version(&app.ctx, &asker.actor, id, number).await?;
    let v = asker.view;
    let page = Version { facts: facts(&v, &content), texts: texts(&v, &content), id, row, v };
    Ok(page_with(&page.v, &page))
}
