//! 指向明确: the target is about this project, and is no copy of the body's duties.

use super::words::{copied, subjects};
use super::{Advice, Criterion, Field, applying, remark};
use crate::{Indicator, Level1, Target};

/// So many characters word for word out of the duties are a copy.
const COPY_CHARS_MIN: usize = 12;

/// The remarks of this test.
pub(super) fn advise(target: &Target, duties: &str) -> Vec<Advice> {
    let mut found = Vec::new();
    found.extend(goal_of_another(target));
    found.extend(copy(duties, &target.goal, None, Field::Goal));
    let about = [target.name.as_str(), &target.description, &target.goal].concat();
    for (at, indicator) in applying(target) {
        found.extend(copy(duties, &indicator.name, Some(at), Field::Name));
        if indicator.name.trim().is_empty() {
            found.push(remark(
                "pointed.name",
                Criterion::Pointed,
                Some(at),
                Field::Name,
                "这条指标还没有名称。请写清做什么、为谁做。",
                "This indicator has no name yet. Say what is done and for whom.",
            ));
        } else {
            found.extend(indicator_of_another(at, indicator, &about));
        }
    }
    found
}

/// The goal shares no subject with the name and the description of the project.
fn goal_of_another(target: &Target) -> Option<Advice> {
    let about = subjects(&[target.name.as_str(), &target.description].join("，"));
    let goal = subjects(&target.goal);
    let known = target.goal.chars().count() >= 8 && about.len() >= 2 && goal.len() >= 4;
    (known && about.is_disjoint(&goal)).then(|| {
        remark(
            "pointed.goal",
            Criterion::Pointed,
            None,
            Field::Goal,
            format!("总体目标里没有出现“{}”要做的事，像是另一个项目的目标。请核对是否填错了表。", target.name),
            format!("The goal names nothing of what “{}” does; it reads like another project's. Check whether it is on the right form.", target.name),
        )
    })
}

/// Nothing that an output indicator names occurs anywhere in the project. Benefits and satisfaction are worded too generally to tell.
fn indicator_of_another(at: usize, indicator: &Indicator, about: &str) -> Option<Advice> {
    if indicator.level1 != Level1::Output || about.chars().count() < 12 {
        return None;
    }
    let named = subjects(&indicator.name);
    // One character in common may be a shorter word for the same thing (车 for 大篷车): then nothing is said.
    let strange = named.len() >= 2 && !named.iter().flat_map(|pair| pair.chars()).any(|c| about.contains(c));
    strange.then(|| {
        remark(
            "pointed.subject",
            Criterion::Pointed,
            Some(at),
            Field::Name,
            format!("项目名称、内容和总体目标里都没有提到“{}”。请在项目内容里写明这件事，或删去这条指标。", indicator.name),
            format!("Neither name, content nor goal of the project mentions “{}”. Describe it there, or remove the indicator.", indicator.name),
        )
    })
}

fn copy(duties: &str, text: &str, indicator: Option<usize>, field: Field) -> Option<Advice> {
    let run = copied(text, duties, COPY_CHARS_MIN)?;
    Some(remark(
        "pointed.duty",
        Criterion::Pointed,
        indicator,
        field,
        format!("“{run}…”是职能里的原话。职能年年一样，请写今年这笔钱具体办成什么事。"),
        format!(
            "“{run}…” is taken from the duties, which are the same every year. Say what this year's money brings about."
        ),
    ))
}
