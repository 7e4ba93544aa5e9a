//! Rows become entries, with notes in words.

use keqiao_directory::Person;
use keqiao_sheet::Sheet;
use keqiao_sheet::check::{NoPlaces, row};

#[test]
fn errors_name_the_row_the_column_and_the_value() {
    let sheet = Sheet::of(vec![vec![], vec!["".into(), "12".into(), "男".into()]]);
    let checked = row::<Person>(&sheet, 1, &[Some("name"), Some("phone"), Some("gender")], &NoPlaces);
    assert!(!checked.sound());
    assert_eq!(checked.entry.gender, "male");
    let said: Vec<_> = checked.notes.iter().map(|n| (n.row, n.title.zh.as_str(), n.value.as_str())).collect();
    assert_eq!(said, [(2, "联系电话", "12"), (2, "姓名", "")]);
}

#[test]
fn markup_and_formulas_are_kept_as_the_text_they_are() {
    let text = "<script>alert(1)</script>".to_owned();
    let sheet = Sheet::of(vec![vec![text.clone(), "=HYPERLINK(\"x\")".into()]]);
    let checked = row::<Person>(&sheet, 0, &[Some("name"), Some("note")], &NoPlaces);
    assert!(checked.sound());
    assert_eq!((checked.entry.name, checked.entry.note.as_str()), (text, "=HYPERLINK(\"x\")"));
}
