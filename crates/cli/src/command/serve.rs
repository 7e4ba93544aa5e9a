//! `keqiao serve`: the site, until it is told to stop.

use std::io::IsTerminal;
use std::process::ExitCode;

use keqiao_app::Ctx;
use keqiao_app::account::first;
use keqiao_app::settings::{LogFormat, ServeSettings};
use keqiao_i18n::{Bilingual, Lang};
use keqiao_web::Server;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::refusal::Refusal;
use crate::running::{block_on, open, refusal};
use crate::told::ServeArgs;

/// Requests that one browser may make in a second: pages with their parts stay far below, a loop gone wild does not.
const REQUESTS_PER_SECOND: u32 = 200;

/// Runs the command.
pub(crate) fn run(args: &ServeArgs, lang: Lang) -> Result<ExitCode, Refusal> {
    let settings = args.settings()?;
    log(&settings)?;
    block_on(async {
        // The address first: two servers on one data folder would otherwise be noticed only after the migration.
        let listener = TcpListener::bind(settings.listen).await.map_err(|e| taken(&settings, &e.to_string()))?;
        let ctx = open(&settings).await?;
        if settings.app.demo {
            keqiao_demo::people(&ctx, keqiao_demo::PEOPLE).await.map_err(refusal)?;
        }
        tell(&settings, lang);
        if let Some(key) = first::offer(&ctx).await.map_err(refusal)? {
            tell_set_up(&settings, &key, lang);
        }
        let stop = CancellationToken::new();
        tokio::spawn(signals(stop.clone()));
        let server = Server {
            // The demonstration and measurements come from this machine, which limits itself.
            requests_per_second: if settings.listen.ip().is_loopback() && !settings.behind_proxy {
                0
            } else {
                REQUESTS_PER_SECOND
            },
            behind_proxy: settings.behind_proxy,
            metrics_key: settings.metrics_key.clone(),
        };
        let db = ctx.db.clone();
        let served = keqiao_web::serve(ctx.clone(), listener, server, prepare(ctx), stop).await;
        served.map_err(|e| Refusal::new(format!("服务中断：{e}"), format!("the server broke off: {e}")))?;
        db.close().await.map_err(|e| Refusal::new(e.to_string(), e.to_string()))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The demo's offices do their year while the first pages are looked at.
async fn prepare(ctx: Ctx) {
    if ctx.settings.demo
        && let Err(error) = keqiao_demo::work(&ctx, 0).await
    {
        tracing::error!(%error, "the sample data are not complete; remove the data folder and start again");
    }
}

/// Log lines go to standard error, so that standard output stays for what was asked.
fn log(settings: &ServeSettings) -> Result<(), Refusal> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|e| {
        Refusal::new(format!("日志级别“{}”不对：{e}", settings.log), format!("wrong log level {:?}: {e}", settings.log))
    })?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(())
}

fn taken(settings: &ServeSettings, why: &str) -> Refusal {
    let at = settings.listen;
    Refusal::new(
        format!("不能在 {at} 上监听：{why}。是否已有一个在运行？可用 --listen 换一个端口。"),
        format!("cannot listen on {at}: {why}. Is another one running? --listen takes another port."),
    )
}

fn tell(settings: &ServeSettings, lang: Lang) {
    let site = &settings.app.site;
    let said = if settings.app.demo {
        Bilingual::new(
            format!("演示已就绪，请用浏览器打开 {site}（数据纯属虚构；按 Ctrl-C 停止）"),
            format!("The demonstration is ready: open {site} (everything in it is made up; Ctrl-C stops it)"),
        )
    } else {
        Bilingual::new(format!("服务已就绪：{site}（按 Ctrl-C 停止）"), format!("Ready: {site} (Ctrl-C stops it)"))
    };
    println!("{}", said.get(lang));
}

/// The first start: whoever reads this terminal makes the first administrator.
fn tell_set_up(settings: &ServeSettings, key: &str, lang: Lang) {
    let link = format!("{}/set-up/{key}", settings.app.site);
    let said = Bilingual::new(
        format!("还没有任何账号。请打开下面的链接建立系统管理员（只能用一次，重启服务会换新的）：\n{link}"),
        format!(
            "There is no account yet. Make the first administrator here (good once; a restart gives a new one):\n{link}"
        ),
    );
    println!("{}", said.get(lang));
}

/// Cancels `stop` at Ctrl-C or when the service manager says so.
async fn signals(stop: CancellationToken) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            stop.cancel();
            return;
        }
    }
    // Without signals it runs until it is killed, which loses nothing.
    if tokio::signal::ctrl_c().await.is_ok() {
        stop.cancel();
    }
}
