//! Finding by meaning, with vectors that a service gives: other words for the same matter are found, and a service that is gone
//! costs nothing but the meaning.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use keqiao_app::exchange::finder;
use keqiao_app::fixture::TestCtx;
use keqiao_app::settings::Meaning;
use keqiao_base::ListingId;
use keqiao_exchange::choice::ListingKind;
use keqiao_exchange::listing::Cells;
use keqiao_store::exchange::listing::{self, Listing};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::find::{Fields, found, listed};

/// Words of one matter each: a number of the vector.
const MATTERS: [&[&str]; 4] = [&["烘干", "dehydrate"], &["割草", "除杂"], &["苹果", "果实"], &["水质", "污水"]];

/// A service that speaks as OpenAI's does.
struct Service {
    address: String,
    up: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

impl Service {
    fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1/embeddings", listener.local_addr().unwrap());
        let (up, asked) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
        let service = Service { address, up: up.clone(), asked: asked.clone() };
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if up.load(Ordering::SeqCst) {
                    asked.fetch_add(1, Ordering::SeqCst);
                    let _ = answer(stream);
                }
            }
        });
        service
    }
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut length, mut secret, mut line) = (0, false, String::new());
    while reader.read_line(&mut line)? > 2 {
        let head = line.to_ascii_lowercase();
        secret |= line.trim_end().ends_with("Bearer s3cret");
        length = head.strip_prefix("content-length:").map_or(length, |n| n.trim().parse().unwrap());
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked: Value = serde_json::from_slice(&body)?;
    let vector = |text: &str| -> Vec<f32> {
        let holds = |words: &&[&str]| if words.iter().any(|w| text.contains(w)) { 1.0 } else { 0.05 };
        MATTERS.iter().map(holds).collect()
    };
    let texts = asked["input"].as_array().unwrap().iter().enumerate();
    let data: Vec<Value> =
        texts.map(|(i, text)| json!({ "index": i, "embedding": vector(text.as_str().unwrap()) })).collect();
    let (status, body) = if secret { ("200 OK", json!({ "data": data })) } else { ("401 No", json!({})) };
    let body = body.to_string();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Waits for what happens in the background.
async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    for _ in 0..400 {
        if is().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not within twenty seconds: {what}");
}

fn offer<'a>(title: &'a str, solves: &'a str) -> [(&'a str, &'a str); 3] {
    [("title", title), ("form", "service"), ("solves", solves)]
}

/// Its owner writes something else.
async fn rewritten(ctx: &TestCtx, id: ListingId, fields: Fields<'_>) {
    let cells = Cells(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
    let tx = ctx.begin().await.unwrap();
    let row = listing::load(&tx, id).await.unwrap().unwrap();
    let (title, cells, revision) = (fields[0].1.to_owned(), serde_json::to_string(&cells).unwrap(), row.revision);
    assert!(listing::save(&tx, Listing { title, cells, updated_at: ctx.now(), ..row }, revision).await.unwrap());
    ctx.commit(tx).await.unwrap();
}

/// A word that stands in no listing.
const DRYING: &str = "q=dehydrate";

#[tokio::test(flavor = "multi_thread")]
async fn other_words_for_the_same_are_found_while_the_service_answers() {
    let service = Service::start();
    let ctx = TestCtx::with(|settings| {
        let (secret, model) = ("s3cret".to_owned(), "m".to_owned());
        settings.meaning = Meaning::Address { address: service.address.clone(), secret, model };
    });
    let ctx = ctx.await.unwrap();
    let dryer = listed(&ctx, ListingKind::Offer, 1, &offer("谷物烘干余热回收", "烘干线用气多")).await;
    let mower = listed(&ctx, ListingKind::Offer, 2, &offer("果园割草机租用", "坡地割草费工")).await;
    let sorter = listed(&ctx, ListingKind::Offer, 3, &offer("近红外检测霉心病", "苹果分选靠人眼")).await;
    let stop = CancellationToken::new();
    let following = tokio::spawn(finder::run(ctx.ctx.clone(), stop.clone()));

    until("a text without a common word", async || found(&ctx, DRYING).await == [dryer]).await;
    assert!(ctx.finder.has_vectors());
    rewritten(&ctx, sorter, &offer("果片烘干房", "鲜果卖不完")).await;
    until("a changed text by its new meaning", async || found(&ctx, DRYING).await.contains(&sorter)).await;

    service.up.store(false, Ordering::SeqCst);
    let sprayer = listed(&ctx, ListingKind::Offer, 4, &offer("植保无人机喷药", "果园喷药费工")).await;
    until("a new listing by its words", async || found(&ctx, "q=%E5%96%B7%E8%8D%AF").await == [sprayer]).await;
    assert_eq!(found(&ctx, "q=%E5%89%B2%E8%8D%89").await, [mower], "by words, as if there were no model");
    assert!(service.asked.load(Ordering::SeqCst) >= 2, "for the listings and for the query");
    stop.cancel();
    following.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_refuses_leaves_the_search_by_words() {
    let service = Service::start();
    let ctx = TestCtx::with(|settings| {
        let (secret, model) = ("wrong".to_owned(), "m".to_owned());
        settings.meaning = Meaning::Address { address: service.address.clone(), secret, model };
    });
    let ctx = ctx.await.unwrap();
    let dryer = listed(&ctx, ListingKind::Offer, 1, &offer("谷物烘干余热回收", "烘干线用气多")).await;
    let stop = CancellationToken::new();
    let following = tokio::spawn(finder::run(ctx.ctx.clone(), stop.clone()));
    until("the service was asked", async || service.asked.load(Ordering::SeqCst) > 0).await;
    until("found by words", async || found(&ctx, "q=%E7%83%98%E5%B9%B2").await == [dryer]).await;
    assert!(found(&ctx, DRYING).await.is_empty());
    stop.cancel();
    following.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_says_nothing_is_waited_for_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1/embeddings", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming().map_while(Result::ok) {
            counted.fetch_add(1, Ordering::SeqCst);
            held.push(stream);
        }
    });
    let ctx = TestCtx::with(|settings| {
        let (secret, model) = (String::new(), "m".to_owned());
        settings.meaning = Meaning::Address { address, secret, model };
    });
    let ctx = ctx.await.unwrap();
    let dryer = listed(&ctx, ListingKind::Offer, 1, &offer("谷物烘干余热回收", "烘干线用气多")).await;
    let stop = CancellationToken::new();
    let following = tokio::spawn(finder::run(ctx.ctx.clone(), stop.clone()));
    until("asked for the vectors of listings", async || asked.load(Ordering::SeqCst) == 1).await;
    for _ in 0..3 {
        assert_eq!(found(&ctx, "q=%E7%83%98%E5%B9%B2").await, [dryer], "by words");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2, "for the first search, not for those right after it");
    stop.cancel();
    following.await.unwrap();
}
