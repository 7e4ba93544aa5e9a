//! Records written with their acts and sums, and read.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, EvidenceId, ImportId, Moment};
use keqiao_evidence::{Act, FileNote, Rung, Source, Stated, Taken};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::month::Moves;
use super::{Record, RecordFile, act};
use crate::entity::evidence::{Column, Entity};
use crate::entity::evidence_file as file;

/// By whom, when and how a record came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Whose record it is.
    pub region: RegionCode,
    /// Who wrote it; none for the machine.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: String,
    /// When.
    pub at: Moment,
    /// How.
    pub source: Source,
    /// By which import.
    pub import: Option<ImportId>,
}

/// A new record, with its files and the act by which it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    /// The record.
    pub record: Record,
    /// Its files.
    pub files: Vec<RecordFile>,
    /// The act.
    pub act: Act,
}

/// The row of what is stated; flags as JSON with their number.
pub fn row(id: EvidenceId, stated: &Stated, by: &Recorded, flags: (String, i32)) -> Record {
    use keqiao_evidence::Count::{
        Copies, Experts, Items, Organisations, People, Satisfied, Sessions, Valid, Views, Works,
    };
    let n = |count| stated.counts.get(count);
    Record {
        id,
        region: by.region,
        kind: stated.kind,
        title: stated.title.clone(),
        started: stated.started,
        ended: stated.ended,
        place: stated.place.clone(),
        place_region: stated.place_region.parse().unwrap_or(by.region),
        held_by: stated.held_by.clone(),
        people: n(People),
        sessions: n(Sessions),
        experts: n(Experts),
        organisations: n(Organisations),
        copies: n(Copies),
        works: n(Works),
        views: n(Views),
        items: n(Items),
        valid: n(Valid),
        satisfied: n(Satisfied),
        money: stated.money,
        project: stated.project,
        remark: stated.remark.clone(),
        rung: Rung::Claimed.number(),
        voided: false,
        void_reason: None,
        source: by.source,
        import: by.import,
        twin: stated.twin(),
        flags: flags.0,
        flag_count: flags.1,
        file_count: i32::try_from(stated.files.len()).unwrap_or(i32::MAX),
        recorder_id: by.account,
        recorder: by.name.clone(),
        recorded_at: by.at,
        confirmer_id: None,
        confirmer: None,
        confirmed_at: None,
        revision: 1,
    }
}

/// The rows of files, numbered on from `before`.
pub fn file_rows(id: EvidenceId, before: i32, files: &[FileNote]) -> Vec<RecordFile> {
    let row = |(number, file): (i32, &FileNote)| RecordFile {
        evidence: id,
        number,
        hash: file.hash.clone(),
        role: file.role,
        name: file.name.clone(),
        size: file.size,
        taken_day: file.taken.day,
        taken_time: file.taken.time.clone(),
        lat: file.taken.point.map(|p| p.lat),
        lon: file.taken.point.map(|p| p.lon),
    };
    (before + 1..).zip(files).map(row).collect()
}

impl RecordFile {
    /// The file as the chain has it.
    pub fn note(&self) -> FileNote {
        let point = self.lat.zip(self.lon).and_then(|(lat, lon)| keqiao_evidence::Point::new(lat, lon));
        FileNote {
            hash: self.hash.clone(),
            role: self.role,
            name: self.name.clone(),
            size: self.size,
            taken: Taken { day: self.taken_day, time: self.taken_time.clone(), point },
        }
    }
}

impl Record {
    /// What it states, with its files.
    pub fn stated(&self, files: &[RecordFile]) -> Stated {
        Stated {
            kind: self.kind,
            title: self.title.clone(),
            started: self.started,
            ended: self.ended,
            place: self.place.clone(),
            place_region: if self.place_region == self.region { String::new() } else { self.place_region.code() },
            held_by: self.held_by.clone(),
            counts: self.counts(),
            money: self.money,
            project: self.project,
            remark: self.remark.clone(),
            files: files.iter().map(RecordFile::note).collect(),
        }
    }

    /// The rung as a word.
    pub fn rung(&self) -> Rung {
        Rung::of(self.rung).unwrap_or(Rung::Claimed)
    }
}

/// Writes new records with their files, acts and sums.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, new: Vec<NewRecord>) -> Result<(), DbErr> {
    let mut moves = Moves::default();
    let (mut records, mut files, mut acts) = (Vec::new(), Vec::new(), Vec::new());
    for NewRecord { record, files: of, act } in new {
        moves.add(&record, 1);
        records.push(record.into_active_model());
        files.extend(of.into_iter().map(IntoActiveModel::into_active_model));
        acts.push(act);
    }
    // First of all the turn at the chain, so that writers wait for each other in one place only.
    act::append(db, acts).await?;
    // SQLite takes 32,766 values in a statement.
    while !records.is_empty() {
        let some = records.split_off(records.len().saturating_sub(500));
        Entity::insert_many(some).exec_without_returning(db).await?;
    }
    while !files.is_empty() {
        let some = files.split_off(files.len().saturating_sub(500));
        file::Entity::insert_many(some).exec_without_returning(db).await?;
    }
    moves.write(db).await
}

/// Writes a record over the one of its revision, with new files and the act by which it changed. `false` when somebody was quicker; then the
/// transaction must be given up.
///
/// # Errors
/// When the database does not answer.
pub async fn change(
    db: &impl ConnectionTrait,
    before: &Record,
    after: Record,
    files: Vec<RecordFile>,
    act: Act,
) -> Result<bool, DbErr> {
    act::append(db, vec![act]).await?;
    if !save(db, before, &after).await? {
        return Ok(false);
    }
    if !files.is_empty() {
        let rows = files.into_iter().map(IntoActiveModel::into_active_model);
        file::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    let mut moves = Moves::default();
    moves.add(before, -1);
    moves.add(&after, 1);
    moves.write(db).await?;
    Ok(true)
}

/// The same for many records at once, each with its act: for an import that is taken back. Records that somebody changed in the meantime are
/// left as they are; returns how many were changed.
///
/// # Errors
/// When the database does not answer.
pub async fn change_all(db: &impl ConnectionTrait, all: Vec<(Record, Record, Act)>) -> Result<usize, DbErr> {
    act::take_turn(db).await?;
    let (mut moves, mut acts) = (Moves::default(), Vec::new());
    for (before, after, act) in all {
        if save(db, &before, &after).await? {
            moves.add(&before, -1);
            moves.add(&after, 1);
            acts.push(act);
        }
    }
    let changed = acts.len();
    act::append(db, acts).await?;
    moves.write(db).await?;
    Ok(changed)
}

async fn save(db: &impl ConnectionTrait, before: &Record, after: &Record) -> Result<bool, DbErr> {
    let row = Record { revision: before.revision.saturating_add(1), ..after.clone() }.into_active_model().reset_all();
    let query = Entity::update_many().set(row).filter(Column::Id.eq(before.id));
    Ok(query.filter(Column::Revision.eq(before.revision)).exec(db).await?.rows_affected > 0)
}

/// Records by their ids.
///
/// # Errors
/// When the database does not answer.
pub async fn load_all(db: &impl ConnectionTrait, ids: &[EvidenceId]) -> Result<Vec<Record>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await
}

/// What all records together must agree with the chain in: acts on them, rungs climbed, void ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Acts.
    pub acts: i64,
    /// Rungs.
    pub rungs: i64,
    /// Void records.
    pub voided: i64,
}

/// Counts them over all records.
///
/// # Errors
/// When the database does not answer.
pub async fn totals(db: &impl ConnectionTrait) -> Result<Totals, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT), CAST(COALESCE(SUM(rung), 0) AS BIGINT), \
               CAST(COALESCE(SUM(CASE WHEN voided THEN 1 ELSE 0 END), 0) AS BIGINT) FROM evidence";
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    db.query_one_raw(statement).await?.map_or(Ok(Totals::default()), |row| {
        Ok(Totals { acts: row.try_get_by_index(0)?, rungs: row.try_get_by_index(1)?, voided: row.try_get_by_index(2)? })
    })
}

/// One record.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: EvidenceId) -> Result<Option<Record>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The files of a record, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn files(db: &impl ConnectionTrait, id: EvidenceId) -> Result<Vec<RecordFile>, DbErr> {
    let query = file::Entity::find().filter(file::Column::Evidence.eq(id));
    query.order_by_asc(file::Column::Number).limit(500).all(db).await
}

/// One file of a record.
///
/// # Errors
/// When the database does not answer.
pub async fn file(db: &impl ConnectionTrait, id: EvidenceId, number: i32) -> Result<Option<RecordFile>, DbErr> {
    file::Entity::find_by_id((id, number)).one(db).await
}

/// The last record of a kind by somebody: what "the same again" begins with.
///
/// # Errors
/// When the database does not answer.
pub async fn last_by(
    db: &impl ConnectionTrait,
    account: AccountId,
    kind: Option<keqiao_evidence::Kind>,
) -> Result<Option<Record>, DbErr> {
    let query = Entity::find().filter(Column::RecorderId.eq(account)).filter(Column::Voided.eq(false));
    let query = match kind {
        Some(kind) => query.filter(Column::Kind.eq(kind)),
        None => query,
    };
    query.order_by_desc(Column::RecordedAt).order_by_desc(Column::Id).one(db).await
}

/// Records of an import that still stand, after one in the order of their ids.
///
/// # Errors
/// When the database does not answer.
pub async fn standing_of_import(
    db: &impl ConnectionTrait,
    import: ImportId,
    after: Option<EvidenceId>,
) -> Result<Vec<Record>, DbErr> {
    let query = Entity::find().filter(Column::Import.eq(import)).filter(Column::Voided.eq(false));
    let query = match after {
        Some(id) => query.filter(Column::Id.gt(id)),
        None => query,
    };
    query.order_by_asc(Column::Id).limit(1_000).all(db).await
}
