//! Answers and codes that belong to another sign-in, another client, another time or another issuer.

use credway_identity::openid::{Answer, OpenIdError, Pending, Provider};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::provider::RealProvider;

/// As a thief of the sealed record would have it.
fn stolen(pending: &Pending) -> Pending {
    serde_json::from_value(serde_json::to_value(pending).unwrap()).unwrap()
}

fn changed(pending: &Pending, name: &str, from: &Pending) -> Pending {
    let mut value = serde_json::to_value(pending).unwrap();
    value[name] = serde_json::to_value(from).unwrap()[name].clone();
    serde_json::from_value(value).unwrap()
}

async fn begun(provider: &Provider) -> (Answer, Pending) {
    let (start, pending) = provider.start("/", Timestamp::now());
    (Browser::default().sign_in(&start, "ada"), pending)
}

async fn refused(provider: &Provider, answer: &Answer, pending: Pending) -> OpenIdError {
    provider.finish(answer, pending, Timestamp::now()).await.unwrap_err()
}

#[tokio::test]
async fn a_code_works_once_and_soon() {
    let Some(real) = RealProvider::start(&json!({"lives": {"AuthorizationCode": 1}})) else { return };
    let provider = real.discovered(&json!({})).await;
    let (answer, pending) = begun(&provider).await;
    let again = stolen(&pending);
    provider.finish(&answer, pending, Timestamp::now()).await.unwrap();
    assert_eq!(refused(&provider, &answer, again).await, OpenIdError::CodeRefused, "replayed");

    let (answer, pending) = begun(&provider).await;
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    assert_eq!(refused(&provider, &answer, pending).await, OpenIdError::CodeRefused, "expired");
}

#[tokio::test]
async fn an_answer_belongs_to_one_sign_in_of_one_browser() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    let (answer, pending) = begun(&provider).await;
    let (_, other) = begun(&provider).await;
    assert_eq!(refused(&provider, &answer, stolen(&other)).await, OpenIdError::WrongState);
    let without = Answer { state: None, ..answer.clone() };
    assert_eq!(refused(&provider, &without, stolen(&pending)).await, OpenIdError::WrongState);
    // A code that was slipped into a sign-in of somebody else: the verifier is not the one it was asked for with.
    let slipped = Answer { state: begun_state(&other), ..answer.clone() };
    assert_eq!(refused(&provider, &slipped, stolen(&other)).await, OpenIdError::CodeRefused);
    // The refusal has used the code up, as it should.
    let (answer, pending) = begun(&provider).await;
    let late = Timestamp::now() + SignedDuration::from_mins(11);
    assert_eq!(provider.finish(&answer, stolen(&pending), late).await.unwrap_err(), OpenIdError::TookTooLong);
    // With everything else right, the token of another sign-in has another nonce.
    let (_, another) = begun(&provider).await;
    let mixed = changed(&pending, "nonce", &another);
    assert_eq!(refused(&provider, &answer, mixed).await, OpenIdError::WrongNonce);
}

fn begun_state(pending: &Pending) -> Option<String> {
    serde_json::to_value(pending).unwrap()["state"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_refused() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let Some(second) = RealProvider::start(&json!({})) else { return };
    let (provider, other) = (real.discovered(&json!({})).await, second.discovered(&json!({})).await);
    let (answer, pending) = begun(&provider).await;
    assert_eq!(answer.iss.as_deref(), Some(real.address.as_str()), "it names itself");
    let mixed = Answer { iss: Some(second.address.clone()), ..answer.clone() };
    assert_eq!(refused(&provider, &mixed, stolen(&pending)).await, OpenIdError::WrongIssuer);
    let silent = Answer { iss: None, ..answer.clone() };
    assert_eq!(refused(&provider, &silent, stolen(&pending)).await, OpenIdError::WrongIssuer);
    assert_eq!(refused(&other, &answer, stolen(&pending)).await, OpenIdError::WrongState);
    provider.finish(&answer, pending, Timestamp::now()).await.unwrap();
}

#[tokio::test]
async fn a_code_belongs_to_one_client() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    let other = real.discovered(&json!({"client_id": "poster"})).await;
    let (answer, pending) = begun(&provider).await;
    assert_eq!(refused(&other, &answer, pending).await, OpenIdError::CodeRefused);
    let stranger = |changes: Value| async move {
        let stranger = real.discovered(&changes).await;
        let (answer, pending) = begun(&provider).await;
        refused(&stranger, &answer, pending).await
    };
    assert_eq!(stranger(json!({"client_secret": "not the secret"})).await, OpenIdError::ClientRefused);
}

#[tokio::test]
async fn somebody_says_no() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    let (start, pending) = provider.start("/", Timestamp::now());
    let answer = Browser::default().say_no(&start);
    assert_eq!(refused(&provider, &answer, pending).await, OpenIdError::Denied);
}
