//! Lists of the directory in pages: what was asked in words becomes a filter, cut to the regions of who asks.

use keqiao_access::{Actor, Grade, RegionCode, may};
use keqiao_base::{EntryId, ImportId, Moment, Refusal};
use keqiao_directory::{Entry, ListKind, Organisation, Person, query, words};
use keqiao_store::directory::entry::{self, Filter, Sort};
use keqiao_store::directory::{EntryRow, State};
use keqiao_store::{Order, Page, PageRequest};

use super::{Named, masked, values};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};

/// What is asked of a list, as it stands in the address. What makes no sense finds nothing or counts as not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words to look for.
    pub q: String,
    /// Code of a region.
    pub region: String,
    /// A field of work or an industry.
    pub field: String,
    /// Kind of organisation.
    pub kind: String,
    /// Level of expert.
    pub level: String,
    /// How well known.
    pub grade: String,
    /// Made by this import.
    pub import: String,
    /// `voided` shows what was taken out.
    pub state: String,
    /// `name`, `region`, `sort`, `changed`; a `-` before it turns it round.
    pub sort: String,
}

impl Asked {
    pub(super) fn filter(&self, list: ListKind, regions: Vec<RegionCode>) -> AppResult<Filter> {
        fn parsed<T: std::str::FromStr>(text: &str) -> AppResult<Option<T>> {
            match text.trim() {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| AppError::from(nothing_such(text))),
            }
        }
        let state = match self.state.trim() {
            "" => State::Active,
            text => text.parse().map_err(|_| nothing_such(text))?,
        };
        Ok(Filter {
            region: parsed::<RegionCode>(&self.region)?,
            terms: query::terms(&self.q),
            field: words::field_word(&self.field),
            kind: self.kind.clone(),
            level: self.level.clone(),
            grade: parsed::<Grade>(&self.grade)?,
            import: parsed::<ImportId>(&self.import)?,
            state,
            ..Filter::of(list, regions)
        })
    }

    pub(super) fn order(&self) -> (Sort, Order) {
        let (name, order) = match self.sort.strip_prefix('-') {
            Some(name) => (name, Order::Desc),
            None => (self.sort.as_str(), Order::Asc),
        };
        match name {
            "region" => (Sort::Region, order),
            "sort" => (Sort::Sort, order),
            "changed" => (Sort::Changed, order),
            _ => (Sort::Name, order),
        }
    }
}

fn nothing_such(text: &str) -> Refusal {
    let text: String = text.chars().take(40).collect();
    let (zh, en) =
        (format!("筛选条件“{text}”无法识别，请重新选择。"), format!("The filter {text:?} is not known. Choose again."));
    Refusal::new(keqiao_base::Kind::Invalid, "directory.filter", zh, en)
}

/// One line of a list; contacts are masked.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// Id.
    pub id: EntryId,
    /// The values.
    pub entry: T,
    /// The region.
    pub region: RegionCode,
    /// How well known.
    pub grade: Grade,
    /// Where it stands.
    pub state: State,
    /// Counts its changes.
    pub revision: i32,
    /// When it was last changed.
    pub updated_at: Moment,
}

pub(super) fn listed<T: Entry>(row: &EntryRow) -> AppResult<Listed<T>> {
    Ok(Listed {
        id: row.id,
        entry: masked(values(row)?),
        region: row.region,
        grade: row.grade,
        state: row.state,
        revision: row.revision,
        updated_at: row.updated_at,
    })
}

/// A page of a list.
///
/// # Errors
/// A refusal when who asks may not see the directory, or a filter is not known.
pub async fn list<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    asked: &Asked,
    request: PageRequest,
) -> AppResult<Page<Listed<T>>> {
    actor.must(may::see_directory(actor))?;
    let filter = asked.filter(T::KIND, may::directory_regions(actor))?;
    let (sort, order) = asked.order();
    let page = entry::page(ctx.db.read(), &filter, sort, order, request).await?;
    let rows = page.rows.iter().map(listed).collect::<AppResult<_>>()?;
    Ok(Page { rows, total: page.total, request: page.request })
}

/// Entries after one, by age: for programs.
///
/// # Errors
/// A refusal when who asks may not see the directory, or a filter is not known.
pub async fn list_after<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    asked: &Asked,
    after: Option<EntryId>,
    limit: u64,
) -> AppResult<Vec<Listed<T>>> {
    actor.must(may::see_directory(actor))?;
    let filter = asked.filter(T::KIND, may::directory_regions(actor))?;
    entry::after(ctx.db.read(), &filter, after, limit.clamp(1, PageRequest::SIZE_MAX))
        .await?
        .iter()
        .map(listed)
        .collect()
}

/// The first entries of a list that what was typed may mean.
///
/// # Errors
/// A refusal when who asks may not see the directory.
pub async fn suggest(ctx: &Ctx, actor: &Actor, list: ListKind, typed: &str) -> AppResult<Vec<Named>> {
    actor.must(may::see_directory(actor))?;
    let terms = query::terms(typed);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter { terms, ..Filter::of(list, may::directory_regions(actor)) };
    let rows = entry::part(ctx.db.read(), &filter, Sort::Name, Order::Asc, 0, 10).await?;
    Ok(rows.iter().map(Named::from).collect())
}

/// How many entries who asks may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// People.
    pub people: u64,
    /// Organisations.
    pub organisations: u64,
}

/// How many entries who asks may see.
///
/// # Errors
/// A refusal when who asks may not see the directory.
pub async fn counts(ctx: &Ctx, actor: &Actor) -> AppResult<Counts> {
    actor.must(may::see_directory(actor))?;
    let of = |list| Filter::of(list, may::directory_regions(actor));
    Ok(Counts {
        people: entry::count(ctx.db.read(), &of(Person::KIND)).await?,
        organisations: entry::count(ctx.db.read(), &of(Organisation::KIND)).await?,
    })
}
