//! For the terminal: each finding with its place and its words underlined, a summary for each document, a total.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use keqiao_diag::{Finding, Level, Role};
use keqiao_i18n::{Fixed, Lang};
use keqiao_proofread::render::place;
use keqiao_proofread::{Checked, Content, Render, Tally, Trouble, tables_recognised, wording};

use crate::render::excerpt::{Cluster, clusters};

/// Excerpts of one finding; a sum over a whole table would fill screens.
const EXCERPTS_MAX: usize = 8;

/// The renderer.
#[derive(Debug)]
pub(crate) struct Text {
    lang: Lang,
    paint: Paint,
}

/// Styles, all empty when there is no colour.
#[derive(Debug)]
struct Paint {
    error: Style,
    warning: Style,
    info: Style,
    frame: Style,
    strong: Style,
}

impl Paint {
    fn new(coloured: bool) -> Paint {
        let of = |style: Style| if coloured { style } else { Style::new() };
        Paint {
            error: of(AnsiColor::BrightRed.on_default().bold()),
            warning: of(AnsiColor::Yellow.on_default().bold()),
            info: of(AnsiColor::Cyan.on_default().bold()),
            frame: of(AnsiColor::Blue.on_default().bold()),
            strong: of(Style::new().bold()),
        }
    }

    fn level(&self, level: Level) -> Style {
        match level {
            Level::Error => self.error,
            Level::Warning => self.warning,
            Level::Info => self.info,
        }
    }
}

impl Text {
    /// A renderer in one language.
    pub(crate) fn new(lang: Lang, coloured: bool) -> Text {
        Text { lang, paint: Paint::new(coloured) }
    }
}

impl Render for Text {
    type Part = String;
    const TELLS_PROBLEMS: bool = true;

    fn part(&self, _ordinal: usize, checked: &Checked) -> String {
        let mut page = Page { text: self, file: &checked.file, out: String::new() };
        for problem in &checked.problems {
            page.problem(problem);
        }
        if let Some(content) = &checked.content {
            for finding in &checked.findings {
                page.finding(finding, content, None);
            }
            for s in &checked.suppressed {
                page.finding(&s.finding, content, Some((&s.reason, &s.by)));
            }
            page.summary(checked, content);
        }
        page.out
    }

    fn take(&mut self, part: String, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(part.as_bytes())
    }

    fn finish(self, total: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if total.files < 2 {
            return Ok(());
        }
        let unread = total.unread;
        let (strong, end) = (self.paint.strong.render(), self.paint.strong.render_reset());
        match self.lang {
            Lang::Zh => {
                write!(out, "{strong}共 {} 个文件{end}", total.files)?;
                if unread > 0 {
                    write!(out, "，{unread} 个不能读取")?;
                }
                write!(out, "：")?;
            }
            Lang::En => {
                write!(out, "{strong}{} files{end}", total.files)?;
                if unread > 0 {
                    write!(out, ", {unread} could not be read")?;
                }
                write!(out, ": ")?;
            }
        }
        writeln!(out, "{}", self.levels(total))
    }
}

impl Text {
    fn levels(&self, tally: &Tally) -> String {
        let mut words = Vec::new();
        let counts = [(Level::Error, tally.errors), (Level::Warning, tally.warnings), (Level::Info, tally.infos)];
        for (level, n) in counts {
            let style = if n > 0 { self.paint.level(level) } else { Style::new() };
            words.push(format!("{style}{} {n}{style:#}", wording::level(level).get(self.lang)));
        }
        if tally.suppressed > 0 {
            let word = Fixed { zh: "已说明", en: "suppressed" }.get(self.lang);
            words.push(format!("{word} {}", tally.suppressed));
        }
        words.join(" · ")
    }
}

/// The text of one document as it grows. Writing into a `String` cannot fail, so results of `write!` are dropped.
struct Page<'a> {
    text: &'a Text,
    file: &'a str,
    out: String,
}

impl Page<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Fixed { zh, en }.get(self.text.lang)
    }

    fn problem(&mut self, problem: &Trouble) {
        let (style, word) = match problem.fatal {
            true => (self.text.paint.error, self.say("不能读取", "cannot read")),
            false => (self.text.paint.warning, self.say("读取有缺", "partly read")),
        };
        let frame = self.text.paint.frame;
        let message = problem.message.get(self.text.lang);
        let _ = writeln!(self.out, "{style}{word}[{}]{style:#} {message}", problem.kind);
        let _ = writeln!(self.out, "  {frame}-->{frame:#} {}\n", self.file);
    }

    fn finding(&mut self, finding: &Finding, content: &Content, answered: Option<(&str, &str)>) {
        let (lang, paint) = (self.text.lang, &self.text.paint);
        let (style, strong) = (paint.level(finding.level), paint.strong);
        let word = match answered {
            Some(_) => self.say("已说明", "suppressed"),
            None => wording::level(finding.level).get(lang),
        };
        let headline = finding.message.get(lang);
        let _ = writeln!(self.out, "{style}{word}[{}]{style:#} {strong}{headline}{strong:#}", finding.code);
        let text: &str = &content.document.text;
        let clusters = clusters(text, &finding.marks);
        for (n, cluster) in clusters.iter().take(EXCERPTS_MAX).enumerate() {
            self.excerpt(finding, content, cluster, n == 0);
        }
        match (clusters.len().saturating_sub(EXCERPTS_MAX), lang) {
            (0, _) => {}
            (more, Lang::Zh) => self.note("另有", &format!("{more} 处")),
            (more, Lang::En) => self.note("and", &format!("{more} more places")),
        }
        self.numbers(finding);
        if let Some((reason, by)) = answered {
            self.note(self.say("说明", "accepted"), &format!("{reason}（{by}）"));
        } else {
            self.note(self.say("建议", "advice"), finding.advice.get(lang));
        }
        self.out.push('\n');
    }

    fn excerpt(&mut self, finding: &Finding, content: &Content, cluster: &Cluster, first: bool) {
        let frame = self.text.paint.frame;
        let place = content.places.of(cluster.lead());
        let arrow = if first { "-->" } else { ":::" };
        let shown = match first {
            true => place::with_file(self.file, &place, self.text.lang),
            false => place::with_file("", &place, self.text.lang).trim_start_matches(':').to_owned(),
        };
        let number = place.line.map_or(String::new(), |l| l.to_string());
        let gutter = number.len().max(4);
        let _ = writeln!(self.out, "{:gutter$}{frame}{arrow}{frame:#} {shown}", "");
        let excerpt = cluster.excerpt(&content.document.text);
        let _ = writeln!(self.out, "{frame}{number:>gutter$} |{frame:#} {}", excerpt.words);
        let _ = write!(self.out, "{frame}{:gutter$} |{frame:#} ", "");
        let label = self.label(finding);
        self.underlines(finding, &excerpt.underlines, label, gutter);
    }

    fn underlines(&mut self, finding: &Finding, underlines: &[(usize, usize, Role)], label: &str, gutter: usize) {
        let frame = self.text.paint.frame;
        let mut column = 0;
        for &(from, columns, role) in underlines {
            let columns = (from + columns).saturating_sub(column.max(from));
            let (style, sign) = match role {
                Role::Primary => (self.text.paint.level(finding.level), "^"),
                Role::Secondary => (frame, "-"),
            };
            let _ = write!(self.out, "{:1$}", "", from.saturating_sub(column));
            let _ = write!(self.out, "{style}{}{style:#}", sign.repeat(columns));
            column = column.max(from) + columns;
        }
        let last = underlines.iter().rposition(|u| u.2 == Role::Secondary);
        match last {
            Some(at) if at + 1 == underlines.len() => {
                let _ = writeln!(self.out, " {frame}{label}{frame:#}");
            }
            Some(at) => {
                let _ = writeln!(
                    self.out,
                    "\n{frame}{:gutter$} |{frame:#} {:2$}{frame}{label}{frame:#}",
                    "", "", underlines[at].0
                );
            }
            None => self.out.push('\n'),
        }
    }

    /// What a secondary place is to the finding: arithmetic computes from it, everything else stands against it.
    fn label(&self, finding: &Finding) -> &'static str {
        match finding.code.starts_with('A') {
            true => self.say("据此计算", "computed from this"),
            false => self.say("与此处矛盾", "contradicts this"),
        }
    }

    fn numbers(&mut self, finding: &Finding) {
        let mut words = Vec::new();
        if let Some(stated) = &finding.stated {
            words.push(format!("{}{stated}", self.say("所写 ", "stated ")));
        }
        if let Some(computed) = &finding.computed {
            words.push(format!("{}{computed}", self.say("应为 ", "computed ")));
        }
        if !words.is_empty() {
            self.note(self.say("数字", "numbers"), &words.join(self.say("，", ", ")));
        }
    }

    fn note(&mut self, what: &str, words: &str) {
        let frame = self.text.paint.frame;
        let colon = self.say("：", ": ");
        let _ = writeln!(self.out, "     {frame}={frame:#} {what}{colon}{words}");
    }

    fn summary(&mut self, checked: &Checked, content: &Content) {
        let (lang, strong) = (self.text.lang, self.text.paint.strong);
        let identity = &content.report.identity;
        let mut whose: Vec<String> = identity.entity.iter().map(|e| e.0.clone()).collect();
        whose.extend(identity.fiscal_year.map(|y| match lang {
            Lang::Zh => format!("{y}年"),
            Lang::En => y.to_string(),
        }));
        whose.push(wording::kind(identity.kind).get(lang).to_owned());
        let _ = writeln!(self.out, "{strong}{}{strong:#} {}", self.file, whose.join(" "));
        let (rules, report) = (checked.rules(), &content.report);
        let (seen, known) = (report.tables_seen, tables_recognised(report));
        let facts = report.facts.len();
        let _ = match lang {
            Lang::Zh => writeln!(
                self.out,
                "     表格 {seen} 张，识别 {known} 张；数据 {facts} 项；规则 {} 条：通过 {}，有问题 {}，不适用 {}，缺数据 {}",
                rules.asked, rules.passed, rules.failed, rules.not_applicable, rules.insufficient_data
            ),
            Lang::En => writeln!(
                self.out,
                "     tables {seen}, recognised {known}; facts {facts}; rules {}: passed {}, failed {}, not applicable {}, lacking data {}",
                rules.asked, rules.passed, rules.failed, rules.not_applicable, rules.insufficient_data
            ),
        };
        let levels = self.text.levels(&checked.tally());
        let _ = writeln!(self.out, "     {levels}\n");
    }
}
