//! Which addresses may be called: the issuer's own host and port, and the hosts the administrator listed; nothing that
//! a discovery document, a token or a redirect may lead to beside them.

use std::net::IpAddr;

use openidconnect::url::{Host, Url};

use super::{OpenIdError, Settings};

/// The hosts and ports of one provider.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    authorities: Vec<(String, u16)>,
    plain: bool,
}

impl Reach {
    pub(super) fn of(settings: &Settings) -> Result<Self, OpenIdError> {
        settings.check()?;
        let issuer = Url::parse(&settings.issuer).map_err(|_| OpenIdError::Settings("the issuer is not an address"))?;
        let authorities = authority_of(&issuer).into_iter();
        let authorities = authorities.chain(settings.hosts.iter().filter_map(|host| authority(host))).collect();
        Ok(Self { authorities, plain: issuer.scheme() == "http" })
    }

    /// Whether this address may be called, or a browser sent there.
    pub(super) fn check(&self, url: &Url) -> Result<(), OpenIdError> {
        let scheme = url.scheme() == "https" || (self.plain && url.scheme() == "http" && is_loopback(url));
        let known = authority_of(url).is_some_and(|authority| self.authorities.contains(&authority));
        let bare = url.username().is_empty() && url.password().is_none();
        if scheme && known && bare {
            return Ok(());
        }
        Err(OpenIdError::ForbiddenAddress { address: url.origin().ascii_serialization() })
    }
}

/// Host and port of `host` or `host:port`.
pub(super) fn authority(text: &str) -> Option<(String, u16)> {
    let url = Url::parse(&format!("https://{text}")).ok()?;
    let whole = url.path() == "/" && !text.ends_with('/') && url.query().is_none() && url.fragment().is_none();
    (whole && url.username().is_empty() && url.password().is_none()).then(|| authority_of(&url))?
}

fn authority_of(url: &Url) -> Option<(String, u16)> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}

/// Whether the address names this very machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reach(issuer: &str, hosts: &[&str]) -> Reach {
        let settings = json!({
            "issuer": issuer, "client_id": "a", "redirect": "https://b.example/", "hosts": hosts,
            "allow_plain_http_loopback": true,
        });
        Reach::of(&serde_json::from_value(settings).unwrap()).unwrap()
    }

    #[track_caller]
    fn check(reach: &Reach, url: &str, expected: bool) {
        assert_eq!(reach.check(&Url::parse(url).unwrap()).is_ok(), expected, "{url}");
    }

    #[test]
    fn only_the_issuer_and_what_is_listed() {
        let reach = reach("https://id.example.edu/college", &["keys.example.edu", "more.example.edu:8443"]);
        check(&reach, "https://id.example.edu/token", true);
        check(&reach, "https://ID.example.edu:443/token", true);
        check(&reach, "https://keys.example.edu/jwks", true);
        check(&reach, "https://more.example.edu:8443/jwks", true);
        check(&reach, "https://more.example.edu/jwks", false);
        check(&reach, "https://id.example.edu:8443/token", false);
        check(&reach, "https://a.id.example.edu/token", false);
        check(&reach, "https://id.example.edu.attacker.example/token", false);
        check(&reach, "https://id.example.edu@attacker.example/token", false);
        check(&reach, "https://a:b@id.example.edu/token", false);
        check(&reach, "http://id.example.edu/token", false);
        check(&reach, "http://127.0.0.1/token", false);
        check(&reach, "https://127.0.0.1/token", false);
        check(&reach, "http://169.254.169.254/latest/meta-data", false);
        check(&reach, "file:///etc/passwd", false);
    }

    #[test]
    fn plain_http_only_at_a_plain_issuer() {
        let reach = reach("http://127.0.0.1:4000", &[]);
        check(&reach, "http://127.0.0.1:4000/token", true);
        check(&reach, "http://127.0.0.1:4001/token", false);
        check(&reach, "http://localhost:4000/token", false);
    }

    #[test]
    fn hosts_are_read() {
        assert_eq!(authority("a.example"), Some(("a.example".to_owned(), 443)));
        assert_eq!(authority("a.example:8443"), Some(("a.example".to_owned(), 8443)));
        for wrong in ["", "a.example/b", "a.example/", "b@a.example", "https://a.example", "a.example?b", "*.example:x"]
        {
            assert_eq!(authority(wrong), None, "{wrong}");
        }
    }
}
