//! Sizes, and the words at the head of every file.

use syn::visit::{self, Visit};

use super::{Settings, is_test_file};
use crate::tree::File;

/// Every file says at its head what it is; files and functions are short; no file is a blob.
pub(super) fn files_and_functions_are_short(files: &[File], settings: &Settings, wrong: &mut Vec<String>) {
    let mut excused: Vec<&str> = Vec::new();
    for file in files {
        if file.size > settings.blob_bytes_max {
            wrong.push(format!("{}: {} bytes; at most {}", file.path, file.size, settings.blob_bytes_max));
        }
        if !file.is("rs") {
            continue;
        }
        if !file.text().starts_with("//!") {
            wrong.push(format!("{}: the first line must be a module doc (//!)", file.path));
        }
        if is_test_file(file) {
            continue;
        }
        let measured = match syn::parse_file(file.text()) {
            Ok(parsed) => Measured::of(&parsed),
            Err(e) => {
                wrong.push(format!("{}: {e}", file.path));
                continue;
            }
        };
        let lines = file.text().lines().count().saturating_sub(measured.test_lines);
        let mut mind = |key: &str, lines: usize, lines_max: usize| {
            // An exception stays until the thing is clearly small: one line more or less decides nothing.
            let reason = settings.larger.get_key_value(key).filter(|(_, reason)| !reason.trim().is_empty());
            match reason {
                Some((key, _)) if lines > lines_max / 4 * 3 => excused.push(key),
                _ if lines > lines_max => wrong.push(format!("{key}: {lines} lines; at most {lines_max}")),
                _ => {}
            }
        };
        mind(&file.path, lines, settings.file_lines_max);
        for (name, lines) in &measured.functions {
            mind(&format!("{}::{name}", file.path), *lines, settings.function_lines_max);
        }
    }
    for key in settings.larger.keys().filter(|k| !excused.contains(&k.as_str())) {
        wrong.push(format!("xtask/tidy.toml: {key} needs no exception any more"));
    }
}

/// Functions with their lines, and how many lines are tests.
#[derive(Default)]
struct Measured {
    functions: Vec<(String, usize)>,
    test_lines: usize,
}

impl Measured {
    fn of(file: &syn::File) -> Measured {
        let mut measured = Measured::default();
        measured.visit_file(file);
        measured
    }

    /// From the line of `fn` to the line of the closing brace.
    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (start, end) = (signature.fn_token.span.start().line, block.brace_token.span.close().end().line);
        self.functions.push((signature.ident.to_string(), end.saturating_sub(start) + 1));
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| {
        a.path().is_ident("test")
            || (a.path().is_ident("cfg") && a.parse_args::<syn::Path>().is_ok_and(|p| p.is_ident("test")))
    })
}

impl<'ast> Visit<'ast> for Measured {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if is_test(&item.attrs) {
            let start = item.mod_token.span.start().line;
            let end = item.content.as_ref().map_or(start, |(brace, _)| brace.span.close().end().line);
            // And the line of the attribute.
            self.test_lines += end.saturating_sub(start) + 2;
        } else {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_test(&item.attrs) {
            self.function(&item.sig, &item.block);
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::Measured;

    #[test]
    fn functions_are_measured_and_tests_are_not() {
        let file = syn::parse_file("fn a() {\n}\n#[cfg(test)]\nmod tests {\n fn b() {\n }\n}\n").expect("a file");
        let measured = Measured::of(&file);
        assert_eq!(measured.functions, [("a".to_owned(), 2)]);
        assert_eq!(measured.test_lines, 5);
    }
}
