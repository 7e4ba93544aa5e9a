//! `keqiao verify-log`: follows the chains of the log and of evidence from their first entries, and through anchors that were noted elsewhere;
//! holds the records of evidence and their sums against their chain.

use std::process::ExitCode;

use clap::Args;
use keqiao_access::chain::Anchor;
use keqiao_app::Ctx;
use keqiao_app::evidence;
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
    /// 佐证链的锚点，同上 · the same for the chain of evidence
    #[arg(long, value_name = "NUMBER:HASH")]
    evidence_anchor: Option<Anchor>,
}

/// Runs the command: 0 when both chains are whole, 1 when one is broken.
pub(crate) fn run(args: &VerifyLogArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = args.place.settings()?;
    block_on(async {
        let ctx = open(&settings).await?;
        let (said, log_whole) = of_log(&ctx, args.anchor.clone()).await?;
        println!("{}", said.get(lang));
        let (said, evidence_whole) = of_evidence(&ctx, args.evidence_anchor.clone()).await?;
        println!("{}", said.get(lang));
        Ok(if log_whole && evidence_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

async fn of_log(ctx: &Ctx, anchor: Option<Anchor>) -> Result<(Bilingual, bool), Refusal> {
    let verified = log::verify(ctx, anchor).await.map_err(refusal)?;
    let entries = verified.entries;
    Ok(match verified.outcome {
        Ok(end) => (
            Bilingual::new(
                format!("日志完整：共 {entries} 条。请把锚点抄存在本系统之外：{end}"),
                format!("the log is whole: {entries} entries; note this anchor outside the system: {end}"),
            ),
            true,
        ),
        Err(broken) => {
            let (seq, why) = (broken.seq, broken.why.title());
            (
                Bilingual::new(
                    format!("日志不完整：第 {seq} 条{}。请保留现场并报告。", why.zh),
                    format!("the log is not whole: entry {seq} {}; keep everything as it is and report it", why.en),
                ),
                false,
            )
        }
    })
}

async fn of_evidence(ctx: &Ctx, anchor: Option<Anchor>) -> Result<(Bilingual, bool), Refusal> {
    let verified = evidence::verify(ctx, anchor).await.map_err(refusal)?;
    let (acts, whole) = (verified.acts, verified.whole());
    let said = match (&verified.outcome, whole) {
        (Ok(end), true) => Bilingual::new(
            format!("佐证链完整：共 {acts} 号，与各条记录、各月合计一致。锚点：{end}"),
            format!("the chain of evidence is whole: {acts} acts, agreeing with records and sums; anchor: {end}"),
        ),
        (Err(broken), _) => {
            let (seq, why) = (broken.seq, broken.why.title());
            Bilingual::new(
                format!("佐证链不完整：第 {seq} 号{}。请保留现场并报告。", why.zh),
                format!(
                    "the chain of evidence is not whole: act {seq} {}; keep everything as it is and report it",
                    why.en
                ),
            )
        }
        (Ok(_), false) => {
            let named: Vec<String> = verified.differing.iter().map(ToString::to_string).collect();
            let (named, sums) = (named.join("、"), verified.wrong_sums);
            Bilingual::new(
                format!(
                    "佐证链完整，但记录被绕过系统改动过：与链不符的记录：{named}；不符的月度合计 {sums} 项。请保留现场并报告。"
                ),
                format!(
                    "the chain of evidence is whole, but records were changed past the program: {named}; {sums} sums by month differ; keep everything as it is and report it"
                ),
            )
        }
    };
    Ok((said, whole))
}
