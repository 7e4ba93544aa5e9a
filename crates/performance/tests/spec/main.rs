//! The formulas of the scores against their specs: `spec/<formula>.md`, readable tables of inputs and what must come out.

mod formula;
mod table;
