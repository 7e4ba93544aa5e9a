//! Every rule against its spec.

#[test]
fn every_rule_finds_what_its_spec_says_and_nothing_else() {
    keqiao_testkit::run_specs(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../audit/spec"));
}
