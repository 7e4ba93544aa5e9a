//! One self-contained page: the reports with their findings marked in place and listed beside them. The templates are in
//! `templates/`; the engine escapes. The index stands last in the file, where everything is known, and first on the
//! page.

mod blocks;
mod marks;

use std::io::{self, Write};

use askama::Template;
use keqiao_audit::Outcome;
use keqiao_diag::{Finding, Role};
use keqiao_i18n::{Fixed, Lang};

use crate::checked::{Checked, Content, RuleCount, Tally, Trouble, tables_recognised};
use crate::render::Render;
use crate::render::place;
use crate::wording;
use blocks::{BlockView, Body};
use marks::Marks;

const STYLE: &str = include_str!("../../templates/style.css");
const SCRIPT: &str = include_str!("../../templates/script.js");

/// The renderer.
#[derive(Debug)]
pub struct Html {
    lang: Lang,
    entries: Vec<Entry>,
}

impl Html {
    /// A renderer in one language.
    pub fn new(lang: Lang) -> Html {
        Html { lang, entries: Vec::new() }
    }
}

/// A line of the index.
#[derive(Debug)]
pub struct Entry {
    ordinal: usize,
    title: String,
    file: String,
    tally: Tally,
}

#[derive(Template)]
#[template(path = "head.html")]
struct Head {
    lang: Lang,
    version: &'static str,
    style: &'static str,
}

#[derive(Template)]
#[template(path = "foot.html")]
struct Foot<'a> {
    lang: Lang,
    total: &'a Tally,
    entries: &'a [Entry],
    script: &'static str,
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'a> {
    lang: Lang,
    ordinal: usize,
    prefix: String,
    title: &'a str,
    file: &'a str,
    problems: &'a [Trouble],
    readable: bool,
    kind: &'static str,
    pages: Option<u32>,
    tables_seen: u32,
    tables_known: usize,
    facts: usize,
    rules: RuleCount,
    tally: Tally,
    cards: Vec<Card<'a>>,
    suppressed: Vec<Answered<'a>>,
    account: Vec<Line>,
    blocks: Vec<BlockView>,
}

/// The report alone, for a page that has its own list of findings. Not a word of it is in one of the two languages.
#[derive(Template)]
#[template(path = "fragment.html")]
struct Fragment {
    prefix: &'static str,
    blocks: Vec<BlockView>,
}

/// The blocks of a report with its findings marked in place: mark `m` of finding `n` is `#fNmM`, and leads to `#fN`.
/// Also says of each mark whether it has an anchor.
pub(crate) fn fragment(content: &Content, findings: &[Finding]) -> (String, Vec<Vec<bool>>) {
    let mut marks = Marks::new(findings);
    let blocks = blocks::blocks(content, &mut marks);
    let html = Fragment { prefix: "", blocks }.render().unwrap_or_default();
    let anchored = |(n, f): (usize, &Finding)| (1..=f.marks.len()).map(|m| marks.anchored(n + 1, m)).collect();
    (html, findings.iter().enumerate().map(anchored).collect())
}

impl Fragment {
    fn page_words(&self, page: &u32) -> String {
        format!("— {page} —")
    }

    fn chart_word(&self) -> &'static str {
        ""
    }
}

/// One finding in the list.
struct Card<'a> {
    number: usize,
    level: &'static str,
    level_word: &'static str,
    code: &'a str,
    name: &'a str,
    rule_title: &'static str,
    headline: &'a str,
    advice: &'a str,
    stated: Option<&'a str>,
    computed: Option<&'a str>,
    places: Vec<PlaceView>,
}

struct PlaceView {
    number: usize,
    role: &'static str,
    quote: String,
    place: String,
    linked: bool,
}

/// A finding that was answered for.
struct Answered<'a> {
    headline: &'a str,
    place: String,
    quote: String,
    reason: &'a str,
    by: &'a str,
    code: &'a str,
}

/// A line of the account of the rules.
struct Line {
    code: &'static str,
    title: &'static str,
    outcome: &'static str,
    judged: u32,
}

impl Head {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Fixed { zh, en }.get(self.lang)
    }
}

impl Foot<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Fixed { zh, en }.get(self.lang)
    }
}

impl Render for Html {
    type Part = (Entry, String);

    fn part(&self, ordinal: usize, checked: &Checked) -> (Entry, String) {
        let title = title(checked, self.lang);
        let page = Page::new(ordinal, &title, checked, self.lang).render().unwrap_or_default();
        (Entry { ordinal, title, file: checked.file.clone(), tally: checked.tally() }, page)
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let head = Head { lang: self.lang, version: env!("CARGO_PKG_VERSION"), style: STYLE };
        write_template(&head, out)
    }

    fn take(&mut self, (entry, page): (Entry, String), out: &mut dyn Write) -> io::Result<()> {
        self.entries.push(entry);
        out.write_all(page.as_bytes())
    }

    fn finish(self, total: &Tally, out: &mut dyn Write) -> io::Result<()> {
        write_template(&Foot { lang: self.lang, total, entries: &self.entries, script: SCRIPT }, out)
    }
}

fn write_template(template: &impl Template, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(template.render().map_err(io::Error::other)?.as_bytes())
}

impl<'a> Page<'a> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Fixed { zh, en }.get(self.lang)
    }

    fn page_words(&self, page: &u32) -> String {
        match self.lang {
            Lang::Zh => format!("第{page}页"),
            Lang::En => format!("page {page}"),
        }
    }

    fn chart_word(&self) -> &'static str {
        self.say("图", "Chart")
    }

    fn new(ordinal: usize, title: &'a str, checked: &'a Checked, lang: Lang) -> Page<'a> {
        let mut marks = Marks::new(&checked.findings);
        let content = checked.content.as_ref();
        // The layout comes first: only then is it known which marks can be linked to.
        let blocks = content.map_or_else(Vec::new, |c| blocks::blocks(c, &mut marks));
        let report = content.map(|c| &c.report);
        Page {
            lang,
            ordinal,
            prefix: format!("d{ordinal}"),
            title,
            file: &checked.file,
            problems: &checked.problems,
            readable: content.is_some(),
            kind: report.map_or("", |r| wording::kind(r.identity.kind).get(lang)),
            pages: content.and_then(|c| c.document.pages),
            tables_seen: report.map_or(0, |r| r.tables_seen),
            tables_known: report.map_or(0, tables_recognised),
            facts: report.map_or(0, |r| r.facts.len()),
            rules: checked.rules(),
            tally: checked.tally(),
            cards: content.map_or_else(Vec::new, |c| cards(checked, c, &marks, lang)),
            suppressed: content.map_or_else(Vec::new, |c| answered(checked, c, lang)),
            account: account(checked, lang),
            blocks,
        }
    }
}

/// Whose report of which year; the file's name when that is not known.
fn title(checked: &Checked, lang: Lang) -> String {
    let identity = checked.content.as_ref().map(|c| &c.report.identity);
    let entity = identity.and_then(|i| i.entity.as_ref()).map(|e| e.0.clone());
    let year = identity.and_then(|i| i.fiscal_year);
    match (entity, year, lang) {
        (Some(entity), Some(year), Lang::Zh) => format!("{entity} {year}年"),
        (Some(entity), Some(year), Lang::En) => format!("{entity} {year}"),
        (Some(entity), None, _) => entity,
        (None, ..) => checked.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
    }
}

fn cards<'a>(checked: &'a Checked, content: &Content, marks: &Marks, lang: Lang) -> Vec<Card<'a>> {
    let card = |(n, f): (usize, &'a Finding)| Card {
        number: n + 1,
        level: f.level.word(),
        level_word: wording::level(f.level).get(lang),
        code: &f.code,
        name: &f.name,
        rule_title: rule_title(checked, &f.code, lang),
        headline: f.message.get(lang),
        advice: f.advice.get(lang),
        stated: f.stated.as_deref(),
        computed: f.computed.as_deref(),
        places: f
            .marks
            .iter()
            .enumerate()
            .map(|(m, mark)| PlaceView {
                number: m + 1,
                role: if mark.role == Role::Primary { "primary" } else { "secondary" },
                quote: place::quote(content, *mark),
                place: place::words(&content.places.of(mark.span), lang),
                linked: marks.anchored(n + 1, m + 1),
            })
            .collect(),
    };
    checked.findings.iter().enumerate().map(card).collect()
}

fn rule_title(checked: &Checked, code: &str, lang: Lang) -> &'static str {
    checked.runs.iter().find(|r| r.rule.code == code).map_or("", |r| r.rule.title.get(lang))
}

fn answered<'a>(checked: &'a Checked, content: &Content, lang: Lang) -> Vec<Answered<'a>> {
    let one = |s: &'a keqiao_diag::Suppressed| Answered {
        headline: s.finding.message.get(lang),
        place: place::words(&content.places.of(s.finding.primary()), lang),
        quote: s.finding.marks.first().map_or(String::new(), |m| place::quote(content, *m)),
        reason: &s.reason,
        by: &s.by,
        code: &s.finding.code,
    };
    checked.suppressed.iter().map(one).collect()
}

fn account(checked: &Checked, lang: Lang) -> Vec<Line> {
    let outcome = |o: Outcome| wording::outcome(o).get(lang);
    let line = |r: &keqiao_audit::RuleRun| Line {
        code: r.rule.code,
        title: r.rule.title.get(lang),
        outcome: outcome(r.outcome),
        judged: r.judged,
    };
    checked.runs.iter().map(line).collect()
}
