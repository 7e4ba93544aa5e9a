//! Publishing: which kind, the form with its note, hints as one types, drafts. A form that is refused comes back as typed.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use keqiao_access::may;
use keqiao_app::exchange::{self, Alike, ListingForm, Shown, Submitted};
use keqiao_base::{Day, ListingId, Refusal};
use keqiao_exchange::choice::{Cooperation, ListingKind, ListingSource, ListingState, Maturity, OfferForm};
use keqiao_exchange::clarity::{self, Line};
use keqiao_exchange::classify::{Field, class, classes, classified};
use keqiao_exchange::doubts::doubts;
use keqiao_exchange::example::{self, Example, Text};
use keqiao_exchange::life::Risk;
use keqiao_exchange::listing::{Cells, Content};
use keqiao_exchange::place::Reach;
use keqiao_exchange::refine::refine;
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::Key;
use crate::notice;
use crate::pages::{options, page_with};
use crate::state::App;
use crate::view::{Tone, View};

type Options = Vec<(String, String)>;
type Pairs = Form<Vec<(String, String)>>;

/// What stands in a form besides the cells.
const OUTSIDE: [&str; 8] = ["act", "revision", "kind", "source", "owner", "login", "region", "phone"];

#[derive(Template)]
#[template(path = "exchange/kinds.html")]
struct Kinds {
    v: View,
    staff: bool,
}

#[derive(Template)]
#[template(path = "exchange/form.html")]
struct Page {
    v: View,
    faults: Faults,
    kind: ListingKind,
    /// The listing that is changed; a new one has none yet.
    id: Option<ListingId>,
    revision: i32,
    state: ListingState,
    staff: bool,
    typed: Cells,
    lines: Vec<Line>,
    doubts: Vec<Risk>,
    alike: Vec<Alike>,
    sources: Options,
    forms: Options,
    maturities: Options,
    reaches: Options,
    disciplines: Options,
    industries: Options,
    technologies: Options,
    modes: Vec<Cooperation>,
    /// The worked example nearest to what was typed, and all of them.
    nearest: Option<&'static Example>,
    examples: &'static [Example],
    today: Day,
}

impl Page {
    fn word(&self, key: &str) -> &str {
        self.typed.get(key)
    }

    fn is(&self, code: &str) -> bool {
        self.kind.code() == code
    }

    fn action(&self) -> String {
        self.id.map_or_else(|| "/exchange/new".to_owned(), |id| format!("/exchange/listings/{id}/edit"))
    }

    fn heading(&self) -> String {
        let kind = self.v.f(self.kind.title());
        let verb = if self.id.is_some() { self.v.t("修改", "Change: ") } else { self.v.t("发布", "Publish: ") };
        format!("{verb}{kind}")
    }

    fn has_mode(&self, mode: &Cooperation) -> bool {
        self.typed.all("mode").any(|m| m == mode.code())
    }

    fn points(&self) -> u32 {
        clarity::total(&self.lines)
    }

    fn listed(&self) -> bool {
        self.state == ListingState::Listed
    }

    fn shown<'a>(&self, e: &'a Example) -> &'a Text {
        e.text(self.v.lang)
    }

    /// Budget and deadline of an example.
    fn terms(&self, e: &Example) -> String {
        let budget =
            e.budget().map_or_else(String::new, |b| format!("{} {}", b.wan(), self.v.t("万元", "(10,000 yuan)")));
        let day = e.deadline(self.today).map_or_else(String::new, |d| d.to_string());
        format!("{budget}{}{day}", self.v.t("，", ", by "))
    }

    fn share(&self, a: &Alike) -> String {
        if a.by_meaning { self.v.t("意思相近", "alike in meaning").to_owned() } else { format!("{}%", a.share) }
    }
}

pub(super) fn fields(v: &View, field: Field) -> Options {
    classes(field).iter().map(|c| (c.code.to_owned(), format!("{} {}", c.code, v.f(c.title)))).collect()
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    kind: String,
    source: String,
    note: String,
}

/// `GET /exchange/new`: which kind; `?kind=demand`: its form.
pub(super) async fn blank(State(app): State<App>, asker: Asker, Query(wanted): Query<Wanted>) -> Answer {
    asker.actor.must(may::publish(&asker.actor))?;
    let Ok(kind) = wanted.kind.parse::<ListingKind>() else {
        let page = Kinds { staff: may::publish_for_others(&asker.actor), v: asker.view };
        return Ok(page_with(&page.v, &page));
    };
    let typed = Cells(vec![("source".to_owned(), wanted.source), ("note".to_owned(), wanted.note)]);
    page(&app, &asker, (kind, None), typed, Faults::default()).await
}

async fn page(
    app: &App,
    asker: &Asker,
    (kind, shown): (ListingKind, Option<&Shown>),
    typed: Cells,
    faults: Faults,
) -> Answer {
    let v = asker.view.clone();
    let (content, _) = Content::read(kind, &typed);
    let body = content.body();
    let id = shown.map(|s| s.listing.id);
    let typed = classified(typed, &content.title, &body);
    let me = asker.actor.account();
    let written_for_me = shown.is_some_and(|s| s.listing.owner_id == me && Some(s.listing.publisher_id) != me);
    let began = !content.title.is_empty() && !body.is_empty();
    let page = Page {
        kind,
        id,
        revision: shown.map_or(0, |s| s.listing.revision),
        state: shown.map_or(ListingState::Draft, |s| s.listing.state),
        staff: may::publish_for_others(&asker.actor) && !written_for_me,
        lines: if began { clarity::lines(&content) } else { Vec::new() },
        doubts: if began { doubts(&content.title, &body) } else { Vec::new() },
        alike: if began { alike(app, asker, &content.title, &body, id).await? } else { Vec::new() },
        sources: options!(v, ListingSource),
        forms: options!(v, OfferForm),
        maturities: options!(v, Maturity),
        reaches: options!(v, Reach),
        disciplines: fields(&v, Field::Discipline),
        industries: fields(&v, Field::Industry),
        technologies: fields(&v, Field::Technology),
        modes: Cooperation::ALL.to_vec(),
        nearest: example::nearest(typed.get("industry"), &text_of(&typed, &content, &body)),
        examples: example::examples(),
        today: app.ctx.now().day(),
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// Everything that was typed about a demand, the note too.
fn text_of(typed: &Cells, content: &Content, body: &str) -> String {
    format!("{}\n{}\n{body}", typed.get("note"), content.title)
}

/// What says about the same, as far as who asks may see it: what waits or is frozen is for officers and its owner.
async fn alike(app: &App, asker: &Asker, title: &str, body: &str, except: Option<ListingId>) -> Answer<Vec<Alike>> {
    let mut found = exchange::alike(&app.ctx, title, body, except).await?;
    found.retain(|a| a.state == ListingState::Listed || may::own_listing(&asker.actor, a.owner_id));
    Ok(found)
}

/// The name of a discipline and the like, for showing.
pub(super) fn class_name(v: &View, field: Field, code: &str) -> String {
    class(field, code).map_or_else(String::new, |c| v.f(c.title).to_owned())
}

fn form(kind: ListingKind, typed: &Cells) -> ListingForm {
    let cells = typed.0.iter().filter(|(k, _)| !OUTSIDE.contains(&k.as_str()) && k != "note");
    ListingForm {
        kind,
        source: typed.get("source").parse().unwrap_or(ListingSource::Own),
        owner: typed.get("owner").to_owned(),
        login: typed.get("login").to_owned(),
        region: typed.get("region").to_owned(),
        phone: typed.get("phone").to_owned(),
        cells: Cells(cells.cloned().collect()),
    }
}

/// What a note says, put into the fields that are still empty.
fn refined(app: &App, mut typed: Cells) -> Cells {
    let parts = refine(typed.get("note"), app.ctx.now().day());
    for (key, value) in Content::cells_of(&parts).0 {
        if typed.get(&key).is_empty() && !value.is_empty() {
            typed.0.retain(|(k, _)| *k != key);
            typed.0.push((key, value));
        }
    }
    typed
}

/// `POST /exchange/new`: sorts the note, looks it over, keeps a draft, or hands it in.
pub(super) async fn make(State(app): State<App>, asker: Asker, Form(typed): Pairs) -> Answer {
    asker.actor.must(may::publish(&asker.actor))?;
    let typed = Cells(typed);
    let kind: ListingKind = typed.get("kind").parse().map_err(|_| Refusal::not_found())?;
    match typed.get("act") {
        "refine" => return page(&app, &asker, (kind, None), refined(&app, typed), Faults::default()).await,
        "check" | "" => return page(&app, &asker, (kind, None), typed, Faults::default()).await,
        _ => {}
    }
    let sent = form(kind, &typed);
    let id = match exchange::begin(&app.ctx, &asker.actor, &sent).await {
        Ok(id) => id,
        Err(error) => return page(&app, &asker, (kind, None), typed, Faults::of(error)?).await,
    };
    if typed.get("act") == "draft" {
        return Ok(notice::done(&format!("/exchange/listings/{id}"), "草稿已保存。", "The draft is kept."));
    }
    hand_in(&app, &asker, id, 0, typed).await
}

async fn hand_in(app: &App, asker: &Asker, id: ListingId, revision: i32, typed: Cells) -> Answer {
    let shown = exchange::show(&app.ctx, &asker.actor, id).await?;
    let kind = shown.listing.kind;
    match exchange::submit(&app.ctx, &asker.actor, id, revision, &form(kind, &typed)).await {
        Ok(done) => Ok(said(id, &done)),
        // What was typed is kept in the draft, too.
        Err(error) => page(app, asker, (kind, Some(&shown)), typed, Faults::of(error)?).await,
    }
}

pub(super) fn said(id: ListingId, done: &Submitted) -> Response {
    let path = format!("/exchange/listings/{id}");
    if done.state == ListingState::Listed {
        return notice::done(&path, "已展示，大家现在就能找到。", "It is listed; everybody finds it now.");
    }
    let zh: Vec<&str> = done.risks.iter().map(|r| r.title().zh).collect();
    let en: Vec<&str> = done.risks.iter().map(|r| r.title().en).collect();
    let text = keqiao_i18n::Bilingual::new(
        format!("已提交，等待审核：{}。", zh.join("；")),
        format!("Handed in; an officer looks first: {}.", en.join("; ")),
    );
    notice::redirect_with(&path, Tone::Info, &text)
}

/// `GET /exchange/listings/{id}/edit`
pub(super) async fn edit(State(app): State<App>, asker: Asker, Key(id): Key<ListingId>) -> Answer {
    let shown = kept(&app, &asker, id).await?;
    let l = &shown.listing;
    let mut typed = shown.cells.clone();
    let outside =
        [("source", l.source.code().to_owned()), ("region", l.region.full_name()), ("phone", l.phone.clone())];
    typed.0.extend(outside.map(|(k, value)| (k.to_owned(), value)));
    if l.source != ListingSource::Own {
        typed.0.push(("owner".to_owned(), l.owner.clone()));
    }
    page(&app, &asker, (l.kind, Some(&shown)), typed, Faults::default()).await
}

async fn kept(app: &App, asker: &Asker, id: ListingId) -> Answer<Shown> {
    asker.actor.must_sign_in()?;
    let shown = exchange::show(&app.ctx, &asker.actor, id).await?;
    if shown.keeps { Ok(shown) } else { Err(Refusal::not_found().into()) }
}

/// `POST /exchange/listings/{id}/edit`
pub(super) async fn change(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<ListingId>,
    Form(typed): Pairs,
) -> Answer {
    let shown = kept(&app, &asker, id).await?;
    let (typed, kind) = (Cells(typed), shown.listing.kind);
    // Without a revision the form is as old as can be.
    let revision = typed.get("revision").parse().unwrap_or(-1);
    match typed.get("act") {
        "refine" => page(&app, &asker, (kind, Some(&shown)), refined(&app, typed), Faults::default()).await,
        "submit" => hand_in(&app, &asker, id, revision, typed).await,
        "draft" => match exchange::save(&app.ctx, &asker.actor, id, revision, &form(kind, &typed)).await {
            Ok(()) => Ok(notice::done(&format!("/exchange/listings/{id}"), "已保存。", "Saved.")),
            Err(error) => page(&app, &asker, (kind, Some(&shown)), typed, Faults::of(error)?).await,
        },
        _ => page(&app, &asker, (kind, Some(&shown)), typed, Faults::default()).await,
    }
}
