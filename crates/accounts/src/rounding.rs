//! 万元 at the very end (3.1): each number alone, or with a plug: the largest item takes the residue, so that printed sums add up; what was
//! plugged is listed.

use keqiao_base::{Fen, coded};
use keqiao_i18n::Bilingual;

use crate::tables::{self, function_name};
use crate::{Books, Carried, Fund, Received, Spent, TableKind};

coded! {
    /// How amounts are rounded to 万元.
    pub enum Rounding {
        /// Each number alone, half up.
        Independent = "independent" => ("逐数四舍五入", "Each number alone"),
        /// The largest item takes the residue.
        Plug = "plug" => ("尾差并入最大项", "The largest item takes the residue"),
    }
}

/// A number that took a residue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugged {
    /// What it is.
    pub place: Bilingual,
    /// Exact; in 分.
    pub exact: Fen,
    /// As it is printed; in 分, a whole multiple of 0.01 万元.
    pub printed: Fen,
}

/// 0.01 万元 in 分.
const STEP: i64 = 10_000;

/// An amount as 万元 with two digits, half up; still in 分.
pub fn to_wan(amount: Fen) -> Fen {
    Fen::new(amount.wan_rounded().get().saturating_mul(STEP))
}

/// Rounds parts so that they add up to `target` (a multiple of 0.01 万元): each alone, then the largest takes what is left over. Returns its
/// index when it took something.
pub fn apportion(target: Fen, parts: &mut [Fen]) -> Option<usize> {
    let largest = (0..parts.len()).max_by_key(|i| (parts[*i].abs(), std::cmp::Reverse(*i)))?;
    for part in parts.iter_mut() {
        *part = to_wan(*part);
    }
    let residue = target - parts.iter().copied().sum();
    parts[largest] += residue;
    (!residue.is_zero()).then_some(largest)
}

/// An amount that can be split by keys, from the widest to the narrowest.
trait Atom {
    fn keys(&self) -> Vec<String>;
    fn amount(&mut self) -> &mut Fen;
}

impl Atom for Spent {
    fn keys(&self) -> Vec<String> {
        vec![self.fund.code().to_owned(), self.kind.code().to_owned(), self.function.clone()]
    }
    fn amount(&mut self) -> &mut Fen {
        &mut self.amount
    }
}

impl Atom for Received {
    fn keys(&self) -> Vec<String> {
        vec![self.fund.code().to_owned(), self.kind.code().to_owned()]
    }
    fn amount(&mut self) -> &mut Fen {
        &mut self.amount
    }
}

impl Atom for Carried {
    fn keys(&self) -> Vec<String> {
        vec![self.fund.code().to_owned()]
    }
    fn amount(&mut self) -> &mut Fen {
        &mut self.amount
    }
}

/// Gives each of `atoms` its share of `target`, level by level. Returns which took a residue.
fn split<T: Atom>(atoms: &mut [&mut T], target: Fen, level: usize) -> Vec<usize> {
    let key = |a: &T| a.keys().get(level).cloned();
    let mut groups: Vec<(Option<String>, Vec<usize>)> = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        let key = key(atom);
        match groups.iter_mut().find(|g| key.is_some() && g.0 == key) {
            Some(group) => group.1.push(at),
            None => groups.push((key, vec![at])),
        }
    }
    let mut sums: Vec<Fen> = groups.iter().map(|g| g.1.iter().map(|i| *atoms[*i].amount()).sum()).collect();
    let took = apportion(target, &mut sums);
    let mut plugged = Vec::new();
    for (at, ((key, members), sum)) in groups.into_iter().zip(sums).enumerate() {
        if key.is_none() {
            *atoms[members[0]].amount() = sum;
            if took == Some(at) {
                plugged.extend(members);
            }
            continue;
        }
        let mut inner: Vec<&mut T> = Vec::new();
        for (i, atom) in atoms.iter_mut().enumerate() {
            if members.contains(&i) {
                inner.push(atom);
            }
        }
        plugged.extend(split(&mut inner, sum, level + 1).into_iter().map(|i| members[i]));
        if took == Some(at) && plugged.iter().all(|p| !members.contains(p)) {
            plugged.extend(members.first());
        }
    }
    plugged
}

fn rounded<T: Atom + Clone>(atoms: &[T], exact: Fen) -> (Vec<T>, Vec<usize>) {
    let mut made = atoms.to_vec();
    let plugged = split(&mut made.iter_mut().collect::<Vec<_>>(), to_wan(exact), 0);
    (made, plugged)
}

/// The books in whole 0.01 万元, from which tables are derived anew: every printed sum then adds up, within tables and between them.
pub fn plugged(books: &Books) -> (Books, Vec<Plugged>) {
    let books = &merged(books);
    let (spent, spent_at) = rounded(&books.spent, books.spent(None));
    let (received, received_at) = rounded(&books.received, books.received(None));
    let (opening, opening_at) = rounded(&books.opening, books.opening(None));
    let mut list = Vec::new();
    let mut add = |fund: Fund, function: &str, what: (&str, &str), exact: Fen, printed: Fen| {
        let name = function_name(books, function);
        let place = Bilingual::new(
            format!("{}：{function}{}（{}）", what.0, name.zh, fund.title().zh),
            format!("{}: {function} {} ({})", what.1, name.en, fund.title().en),
        );
        list.push(Plugged { place, exact, printed });
    };
    for (e, p) in spent_at.iter().map(|i| (&books.spent[*i], &spent[*i])) {
        let what = (e.economic.clone() + "支出", e.economic.clone() + " spent");
        add(e.fund, &e.function, (&what.0, &what.1), e.amount, p.amount);
    }
    for (e, p) in received_at.iter().map(|i| (&books.received[*i], &received[*i])) {
        add(e.fund, &e.function, ("收入", "received"), e.amount, p.amount);
    }
    for (e, p) in opening_at.iter().map(|i| (&books.opening[*i], &opening[*i])) {
        add(e.fund, &e.function, ("年初结转", "carried over"), e.amount, p.amount);
    }
    let mut made = Books { spent, received, opening, ..books.clone() };
    made.surplus_used = to_wan(books.surplus_used);
    made.distributed = to_wan(books.distributed);
    made.last_closing = books.last_closing.map(to_wan);
    made.adjusted = made.last_closing.map_or(Fen::ZERO, |last| made.opening(None) - last);
    let public = |b: &Books| tables::one(b, TableKind::GeneralBasic).at("public", "amount").unwrap_or_default();
    made.office_cost = if books.office_cost == public(books) { public(&made) } else { to_wan(books.office_cost) };
    let plan = &mut made.three_public;
    for budget in
        [&mut plan.budget_abroad, &mut plan.budget_purchase, &mut plan.budget_running, &mut plan.budget_reception]
    {
        *budget = to_wan(*budget);
    }
    let bought = &mut made.procurement;
    for amount in [&mut bought.goods, &mut bought.works, &mut bought.services, &mut bought.sme, &mut bought.micro] {
        *amount = to_wan(*amount);
    }
    (made, list)
}

/// The books with lines of one place summed: a thousand payments of one kind are one number in the tables.
fn merged(books: &Books) -> Books {
    let mut spent: Vec<Spent> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for line in &books.spent {
        let key = (line.fund, line.kind, line.function.clone(), line.economic.clone(), line.project.clone());
        match places.get(&key) {
            Some(at) => {
                let held: &mut Spent = &mut spent[*at];
                held.amount += line.amount;
            }
            None => {
                places.insert(key, spent.len());
                spent.push(line.clone());
            }
        }
    }
    Books { spent, ..books.clone() }
}
