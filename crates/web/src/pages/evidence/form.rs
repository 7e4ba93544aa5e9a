//! The form of a new record. It asks for what its kind consists of, begins from the last one when wished, and shows what a camera wrote into
//! a photo before anything is recorded. Without script, too.

use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::response::Response;
use keqiao_access::may;
use keqiao_app::Ctx;
use keqiao_app::evidence::{self, Recording};
use keqiao_base::{EvidenceId, Refusal};
use keqiao_evidence::{EvidenceRow, FileNote, Kind, Need, Template as KindTemplate};
use keqiao_sheet::{Column, Record as _};
use serde::Deserialize;

use super::choice::{self, Options};
use super::sending::Sending;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::{Tone, View};

/// One field.
struct Input {
    key: &'static str,
    title: &'static str,
    kind: &'static str,
    value: String,
    help: &'static str,
    error: String,
    required: bool,
}

/// A photo with what its camera wrote, and how that differs from what is typed.
struct Seen {
    name: String,
    day: String,
    point: String,
    differs: bool,
}

#[derive(Template)]
#[template(path = "evidence/new.html")]
struct Page {
    v: View,
    faults: Faults,
    kind: Kind,
    id: String,
    regions: Options,
    region: String,
    first: Vec<Input>,
    more: Vec<Input>,
    more_open: bool,
    projects: Options,
    project: String,
    files: Vec<FileNote>,
    seen: Vec<Seen>,
    photo_day: String,
    today: String,
}

impl Page {
    fn chosen(&self, file: &FileNote) -> String {
        format!("{}:{}", file.role, file.hash)
    }

    fn title(&self) -> String {
        format!("{}{}", self.v.t("登记：", "Record: "), self.v.f(self.kind.title()))
    }
}

#[derive(Template)]
#[template(path = "evidence/kinds.html")]
struct Kinds {
    v: View,
    kinds: Vec<(Kind, String)>,
    again: Option<EvidenceRow>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    kind: String,
    again: String,
}

/// `GET /evidence/new`: which kind; `?kind=training`: its form; `&again=1`: filled as the last one.
pub(super) async fn blank(State(app): State<App>, asker: Asker, Query(wanted): Query<Wanted>) -> Answer {
    asker.actor.must(may::record_somewhere(&asker.actor))?;
    let Ok(kind) = wanted.kind.parse::<Kind>() else {
        let again = evidence::again(&app.ctx, &asker.actor, None).await?;
        let asks = |kind: &Kind| {
            let first = KindTemplate::of(*kind).counts.iter().filter(|f| f.must).map(|f| asker.view.f(f.count.title()));
            first.collect::<Vec<_>>().join(asker.view.t("、", ", "))
        };
        let kinds = Kind::ALL.iter().map(|k| (*k, asks(k))).collect();
        let page = Kinds { v: asker.view, kinds, again };
        return Ok(page_with(&page.v, &page));
    };
    let row = match wanted.again.is_empty() {
        true => EvidenceRow::default(),
        false => evidence::again(&app.ctx, &asker.actor, Some(kind)).await?.unwrap_or_default(),
    };
    let mut sending = Sending::default();
    for column in EvidenceRow::columns() {
        sending.set(column.key, row.get(column.key));
    }
    sending.set("kind", kind.code());
    page(&app.ctx, asker, &sending, Faults::default(), Vec::new(), false).await
}

/// `POST /evidence/new`
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(may::record_somewhere(&asker.actor))?;
    let mut sending = Sending::read(&app, &asker, form).await?;
    let files = evidence::chosen(&app.ctx, &asker.actor, &sending.files).await?;
    if let Some(day) = Some(sending.get("use_day").to_owned()).filter(|d| !d.is_empty()) {
        sending.set("started", &day);
        return page(&app.ctx, asker, &sending, Faults::default(), files, true).await;
    }
    if let Err(refusal) = sending.whole() {
        return page(&app.ctx, asker, &sending, Faults::of(refusal)?, files, false).await;
    }
    // What a camera wrote is looked at before it is recorded; a photo that comes later is looked at then.
    let shown = seen(&sending, &files).len().to_string();
    if shown != "0" && sending.get("seen") != shown {
        return page(&app.ctx, asker, &sending, Faults::default(), files, true).await;
    }
    let region = sending.get("region").parse();
    let region = region
        .map_err(|_| Refusal::field("evidence.region", "region", "请选择登记的科协。", "Choose the association."));
    let outcome = match region {
        Ok(region) => {
            let recording = Recording {
                id: sending.get("id").parse().ok(),
                region,
                cells: sending.cells().to_vec(),
                files: sending.files.clone(),
            };
            evidence::record(&app.ctx, &asker.actor, &recording).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(record) => Ok(told(record.id, record.flag_count)),
        Err(error) => {
            let faults = Faults::of(error)?;
            page(&app.ctx, asker, &sending, faults, files, false).await
        }
    }
}

fn told(id: EvidenceId, flags: i32) -> Response {
    let to = format!("/evidence/{id}");
    match flags {
        0 => notice::done(&to, "已登记，等待另一位同事确认。", "Recorded. Somebody else is to confirm it."),
        n => {
            let zh = format!("已登记，但有 {n} 处疑点，请看下面的说明；填错的请作废后重新登记。");
            let en =
                format!("Recorded, with {n} doubts; see below. If something is wrong, void it and record it again.");
            notice::redirect_with(&to, Tone::Warning, &keqiao_i18n::Bilingual::new(zh, en))
        }
    }
}

fn seen(sending: &Sending, files: &[FileNote]) -> Vec<Seen> {
    let typed = (sending.get("started"), sending.get("ended"));
    let differs =
        |day: &str| !day.is_empty() && (day < typed.0 || day > if typed.1.is_empty() { typed.0 } else { typed.1 });
    let known = files.iter().filter(|f| !f.taken.is_empty());
    let one = |f: &FileNote| {
        let day = f.taken.day.map(|d| d.to_string()).unwrap_or_default();
        Seen {
            name: f.name.clone(),
            differs: differs(&day),
            day: format!("{day} {}", f.taken.time).trim().to_owned(),
            point: f.taken.point.map(|p| p.to_string()).unwrap_or_default(),
        }
    };
    known.map(one).collect()
}

async fn page(
    ctx: &Ctx,
    asker: Asker,
    sending: &Sending,
    faults: Faults,
    files: Vec<FileNote>,
    confirm: bool,
) -> Answer {
    let kind = sending.get("kind").parse().unwrap_or(Kind::Other);
    let template = KindTemplate::of(kind);
    let regions = choice::own_regions(&asker.actor);
    let projects = evidence::projects(ctx, &asker.actor).await?;
    let v = asker.view;
    let input = |key: &'static str| {
        let column = EvidenceRow::column(key)?;
        let (input_kind, required) = shape(&template, column)?;
        Some(Input {
            key,
            title: v.f(column.title),
            kind: input_kind,
            value: sending.get(key).to_owned(),
            help: v.f(column.hint),
            error: faults.at(&v, key).to_owned(),
            required,
        })
    };
    let asked: Vec<Input> = ["title", "started", "place"]
        .into_iter()
        .chain(template.counts.iter().map(|f| f.count.code()))
        .chain(["money", "remark", "ended", "place_region", "held_by"])
        .filter_map(input)
        .collect();
    let (first, more): (Vec<_>, Vec<_>) = asked.into_iter().partition(|i| i.required || i.key == "started");
    let day = files.iter().find_map(|f| f.taken.day).map(|d| d.to_string());
    let given = |key: &str| Some(sending.get(key).to_owned()).filter(|r| !r.is_empty());
    let page = Page {
        kind,
        id: given("id").unwrap_or_else(|| EvidenceId::new(&*ctx.clock, &*ctx.entropy).to_string()),
        region: given("region").or_else(|| regions.first().map(|r| r.0.clone())).unwrap_or_default(),
        regions,
        more_open: more.iter().any(|i| !i.value.is_empty() || !i.error.is_empty()),
        first,
        more,
        projects: projects.into_iter().map(|(id, title)| (id.to_string(), title)).collect(),
        project: sending.get("project").to_owned(),
        photo_day: day.filter(|d| d != sending.get("started")).unwrap_or_default(),
        seen: if confirm { seen(sending, &files) } else { Vec::new() },
        files,
        today: ctx.now().day().to_string(),
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// How a field of a kind is asked for, and whether it must be; none when the kind has no such field.
fn shape(template: &KindTemplate, column: &Column) -> Option<(&'static str, bool)> {
    let must = |need: Need| (need != Need::No).then_some(need == Need::Must);
    Some(match column.key {
        "title" => ("text", true),
        "started" => ("date", true),
        "ended" => ("date", false),
        "place" => ("text", must(template.place)?),
        "place_region" | "held_by" => ("text", false),
        "money" => ("money", must(template.money)?),
        "remark" => ("area", template.kind == Kind::Other),
        key => ("number", template.counts.iter().find(|f| f.count.code() == key)?.must),
    })
}
