//! Cuts words at the borders of marks: nested and overlapping marks become a row of segments, each of which knows all
//! the findings it belongs to.

use keqiao_diag::{Finding, Level, Role};
use keqiao_source::Span;

/// A stretch of words that the same marks cover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The words.
    pub(crate) words: String,
    /// Anchors of marks that begin here: `f3m1`.
    pub(crate) ids: Vec<String>,
    /// Class of the mark; empty where there is none.
    pub(crate) class: &'static str,
    /// Numbers of the findings, for the filter.
    pub(crate) findings: String,
    /// Numbers of the findings whose marks end here.
    pub(crate) closing: Vec<usize>,
}

#[derive(Debug)]
struct Placed {
    span: Span,
    finding: usize,
    mark: usize,
    level: Level,
    role: Role,
    anchored: bool,
}

/// All marks of a document, and which of them have been met.
#[derive(Debug)]
pub(crate) struct Marks {
    /// By start.
    marks: Vec<Placed>,
    /// Longest mark: none that begins further back than this can reach a place.
    longest: u32,
}

impl Marks {
    /// The marks of these findings, which are numbered from one.
    pub(crate) fn new(findings: &[Finding]) -> Marks {
        let mut marks = Vec::new();
        for (f, finding) in findings.iter().enumerate() {
            for (m, mark) in finding.marks.iter().enumerate() {
                let (finding, level) = (f + 1, finding.level);
                marks.push(Placed { span: mark.span, finding, mark: m + 1, level, role: mark.role, anchored: false });
            }
        }
        marks.sort_by_key(|m| (m.span.start, m.span.end));
        let longest = marks.iter().map(|m| m.span.end - m.span.start).max().unwrap_or(0);
        Marks { marks, longest }
    }

    /// Whether a mark has an anchor to link to.
    pub(crate) fn anchored(&self, finding: usize, mark: usize) -> bool {
        self.marks.iter().any(|m| m.finding == finding && m.mark == mark && m.anchored)
    }

    /// Cuts the words under `run`.
    pub(crate) fn segments(&mut self, text: &str, run: Span) -> Vec<Segment> {
        let from = self.marks.partition_point(|m| m.span.start < run.start.saturating_sub(self.longest));
        let to = self.marks.partition_point(|m| m.span.start < run.end);
        let here = &mut self.marks[from..to.max(from)];
        let mut cuts = vec![run.start, run.end];
        for m in here.iter().filter(|m| m.span.overlaps(run)) {
            cuts.extend([m.span.start, m.span.end].into_iter().filter(|c| run.start < *c && *c < run.end));
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2).map(|w| segment(text, Span { start: w[0], end: w[1] }, here)).collect()
    }
}

fn segment(text: &str, span: Span, marks: &mut [Placed]) -> Segment {
    let mut segment = Segment { words: span.of(text).to_owned(), ..Segment::default() };
    let mut numbers = Vec::new();
    let mut gravest = None;
    for mark in marks.iter_mut().filter(|m| m.span.overlaps(span)) {
        if !std::mem::replace(&mut mark.anchored, true) {
            segment.ids.push(format!("f{}m{}", mark.finding, mark.mark));
        }
        if mark.span.end == span.end && !segment.closing.contains(&mark.finding) {
            segment.closing.push(mark.finding);
        }
        if !numbers.contains(&mark.finding) {
            numbers.push(mark.finding);
        }
        gravest = gravest.max(Some((mark.role == Role::Primary).then_some(mark.level)));
    }
    segment.findings = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    segment.class = match gravest {
        None => "",
        Some(None) => "second",
        Some(Some(level)) => level.word(),
    };
    segment
}

#[cfg(test)]
mod tests {
    use keqiao_diag::{Finding, Level, Mark, Role};
    use keqiao_i18n::Bilingual;
    use keqiao_source::Span;

    use super::Marks;

    fn finding(level: Level, spans: &[(Role, usize, usize)]) -> Finding {
        Finding {
            code: "A0101".into(),
            name: "share".into(),
            level,
            message: Bilingual::default(),
            advice: Bilingual::default(),
            stated: None,
            computed: None,
            marks: spans.iter().map(|&(role, a, b)| Mark { role, span: Span::new(a, b) }).collect(),
        }
    }

    #[test]
    fn overlapping_marks_become_a_row_of_segments() {
        let findings = [
            finding(Level::Warning, &[(Role::Primary, 1, 5)]),
            finding(Level::Error, &[(Role::Primary, 3, 7), (Role::Secondary, 0, 2)]),
        ];
        let mut marks = Marks::new(&findings);
        let segments = marks.segments("abcdefgh", Span::new(0, 8));
        let seen: Vec<(&str, &str, &str)> =
            segments.iter().map(|s| (s.words.as_str(), s.class, s.findings.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("a", "second", "2"),
                ("b", "warning", "2 1"),
                ("c", "warning", "1"),
                ("de", "error", "1 2"),
                ("fg", "error", "2"),
                ("h", "", "")
            ]
        );
        assert_eq!(segments[3].ids, ["f2m1"]);
        assert_eq!(segments[3].closing, [1]);
        assert!(marks.anchored(2, 1) && !marks.anchored(3, 1));
    }
}
