//! Which language to speak: the one asked for, else the locale's, else Chinese.

use keqiao_i18n::Lang;

use crate::args::LangArg;

/// The language of the output.
pub(crate) fn choose(asked: Option<LangArg>) -> Lang {
    match asked {
        Some(LangArg::Zh) => Lang::Zh,
        Some(LangArg::En) => Lang::En,
        None => of_locale(sys_locale::get_locale().as_deref()),
    }
}

/// `C` and `POSIX` say nothing about the reader, so they count as unknown.
fn of_locale(locale: Option<&str>) -> Lang {
    match locale {
        Some(l) if !l.is_empty() && !matches!(l, "C" | "POSIX") && !l.starts_with("en-US-posix") => {
            Lang::from_locale(l)
        }
        _ => Lang::Zh,
    }
}

#[cfg(test)]
mod tests {
    use keqiao_i18n::Lang;

    use super::of_locale;

    #[test]
    fn unknown_locale_reads_chinese() {
        for (locale, lang) in [
            (None, Lang::Zh),
            (Some("C"), Lang::Zh),
            (Some("zh-CN"), Lang::Zh),
            (Some("en-GB"), Lang::En),
            (Some("de-DE"), Lang::En),
        ] {
            assert_eq!(of_locale(locale), lang, "{locale:?}");
        }
    }
}
