//! Which counties a snapshot covers. A county that handed in nothing is not a county that did nothing: its sums are unknown, not 0.

use std::collections::BTreeSet;

use keqiao_access::{RegionCode, RegionLevel};
use keqiao_base::{Kind, Refusal};

use crate::{Manifest, Question};

impl Manifest {
    /// The counties that the question is about and that the snapshot holds no record of, in the order of codes. A question that names
    /// no region is about the cities or provinces that the snapshot reaches over.
    ///
    /// # Errors
    /// `rollup.region_absent` when the question names a region and there is no record of anything in it.
    pub fn absent(&self, question: &Question) -> Result<Vec<RegionCode>, Refusal> {
        let wholes = match question.region {
            Some(region) if self.regions.keys().any(|here| region.contains(*here)) => vec![region],
            Some(region) => return Err(nothing_of(region)),
            None => self.reach(),
        };
        let missing = |code: &RegionCode| {
            code.level() == RegionLevel::County
                && wholes.iter().any(|whole| whole.contains(*code))
                && !self.regions.contains_key(code)
        };
        Ok(RegionCode::all().map(|(code, _)| code).filter(missing).collect())
    }

    /// For each province of the snapshot the smallest region that holds all it has of it: a county, a city, or the province.
    fn reach(&self) -> Vec<RegionCode> {
        let up = |level: RegionLevel, code: RegionCode| {
            std::iter::successors(Some(code), |code| code.parent()).find(|code| code.level() == level)
        };
        let provinces: BTreeSet<RegionCode> =
            self.regions.keys().filter_map(|code| up(RegionLevel::Province, *code)).collect();
        let smallest = |province: RegionCode| {
            let here = || self.regions.keys().copied().filter(move |code| province.contains(*code));
            let first = here().next()?;
            std::iter::successors(Some(first), |code| code.parent()).find(|whole| here().all(|c| whole.contains(c)))
        };
        provinces.into_iter().filter_map(smallest).collect()
    }
}

fn nothing_of(region: RegionCode) -> Refusal {
    let name = region.name().map(|_| region.full_name());
    let (zh, en) = match name {
        Some(name) => (format!("{name}（{region}）"), format!("{region} ({name})")),
        None => (format!("{region}（地区代码表中没有）"), format!("{region} (not in the list of regions)")),
    };
    Refusal::new(
        Kind::NotFound,
        "rollup.region_absent",
        format!("快照里没有 {zh} 的任何佐证。这不等于 0，而是不知道：请核对代码，或者并入该地区的数据后重新生成快照。"),
        format!(
            "The snapshot holds no record of {en}. That is not 0 but unknown: check the code, or bring that region's records in \
             and take the snapshot again."
        ),
    )
}

#[cfg(test)]
mod tests {
    use keqiao_base::Moment;

    use super::*;
    use crate::{ChainEnd, Shape, Totals};

    fn manifest(regions: &[&str]) -> Manifest {
        let counts = Shape::new(["people"]).unwrap();
        Manifest {
            form: 1,
            at: Moment::from_millis(0),
            chain: ChainEnd { seq: 1, hash: "ab".into() },
            totals: Totals::of(&counts),
            counts,
            parts: Vec::new(),
            regions: regions.iter().map(|code| (code.parse().unwrap(), 1)).collect(),
        }
    }

    fn of(region: &str) -> Question {
        Question { region: Some(region.parse().unwrap()), ..Question::default() }
    }

    fn absent(regions: &[&str], question: &Question) -> Vec<String> {
        manifest(regions).absent(question).unwrap().into_iter().map(RegionCode::code).collect()
    }

    #[test]
    fn counties_without_a_record_are_named() {
        let city = absent(&["510703", "510704"], &Question::default());
        assert!(city.contains(&"510781".to_owned()) && city.iter().all(|code| code.starts_with("5107")), "{city:?}");
        let province = absent(&["510000", "510703"], &Question::default());
        assert!(province.len() > 150 && province.contains(&"510104".to_owned()));
        assert!(!province.contains(&"510703".to_owned()), "it is there");
        assert_eq!(absent(&["510703"], &Question::default()), Vec::<String>::new(), "one county alone is complete");
        assert_eq!(absent(&["510703", "520102"], &Question::default()), Vec::<String>::new(), "and so are two");
        assert_eq!(absent(&[], &Question::default()), Vec::<String>::new());
        assert_eq!(absent(&["510703", "510104"], &of("510703")), Vec::<String>::new());
        assert!(absent(&["510703", "510104"], &of("510700")).contains(&"510704".to_owned()));
    }

    #[test]
    fn a_region_without_any_record_is_no_zero() {
        for (region, said) in [("510704", "游仙区"), ("519999", "代码表中没有"), ("520000", "贵州省")] {
            let refusal = manifest(&["510703"]).absent(&of(region)).unwrap_err();
            assert_eq!(refusal.code, "rollup.region_absent");
            assert!(refusal.message.zh.contains(said), "{}", refusal.message.zh);
            assert!(refusal.message.en.contains(region) && refusal.message.en.contains("unknown"));
        }
    }
}
