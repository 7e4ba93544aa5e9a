//! The ports of a cluster know no passwords. They open beyond this machine only when somebody says that the network is theirs alone.

use std::net::SocketAddr;

use keqiao_base::{Kind, Refusal};

/// Refuses an address that other machines reach, unless the network was said to be trusted.
///
/// # Errors
/// `cluster.exposed`.
pub fn guard(bind: SocketAddr, trusted_network: bool) -> Result<(), Refusal> {
    if bind.ip().is_loopback() || trusted_network {
        return Ok(());
    }
    Err(Refusal::new(
        Kind::Forbidden,
        "cluster.exposed",
        format!(
            "{bind} 对其他机器开放，而集群端口没有口令：能连上的人可以读取本机文件、运行任意查询。\
             只有在专用的内部网络里才可以开放，确认后请加 --trusted-network。"
        ),
        format!(
            "{bind} is open to other machines, and a cluster's ports ask for no password: whoever reaches one can have files of \
             this machine read. Do so only in a network of its own; then say --trusted-network."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_unless_said_otherwise() {
        for near in ["127.0.0.1:50050", "127.8.8.8:1", "[::1]:50050"] {
            assert!(guard(near.parse().unwrap(), false).is_ok(), "{near}");
        }
        for far in ["0.0.0.0:50050", "10.0.0.7:50050", "[::]:50050", "203.0.113.5:1"] {
            assert_eq!(guard(far.parse().unwrap(), false).unwrap_err().code, "cluster.exposed", "{far}");
            assert!(guard(far.parse().unwrap(), true).is_ok(), "{far}");
        }
    }
}
