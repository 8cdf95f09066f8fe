//! Finding a provider: it must be who it says, reachable in a manner that can be trusted, and lead nowhere else.

use credway_identity::openid::{OpenIdError, Provider};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::provider::RealProvider;

async fn refused(real: &RealProvider, changes: Value) -> OpenIdError {
    Provider::discover(&real.settings(&changes), Timestamp::now()).await.unwrap_err()
}

#[tokio::test]
async fn a_provider_is_who_it_says() {
    let Some(other) = RealProvider::start(&json!({"issuer": "http://127.0.0.1:9"})) else { return };
    assert_eq!(refused(&other, json!({})).await, OpenIdError::WrongIssuer);
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let with_slash = json!({"issuer": format!("{}/", real.address)});
    assert_eq!(refused(&real, with_slash).await, OpenIdError::WrongIssuer, "letter by letter");
    let no_provider = json!({"issuer": format!("{}/college", real.address)});
    assert_eq!(refused(&real, no_provider).await, OpenIdError::Status { status: 404, what: "discovery document" });
    let provider = real.discovered(&json!({})).await;
    assert!(!provider.is_stale(Timestamp::now()));
    assert!(provider.is_stale(Timestamp::now() + SignedDuration::from_hours(25)));
}

#[tokio::test]
async fn a_provider_leads_nowhere_else() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    for (fault, address) in
        [("token_elsewhere", "http://169.254.169.254"), ("keys_elsewhere", "https://elsewhere.example")]
    {
        real.directory(&[], Some(fault));
        let forbidden = OpenIdError::ForbiddenAddress { address: address.to_owned() };
        assert_eq!(refused(&real, json!({})).await, forbidden, "{fault}");
    }
    real.directory(&[], Some("token_elsewhere"));
    let listed = json!({"hosts": ["169.254.169.254:80"]});
    assert!(matches!(refused(&real, listed).await, OpenIdError::ForbiddenAddress { .. }), "listed, but not by TLS");
}

#[tokio::test]
async fn a_provider_that_is_not_there() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = refused(&real, json!({"issuer": format!("http://{closed}")})).await;
    assert_eq!(error, OpenIdError::Unreachable { host: "127.0.0.1".to_owned(), why: "no connection" });
    let not_allowed = json!({"allow_plain_http_loopback": false});
    assert_eq!(refused(&real, not_allowed).await, OpenIdError::Settings("the issuer must begin with https://"));
}

#[tokio::test]
async fn over_tls_only_a_certificate_that_is_trusted() {
    let key = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = key.cert.pem();
    let tls = json!({"key": key.signing_key.serialize_pem(), "certificate": certificate});
    let Some(real) = RealProvider::start(&json!({"tls": tls})) else { return };
    assert!(real.address.starts_with("https://localhost:"));
    real.discovered(&json!({"certificates": certificate})).await;

    let why = "its certificate is not trusted, or TLS failed";
    let untrusted = OpenIdError::Unreachable { host: "localhost".to_owned(), why };
    assert_eq!(refused(&real, json!({})).await, untrusted);
    let stranger = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    assert_eq!(refused(&real, json!({"certificates": stranger.cert.pem()})).await, untrusted);
    // The right certificate at another name.
    let by_number = json!({"certificates": certificate, "issuer": real.address.replace("localhost", "127.0.0.1")});
    assert!(matches!(refused(&real, by_number).await, OpenIdError::Unreachable { why: told, .. } if told == why));
    let unusable = OpenIdError::Settings("the certificates are not PEM");
    assert_eq!(refused(&real, json!({"certificates": "no certificate"})).await, unusable);
}
