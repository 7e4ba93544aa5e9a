//! The same page as Markdown, HTML, plain text or docx: the forms in which offices keep their reports.

use std::fmt::Write as _;
use std::io::Cursor;

use docx_rs::{Docx, Paragraph, Run, Table as DocxTable, TableCell, TableRow};

use super::page::{Block, Page, Table};

/// The kind of a sample file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Word.
    Docx,
    /// A saved web page.
    Html,
    /// Markdown.
    Markdown,
}

impl Form {
    /// What the name of such a file ends with.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Form::Docx => "docx",
            Form::Html => "html",
            Form::Markdown => "md",
        }
    }

    /// The file.
    pub(crate) fn write(self, page: &Page) -> Vec<u8> {
        match self {
            Form::Docx => docx(page),
            Form::Html => html(page).into_bytes(),
            Form::Markdown => markdown(page).into_bytes(),
        }
    }
}

fn markdown(page: &Page) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        match block {
            Block::Heading(level, text) => {
                out.push_str(&"#".repeat(usize::from(*level)));
                let _ = write!(out, " {text}\n\n");
            }
            Block::Para(text) => {
                // A number with a point at the beginning would be a list and lose its number.
                let text = text.replacen('.', "\\.", usize::from(numbered(text)));
                let _ = write!(out, "{text}\n\n");
            }
            Block::Table(table) => markdown_table(table, &mut out),
        }
    }
    out
}

fn numbered(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.')
}

fn markdown_table(table: &Table, out: &mut String) {
    for line in captions(table) {
        let _ = write!(out, "{line}\n\n");
    }
    for (n, row) in table.rows.iter().enumerate() {
        let _ = writeln!(out, "| {} |", row.join(" | "));
        if n == 0 {
            let _ = writeln!(out, "|{}", "---|".repeat(row.len()));
        }
    }
    out.push('\n');
}

/// The lines above a table.
fn captions(table: &Table) -> Vec<String> {
    let unit = if table.unit.is_empty() { String::new() } else { format!("单位：{}", table.unit) };
    [table.title.clone(), unit].into_iter().filter(|line| !line.is_empty()).collect()
}

fn html(page: &Page) -> String {
    let title = page.blocks.iter().find_map(|b| if let Block::Heading(1, t) = b { Some(t.as_str()) } else { None });
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n",
        title.unwrap_or_default()
    );
    for block in &page.blocks {
        match block {
            Block::Heading(level, text) => drop(writeln!(out, "<h{level}>{text}</h{level}>")),
            Block::Para(text) => drop(writeln!(out, "<p>{text}</p>")),
            Block::Table(table) => {
                for line in captions(table) {
                    let _ = writeln!(out, "<p>{line}</p>");
                }
                out.push_str("<table>\n");
                for row in &table.rows {
                    let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
                    let _ = writeln!(out, "<tr>{cells}</tr>");
                }
                out.push_str("</table>\n");
            }
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn docx(page: &Page) -> Vec<u8> {
    let text = |t: &str| Paragraph::new().add_run(Run::new().add_text(t));
    let mut docx = Docx::new();
    for block in &page.blocks {
        docx = match block {
            Block::Heading(level, t) => docx.add_paragraph(text(t).style(&format!("Heading{level}"))),
            Block::Para(t) => docx.add_paragraph(text(t)),
            Block::Table(table) => {
                let docx = captions(table).iter().fold(docx, |docx, line| docx.add_paragraph(text(line)));
                let cell = |c: &String| TableCell::new().add_paragraph(text(c));
                let rows = table.rows.iter().map(|row| TableRow::new(row.iter().map(cell).collect())).collect();
                docx.add_table(DocxTable::new(rows))
            }
        };
    }
    let mut file = Cursor::new(Vec::new());
    docx.build().pack(&mut file).expect("writing to memory does not fail");
    file.into_inner()
}
