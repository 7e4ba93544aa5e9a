//! Writes the table of a `Precompiled` normaliser: a double array (after the library darts) from the bytes of a character to the
//! place of its replacement. Only single characters are mapped; the reader is the crate `spm_precompiled`.

use std::collections::HashSet;

/// The table for `map`, whose characters differ: its length in bytes, its units, then the replacements, each ended by a zero.
pub(super) fn precompiled(map: &[(char, String)]) -> Vec<u8> {
    let mut replacements = String::new();
    let mut keys: Vec<(Vec<u8>, u32)> = Vec::with_capacity(map.len());
    for (from, to) in map {
        keys.push((from.to_string().into_bytes(), replacements.len() as u32));
        replacements.push_str(to);
        replacements.push('\0');
    }
    keys.sort();
    keys.dedup_by(|a, b| a.0 == b.0);
    let mut array = DoubleArray { units: vec![Unit::default()], taken: vec![true], bases: HashSet::new(), low: 1 };
    array.place(0, &keys, 0);
    // A lookup may step anywhere within the 256 units around a base.
    let length = array.units.len().next_multiple_of(256);
    array.units.resize(length, Unit::default());
    let units: Vec<u8> = array.units.iter().flat_map(|unit| unit.0.to_le_bytes()).collect();
    [&(units.len() as u32).to_le_bytes(), units.as_slice(), replacements.as_bytes()].concat()
}

/// Bits 0–7: the byte that leads here; 8: a value follows; 10 and up: what the place is combined with to find what follows.
/// A value has bit 31 and no byte.
#[derive(Clone, Copy, Default)]
struct Unit(u32);

struct DoubleArray {
    units: Vec<Unit>,
    taken: Vec<bool>,
    bases: HashSet<usize>,
    /// All units before it are taken.
    low: usize,
}

impl DoubleArray {
    /// Puts what follows the unit at `place`: `keys` share their first `depth` bytes.
    fn place(&mut self, place: usize, keys: &[(Vec<u8>, u32)], depth: usize) {
        let value = keys.first().filter(|(key, _)| key.len() == depth).map(|(_, value)| *value);
        let longer = &keys[usize::from(value.is_some())..];
        let groups: Vec<&[(Vec<u8>, u32)]> = longer.chunk_by(|a, b| a.0[depth] == b.0[depth]).collect();
        let mut labels: Vec<u8> = groups.iter().map(|group| group[0].0[depth]).collect();
        if value.is_some() {
            labels.push(0);
        }
        let base = self.base(&labels);
        self.units[place].0 |= ((place ^ base) as u32) << 10;
        if let Some(value) = value {
            self.units[place].0 |= 1 << 8;
            self.units[base] = Unit(value | 1 << 31);
        }
        for group in &groups {
            let label = group[0].0[depth];
            self.units[base ^ usize::from(label)] = Unit(u32::from(label));
        }
        for group in groups {
            self.place(base ^ usize::from(group[0].0[depth]), group, depth + 1);
        }
    }

    /// A base that no other unit has and from which every label leads to a free unit; these are taken.
    fn base(&mut self, labels: &[u8]) -> usize {
        while self.taken.get(self.low) == Some(&true) {
            self.low += 1;
        }
        let mut base = self.low & !0xff;
        let free =
            |taken: &[bool], base: usize| labels.iter().all(|l| taken.get(base ^ usize::from(*l)) != Some(&true));
        while self.bases.contains(&base) || !free(&self.taken, base) {
            base += 1;
        }
        self.bases.insert(base);
        for label in labels {
            let at = base ^ usize::from(*label);
            if at >= self.units.len() {
                self.units.resize(at + 1, Unit::default());
                self.taken.resize(at + 1, false);
            }
            self.taken[at] = true;
        }
        base
    }
}

#[cfg(test)]
mod tests {
    use tokenizers::normalizers::Precompiled;

    use super::*;

    #[test]
    fn every_character_is_replaced_and_no_other() {
        let mut map: Vec<(char, String)> = ('\u{1}'..'\u{20}').map(|c| (c, String::new())).collect();
        map.extend(('Ａ'..='Ｚ').map(|c| (c, char::from_u32(c as u32 - 0xfee0).unwrap().to_string())));
        map.extend(('㌀'..='㏿').enumerate().map(|(i, c)| (c, format!("平方{i}"))));
        map.push(('𝔸', "A".to_owned()));
        let table = Precompiled::from(&precompiled(&map)).unwrap();
        let known: std::collections::HashMap<char, &String> = map.iter().map(|(c, to)| (*c, to)).collect();
        for c in ('\u{1}'..=char::MAX).filter(|c| (*c as u32) < 0x1_f000) {
            let expected = known.get(&c).map_or_else(|| c.to_string(), |to| (*to).clone());
            assert_eq!(table.normalize_string(&c.to_string()), expected, "{c:?}");
        }
        assert_eq!(Precompiled::from(&precompiled(&[])).unwrap().normalize_string("Ａ1"), "Ａ1");
    }
}
