//! The sums by month: what each record adds, added and taken away in the transaction that changes the record.

use std::collections::BTreeMap;

use keqiao_base::Fen;
use keqiao_evidence::{Count, Counts};
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};
use uuid::Uuid;

use super::Record;

/// What identifies one row of sums.
type Key = (String, String, &'static str, Uuid, i32);

/// Sums by key on their way into the database.
#[derive(Debug, Default)]
pub(super) struct Moves(BTreeMap<Key, (i64, Counts, i64)>);

impl Moves {
    /// Adds what a record states (`times` = 1), or takes it away (−1). A void one states nothing.
    pub(super) fn add(&mut self, record: &Record, times: i64) {
        if record.voided {
            return;
        }
        let project = record.project.map_or(Uuid::nil(), |p| p.uuid());
        let key = (record.region.code(), record.started.month(), record.kind.code(), project, record.rung);
        let (records, counts, money) = self.0.entry(key).or_default();
        *records += times;
        counts.add(&record.counts(), times);
        *money = money.saturating_add(record.money.get().saturating_mul(times));
    }

    /// Writes them. Keys go in their order, so that writers never wait for each other in a circle.
    pub(super) async fn write(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let sql = upsert();
        for ((region, month, kind, project, rung), (records, counts, money)) in self.0 {
            let mut values: Vec<Value> =
                vec![region.into(), month.into(), kind.into(), project.into(), rung.into(), records.into()];
            values.extend(Count::ALL.iter().map(|c| Value::from(counts.get(*c))));
            values.push(money.into());
            db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql.clone(), values)).await?;
        }
        Ok(())
    }
}

fn upsert() -> String {
    let mut sums = vec!["records"];
    sums.extend(Count::ALL.iter().map(|c| c.code()));
    sums.push("money");
    let marks: Vec<String> = (1..=sums.len() + 5).map(|n| format!("${n}")).collect();
    let raise: Vec<String> = sums.iter().map(|s| format!("{s} = evidence_month.{s} + excluded.{s}")).collect();
    format!(
        "INSERT INTO evidence_month (region, month, kind, project, rung, {}) VALUES ({}) \
         ON CONFLICT (region, month, kind, project, rung) DO UPDATE SET {}",
        sums.join(", "),
        marks.join(", "),
        raise.join(", "),
    )
}

/// How many rows of sums do not agree with the records behind them: 0 unless somebody wrote past the program.
pub(super) async fn wrong(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let mut sums = vec!["records"];
    sums.extend(Count::ALL.iter().map(|c| c.code()));
    sums.push("money");
    let from_records: Vec<String> = sums
        .iter()
        .map(|s| match *s {
            "records" => "CAST(COUNT(*) AS BIGINT)".to_owned(),
            s => format!("CAST(SUM({s}) AS BIGINT)"),
        })
        .collect();
    let nothing: Vec<String> = sums.iter().map(|s| format!("{s} = 0")).collect();
    let (sums, from_records) = (sums.join(", "), from_records.join(", "));
    let none = "$1";
    let month = format!(
        "SELECT region, month, kind, project, rung, {sums} FROM evidence_month WHERE NOT ({})",
        nothing.join(" AND "),
    );
    let records = format!(
        "SELECT region, SUBSTR(started, 1, 7), kind, COALESCE(project, {none}), rung, {from_records} FROM evidence WHERE NOT voided \
         GROUP BY region, SUBSTR(started, 1, 7), kind, COALESCE(project, {none}), rung",
    );
    let sql = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT * FROM ({month}) a EXCEPT SELECT * FROM ({records}) b \
         UNION ALL SELECT * FROM (SELECT * FROM ({records}) c EXCEPT SELECT * FROM ({month}) d) e) f",
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [Uuid::nil().into()]);
    db.query_one_raw(statement).await?.map_or(Ok(0), |row| row.try_get_by_index(0))
}

impl Record {
    /// What it counts.
    pub fn counts(&self) -> Counts {
        let value = |count: Count| match count {
            Count::People => self.people,
            Count::Sessions => self.sessions,
            Count::Experts => self.experts,
            Count::Organisations => self.organisations,
            Count::Copies => self.copies,
            Count::Works => self.works,
            Count::Views => self.views,
            Count::Items => self.items,
            Count::Valid => self.valid,
            Count::Satisfied => self.satisfied,
        };
        Count::ALL.iter().fold(Counts::default(), |counts, count| counts.with(*count, value(*count)))
    }

    /// Money with its unit, or nothing when there is none.
    pub fn paid(&self) -> Option<Fen> {
        Some(self.money).filter(|m| !m.is_zero())
    }
}
