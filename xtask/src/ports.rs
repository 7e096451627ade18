//! Ports of the local validator: RPC on one, websocket on the next.

use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, TcpListener};

/// `wanted`, if it and the next are free.
pub fn claim(wanted: u16) -> Result<u16> {
    let next = wanted
        .checked_add(1)
        .context("--port must be below 65535: the websocket takes the next one")?;
    for port in [wanted, next] {
        if !is_free(port) {
            bail!("port {port} is in use: stop what listens there, or choose another with --port");
        }
    }
    Ok(wanted)
}

/// A port that is free, with the next.
pub fn find() -> Result<u16> {
    for _ in 0..100 {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        if claim(port).is_ok() {
            return Ok(port);
        }
    }
    bail!("no two neighbouring free ports on this machine")
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_named_whether_it_is_the_first_or_the_second() {
        let port = find().unwrap();
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, port + 1)).unwrap();
        for wanted in [port, port + 1] {
            let error = claim(wanted).unwrap_err().to_string();
            assert_eq!(
                error,
                format!(
                    "port {} is in use: stop what listens there, or choose another with --port",
                    port + 1
                )
            );
        }
        drop(taken);
        assert_eq!(claim(port).unwrap(), port);
    }

    #[test]
    fn the_last_port_leaves_none_for_the_websocket() {
        assert!(claim(u16::MAX).is_err());
    }
}
