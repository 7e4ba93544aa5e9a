//! What the operator says, and where: options of the command line, then the environment (`KEQIAO_…`), then the file, then what is
//! written here. The command line reads the first two; this module reads the file, puts the layers together and refuses what
//! would not be safe.

mod file;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use keqiao_base::{Kind, Refusal, coded};
use keqiao_i18n::Bilingual;
use keqiao_oidc::ProviderSettings;
use keqiao_store::DbUrl;

pub use file::read;

use crate::account::provider::RETURN_PATH;
use crate::context::Settings;

coded! {
    /// How log lines are written.
    pub enum LogFormat {
        /// For people.
        Text = "text" => ("文本", "Text"),
        /// One JSON object a line, for collectors.
        Json = "json" => ("JSON", "JSON"),
    }
}

/// One layer of settings: what is not said there is `None`. Keys of the file, options and variables carry the same names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Folder of database and files.
    pub data: Option<PathBuf>,
    /// `sqlite:FILE` or `postgres://…`.
    pub database: Option<String>,
    /// A file that holds the address of the database, so that no password stands in a list of processes.
    pub database_file: Option<PathBuf>,
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// The address at which users reach the site.
    pub site: Option<String>,
    /// Whether cookies are only sent over HTTPS.
    pub secure_cookies: Option<bool>,
    /// Whether a proxy of our own stands in front, whose `X-Forwarded-For` is believed.
    pub behind_proxy: Option<bool>,
    /// How many background jobs run at a time.
    pub workers: Option<u16>,
    /// Which log lines are written, such as `info` or `keqiao=debug`.
    pub log: Option<String>,
    /// How they are written.
    pub log_format: Option<LogFormat>,
    /// A file that holds the key with which `/metrics` may be read from other machines.
    pub metrics_key_file: Option<PathBuf>,
    /// The address of the identity provider; only in the file, as the three that follow.
    pub provider_issuer: Option<String>,
    /// Our name at the provider.
    pub provider_client: Option<String>,
    /// A file that holds our secret at the provider.
    pub provider_secret_file: Option<PathBuf>,
    /// What the button of the sign-in page says.
    pub provider_title: Option<String>,
    /// The directory of an embedding model, or `none`.
    pub search_model: Option<String>,
    /// The address of an embedding service, the whole of it; only in the file, as the two that follow.
    pub search_address: Option<String>,
    /// The model that is asked for there.
    pub search_address_model: Option<String>,
    /// A file that holds our secret there.
    pub search_secret_file: Option<PathBuf>,
}

impl Told {
    /// This layer over a lower one.
    #[must_use]
    pub fn over(self, lower: Told) -> Told {
        // The address of the database and the file that holds it are one setting: the upper layer's replaces both.
        let (database, database_file) = match (self.database, self.database_file) {
            (None, None) => (lower.database, lower.database_file),
            said => said,
        };
        Told {
            data: self.data.or(lower.data),
            database,
            database_file,
            listen: self.listen.or(lower.listen),
            site: self.site.or(lower.site),
            secure_cookies: self.secure_cookies.or(lower.secure_cookies),
            behind_proxy: self.behind_proxy.or(lower.behind_proxy),
            workers: self.workers.or(lower.workers),
            log: self.log.or(lower.log),
            log_format: self.log_format.or(lower.log_format),
            metrics_key_file: self.metrics_key_file.or(lower.metrics_key_file),
            provider_issuer: self.provider_issuer.or(lower.provider_issuer),
            provider_client: self.provider_client.or(lower.provider_client),
            provider_secret_file: self.provider_secret_file.or(lower.provider_secret_file),
            provider_title: self.provider_title.or(lower.provider_title),
            search_model: self.search_model.or(lower.search_model),
            search_address: self.search_address.or(lower.search_address),
            search_address_model: self.search_address_model.or(lower.search_address_model),
            search_secret_file: self.search_secret_file.or(lower.search_secret_file),
        }
    }
}

/// Where vectors of meaning come from, by which texts are found that share no word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Meaning {
    /// From nowhere: words only.
    #[default]
    None,
    /// A model of this machine.
    Directory(PathBuf),
    /// A service that speaks as OpenAI's `/v1/embeddings`.
    Address {
        /// The whole address.
        address: String,
        /// The secret; empty for none.
        secret: String,
        /// The name of the model.
        model: String,
    },
}

/// What `keqiao serve` is started with.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database.
    pub database: DbUrl,
    /// Whether `X-Forwarded-For` is believed.
    pub behind_proxy: bool,
    /// Which log lines are written.
    pub log: String,
    /// How they are written.
    pub log_format: LogFormat,
    /// The key with which `/metrics` may be read from other machines.
    pub metrics_key: Option<String>,
    /// What use cases are told.
    pub app: Settings,
}

const PORT: u16 = 8080;
const WORKERS: usize = 2;

impl ServeSettings {
    /// The settings after all layers, or what must be said first.
    ///
    /// # Errors
    /// When a value makes no sense, or listening beyond this machine lacks what makes it safe.
    pub fn new(told: Told, demo: bool) -> Result<ServeSettings, Refusal> {
        let listen = told.listen.unwrap_or(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT));
        let site = match &told.site {
            Some(site) => site_address(site)?,
            None if listen.ip().is_loopback() => format!("http://{listen}"),
            None => return Err(listening_wider(listen)),
        };
        let https = site.starts_with("https://");
        let secure_cookies = match told.secure_cookies {
            Some(said) => said,
            None if https || listen.ip().is_loopback() => https,
            None => return Err(cookies_in_clear(&site)),
        };
        if demo && !listen.ip().is_loopback() {
            return Err(demo_wider());
        }
        let data = told.data.clone().unwrap_or_else(|| default_data(demo));
        let (provider, meaning) = (provider(&told, &site)?, meaning(&told)?);
        Ok(ServeSettings {
            listen,
            database: database(&told, demo)?,
            behind_proxy: told.behind_proxy.unwrap_or(false),
            log: told.log.unwrap_or_else(|| "info".to_owned()),
            log_format: told.log_format.unwrap_or(LogFormat::Text),
            metrics_key: told.metrics_key_file.as_deref().map(file::secret).transpose()?,
            app: Settings {
                data,
                demo,
                secure_cookies,
                site,
                workers: told.workers.map_or(WORKERS, usize::from),
                provider,
                meaning,
            },
        })
    }
}

/// Where the data is when nothing is said: beside where the program was started, the demonstration apart from real data.
fn default_data(demo: bool) -> PathBuf {
    PathBuf::from(if demo { "keqiao-demo" } else { "keqiao-data" })
}

/// The folder of data that these settings name.
pub fn data(told: &Told, demo: bool) -> PathBuf {
    told.data.clone().unwrap_or_else(|| default_data(demo))
}

/// The database that these settings name: said, or a file in the data folder.
///
/// # Errors
/// When it is no database, or the file that holds its address cannot be read.
pub fn database(told: &Told, demo: bool) -> Result<DbUrl, Refusal> {
    let said = match (&told.database, &told.database_file) {
        (Some(_), Some(_)) => {
            return Err(invalid(
                "settings.database",
                "database 和 database_file 只能写一个。",
                "Give `database` or `database_file`, not both.",
            ));
        }
        (Some(said), None) => said.clone(),
        (None, Some(path)) => file::secret(path)?,
        (None, None) => return Ok(DbUrl::Sqlite(data(told, demo).join("keqiao.db"))),
    };
    // The address may hold a password: it is not repeated.
    DbUrl::from_str(&said).map_err(|_| {
        invalid(
            "settings.database",
            "数据库地址无法识别。应为 sqlite:文件 或 postgres://用户:密码@主机/库名。",
            "The address of the database is not understood. Use sqlite:FILE or postgres://user:password@host/name.",
        )
    })
}

/// The identity provider, when its address and our name there are given.
fn provider(told: &Told, site: &str) -> Result<Option<ProviderSettings>, Refusal> {
    let (issuer, client_id) = match (&told.provider_issuer, &told.provider_client) {
        (None, None) => return Ok(None),
        (Some(issuer), Some(client)) => (issuer.clone(), client.clone()),
        _ => {
            return Err(invalid(
                "settings.provider",
                "provider_issuer 和 provider_client 须同时填写。",
                "`provider_issuer` and `provider_client` belong together.",
            ));
        }
    };
    let title = told.provider_title.clone();
    Ok(Some(ProviderSettings {
        issuer,
        client_id,
        client_secret: told.provider_secret_file.as_deref().map(file::secret).transpose()?,
        title: title.map_or_else(
            || Bilingual::new("统一身份认证登录", "Sign in with the province"),
            |t| Bilingual::new(t.clone(), t),
        ),
        return_address: format!("{site}{RETURN_PATH}"),
    }))
}

/// The model or the service, when one is given.
fn meaning(told: &Told) -> Result<Meaning, Refusal> {
    let model = told.search_model.as_deref().filter(|m| *m != "none");
    match (model, &told.search_address) {
        (None, None) => Ok(Meaning::None),
        (Some(dir), None) => Ok(Meaning::Directory(PathBuf::from(dir))),
        (None, Some(address)) => Ok(Meaning::Address {
            address: service_address(address)?,
            secret: told.search_secret_file.as_deref().map(file::secret).transpose()?.unwrap_or_default(),
            model: told.search_address_model.clone().unwrap_or_default(),
        }),
        (Some(_), Some(_)) => Err(invalid(
            "settings.search",
            "search_model 和 search_address 只能写一个。",
            "Give `search_model` or `search_address`, not both.",
        )),
    }
}

fn service_address(address: &str) -> Result<String, Refusal> {
    let known = url::Url::parse(address).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
    if known {
        return Ok(address.to_owned());
    }
    Err(invalid(
        "settings.search",
        format!("search_address 应为完整地址，如 https://vec.example.cn/v1/embeddings。现在是“{address}”。"),
        format!(
            "`search_address` is a whole address, such as https://vec.example.cn/v1/embeddings; it is “{address}”."
        ),
    ))
}

fn site_address(site: &str) -> Result<String, Refusal> {
    let trimmed = site.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '\\']) => Ok(trimmed.to_owned()),
        _ => Err(invalid(
            "settings.site",
            format!("site 应为用户访问的地址，如 https://kx.example.cn，不带路径。现在是“{site}”。"),
            format!("`site` is the address users open, such as https://kx.example.cn, without a path; it is “{site}”."),
        )),
    }
}

fn invalid(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(Kind::Invalid, code, zh, en)
}

fn listening_wider(listen: SocketAddr) -> Refusal {
    invalid(
        "settings.listen",
        format!(
            "在 {listen} 上监听，别的机器也能访问。请同时用 --site 写明用户访问的地址（一般是 https://…，由前面的代理提供证书）。\
             只在本机试用时不要写 --listen。"
        ),
        format!(
            "Listening on {listen} lets other machines in. Say with --site at which address users reach it (normally https://…, with a \
             proxy in front that holds the certificate). To try it on this machine, leave --listen away."
        ),
    )
}

fn cookies_in_clear(site: &str) -> Refusal {
    invalid(
        "settings.secure_cookies",
        format!(
            "{site} 不是 https：登录凭据会明文经过网络。请改用 https 地址；确实只在内网使用的，写明 --secure-cookies false。"
        ),
        format!(
            "{site} is not https: what signs users in would cross the network in clear. Use an https address, or, on a closed \
             network, say --secure-cookies false."
        ),
    )
}

fn demo_wider() -> Refusal {
    invalid(
        "settings.demo",
        "演示模式免密码登录，只能在本机使用。请去掉 --listen 或 --demo。",
        "The demonstration lets everybody in without a password: only on this machine. Leave --listen or --demo away.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide() -> Told {
        Told { listen: Some("0.0.0.0:8080".parse().unwrap()), ..Told::default() }
    }

    fn refused(told: Told) -> &'static str {
        ServeSettings::new(told, false).unwrap_err().code
    }

    #[test]
    fn nothing_said_serves_this_machine_only() {
        let settings = ServeSettings::new(Told::default(), false).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.app.site, "http://127.0.0.1:8080");
        assert!(!settings.app.secure_cookies);
        assert_eq!(settings.database, DbUrl::Sqlite("keqiao-data/keqiao.db".into()));
    }

    #[test]
    fn listening_wider_needs_an_address_and_safe_cookies() {
        assert_eq!(refused(wide()), "settings.listen");
        assert_eq!(refused(Told { site: Some("http://kx.example.cn".into()), ..wide() }), "settings.secure_cookies");
        assert_eq!(refused(Told { site: Some("https://kx.example.cn/desk".into()), ..wide() }), "settings.site");
        let safe = ServeSettings::new(Told { site: Some("https://kx.example.cn/".into()), ..wide() }, false).unwrap();
        assert!(safe.app.secure_cookies);
        assert_eq!(safe.app.site, "https://kx.example.cn");
        let site = Some("https://kx.example.cn".into());
        assert_eq!(ServeSettings::new(Told { site, ..wide() }, true).unwrap_err().code, "settings.demo");
    }

    #[test]
    fn an_upper_layer_wins_value_by_value() {
        let upper = Told { log: Some("debug".into()), database: Some("sqlite:a.db".into()), ..Told::default() };
        let lower =
            Told { log: Some("warn".into()), workers: Some(7), database_file: Some("b".into()), ..Told::default() };
        let told = upper.over(lower);
        assert_eq!((told.log.as_deref(), told.workers), (Some("debug"), Some(7)));
        assert_eq!(database(&told, false).unwrap(), DbUrl::Sqlite("a.db".into()));
    }

    #[test]
    fn a_provider_needs_its_address_and_our_name() {
        let half = Told { provider_issuer: Some("https://id.example.cn".into()), ..Told::default() };
        assert_eq!(refused(half.clone()), "settings.provider");
        let told = Told { provider_client: Some("keqiao".into()), ..half };
        let provider = ServeSettings::new(told, false).unwrap().app.provider.unwrap();
        assert_eq!(provider.return_address, "http://127.0.0.1:8080/sign-in/provider/return");
    }

    #[test]
    fn meaning_comes_from_one_place() {
        let told = |model: Option<&str>, address: Option<&str>| Told {
            search_model: model.map(str::to_owned),
            search_address: address.map(str::to_owned),
            ..Told::default()
        };
        let of = |told| ServeSettings::new(told, false).unwrap().app.meaning;
        assert_eq!(of(told(None, None)), Meaning::None);
        assert_eq!(of(told(Some("none"), None)), Meaning::None);
        assert_eq!(of(told(Some("/srv/e5"), None)), Meaning::Directory("/srv/e5".into()));
        let address = "https://vec.example.cn/v1/embeddings";
        assert!(matches!(of(told(None, Some(address))), Meaning::Address { .. }));
        for wrong in ["vec.example.cn", "file:///etc/passwd", "https://"] {
            assert_eq!(refused(told(None, Some(wrong))), "settings.search", "{wrong}");
        }
        assert_eq!(refused(told(Some("/srv/e5"), Some(address))), "settings.search");
    }

    #[test]
    fn a_wrong_database_address_is_not_repeated() {
        let told = Told { database: Some("mysql://root:secret@host/db".into()), ..Told::default() };
        let refusal = database(&told, false).unwrap_err();
        assert!(!refusal.message.zh.contains("secret") && !refusal.message.en.contains("secret"));
    }
}
