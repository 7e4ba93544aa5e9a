//! 预算单位 and the state of a year's books.

use keqiao_base::coded;

coded! {
    /// What kind of unit keeps the money; 机关运行经费 is only of the first two (CK-19).
    pub enum UnitKind {
        /// 行政单位
        Administrative = "administrative" => ("行政单位", "Administrative unit"),
        /// 参照公务员法管理的事业单位
        Modelled = "modelled" => ("参公管理事业单位", "Unit managed by the civil service law"),
        /// 事业单位
        Service = "institution" => ("事业单位", "Public institution"),
    }
}

impl UnitKind {
    /// Whether its public costs are 机关运行经费 (CK-19).
    pub const fn runs_an_office(self) -> bool {
        !matches!(self, UnitKind::Service)
    }
}

coded! {
    /// Where the books of a year stand.
    pub enum BooksState {
        /// They can be written.
        Open = "open" => ("记账中", "Open"),
        /// Nothing changes until a leader opens them again.
        Closed = "closed" => ("已关账", "Closed"),
    }
}
