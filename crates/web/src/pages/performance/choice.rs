//! Options of the fields, and values in words, as several pages need them.

use keqiao_access::{Actor, RegionCode};
use keqiao_app::{AppResult, performance};
use keqiao_base::Moment;
use keqiao_i18n::{Fixed, Lang};
use keqiao_performance::light::Light;
use keqiao_performance::{Level2, Operator, Profile, Tree};
use keqiao_quantity::{Decimal, Printed};

use crate::pages::options;
use crate::view::View;

/// Code and title, for a field that chooses.
pub(super) type Options = Vec<(String, String)>;

/// The departments of the actor.
pub(super) fn regions(actor: &Actor) -> AppResult<Options> {
    Ok(performance::regions(actor)?.into_iter().map(|r| (r.code(), r.full_name())).collect())
}

/// The department that a query or form names, else the actor's first.
pub(super) fn region(actor: &Actor, asked: &str) -> AppResult<Option<RegionCode>> {
    let own = performance::regions(actor)?;
    Ok(asked.parse().ok().or_else(|| own.first().copied()))
}

/// The year that is asked for, else this one.
pub(super) fn year(asked: &str, now: Moment) -> i32 {
    asked.parse().ok().filter(|y| (2000..=2100).contains(y)).unwrap_or(now.china().0)
}

/// Years around this one and those that are there, newest first.
pub(super) fn years(there: &[i32], now: Moment) -> Options {
    let this = now.china().0;
    let mut all: Vec<i32> = there.iter().copied().chain([this - 1, this, this + 1]).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    all.into_iter().map(|y| (y.to_string(), y.to_string())).collect()
}

/// Months.
pub(super) fn months(v: &View) -> Options {
    (1..=12).map(|m: u8| (m.to_string(), format!("{}{m}{}", v.t("1–", "to "), v.t("月", "")))).collect()
}

/// Profiles.
pub(super) fn profiles(v: &View) -> Options {
    Profile::all().iter().map(|p| (p.name.clone(), v.b(&p.title).to_owned())).collect()
}

/// 二级指标 of a tree, with the branch before them.
pub(super) fn twigs(v: &View, tree: Tree) -> Options {
    let twig = |l: &Level2| (l.code().to_owned(), format!("{} · {}", v.f(tree.branch(l.level1())), v.f(l.title())));
    tree.level2().iter().map(twig).collect()
}

/// Operators.
pub(super) fn operators(v: &View) -> Options {
    options!(v, Operator)
}

/// The badge of a light.
pub(super) fn tone(light: Option<Light>) -> &'static str {
    match light {
        Some(Light::Green) => "good",
        Some(Light::Yellow) => "warning",
        Some(Light::Red) => "error",
        None => "quiet",
    }
}

/// A light in words.
pub(super) fn light(light: Option<Light>) -> Fixed {
    light.map_or(Fixed { zh: "—", en: "—" }, Light::title)
}

/// A number as it is shown: at most two decimals, none that are zero.
pub(super) fn shown(value: Option<Decimal>) -> String {
    value.map_or_else(|| "—".to_owned(), |v| Printed::round(v, 2).value().normalize().to_string())
}

/// Points: always two decimals, so that they stand under each other.
pub(super) fn points(value: Option<i64>) -> String {
    value.map_or_else(
        || "—".to_owned(),
        |v| format!("{:.2}", Printed::round(keqiao_performance::stored::read(v), 2).value()),
    )
}

/// The word of a band as profiles have it; readers of English get what it means beside it.
pub(super) fn band(v: &View, word: &str) -> String {
    let means = match word {
        "优" | "优秀" => "excellent",
        "良" | "良好" => "good",
        "中" | "合格" => "fair",
        "差" | "不合格" => "poor",
        _ => "",
    };
    if v.lang == Lang::Zh || means.is_empty() { word.to_owned() } else { format!("{means} ({word})") }
}

/// Ten-thousandths as they are shown.
pub(super) fn units(value: Option<i64>) -> String {
    shown(value.map(keqiao_performance::stored::read))
}
