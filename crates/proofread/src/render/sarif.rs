//! SARIF 2.1.0 for code-scanning tools. Regions are given for texts only: in other formats lines and columns would
//! point into a text that the file does not hold; there the place is a logical location.

use std::io::{self, Write};

use keqiao_audit::Rule;
use keqiao_diag::{Finding, Level, Mark, Role, Suppressed};
use keqiao_i18n::{Fixed, Lang};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::checked::{Checked, Content, Tally};
use crate::render::Render;
use crate::render::place;

/// What may stand in the path of a URI as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The renderer.
pub struct Sarif {
    lang: Lang,
    rules: Vec<&'static Rule>,
    first: bool,
    notifications: Vec<Value>,
}

impl Sarif {
    /// A renderer in one language for these rules.
    pub fn new(lang: Lang, rules: Vec<&'static Rule>) -> Sarif {
        Sarif { lang, rules, first: true, notifications: Vec::new() }
    }

    fn result(&self, finding: &Finding, answered: Option<&Suppressed>, checked: &Checked, content: &Content) -> Value {
        let of = |role: Role| finding.marks.iter().filter(move |m| m.role == role);
        let related = Fixed { zh: "对照此处", en: "compare with this" }.get(self.lang);
        let headline = finding.message.get(self.lang);
        let advice = finding.advice.get(self.lang);
        let mut result = json!({
            "ruleId": finding.code,
            "level": level(finding.level),
            "message": { "text": format!("{headline}\n{advice}") },
            "locations": of(Role::Primary).map(|m| self.location(*m, &checked.file, content)).collect::<Vec<_>>(),
            "properties": { "name": finding.name, "stated": finding.stated, "computed": finding.computed, "advice": advice },
        });
        if let Some(at) = self.rules.iter().position(|r| r.code == finding.code) {
            result["ruleIndex"] = at.into();
        }
        let relate = |(n, m): (usize, &Mark)| {
            let mut location = self.location(*m, &checked.file, content);
            location["id"] = (n + 1).into();
            location["message"] = json!({ "text": related });
            location
        };
        let relateds: Vec<Value> = of(Role::Secondary).enumerate().map(relate).collect();
        if !relateds.is_empty() {
            result["relatedLocations"] = relateds.into();
        }
        if let Some(s) = answered {
            let justification = format!("{} ({})", s.reason, s.by);
            result["suppressions"] =
                json!([{ "kind": "external", "status": "accepted", "justification": justification }]);
        }
        result
    }

    fn location(&self, mark: Mark, file: &str, content: &Content) -> Value {
        let span = mark.span;
        let place = content.places.of(span);
        let words = span.of(&content.document.text);
        let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(file) } } });
        if let Some((line, character)) = place.line.zip(place.character) {
            let (start, end) = content.places.characters(span);
            let last = content.places.line_character(span.end).unwrap_or((line, character));
            location["physicalLocation"]["region"] = json!({
                "startLine": line, "startColumn": character, "endLine": last.0, "endColumn": last.1,
                "charOffset": start, "charLength": end - start, "snippet": { "text": words },
            });
        }
        let shown = place::words(&place, self.lang);
        if !shown.is_empty() {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": shown, "decoratedName": words }]);
        }
        location
    }

    fn rule(&self, rule: &Rule) -> Value {
        json!({
            "id": rule.code,
            "name": rule.name,
            "shortDescription": { "text": rule.title.get(self.lang) },
            "fullDescription": { "text": rule.why.get(self.lang) },
            "defaultConfiguration": { "level": level(rule.level) },
            "properties": { "since": rule.since, "source": rule.source },
        })
    }
}

impl Render for Sarif {
    /// Results and notifications.
    type Part = (Vec<Value>, Vec<Value>);

    fn part(&self, _ordinal: usize, checked: &Checked) -> Self::Part {
        let notify = |p: &crate::checked::Trouble| {
            json!({
                "level": if p.fatal { "error" } else { "warning" },
                "descriptor": { "id": p.kind },
                "message": { "text": p.message.get(self.lang) },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&checked.file) } } }],
            })
        };
        let notifications = checked.problems.iter().map(notify).collect();
        let Some(content) = &checked.content else { return (Vec::new(), notifications) };
        let stand = checked.findings.iter().map(|f| self.result(f, None, checked, content));
        let silent = checked.suppressed.iter().map(|s| self.result(&s.finding, Some(s), checked, content));
        (stand.chain(silent).collect(), notifications)
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let driver = json!({
            "name": "keqiao",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "language": Fixed { zh: "zh-CN", en: "en" }.get(self.lang),
            "rules": self.rules.iter().map(|r| self.rule(r)).collect::<Vec<_>>(),
        });
        writeln!(
            out,
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{"
        )?;
        writeln!(out, "\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }

    fn take(&mut self, (results, notifications): Self::Part, out: &mut dyn Write) -> io::Result<()> {
        self.notifications.extend(notifications);
        for result in results {
            if !std::mem::take(&mut self.first) {
                writeln!(out, ",")?;
            }
            write!(out, "{result}")?;
        }
        Ok(())
    }

    fn finish(self, total: &Tally, out: &mut dyn Write) -> io::Result<()> {
        let invocation = json!({
            "executionSuccessful": total.unread == 0,
            "toolExecutionNotifications": self.notifications,
        });
        writeln!(out, "\n],\"invocations\":[{invocation}]}}]}}")
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// The file as a URI: relative as it was named, or with the scheme when it was named from the root.
fn uri(file: &str) -> String {
    if file == "-" {
        return "stdin".into();
    }
    let path = utf8_percent_encode(&file.replace('\\', "/"), PATH).to_string();
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

#[cfg(test)]
mod tests {
    #[test]
    fn uri_of_chinese_name_is_encoded() {
        assert_eq!(super::uri("样例/a b.txt"), "%E6%A0%B7%E4%BE%8B/a%20b.txt");
        assert_eq!(super::uri("/x.pdf"), "file:///x.pdf");
    }
}
