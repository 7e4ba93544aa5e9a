//! What every text says, packed: units in two or four bytes, word beginnings as bits. The ranking reads candidates here.

use crate::text::stream::{BREAK, Stream, is_token};

/// Lengths of one text and where it stands in the store.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extent {
    pub(crate) start: u64,
    pub(crate) bits: u64,
    /// Units, breaks included.
    pub units: u32,
    /// Units of the title, its break included.
    pub title: u32,
    /// Words.
    pub words: u16,
    /// Grams.
    pub grams: u16,
    /// Single hanzi.
    pub hanzi: u16,
    /// Whether the body opens with what it does.
    pub solves: bool,
    /// Whether the text is still in the collection.
    pub lives: bool,
}

/// The step of a text that is gone.
pub const DEAD: u8 = 0;

/// The step of a length in grams: exact up to 64, then eight to a doubling.
fn step(grams: u16) -> u8 {
    (1..=u8::MAX).take_while(|&s| grams_of(s) <= u32::from(grams)).last().unwrap_or(1)
}

/// The least length in grams of a step, for all but [`DEAD`].
pub fn grams_of(step: u8) -> u32 {
    let above = u32::from(step.saturating_sub(65));
    if step <= 65 { u32::from(step).saturating_sub(1) } else { (64 + 8 * (above % 8)) << (above / 8) }
}

/// All texts, one after another.
#[derive(Clone, Debug, Default)]
pub struct Forward {
    packed: Vec<u16>,
    bits: Vec<u64>,
    bits_used: u64,
    extents: Vec<Extent>,
    steps: Vec<u8>,
}

impl Forward {
    /// Appends a text and gives its slot.
    pub fn push(&mut self, stream: &Stream, mut extent: Extent) -> u32 {
        extent.start = self.packed.len() as u64;
        extent.bits = self.bits_used;
        extent.units = stream.units.len() as u32;
        for (&unit, &begins) in stream.units.iter().zip(&stream.starts) {
            if is_token(unit) {
                let h = unit - 0x1_0000;
                self.packed.push(0xd800 | (h >> 10) as u16);
                self.packed.push(0xdc00 | (h & 0x3ff) as u16);
            } else {
                self.packed.push(unit as u16);
            }
            let (word, bit) = ((self.bits_used / 64) as usize, self.bits_used % 64);
            if word == self.bits.len() {
                self.bits.push(0);
            }
            self.bits[word] |= u64::from(begins) << bit;
            self.bits_used += 1;
        }
        self.steps.push(step(extent.grams));
        self.extents.push(extent);
        (self.extents.len() - 1) as u32
    }

    /// The text of a slot, unpacked into `out`.
    pub fn read(&self, slot: u32, out: &mut Stream) {
        let extent = &self.extents[slot as usize];
        out.units.clear();
        out.starts.clear();
        let mut at = extent.start as usize;
        for n in 0..u64::from(extent.units) {
            let low = u32::from(self.packed[at]);
            at += 1;
            if low & 0xfc00 == 0xd800 {
                out.units.push(0x1_0000 + ((low & 0x3ff) << 10) + (u32::from(self.packed[at]) & 0x3ff));
                at += 1;
            } else {
                out.units.push(low);
            }
            let bit = extent.bits + n;
            out.starts.push(self.bits[(bit / 64) as usize] >> (bit % 64) & 1 == 1);
        }
        debug_assert!(out.units.last() != Some(&BREAK));
    }

    /// The extent of a slot.
    pub fn extent(&self, slot: u32) -> &Extent {
        &self.extents[slot as usize]
    }

    /// Marks a text as gone.
    pub fn kill(&mut self, slot: u32) {
        self.extents[slot as usize].lives = false;
        self.steps[slot as usize] = DEAD;
    }

    /// The length of every text in grams, in steps; see [`grams_of`]. A byte each, so that all of them stay near the processor.
    pub fn steps(&self) -> &[u8] {
        &self.steps
    }

    /// How many slots there are, living or not.
    pub fn len(&self) -> usize {
        self.extents.len()
    }

    /// Whether nothing was ever pushed.
    pub fn is_empty(&self) -> bool {
        self.extents.is_empty()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.packed.capacity() * 2 + self.bits.capacity() * 8 + self.extents.capacity() * std::mem::size_of::<Extent>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise_and_stay_near_the_length() {
        assert!(
            (2..=u8::MAX).all(|s| grams_of(s) > grams_of(s - 1)),
            "{:?}",
            (1..=80).map(grams_of).collect::<Vec<_>>()
        );
        for grams in [0, 1, 63, 64, 65, 100, 1000, 40_000] {
            let of = grams_of(step(grams));
            assert!(of <= u32::from(grams) && f64::from(of) > f64::from(grams) * 0.87 - 1.0, "{grams} {of}");
            assert_ne!(step(grams), DEAD);
        }
    }
}
