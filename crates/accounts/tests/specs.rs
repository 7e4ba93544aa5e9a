//! Runs the specs of `spec/`: in each, the numbers of a block `books` are entered, the checks named under `expect` are run, and must end so.

#![expect(clippy::unwrap_used, reason = "tests")]

use keqiao_accounts::checks::{Check, Verdict, run};
use keqiao_accounts::published::Published;

/// One block of numbers with what must come out.
struct Case {
    title: String,
    numbers: String,
    expected: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let (mut title, mut open) = (String::new(), "");
    for line in text.lines() {
        match line {
            "```books" => {
                open = "books";
                out.push(Case { title: title.clone(), numbers: String::new(), expected: Vec::new() });
            }
            "```expect" => open = "expect",
            "```" => open = "",
            _ if open == "books" => out.last_mut().unwrap().numbers += &format!("{line}\n"),
            _ if open == "expect" => out.last_mut().unwrap().expected.push(line.to_owned()),
            _ if line.starts_with("## ") => title = line.to_owned(),
            _ => {}
        }
    }
    out
}

/// `CK-1 info 0.01`: the check, how it ends, and by how much each stated number is off.
fn ended(expected: &str, stated: &Published) -> String {
    let check: Check = expected.split(' ').next().unwrap().parse().unwrap();
    let result = run(check, stated);
    let mut out = format!("{check} {}", result.verdict);
    for gap in &result.gaps {
        let message = gap.message(stated.grain);
        assert!(!message.zh.is_empty() && !message.en.is_empty());
        let off = if gap.money { gap.off() } else { keqiao_base::Fen::new(gap.off().get() * 100) };
        out += &match (gap.money, stated.grain) {
            (true, keqiao_accounts::Grain::Wan) => format!(" {}", off.wan()),
            _ => format!(" {off}"),
        };
    }
    out
}

#[test]
fn every_spec_holds_and_every_check_has_one() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let mut failed = Vec::new();
    for check in Check::ALL {
        let file = folder.join(format!("{}.md", check.code().to_lowercase()));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("no spec for {check}"));
        let cases = cases(&text);
        let verdicts: Vec<&str> =
            cases.iter().flat_map(|c| &c.expected).map(|e| e.split(' ').nth(1).unwrap()).collect();
        assert!(verdicts.contains(&Verdict::Pass.code()), "{check}: no passing case");
        assert!(verdicts.contains(&Verdict::Fail.code()), "{check}: no failing case");
        for case in cases {
            let stated = Published::parse(&case.numbers).unwrap_or_else(|e| panic!("{check} {}: {e:?}", case.title));
            assert!(!case.expected.is_empty(), "{check} {}", case.title);
            for expected in &case.expected {
                let ended = ended(expected, &stated);
                if ended != *expected {
                    failed.push(format!("{} {}\n  expected {expected}\n  got      {ended}", check, case.title));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
