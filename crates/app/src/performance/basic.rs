//! The basic table of the Zhejiang form (PR-37) from the books of a year: posts and staff as stated, income by its kinds, expenditure from the
//! ledger.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::{Books, Headcount, RevenueKind, SpendingKind};
use keqiao_base::Fen;
use keqiao_performance::basic_table::{BasicTable, Expenditure, Income};
use keqiao_store::money::{StatementKind, statement};

use crate::context::Ctx;
use crate::error::AppResult;

/// The table of a department's year.
///
/// # Errors
/// A refusal when the actor may not see the department.
pub async fn basic_table(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<BasicTable> {
    actor.must(may::see_target(actor, region))?;
    let db = ctx.db.read();
    let books = crate::money::books(db, region, year, None).await?;
    let mut table = BasicTable { income: income(&books), expenditure: expenditure(&books), ..BasicTable::default() };
    for row in statement::of(db, region, year).await?.into_iter().filter(|s| s.kind == StatementKind::Headcount) {
        let head: Headcount = serde_json::from_str(&row.data)?;
        let whole = |n: i64| u32::try_from(n).unwrap_or_default();
        table.posts = table.posts.saturating_add(whole(head.posts));
        table.staff = table.staff.saturating_add(whole(head.staff));
    }
    Ok(table)
}

fn income(books: &Books) -> Income {
    let of = |kinds: &[RevenueKind]| -> Fen {
        books.received.iter().filter(|r| kinds.contains(&r.kind)).map(|r| r.amount).sum()
    };
    Income {
        carried: books.opening(None),
        fiscal: of(&[RevenueKind::Fiscal]),
        superior: of(&[RevenueKind::Superior]),
        operating: of(&[RevenueKind::Service]),
        other: of(&[RevenueKind::Operating, RevenueKind::Subsidiary, RevenueKind::Other]),
    }
}

fn expenditure(books: &Books) -> Expenditure {
    let mut out = Expenditure::default();
    for spent in &books.spent {
        // 301 wages and welfare, 303 grants to persons: 人员经费; every other class is 公用经费.
        let person = matches!(spent.economic.get(..3), Some("301" | "303"));
        let part = match spent.kind {
            SpendingKind::Basic if person => &mut out.staff_cost,
            SpendingKind::Basic => &mut out.public_cost,
            SpendingKind::Project => &mut out.project,
            SpendingKind::Upward | SpendingKind::Operating | SpendingKind::Downward => &mut out.other,
        };
        *part += spent.amount;
    }
    out
}

#[cfg(test)]
mod tests {
    use keqiao_accounts::{Carried, Fund, Received, Spent};

    use super::*;

    #[test]
    fn books_fall_into_the_parts_of_the_table_and_nothing_is_lost() {
        let function = "2060702".to_owned();
        let received =
            |kind, fund, amount| Received { kind, fund, function: function.clone(), amount: Fen::new(amount) };
        let spent = |kind, economic: &str, amount| Spent {
            function: function.clone(),
            economic: economic.into(),
            fund: Fund::General,
            kind,
            project: String::new(),
            amount: Fen::new(amount),
        };
        let books = Books {
            opening: vec![Carried { fund: Fund::General, function: function.clone(), amount: Fen::new(700) }],
            received: vec![
                received(RevenueKind::Fiscal, Fund::General, 10_000),
                received(RevenueKind::Service, Fund::Other, 300),
                received(RevenueKind::Other, Fund::Other, 50),
                received(RevenueKind::Operating, Fund::Other, 5),
            ],
            spent: vec![
                spent(SpendingKind::Basic, "30101", 4_000),
                spent(SpendingKind::Basic, "30302", 100),
                spent(SpendingKind::Basic, "30201", 900),
                spent(SpendingKind::Project, "30202", 5_000),
                spent(SpendingKind::Downward, "31299", 20),
            ],
            ..Books::default()
        };
        let (income, spent) = (income(&books), expenditure(&books));
        assert_eq!(
            [income.carried, income.fiscal, income.superior, income.operating, income.other].map(Fen::get),
            [700, 10_000, 0, 300, 55]
        );
        assert_eq!(
            [spent.staff_cost, spent.public_cost, spent.project, spent.other].map(Fen::get),
            [4_100, 900, 5_000, 20]
        );
        assert_eq!(income.total(), books.opening(None) + books.received(None));
        assert_eq!(spent.total(), books.spent(None));
    }
}
