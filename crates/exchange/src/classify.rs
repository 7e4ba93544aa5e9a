//! Fields of a listing: disciplines (GB/T 13745, first level), industries (GB/T 4754, sections), fields of technology; and which of them a text
//! speaks of, by the words that are typical for each. A suggestion only: whoever publishes corrects it.

use std::sync::LazyLock;

use keqiao_i18n::Fixed;

use crate::listing::Cells;

/// One code of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// The code.
    pub code: &'static str,
    /// Its name.
    pub title: Fixed,
    words: &'static str,
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// 学科, GB/T 13745.
    Discipline,
    /// 行业, GB/T 4754.
    Industry,
    /// 技术领域
    Technology,
}

static LISTS: LazyLock<[Vec<Class>; 3]> = LazyLock::new(|| {
    [
        read(include_str!("../data/disciplines.csv")),
        read(include_str!("../data/industries.csv")),
        read(include_str!("../data/technologies.csv")),
    ]
});

/// `code,zh,en,words`; the English may stand in quotes.
fn read(file: &'static str) -> Vec<Class> {
    let line = |line: &'static str| {
        let (code, rest) = line.split_once(',')?;
        let (zh, rest) = rest.split_once(',')?;
        let (en, words) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\",")?,
            None => rest.split_once(',')?,
        };
        Some(Class { code, title: Fixed { zh, en }, words })
    };
    file.lines().skip(1).filter_map(line).collect()
}

/// The codes of a list, in its order.
pub fn classes(field: Field) -> &'static [Class] {
    match field {
        Field::Discipline => &LISTS[0],
        Field::Industry => &LISTS[1],
        Field::Technology => &LISTS[2],
    }
}

/// The class of a code.
pub fn class(field: Field, code: &str) -> Option<&'static Class> {
    classes(field).iter().find(|c| c.code == code)
}

/// The class that a text speaks of most; a word in the title counts three times. Nothing when none of the words occurs.
pub fn suggest(field: Field, title: &str, body: &str) -> Option<&'static Class> {
    let score = |class: &Class| -> usize {
        let words = class.words.split(' ').filter(|w| !w.is_empty());
        words.map(|w| w.chars().count() * (3 * usize::from(title.contains(w)) + usize::from(body.contains(w)))).sum()
    };
    // Of equals the first of the list.
    classes(field).iter().rev().max_by_key(|c| score(c)).filter(|c| score(c) > 0)
}

/// The fields that nobody chose, as the text suggests them.
pub fn classified(mut cells: Cells, title: &str, body: &str) -> Cells {
    let lists = [("discipline", Field::Discipline), ("industry", Field::Industry), ("technology", Field::Technology)];
    for (key, field) in lists {
        if cells.get(key).is_empty()
            && let Some(class) = suggest(field, title, body)
        {
            cells.set(key, class.code);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole() {
        let counts = [Field::Discipline, Field::Industry, Field::Technology].map(|f| classes(f).len());
        assert_eq!(counts, [62, 20, 8]);
        for field in [Field::Discipline, Field::Industry, Field::Technology] {
            for class in classes(field) {
                assert!(
                    !class.title.zh.is_empty() && !class.title.en.is_empty() && !class.words.is_empty(),
                    "{class:?}"
                );
                assert_eq!(class_of(field, class.code), class.title);
            }
        }
    }

    fn class_of(field: Field, code: &str) -> Fixed {
        class(field, code).unwrap().title
    }

    #[test]
    fn a_text_is_put_where_it_belongs() {
        let of = |field, title, body| suggest(field, title, body).map(|c| c.code);
        assert_eq!(of(Field::Discipline, "茶园绿色防控", "茶树病虫害怎么治"), Some("210"));
        assert_eq!(of(Field::Technology, "粮食烘干余热回收", "热泵改造，降低燃气消耗"), Some("6"));
        assert_eq!(of(Field::Industry, "小程序开发", "信息系统和软件"), Some("I"));
        assert_eq!(of(Field::Discipline, "你好", "在吗"), None);
    }
}
