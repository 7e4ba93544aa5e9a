//! Worked examples of demands by industry, shown beside the form: what somebody says, and the clear demand it becomes. Our own writing; the data
//! stand in `data/examples.toml`, and the test holds each against the clarity and the refinery.

use std::sync::LazyLock;

use keqiao_base::{Day, Fen};
use keqiao_i18n::Lang;
use serde::Deserialize;

use crate::listing::Cells;
use crate::refine::Budget;

/// One example, in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Section of GB/T 4754.
    pub industry: String,
    words: String,
    budget: (String, String),
    due: String,
    zh: Text,
    en: Text,
}

/// An example in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The branch, such as 食品加工.
    pub branch: String,
    /// What somebody says.
    pub said: String,
    /// The title that it becomes.
    pub title: String,
    /// How things are.
    pub situation: String,
    /// What is to be solved.
    pub problem: String,
    /// When it is solved, one a line.
    pub criteria: Vec<String>,
    /// What must stay.
    pub constraints: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    example: Vec<Example>,
}

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/examples.toml")).expect("a test reads the same file");
    file.example
});

/// All examples, in the order of their file.
pub fn examples() -> &'static [Example] {
    &EXAMPLES
}

/// The example nearest to a demand: of its industry, the one whose words its text holds most; without an industry, of all, when one word is there.
pub fn nearest(industry: &str, text: &str) -> Option<&'static Example> {
    let held = |e: &Example| e.words.split(' ').filter(|word| text.contains(word)).count();
    let of = examples().iter().filter(|e| industry.is_empty() || e.industry == industry);
    // Of equals the first of the file.
    of.rev().max_by_key(|e| held(e)).filter(|e| !industry.is_empty() || held(e) > 0)
}

impl Example {
    /// It in a language.
    pub fn text(&self, language: Lang) -> &Text {
        match language {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// What may be spent.
    pub fn budget(&self) -> Option<Budget> {
        Some(Budget { from: Fen::parse(&self.budget.0).ok()?, to: Fen::parse(&self.budget.1).ok()? })
    }

    /// The day by which it is wanted, when it is shown today.
    pub fn deadline(&self, today: Day) -> Option<Day> {
        format!("{}-{}", today.year() + 1, self.due).parse().ok()
    }

    /// As a form of a demand is filled with it.
    pub fn cells(&self, language: Lang, today: Day) -> Cells {
        let text = self.text(language);
        let mut cells = Cells::default();
        cells.set("title", &text.title);
        cells.set("situation", &text.situation);
        cells.set("problem", &text.problem);
        cells.set("criteria", &text.criteria.join("\n"));
        cells.set("constraints", &text.constraints.join("\n"));
        cells.set("budget_from", &self.budget.0);
        cells.set("budget_to", &self.budget.1);
        if let Some(day) = self.deadline(today) {
            cells.set("deadline", &day.to_string());
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::choice::ListingKind;
    use crate::clarity::{POINTS_MAX, lines, total};
    use crate::classify::{Field, class};
    use crate::doubts::doubts;
    use crate::listing::Content;
    use crate::refine::refine;

    #[test]
    fn every_example_is_as_clear_as_a_demand_can_be_and_comes_out_of_what_was_said() {
        let today = Day::new(2026, 11, 21).unwrap();
        for example in examples() {
            for language in [Lang::Zh, Lang::En] {
                let (content, faults) = Content::read(ListingKind::Demand, &example.cells(language, today));
                assert_eq!(faults, [], "{}", content.title);
                assert_eq!(total(&lines(&content)), POINTS_MAX, "{}: {:#?}", content.title, lines(&content));
            }
            let parts = refine(&example.zh.said, today);
            assert!(!parts.problem.is_empty() && !parts.criteria.is_empty(), "{}: {parts:#?}", example.zh.said);
            let (content, _) = Content::read(ListingKind::Demand, &example.cells(Lang::Zh, today));
            assert_eq!(doubts(&content.title, &content.body()), [], "{}", content.title);
            let demand = &content.demand().unwrap().parts;
            assert_eq!((parts.budget, parts.deadline), (example.budget(), demand.deadline), "{}", example.zh.said);
        }
    }

    #[test]
    fn every_section_that_matters_has_one_and_the_nearest_is_shown() {
        let sections: BTreeSet<&str> = examples().iter().map(|e| e.industry.as_str()).collect();
        assert_eq!(sections, BTreeSet::from(["A", "B", "C", "D", "E", "G", "I", "N", "P", "Q", "R"]));
        assert!(sections.iter().all(|code| class(Field::Industry, code).is_some()));
        let branch = |industry, text| nearest(industry, text).map(|e| e.zh.branch.as_str());
        assert_eq!(branch("C", "齿轮热处理变形"), Some("机械制造"));
        assert_eq!(branch("C", ""), Some("食品加工"));
        assert_eq!(branch("", "猪场养殖臭味"), Some("畜牧水产"));
        assert_eq!(branch("", "随便"), None);
        assert_eq!(branch("J", "贷款"), None);
    }
}
