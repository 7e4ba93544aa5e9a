//! Vectors of listings, made in the background: in batches, kept by their texts under `DATA/vectors`, so that each text is computed once,
//! whatever is built anew. Each process fills its own index, so this is no job of the common queue.

use std::sync::Arc;
use std::time::Duration;

use keqiao_base::ListingId;
use keqiao_embedding::{Asked, Cache, Embedder, Endpoint, Kind, Model, Post, Problem, Use};
use keqiao_search::Key;
use keqiao_store::exchange::listing::{self, Listing};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::shelf::{key_of, text_of};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::exchange::card::content_of;
use crate::settings::Meaning;

/// Listings whose vectors are made together.
const BATCH: usize = 64;
/// How long to wait after something went wrong.
const PAUSE: Duration = Duration::from_secs(60);

/// What this task holds.
struct Filling {
    cache: Cache,
    model: Arc<dyn Embedder>,
}

/// Opens the model of the settings and fills the index until told to stop; ends at once where there is none.
pub(super) async fn run(ctx: Ctx, stop: CancellationToken) {
    let opening = ctx.clone();
    let opened = tokio::task::spawn_blocking(move || open(&opening)).await;
    let mut filling = match opened {
        Ok(Ok(Some(filling))) => Some(filling),
        Ok(Ok(None)) => return,
        Ok(Err(problem)) => return tracing::error!(%problem, "the model cannot be used: words only"),
        Err(error) => return tracing::error!(%error, "the model could not be opened: words only"),
    };
    while !stop.is_cancelled() {
        match step(&ctx, &mut filling).await {
            Ok(true) => continue,
            Ok(false) => {
                tokio::select! { () = stop.cancelled() => return, () = ctx.finder.waiting.notified() => {} }
            }
            Err(error) => {
                tracing::warn!(%error, "vectors of listings were not made");
                tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(PAUSE) => {} }
            }
        }
    }
}

/// Makes every vector that is missing; nothing without a model.
pub(super) async fn fill(ctx: &Ctx) -> AppResult<()> {
    let opening = ctx.clone();
    let opened = tokio::task::spawn_blocking(move || open(&opening)).await?;
    let mut filling = opened.map_err(|problem| crate::AppError::Fault(anyhow::Error::new(problem)))?;
    while filling.is_some() && step(ctx, &mut filling).await? {}
    Ok(())
}

fn open(ctx: &Ctx) -> Result<Option<Filling>, Problem> {
    let Some(model) = model_of(&ctx.settings.meaning)? else { return Ok(None) };
    let cache = Cache::open(&ctx.settings.data.join("vectors"), &*model)?;
    let set = ctx.finder.model.set(model.clone());
    if set.is_err() {
        return Ok(None);
    }
    Ok(Some(Filling { cache, model }))
}

/// The model of the settings; nothing without one. From threads for blocking work only: it reads files.
pub(crate) fn model_of(meaning: &Meaning) -> Result<Option<Arc<dyn Embedder>>, Problem> {
    Ok(match meaning {
        Meaning::None => None,
        Meaning::Directory(dir) => Some(Arc::new(Model::open(dir)?)),
        Meaning::Address { address, secret, model } => {
            let usage = Use { name: model.clone(), ..Use::default() };
            Some(Arc::new(Endpoint::new(address.clone(), secret.clone(), usage, post()?)))
        }
    })
}

/// Asks an address over the network. It is called from threads for blocking work only.
fn post() -> Result<Post, Problem> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
    let client =
        client.map_err(|e| Problem::new(format!("无法建立网络连接：{e}"), format!("no way to the network: {e}")))?;
    let runtime = tokio::runtime::Handle::current();
    Ok(Box::new(move |asked: &Asked<'_>| {
        let mut request = client
            .post(asked.address)
            .timeout(asked.time)
            .header("content-type", "application/json")
            .body(asked.body.clone());
        if !asked.secret.is_empty() {
            request = request.bearer_auth(asked.secret);
        }
        runtime.block_on(async move {
            let mut answer =
                request.send().await.and_then(reqwest::Response::error_for_status).map_err(|e| e.to_string())?;
            let mut bytes = Vec::new();
            while let Some(piece) = answer.chunk().await.map_err(|e| e.to_string())? {
                if bytes.len() + piece.len() > asked.bytes_max {
                    return Err("the answer is too long".to_owned());
                }
                bytes.extend_from_slice(&piece);
            }
            Ok(bytes)
        })
    }))
}

/// Makes the vectors of one batch; `false` when nothing waits.
async fn step(ctx: &Ctx, filling: &mut Option<Filling>) -> AppResult<bool> {
    let keys: Vec<Key> = {
        let mut shelf = ctx.finder.write();
        let most = shelf.bare.len().min(BATCH);
        shelf.bare.drain(..most).collect()
    };
    if keys.is_empty() {
        return Ok(false);
    }
    let outcome = make(ctx, filling, &keys).await;
    if outcome.is_err() {
        ctx.finder.write().bare.extend(keys);
    }
    outcome.map(|()| true)
}

async fn make(ctx: &Ctx, filling: &mut Option<Filling>, keys: &[Key]) -> AppResult<()> {
    let ids: Vec<ListingId> = keys.iter().map(|key| ListingId::from(Uuid::from_u128(*key))).collect();
    let rows = listing::several(ctx.db.read(), &ids).await?;
    let Some(mut own) = filling.take() else { return Err(anyhow::anyhow!("the model is gone").into()) };
    let working = ctx.clone();
    let (own, made) = tokio::task::spawn_blocking(move || {
        let made = own.fill(&working, &rows);
        (own, made)
    })
    .await?;
    *filling = Some(own);
    made.map_err(|problem| crate::AppError::Fault(anyhow::Error::new(problem)))
}

impl Filling {
    fn fill(&mut self, ctx: &Ctx, rows: &[Listing]) -> Result<(), Problem> {
        let texts: Vec<String> = rows.iter().map(|row| text_of(&row.title, &content_of(row).body())).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = self.cache.embed(&*self.model, Kind::Passage, &texts, |_| ())?;
        let mut shelf = ctx.finder.write();
        for (row, vector) in rows.iter().zip(vectors) {
            shelf.collection.put_vector(key_of(row.id), &vector.vector().0);
        }
        Ok(())
    }
}
