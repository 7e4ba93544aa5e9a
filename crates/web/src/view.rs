//! What every page knows: language, theme, type size, who is signed in, where we are, what to tell. Templates call it `v`.
//! It decides nothing: who may see what is `access::may`, asked before the page is made.

use std::borrow::Borrow;
use std::fmt::Display;

use keqiao_access::{Actor, HeldRole};
use keqiao_i18n::{Bilingual, Fixed, Lang};

use crate::menu::{self, Group};

/// Light or dark; `Auto` follows the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the machine is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The stable code: in the cookie and in `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a code; what is not one is `Auto`.
    pub fn from_code(code: &str) -> Theme {
        match code {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

/// Who is signed in, as the page shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The name to greet.
    pub name: String,
    /// What they are here: roles, or the kind of account.
    pub roles: Vec<Bilingual>,
    /// The addresses of the menu that they see.
    pub sees: Vec<&'static str>,
}

/// How something is meant: its colour, sign and word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// Good to know.
    Info,
    /// Mind this.
    Warning,
    /// It did not work.
    Error,
}

impl Tone {
    /// The class in the style sheet, and the name of the icon.
    pub const fn code(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Info => "info",
            Tone::Warning => "warning",
            Tone::Error => "error",
        }
    }
}

/// A message at the head of the page: what just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: Bilingual,
}

/// What every page knows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The language of the page.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Large type.
    pub large: bool,
    /// Path and query of this page: to come back after a switch.
    pub path: String,
    /// Who is signed in.
    pub who: Option<Who>,
    /// What just happened.
    pub notices: Vec<Notice>,
    /// Whether all data is made up.
    pub demo: bool,
}

impl Who {
    /// The account that asks; nobody for a visitor.
    pub fn of(actor: &Actor) -> Option<Who> {
        let signed = actor.signed()?;
        let kind = signed.kind.title();
        let mut roles: Vec<Bilingual> = signed.roles.iter().map(role).collect();
        if roles.is_empty() {
            roles.push(kind.into());
        }
        Some(Who { name: signed.name.clone(), roles, sees: menu::seen(actor) })
    }
}

/// `演示省演示市云汀县 · 审核人员`.
fn role(held: &HeldRole) -> Bilingual {
    let (region, title) = (held.region.full_name(), held.role.title());
    Bilingual::new(format!("{region} · {}", title.zh), format!("{region} · {}", title.en))
}

impl View {
    /// The text in the language of the page.
    pub fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The text of a message in the language of the page.
    pub fn b<'a>(&self, text: &'a Bilingual) -> &'a str {
        text.get(self.lang)
    }

    /// The text of a fixed message in the language of the page.
    pub fn f(&self, text: impl Borrow<Fixed>) -> &'static str {
        text.borrow().get(self.lang)
    }

    /// The value of the attribute `lang`.
    pub const fn tag(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// Whether two texts are the same, whatever they are held in (templates compare options with this).
    pub fn same(&self, one: impl AsRef<str>, other: impl AsRef<str>) -> bool {
        one.as_ref() == other.as_ref()
    }

    /// A whole number as `12,345`.
    pub fn count(&self, number: impl Display) -> String {
        grouped(&number.to_string())
    }

    /// One or two signs for the round picture of a name.
    pub fn initials(&self, name: impl AsRef<str>) -> String {
        initials(name.as_ref())
    }

    /// The side menu of who is signed in.
    pub fn menu(&self) -> Vec<Group> {
        let sees = self.who.as_ref().map_or_else(|| menu::seen(&Actor::visitor("")), |who| who.sees.clone());
        menu::groups(&sees, &self.path)
    }

    /// A page of a made-up reviewer: for tests.
    #[cfg(test)]
    pub fn sample(lang: Lang) -> View {
        View {
            lang,
            path: "/design".to_owned(),
            who: Some(Who {
                name: "林知远".to_owned(),
                roles: vec![Bilingual::new("云川县科协 · 审核员", "Yunchuan County Association · reviewer")],
                sees: menu::all(),
            }),
            demo: true,
            ..View::default()
        }
    }
}

/// A comma before every three digits from the right.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
    let mut out = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Chinese names are known by their last two characters, others by the first letters of two words.
fn initials(name: &str) -> String {
    let name = name.trim();
    if name.chars().next().is_some_and(|c| c.is_ascii()) {
        return name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .take(2)
            .collect::<String>()
            .to_uppercase();
    }
    let skip = name.chars().count().saturating_sub(2);
    name.chars().skip(skip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_fit_the_circle() {
        for (name, want) in
            [("林知远", "知远"), ("欧阳明月", "明月"), ("王五", "王五"), ("ada lovelace king", "AL"), ("", "")]
        {
            assert_eq!(initials(name), want);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, want) in
            [("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567", "-1,234,567"), ("-100", "-100")]
        {
            assert_eq!(grouped(number), want);
        }
    }
}
