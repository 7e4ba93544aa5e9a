//! The commands around the server as an operator uses them: a real process, a real data folder.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use super::{command, err, folder, keqiao, out};

/// A server that is killed when the test ends badly.
struct Server {
    child: Child,
    address: String,
    /// What it says later has to have a reader.
    _said: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts `serve` on a free port and waits until it says that it is ready.
    fn start(args: &[&str]) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let all = [&["serve", "--listen", &address][..], args].concat();
        let mut child = command(&all).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.find_map(|l| l.ok().filter(|l| l.contains("已就绪"))).expect("it says that it is ready");
        assert!(ready.contains(&address), "{ready}");
        Server { child, address, _said: lines }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Tells it to stop, as a service manager does; gives its exit code.
    fn stop(mut self) -> Option<i32> {
        let told = std::process::Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already when the test went well.
        let _ = self.child.kill();
    }
}

#[test]
fn a_server_runs_is_saved_and_restored() {
    let place = folder("server");
    let (data, copy) = (place.join("data"), place.join("copy"));
    let (data, copy) = (data.to_str().unwrap(), copy.to_str().unwrap());
    let backup = place.join("backup.zip");
    let backup = backup.to_str().unwrap();

    let server = Server::start(&["--data", data, "--log-format", "json"]);
    assert!(server.get("/health/ready").starts_with("HTTP/1.1 200"));
    assert!(server.get("/").contains("<html"));
    assert!(server.get("/metrics").contains("keqiao_requests_total"));
    assert_eq!(keqiao(&["doctor", "--running", &server.address]).status.code(), Some(0));
    let saved = keqiao(&["backup", "--data", data, "-o", backup]);
    assert_eq!(saved.status.code(), Some(0), "{}", err(&saved));
    assert!(out(&saved).contains("已备份并读回核对"), "{}", out(&saved));
    let address = server.address.clone();
    assert_eq!(server.stop(), Some(0), "it ends in order");
    assert_eq!(keqiao(&["doctor", "--running", &address]).status.code(), Some(2), "nobody answers any more");

    assert_eq!(keqiao(&["backup", "--verify", backup]).status.code(), Some(0));
    let restored = keqiao(&["restore", backup, "--data", copy]);
    assert_eq!(restored.status.code(), Some(0), "{}", err(&restored));
    let again = keqiao(&["restore", backup, "--data", copy]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("已有数据"), "{}", err(&again));
    let verified = keqiao(&["verify-log", "--data", copy]);
    assert_eq!(verified.status.code(), Some(0), "{}", out(&verified));
    let doctor = keqiao(&["doctor", "--data", copy, "--format", "json"]);
    let checks: serde_json::Value = serde_json::from_str(&out(&doctor)).unwrap();
    let database = checks.as_array().unwrap().iter().find(|c| c["name"] == "database").unwrap();
    assert_eq!(database["state"], "ok", "{database}");
    let permissions = checks.as_array().unwrap().iter().find(|c| c["name"] == "permissions").unwrap();
    assert_eq!(permissions["state"], "ok", "the folder was made for one account: {permissions}");
    let model = |args: &[&str]| {
        let doctor = keqiao(&[&["doctor", "--data", copy, "--format", "json"], args].concat());
        let checks: serde_json::Value = serde_json::from_str(&out(&doctor)).unwrap();
        checks.as_array().unwrap().iter().find(|c| c["name"] == "model").unwrap().clone()
    };
    assert_eq!(model(&[])["state"], "ok", "none is needed");
    let file = place.join("doctor.toml");
    std::fs::write(&file, "search_model = \"/nowhere\"\n").unwrap();
    let missing = model(&["--config", file.to_str().unwrap()]);
    assert!(missing["state"] == "warn" && missing["found"]["zh"].as_str().unwrap().contains("/nowhere"), "{missing}");
}

#[test]
fn options_come_before_the_environment_and_that_before_the_file() {
    let place = folder("precedence");
    let file = place.join("keqiao.toml");
    std::fs::write(&file, "listen = \"0.0.0.0:7002\"\n").unwrap();
    let file = file.to_str().unwrap();
    // All of them listen wider than this machine, so the refusal says which one was taken.
    let taken = |args: &[&str], env: &[(&str, &str)]| {
        let all = [&["serve"][..], args].concat();
        let output = command(&all).envs(env.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        err(&output)
    };
    let env = [("KEQIAO_CONFIG", file), ("KEQIAO_LISTEN", "0.0.0.0:7001")];
    assert!(taken(&["--listen", "0.0.0.0:7003"], &env).contains(":7003"));
    assert!(taken(&[], &env).contains(":7001"));
    assert!(taken(&[], &env[..1]).contains(":7002"));
}

#[test]
fn a_misspelt_setting_is_refused_with_what_was_meant() {
    let place = folder("misspelt");
    let file = place.join("keqiao.toml");
    std::fs::write(&file, "datta = \"x\"\n").unwrap();
    let output = keqiao(&["serve", "--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("是不是“data”"), "{}", err(&output));
}
