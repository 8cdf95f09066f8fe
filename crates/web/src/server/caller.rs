//! Who is at the other end, as far as an address says it.
//!
//! Headers that tell another address (`X-Forwarded-For`) count only where a proxy wrote them that the settings name;
//! anybody else may write anything there. The address serves to count requests and to say in the history where a change
//! came from; it is never logged.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::HeaderMap;
use credway_workflow::ServeSettings;
use ipnet::IpNet;

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    /// Its address.
    pub(crate) address: SocketAddr,
    /// Whether the connection is TLS.
    pub(crate) tls: bool,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The address, that of the person's machine also behind a trusted proxy.
    pub(crate) address: IpAddr,
    /// Whether the person's machine spoke TLS, as far as is known.
    pub(crate) secure: bool,
}

impl Caller {
    /// Who sends a request; `None` where it did not come over a network.
    pub(crate) fn of(request: &Request, settings: &ServeSettings) -> Option<Self> {
        let peer = request.extensions().get::<Peer>()?;
        Some(Self::behind(*peer, request.headers(), &settings.trusted_proxies))
    }

    /// Who is behind `peer`: the last address in the chain that no trusted proxy has.
    fn behind(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let mut address = plain(peer.address.ip());
        if !is_trusted(address, trusted) {
            return Self { address, secure: peer.tls };
        }
        let chain: Vec<&str> = values(headers, "x-forwarded-for");
        for one in chain.iter().rev() {
            // What cannot be read was not written by our proxy: the last address it vouches for stands.
            let Some(next) = read(one) else { break };
            address = next;
            if !is_trusted(address, trusted) {
                break;
            }
        }
        let secure = match values(headers, "x-forwarded-proto").last() {
            Some(scheme) => scheme.eq_ignore_ascii_case("https"),
            None => peer.tls,
        };
        Self { address, secure }
    }
}

/// The members of a header that may stand several times, each with several members.
fn values<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    let lines = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(str::trim).collect()
}

/// An address as proxies write it: bare, or with a port.
fn read(given: &str) -> Option<IpAddr> {
    let bare = given.parse().ok().or_else(|| given.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    bare.or_else(|| given.strip_prefix('[')?.strip_suffix(']')?.parse().ok()).map(plain)
}

/// An IPv4 address as itself, also where the system tells it as IPv6.
pub(super) fn plain(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

pub(super) fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn caller(peer: &str, forwarded: &[&str], scheme: Option<&str>) -> (String, bool) {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
        }
        if let Some(scheme) = scheme {
            headers.insert("x-forwarded-proto", HeaderValue::from_str(scheme).unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let peer = Peer { address: SocketAddr::new(peer.parse().unwrap(), 1), tls: false };
        let caller = Caller::behind(peer, &headers, &trusted);
        (caller.address.to_string(), caller.secure)
    }

    #[test]
    fn only_trusted_proxies_tell_another_address() {
        for (peer, forwarded, expected) in [
            ("203.0.113.9", &[][..], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::1", &["2001:db8::5"], "2001:db8::5"),
            ("10.0.0.1", &["[2001:db8::5]:4711"], "2001:db8::5"),
            ("10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            // What the caller wrote stands before what the proxy added.
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66", "198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            ("10.0.0.1", &["10.1.1.1, 10.9.9.9"], "10.1.1.1"),
            ("10.0.0.1", &["192.0.2.66, unknown, 10.9.9.9"], "10.9.9.9"),
            ("10.0.0.1", &["<script>"], "10.0.0.1"),
        ] {
            assert_eq!(caller(peer, forwarded, None).0, expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn only_trusted_proxies_tell_the_scheme() {
        for (peer, scheme, expected) in [
            ("10.0.0.1", Some("https"), true),
            ("10.0.0.1", Some("http"), false),
            ("10.0.0.1", Some("https, http"), false),
            ("10.0.0.1", None, false),
            ("203.0.113.9", Some("https"), false),
        ] {
            assert_eq!(caller(peer, &[], scheme).1, expected, "{peer} {scheme:?}");
        }
    }
}
