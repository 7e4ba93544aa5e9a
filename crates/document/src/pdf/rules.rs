//! Ruling lines: what was drawn in pieces (cell by cell, dash by dash) becomes one line; lines that cross become a frame.

use super::page::Rule;

/// Lines closer than this are one line (doubled borders, borders of neighbouring cells).
pub(super) const SAME: f32 = 3.0;
/// A gap up to this does not end a line (dashes, corners).
const GAP_MAX: f32 = 3.2;
/// Shorter lines are ticks and dots.
const LENGTH_MIN: f32 = 5.0;
/// More lines than this on one page are a drawing.
const LINES_MAX: usize = 3_000;

/// Level and upright lines of one connected frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    pub(super) level: Vec<Rule>,
    pub(super) upright: Vec<Rule>,
}

/// Lines of a page, joined, and grouped by what crosses what. Level lines that cross nothing come beside them.
pub(super) fn frames(rules: &[Rule]) -> (Vec<Frame>, Vec<Rule>) {
    let level = joined(rules.iter().filter(|r| r.level));
    let upright = joined(rules.iter().filter(|r| !r.level));
    if level.len() + upright.len() > LINES_MAX {
        return (Vec::new(), Vec::new());
    }
    let mut parent: Vec<usize> = (0..level.len() + upright.len()).collect();
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            if crosses(h, v) {
                let (a, b) = (root(&mut parent, i), root(&mut parent, level.len() + j));
                parent[a] = b;
            }
        }
    }
    let mut frames: Vec<(usize, Frame)> = Vec::new();
    for (n, rule) in level.iter().chain(&upright).enumerate() {
        let of = root(&mut parent, n);
        let at = frames.iter().position(|(r, _)| *r == of).unwrap_or_else(|| {
            frames.push((of, Frame::default()));
            frames.len() - 1
        });
        let frame = &mut frames[at].1;
        if rule.level { frame.level.push(*rule) } else { frame.upright.push(*rule) }
    }
    let (mut framed, loose): (Vec<Frame>, Vec<Frame>) =
        frames.into_iter().map(|f| f.1).partition(|f| !f.level.is_empty() && !f.upright.is_empty());
    let mut level = Vec::new();
    for rule in loose.into_iter().flat_map(|f| f.level.into_iter().chain(f.upright)) {
        // A line that touches no other still parts the frame it stands in.
        match framed.iter_mut().find(|f| f.holds(&rule)) {
            Some(frame) if rule.level => frame.level.push(rule),
            Some(frame) => frame.upright.push(rule),
            None if rule.level => level.push(rule),
            None => {}
        }
    }
    (framed, level)
}

impl Frame {
    /// Whether a line lies inside.
    fn holds(&self, rule: &Rule) -> bool {
        let (along, across) = if rule.level { (&self.level, &self.upright) } else { (&self.upright, &self.level) };
        let reach = |rules: &[Rule]| {
            let from = rules.iter().map(|r| r.from).fold(f32::MAX, f32::min);
            (from, rules.iter().map(|r| r.to).fold(f32::MIN, f32::max))
        };
        let ((from, to), (first, last)) = (reach(along), reach(across));
        rule.from >= from - SAME && rule.to <= to + SAME && first < rule.at && rule.at < last
    }
}

fn root(parent: &mut [usize], mut n: usize) -> usize {
    while parent[n] != n {
        parent[n] = parent[parent[n]];
        n = parent[n];
    }
    n
}

fn crosses(h: &Rule, v: &Rule) -> bool {
    h.from - SAME <= v.at && v.at <= h.to + SAME && v.from - SAME <= h.at && h.at <= v.to + SAME
}

/// Joins pieces that lie on one line.
fn joined<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> =
        rules.copied().filter(|r| r.at.is_finite() && r.from.is_finite() && r.to.is_finite()).collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Rule> = Vec::new();
    let mut start = 0;
    while start < rules.len() {
        let mut end = start + 1;
        while end < rules.len() && rules[end].at - rules[start].at <= 1.6 {
            end += 1;
        }
        let band = &mut rules[start..end];
        band.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut current: Option<Rule> = None;
        for rule in band.iter() {
            match &mut current {
                Some(c) if rule.from - c.to <= GAP_MAX => {
                    // The longer piece says where the line is.
                    if rule.to - rule.from > c.to - c.from {
                        c.at = rule.at;
                    }
                    c.to = c.to.max(rule.to);
                }
                _ => out.extend(current.replace(*rule)),
            }
        }
        out.extend(current);
        start = end;
    }
    out.retain(|r| r.to - r.from >= LENGTH_MIN);
    out
}

/// Values closer than [`SAME`] to their neighbour, as one.
pub(super) fn clusters(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    let (mut sum, mut count, mut last) = (0.0, 0.0, f32::MIN);
    for v in values {
        if count > 0.0 && v - last > SAME {
            out.push(sum / count);
            (sum, count) = (0.0, 0.0);
        }
        sum += v;
        count += 1.0;
        last = v;
    }
    if count > 0.0 {
        out.push(sum / count);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Rule, clusters, frames};

    #[test]
    fn dashes_become_one_line_and_crossing_lines_one_frame() {
        let dash = |n: u8| Rule { level: true, at: 10.0, from: f32::from(n) * 4.0, to: f32::from(n) * 4.0 + 2.0 };
        let mut rules: Vec<Rule> = (0..20).map(dash).collect();
        rules.push(Rule { level: false, at: 0.5, from: 9.0, to: 60.0 });
        rules.push(Rule { level: true, at: 300.0, from: 0.0, to: 90.0 });
        let (framed, loose) = frames(&rules);
        assert_eq!((framed.len(), loose.len()), (1, 1));
        assert_eq!((framed[0].level[0].from, framed[0].level[0].to), (0.0, 78.0));
    }

    #[test]
    fn doubled_lines_count_once() {
        assert_eq!(clusters(vec![10.0, 12.0, 40.0, 40.4]), [11.0, 40.2]);
    }
}
