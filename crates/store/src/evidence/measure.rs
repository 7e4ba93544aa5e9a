//! Figures from evidence: what a measure asks, answered with the value, how many records are behind it, and the end of the chain it was
//! read at. Whole months come from the sums by month, the days before and after them from the records; one statement, so one moment.

use keqiao_access::RegionCode;
use keqiao_base::{Day, ProjectId};
use keqiao_evidence::{Count, Kind, Rung};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};

/// What is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The number of records.
    Records,
    /// One of the counts.
    Count(Count),
    /// Money, in 分.
    Money,
}

impl Quantity {
    /// The column of `evidence_month`.
    pub(super) fn column(self) -> &'static str {
        match self {
            Quantity::Records => "records",
            Quantity::Count(count) => count.code(),
            Quantity::Money => "money",
        }
    }

    /// The same of one record.
    fn of_record(self) -> &'static str {
        match self {
            Quantity::Records => "1",
            _ => self.column(),
        }
    }
}

/// Which evidence is meant. What is void never is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Of these associations and those in their regions; of none: nothing.
    pub regions: Vec<RegionCode>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// For one project.
    pub project: Option<ProjectId>,
    /// On this rung or a higher one.
    pub rung_min: Rung,
    /// First day on or after.
    pub since: Day,
    /// First day on or before.
    pub until: Day,
}

impl Scope {
    /// Everything that a year began in one region, on any rung.
    pub fn year(region: RegionCode, year: i32) -> Scope {
        Scope {
            regions: vec![region],
            kind: None,
            project: None,
            rung_min: Rung::Claimed,
            since: Day::first_of(year),
            until: Day::last_of(year),
        }
    }
}

/// What a measure gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum; money in 分.
    pub value: i64,
    /// Records behind it.
    pub rows: i64,
    /// The end of the chain that it was read at; 0 when nothing was ever recorded.
    pub chain: i64,
}

/// One part of a sum: a month or a rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T> {
    /// Which.
    pub of: T,
    /// The sum; money in 分.
    pub value: i64,
    /// Records behind it.
    pub rows: i64,
}

/// Adds one quantity up.
///
/// # Errors
/// When the database does not answer.
pub async fn sum(db: &impl ConnectionTrait, scope: &Scope, quantity: Quantity) -> Result<Sum, DbErr> {
    let mut made = Made::new(scope);
    let parts = made.parts(quantity, "0", "0");
    let row = made.one(db, &format!("SELECT {SUMS}, ({CHAIN}) FROM ({parts}) p")).await?;
    row.map_or(Ok(Sum::default()), |row| {
        Ok(Sum { value: row.try_get_by_index(0)?, rows: row.try_get_by_index(1)?, chain: row.try_get_by_index(2)? })
    })
}

/// The same, month by month (`2026-03`), oldest first; months without a record are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn by_month(
    db: &impl ConnectionTrait,
    scope: &Scope,
    quantity: Quantity,
) -> Result<Vec<Part<String>>, DbErr> {
    let mut made = Made::new(scope);
    let parts = made.parts(quantity, "month", "SUBSTR(started, 1, 7)");
    let rows = made.all(db, &format!("SELECT which, {SUMS} FROM ({parts}) p GROUP BY which ORDER BY which")).await?;
    let part = |row: &QueryResult| {
        Ok(Part { of: row.try_get_by_index(0)?, value: row.try_get_by_index(1)?, rows: row.try_get_by_index(2)? })
    };
    rows.iter().map(part).collect()
}

/// The same, rung by rung, lowest first: totals are always shown with how well they are proved.
///
/// # Errors
/// When the database does not answer.
pub async fn by_rung(db: &impl ConnectionTrait, scope: &Scope, quantity: Quantity) -> Result<Vec<Part<Rung>>, DbErr> {
    let mut made = Made::new(scope);
    let parts = made.parts(quantity, "rung", "rung");
    let rows = made.all(db, &format!("SELECT which, {SUMS} FROM ({parts}) p GROUP BY which ORDER BY which")).await?;
    let part = |row: &QueryResult| {
        let of = Rung::of(row.try_get_by_index(0)?).ok_or_else(|| DbErr::Type("not a rung".to_owned()))?;
        Ok(Part { of, value: row.try_get_by_index(1)?, rows: row.try_get_by_index(2)? })
    };
    rows.iter().map(part).collect()
}

/// Valid and satisfied answers of surveys, read at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Satisfaction {
    /// Valid answers: n.
    pub valid: i64,
    /// Of these, satisfied and very satisfied.
    pub satisfied: i64,
    /// Surveys behind it.
    pub rows: i64,
    /// The end of the chain that it was read at.
    pub chain: i64,
}

/// The answers of all surveys in the scope (whatever kind it names).
///
/// # Errors
/// When the database does not answer.
pub async fn satisfaction(db: &impl ConnectionTrait, scope: &Scope) -> Result<Satisfaction, DbErr> {
    let surveys = Scope { kind: Some(Kind::Survey), ..scope.clone() };
    let mut made = Made::new(&surveys);
    // The satisfied answers stand where the parts have what they are grouped by.
    let parts = made.parts(Quantity::Count(Count::Valid), "satisfied", "satisfied");
    let sql = format!("SELECT {SUMS}, CAST(COALESCE(SUM(which), 0) AS BIGINT), ({CHAIN}) FROM ({parts}) p");
    let row = made.one(db, &sql).await?;
    row.map_or(Ok(Satisfaction::default()), |row| {
        Ok(Satisfaction {
            valid: row.try_get_by_index(0)?,
            rows: row.try_get_by_index(1)?,
            satisfied: row.try_get_by_index(2)?,
            chain: row.try_get_by_index(3)?,
        })
    })
}

const SUMS: &str = "CAST(COALESCE(SUM(value), 0) AS BIGINT), CAST(COALESCE(SUM(n), 0) AS BIGINT)";
const CHAIN: &str = "SELECT seq FROM evidence_end WHERE id = 1";

/// A statement on its way: its conditions with their values.
struct Made<'a> {
    scope: &'a Scope,
    values: Vec<Value>,
}

impl<'a> Made<'a> {
    fn new(scope: &'a Scope) -> Self {
        Made { scope, values: Vec::new() }
    }

    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// The rows to add up: `of`, `value`, `n`. What they are grouped by is named for the sums by month and for the records.
    fn parts(&mut self, quantity: Quantity, of_month: &str, of_record: &str) -> String {
        let Scope { since, until, .. } = *self.scope;
        let mut parts = Vec::new();
        let first = if since == since.month_first() { since } else { since.month_last().plus(1) };
        let last = if until == until.month_last() { until } else { until.month_first().plus(-1) };
        if first <= last {
            let (from, to) = (self.bind(first.month()), self.bind(last.month()));
            let within = self.conditions();
            parts.push(format!(
                "SELECT {of_month} AS which, {} AS value, records AS n FROM evidence_month WHERE month BETWEEN {from} AND {to}{within}",
                quantity.column(),
            ));
            if since < first {
                parts.push(self.records(quantity, of_record, since, since.month_last()));
            }
            if last < until {
                parts.push(self.records(quantity, of_record, until.month_first(), until));
            }
        } else {
            parts.push(self.records(quantity, of_record, since, until));
        }
        parts.join(" UNION ALL ")
    }

    fn records(&mut self, quantity: Quantity, of: &str, first: Day, last: Day) -> String {
        let (first, last) = (self.bind(first.code()), self.bind(last.code()));
        let within = self.conditions();
        format!(
            "SELECT {of} AS which, {} AS value, 1 AS n FROM evidence WHERE NOT voided AND started BETWEEN {first} AND {last}{within}",
            quantity.of_record(),
        )
    }

    fn conditions(&mut self) -> String {
        let scope = self.scope;
        let mut all = String::new();
        let regions: Vec<String> = scope
            .regions
            .iter()
            .map(|r| format!("region BETWEEN {} AND {}", self.bind(r.first().code()), self.bind(r.last().code())))
            .collect();
        // Of no region, nothing.
        all.push_str(&format!(" AND ({})", if regions.is_empty() { "1 = 0".to_owned() } else { regions.join(" OR ") }));
        if let Some(kind) = scope.kind {
            all.push_str(&format!(" AND kind = {}", self.bind(kind.code())));
        }
        if let Some(project) = scope.project {
            all.push_str(&format!(" AND project = {}", self.bind(project.uuid())));
        }
        if scope.rung_min > Rung::Claimed {
            all.push_str(&format!(" AND rung >= {}", self.bind(scope.rung_min.number())));
        }
        all
    }

    async fn all(self, db: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>, DbErr> {
        db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, self.values)).await
    }

    async fn one(self, db: &impl ConnectionTrait, sql: &str) -> Result<Option<QueryResult>, DbErr> {
        db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, self.values)).await
    }
}
