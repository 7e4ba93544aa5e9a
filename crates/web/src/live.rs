//! Live changes: `GET /events?topic=desk&topic=report:…`, server-sent events. A listener hears only topics that they may see.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use keqiao_access::{Actor, may};
use keqiao_base::{Kind, Refusal};
use percent_encoding::percent_decode_str;
use tokio::sync::broadcast::error::RecvError;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;

/// Topics that one browser page may listen to.
const TOPICS_MAX: usize = 8;

/// The stream of changes of the topics asked for.
pub async fn events(
    State(app): State<App>,
    asker: Asker,
    RawQuery(query): RawQuery,
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let query = query.unwrap_or_default();
    let topics: Vec<String> = query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("topic="))
        .take(TOPICS_MAX)
        .map(|t| percent_decode_str(t).decode_utf8_lossy().into_owned())
        .collect();
    for topic in &topics {
        asker.actor.must(may_hear(&asker.actor, topic))?;
    }
    if topics.is_empty() {
        return Err(Refusal::new(Kind::Invalid, "topic", "没有指明要听什么。", "No topic was named.").into());
    }
    let mut hub = app.ctx.events.listen();
    let stop = app.stop.clone();
    let stream = async_stream::stream! {
        loop {
            let event = tokio::select! {
                () = stop.cancelled() => return,
                event = hub.recv() => event,
            };
            match event {
                Ok(event) if topics.contains(&event.topic) => {
                    yield Ok(Event::default().id(event.seq.to_string()).event(event.topic.clone()).data(&event.payload));
                }
                Ok(_) => {}
                // Too slow a listener has missed something: the page looks again.
                Err(RecvError::Lagged(_)) => yield Ok(Event::default().event("lagged").data("{}")),
                Err(RecvError::Closed) => return,
            }
        }
    };
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}

/// Who may hear what.
fn may_hear(actor: &Actor, topic: &str) -> bool {
    match topic.split(':').next() {
        Some("desk" | "report") => may::use_desk(actor),
        Some("directory" | "import") => may::see_directory(actor),
        Some("job") => may::see_jobs(actor),
        _ => false,
    }
}
