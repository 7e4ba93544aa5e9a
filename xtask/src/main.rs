//! House-keeping of the repository: `tidy` holds the house rules, `codegen` writes the reference pages from the code,
//! `ci` runs all that must hold. Nothing of the product lives here.

mod browser;
mod ci;
mod codegen;
mod postgres;
mod tidy;
mod tree;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask tidy                          the house rules (xtask/tidy.toml holds limits and exceptions)
cargo xtask codegen [--check]             write docs/reference and the pictures, or say which are stale
cargo xtask browser [--require] [TEST…]   what people do, in a real browser (tests/browser), against `serve --demo`
cargo xtask postgres [--require]          all tests, the database a private PostgreSQL; skipped where there is none
cargo xtask ci [--without-tests]          fmt, clippy, tests, codegen --check, tidy, docs: what .ci/run runs";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["tidy"] => tidy::run(&tree::root()),
        ["codegen"] => codegen::write(&tree::root()),
        ["codegen", "--check"] => codegen::check(&tree::root()),
        ["postgres"] => postgres::run(false),
        ["postgres", "--require"] => postgres::run(true),
        ["browser", "--require", only @ ..] => browser::run(true, only),
        ["browser", only @ ..] => browser::run(false, only),
        ["ci"] => ci::run(true),
        ["ci", "--without-tests"] => ci::run(false),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    /// House rules that nobody calls decay: they run with the tests.
    #[test]
    fn the_house_is_tidy() {
        if let Err(complaint) = crate::tidy::run(&crate::tree::root()) {
            panic!("\n{complaint}");
        }
    }
}
