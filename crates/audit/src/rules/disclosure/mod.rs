//! Family of rules; see `crate::Family`.

family![];
