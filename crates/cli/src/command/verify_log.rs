//! `keqiao verify-log`: follows the chain of the audit log from its first entry to its last.

use std::process::ExitCode;

use clap::Args;
use keqiao_access::chain::Anchor;
use keqiao_app::log;
use keqiao_i18n::{Bilingual, Lang};

use crate::refusal::Refusal;
use crate::running::{block_on, open, refusal};
use crate::told::PlaceArgs;

/// What `verify-log` takes.
#[derive(Debug, Args)]
pub(crate) struct VerifyLogArgs {
    /// 以前记下的末尾：序号:摘要，用来发现整段被删 · An end noted down earlier, to notice a missing tail
    #[arg(long, value_name = "SEQ:HASH", value_parser = anchor)]
    anchor: Option<Anchor>,
    #[command(flatten)]
    place: PlaceArgs,
}

/// Runs the command: 0 when the chain holds, 1 when it is broken.
pub(crate) fn run(args: &VerifyLogArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = args.place.settings()?;
    block_on(async {
        let ctx = open(&settings).await?;
        let verified = log::verify(&ctx, args.anchor.clone()).await.map_err(refusal)?;
        let entries = verified.entries;
        let (said, code) = match verified.outcome {
            Ok(Anchor { seq, hash }) => (
                Bilingual::new(
                    format!("日志完整：{entries} 条。请另行记下末尾，下次用 --anchor 核对：\n{seq}:{hash}"),
                    format!(
                        "the log is whole: {entries} entries. Note its end elsewhere, for --anchor next time:\n{seq}:{hash}"
                    ),
                ),
                ExitCode::SUCCESS,
            ),
            Err(broken) => {
                let (seq, why) = (broken.seq, broken.why.title());
                (
                    Bilingual::new(
                        format!("日志被改动，见第 {seq} 条：{}", why.zh),
                        format!("the log was tampered with, at entry {seq}: {}", why.en),
                    ),
                    ExitCode::FAILURE,
                )
            }
        };
        println!("{}", said.get(lang));
        Ok(code)
    })
}

/// `12:ab…`: as this command prints it.
fn anchor(text: &str) -> Result<Anchor, String> {
    let wrong = || "应为 序号:摘要，照此命令以前所显示的抄写 · SEQ:HASH, as this command printed it".to_owned();
    let (seq, hash) = text.split_once(':').ok_or_else(wrong)?;
    let digits = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    match seq.parse() {
        Ok(seq) if digits => Ok(Anchor { seq, hash: hash.to_owned() }),
        _ => Err(wrong()),
    }
}
