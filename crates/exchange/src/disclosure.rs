//! Three layers of what a listing holds, and the one predicate that opens them. Whoever opens what is not public is written down; that is
//! the use case's business.

use keqiao_base::coded;

coded! {
    /// How far a part of a listing is open.
    pub enum Layer {
        /// To everybody.
        Public = "public" => ("公开", "Public"),
        /// To those with whom there is mutual interest.
        Mutual = "mutual" => ("双方有意后可见", "After mutual interest"),
        /// To those who agreed to keep it to themselves.
        Confidential = "confidential" => ("签署保密承诺后可见", "After a promise of confidence"),
    }
}

/// How somebody stands to a listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Anybody.
    #[default]
    Stranger,
    /// Both sides said that they are interested.
    Interested,
    /// And a promise of confidence was given.
    Sworn,
    /// Its owner, or who wrote it for its owner.
    Own,
}

/// Whether somebody so near may open a layer. Staff have no key of their own: an officer who reviews a listing stands as
/// [`Nearness::Own`] while it waits, and every opening is in the log.
pub fn may_open(layer: Layer, near: Nearness) -> bool {
    match layer {
        Layer::Public => true,
        Layer::Mutual => near >= Nearness::Interested,
        Layer::Confidential => near >= Nearness::Sworn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_denies_whoever_stands_too_far() {
        use Nearness::{Interested, Own, Stranger, Sworn};
        let open = |layer| [Stranger, Interested, Sworn, Own].map(|near| may_open(layer, near));
        assert_eq!(open(Layer::Public), [true, true, true, true]);
        assert_eq!(open(Layer::Mutual), [false, true, true, true]);
        assert_eq!(open(Layer::Confidential), [false, false, true, true]);
    }
}
