//! What was written before: signatures that find near copies among many texts, exact measures that confirm them, stock
//! phrases, and titles that their bodies do not bear out.
#![expect(clippy::float_arithmetic, reason = "shares of texts are compared, never published as sums")]

use std::collections::BTreeSet;

use crate::index::keys::grams;
use crate::text::lexicon::{contains, lexicon};
use crate::text::stream::{BREAK, Stream, hash};

/// Units in a shingle.
const SHINGLE: usize = 4;
/// Numbers in a signature.
pub const SIGNATURE: usize = 64;
/// Bands of a signature: two texts with one band in common are looked at. 16 bands of 4 find nine of ten pairs that
/// share six shingles of ten, and one of a hundred that share two.
pub const BANDS: usize = 16;

/// The different shingles of a text: every row of four units, breaks left out.
pub fn shingles(text: &str) -> BTreeSet<u64> {
    let units: Vec<u32> = Stream::read(text).units.into_iter().filter(|&u| u != BREAK).collect();
    if units.len() < SHINGLE {
        return std::iter::once(hash(units.into_iter())).collect();
    }
    units.windows(SHINGLE).map(|w| hash(w.iter().copied())).collect()
}

/// A MinHash signature of shingles.
pub fn signature(shingles: &BTreeSet<u64>) -> [u64; SIGNATURE] {
    let mut least = [u64::MAX; SIGNATURE];
    for &shingle in shingles {
        for (seed, slot) in (1_u64..).zip(&mut least) {
            let mut h = (shingle ^ seed.wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
            h ^= h >> 32;
            *slot = (*slot).min(h.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        }
    }
    least
}

/// The bands of a signature, as keys to look others up by.
pub fn bands(signature: &[u64; SIGNATURE]) -> [u64; BANDS] {
    let mut out = [0; BANDS];
    for (nth, (band, slots)) in out.iter_mut().zip(signature.chunks(SIGNATURE / BANDS)).enumerate() {
        let numbers = slots.iter().flat_map(|s| [(s >> 32) as u32, *s as u32]);
        *band = hash(std::iter::once(nth as u32).chain(numbers));
    }
    out
}

/// How much of two texts is the same, exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Shared shingles of all shingles.
    pub alike: f32,
    /// Shared shingles of those of the shorter text: near 1 where one is contained in the other.
    pub contained: f32,
}

/// Compares the shingles of two texts.
pub fn overlap(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> Overlap {
    let both = a.intersection(b).count() as f32;
    let (all, less) = (a.union(b).count().max(1) as f32, a.len().min(b.len()).max(1) as f32);
    Overlap { alike: both / all, contained: both / less }
}

/// Phrases that say nothing of what is offered; from our own reading, not from a list of others.
const STOCK: &[&str] = &[
    "竭诚为您服务",
    "欢迎来电咨询",
    "欢迎新老客户",
    "质量第一",
    "信誉至上",
    "诚信经营",
    "性价比高",
    "行业领先",
    "国际先进水平",
    "填补国内空白",
    "值得信赖",
    "一站式服务",
    "实力雄厚",
    "技术力量雄厚",
    "价格优惠",
    "量大从优",
    "全国包邮",
    "让您满意",
    "首选",
    "赋能",
    "助力企业",
    "全方位",
    "多维度",
    "深度融合",
    "显著提升",
    "综上所述",
    "总而言之",
    "在当今社会",
    "随着科技的不断发展",
    "具有广阔的应用前景",
    "具有重要意义",
    "为广大用户提供",
];

/// The stock phrases of a text, as bytes in it, in order.
pub fn stock_phrases(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> =
        STOCK.iter().flat_map(|p| text.match_indices(p).map(|(at, s)| (at, at + s.len()))).collect();
    found.sort_unstable();
    found
}

/// How little the body bears out the title: 0 where every matter word of the title has a trace in the body, 1 where none
/// has. A title without matter words bears nothing and is 0.
pub fn incoherence(title: &str, body: &str) -> f32 {
    let (title, body) = (Stream::read(title), Stream::read(body));
    let mut held: BTreeSet<u64> = BTreeSet::new();
    grams(&body.units, |_, key| {
        held.insert(key);
    });
    let (mut all, mut missing) = (0.0_f32, 0.0);
    for word in title.words() {
        let key = title.word_key(word.clone());
        if lexicon().is_function(key) {
            continue;
        }
        let units = &title.units[word];
        let synonym = lexicon().synonyms(key).iter().any(|s| contains(&body.units, s));
        let (mut parts, mut found) = (0, 0);
        grams(units, |_, gram| {
            parts += 1;
            found += usize::from(held.contains(&gram));
        });
        let trace = synonym || if parts == 0 { contains(&body.units, units) } else { found * 2 >= parts };
        all += 1.0;
        missing += if trace { 0.0 } else { 1.0 };
    }
    if all > 0.0 { missing / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &str =
        "设计了一种热泵烘干机,用于花椒和辣椒的烘干,燃气消耗比原来降低三成,烘干时间缩短两小时,已在三个乡镇使用";
    const COPY: &str = "设计了一种热泵烘干机，用于花椒、辣椒的烘干，燃气消耗比原来降低三成，烘干时间缩短两小时，已在三个乡镇使用。欢迎来电咨询";
    const OTHER: &str = "针对果园除草费工的问题,研制了一台遥控割草机,坡度三十度以内可以作业,每小时割草三亩";

    #[test]
    fn a_copy_is_found_by_its_bands_and_confirmed() {
        let [a, b, c] = [OFFER, COPY, OTHER].map(shingles);
        let [x, y, z] = [&a, &b, &c].map(|s| bands(&signature(s)));
        assert!(x.iter().any(|band| y.contains(band)));
        assert!(!x.iter().any(|band| z.contains(band)));
        assert!(overlap(&a, &b).contained > 0.8);
        assert!(overlap(&a, &c).alike < 0.05);
        assert_eq!(overlap(&a, &a), Overlap { alike: 1.0, contained: 1.0 });
    }

    #[test]
    fn short_and_empty_texts_are_compared_too() {
        let (empty, short) = (shingles(""), shingles("玉米"));
        assert_eq!(overlap(&empty, &short).alike, 0.0);
        assert_eq!(overlap(&short, &shingles("玉米。")).alike, 1.0);
    }

    #[test]
    fn stock_phrases_are_pointed_at() {
        let spans = stock_phrases(COPY);
        assert_eq!(spans.iter().map(|&(a, b)| &COPY[a..b]).collect::<Vec<_>>(), ["欢迎来电咨询"]);
    }

    #[test]
    fn a_title_of_another_text_is_incoherent() {
        assert!(incoherence("热泵烘干机", OFFER) < 0.1);
        assert!(incoherence("苹果霉心病无损检测仪", OFFER) > 0.7);
        assert_eq!(incoherence("", OFFER), 0.0);
    }
}
