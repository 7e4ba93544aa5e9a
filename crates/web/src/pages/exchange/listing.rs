//! The page of a listing, and everything that is done on it: files, interests, renewal, reports, what officers decide.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use keqiao_access::may;
use keqiao_app::AppResult;
use keqiao_app::exchange::{self, Answered, InterestForm, Shown};
use keqiao_base::{InterestId, ListingId, ListingReportId, Refusal};
use keqiao_exchange::choice::{
    DeclineReason, InterestState, ListingAct, ListingKind, ReportReason, ReportState, ReturnReason,
};
use keqiao_exchange::classify::Field;
use keqiao_exchange::disclosure::Layer;
use keqiao_exchange::listing::Content;
use keqiao_store::exchange::interest::Interest;
use keqiao_store::exchange::listing::ListingVersion;

use super::publish::class_name;
use super::{card, state_tone};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::Key;
use crate::notice;
use crate::pages::{attachment, page_with};
use crate::received::Received;
use crate::state::App;
use crate::view::View;

type Pairs = Form<Vec<(String, String)>>;
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

fn options<T: Copy>(v: &View, all: &[T], code: fn(T) -> &'static str, title: fn(T) -> keqiao_i18n::Fixed) -> Options {
    all.iter().map(|t| (code(*t).to_owned(), v.f(title(*t)).to_owned())).collect()
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

async fn page(app: &App, asker: &Asker, id: ListingId, typed: Received, faults: Faults) -> Answer {
    let s = exchange::show(&app.ctx, &asker.actor, id).await?;
    let v = asker.view.clone();
    let page = Page {
        facts: facts(&v, &s.content),
        texts: texts(&v, &s.content),
        reported: options(&v, ReportReason::ALL, ReportReason::code, ReportReason::title),
        returned: options(&v, ReturnReason::ALL, ReturnReason::code, ReturnReason::title),
        declines: options(&v, DeclineReason::ALL, DeclineReason::code, DeclineReason::title),
        layers: options(&v, Layer::ALL, Layer::code, Layer::title),
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

/// What an act came to: back to the page with a word, or the page with what is wrong.
async fn answer(
    app: &App,
    asker: &Asker,
    id: ListingId,
    sent: Received,
    outcome: AppResult<()>,
    said: (&str, &str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(notice::done(&format!("/exchange/listings/{id}"), said.0, said.1)),
        Err(error) => {
            let faults = Faults::of(error)?;
            // Who may not see it learns nothing from a form.
            page(app, asker, id, sent, faults).await
        }
    }
}

fn received(fields: Vec<(String, String)>) -> Received {
    Received { fields, file: None }
}

fn revision(sent: &Received) -> i32 {
    sent.get("revision").parse().unwrap_or(-1)
}

/// `POST /exchange/listings/{id}/{act}`: what its keeper or an officer does with it.
pub(super) async fn act(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
    Form(sent): Pairs,
) -> Answer {
    asker.actor.must_sign_in()?;
    let id: ListingId = crate::key::id_of(&id)?;
    let sent = received(sent);
    let (ctx, actor, revision, words) = (&app.ctx, &asker.actor, revision(&sent), sent.get("words").to_owned());
    let choose = || Refusal::field("reason", "reason", "请选择原因。", "Choose a reason.");
    let (outcome, said) = match act.as_str() {
        "renew" => (exchange::renew(ctx, actor, id, revision).await, ("已续期。", "Renewed.")),
        "archive" => (exchange::archive(ctx, actor, id, revision).await, ("已归档。", "Put away.")),
        "consent" => (exchange::consent(ctx, actor, id, revision, &words).await, ("已确认。", "Confirmed.")),
        "appeal" => (
            exchange::appeal(ctx, actor, id, revision, &words).await,
            ("申诉已提交，由其他工作人员处理。", "The appeal is in; another officer hears it."),
        ),
        "pass" => (exchange::pass(ctx, actor, id, revision).await, ("已通过，正在展示。", "Passed and listed.")),
        "return" => {
            let reason = sent.get("reason").parse().map_err(|_| choose());
            let done = match reason {
                Ok(reason) => exchange::send_back(ctx, actor, id, revision, reason, &words).await,
                Err(refusal) => Err(refusal.into()),
            };
            (done, ("已退回。", "Sent back."))
        }
        "freeze" => {
            let reason = sent.get("reason").parse().map_err(|_| choose());
            let done = match reason {
                Ok(reason) => exchange::freeze(ctx, actor, id, revision, reason, &words).await,
                Err(refusal) => Err(refusal.into()),
            };
            (done, ("已冻结，发布人可以申诉。", "Frozen; the publisher may appeal."))
        }
        "hear" => {
            let granted = sent.get("verdict") == "grant";
            (
                exchange::hear(ctx, actor, id, revision, granted, &words).await,
                ("申诉已处理。", "The appeal is decided."),
            )
        }
        "report" => {
            let reason = sent.get("reason").parse().map_err(|_| choose());
            let done = match reason {
                Ok(reason) => exchange::report(ctx, actor, id, reason, &words).await,
                Err(refusal) => Err(refusal.into()),
            };
            (done, ("举报已收到，处理后告诉您。", "Your report is in; you will read what was decided."))
        }
        "interest" => {
            let form = InterestForm { words, phone: sent.get("phone").to_owned(), own: sent.get("own").parse().ok() };
            (
                exchange::express(ctx, actor, id, &form).await,
                ("意向已送达，对方应在7天内答复。", "Sent; an answer is owed within seven days."),
            )
        }
        _ => return Err(Refusal::not_found().into()),
    };
    answer(&app, &asker, id, sent, outcome, said).await
}

/// `POST /exchange/listings/{id}/files`
pub(super) async fn attach(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>, form: Multipart) -> Answer {
    asker.actor.must(may::publish(&asker.actor))?;
    exchange::show(&app.ctx, &asker.actor, id).await?;
    let sent = Received::read(&app, form).await?;
    let layer = sent.get("layer").parse().unwrap_or(Layer::Confidential);
    let outcome = match &sent.file {
        Some((name, hash)) => exchange::attach(&app.ctx, &asker.actor, id, layer, (name, hash)).await,
        None => Err(Refusal::field("listing.file", "file", "请选择文件。", "Choose a file.").into()),
    };
    answer(&app, &asker, id, sent, outcome, ("附件已添加。", "The file is added.")).await
}

/// `GET /exchange/listings/{id}/files/{number}`
pub(super) async fn file(State(app): State<App>, asker: Asker, Path((id, number)): Path<(String, String)>) -> Answer {
    let number = number.parse().map_err(|_| Refusal::not_found())?;
    let (name, bytes) = exchange::open_file(&app.ctx, &asker.actor, crate::key::id_of(&id)?, number).await?;
    Ok(attachment(&name, "application/octet-stream", bytes))
}

/// `POST /exchange/listings/{id}/files/{number}/remove`
pub(super) async fn detach(State(app): State<App>, asker: Asker, Path((id, number)): Path<(String, String)>) -> Answer {
    asker.actor.must_sign_in()?;
    let id: ListingId = crate::key::id_of(&id)?;
    let number = number.parse().map_err(|_| Refusal::not_found())?;
    let outcome = exchange::detach(&app.ctx, &asker.actor, id, number).await;
    answer(&app, &asker, id, Received::default(), outcome, ("附件已移除。", "The file is taken out.")).await
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

/// `POST /exchange/interests/{id}/{act}`
pub(super) async fn interest(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
    Form(sent): Pairs,
) -> Answer {
    asker.actor.must_sign_in()?;
    let id: InterestId = crate::key::id_of(&id)?;
    let sent = received(sent);
    let (ctx, actor, words) = (&app.ctx, &asker.actor, sent.get("words"));
    let (listing, said) = match act.as_str() {
        "accept" => (
            exchange::answer(ctx, actor, id, &Answered::Accepted, words).await?,
            ("已接受，双方现在可以看到联系方式。", "Accepted: both see now how to reach each other."),
        ),
        "decline" => {
            let reason = sent.get("reason").parse().unwrap_or(DeclineReason::Other);
            (
                exchange::answer(ctx, actor, id, &Answered::Declined(reason), words).await?,
                ("已婉拒，对方会看到原因。", "Declined; the other side reads why."),
            )
        }
        "withdraw" => (exchange::withdraw(ctx, actor, id).await?, ("已撤回。", "Taken back.")),
        "swear" => (
            exchange::swear(ctx, actor, id).await?,
            (
                "保密承诺已登记，可以查看保密附件，每次查看都有记录。",
                "Your promise is kept; confidential files open, each look is noted.",
            ),
        ),
        _ => return Err(Refusal::not_found().into()),
    };
    Ok(notice::done(&format!("/exchange/listings/{listing}"), said.0, said.1))
}

#[derive(Template)]
#[template(path = "exchange/contact.html")]
struct Contact {
    v: View,
    name: String,
    phone: String,
}

/// `POST /exchange/interests/{id}/contact`: shown once, noted each time.
pub(super) async fn contact(State(app): State<App>, asker: Asker, Key(id): Key<InterestId>) -> Answer {
    asker.actor.must_sign_in()?;
    let (name, phone) = exchange::open_contact(&app.ctx, &asker.actor, id).await?;
    let page = Contact { v: asker.view, name, phone };
    Ok(page_with(&page.v, &page))
}

/// `POST /exchange/reports/{id}/decide`
pub(super) async fn decide(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<ListingReportId>,
    Form(sent): Pairs,
) -> Answer<Response> {
    asker.actor.must_sign_in()?;
    let sent = received(sent);
    let upheld = sent.get("verdict") == "uphold";
    let listing = exchange::decide(&app.ctx, &asker.actor, id, upheld, sent.get("words")).await?;
    let said = if upheld {
        ("举报属实，该信息已冻结。", "Upheld: the listing is frozen.")
    } else {
        ("举报不属实，已答复举报人。", "Dismissed; the reporter reads why.")
    };
    Ok(notice::done(&format!("/exchange/listings/{listing}"), said.0, said.1))
}
