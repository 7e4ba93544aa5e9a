//! Code lists of a year: what is wrong with a list, and what is known of a code.

use keqiao_accounts::codes::{CodeKind, CodeRow, Known, YearCodes, validate};

fn rows(list: &[(&str, &str)]) -> Vec<(u32, CodeRow)> {
    (2..).zip(list).map(|(at, (code, name))| (at, CodeRow { code: (*code).into(), name: (*name).into() })).collect()
}

#[test]
fn a_list_is_checked_row_by_row() {
    let sound = rows(&[("206", "科学技术支出"), ("20607", "科学技术普及"), ("2060702", "科普活动")]);
    assert_eq!(validate(CodeKind::Functional, 2025, &sound), []);
    let bad =
        rows(&[("206", "科学技术支出"), ("2060702", "科普活动"), ("206", "科学技术支出"), ("2061", "x"), ("20a", "y")]);
    let notes = validate(CodeKind::Functional, 2025, &bad);
    let said: Vec<_> = notes.iter().map(|n| (n.row, n.error, n.message.zh.clone())).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said[0].2.contains("20607") && said[1].2.contains("第2行") && said[2].2.contains("3、5、7"));
    let economic = validate(CodeKind::Economic, 2025, &rows(&[("301", "工资福利支出"), ("3010101", "x")]));
    assert!(economic[0].message.zh.contains("3、5位"));
}

#[test]
fn a_name_that_ended_is_noted_and_a_code_without_a_list_is_not_judged() {
    let renamed = rows(&[("208", "社会保障和就业支出"), ("20805", "行政事业单位离退休")]);
    let notes = validate(CodeKind::Functional, 2023, &renamed);
    assert!(notes.len() == 1 && !notes[0].error && notes[0].message.zh.contains("养老"), "{notes:?}");
    let seen = YearCodes::seen(CodeKind::Functional, 2025);
    assert_eq!(seen.knows(CodeKind::Functional, "2060702"), Known::Listed);
    assert_eq!(seen.knows(CodeKind::Functional, "2069999"), Known::Unseen);
    assert_eq!(seen.knows(CodeKind::Functional, "20607"), Known::Wrong);
    let full = YearCodes { full: true, ..seen };
    assert_eq!(full.knows(CodeKind::Functional, "2069998"), Known::Wrong);
}
