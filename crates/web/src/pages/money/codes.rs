//! The codes of a year, and bringing in the full list.

use askama::Template;
use axum::extract::{Multipart, RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::codes::CodeKind;
use keqiao_app::money::{self, CodesShown};
use keqiao_base::Refusal;
use keqiao_sheet::check::Note;

use super::scope::{Scope, at, of_form};
use super::{Sent, sent};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::received::Received;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "money/codes.html")]
struct Page {
    v: View,
    l: Listing,
    s: Scope,
    codes: CodesShown,
    rows: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    kind: CodeKind,
    notes: Vec<Note>,
    faults: Faults,
    keeps: bool,
}

impl Page {
    fn full(&self) -> bool {
        if self.kind == CodeKind::Functional { self.codes.functional.full } else { self.codes.economic.full }
    }
}

/// `GET /money/codes`
pub(super) async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/money/codes", &query.unwrap_or_default(), "");
    render(&app, asker, l, Vec::new(), Faults::default()).await
}

async fn render(app: &App, asker: Asker, l: Listing, notes: Vec<Note>, faults: Faults) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let s = Scope::of(app, &asker, &l, may::money_regions(&asker.actor)).await?;
    let codes = money::codes(&app.ctx, &asker.actor, s.region, s.year).await?;
    let kind = l.get("kind").parse().unwrap_or(CodeKind::Functional);
    let names = if kind == CodeKind::Functional { &codes.functional.names } else { &codes.economic.names };
    let words = l.get("q").to_owned();
    let fit = |(code, name): &(&String, &String)| code.starts_with(&words) || name.contains(&words);
    let found: Vec<_> = names.iter().filter(fit).map(|(c, n)| (c.clone(), n.clone())).collect();
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let l = l.of(total);
    let skip = usize::try_from(l.offset()).unwrap_or(0);
    let v = asker.view.clone();
    let page = Page {
        rows: found.into_iter().skip(skip).take(50).collect(),
        kinds: CodeKind::ALL.iter().map(|k| (k.code().to_owned(), v.f(k.title()).to_owned())).collect(),
        keeps: may::keep_books(&asker.actor, s.region),
        l,
        s,
        codes,
        kind,
        notes,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&asker.view, &page)))
}

/// `POST /money/codes`
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    asker.actor.must(may::see_money(&asker.actor))?;
    let Received { fields, file } = Received::read(&app, form).await?;
    let form: Sent = fields.into_iter().collect();
    let (region, year) = of_form(&form)?;
    let kind = sent(&form, "kind").parse().unwrap_or(CodeKind::Functional);
    asker.actor.must(may::keep_books(&asker.actor, region))?;
    let here = at(&format!("/money/codes?kind={kind}"), region, year);
    let brought = match file {
        None => Err(Refusal::field("codes.file", "file", "请先选择文件。", "Choose a file first.").into()),
        Some((name, hash)) => {
            let bytes = app.ctx.files.read(&hash).await?;
            money::bring_codes(&app.ctx, &asker.actor, (region, year), kind, &name, bytes).await
        }
    };
    let query = here.split_once('?').map_or("", |(_, q)| q);
    let l = Listing::new("/money/codes", query, "");
    match brought {
        Ok((count, notes)) if notes.is_empty() => {
            Ok(notice::done(&here, format!("已导入{count}个科目。"), format!("{count} codes brought in.")))
        }
        Ok((_, notes)) => render(&app, asker, l, notes, Faults::default()).await,
        Err(error) => {
            let faults = Faults::of(error)?;
            render(&app, asker, l, Vec::new(), faults).await
        }
    }
}
