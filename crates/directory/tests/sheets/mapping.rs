//! Columns are recognised by title, memory and values.

use keqiao_directory::{Organisation, Person};
use keqiao_sheet::mapping::{Because, Remembered, keys, remember, suggest};
use keqiao_sheet::{Record, Sheet, heading};

fn sheet(rows: &[&[&str]]) -> Sheet {
    Sheet::of(rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect())
}

#[test]
fn titles_synonyms_and_values_are_seen() {
    let sheet = sheet(&[
        &["序号", "专家姓名", "所在单位名称", "手机号", "Kontakt", "联系电话2"],
        &["1", "张三", "样例公司", "13800000000", "a@example.org", "13900000000"],
    ]);
    let heading = heading::find(&sheet, Person::columns());
    let chosen = suggest(&sheet, &heading, Person::columns(), &Remembered::new());
    assert_eq!(keys(&chosen), [None, Some("name"), Some("organisation"), Some("phone"), Some("email"), None]);
    assert_eq!(chosen[4].because, Because::Values);
}

#[test]
fn what_was_chosen_before_wins() {
    let sheet = sheet(&[&["姓名", "电话", "Tel2"], &["张三", "13800000000", "13900000000"]]);
    let heading = heading::find(&sheet, Person::columns());
    let before = remember(&heading.titles, &[Some("name"), None, Some("phone")]);
    let chosen = suggest(&sheet, &heading, Person::columns(), &before);
    assert_eq!(keys(&chosen), [Some("name"), None, Some("phone")]);
}

#[test]
fn credit_codes_are_recognised_without_a_title() {
    let sheet = sheet(&[&["单位名称", "类别", ""], &["样例公司", "企业", "91350100M000100Y43"]]);
    let heading = heading::find(&sheet, Organisation::columns());
    let chosen = suggest(&sheet, &heading, Organisation::columns(), &Remembered::new());
    assert_eq!(keys(&chosen), [Some("name"), Some("kind"), Some("credit_code")]);
}
