//! From bytes to characters: what people and other programs count.

/// Answers "how many characters stand before this byte" and "on which line" in logarithmic time.
#[derive(Clone, Debug)]
pub struct CharIndex {
    /// Characters before byte `i * STEP` (rounded down to a boundary).
    steps: Vec<u32>,
    lines: Vec<u32>,
    text: std::sync::Arc<str>,
}

const STEP: usize = 256;

impl CharIndex {
    /// Reads the text once.
    pub fn new(text: std::sync::Arc<str>) -> Self {
        let (mut steps, mut lines, mut count) = (vec![0], vec![0], 0u32);
        for (at, c) in text.char_indices() {
            while at >= steps.len() * STEP {
                steps.push(count);
            }
            count += 1;
            if c == '\n' {
                lines.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        CharIndex { steps, lines, text }
    }

    /// Characters before byte `at`.
    pub fn chars_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let step = (at / STEP).min(self.steps.len() - 1);
        let mut from = step * STEP;
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        self.steps[step] as usize + self.text.get(from..at).map_or(0, |s| s.chars().count())
    }

    /// Line and column of byte `at`, both from one; the column counts characters.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&l| l as usize <= at).max(1);
        let start = self.lines[line - 1] as usize;
        (line, self.chars_before(at) - self.chars_before(start) + 1)
    }

    /// Byte range of a line counted from one, without its line break.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.lines.get(line - 1).map_or(self.text.len(), |&l| l as usize);
        let end = self.lines.get(line).map_or(self.text.len(), |&l| l as usize - 1);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::CharIndex;

    #[test]
    fn counts_characters_at_every_boundary() {
        let text: String = "收入a１\n".repeat(300);
        let index = CharIndex::new(text.as_str().into());
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.chars_before(at), n);
        }
        assert_eq!(index.line_column(text.find('a').expect("an a")), (1, 3));
    }
}
