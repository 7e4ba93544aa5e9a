//! Reading a long list piece by piece: each piece carries the cursor of the next. A cursor is the last key seen, or the next page of a ranking,
//! opaque to clients.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keqiao_base::{Kind, Refusal};
use keqiao_store::PageRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many entries a piece holds; a number outside the bounds is refused, not bent.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u64")]
pub struct Limit(u64);

impl TryFrom<u64> for Limit {
    type Error = &'static str;
    fn try_from(limit: u64) -> Result<Limit, Self::Error> {
        if (1..=200).contains(&limit) { Ok(Limit(limit)) } else { Err("limit is a number from 1 to 200") }
    }
}

/// Where to go on reading, and how much.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
pub struct Cursor {
    /// 上一段返回的 `next`；第一段不填 · `next` of the piece before; absent for the first.
    #[param(max_length = 400)]
    pub cursor: Option<String>,
    /// 每段条数，1 至 200，默认 50 · Entries in a piece.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    pub limit: Option<Limit>,
}

impl Cursor {
    /// The last key of the piece before.
    ///
    /// # Errors
    /// When the cursor was not made by us.
    pub fn after(&self) -> Result<Option<String>, Refusal> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok().filter(|b| b.len() <= 300);
        let key = bytes.and_then(|b| String::from_utf8(b).ok());
        key.map(Some).ok_or_else(gone)
    }

    /// The page that it leads to, where a list has pages and no keys: a ranking.
    ///
    /// # Errors
    /// When the cursor was not made by us.
    pub fn page(&self) -> Result<PageRequest, Refusal> {
        let number = self.after()?.map_or(Ok(1), |page| page.parse().map_err(|_| gone()))?;
        Ok(PageRequest::new(number, self.limit()))
    }

    /// How many entries.
    pub fn limit(&self) -> u64 {
        self.limit.map_or(50, |Limit(limit)| limit)
    }
}

/// The cursor of the page after this one, where there is one.
pub fn next_page(request: PageRequest, total: u64) -> Option<String> {
    let more = request.offset().saturating_add(request.size) < total;
    more.then(|| cursor_of(&(request.number + 1).to_string()))
}

fn cursor_of(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// From which revision a change was made, in an address.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// 所依据的修订号 · The revision it was made from.
    pub revision: i32,
}

/// The refusal of a cursor that leads nowhere.
pub fn gone() -> Refusal {
    let (zh, en) = ("游标无法识别，请从第一段重新读。", "The cursor is not known. Read from the first piece again.");
    Refusal::new(Kind::NotFound, "cursor", zh, en)
}

/// One piece of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// 本段各条 · The entries.
    pub items: Vec<T>,
    /// 下一段的游标；没有下一段时为空 · Cursor of the next piece; null at the end.
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// A piece made from `limit + 1` rows read; `key` is what the next piece goes on from.
    pub fn of<R>(mut rows: Vec<R>, limit: u64, key: impl Fn(&R) -> String, item: impl FnMut(R) -> T) -> Listed<T> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| cursor_of(&key(row)));
        Listed { items: rows.into_iter().map(item).collect(), next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_and_a_made_up_one_is_refused() {
        let piece = Listed::of(vec![1, 2, 3], 2, ToString::to_string, |n| n);
        assert_eq!(piece.items, [1, 2]);
        let cursor = Cursor { cursor: piece.next, limit: None };
        assert_eq!(cursor.after().unwrap().as_deref(), Some("2"));
        assert_eq!(Listed::of(vec![1, 2], 2, ToString::to_string, |n: i32| n).next, None);
        assert!(Cursor { cursor: Some("%%%".into()), limit: None }.after().is_err());
        assert_eq!(Cursor::default().limit(), 50);
        assert!(Limit::try_from(0).is_err() && Limit::try_from(201).is_err());
    }
}
