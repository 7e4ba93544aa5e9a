//! Twelve sample reports of three made-up bodies, written by one generator: what is printed agrees by construction, and what
//! is wrong was planted (`slip`). Nothing here is taken from a published report.

mod account;
mod amount;
mod books;
mod entity;
mod evaluation;
mod page;
mod slip;
mod tables;
mod writer;

use books::Books;
use entity::{ASSOCIATION, CENTRE, Entity, MUSEUM};
use page::Page;
use slip::Slip;
use writer::Form;

/// A sample report as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The name of the file.
    pub name: String,
    /// Whose report it is.
    pub entity: String,
    /// Of which year.
    pub year: i32,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many defects were planted.
    pub planted: usize,
}

/// What a sample is made of.
struct Plan {
    entity: &'static Entity,
    year: i32,
    /// The number of the project that is evaluated; a final account when absent.
    project: Option<usize>,
    form: Form,
    slips: &'static [Slip],
}

const PLANS: &[Plan] = {
    use Form::{Docx, Html, Markdown};
    const fn account(entity: &'static Entity, year: i32, form: Form, slips: &'static [Slip]) -> Plan {
        Plan { entity, year, project: None, form, slips }
    }
    const fn evaluation(entity: &'static Entity, n: usize, year: i32, form: Form, slips: &'static [Slip]) -> Plan {
        Plan { entity, year, project: Some(n), form, slips }
    }
    &[
        account(&ASSOCIATION, 2022, Docx, &[]),
        account(&ASSOCIATION, 2023, Docx, &[Slip::GrowthTransposed, Slip::ReceptionDiffers, Slip::DateOfAnotherYear]),
        account(&ASSOCIATION, 2024, Docx, &[Slip::ShareTransposed, Slip::ReasonMissing]),
        account(
            &ASSOCIATION,
            2025,
            Docx,
            &[
                Slip::GrowthTransposed,
                Slip::DirectionReversed,
                Slip::ReceptionDiffers,
                Slip::StaffTotalDiffers,
                Slip::ProcurementDiffers,
                Slip::DoubledWord,
                Slip::NumberSkipped,
                Slip::DateOfAnotherYear,
            ],
        ),
        account(&MUSEUM, 2023, Html, &[Slip::ThreePublicDiffers]),
        account(&MUSEUM, 2024, Html, &[]),
        account(&MUSEUM, 2025, Html, &[Slip::GroupDiffers, Slip::YuanForWan, Slip::ShareTransposed]),
        account(&CENTRE, 2024, Markdown, &[Slip::ProcurementDiffers, Slip::ReasonMissing]),
        account(&CENTRE, 2025, Markdown, &[Slip::DirectionReversed]),
        evaluation(&ASSOCIATION, 0, 2024, Docx, &[]),
        evaluation(&ASSOCIATION, 1, 2025, Docx, &[Slip::ScoreDiffers, Slip::TargetMissed]),
        evaluation(&MUSEUM, 0, 2025, Html, &[Slip::GradeDiffers]),
    ]
};

/// The twelve, in the order of the bodies and the years.
pub fn samples() -> Vec<Sample> {
    PLANS.iter().map(|plan| plan.sample(plan.slips, "")).collect()
}

/// The association's account of 2025 once more, with all but two of its defects put right: the second version on the desk.
pub fn corrected() -> Sample {
    let plan = &PLANS[3];
    plan.sample(&[Slip::ReceptionDiffers, Slip::NumberSkipped], "-修改稿")
}

/// So many reports of as many bodies, for measuring: the sample accounts that are text, under other names.
pub fn copies(count: usize) -> Vec<Sample> {
    let texts: Vec<Sample> =
        PLANS.iter().filter(|p| p.project.is_none() && p.form != Form::Docx).map(|p| p.sample(p.slips, "")).collect();
    let copy = |n: usize| {
        let sample = &texts[n % texts.len()];
        let entity = sample.entity.replacen("云汀县", &format!("云汀县第{n}"), 1);
        // What we wrote is UTF-8.
        let text = String::from_utf8_lossy(&sample.bytes).replace(&sample.entity, &entity);
        Sample {
            name: sample.name.replace(&sample.entity, &entity),
            bytes: text.into_bytes(),
            entity,
            ..sample.clone()
        }
    };
    (0..count).map(copy).collect()
}

impl Plan {
    fn page(&self, slips: &[Slip]) -> Page {
        let (books, last) = (Books::of(self.entity, self.year), Books::of(self.entity, self.year - 1));
        let mut page = match self.project {
            None => account::write(&books, &last),
            Some(n) => evaluation::write(&books, &self.entity.projects[n]),
        };
        for slip in slips {
            slip.plant(&books, &last, &mut page);
        }
        page
    }

    fn sample(&self, slips: &[Slip], suffix: &str) -> Sample {
        let kind = match self.project {
            None if self.entity.authority => "部门决算".to_owned(),
            None => "单位决算".to_owned(),
            Some(n) => format!("{}绩效自评", self.entity.projects[n].name),
        };
        let Entity { name, .. } = self.entity;
        Sample {
            name: format!("{name}{}年度{kind}{suffix}.{}", self.year, self.form.extension()),
            entity: (*name).to_owned(),
            year: self.year,
            bytes: self.form.write(&self.page(slips)),
            planted: slips.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use keqiao_audit::{Profile, audit};
    use keqiao_document::{Limits, read};

    use super::*;

    /// Codes, each with the message.
    fn found(sample: &Sample) -> BTreeMap<String, String> {
        let document = read(&sample.name, &sample.bytes, &Limits::default()).document.unwrap();
        let report = keqiao_extract::extract(&document);
        assert_eq!(report.identity.fiscal_year, u16::try_from(sample.year).ok(), "{}", sample.name);
        assert_eq!(report.identity.entity.as_ref().map(|(name, _)| name.as_str()), Some(sample.entity.as_str()));
        let profile = Profile::named("national").unwrap();
        audit(&report, None, &profile, &|_| true).findings.into_iter().map(|f| (f.code, f.message.zh)).collect()
    }

    /// What was planted is found, and nothing else: a sample that cries wolf would teach a newcomer to distrust the desk.
    #[test]
    fn planted_defects_are_found_and_nothing_else() {
        let mut wrong = Vec::new();
        for plan in PLANS {
            let sample = plan.sample(plan.slips, "");
            let mut found = found(&sample);
            for slip in plan.slips {
                if slip.rules().iter().filter(|r| found.remove(**r).is_some()).count() == 0 {
                    wrong.push(format!("{}: {slip:?} is not found", sample.name));
                }
            }
            wrong.extend(found.into_iter().map(|(code, message)| format!("{}: {code} {message}", sample.name)));
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn samples_are_the_same_at_every_run() {
        assert_eq!(samples(), samples());
        assert_eq!(samples().len(), 12);
    }
}
