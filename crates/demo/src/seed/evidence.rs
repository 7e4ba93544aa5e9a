//! Two years of activities of the demo county, as they were recorded: the one before the last is whole, the last goes to September. Some wait to be
//! confirmed, some are flagged, one is void. Written in one transaction; nothing here depends on chance that could fall otherwise.

mod plan;

use keqiao_access::{Actor, RegionCode, Signed};
use keqiao_app::files::FileHash;
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{Day, EvidenceId, Moment, ProjectId};
use keqiao_evidence::flag::{Around, Neighbour, flags};
use keqiao_evidence::{Act, ActKind, EvidenceRow, FileNote, FileRole, Rung, Source, Stated, Taken};
use keqiao_store::Tx;
use keqiao_store::evidence::Record;
use keqiao_store::evidence::record::{self as rows, NewRecord, Recorded};
use keqiao_store::year::project;
use serde_json::json;

use crate::county::{Draw, REGION};
use crate::seed::desk::People;

/// The years, each with its last month.
const YEARS: [(i32, u32); 2] = [(2025, 12), (2026, 9)];
/// Of so many records, one has a sign-in list; it stands on the rung of filed ones once confirmed.
const FILED: usize = 3;

/// Writes the records. `projects` are found by their names, when there are any.
pub(crate) async fn write(ctx: &Ctx, tx: &Tx, people: &People) -> AppResult<()> {
    let region: RegionCode = REGION.parse().map_err(anyhow::Error::new)?;
    let draw = Draw::seed(20_260_202);
    for (year, last) in YEARS {
        let known = project::of(tx, region, year).await?;
        let projects: Vec<(ProjectId, String)> = known.into_iter().map(|p| (p.id, p.name)).collect();
        for month in 1..=last {
            let rows = plan::month(&draw, year, month);
            let newest = year == YEARS[1].0 && month + 1 >= last;
            Writer { ctx, tx, people, region, projects: &projects }.month(&draw, rows, newest).await?;
        }
    }
    Ok(())
}

struct Writer<'a> {
    ctx: &'a Ctx,
    tx: &'a Tx,
    people: &'a People,
    region: RegionCode,
    projects: &'a [(ProjectId, String)],
}

impl Writer<'_> {
    /// A month: recorded as it went, confirmed by a colleague at its end. Of the newest months some still wait.
    async fn month(&self, draw: &Draw, planned: Vec<EvidenceRow>, newest: bool) -> AppResult<()> {
        let mut new = Vec::with_capacity(planned.len());
        let mut twin: Option<Neighbour> = None;
        for (n, row) in planned.iter().enumerate() {
            let Ok(mut stated) = Stated::of(row) else {
                return Err(anyhow::anyhow!("the demo's record is not sound: {row:?}").into());
            };
            stated.project = self.project(&stated);
            if draw.below(FILED) == 0 {
                stated.files.push(self.list(&stated).await?);
            }
            let made = self.made(&stated, draw.percent(70), twin.as_ref())?;
            if n == 0 {
                let (id, title, started) = (made.record.id, stated.title.clone(), stated.started);
                twin = Some(Neighbour { id, title, started });
            }
            new.push(made);
        }
        let confirmed = self.confirmations(draw, &new, newest)?;
        rows::insert(self.tx, new).await?;
        rows::change_all(self.tx, confirmed).await?;
        Ok(())
    }

    fn signed(&self, code: &str) -> AppResult<&Signed> {
        let actor: &Actor = self.people.get(code)?;
        Ok(actor.signed().ok_or_else(|| anyhow::anyhow!("{code} is nobody"))?)
    }

    /// A new record by the officer or by finance, recorded in the evening of a day or two later.
    fn made(&self, stated: &Stated, by_officer: bool, first: Option<&Neighbour>) -> AppResult<NewRecord> {
        let who = self.signed(if by_officer { "officer" } else { "finance" })?;
        let at = evening(stated.ended.plus(1));
        let id = EvidenceId::new(&*self.ctx.clock, &*self.ctx.entropy);
        let mut around = Around::default();
        // What was recorded twice names the record that it repeats.
        around.twins.extend(first.filter(|f| f.title == stated.title && f.started == stated.started).cloned());
        let found = flags(stated, at.day(), &around);
        let marked = (serde_json::to_string(&found)?, i32::try_from(found.len()).unwrap_or(0));
        let by = Recorded {
            region: self.region,
            account: Some(who.account),
            name: who.name.clone(),
            at,
            source: Source::Typed,
            import: None,
        };
        let act = act(who, id, at, ActKind::Recorded, json!(stated).to_string());
        Ok(NewRecord { record: rows::row(id, stated, &by, marked), files: rows::file_rows(id, 0, &stated.files), act })
    }

    /// What was confirmed at the end of the month, and what was found to be recorded twice.
    fn confirmations(&self, draw: &Draw, new: &[NewRecord], newest: bool) -> AppResult<Vec<(Record, Record, Act)>> {
        let reviewer = self.signed("reviewer")?;
        let mut out = Vec::new();
        for NewRecord { record, files, .. } in new {
            let at = evening(record.ended.month_last().plus(3));
            if record.flags.contains("\"twin\"") {
                let reason = "与另一条重复登记，以先登记的为准";
                let after = Record { voided: true, void_reason: Some(reason.to_owned()), ..record.clone() };
                let detail = json!({ "reason": reason }).to_string();
                out.push((record.clone(), after, act(reviewer, record.id, at, ActKind::Voided, detail)));
                continue;
            }
            if record.flag_count > 0 || newest && draw.percent(45) {
                continue;
            }
            let rung = if files.is_empty() { Rung::Confirmed } else { Rung::Filed };
            let after = Record {
                rung: rung.number(),
                confirmer_id: Some(reviewer.account),
                confirmer: Some(reviewer.name.clone()),
                confirmed_at: Some(at),
                ..record.clone()
            };
            let detail = json!({ "from": Rung::Claimed, "to": rung, "words": "", "flags": 0 }).to_string();
            out.push((record.clone(), after, act(reviewer, record.id, at, ActKind::Confirmed, detail)));
        }
        Ok(out)
    }

    /// The project whose name speaks of such things.
    fn project(&self, stated: &Stated) -> Option<ProjectId> {
        let words = plan::project_words(stated.kind);
        let speaks = |name: &str| words.iter().any(|w| name.contains(w));
        self.projects.iter().find(|(_, name)| speaks(name)).map(|(id, _)| *id)
    }

    /// A made-up sign-in list: as a text file, kept by its content.
    async fn list(&self, stated: &Stated) -> AppResult<FileNote> {
        let text =
            format!("签到表（演示）\r\n{}\r\n{} {}\r\n本表姓名从略。\r\n", stated.title, stated.started, stated.place);
        let hash: FileHash = self.ctx.files.put(&*self.ctx.entropy, text.as_bytes()).await?;
        Ok(FileNote {
            hash: hash.to_string(),
            role: FileRole::SignIn,
            name: format!("签到表{}.txt", stated.started),
            size: i64::try_from(text.len()).unwrap_or(0),
            taken: Taken::default(),
        })
    }
}

fn act(who: &Signed, evidence: EvidenceId, at: Moment, what: ActKind, detail: String) -> Act {
    Act { at, account: Some(who.account), name: who.name.clone(), evidence, what, detail }
}

/// Seven in the evening.
fn evening(day: Day) -> Moment {
    let (year, month) = (day.year(), day.month());
    let month: u32 = month.get(5..).and_then(|m| m.parse().ok()).unwrap_or(1);
    let first = Day::new(year, month, 1).unwrap_or(day);
    let number = u32::try_from(first.until(day)).unwrap_or(0) + 1;
    Moment::from_china_date(year, month, number).unwrap_or_default().plus_seconds(19 * 3600)
}
