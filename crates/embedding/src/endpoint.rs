//! A model behind an address that speaks as OpenAI's `/v1/embeddings` does. Here are the question, the answer and their checks;
//! the way there is given by whoever has a client for it, since this crate knows no network.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::embedder::{Embedder, Kind};
use crate::problem::Problem;
use crate::settings::Use;
use crate::vector::Vector;

/// Texts in one question.
const TEXTS: usize = 64;
/// Bytes of an answer that are worth reading: [`TEXTS`] vectors of 4,096 values in long decimals.
const ANSWER_BYTES_MAX: usize = 8 << 20;
const DIMENSIONS_MAX: usize = 8192;
/// How long an answer may take: somebody waits for a query, nobody for texts.
const QUERY_TIME: Duration = Duration::from_secs(3);
const PASSAGE_TIME: Duration = Duration::from_secs(60);

/// One question: a POST of JSON.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The whole address, such as `http://10.0.0.7:8080/v1/embeddings`.
    pub address: &'a str,
    /// Goes into `Authorization: Bearer …`; empty for none.
    pub secret: &'a str,
    /// The JSON.
    pub body: Vec<u8>,
    /// A longer answer need not be read on.
    pub bytes_max: usize,
    /// A later answer need not be waited for.
    pub time: Duration,
}

/// Asks and waits for the answer's body; the error is for the log.
pub type Post = Box<dyn Fn(&Asked<'_>) -> Result<Vec<u8>, String> + Send + Sync>;

/// A model behind an address.
pub struct Endpoint {
    address: String,
    secret: String,
    usage: Use,
    name: String,
    post: Post,
}

#[derive(Serialize)]
struct Question<'a> {
    model: &'a str,
    input: Vec<String>,
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    index: usize,
    embedding: Vec<f32>,
}

impl Endpoint {
    /// The model `usage.name` at `address`; its prefixes are put before the texts here.
    pub fn new(address: impl Into<String>, secret: impl Into<String>, usage: Use, post: Post) -> Endpoint {
        let address = address.into();
        let name = format!("{} @ {address} {:?} {:?}", usage.name, usage.query_prefix, usage.passage_prefix);
        Endpoint { address, secret: secret.into(), usage, name, post }
    }

    fn ask(&self, input: Vec<String>, time: Duration) -> Result<Vec<Vector>, Problem> {
        let n = input.len();
        let question = Question { model: &self.usage.name, input, encoding_format: "float" };
        let body = serde_json::to_vec(&question).map_err(|e| self.wrong(e))?;
        let asked = Asked { address: &self.address, secret: &self.secret, body, bytes_max: ANSWER_BYTES_MAX, time };
        let bytes = (self.post)(&asked).map_err(|e| self.wrong(e))?;
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(self.wrong("the answer is too long"));
        }
        let mut answer: Answer = serde_json::from_slice(&bytes).map_err(|e| self.wrong(e))?;
        answer.data.sort_by_key(|item| item.index);
        if answer.data.len() != n || answer.data.iter().enumerate().any(|(i, item)| item.index != i) {
            return Err(self.wrong(format!("{n} vectors expected, {} came", answer.data.len())));
        }
        let vectors: Vec<Vector> = answer.data.into_iter().map(|item| Vector::normalised(item.embedding)).collect();
        let dimensions = vectors.first().map_or(0, |v| v.0.len());
        let whole = |v: &Vector| v.0.len() == dimensions && v.0.iter().all(|x| x.is_finite());
        if !(1..=DIMENSIONS_MAX).contains(&dimensions) || !vectors.iter().all(whole) {
            return Err(self.wrong("vectors of different length, or without numbers"));
        }
        Ok(vectors)
    }

    fn wrong(&self, why: impl std::fmt::Display) -> Problem {
        let at = &self.address;
        Problem::new(
            format!("向量服务 {at} 未正常应答：{why}。请检查地址、密钥和模型名称。"),
            format!(
                "the embedding service {at} does not answer as it should: {why}; check address, key and model name"
            ),
        )
    }
}

impl Embedder for Endpoint {
    fn name(&self) -> &str {
        &self.name
    }

    fn embed(&self, kind: Kind, texts: &[&str]) -> Result<Vec<Vector>, Problem> {
        let prefix = self.usage.prefix(kind);
        let time = match kind {
            Kind::Query => QUERY_TIME,
            Kind::Passage => PASSAGE_TIME,
        };
        let mut vectors = Vec::with_capacity(texts.len());
        for part in texts.chunks(TEXTS) {
            vectors.extend(self.ask(part.iter().map(|text| format!("{prefix}{}", text.trim())).collect(), time)?);
        }
        Ok(vectors)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    fn endpoint(answer: impl Fn(&serde_json::Value) -> Result<String, String> + Send + Sync + 'static) -> Endpoint {
        let usage =
            Use { name: "m".into(), query_prefix: "q: ".into(), passage_prefix: "p: ".into(), ..Use::default() };
        let post = move |asked: &Asked<'_>| {
            assert_eq!((asked.address, asked.secret), ("http://one.test/v1/embeddings", "k"));
            answer(&serde_json::from_slice(&asked.body).unwrap()).map(String::into_bytes)
        };
        Endpoint::new("http://one.test/v1/embeddings", "k", usage, Box::new(post))
    }

    #[test]
    fn many_texts_go_in_several_questions_and_come_back_in_order() {
        let sizes = Arc::new(Mutex::new(Vec::new()));
        let seen = sizes.clone();
        let endpoint = endpoint(move |question| {
            let input = question["input"].as_array().unwrap();
            seen.lock().unwrap().push(input.len());
            let data = input.iter().enumerate().rev().map(|(i, text)| {
                assert!(text.as_str().unwrap().starts_with("p: "));
                format!(r#"{{"index":{i},"embedding":[{},1]}}"#, text.as_str().unwrap().len())
            });
            Ok(format!(r#"{{"data":[{}]}}"#, data.collect::<Vec<_>>().join(",")))
        });
        let texts: Vec<String> = (0..150).map(|i| "x".repeat(i)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = endpoint.embed(Kind::Passage, &texts).unwrap();
        assert_eq!(*sizes.lock().unwrap(), [64, 64, 22]);
        let ratio = |i: usize| (vectors[i].0[0] / vectors[i].0[1]).round();
        assert!((0..150).all(|i| ratio(i) == (i + 3) as f32));
        assert!(vectors.iter().all(|v| (v.cosine(v) - 1.0).abs() < 1e-5));
    }

    #[test]
    fn any_other_answer_is_refused() {
        let answers = [
            "",
            "<html>",
            r#"{"error":"no such model"}"#,
            r#"{"data":[]}"#,
            r#"{"data":[{"index":0,"embedding":[1]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#,
            r#"{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1e39]},{"index":1,"embedding":[1]}]}"#,
        ];
        for answer in answers {
            let problem = endpoint(move |_| Ok(answer.to_owned())).embed(Kind::Query, &["a", "b"]).unwrap_err();
            assert!(problem.message.zh.contains("one.test"), "{answer}");
        }
        let problem = endpoint(|_| Err("refused".into())).embed(Kind::Query, &["a"]).unwrap_err();
        assert!(problem.message.en.contains("refused"));
        assert_eq!(endpoint(|_| Err(String::new())).embed(Kind::Query, &[]).unwrap(), []);
    }
}
