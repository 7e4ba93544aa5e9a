//! The index of words: FTS5 on SQLite, `tsvector` on PostgreSQL, over the same words cut in `keqiao_directory::words`. Written in the
//! transaction of the entry. Words and terms hold letters and digits only, so they stand in both query languages as they are.

use keqiao_base::EntryId;
use keqiao_directory::query::Term;
use keqiao_directory::words::Words;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

/// Entries per statement.
const BATCH: usize = 200;

/// Takes up the words of entries that have none yet.
pub(super) async fn add(db: &impl ConnectionTrait, rows: &[(EntryId, Words)]) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    for batch in rows.chunks(BATCH) {
        let mut values: Vec<Value> = Vec::with_capacity(batch.len() * 4);
        let mut places: Vec<String> = Vec::with_capacity(batch.len());
        for (id, words) in batch {
            values.push((*id).into());
            let n = values.len();
            if backend == DbBackend::Postgres {
                values.push(vector(words).into());
                places.push(format!("(${n}::uuid, ${}::text)", n + 1));
            } else {
                values.extend([words.name.clone().into(), words.rest.clone().into(), words.fields.clone().into()]);
                places.push("(?, ?, ?, ?)".to_owned());
            }
        }
        let places = places.join(", ");
        let sql = match backend {
            DbBackend::Postgres => format!(
                "INSERT INTO entry_search (entry, words) SELECT w.id, w.words::tsvector FROM (VALUES {places}) AS w (id, words)"
            ),
            _ => format!(
                "INSERT INTO entry_search (rowid, name, rest, fields) \
                 SELECT e.seq, w.column2, w.column3, w.column4 FROM (VALUES {places}) AS w JOIN entry AS e ON e.id = w.column1"
            ),
        };
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

/// Forgets the words of an entry.
pub(super) async fn remove(db: &impl ConnectionTrait, id: EntryId) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => "DELETE FROM entry_search WHERE entry = $1",
        _ => "DELETE FROM entry_search WHERE rowid = (SELECT seq FROM entry WHERE id = ?)",
    };
    db.execute_raw(Statement::from_sql_and_values(backend, sql, [id.into()])).await?;
    Ok(())
}

/// Forgets the words of all entries that an import made and that are no longer active.
pub(super) async fn remove_of_import(db: &impl ConnectionTrait, import: keqiao_base::ImportId) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "DELETE FROM entry_search WHERE entry IN (SELECT id FROM entry WHERE import = $1 AND state <> 'active')"
        }
        _ => "DELETE FROM entry_search WHERE rowid IN (SELECT seq FROM entry WHERE import = ? AND state <> 'active')",
    };
    db.execute_raw(Statement::from_sql_and_values(backend, sql, [import.into()])).await?;
    Ok(())
}

/// Holds for entries that have all the words, and the field of work if one is given (an empty one is none).
pub(super) fn holds(backend: DbBackend, terms: &[Term], field: &str) -> Option<SimpleExpr> {
    let field = Some(field).filter(|f| !f.is_empty());
    let question = match backend {
        DbBackend::Postgres => {
            let words = terms.iter().map(|t| format!("'{}':{}AB", t.word, if t.prefix { "*" } else { "" }));
            words.chain(field.map(|f| format!("'{f}':C"))).collect::<Vec<_>>().join(" & ")
        }
        _ => {
            let words = fts5(terms).map(|words| format!("{{name rest}} : ({words})"));
            words.into_iter().chain(field.map(|f| format!("fields : \"{f}\""))).collect::<Vec<_>>().join(" AND ")
        }
    };
    (!question.is_empty()).then(|| found(backend, question))
}

/// Holds for entries whose name has all the words.
pub(super) fn name_holds(backend: DbBackend, terms: &[Term]) -> Option<SimpleExpr> {
    let question = match backend {
        DbBackend::Postgres => {
            let words = terms.iter().map(|t| format!("'{}':{}A", t.word, if t.prefix { "*" } else { "" }));
            words.collect::<Vec<_>>().join(" & ")
        }
        _ => fts5(terms).map(|words| format!("name : ({words})")).unwrap_or_default(),
    };
    (!question.is_empty()).then(|| found(backend, question))
}

fn found(backend: DbBackend, question: String) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => Expr::cust_with_values(
            "entry.id IN (SELECT s.entry FROM entry_search AS s WHERE s.words @@ $1::tsquery)",
            [question],
        ),
        _ => Expr::cust_with_values(
            "entry.seq IN (SELECT rowid FROM entry_search WHERE entry_search MATCH ?)",
            [question],
        ),
    }
}

fn fts5(terms: &[Term]) -> Option<String> {
    let words: Vec<String> =
        terms.iter().map(|t| format!("\"{}\"{}", t.word, if t.prefix { "*" } else { "" })).collect();
    (!words.is_empty()).then(|| words.join(" AND "))
}

/// `'word':1A`: the weight says where the word stands (A name, B rest, C field of work).
fn vector(words: &Words) -> String {
    let mut out = String::new();
    for (text, weight) in [(&words.name, 'A'), (&words.rest, 'B'), (&words.fields, 'C')] {
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            out.push_str(&format!("'{word}':1{weight} "));
        }
    }
    out
}
