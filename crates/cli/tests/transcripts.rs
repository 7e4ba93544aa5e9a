//! What a person sees, and the exit codes.

use std::fs;

use crate::{err, folder, keqiao, keqiao_with, out, transcript};

/// One rule, so that a new rule changes none of these.
const ONE: [&str; 2] = ["--rule", "A0101"];

fn check(args: &[&str]) -> Vec<String> {
    ["check"].iter().chain(args).chain(&ONE).map(|s| (*s).to_owned()).collect()
}

fn checked(args: &[&str]) -> String {
    let args = check(args);
    transcript(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn exit(args: &[&str]) -> i32 {
    let args = check(args);
    keqiao(&args.iter().map(String::as_str).collect::<Vec<_>>()).status.code().unwrap()
}

#[test]
fn check_finding_zh() {
    insta::assert_snapshot!(checked(&["share.txt"]));
}

#[test]
fn check_finding_en() {
    insta::assert_snapshot!(checked(&["share.txt", "--lang", "en"]));
}

#[test]
fn check_several_with_missing_and_empty() {
    insta::assert_snapshot!(checked(&["clean.txt", "missing.txt", "empty.txt", "share.txt"]));
}

#[test]
fn check_suppressed_is_listed() {
    insta::assert_snapshot!(checked(&["share.txt", "--suppressions", "answered.toml"]));
}

#[test]
fn check_coloured() {
    insta::assert_snapshot!(checked(&["share.txt", "--color", "always"]).replace('\u{1b}', "␛"));
}

#[test]
fn unsigned_suppression_is_refused() {
    insta::assert_snapshot!(checked(&["share.txt", "--suppressions", "unsigned.toml"]));
}

#[test]
fn unknown_rule_is_refused() {
    insta::assert_snapshot!(transcript(&["check", "share.txt", "--skip", "A9"]));
}

#[test]
fn missing_file_in_json_is_told_on_stderr() {
    let output = keqiao(&["check", "missing.txt", "--format", "json"]);
    assert_eq!(err(&output), "keqiao: missing.txt: 文件不存在。请核对路径。\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn exit_code_follows_fail_on() {
    assert_eq!(exit(&["clean.txt"]), 0);
    assert_eq!(exit(&["share.txt"]), 1);
    assert_eq!(exit(&["share.txt", "--fail-on", "never"]), 0);
    assert_eq!(exit(&["slip.txt"]), 0, "a warning is not an error");
    assert_eq!(exit(&["slip.txt", "--fail-on", "warning"]), 1);
    assert_eq!(exit(&["share.txt", "missing.txt", "--fail-on", "never"]), 2);
    assert_eq!(exit(&["share.txt", "--suppressions", "answered.toml"]), 0);
    assert_eq!(exit(&["share.txt", "--against", "missing.txt"]), 2);
    assert_eq!(exit(&["share.txt", "--profile", "nowhere"]), 2);
    assert_eq!(exit(&["share.txt", "--max-bytes", "many"]), 2);
}

#[test]
fn skip_silences_a_rule() {
    let output = keqiao(&["check", "share.txt", "--rule", "share-differs-from-quotient", "--skip", "A01"]);
    assert!(!out(&output).contains("A0101"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn stdin_is_read_for_a_dash() {
    let report = fs::read(crate::data().join("share.txt")).unwrap();
    let output = keqiao_with(&["check", "-", "--rule", "A0101"], &report);
    assert!(out(&output).contains("--> -:2:40"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn empty_folder_is_no_success() {
    let empty = folder("empty_folder");
    let output = keqiao(&["check", empty.to_str().unwrap()]);
    assert!(err(&output).contains("没有可检查的文件"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn folder_is_walked_in_order() {
    let root = folder("walked");
    fs::create_dir(root.join("b")).unwrap();
    for name in ["c.txt", "b/a.txt", "a.txt", "b/~$a.txt", ".hidden.txt", "picture.png"] {
        fs::copy(crate::data().join("clean.txt"), root.join(name)).unwrap();
    }
    let output = keqiao(&["extract", root.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let files: Vec<&str> = json["documents"].as_array().unwrap().iter().map(|d| d["file"].as_str().unwrap()).collect();
    let want = ["a.txt", "b/a.txt", "c.txt"].map(|n| root.join(n).to_string_lossy().into_owned());
    assert_eq!(files, want);
}

#[test]
fn many_files_come_out_in_the_order_of_the_arguments() {
    let names = ["share.txt", "clean.txt", "slip.txt"].repeat(30);
    let args: Vec<&str> = ["check", "--format", "json", "--jobs", "2"].into_iter().chain(names.clone()).collect();
    let output = keqiao(&args);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let files: Vec<&str> = json["documents"].as_array().unwrap().iter().map(|d| d["file"].as_str().unwrap()).collect();
    assert_eq!(files, names);
}

#[test]
fn output_goes_to_a_file_without_colour() {
    let file = folder("output").join("findings.txt");
    let output = keqiao(&["check", "share.txt", "--rule", "A0101", "-o", file.to_str().unwrap()]);
    assert!(output.stdout.is_empty());
    let written = fs::read_to_string(file).unwrap();
    assert!(written.starts_with("错误[A0101] "), "{written}");
}

#[test]
fn language_is_chinese_unless_the_locale_says_otherwise() {
    let of = |locale: &str| {
        let mut command = crate::command(&["check", "share.txt", "--rule", "A0101"]);
        out(&command.env("LC_ALL", locale).output().unwrap())
    };
    assert!(of("C").starts_with("错误"));
    assert!(of("zh_CN.UTF-8").starts_with("错误"));
    assert!(of("en_GB.UTF-8").starts_with("error"));
}

#[test]
fn explain_shows_why_and_examples() {
    for asked in ["A0101", "a0101", "share-differs-from-quotient"] {
        let text = out(&keqiao(&["explain", asked]));
        assert!(text.contains("为什么：") && text.contains("【占87.4%】") && !text.contains('⟦'), "{text}");
    }
    assert_eq!(keqiao(&["explain", "Z9999"]).status.code(), Some(2));
}

#[test]
fn rules_are_listed_in_both_forms() {
    let json: serde_json::Value = serde_json::from_slice(&keqiao(&["rules", "--format", "json"]).stdout).unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert!(rules.iter().any(|r| r["code"] == "A0101" && r["level"] == "error" && r["why"]["en"].is_string()));
    let text = out(&keqiao(&["rules", "--lang", "en"]));
    assert_eq!(text.lines().filter(|l| l.starts_with("  ")).count(), rules.len());
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&keqiao(&["completions", shell])).contains("explain"), "{shell}");
    }
}

#[test]
fn last_year_report_is_read() {
    assert_eq!(exit(&["clean.txt", "--against", "share.txt"]), 0);
}
