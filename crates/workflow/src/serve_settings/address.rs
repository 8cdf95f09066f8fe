//! Where the server may listen, and what people type.
//!
//! By default only this machine reaches the server. What others can reach, by its own address or through a proxy, needs
//! accounts and a way on which nobody reads along.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use super::ServeSettings;

/// What people type before the path: `https://credway.college.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress {
    /// Whether it is `https`.
    pub https: bool,
    /// The name or the address, in lower case, without the port; IPv6 in brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl PublicAddress {
    /// Whether a Host header names this address.
    #[must_use]
    pub fn is_named_by(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let Some(rest) = host.strip_prefix(&self.host) else { return false };
        match rest.strip_prefix(':') {
            Some(port) => port == self.port.to_string(),
            None => rest.is_empty() && self.port == self.usual_port(),
        }
    }

    /// Whether only this machine can mean itself by it.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    const fn usual_port(&self) -> u16 {
        if self.https { 443 } else { 80 }
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", if self.https { "https" } else { "http" }, self.host)?;
        if self.port == self.usual_port() { Ok(()) } else { write!(formatter, ":{}", self.port) }
    }
}

/// A public address that is none.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no address people can type: write https://NAME or https://NAME:PORT, without a path")]
pub struct PublicAddressError(String);

impl FromStr for PublicAddress {
    type Err = PublicAddressError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let wrong = || PublicAddressError(given.to_owned());
        let lower = given.to_ascii_lowercase();
        let (https, rest) = match (lower.strip_prefix("https://"), lower.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(wrong()),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        // The colons of an IPv6 address stand within its brackets.
        let end = rest.rfind(']').map_or(0, |at| at + 1);
        let (host, port) = match rest[end..].rfind(':') {
            Some(colon) => (&rest[..end + colon], Some(&rest[end + colon + 1..])),
            None => (rest, None),
        };
        let port = match port {
            Some(port) => port.parse().ok().filter(|port| *port != 0).ok_or_else(wrong)?,
            None if https => 443,
            None => 80,
        };
        if !is_host(host) {
            return Err(wrong());
        }
        Ok(Self { https, host: host.to_owned(), port })
    }
}

fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// Why the server does not listen as it is told to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    /// Others could reach it, and something that protects them is missing.
    #[error("{place}: other machines can reach it; {}. Or listen on 127.0.0.1 or [::1] only, without a public address", missing.join("; "))]
    Reachable {
        /// The address that is reached.
        place: String,
        /// What is missing, as things to do.
        missing: Vec<&'static str>,
    },
    /// Metrics stay on this machine.
    #[error("metrics are served on this machine only, and {address} can be reached by others; use 127.0.0.1 or [::1]")]
    Metrics {
        /// The address.
        address: SocketAddr,
    },
}

const ACCOUNTS: &str = "turn accounts on (accounts = true)";
const PUBLIC: &str = "say what people type (listen.public_address = \"https://…\")";
const HTTPS: &str = "let the public address begin with https://";
const WAY: &str =
    "give a certificate (tls.certificate, tls.key), or name the proxy that has one (listen.trusted_proxies)";

impl ServeSettings {
    /// Why the server may not be started like this, if it may not.
    ///
    /// On this machine alone nothing is asked. What others can reach needs accounts, a public address with `https`, and
    /// TLS given here or a trusted proxy that speaks it.
    #[must_use]
    pub fn refusal(&self) -> Option<AddressRefused> {
        if let Some(metrics) = &self.metrics
            && !metrics.address.ip().is_loopback()
        {
            return Some(AddressRefused::Metrics { address: metrics.address });
        }
        let told = self.public_address.as_ref().filter(|public| !public.is_this_machine());
        if self.address.ip().is_loopback() && told.is_none() {
            return None;
        }
        let checks = [
            (self.accounts, ACCOUNTS),
            (self.public_address.is_some(), PUBLIC),
            (self.public_address.as_ref().is_none_or(|public| public.https), HTTPS),
            (self.tls.is_some() || !self.trusted_proxies.is_empty(), WAY),
        ];
        let missing: Vec<&'static str> = checks.iter().filter(|(there, _)| !there).map(|(_, what)| *what).collect();
        let place = match told {
            Some(public) if self.address.ip().is_loopback() => public.to_string(),
            _ => self.address.to_string(),
        };
        (!missing.is_empty()).then_some(AddressRefused::Reachable { place, missing })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MetricsSettings, TlsFiles};

    #[test]
    fn what_people_type_is_read_and_written() {
        for (given, expected) in [
            ("https://credway.college.example", Some("https://credway.college.example")),
            ("HTTPS://Credway.College.Example/", Some("https://credway.college.example")),
            ("https://credway.college.example:8443", Some("https://credway.college.example:8443")),
            ("http://localhost:8087", Some("http://localhost:8087")),
            ("https://[::1]:443", Some("https://[::1]")),
            ("https://credway.college.example/path", None),
            ("https://a@b.example", None),
            ("https://", None),
            ("https://-a.example", None),
            ("https://a.example:0", None),
            ("https://[::g]", None),
            ("credway.college.example", None),
            ("ftp://credway.college.example", None),
        ] {
            let read = given.parse::<PublicAddress>().ok().map(|address| address.to_string());
            assert_eq!(read.as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn a_host_header_names_the_public_address_or_not() {
        for (address, host, expected) in [
            ("https://a.example", "a.example", true),
            ("https://a.example", "A.Example", true),
            ("https://a.example", "a.example:443", true),
            ("https://a.example", "a.example:80", false),
            ("https://a.example", "a.example.attacker.test", false),
            ("https://a.example:8443", "a.example:8443", true),
            ("https://a.example:8443", "a.example", false),
            ("https://a.example", "xa.example", false),
        ] {
            assert_eq!(address.parse::<PublicAddress>().unwrap().is_named_by(host), expected, "{address} {host}");
        }
    }

    /// Settings by what is given: address, public address, accounts, TLS, proxies.
    fn settings(address: &str, public: Option<&str>, accounts: bool, tls: bool, proxies: bool) -> ServeSettings {
        ServeSettings {
            public_address: public.map(|public| public.parse().unwrap()),
            accounts,
            tls: tls.then(|| TlsFiles { certificate: "a".into(), key: "b".into() }),
            trusted_proxies: if proxies { vec!["10.0.0.0/8".parse().unwrap()] } else { Vec::new() },
            ..ServeSettings::at(address.parse().unwrap())
        }
    }

    #[test]
    fn what_others_reach_is_refused_until_nothing_is_missing() {
        let name = Some("https://a.example");
        for (address, public, accounts, tls, proxies, missing) in [
            ("127.0.0.1:0", None, false, false, false, vec![]),
            ("[::1]:0", None, false, true, true, vec![]),
            ("127.0.0.1:0", Some("http://localhost:8087"), false, false, false, vec![]),
            ("0.0.0.0:1", None, false, false, false, vec![ACCOUNTS, PUBLIC, WAY]),
            ("[::]:1", None, true, false, false, vec![PUBLIC, WAY]),
            ("10.0.0.1:1", name, false, true, false, vec![ACCOUNTS]),
            ("10.0.0.1:1", name, true, false, false, vec![WAY]),
            ("10.0.0.1:1", Some("http://a.example"), true, true, false, vec![HTTPS]),
            ("10.0.0.1:1", None, true, true, false, vec![PUBLIC]),
            ("10.0.0.1:1", name, true, true, false, vec![]),
            ("10.0.0.1:1", name, true, false, true, vec![]),
            // Behind a proxy on the same machine others reach it all the same.
            ("127.0.0.1:1", name, false, false, true, vec![ACCOUNTS]),
            ("127.0.0.1:1", name, true, false, false, vec![WAY]),
            ("127.0.0.1:1", name, true, false, true, vec![]),
        ] {
            let refused = settings(address, public, accounts, tls, proxies).refusal();
            let found = match &refused {
                Some(AddressRefused::Reachable { missing, .. }) => missing.clone(),
                _ => Vec::new(),
            };
            assert_eq!(found, missing, "{address} {public:?} {accounts} {tls} {proxies}: {refused:?}");
            assert_eq!(refused.is_none(), missing.is_empty());
        }
    }

    #[test]
    fn metrics_stay_on_this_machine() {
        let mut settings = settings("127.0.0.1:0", None, false, false, false);
        settings.metrics = Some(MetricsSettings { address: "0.0.0.0:9".parse().unwrap(), token: None });
        assert!(matches!(settings.refusal(), Some(AddressRefused::Metrics { .. })));
        settings.metrics = Some(MetricsSettings { address: "[::1]:9".parse().unwrap(), token: None });
        assert_eq!(settings.refusal(), None);
    }
}
