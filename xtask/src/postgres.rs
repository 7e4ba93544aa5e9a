//! `cargo xtask postgres`: a private PostgreSQL in a temporary folder, on loopback, for as long as the storage suite runs on it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs all tests once more, those that speak to a database on PostgreSQL. All, because any choice among them would have cargo choose
/// features anew and build for minutes; the others take seconds. Without its programs this is skipped, loudly, unless `required`.
pub(crate) fn run(required: bool) -> Result<(), String> {
    let Some(programs) = programs() else {
        let lack =
            "initdb and pg_ctl are not on this machine (looked in PATH, /usr/local/bin, /usr/lib/postgresql/*/bin)";
        if required {
            return Err(format!("postgres: {lack}"));
        }
        println!("== postgres: SKIPPED. {lack}. Nothing was tested on PostgreSQL.");
        return Ok(());
    };
    let server = Server::start(&programs)?;
    let mut tests = crate::ci::cargo(&["test", "--workspace"]);
    tests.env("KEQIAO_TEST_POSTGRES", &server.url);
    crate::ci::step("tests on PostgreSQL", tests)
}

/// The folder with `initdb` and `pg_ctl`, the newest where there are several.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push("/usr/local/bin".into());
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path().join("bin")).collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    folders.into_iter().find(|f| f.join("initdb").exists() && f.join("pg_ctl").exists())
}

/// A running server; it stops and its folder goes when this is dropped.
struct Server {
    programs: PathBuf,
    folder: PathBuf,
    url: String,
    as_postgres: bool,
}

impl Server {
    fn start(programs: &Path) -> Result<Server, String> {
        let folder = std::env::temp_dir().join(format!("keqiao-postgres-{}", std::process::id()));
        fs::create_dir(&folder).map_err(|e| format!("postgres: {}: {e}", folder.display()))?;
        // The port is free now; that another takes it before the server does is unlikely, and then it says so.
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).map_err(|e| format!("postgres: {e}"))?.port();
        let url = format!("postgres://keqiao@127.0.0.1:{port}/postgres");
        let server = Server { programs: programs.to_owned(), folder, url, as_postgres: is_root() };
        if server.as_postgres {
            // PostgreSQL refuses to run as root.
            step("chown", Command::new("chown").arg("postgres").arg(&server.folder))?;
        }
        let data = server.folder.join("data");
        let data = data.to_string_lossy();
        server.program("initdb", &["-D", &data, "-U", "keqiao", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])?;
        // Nothing outlives the tests, so nothing needs to reach the disk.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=600"
        );
        let log = server.folder.join("log");
        server.program("pg_ctl", &["-D", &data, "-l", &log.to_string_lossy(), "-o", &options, "-w", "start"])?;
        println!("== postgres: {} on port {port}", programs.display());
        Ok(server)
    }

    fn program(&self, name: &str, args: &[&str]) -> Result<(), String> {
        let program = self.programs.join(name);
        let mut command = if self.as_postgres {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        step(name, command.args(args).current_dir(&self.folder).stdout(Stdio::null()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let stopped = self.program("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "-w", "stop"]);
        let gone = fs::remove_dir_all(&self.folder).map_err(|e| e.to_string());
        if let Err(why) = stopped.and(gone) {
            eprintln!("postgres: {} stays behind: {why}", self.folder.display());
        }
    }
}

fn step(name: &str, command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("postgres: {name} failed ({status})")),
        Err(e) => Err(format!("postgres: {name} cannot be started: {e}")),
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"))
}
