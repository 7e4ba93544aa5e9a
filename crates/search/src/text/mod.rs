//! From text to units: folding, words, the own lexicon, sounds. No index and no weight is known here.

pub mod fold;
pub mod lexicon;
pub mod sound;
pub mod stream;
