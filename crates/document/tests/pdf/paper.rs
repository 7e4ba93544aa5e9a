//! Writes small PDFs by hand: text at places, lines, fills, pages turned or wide. The font maps every code to the
//! character of the same number; nothing is embedded.

use std::fmt::Write;

/// One page under the pen. Places are in points from the upper left.
pub struct Paper {
    width: f32,
    height: f32,
    rotate: i32,
    content: String,
}

impl Paper {
    /// A4, upright.
    pub fn new() -> Paper {
        Paper { width: 595.0, height: 842.0, rotate: 0, content: String::new() }
    }

    /// A4, wide.
    pub fn wide() -> Paper {
        Paper { width: 842.0, height: 595.0, ..Paper::new() }
    }

    /// Says that viewers turn the page.
    pub fn rotate(mut self, degrees: i32) -> Paper {
        self.rotate = degrees;
        self
    }

    /// Text with its baseline at `y`.
    pub fn text(mut self, x: f32, y: f32, size: f32, words: &str) -> Paper {
        let codes: String = words.encode_utf16().map(|u| format!("{u:04x}")).collect();
        let _ = writeln!(self.content, "BT /F0 {size} Tf {x} {} Td <{codes}> Tj ET", self.height - y);
        self
    }

    /// Text that runs upwards on the paper.
    pub fn text_up(mut self, x: f32, y: f32, size: f32, words: &str) -> Paper {
        let codes: String = words.encode_utf16().map(|u| format!("{u:04x}")).collect();
        let _ = writeln!(self.content, "BT /F0 {size} Tf 0 1 -1 0 {x} {} Tm <{codes}> Tj ET", self.height - y);
        self
    }

    /// A stroked line.
    pub fn line(mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> Paper {
        let h = self.height;
        let _ = writeln!(self.content, "0.5 w {x0} {} m {x1} {} l S", h - y0, h - y1);
        self
    }

    /// A filled box: thin ones are how most writers draw lines.
    pub fn fill(mut self, x: f32, y: f32, w: f32, h: f32) -> Paper {
        let _ = writeln!(self.content, "{x} {} {w} {h} re f", self.height - y - h);
        self
    }

    /// Raw operators.
    pub fn raw(mut self, operators: &str) -> Paper {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }

    /// All lines of a grid, and words in its cells: `rows` of cells, cells at their left edge.
    pub fn grid(mut self, xs: &[f32], ys: &[f32], rows: &[&[&str]]) -> Paper {
        for &y in ys {
            self = self.line(xs[0], y, xs[xs.len() - 1], y);
        }
        for &x in xs {
            self = self.line(x, ys[0], x, ys[ys.len() - 1]);
        }
        self.words(xs, ys, rows)
    }

    /// Words only, placed as in a grid.
    pub fn words(mut self, xs: &[f32], ys: &[f32], rows: &[&[&str]]) -> Paper {
        for (row, y) in rows.iter().zip(ys) {
            for (words, x) in row.iter().zip(xs).filter(|(w, _)| !w.is_empty()) {
                self = self.text(x + 3.0, y + 12.0, 9.0, words);
            }
        }
        self
    }
}

/// The file.
pub fn print(pages: &[Paper]) -> Vec<u8> {
    print_with(pages, "", "")
}

/// The file, with more in its trailer, and more objects.
pub fn print_with(pages: &[Paper], trailer: &str, objects: &str) -> Vec<u8> {
    let mut file: Vec<u8> = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    let mut add = |file: &mut Vec<u8>, body: String| {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n{body}\nendobj\n", offsets.len()).into_bytes());
    };
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 7 + 2 * n)).collect();
    add(&mut file, "<< /Type /Catalog /Pages 2 0 R >>".into());
    add(&mut file, format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")));
    add(&mut file, "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".into());
    let narrow = vec!["500"; 95].join(" ");
    add(
        &mut file,
        format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [32 [{narrow}]] /CIDToGIDMap /Identity /FontDescriptor 6 0 R >>"
        ),
    );
    let cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange ";
    let ranges: Vec<String> = (0..=255u32).map(|h| format!("<{h:02x}00> <{h:02x}ff> <{h:02x}00>")).collect();
    let ranges: String =
        ranges.chunks(100).map(|c| format!("{} beginbfrange {} endbfrange ", c.len(), c.join(" "))).collect();
    let cmap = format!("{cmap}{ranges}endcmap end end");
    add(&mut file, format!("<< /Length {} >>\nstream\n{cmap}\nendstream", cmap.len()));
    add(&mut file, "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /ItalicAngle 0 >>".into());
    for (n, page) in pages.iter().enumerate() {
        let (w, h, r) = (page.width, page.height, page.rotate);
        add(
            &mut file,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w} {h}] /Rotate {r} /Resources << /Font << /F0 3 0 R >> >> /Contents {} 0 R >>",
                8 + 2 * n
            ),
        );
        add(&mut file, format!("<< /Length {} >>\nstream\n{}\nendstream", page.content.len(), page.content));
    }
    file.extend(objects.bytes());
    let at = file.len();
    let entries: String = offsets.iter().map(|o| format!("{o:010} 00000 n \n")).collect();
    let size = offsets.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n").into_bytes());
    file
}
