//! What is done on the page of a listing: files, interests, renewal, consent, reports, what officers decide.

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use keqiao_access::may;
use keqiao_app::AppResult;
use keqiao_app::exchange::{self, Answered, InterestForm};
use keqiao_base::{InterestId, ListingId, ListingReportId, Refusal};
use keqiao_exchange::choice::DeclineReason;
use keqiao_exchange::disclosure::Layer;

use super::listing::page;
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

/// What an act came to: back to the page with a word, or the page with what is wrong.
pub(super) async fn answer(
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

pub(super) fn received(fields: Vec<(String, String)>) -> Received {
    Received { fields, file: None }
}

/// A reason of the list.
fn reason<T: std::str::FromStr>(sent: &Received) -> Result<T, Refusal> {
    let missing = |_| Refusal::field("reason", "reason", "请选择原因。", "Choose a reason.");
    sent.get("reason").parse().map_err(missing)
}

pub(super) fn revision(sent: &Received) -> i32 {
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
    let (outcome, said) = match act.as_str() {
        "renew" => (exchange::renew(ctx, actor, id, revision).await, ("已续期。", "Renewed.")),
        "archive" => (exchange::archive(ctx, actor, id, revision).await, ("已归档。", "Put away.")),
        "consent" => (exchange::consent(ctx, actor, id, revision, &words).await, ("已确认。", "Confirmed.")),
        "appeal" => (
            exchange::appeal(ctx, actor, id, revision, &words).await,
            ("申诉已提交，由其他工作人员处理。", "The appeal is in; another officer hears it."),
        ),
        "pass" => (exchange::pass(ctx, actor, id, revision).await, ("已通过，正在展示。", "Passed and listed.")),
        "return" => match reason(&sent) {
            Ok(reason) => {
                (exchange::send_back(ctx, actor, id, revision, reason, &words).await, ("已退回。", "Sent back."))
            }
            Err(refusal) => (Err(refusal.into()), ("", "")),
        },
        "freeze" => match reason(&sent) {
            Ok(reason) => (
                exchange::freeze(ctx, actor, id, revision, reason, &words).await,
                ("已冻结，发布人可以申诉。", "Frozen; the publisher may appeal."),
            ),
            Err(refusal) => (Err(refusal.into()), ("", "")),
        },
        "hear" => {
            let granted = sent.get("verdict") == "grant";
            (
                exchange::hear(ctx, actor, id, revision, granted, &words).await,
                ("申诉已处理。", "The appeal is decided."),
            )
        }
        "report" => match reason(&sent) {
            Ok(reason) => (
                exchange::report(ctx, actor, id, reason, &words).await,
                ("举报已收到，处理后告诉您。", "Your report is in; you will read what was decided."),
            ),
            Err(refusal) => (Err(refusal.into()), ("", "")),
        },
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
