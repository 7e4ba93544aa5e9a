//! The faces of a result, a file each. They live here and not in `diag`, because they show the document around a
//! finding, which `diag` does not know.

pub(crate) mod excerpt;
pub(crate) mod facts;
pub(crate) mod facts_csv;
pub(crate) mod facts_text;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod place;
pub(crate) mod sarif;
pub(crate) mod text;
pub(crate) mod xlsx;
