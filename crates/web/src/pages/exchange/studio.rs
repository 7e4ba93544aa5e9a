//! Studios, agencies and science bases: the list, one with its booking, its form, one's own bookings.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use keqiao_access::may;
use keqiao_app::AppResult;
use keqiao_app::exchange::{self, BookingForm, StudioForm, StudioShown};
use keqiao_base::{BookingId, Refusal, StudioId};
use keqiao_exchange::choice::{BookingState, Session, StudioKind, StudioState};
use keqiao_store::exchange::studio::{Booking, Studio};

use super::card;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::Key;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{options, page_with};
use crate::received::Received;
use crate::state::App;
use crate::view::View;

type Pairs = Form<Vec<(String, String)>>;
type Options = Vec<(String, String)>;

const WEEKDAYS: [(&str, &str); 7] = [
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
];

#[derive(Template)]
#[template(path = "exchange/studios.html")]
struct List {
    v: View,
    l: Listing,
    rows: Vec<Studio>,
    kinds: Options,
    signed: bool,
}

impl List {
    fn place(&self, studio: &Studio) -> String {
        card::place(studio.region)
    }

    fn open(&self, studio: &Studio) -> bool {
        studio.state == StudioState::Open
    }
}

/// `GET /exchange/studios`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/exchange/studios", &query.unwrap_or_default(), "");
    let own = !list.get("own").is_empty();
    let kind = list.get("kind").parse().ok();
    let found = exchange::studios(&app.ctx, &asker.actor, kind, own, list.request()).await?;
    let page = List {
        kinds: options!(asker.view, StudioKind),
        l: list.of(found.total),
        rows: found.rows,
        signed: may::publish(&asker.actor),
        v: asker.view,
    };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "exchange/studio.html")]
struct One {
    v: View,
    faults: Faults,
    typed: Received,
    s: StudioShown,
    sessions: Options,
    signed: bool,
    today: keqiao_base::Day,
}

impl One {
    fn path(&self, end: &str) -> String {
        format!("/exchange/studios/{}{end}", self.s.studio.id)
    }

    fn is(&self, code: &str) -> bool {
        self.s.studio.state.code() == code
    }

    fn place(&self) -> String {
        self.s.studio.region.full_name()
    }

    fn hours(&self) -> String {
        let one = |(day, session): &(u8, Session)| {
            let names = WEEKDAYS.get(usize::from(*day).saturating_sub(1)).copied().unwrap_or_default();
            format!(
                "{}{}",
                self.v.t(names.0, names.1),
                self.v.t(session.title().zh, &format!(" {}", session.title().en.to_lowercase()))
            )
        };
        self.s.hours.iter().map(one).collect::<Vec<_>>().join(self.v.t("、", ", "))
    }

    fn books(&self) -> bool {
        self.signed && !self.s.keeps && self.is("open") && self.s.studio.booked
    }

    fn asked(&self, b: &Booking) -> bool {
        b.state == BookingState::Asked
    }

    fn due(&self, b: &Booking) -> bool {
        b.state == BookingState::Confirmed && b.day <= self.today
    }

    fn cancels(&self, b: &Booking) -> bool {
        !self.s.keeps && matches!(b.state, BookingState::Asked | BookingState::Confirmed)
    }
}

/// `GET /exchange/studios/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Key(id): Key<StudioId>) -> Answer {
    one(&app, &asker, id, Received::default(), Faults::default()).await
}

async fn one(app: &App, asker: &Asker, id: StudioId, typed: Received, faults: Faults) -> Answer {
    let s = exchange::show_studio(&app.ctx, &asker.actor, id).await?;
    let v = asker.view.clone();
    let today = app.ctx.now().day();
    let page = One { sessions: options!(v, Session), signed: may::publish(&asker.actor), today, s, typed, faults, v };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

#[derive(Template)]
#[template(path = "exchange/studio_form.html")]
struct Edit {
    v: View,
    faults: Faults,
    id: Option<StudioId>,
    typed: Received,
    kinds: Options,
    days: Vec<(usize, &'static str)>,
    sessions: Options,
}

impl Edit {
    fn action(&self) -> String {
        self.id.map_or_else(|| "/exchange/studios/new".to_owned(), |id| format!("/exchange/studios/{id}/edit"))
    }

    fn open(&self, day: &usize, session: &str) -> bool {
        let code = format!("{day}-{session}");
        self.typed.fields.iter().any(|(k, value)| k == "hours" && *value == code)
    }
}

fn edit_page(asker: &Asker, id: Option<StudioId>, typed: Received, faults: Faults) -> Answer {
    let v = asker.view.clone();
    let page = Edit {
        kinds: options!(v, StudioKind),
        days: WEEKDAYS.iter().enumerate().map(|(n, (zh, en))| (n + 1, v.f(keqiao_i18n::Fixed { zh, en }))).collect(),
        sessions: options!(v, Session),
        id,
        typed,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `GET /exchange/studios/new`
pub(super) async fn blank(State(_): State<App>, asker: Asker) -> Answer {
    asker.actor.must(may::publish(&asker.actor))?;
    edit_page(&asker, None, Received::default(), Faults::default())
}

/// `GET /exchange/studios/{id}/edit`
pub(super) async fn edit(State(app): State<App>, asker: Asker, Key(id): Key<StudioId>) -> Answer {
    asker.actor.must_sign_in()?;
    let shown = exchange::show_studio(&app.ctx, &asker.actor, id).await?;
    if !shown.keeps {
        return Err(Refusal::not_found().into());
    }
    let s = shown.studio;
    let mut fields: Vec<(String, String)> = [
        ("kind", s.kind.code().to_owned()),
        ("revision", s.revision.to_string()),
        ("region", s.region.full_name()),
        ("name", s.name),
        ("words", s.words),
        ("address", s.address),
        ("phone", s.phone),
        ("places", s.places.to_string()),
    ]
    .map(|(k, value)| (k.to_owned(), value))
    .into();
    let codes: Vec<String> = serde_json::from_str(&s.hours).unwrap_or_default();
    fields.extend(codes.into_iter().map(|code| ("hours".to_owned(), code)));
    edit_page(&asker, Some(id), Received { fields, file: None }, Faults::default())
}

fn form(sent: &Received) -> StudioForm {
    StudioForm {
        kind: sent.get("kind").parse().unwrap_or(StudioKind::Studio),
        region: sent.get("region").to_owned(),
        name: sent.get("name").to_owned(),
        words: sent.get("words").to_owned(),
        address: sent.get("address").to_owned(),
        phone: sent.get("phone").to_owned(),
        hours: sent.fields.iter().filter(|(k, _)| k == "hours").map(|(_, value)| value.clone()).collect(),
        places: sent.get("places").to_owned(),
    }
}

/// `POST /exchange/studios/new`
pub(super) async fn make(State(app): State<App>, asker: Asker, Form(fields): Pairs) -> Answer {
    keep(&app, &asker, None, Received { fields, file: None }).await
}

/// `POST /exchange/studios/{id}/edit`
pub(super) async fn change(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<StudioId>,
    Form(fields): Pairs,
) -> Answer {
    keep(&app, &asker, Some(id), Received { fields, file: None }).await
}

async fn keep(app: &App, asker: &Asker, id: Option<StudioId>, sent: Received) -> Answer {
    asker.actor.must(may::publish(&asker.actor))?;
    let before = id.map(|id| (id, sent.get("revision").parse().unwrap_or(-1)));
    match exchange::keep_studio(&app.ctx, &asker.actor, before, &form(&sent)).await {
        Ok(id) => Ok(notice::done(
            &format!("/exchange/studios/{id}"),
            "已提交，等待审核。",
            "Handed in; an officer looks first.",
        )),
        Err(error) => {
            let faults = Faults::of(error)?;
            edit_page(asker, id, sent, faults)
        }
    }
}

/// `POST /exchange/studios/{id}/{act}`
pub(super) async fn act(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
    Form(fields): Pairs,
) -> Answer {
    asker.actor.must_sign_in()?;
    let id: StudioId = crate::key::id_of(&id)?;
    let sent = Received { fields, file: None };
    let revision = sent.get("revision").parse().unwrap_or(-1);
    let (ctx, actor) = (&app.ctx, &asker.actor);
    let (outcome, zh, en): (AppResult<()>, _, _) = match act.as_str() {
        "pass" => (exchange::pass_studio(ctx, actor, id, revision).await, "已开放。", "It is open."),
        "return" => {
            (exchange::send_studio_back(ctx, actor, id, revision, sent.get("words")).await, "已退回。", "Sent back.")
        }
        "close" => (exchange::close_studio(ctx, actor, id, revision).await, "已停用。", "Closed."),
        "book" => {
            let form = BookingForm {
                day: sent.get("day").to_owned(),
                session: sent.get("session").to_owned(),
                people: sent.get("people").to_owned(),
                purpose: sent.get("purpose").to_owned(),
                phone: sent.get("phone").to_owned(),
            };
            let booked = exchange::book(ctx, actor, id, &form).await.map(drop);
            (booked, "预约已提交，请等待确认。", "Asked; wait for the answer.")
        }
        _ => return Err(Refusal::not_found().into()),
    };
    match outcome {
        Ok(()) => Ok(notice::done(&format!("/exchange/studios/{id}"), zh, en)),
        Err(error) => {
            let faults = Faults::of(error)?;
            one(&app, &asker, id, sent, faults).await
        }
    }
}

/// `POST /exchange/bookings/{id}/{act}`
pub(super) async fn booking(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
    Form(fields): Pairs,
) -> Answer {
    asker.actor.must_sign_in()?;
    let id: BookingId = crate::key::id_of(&id)?;
    let sent = Received { fields, file: None };
    let revision = sent.get("revision").parse().unwrap_or(-1);
    let studio = match act.as_str() {
        "cancel" => exchange::cancel_booking(&app.ctx, &asker.actor, id, revision).await?,
        "answer" => {
            let state = sent.get("state").parse().map_err(|_| Refusal::not_found())?;
            exchange::answer_booking(&app.ctx, &asker.actor, id, revision, state, sent.get("words")).await?
        }
        _ => return Err(Refusal::not_found().into()),
    };
    Ok(notice::done(&format!("/exchange/studios/{studio}"), "已更新。", "Done."))
}

#[derive(Template)]
#[template(path = "exchange/bookings.html")]
struct Mine {
    v: View,
    rows: Vec<(Booking, Studio)>,
}

/// `GET /exchange/bookings`
pub(super) async fn bookings(State(app): State<App>, asker: Asker) -> Answer {
    let rows = exchange::booked(&app.ctx, &asker.actor).await?;
    let page = Mine { rows, v: asker.view };
    Ok(page_with(&page.v, &page))
}
