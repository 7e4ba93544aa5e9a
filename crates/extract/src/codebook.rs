//! The codes a document knows: those of its own tables first, then the shipped lists.

use keqiao_facts::{CodeKind, CodeList, DataTable};

/// Resolves names of 类/款/项 to codes.
#[derive(Debug, Default)]
pub struct CodeBook {
    /// Code and name, of the document's own tables.
    own: Vec<(String, String)>,
}

impl CodeBook {
    /// Collects the codes of tables.
    pub fn new(tables: &[DataTable]) -> Self {
        let own = tables
            .iter()
            .flat_map(|t| &t.rows)
            .filter_map(|r| Some((r.code.as_ref()?.0.clone(), r.label.clone())))
            .filter(|(code, _)| matches!(code.len(), 3 | 5 | 7) && code.starts_with('2'))
            .collect();
        CodeBook { own }
    }

    /// The code for a path of names, outermost (类) first: `["科学技术", "科学技术普及", "科普活动"]` → `2060702`. A trailing
    /// 支出 does not count. `None` when no list knows the path or several codes fit.
    pub fn resolve(&self, path: &[&str]) -> Option<String> {
        let mut prefix = String::new();
        for (depth, name) in path.iter().enumerate() {
            let mut fits: Vec<&str> = self
                .entries()
                .filter(|(code, n)| code.len() == 3 + 2 * depth && code.starts_with(&prefix) && core(n) == core(name))
                .map(|(code, _)| code)
                .collect();
            fits.sort_unstable();
            fits.dedup();
            let [one] = fits.as_slice() else { return None };
            prefix = (*one).to_owned();
        }
        (!prefix.is_empty()).then_some(prefix)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let shipped = CodeList::shipped(CodeKind::Functional).entries();
        self.own
            .iter()
            .map(|(c, n)| (c.as_str(), n.as_str()))
            .chain(shipped.iter().map(|e| (e.code.as_str(), e.name.as_str())))
    }
}

/// A name without the last 支出, which reports add or drop.
fn core(name: &str) -> &str {
    name.strip_suffix("支出").filter(|c| !c.is_empty()).unwrap_or(name)
}
