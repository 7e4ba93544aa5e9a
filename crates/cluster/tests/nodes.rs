//! A cluster on loopback: a scheduler and executors, each a process of its own, ended with the test.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that ends with the test, however that ends.
pub(crate) struct Node(Child);

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Node {
    /// `SIGKILL`: no farewell, nothing put away.
    pub(crate) fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    fn start(args: &[&str]) -> Node {
        let child = Command::new(program()).args(args).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Node(child.expect("the example `province` starts"))
    }
}

/// The example that `cargo test` builds beside the tests.
fn program() -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let built = this.parent().and_then(Path::parent).unwrap().join("examples").join("province");
    assert!(built.exists(), "{} is missing: run `cargo test -p keqiao-cluster --features engine`", built.display());
    built
}

/// A scheduler with two executors of one task each.
pub(crate) struct Cluster {
    /// Where to ask.
    pub(crate) address: String,
    pub(crate) executors: Vec<Node>,
    /// Where each executor keeps what it worked out.
    pub(crate) folders: Vec<tempfile::TempDir>,
    _scheduler: Node,
}

impl Cluster {
    pub(crate) fn start() -> Cluster {
        let address = format!("127.0.0.1:{}", free_pair());
        let scheduler = Node::start(&["scheduler", &address]);
        wait_for(&address);
        let folders: Vec<_> = (0..2).map(|_| tempfile::tempdir().unwrap()).collect();
        let executors = folders.iter().map(|folder| {
            let bind = format!("127.0.0.1:{}", free_pair());
            let node = Node::start(&["executor", &bind, &address, folder.path().to_str().unwrap()]);
            wait_for(&bind);
            node
        });
        Cluster { executors: executors.collect(), address, folders, _scheduler: scheduler }
    }
}

/// A port such that it and the next one are free.
fn free_pair() -> u16 {
    for _ in 0..100 {
        let one = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = one.local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
    panic!("no two free ports side by side");
}

fn wait_for(address: &str) {
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody listens on {address}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// How many files of results lie in a folder, however deep.
pub(crate) fn files_in(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|e| if e.path().is_dir() { files_in(&e.path()) } else { 1 }).sum()
}
