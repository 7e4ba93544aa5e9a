//! `keqiao extract`: what the reports say, as data.

use std::process::ExitCode;

use keqiao_i18n::Lang;
use keqiao_proofread::Job;
use keqiao_proofread::render::json::{Json, View};
use keqiao_proofread::render::xlsx::Xlsx;

use crate::args::{ExtractArgs, ExtractFormat};
use crate::refusal::Refusal;
use crate::render::facts_csv::FactsCsv;
use crate::render::facts_text::FactsText;
use crate::{batch, inputs, sink};

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let input = &args.input;
    let inputs = inputs::collect(&input.paths);
    inputs.complain(lang);
    let job = Job { limits: input.limits.limits(), audit: None };
    let mut out = sink::open(input.output.as_deref(), args.format == ExtractFormat::Xlsx)?;
    let files = &inputs.files;
    let total = match args.format {
        ExtractFormat::Json => batch::run(files, &job, input.jobs, Json::new(View::Extract), &mut out, lang)?,
        ExtractFormat::Csv => batch::run(files, &job, input.jobs, FactsCsv, &mut out, lang)?,
        ExtractFormat::Xlsx => batch::run(files, &job, input.jobs, Xlsx::new(View::Extract, lang), &mut out, lang)?,
        ExtractFormat::Text => batch::run(files, &job, input.jobs, FactsText { lang }, &mut out, lang)?,
    };
    let unread = total.unread > 0 || !inputs.complaints.is_empty();
    Ok(if unread { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
