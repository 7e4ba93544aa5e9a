//! One file per area, as the addresses are.

mod ground;
