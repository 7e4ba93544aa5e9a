//! Voucher numbers: those that the books hold already, on two days, or with one entry twice.

use std::collections::{HashMap, HashSet};

use keqiao_access::RegionCode;
use keqiao_base::{Fen, Kind, Refusal, UnitId};
use keqiao_store::ConnectionTrait;
use keqiao_store::money::{BookList, LedgerLine, ledger};

use super::inspect::Reading;
use super::report::{KEPT, VoucherDifference};
use crate::error::AppResult;

/// Refuses when the books hold one of the vouchers by now.
///
/// # Errors
/// A refusal that names the first.
pub(super) async fn still_unbooked(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    lines: &[LedgerLine],
) -> AppResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let booked = ledger::vouchers(db, region, year).await?;
    let held = lines.iter().find(|l| booked.contains_key(&(l.unit_id, l.month, l.voucher.clone())));
    let Some(held) = held else { return Ok(()) };
    let (month, voucher) = (held.month, &held.voucher);
    let zh = format!("账上已有{month}月的凭证{voucher}（可能刚由别人导入），这次没有入账。请重新检查。");
    let en = format!("Voucher {voucher} of month {month} is in the books by now; nothing was booked. Inspect again.");
    Err(Refusal::new(Kind::Conflict, "money.voucher_booked", zh, en).into())
}

impl Reading<'_> {
    /// Vouchers that stand in the books, on two days, or whose entry stands twice.
    pub(super) fn vouchers(&mut self, booked: &HashMap<(UnitId, i32, String), Fen>) {
        if self.known.list != BookList::Ledger {
            return;
        }
        let lines = std::mem::take(&mut self.out.lines);
        let mut sums: HashMap<(UnitId, i32, &str), (u32, &str, Fen)> = HashMap::new();
        let mut entries: HashSet<(UnitId, i32, &str, &str)> = HashSet::new();
        let mut order = Vec::new();
        for line in &lines {
            let key = (line.unit, line.month, line.voucher.as_str());
            let held = sums.entry(key).or_insert_with(|| {
                order.push(key);
                (line.row, line.day.as_str(), Fen::ZERO)
            });
            held.2 += line.amount;
            let (row, day) = (held.0, held.1);
            if day != line.day {
                let zh = format!("凭证号重用：第{row}行同一凭证的日期是{day}。");
                let en = format!("Voucher reused: row {row} has it on {day}.");
                self.note(line.row, "voucher", &line.voucher, true, zh, en);
            }
            if !line.entry.is_empty() && !entries.insert((line.unit, line.month, &line.voucher, &line.entry)) {
                let (zh, en) = ("同一凭证的同一分录出现两次。", "The same entry of this voucher stands twice.");
                self.note(line.row, "voucher", &line.voucher, true, zh, en);
            }
        }
        for key in order {
            let (unit, month, voucher) = key;
            let (Some(held), Some((row, _, file))) = (booked.get(&(unit, month, voucher.to_owned())), sums.get(&key))
            else {
                continue;
            };
            let (books, file, row) = (*held, *file, *row);
            let zh = format!(
                "账上已有{month}月的这一凭证：账上{}元，文件{}元，相差{}元。",
                books.yuan(),
                file.yuan(),
                (file - books).yuan()
            );
            let en = format!(
                "The books hold this voucher of month {month}: {} there, {} here, {} apart.",
                books.yuan(),
                file.yuan(),
                (file - books).yuan()
            );
            self.note(row, "voucher", voucher, true, zh, en);
            if self.out.report.vouchers.len() < KEPT {
                let voucher = voucher.to_owned();
                self.out.report.vouchers.push(VoucherDifference { voucher, month, file, books });
            }
        }
        self.out.lines = lines;
    }
}
