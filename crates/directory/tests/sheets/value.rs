//! Tables of what clerks write and what is kept of it.

use keqiao_directory::{DEGREES, GENDERS};
use keqiao_sheet::Value;
use keqiao_sheet::check::NoPlaces;

fn read(value: Value, text: &str) -> String {
    match value.read(text, &NoPlaces) {
        Ok(stored) => stored,
        Err(why) => format!("! {}", why.zh),
    }
}

#[test]
fn phones_are_kept_in_one_form() {
    for (written, kept) in [
        ("１３８００００００００", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("0571 8000 0000", "0571-80000000"),
        ("(010)80000000", "010-80000000"),
        ("0571-80000000转123", "0571-80000000-123"),
        ("13800000000/13900000000", "13800000000、13900000000"),
        ("400-800-0000", "4008000000"),
        ("", ""),
        ("无", ""),
    ] {
        assert_eq!(read(Value::Phones, written), kept, "{written}");
    }
    for (written, why) in [
        ("1.38E+10", "科学记数法"),
        ("1380000000", "10位"),
        ("12800000000", "第二位"),
        ("1380000000O", "字符"),
        ("=1+1", "字符"),
    ] {
        assert!(read(Value::Phones, written).contains(why), "{written}: {}", read(Value::Phones, written));
    }
}

#[test]
fn choices_are_found_under_many_names() {
    assert_eq!(read(Value::Choice(GENDERS), " 女性"), "female");
    assert_eq!(read(Value::Choice(DEGREES), "PhD"), "doctor");
    assert!(read(Value::Choice(GENDERS), "未知").contains("男、女"));
}

#[test]
fn dates_lists_mail_and_web() {
    for written in ["2020-05-01", "2020/5/1", "2020年5月1日", "20200501", "2020.5.1", "2020-05-01 00:00:00"] {
        assert_eq!(read(Value::Date, written), "2020-05-01", "{written}");
    }
    assert!(read(Value::Date, "2023-02-29").starts_with('!'));
    assert_eq!(read(Value::List(3), "甲，乙；甲 / 丙"), "甲、乙、丙");
    assert!(read(Value::List(2), "甲、乙、丙").contains("最多填2项"));
    assert_eq!(read(Value::Email, "Name@Example．org"), "name@example.org");
    assert!(read(Value::Email, "name@localhost").starts_with('!'));
    assert!(read(Value::Email, "a<b>@example.org").starts_with('!'));
    assert_eq!(read(Value::Web, "example.org"), "https://example.org");
    assert!(read(Value::Web, "javascript://example.org/%0aalert(1)").starts_with('!'));
    assert!(read(Value::Text(5), "#REF!").contains("公式"));
}
