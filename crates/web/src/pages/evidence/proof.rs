//! Proof for a record: files alone, or a higher rung with what it asks for.

use axum::extract::{Multipart, Path, State};
use keqiao_app::evidence::{self, Raising};
use keqiao_base::EvidenceId;

use super::record::{Typed, answer, revision};
use super::sending::Sending;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;

/// `POST /evidence/{id}/proof`
pub(super) async fn take(State(app): State<App>, asker: Asker, Path(id): Path<EvidenceId>, form: Multipart) -> Answer {
    // Who may not see the record sends no files.
    evidence::show(&app.ctx, &asker.actor, id).await?;
    let sending = Sending::read(&app, &asker, form).await?;
    let (number, words) = (sending.get("number").to_owned(), sending.get("words").to_owned());
    let rung = sending.get("rung").to_owned();
    let typed = Typed { form: "proof", words: words.clone(), number: number.clone(), rung: rung.clone() };
    let made_from = revision(sending.get("revision"))?;
    let outcome = match (sending.whole(), rung.parse()) {
        (Err(refusal), _) => Err(refusal.into()),
        (Ok(()), Ok(rung)) => {
            let raising = Raising { rung, number, words, files: sending.files.clone() };
            evidence::raise(&app.ctx, &asker.actor, id, made_from, &raising).await
        }
        (Ok(()), Err(_)) => evidence::attach(&app.ctx, &asker.actor, id, made_from, &sending.files).await,
    };
    answer(&app, asker, id, outcome, typed, ("已补充。", "Added.")).await
}
