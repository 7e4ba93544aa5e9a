//! What an address or a program names: ids, regions, years, months. An id in an address that cannot be read names nothing, and nobody learns that who has not signed in.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use keqiao_access::RegionCode;
use keqiao_base::Refusal;

use crate::asker::Asker;
use crate::failure::Failure;
use crate::state::App;

/// The most characters that are searched for.
const WORDS_MAX: usize = 100;

/// An id out of an address or a body; what is none names nothing.
pub fn id_of<T: FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::not_found())
}

/// The region that a program names.
pub fn region_of(text: &str) -> Result<RegionCode, Refusal> {
    let (zh, en) = ("请填写6位行政区划代码。", "Name the region by its six digits.");
    text.parse().map_err(|_| Refusal::field("region", "region", zh, en))
}

/// The year that a program names.
pub fn year_of(year: i32) -> Result<i32, Refusal> {
    let (zh, en) = ("年度应为2000至2100。", "The year is a number from 2000 to 2100.");
    if (2000..=2100).contains(&year) { Ok(year) } else { Err(Refusal::field("year", "year", zh, en)) }
}

/// The month that a program names.
pub fn month_of(month: u8) -> Result<u8, Refusal> {
    let (zh, en) = ("月份应为1至12。", "The month is a number from 1 to 12.");
    if (1..=12).contains(&month) { Ok(month) } else { Err(Refusal::field("month", "month", zh, en)) }
}

/// The words that a program searches for, without control characters.
pub fn words_of(text: &str) -> Result<String, Refusal> {
    if text.chars().count() > WORDS_MAX {
        let (zh, en) = ("搜索的文字过长，最多100个字。", "Search for at most 100 characters.");
        return Err(Refusal::field("words", "q", zh, en));
    }
    Ok(text.chars().filter(|c| !c.is_control()).collect())
}

/// The one parameter of an address, read as an id.
#[derive(Clone, Copy, Debug)]
pub struct Key<T>(pub T);

impl<T: FromStr> FromRequestParts<App> for Key<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let text = Path::<String>::from_request_parts(parts, app).await;
        if let Some(id) = text.ok().and_then(|Path(text)| text.parse().ok()) {
            return Ok(Key(id));
        }
        Asker::of(parts, app).await?.actor.must_sign_in()?;
        Err(Refusal::not_found().into())
    }
}
