//! Tokens that must not be believed. The provider is real; that it errs is our doing (tools/oidc-provider/faults.mjs),
//! as it signs no such token by itself. The expired one it does sign: only the clock is moved.

use credway_identity::openid::{Identity, OpenIdError, Provider};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::browser::Browser;
use crate::provider::{RealProvider, SECRET};

async fn tried(provider: &Provider, later: SignedDuration) -> Result<Identity, OpenIdError> {
    let now = Timestamp::now();
    let (start, pending) = provider.start("/", now);
    let answer = Browser::default().sign_in(&start, "ada");
    provider.finish(&answer, pending, now + later).await
}

#[tokio::test]
async fn no_wrong_token_is_believed() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    for (fault, expected) in [
        ("issuer", OpenIdError::WrongIssuer),
        ("audience", OpenIdError::WrongAudience),
        ("more_audiences", OpenIdError::WrongAudience),
        ("party", OpenIdError::WrongAudience),
        ("nonce", OpenIdError::WrongNonce),
        ("no_nonce", OpenIdError::WrongNonce),
        ("nobody", OpenIdError::NotUnderstood("ID token")),
        ("long_subject", OpenIdError::NotUnderstood("ID token")),
        ("future", OpenIdError::ClocksApart),
        ("access_token", OpenIdError::WrongAccessToken),
        ("unsigned", OpenIdError::RefusedSigning),
        ("secret", OpenIdError::RefusedSigning),
        ("forged", OpenIdError::WrongSignature),
        ("groups_elsewhere", OpenIdError::GroupsElsewhere),
        ("no_id_token", OpenIdError::NoIdToken),
        ("huge", OpenIdError::TooLarge),
        ("redirect", OpenIdError::NotUnderstood("answer to the code")),
    ] {
        real.directory(&["faculty"], Some(fault));
        let error = tried(&provider, SignedDuration::ZERO).await.expect_err(fault);
        assert_eq!(error, expected, "{fault}");
        assert!(!format!("{error}{error:?}").contains("ey"), "no token in {error:?}");
        assert!(!format!("{error}{error:?}").contains(SECRET));
    }
    // Signed anew but with nothing changed, the token is believed: it was the change that was refused above.
    real.directory(&["faculty"], Some("same"));
    tried(&provider, SignedDuration::ZERO).await.unwrap();
}

#[tokio::test]
async fn a_token_expires() {
    let Some(real) = RealProvider::start(&json!({"lives": {"IdToken": 30}})) else { return };
    let provider = real.discovered(&json!({})).await;
    tried(&provider, SignedDuration::from_secs(80)).await.unwrap();
    let error = tried(&provider, SignedDuration::from_secs(100)).await.unwrap_err();
    assert_eq!(error, OpenIdError::Expired, "30 seconds of its own, 60 for clocks that differ");
}

#[tokio::test]
async fn the_userinfo_of_somebody_else_is_refused() {
    let Some(real) = RealProvider::start(&json!({"conforming": true})) else { return };
    let provider = real.discovered(&json!({})).await;
    real.directory(&["faculty"], Some("userinfo_of_another"));
    assert_eq!(tried(&provider, SignedDuration::ZERO).await.unwrap_err(), OpenIdError::WrongSubject);
}
