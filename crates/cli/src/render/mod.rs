//! What only a terminal and a data exchange show; the other faces are in `proofread`, where the server finds them too.

pub(crate) mod excerpt;
pub(crate) mod facts_csv;
pub(crate) mod facts_text;
pub(crate) mod text;
