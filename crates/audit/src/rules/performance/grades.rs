//! Scores and grades in prose: `自评得分为92.6分`, `评价等级为“优”`.

use std::ops::Range;
use std::sync::LazyLock;

use keqiao_quantity::Decimal;
use regex::Regex;

/// The four grades, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// 差, 不合格
    Poor,
    /// 中, 合格
    Fair,
    /// 良
    Good,
    /// 优
    Excellent,
}

impl Grade {
    /// The grade that a word names; words of other scales name none.
    pub(super) fn of(word: &str) -> Option<Grade> {
        Some(match word {
            "优" | "优秀" => Grade::Excellent,
            "良" | "良好" => Grade::Good,
            "中" | "中等" => Grade::Fair,
            "差" => Grade::Poor,
            _ => return None,
        })
    }

    /// The grade of a score on the national scale: 90, 80, 60.
    pub(super) fn national(score: Decimal) -> Grade {
        match () {
            () if score >= Decimal::from(90) => Grade::Excellent,
            () if score >= Decimal::from(80) => Grade::Good,
            () if score >= Decimal::from(60) => Grade::Fair,
            () => Grade::Poor,
        }
    }

    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Grade::Excellent => "优",
            Grade::Good => "良",
            Grade::Fair => "中",
            Grade::Poor => "差",
        }
    }
}

static GRADE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?:等级|等次|评级)(?:均)?(?:为|是|：)(?P<g>[“\"「]?(?P<w>优秀|优良|优|良好|良|中等|中|合格|不合格|差|较好|很好|基本满意|比较满意|满意|尚可|好)[”\"」]?)(?:[，。；、）的等级次]|$)";
    Regex::new(pattern).expect("a constant pattern")
});

static SCORE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:(?:自评|评价|综合|最终|评分|总)?(?:得分|总分|自评分|评分)|自评)(?:为|是|：|结果为)?(?P<n>\d{1,3}(?:\.\d{1,2})?)分";
    Regex::new(pattern).expect("a constant pattern")
});

/// Grade words after 等级为, with their places (quotes included).
pub(super) fn grades(text: &str) -> Vec<(&str, Range<usize>)> {
    GRADE.captures_iter(text).filter_map(|c| Some((c.name("w")?.as_str(), c.name("g")?.range()))).collect()
}

/// Scores with the words before them.
pub(super) fn scores(text: &str) -> Vec<(Decimal, Range<usize>)> {
    SCORE.captures_iter(text).filter_map(|c| Some((c.name("n")?.as_str().parse().ok()?, c.get(0)?.range()))).collect()
}
