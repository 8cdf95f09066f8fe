//! What the administrator sets for single sign-on, and whether it can be used.

use openidconnect::ClientSecret;
use openidconnect::url::Url;
use serde::Deserialize;

use super::OpenIdError;
use super::reach::{authority, is_loopback};

/// One identity provider, as the configuration gives it. [`Settings::check`] says whether it can be used.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The issuer, exactly as the provider writes it in its discovery document, a slash at the end included.
    pub issuer: String,
    /// The identifier under which Credway is registered there.
    pub client_id: String,
    /// The secret that goes with it. None for a public client, which PKCE alone protects.
    #[serde(default)]
    pub client_secret: Option<ClientSecret>,
    /// Where the provider sends the browser back to, as registered there.
    pub redirect: Url,
    /// Scopes asked for beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The claim that lists the groups.
    #[serde(default = "groups_claim")]
    pub groups_claim: String,
    /// Ask the userinfo endpoint for what the ID token does not say.
    #[serde(default = "yes")]
    pub userinfo: bool,
    /// Other hosts (`host` or `host:port`) on which the provider's endpoints may be; the issuer's own always may.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Certificates (PEM) that may sign for the provider, beside the public ones.
    #[serde(default)]
    pub certificates: Option<String>,
    /// Accept `http` where the issuer is on this very machine.
    #[serde(default)]
    pub allow_plain_http_loopback: bool,
    /// Accept ID tokens signed with the client secret (HS256, HS384, HS512). Off: only the provider's own keys count.
    #[serde(default)]
    pub allow_shared_secret_signatures: bool,
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned(), "email".to_owned()]
}

fn groups_claim() -> String {
    "groups".to_owned()
}

const fn yes() -> bool {
    true
}

impl Settings {
    /// Whether a sign-in can be tried with these.
    ///
    /// # Errors
    /// [`OpenIdError::Settings`] names the first setting that cannot be used.
    pub fn check(&self) -> Result<(), OpenIdError> {
        let issuer = Url::parse(&self.issuer).map_err(|_| OpenIdError::Settings("the issuer is not an address"))?;
        let plain = issuer.scheme() == "http" && self.allow_plain_http_loopback && is_loopback(&issuer);
        let redirect_plain = self.redirect.scheme() == "http" && is_loopback(&self.redirect);
        let wrong = [
            (issuer.scheme() != "https" && !plain, "the issuer must begin with https://"),
            (issuer.query().is_some() || issuer.fragment().is_some(), "the issuer has a `?` or `#`"),
            (has_credentials(&issuer) || has_credentials(&self.redirect), "an address has a name or password in it"),
            (self.redirect.scheme() != "https" && !redirect_plain, "the redirect address must begin with https://"),
            (self.redirect.fragment().is_some(), "the redirect address has a `#`"),
            (self.client_id.trim().is_empty(), "the client identifier is empty"),
            (
                self.client_secret.as_ref().is_some_and(|secret| secret.secret().is_empty()),
                "the client secret is empty",
            ),
            (self.groups_claim.trim().is_empty(), "the claim of the groups has no name"),
            (self.scopes.iter().any(|scope| !is_scope(scope)), "a scope is empty or has a space"),
            (self.hosts.iter().any(|host| authority(host).is_none()), "a host is not of the form host or host:port"),
            (
                self.allow_shared_secret_signatures && self.client_secret.is_none(),
                "signatures with the client secret need a client secret",
            ),
        ];
        wrong.iter().find(|(is_wrong, _)| *is_wrong).map_or(Ok(()), |(_, what)| Err(OpenIdError::Settings(what)))
    }
}

fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// RFC 6749 §3.3: printable ASCII without space, quote and backslash.
fn is_scope(scope: &str) -> bool {
    !scope.is_empty() && scope.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(change: Value) -> Settings {
        let mut all = json!({
            "issuer": "https://id.example.edu/college",
            "client_id": "credway",
            "client_secret": "correct horse battery staple",
            "redirect": "https://credway.example.edu/sign-in/openid",
        });
        for (name, value) in change.as_object().unwrap() {
            all[name] = value.clone();
        }
        serde_json::from_value(all).unwrap()
    }

    #[track_caller]
    fn check(change: Value, expected: Option<&'static str>) {
        assert_eq!(read(change).check(), expected.map_or(Ok(()), |what| Err(OpenIdError::Settings(what))));
    }

    #[test]
    fn what_can_be_used() {
        check(json!({}), None);
        check(json!({"client_secret": null}), None);
        check(json!({"redirect": "http://127.0.0.1:8080/back"}), None);
        check(json!({"issuer": "http://127.0.0.1:8080", "allow_plain_http_loopback": true}), None);
        check(json!({"issuer": "http://localhost:8080", "allow_plain_http_loopback": true}), None);
        check(json!({"issuer": "http://[::1]:8080", "allow_plain_http_loopback": true}), None);
        check(json!({"hosts": ["keys.example.edu", "keys.example.edu:8443"]}), None);
    }

    #[test]
    fn what_cannot_be_used() {
        let plain = Some("the issuer must begin with https://");
        check(json!({"issuer": "http://127.0.0.1:8080"}), plain);
        check(json!({"issuer": "http://id.example.edu", "allow_plain_http_loopback": true}), plain);
        check(json!({"issuer": "http://127.0.0.1.example.edu", "allow_plain_http_loopback": true}), plain);
        check(json!({"issuer": "http://localhost.example.edu", "allow_plain_http_loopback": true}), plain);
        check(json!({"issuer": "file:///etc/passwd"}), plain);
        check(json!({"issuer": "id.example.edu"}), Some("the issuer is not an address"));
        check(json!({"issuer": "https://id.example.edu?a=b"}), Some("the issuer has a `?` or `#`"));
        check(json!({"issuer": "https://a:b@id.example.edu"}), Some("an address has a name or password in it"));
        check(
            json!({"redirect": "http://credway.example.edu/"}),
            Some("the redirect address must begin with https://"),
        );
        check(json!({"redirect": "https://credway.example.edu/#a"}), Some("the redirect address has a `#`"));
        check(json!({"client_id": " "}), Some("the client identifier is empty"));
        check(json!({"client_secret": ""}), Some("the client secret is empty"));
        check(json!({"groups_claim": ""}), Some("the claim of the groups has no name"));
        check(json!({"scopes": ["a b"]}), Some("a scope is empty or has a space"));
        check(json!({"hosts": ["https://x.example"]}), Some("a host is not of the form host or host:port"));
        check(
            json!({"client_secret": null, "allow_shared_secret_signatures": true}),
            Some("signatures with the client secret need a client secret"),
        );
    }

    #[test]
    fn a_misspelt_setting_is_refused_and_the_secret_is_not_shown() {
        let misspelt =
            json!({"issuer": "https://a.example", "client_id": "a", "redirect": "https://b.example/", "scope": []});
        assert!(serde_json::from_value::<Settings>(misspelt).is_err());
        assert!(!format!("{:?}", read(json!({}))).contains("horse"));
    }
}
