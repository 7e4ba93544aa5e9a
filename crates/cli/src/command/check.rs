//! `keqiao check`: which rules, against what, shown how, and the exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use keqiao_audit::{Profile, Rule};
use keqiao_diag::Suppressions;
use keqiao_document::Limits;
use keqiao_facts::Report;
use keqiao_i18n::Lang;
use keqiao_proofread::render::html::Html;
use keqiao_proofread::render::json::{Json, View};
use keqiao_proofread::render::sarif::Sarif;
use keqiao_proofread::render::xlsx::Xlsx;
use keqiao_proofread::{AuditJob, Job, Tally};

use crate::args::{CheckArgs, CheckFormat, ColorArg, FailOn};
use crate::command::rules::selects;
use crate::inputs::Input;
use crate::refusal::{Refusal, no_such_rule};
use crate::render::text::Text;
use crate::{batch, inputs, sink};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, lang: Lang, color: ColorArg) -> Result<ExitCode, Refusal> {
    let input = &args.input;
    for rule in args.rule.iter().chain(&args.skip) {
        known(rule)?;
    }
    let limits = input.limits.limits();
    let wanted = |rule: &Rule| {
        (args.rule.is_empty() || args.rule.iter().any(|r| selects(r, rule)))
            && !args.skip.iter().any(|s| selects(s, rule))
    };
    let audit = AuditJob {
        wanted: &wanted,
        profile: args.profile.as_deref().map(profile).transpose()?,
        last_year: args.against.as_deref().map(|path| last_year(path, limits, lang)).transpose()?,
        suppressions: args.suppressions.as_deref().map(suppressions).transpose()?.unwrap_or_default(),
    };
    let job = Job { limits, audit: Some(audit) };
    let inputs = inputs::collect(&input.paths);
    inputs.complain(lang);
    let mut out = sink::open(input.output.as_deref(), args.format == CheckFormat::Xlsx)?;
    let files = &inputs.files;
    let total = match args.format {
        CheckFormat::Text => {
            let coloured = sink::coloured(color, input.output.as_deref());
            batch::run(files, &job, input.jobs, Text::new(lang, coloured), &mut out, lang)?
        }
        CheckFormat::Html => batch::run(files, &job, input.jobs, Html::new(lang), &mut out, lang)?,
        CheckFormat::Json => batch::run(files, &job, input.jobs, Json::new(View::Check), &mut out, lang)?,
        CheckFormat::Sarif => {
            let rules = keqiao_audit::all().filter(|r| wanted(r)).collect();
            batch::run(files, &job, input.jobs, Sarif::new(lang, rules), &mut out, lang)?
        }
        CheckFormat::Xlsx => batch::run(files, &job, input.jobs, Xlsx::new(View::Check, lang), &mut out, lang)?,
    };
    Ok(exit_code(&total, args.fail_on, !inputs.complaints.is_empty()))
}

fn exit_code(total: &Tally, fail_on: FailOn, complaints: bool) -> ExitCode {
    let failed = match fail_on {
        FailOn::Error => total.errors > 0,
        FailOn::Warning => total.errors + total.warnings > 0,
        FailOn::Never => false,
    };
    match (total.unread > 0 || complaints, failed) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    }
}

/// A rule that does not exist would silently check nothing.
fn known(asked: &str) -> Result<(), Refusal> {
    if keqiao_audit::all().any(|rule| selects(asked, rule)) {
        return Ok(());
    }
    Err(no_such_rule(asked))
}

fn profile(name: &str) -> Result<Profile, Refusal> {
    Profile::named(name)
        .ok_or_else(|| Refusal::new(format!("没有口径“{name}”"), format!("there is no profile “{name}”")))
}

fn last_year(path: &Path, limits: Limits, lang: Lang) -> Result<Report, Refusal> {
    let checked = inputs::check(&Input::File(PathBuf::from(path)), &Job { limits, audit: None });
    let why = checked.problems.first().map_or(String::new(), |p| p.message.get(lang).to_owned());
    let content = checked.content.ok_or_else(|| {
        let shown = path.display();
        Refusal::new(
            format!("上年报告“{shown}”不能读取：{why}"),
            format!("cannot read last year's report {shown}: {why}"),
        )
    })?;
    Ok(content.report)
}

fn suppressions(path: &Path) -> Result<Suppressions, Refusal> {
    let shown = path.display();
    let refuse = |why: String| {
        Refusal::new(format!("说明文件“{shown}”有误：{why}"), format!("the suppressions in {shown} are wrong: {why}"))
    };
    let text = fs::read_to_string(path).map_err(|e| refuse(e.to_string()))?;
    let list: Suppressions = toml::from_str(&text).map_err(|e| refuse(e.to_string()))?;
    match list.unsigned() {
        Some(entry) => Err(Refusal::new(
            format!("说明文件“{shown}”中 {} 一条没有写明理由（reason）或姓名（by）", entry.rule),
            format!("the entry for {} in {shown} lacks a reason or a name (by)", entry.rule),
        )),
        None => Ok(list),
    }
}
