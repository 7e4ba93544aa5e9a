//! A sample report before it is a file: headings, paragraphs, tables. The writers beside this file make docx, HTML, Markdown
//! and plain text of it.

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading; 1 is the title.
    Heading(u8, String),
    /// A paragraph.
    Para(String),
    /// A table with its title and unit.
    Table(Table),
}

/// A table; the first row is its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// What stands above it; empty when a heading does that.
    pub(crate) title: String,
    /// The unit of its numbers; empty when the columns name their own.
    pub(crate) unit: &'static str,
    /// Rows of cells, all of one length.
    pub(crate) rows: Vec<Vec<String>>,
}

/// A report being written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Its blocks in order.
    pub(crate) blocks: Vec<Block>,
}

impl Page {
    /// A heading of this level.
    pub(crate) fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// A paragraph.
    pub(crate) fn para(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Para(text.into()));
    }

    /// A table.
    pub(crate) fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }
}

impl Table {
    /// A table in 万元 with its head.
    pub(crate) fn new(title: &str, head: &[&str]) -> Table {
        Table { title: title.to_owned(), unit: "万元", rows: vec![head.iter().map(|h| (*h).to_owned()).collect()] }
    }

    /// One more row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(N, self.rows[0].len());
        self.rows.push(cells.into());
    }
}
