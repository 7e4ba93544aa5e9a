//! The faces of a result, a file each. They live here and not in `diag`, because they show the document around a
//! finding, which `diag` does not know.

pub(crate) mod json;
