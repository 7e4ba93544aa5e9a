//! What is known around a record: the neighbours by which it is judged (`keqiao_evidence::flag`).

use std::collections::HashMap;

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, EvidenceId};
use keqiao_evidence::flag::{Around, Neighbour};
use keqiao_evidence::{Count, FileRole, Point, Stated};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Record;
use crate::entity::evidence::{Column, Entity};
use crate::entity::evidence_file as file;

/// The most neighbours of one sort.
const NEIGHBOURS: u64 = 20;

fn neighbour(record: &Record) -> Neighbour {
    Neighbour { id: record.id, title: record.title.clone(), started: record.started }
}

/// What is known around a record that is about to be written by `account` for `region`, and is not there yet.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    db: &impl ConnectionTrait,
    region: RegionCode,
    account: Option<AccountId>,
    stated: &Stated,
) -> Result<Around, DbErr> {
    let mut around = Around { same_file: same_file(db, stated).await?, ..Around::default() };
    let twins = twins(db, region, &[stated.twin()]).await?;
    around.twins = twins.into_values().flatten().collect();
    if stated.files.iter().any(|f| f.taken.point.is_some()) {
        around.points = points(db, stated.place_region.parse().unwrap_or(region), &stated.place).await?;
    }
    if let Some(account) = account.filter(|_| stated.counts.get(Count::People) > 0) {
        let query = Entity::find().select_only().column(Column::People).filter(Column::RecorderId.eq(account));
        let query = query.filter(Column::Kind.eq(stated.kind)).filter(Column::Voided.eq(false));
        let query = query.order_by_desc(Column::RecordedAt).order_by_desc(Column::Id);
        around.people_before = query.limit(NEIGHBOURS).into_tuple().all(db).await?;
    }
    Ok(around)
}

async fn same_file(db: &impl ConnectionTrait, stated: &Stated) -> Result<Vec<(String, Neighbour)>, DbErr> {
    if stated.files.is_empty() {
        return Ok(Vec::new());
    }
    let hashes = stated.files.iter().map(|f| f.hash.as_str());
    let query = file::Entity::find().filter(file::Column::Hash.is_in(hashes)).order_by_asc(file::Column::Evidence);
    let found = query.limit(NEIGHBOURS).all(db).await?;
    let ids: Vec<EvidenceId> = found.iter().map(|f| f.evidence).collect();
    let query = Entity::find().filter(Column::Id.is_in(ids)).filter(Column::Voided.eq(false));
    let records: HashMap<EvidenceId, Record> = query.all(db).await?.into_iter().map(|r| (r.id, r)).collect();
    let pair = |f: file::Model| Some((f.hash, neighbour(records.get(&f.evidence)?)));
    Ok(found.into_iter().filter_map(pair).collect())
}

/// Records of the same association that have one of these keys, and stand.
///
/// # Errors
/// When the database does not answer.
pub async fn twins(
    db: &impl ConnectionTrait,
    region: RegionCode,
    keys: &[String],
) -> Result<HashMap<String, Vec<Neighbour>>, DbErr> {
    let mut found: HashMap<String, Vec<Neighbour>> = HashMap::new();
    for some in keys.chunks(500) {
        let query = Entity::find().filter(Column::Twin.is_in(some)).filter(Column::Region.eq(region));
        let query = query.filter(Column::Voided.eq(false)).order_by_asc(Column::Id);
        for record in query.limit(NEIGHBOURS * 500).all(db).await? {
            found.entry(record.twin.clone()).or_default().push(neighbour(&record));
        }
    }
    Ok(found)
}

/// Where photos of a place were taken before: those of the same place by its name, else any in its region.
async fn points(db: &impl ConnectionTrait, region: RegionCode, place: &str) -> Result<Vec<Point>, DbErr> {
    let of_region = Condition::all().add(Column::PlaceRegion.eq(region)).add(Column::Voided.eq(false));
    for condition in [of_region.clone().add(Column::Place.eq(place)), of_region] {
        let query = file::Entity::find()
            .select_only()
            .column(file::Column::Lat)
            .column(file::Column::Lon)
            .filter(file::Column::Role.eq(FileRole::Photo))
            .filter(file::Column::Lat.is_not_null())
            .filter(file::Column::Evidence.in_subquery(ids(condition)));
        let found: Vec<(i64, i64)> = query.limit(50).into_tuple().all(db).await?;
        if !found.is_empty() {
            return Ok(found.into_iter().filter_map(|(lat, lon)| Point::new(lat, lon)).collect());
        }
    }
    Ok(Vec::new())
}

fn ids(condition: Condition) -> sea_orm::sea_query::SelectStatement {
    use sea_orm::QueryTrait;
    Entity::find().select_only().column(Column::Id).filter(condition).into_query()
}

/// Records that have one of a record's files and came later: it was used again there.
///
/// # Errors
/// When the database does not answer.
pub async fn used_again(
    db: &impl ConnectionTrait,
    record: &Record,
    hashes: &[String],
) -> Result<Vec<Neighbour>, DbErr> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let query = file::Entity::find().select_only().column(file::Column::Evidence).distinct();
    let query = query.filter(file::Column::Hash.is_in(hashes)).filter(file::Column::Evidence.ne(record.id));
    let ids: Vec<EvidenceId> = query.limit(NEIGHBOURS).into_tuple().all(db).await?;
    let query = Entity::find().filter(Column::Id.is_in(ids)).filter(Column::Voided.eq(false));
    let later = query.filter(Column::RecordedAt.gte(record.recorded_at)).order_by_asc(Column::Id).all(db).await?;
    Ok(later.iter().map(neighbour).collect())
}
