//! `match train` and the weights it writes, as a person meets them.

use std::fs;
use std::path::Path;

use crate::{err, folder, keqiao};

/// A set of `queries` questions about as many machines; the second of two texts about each is the useful one.
fn set(at: &Path, queries: usize) {
    let (mut texts, mut asked, mut judged) = (String::new(), String::new(), "query\ttext\tgrade\n".to_owned());
    for n in 0..queries {
        let brief = format!("{{\"_id\":\"a{n}\",\"text\":\"烘干机 M-{n}\"}}\n");
        let long = format!(
            "{{\"_id\":\"b{n}\",\"text\":\"烘干机 M-{n} 由本单位技术人员现场负责安装，随时联系，长期有效\"}}\n"
        );
        texts += &brief;
        texts += &long;
        asked += &format!("{{\"_id\":\"q{n}\",\"text\":\"烘干机 M-{n} 怎么安装\"}}\n");
        judged += &format!("q{n}\tb{n}\t1\n");
    }
    for (name, text) in [("corpus.jsonl", texts), ("queries.jsonl", asked), ("qrels.tsv", judged)] {
        fs::write(at.join(name), text).unwrap();
    }
}

#[test]
fn too_few_judgements_write_nothing() {
    let folder = folder("train-few");
    set(&folder, 9);
    let (at, out) = (folder.display().to_string(), folder.join("learnt.toml"));
    let told = keqiao(&["match", "train", &at, "--out", &out.display().to_string(), "--lang", "en"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(err(&told).contains("too few judgements"), "{}", err(&told));
    assert!(!out.exists());
}

#[test]
fn what_was_learnt_is_read_again_and_what_is_wrong_is_refused() {
    let folder = folder("train-many");
    set(&folder, 60);
    let (at, out) = (folder.display().to_string(), folder.join("learnt.toml"));
    let (weights, run) = (out.display().to_string(), folder.join("run").display().to_string());
    let told = keqiao(&["match", "train", &at, "--out", &weights, "--on", "2026-11-22"]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    let learnt = fs::read_to_string(&out).unwrap();
    assert!(learnt.contains("on = \"2026-11-22\"") && learnt.contains("[weights"), "{learnt}");
    let eval = || keqiao(&["match", "eval", &at, "--weights", &weights, "--out", &run, "--lang", "en"]);
    assert_eq!(eval().status.code(), Some(0), "{}", err(&eval()));
    for wrong in [
        learnt.replace("word = 1.5", "word = nan"),
        learnt.replace("word = 1.5", "wrod = 1.5"),
        learnt.replace("word = 1.5", "word = \"much\""),
        "weights".to_owned(),
    ] {
        fs::write(&out, wrong).unwrap();
        let told = eval();
        assert_eq!(told.status.code(), Some(2), "{}", err(&told));
        assert!(err(&told).contains("learnt.toml"), "{}", err(&told));
    }
    let table = folder.join("other.tsv");
    fs::write(&table, "query\ttext\tgrade\nq0\tnothing\t1\n").unwrap();
    let told = keqiao(&[
        "match",
        "train",
        &at,
        "--judgements",
        &table.display().to_string(),
        "--out",
        &weights,
        "--lang",
        "en",
    ]);
    assert_eq!(told.status.code(), Some(2));
    assert!(err(&told).contains("line 2"), "{}", err(&told));
}
