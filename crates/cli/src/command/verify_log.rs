//! `keqiao verify-log`: follows the chain of the log from its first entry, and through an anchor that was noted elsewhere.

use std::process::ExitCode;

use clap::Args;
use keqiao_access::chain::Anchor;
use keqiao_app::log;
use keqiao_i18n::{Bilingual, Lang};

use crate::refusal::Refusal;
use crate::running::{block_on, open, refusal};
use crate::told::PlaceArgs;

/// Where the log is, and the anchor.
#[derive(Args, Debug)]
pub(crate) struct VerifyLogArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// 上次校验后抄存在别处的“序号:哈希” · `number:hash`, noted elsewhere at an earlier check
    #[arg(long, value_name = "NUMBER:HASH")]
    anchor: Option<Anchor>,
}

/// Runs the command: 0 when the log is whole, 1 when it is broken.
pub(crate) fn run(args: &VerifyLogArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = args.place.settings()?;
    block_on(async {
        let ctx = open(&settings).await?;
        let verified = log::verify(&ctx, args.anchor.clone()).await.map_err(refusal)?;
        let entries = verified.entries;
        let (said, code) = match verified.outcome {
            Ok(end) => (
                Bilingual::new(
                    format!("日志完整：共 {entries} 条。请把锚点抄存在本系统之外：{end}"),
                    format!("the log is whole: {entries} entries; note this anchor outside the system: {end}"),
                ),
                ExitCode::SUCCESS,
            ),
            Err(broken) => {
                let (seq, why) = (broken.seq, broken.why.title());
                (
                    Bilingual::new(
                        format!("日志不完整：第 {seq} 条{}。请保留现场并报告。", why.zh),
                        format!("the log is not whole: entry {seq} {}; keep everything as it is and report it", why.en),
                    ),
                    ExitCode::FAILURE,
                )
            }
        };
        println!("{}", said.get(lang));
        Ok(code)
    })
}
