//! Headings of tables as clerks make them.

use keqiao_directory::Person;
use keqiao_sheet::heading::find;
use keqiao_sheet::{Record, Sheet};

fn sheet(rows: &[&[&str]]) -> Sheet {
    Sheet::of(rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect())
}

#[test]
fn title_rows_and_merged_groups_are_passed_over() {
    let found = find(
        &sheet(&[
            &["某某县科技人才名单", "", "", ""],
            &[],
            &["姓名", "联系方式", "", "工作情况", ""],
            &["", "手机", "邮箱", "单位", "职称"],
            &["张三", "13800000000", "a@example.org", "样例公司", "教授"],
        ]),
        Person::columns(),
    );
    assert_eq!(found.first_row, 4);
    assert_eq!(found.titles, ["姓名", "手机", "邮箱", "单位", "职称"]);
}

#[test]
fn one_row_of_titles_is_not_paired_with_the_first_person() {
    let found = find(&sheet(&[&["姓名", "*电话(必填)"], &["张三", "13800000000"]]), Person::columns());
    assert_eq!((found.first_row, found.titles.len()), (1, 2));
    let nothing = find(&sheet(&[&[], &["甲", "乙"], &["1", "2"]]), Person::columns());
    assert_eq!(nothing.first_row, 2);
}
