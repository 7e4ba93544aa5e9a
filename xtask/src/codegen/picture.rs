//! Pictures of the terminal for the READMEs, drawn from real output.

use std::fmt::Write as _;
use std::path::Path;

use unicode_width::UnicodeWidthChar;

use super::{Page, cli};

/// The report that is shown.
const SAMPLE: &str = "samples/qinglan-2023-faulty.txt";
/// Lines of output that fit.
const LINES_MAX: usize = 36;
/// Pixels of a column, and of a line.
const COLUMN: usize = 8;
const LINE: usize = 19;

/// One picture for each language.
pub(super) fn pages(root: &Path, binary: &Path) -> Result<Vec<Page>, String> {
    let mut pages = Vec::new();
    for lang in ["zh", "en"] {
        let text = cli::output(binary, Some(root), &["check", "--lang", lang, "--color", "always", SAMPLE])?;
        pages.push(Page { path: format!("docs/images/check-{lang}.svg"), text: svg(&text, lang) });
    }
    Ok(pages)
}

fn svg(text: &str, lang: &str) -> String {
    let command = format!("$ keqiao check --lang {lang} {SAMPLE}");
    let mut lines: Vec<String> = vec![command];
    lines.extend(text.lines().take(LINES_MAX).map(str::to_owned));
    if text.lines().count() > LINES_MAX {
        lines.push("…".into());
    }
    let columns = lines.iter().map(|l| runs(l).iter().map(|r| width(&r.text)).sum::<usize>()).max().unwrap_or(80);
    let (wide, high) = ((columns + 4) * COLUMN, (lines.len() + 2) * LINE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" role=\"img\" \
         aria-label=\"keqiao check\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1d2129\"/>\n\
         <g font-family=\"'Noto Sans Mono CJK SC','Sarasa Mono SC',Menlo,Consolas,'DejaVu Sans Mono','PingFang SC','Microsoft YaHei',monospace\" \
         font-size=\"13\" fill=\"#d6dae2\">\n"
    );
    for (number, line) in lines.iter().enumerate() {
        let y = (number + 2) * LINE;
        let mut column = 2;
        for run in runs(line) {
            let wide = width(&run.text);
            // Each run is held to its columns, whatever font the reader has.
            if !run.text.trim().is_empty() {
                let _ = writeln!(
                    out,
                    "<text x=\"{}\" y=\"{y}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"{}>{}</text>",
                    column * COLUMN,
                    wide * COLUMN,
                    run.style,
                    escaped(&run.text)
                );
            }
            column += wide;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// A stretch of one style and one width of characters.
struct Run {
    text: String,
    style: String,
}

fn runs(line: &str) -> Vec<Run> {
    let (mut runs, mut style, mut text) = (Vec::new(), String::new(), String::new());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            runs.push(Run { text: std::mem::take(&mut text), style: style.clone() });
            let code: String = chars.by_ref().skip(1).take_while(|c| *c != 'm').collect();
            style = styled(&style, &code);
            continue;
        }
        // Blanks stand alone: SVG would swallow them.
        let kind = |c: char| (c == ' ', c.width().unwrap_or(0) > 1);
        if text.chars().next_back().is_some_and(|last| kind(last) != kind(c)) {
            runs.push(Run { text: std::mem::take(&mut text), style: style.clone() });
        }
        text.push(c);
    }
    runs.push(Run { text, style });
    runs.retain(|r| !r.text.is_empty());
    runs
}

/// SVG attributes for the style after an escape sequence.
fn styled(before: &str, code: &str) -> String {
    if code.is_empty() || code == "0" {
        return String::new();
    }
    let mut style = before.to_owned();
    for part in code.split(';') {
        style.push_str(match part {
            "1" => " font-weight=\"bold\"",
            "31" | "91" => " fill=\"#ff6b6b\"",
            "33" | "93" => " fill=\"#e5c07b\"",
            "34" | "94" => " fill=\"#61afef\"",
            "36" | "96" => " fill=\"#56b6c2\"",
            _ => "",
        });
    }
    style
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
