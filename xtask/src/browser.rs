//! The browser tests: builds the binary, starts it with sample data on a free port of this machine, runs `tests/browser` against it with node and
//! chromium. Where these are absent it says so and passes, unless it is required.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::tree;

/// How long the site may take to answer for the first time, in steps of a tenth of a second.
const START_TENTHS: usize = 600;
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Runs the tests; `required` makes an absent browser a failure. `only` names test files, all when empty.
pub(crate) fn run(required: bool, only: &[&str]) -> Result<(), String> {
    let (Some(chromium), Some(node), Some(npm)) =
        (BROWSERS.iter().find_map(|b| on_path(b)), on_path("node"), on_path("npm"))
    else {
        return absent(required, "chromium, node or npm is not on this machine");
    };
    let folder = tree::root().join("tests/browser");
    if !folder.join("node_modules").is_dir() {
        let install = ["install", "--no-audit", "--no-fund", "--no-package-lock"];
        if let Err(e) = done("npm install", Command::new(npm).args(install).current_dir(&folder)) {
            return absent(required, &e);
        }
    }
    // As the tests build it, so nothing is built twice.
    crate::ci::step("build", crate::ci::cargo(&["test", "--workspace", "--no-run"]))?;
    let data = folder.join("node_modules/.keqiao-data");
    let site = Site::start(&data)?;
    let mut tests = Command::new(node);
    tests.args(["--test", "--test-concurrency=1"]).current_dir(&folder);
    tests.env("KEQIAO_ADDRESS", format!("http://{}", site.address)).env("CHROMIUM", chromium);
    tests.args(only.iter().map(|name| format!("{name}.test.mjs")));
    done("node --test", &mut tests)
}

/// The site, ended when it goes out of use.
struct Site {
    process: Child,
    address: SocketAddr,
}

impl Site {
    fn start(data: &Path) -> Result<Site, String> {
        if data.exists() {
            std::fs::remove_dir_all(data).map_err(|e| format!("browser: {}: {e}", data.display()))?;
        }
        let free =
            TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).map_err(|e| format!("browser: {e}"))?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| tree::root().join("target"), PathBuf::from);
        let mut command = Command::new(target.join("debug/keqiao"));
        command.args(["serve", "--demo", "--listen", &free.to_string(), "--data"]).arg(data);
        let process =
            command.stdin(Stdio::null()).spawn().map_err(|e| format!("browser: the site cannot be started: {e}"))?;
        let mut site = Site { process, address: free };
        for _ in 0..START_TENTHS {
            if ready(free) {
                return Ok(site);
            }
            if let Ok(Some(status)) = site.process.try_wait() {
                return Err(format!("browser: the site ended ({status})"));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("browser: the site does not answer".to_owned())
    }
}

/// Whether the site says that it is ready.
fn ready(site: SocketAddr) -> bool {
    let mut answer = String::new();
    let asked = TcpStream::connect(site).and_then(|mut socket| {
        write!(socket, "GET /health/ready HTTP/1.0\r\nHost: {site}\r\n\r\n")?;
        socket.read_to_string(&mut answer)
    });
    asked.is_ok() && answer.starts_with("HTTP/1.0 200")
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing left to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn absent(required: bool, what: &str) -> Result<(), String> {
    if required {
        return Err(format!("browser: {what}"));
    }
    println!("== browser: SKIPPED. {what}. Nothing was tested in a browser.");
    Ok(())
}

fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn done(name: &str, command: &mut Command) -> Result<(), String> {
    println!("== {name}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("browser: {name} failed ({status})")),
        Err(e) => Err(format!("browser: {name} cannot be started: {e}")),
    }
}
