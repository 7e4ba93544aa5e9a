//! Options of the commands around the server, each also a variable of the environment; and the settings file under both.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use keqiao_app::settings::{self, LogFormat, ServeSettings, Told};
use keqiao_base::Refusal;

/// Where the data is: what every command around the server takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "数据 · Data")]
pub(crate) struct PlaceArgs {
    /// 设置文件（TOML）；命令行、环境变量优先 · Settings file; options and variables come before it
    #[arg(long, value_name = "FILE.toml", env = "KEQIAO_CONFIG")]
    config: Option<PathBuf>,
    /// 数据目录：数据库和上传的文件 · Folder of database and files [default: keqiao-data]
    #[arg(long, value_name = "DIR", env = "KEQIAO_DATA")]
    data: Option<PathBuf>,
    /// 数据库：sqlite:文件 或 postgres://… · The database [default: keqiao.db in the folder]
    #[arg(long, value_name = "URL", env = "KEQIAO_DATABASE", hide_env_values = true, conflicts_with = "database_file")]
    database: Option<String>,
    /// 存放数据库地址的文件，避免密码出现在进程列表中 · A file that holds the address, so that no password is listed
    #[arg(long, value_name = "FILE", env = "KEQIAO_DATABASE_FILE")]
    database_file: Option<PathBuf>,
}

/// What `serve` takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct ServeArgs {
    /// 演示：虚构的县、样例报告，免密码以各种身份登录 · A made-up county with sample reports, one-click sign-in
    #[arg(long)]
    pub(crate) demo: bool,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    provider: ProviderArgs,
    #[command(flatten)]
    running: RunningArgs,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "网络 · Network")]
struct NetworkArgs {
    /// 监听地址；对外开放时须同时写 --site · Where to listen; wider than this machine needs --site [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR:PORT", env = "KEQIAO_LISTEN")]
    listen: Option<SocketAddr>,
    /// 用户访问的地址，以 https 或 http 开头 · The address at which users reach it, with https or http
    #[arg(long, value_name = "URL", env = "KEQIAO_SITE")]
    site: Option<String>,
    /// 登录凭据是否只经 https 发送，默认随 --site · Cookies over https only; by --site when absent
    #[arg(long, value_name = "BOOL", env = "KEQIAO_SECURE_COOKIES")]
    secure_cookies: Option<bool>,
    /// 前面有自己的反向代理，相信 X-Forwarded-For · A proxy of your own stands in front: believe X-Forwarded-For
    #[arg(long, value_name = "BOOL", env = "KEQIAO_BEHIND_PROXY")]
    behind_proxy: Option<bool>,
    /// 存放密钥的文件，凭密钥可从别的机器读取 /metrics · A file with the key to read /metrics from other machines
    #[arg(long, value_name = "FILE", env = "KEQIAO_METRICS_KEY_FILE")]
    metrics_key_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "统一身份认证 · Identity provider (OpenID Connect)")]
struct ProviderArgs {
    /// 认证平台的地址 · Address of the provider
    #[arg(long, value_name = "URL", env = "KEQIAO_PROVIDER_ISSUER")]
    provider_issuer: Option<String>,
    /// 本系统在该平台的编号 · Our name there
    #[arg(long, value_name = "ID", env = "KEQIAO_PROVIDER_CLIENT")]
    provider_client: Option<String>,
    /// 存放密钥的文件 · The file with our secret
    #[arg(long, value_name = "FILE", env = "KEQIAO_PROVIDER_SECRET_FILE")]
    provider_secret_file: Option<PathBuf>,
    /// 登录按钮上的文字 · The text of the button
    #[arg(long, value_name = "TEXT", env = "KEQIAO_PROVIDER_TITLE")]
    provider_title: Option<String>,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "运行 · Running")]
struct RunningArgs {
    /// 同时处理的后台任务数 · Background jobs at a time [default: 2]
    #[arg(long, value_name = "N", env = "KEQIAO_WORKERS", value_parser = clap::value_parser!(u16).range(1..=256))]
    workers: Option<u16>,
    /// 日志级别，如 warn、info、debug · Which log lines [default: info]
    #[arg(long, value_name = "LEVEL", env = "KEQIAO_LOG")]
    log: Option<String>,
    /// 日志格式 · How log lines are written [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", env = "KEQIAO_LOG_FORMAT")]
    log_format: Option<LogFormatArg>,
    /// 按意思查找所用的向量模型目录；none 表示只按文字 · Directory of an embedding model; none searches the words only
    #[arg(long, value_name = "DIR", env = "KEQIAO_SEARCH_MODEL")]
    search_model: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormatArg {
    Text,
    Json,
}

impl PlaceArgs {
    /// What is said here, over the settings file when there is one.
    pub(crate) fn told(&self) -> Result<Told, Refusal> {
        let here = Told {
            data: self.data.clone(),
            database: self.database.clone(),
            database_file: self.database_file.clone(),
            ..Told::default()
        };
        let file = self.config.as_deref().map(settings::read).transpose()?;
        Ok(here.over(file.unwrap_or_default()))
    }

    /// The settings of commands that do not listen.
    pub(crate) fn settings(&self) -> Result<ServeSettings, Refusal> {
        let told = self.told()?;
        // Where the server listens is checked when it is started.
        ServeSettings::new(Told { listen: None, ..told }, false)
    }
}

impl ServeArgs {
    /// The settings of `serve`, all layers put together and checked.
    pub(crate) fn settings(&self) -> Result<ServeSettings, Refusal> {
        let (network, provider, running) = (self.network.clone(), self.provider.clone(), self.running.clone());
        let here = Told {
            listen: network.listen,
            site: network.site,
            secure_cookies: network.secure_cookies,
            behind_proxy: network.behind_proxy,
            metrics_key_file: network.metrics_key_file,
            provider_issuer: provider.provider_issuer,
            provider_client: provider.provider_client,
            provider_secret_file: provider.provider_secret_file,
            provider_title: provider.provider_title,
            search_model: running.search_model,
            workers: running.workers,
            log: running.log,
            log_format: running.log_format.map(|f| match f {
                LogFormatArg::Text => LogFormat::Text,
                LogFormatArg::Json => LogFormat::Json,
            }),
            ..Told::default()
        };
        ServeSettings::new(here.over(self.place.told()?), self.demo)
    }
}
