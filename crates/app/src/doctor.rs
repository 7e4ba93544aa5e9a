//! What an operator should know before users do: each check says what it found and what to do. It changes nothing but a file that it
//! writes into the data folder and removes again.

use std::path::Path;

use keqiao_base::{Clock, coded};
use keqiao_embedding::{Kind, Problem};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_store::{Backend, Db, DbUrl, dump, event};
use serde::Serialize;

use crate::exchange::finder::model_of;
use crate::settings::{Meaning, ServeSettings};

coded! {
    /// How a check ended.
    pub enum CheckState {
        /// As it should be.
        Ok = "ok" => ("正常", "OK"),
        /// It works, but not for long or not well.
        Warn = "warn" => ("注意", "Warning"),
        /// It will not work.
        Fail = "fail" => ("有问题", "Failed"),
    }
}

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// A stable name.
    pub name: &'static str,
    /// What was looked at.
    pub title: Bilingual,
    /// How it ended.
    pub state: CheckState,
    /// What was found.
    pub found: Bilingual,
    /// What to do; absent when nothing is.
    pub advice: Option<Bilingual>,
}

impl Check {
    fn new(name: &'static str, title: Fixed, state: CheckState, found: Bilingual) -> Check {
        Check { name, title: title.into(), state, found, advice: None }
    }

    fn advice(mut self, zh: &str, en: &str) -> Check {
        self.advice = Some(Bilingual::new(zh, en));
        self
    }
}

/// Runs all checks.
pub async fn checks(settings: &ServeSettings, clock: &dyn Clock) -> Vec<Check> {
    let data = &settings.app.data;
    let mut all = vec![permissions(data), disk(data)];
    let newest = database(settings, &mut all).await;
    all.push(clock_check(clock, newest));
    all.push(cookies(settings));
    all.push(fonts());
    all.push(model(settings.app.meaning.clone()).await);
    all
}

const FOLDER: Fixed = Fixed { zh: "数据目录权限", en: "Permissions of the data folder" };

fn permissions(data: &Path) -> Check {
    let shown = data.display();
    let probe = data.join(".keqiao-doctor");
    let written = std::fs::create_dir_all(data).and_then(|()| std::fs::write(&probe, b"ok"));
    if let Err(error) = written.and_then(|()| std::fs::remove_file(&probe)) {
        let found = Bilingual::new(format!("{shown} 不能写入：{error}"), format!("{shown} cannot be written: {error}"));
        return Check::new("permissions", FOLDER, CheckState::Fail, found)
            .advice("请让运行本程序的账户拥有这个目录。", "Give the folder to the account that runs this program.");
    }
    if open_to_others(data) {
        let found =
            Bilingual::new(format!("{shown} 可被本机其他账户读取"), format!("{shown} can be read by other accounts"));
        return Check::new("permissions", FOLDER, CheckState::Warn, found)
            .advice("其中有个人信息，请收紧权限：chmod 700。", "It holds personal data; close it with chmod 700.");
    }
    Check::new(
        "permissions",
        FOLDER,
        CheckState::Ok,
        Bilingual::new(format!("{shown} 可写"), format!("{shown} can be written")),
    )
}

#[cfg(unix)]
fn open_to_others(data: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(data).is_ok_and(|m| m.permissions().mode() & 0o007 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_data: &Path) -> bool {
    false
}

const DISK: Fixed = Fixed { zh: "磁盘空间", en: "Disk space" };
const MIB: u64 = 1 << 20;

#[cfg(unix)]
fn disk(data: &Path) -> Check {
    let Ok(disk) = rustix::fs::statvfs(data) else {
        return Check::new(
            "disk",
            DISK,
            CheckState::Warn,
            Bilingual::new("无法得知剩余空间", "the free space is not known"),
        );
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize) / MIB;
    let found = Bilingual::new(format!("剩余 {free} MB"), format!("{free} MB free"));
    let state = match free {
        0..200 => CheckState::Fail,
        200..2000 => CheckState::Warn,
        _ => CheckState::Ok,
    };
    let check = Check::new("disk", DISK, state, found);
    if state == CheckState::Ok {
        check
    } else {
        check.advice(
            "请清理磁盘，或把数据目录移到更大的磁盘。",
            "Free some space, or move the data folder to a larger disk.",
        )
    }
}

#[cfg(not(unix))]
fn disk(_data: &Path) -> Check {
    Check::new("disk", DISK, CheckState::Warn, Bilingual::new("本系统上不检查", "not checked on this system"))
}

const DATABASE: Fixed = Fixed { zh: "数据库", en: "Database" };

/// Adds the checks of the database; returns the moment of its newest event.
async fn database(settings: &ServeSettings, all: &mut Vec<Check>) -> Option<i64> {
    if matches!(&settings.database, DbUrl::Sqlite(path) if !path.exists()) {
        let found = Bilingual::new("还没有数据库", "there is no database yet");
        all.push(
            Check::new("database", DATABASE, CheckState::Ok, found)
                .advice("第一次启动时自动建立。", "It is made at the first start."),
        );
        return None;
    }
    let db = match Db::open(&settings.database).await {
        Ok(db) => db,
        Err(error) => {
            let found = Bilingual::new(error.to_string(), error.to_string());
            all.push(Check::new("database", DATABASE, CheckState::Fail, found).advice(
                "请检查数据库设置，以及数据库是否在运行、能否连接。",
                "Check the setting, and whether the database runs and can be reached.",
            ));
            return None;
        }
    };
    all.push(damage(&db).await);
    let newest = newest_event(&db).await;
    // The answer is known; that the connections close late changes nothing.
    let _ = db.close().await;
    newest
}

async fn newest_event(db: &Db) -> Option<i64> {
    let seq = event::newest(db.read()).await.ok()?;
    event::after(db.read(), seq - 1).await.ok()?.last().map(|e| e.at.millis())
}

async fn damage(db: &Db) -> Check {
    let kind = match db.backend() {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
    };
    match dump::damage(db).await {
        Ok(None) => Check::new(
            "database",
            DATABASE,
            CheckState::Ok,
            Bilingual::new(format!("{kind}，能打开，未见损坏"), format!("{kind}; it opens and is not damaged")),
        ),
        Ok(Some(what)) => Check::new(
            "database",
            DATABASE,
            CheckState::Fail,
            Bilingual::new(format!("已损坏：{what}"), format!("damaged: {what}")),
        )
        .advice(
            "请停止服务，保留现状，从最近的备份恢复到新的数据目录。",
            "Stop the server, keep everything as it is, and restore the last backup into a new data folder.",
        ),
        Err(error) => Check::new(
            "database",
            DATABASE,
            CheckState::Fail,
            Bilingual::new(format!("不能读取：{error}"), format!("cannot be read: {error}")),
        )
        .advice("请检查数据库设置，或先运行 keqiao migrate。", "Check the setting, or run `keqiao migrate` first."),
    }
}

const CLOCK: Fixed = Fixed { zh: "时钟", en: "Clock" };
/// When this was written: no right clock shows less.
const WRITTEN_MS: i64 = 1_795_000_000_000;

fn clock_check(clock: &dyn Clock, newest: Option<i64>) -> Check {
    let now = clock.now();
    let found = Bilingual::new(format!("北京时间 {}", now.minute()), format!("{} in China", now.minute()));
    let behind = now.millis() < WRITTEN_MS || newest.is_some_and(|at| at > now.millis() + 60_000);
    let check = Check::new("clock", CLOCK, if behind { CheckState::Fail } else { CheckState::Ok }, found);
    if behind {
        check.advice(
            "时钟慢了，动态口令和记录时间都会出错。请启用时间同步。",
            "The clock is behind: one-time codes and recorded times go wrong. Turn on time synchronisation.",
        )
    } else {
        check
    }
}

const COOKIES: Fixed = Fixed { zh: "登录凭据", en: "Cookies" };

fn cookies(settings: &ServeSettings) -> Check {
    if settings.app.secure_cookies || settings.listen.ip().is_loopback() {
        return Check::new(
            "cookies",
            COOKIES,
            CheckState::Ok,
            Bilingual::new("不会明文经过网络", "do not cross the network in clear"),
        );
    }
    Check::new("cookies", COOKIES, CheckState::Warn, Bilingual::new("会明文经过网络", "cross the network in clear"))
        .advice("除非是封闭的内网，请使用 https。", "Use https, unless the network is closed.")
}

fn fonts() -> Check {
    let title = Fixed { zh: "字体", en: "Fonts" };
    let found = Bilingual::new(
        "服务器不需要字体：网页和文件用读者电脑上的字体",
        "the server needs none: pages and files use those of the reader's computer",
    );
    Check::new("fonts", title, CheckState::Ok, found)
}

/// Asks the model of the settings for one vector.
async fn model(meaning: Meaning) -> Check {
    let title = Fixed { zh: "向量模型", en: "Model of meaning" };
    let asked = tokio::task::spawn_blocking(move || {
        let Some(model) = model_of(&meaning)? else { return Ok(None) };
        let length = model.embed(Kind::Query, &["体检"])?.first().map_or(0, |vector| vector.0.len());
        Ok(Some((model.name().to_owned(), length)))
    });
    let check = |state, found| Check::new("model", title, state, found);
    match asked.await {
        Ok(Ok(None)) => {
            let found = Bilingual::new("没有设置，按词语检索和匹配", "none is set: search and matching go by words");
            check(CheckState::Ok, found)
        }
        Ok(Ok(Some((name, length)))) => {
            check(CheckState::Ok, Bilingual::new(format!("{name}，{length} 维"), format!("{name}, {length} numbers")))
        }
        Ok(Err::<_, Problem>(problem)) => check(CheckState::Warn, problem.message),
        Err(error) => check(CheckState::Warn, Bilingual::new(error.to_string(), error.to_string())),
    }
}
