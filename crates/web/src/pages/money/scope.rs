//! Which department and which year a page shows: chosen in its address, else the own department and its newest year.

use keqiao_access::RegionCode;
use keqiao_app::year;
use keqiao_base::Refusal;

use super::{Sent, sent};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::state::App;

/// A department and a year.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The department.
    pub region: RegionCode,
    /// The year.
    pub year: i32,
    /// Departments to choose from.
    pub regions: Vec<(String, String)>,
    /// Years to choose from.
    pub years: Vec<(String, String)>,
}

impl Scope {
    /// What the address asks for, within these regions.
    pub async fn of(app: &App, asker: &Asker, list: &Listing, mine: Vec<RegionCode>) -> Answer<Scope> {
        let books = year::years(&app.ctx, &asker.actor).await?;
        let first = *mine.first().ok_or_else(Refusal::forbidden)?;
        let asked: Option<RegionCode> = list.get("region").parse().ok();
        // A city that keeps its own books opens on them; one that does not, on the first county that does.
        let kept = books.iter().map(|b| b.region).find(|r| *r == first).or(books.first().map(|b| b.region));
        let region = asked.or(kept).unwrap_or(first);
        let mut years: Vec<i32> = books.iter().filter(|b| b.region == region).map(|b| b.year).collect();
        let now = app.ctx.now().china().0;
        let year = list.get("year").parse().ok().filter(|y| year::YEARS.contains(y));
        let year = year.or(years.first().copied()).unwrap_or(now);
        years.extend([now, year]);
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        let options = mine.into_iter().flat_map(|r| std::iter::once(r).chain(r.below()));
        Ok(Scope {
            region,
            year,
            regions: options.map(|r| (r.code(), r.full_name())).collect(),
            years: years.into_iter().map(|y| (y.to_string(), y.to_string())).collect(),
        })
    }

    /// Another page of the same department and year.
    pub fn href(&self, path: &str) -> String {
        at(path, self.region, self.year)
    }

    /// The region as a form sends it.
    pub fn code(&self) -> String {
        self.region.code()
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.region.full_name()
    }
}

/// A page of a department and a year.
pub(super) fn at(path: &str, region: RegionCode, year: i32) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}region={region}&year={year}")
}

/// The department and year that a form is for.
pub(super) fn of_form(form: &Sent) -> Result<(RegionCode, i32), Refusal> {
    let wrong = || Refusal::field("money.scope", "region", "请选择部门和年度。", "Choose the department and the year.");
    let region = sent(form, "region").parse().map_err(|_| wrong())?;
    Ok((region, sent(form, "year").parse().unwrap_or(0)))
}
