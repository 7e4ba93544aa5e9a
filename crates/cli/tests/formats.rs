//! The shape of the machine-read formats, over the samples and over files that cannot be read.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::{folder, keqiao, out, samples};

/// Everything a format has to cope with: all samples, a finding, markup in the text, nothing, no file.
fn all(command: &str, format: &str) -> Vec<u8> {
    let samples = samples();
    let args = [command, samples.to_str().unwrap(), "share.txt", "script.txt", "empty.txt", "missing.txt"];
    keqiao(&[&args[..], &["--format", format]].concat()).stdout
}

fn assert_valid(schema: &str, value: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn json_follows_its_schema() {
    let schema = include_str!("../../../docs/reference/report.schema.json");
    for command in ["check", "extract"] {
        let value: Value = serde_json::from_slice(&all(command, "json")).unwrap();
        assert_valid(schema, &value);
        assert!(value["documents"].as_array().unwrap().len() > 8);
    }
}

#[test]
fn json_offsets_count_characters_of_the_file() {
    let value: Value =
        serde_json::from_slice(&keqiao(&["check", "share.txt", "--format", "json", "--rule", "A0101"]).stdout).unwrap();
    let text: Vec<char> = std::fs::read_to_string(crate::data().join("share.txt")).unwrap().chars().collect();
    let finding = &value["documents"][0]["findings"][0];
    assert_eq!(finding["stated"], "78.4%");
    for span in finding["spans"].as_array().unwrap() {
        let range = usize::try_from(span["start"].as_u64().unwrap()).unwrap()
            ..usize::try_from(span["end"].as_u64().unwrap()).unwrap();
        assert_eq!(text[range].iter().collect::<String>(), span["text"].as_str().unwrap());
    }
}

#[test]
fn suppressed_findings_stay_in_json() {
    let output =
        keqiao(&["check", "share.txt", "--format", "json", "--rule", "A0101", "--suppressions", "answered.toml"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let document = &value["documents"][0];
    assert_eq!(document["findings"].as_array().unwrap().len(), 0);
    assert_eq!(document["suppressed"][0]["by"], "王科");
    assert_eq!(document["suppressed"][0]["finding"]["code"], "A0101");
}

#[test]
fn sarif_has_the_essential_structure() {
    let value: Value = serde_json::from_slice(&all("check", "sarif")).unwrap();
    assert_valid(include_str!("data/sarif-essentials.schema.json"), &value);
    let run = &value["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn html_links_lead_somewhere_and_markup_is_escaped() {
    let page = String::from_utf8(all("check", "html")).unwrap();
    assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"), "escaped");
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("<mark class=\"error\""));
    let ids: HashSet<&str> = page.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|s| s.split('"').next()).collect();
    assert!(links.len() > 10);
    for link in links {
        assert!(ids.contains(link), "#{link} leads nowhere");
    }
    for outside in ["src=\"http", "href=\"http", "url(http", "@import"] {
        assert!(!page.contains(outside), "{outside}: the page must not need a network");
    }
}

#[test]
fn html_speaks_english_around_the_chinese_report() {
    let page = out(&keqiao(&["check", "share.txt", "--format", "html", "--lang", "en"]));
    assert!(page.contains("<html lang=\"en\">") && page.contains("<article class=\"report\" lang=\"zh-CN\">"));
    assert!(page.contains("computed") && !page.contains("检查报告"));
}

#[test]
fn ledger_has_blank_columns_to_fill_in_and_amounts_are_numbers() {
    let file = folder("ledger").join("ledger.xlsx");
    keqiao(&["check", "share.txt", "missing.txt", "--rule", "A0101", "--format", "xlsx", "-o", file.to_str().unwrap()]);
    let mut book: Xlsx<_> = calamine::open_workbook(&file).unwrap();
    let ledger = book.worksheet_range("整改台账").unwrap();
    let rows: Vec<Vec<String>> = ledger.rows().map(|r| r.iter().map(ToString::to_string).collect()).collect();
    let heads = "序号 文件 单位 年度 级别 规则 问题 所写 应为 位置 原文 建议 责任人 整改期限 整改情况";
    assert_eq!(rows[0].join(" "), heads);
    assert_eq!((rows[1][0].as_str(), rows[1][5].as_str(), rows[1][7].as_str()), ("1", "A0101", "78.4%"));
    assert_eq!(rows[1][12..], ["", "", ""]);
    assert!(rows[2][6].contains("文件不存在"));
    let facts = book.worksheet_range("数据").unwrap();
    assert!(facts.rows().any(|r| r.contains(&Data::Float(161.94))));
}

#[test]
fn extract_xlsx_goes_to_a_pipe() {
    let bytes = all("extract", "xlsx");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["数据", "表格"]);
    assert!(book.worksheet_range("表格").unwrap().rows().count() > 3);
}

#[test]
fn csv_has_one_row_for_each_fact() {
    let bytes = keqiao(&["extract", "share.txt", "--format", "csv"]).stdout;
    let text = String::from_utf8(bytes).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(rows.headers().unwrap().get(0), Some("file"));
    let values: Vec<String> = rows.records().map(|r| r.unwrap()[8].to_owned()).collect();
    assert_eq!(values, ["161.94", "141.65", "78.4", "20.29", "12.5"]);
}

#[test]
fn facts_as_text_name_place_and_value() {
    let text = out(&keqiao(&["extract", "share.txt", "--format", "text"]));
    assert!(text.contains("\t141.65万元"), "{text}");
}
