//! `keqiao doctor`: looks after the installation, and with `--running` asks a running server whether it is ready.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, ValueEnum};
use keqiao_app::doctor::{CheckState, checks};
use keqiao_base::SystemClock;
use keqiao_i18n::{Bilingual, Lang};

use crate::refusal::Refusal;
use crate::running::block_on;
use crate::told::PlaceArgs;

/// What `doctor` takes.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// 输出格式 · Format of the output
    #[arg(long, short, value_enum, default_value = "text")]
    format: DoctorFormat,
    /// 只问这个地址上的服务是否就绪（容器健康检查用）· Only ask the server at this address whether it is ready
    #[arg(long, value_name = "ADDR:PORT")]
    running: Option<SocketAddr>,
    #[command(flatten)]
    place: PlaceArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DoctorFormat {
    Text,
    Json,
}

/// Runs the command: 0 when nothing failed.
pub(crate) fn run(args: &DoctorArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    if let Some(address) = args.running {
        return ready(address, lang);
    }
    let settings = args.place.settings()?;
    block_on(async {
        let all = checks(&settings, &SystemClock).await;
        if args.format == DoctorFormat::Json {
            println!("{}", serde_json::to_string_pretty(&all).map_err(|e| Refusal::new(e.to_string(), e.to_string()))?);
        } else {
            for check in &all {
                println!("{}  {}: {}", check.state.title().get(lang), check.title.get(lang), check.found.get(lang));
                if let Some(advice) = &check.advice {
                    println!("      → {}", advice.get(lang));
                }
            }
        }
        let failed = all.iter().any(|c| c.state == CheckState::Fail);
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    })
}

const PATIENCE: Duration = Duration::from_secs(3);

fn ready(address: SocketAddr, lang: Lang) -> Result<ExitCode, Refusal> {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut head = String::new();
        stream.take(4096).read_to_string(&mut head)?;
        Ok(head)
    };
    let answer = ask()
        .map_err(|e| Refusal::new(format!("{address} 没有应答：{e}"), format!("{address} does not answer: {e}")))?;
    if answer.split(' ').nth(1) == Some("200") {
        println!("{}", Bilingual::new("服务就绪", "ready").get(lang));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", Bilingual::new("服务没有就绪", "not ready").get(lang));
    Ok(ExitCode::FAILURE)
}
