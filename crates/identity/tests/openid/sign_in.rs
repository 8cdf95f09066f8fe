//! People sign in, come back with other groups, and sign out.

use credway_identity::openid::{
    Answer, GrantChange, GroupRule, Identity, OpenIdError, Pending, Provider, Settings, Url, grants_of,
};
use credway_model::Role;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::browser::Browser;
use crate::provider::{RealProvider, SIGNED_OUT};

async fn sign_in(provider: &Provider, browser: &mut Browser, login: &str) -> Identity {
    let now = Timestamp::now();
    let (start, pending) = provider.start("/programs", now);
    assert_eq!(pending.return_to, "/programs");
    let answer = browser.sign_in(&start, login);
    provider.finish(&answer, pending, now).await.unwrap()
}

#[track_caller]
fn check_ada(identity: &Identity, issuer: &str) {
    assert_eq!(identity.issuer, issuer);
    assert_eq!(identity.subject, "ada");
    assert_eq!(identity.email.as_deref(), Some("ada@example.edu"));
    assert!(identity.email_verified);
    assert_eq!(identity.name.as_deref(), Some("Ada Vale"));
    assert_eq!(identity.groups, ["faculty"]);
}

#[tokio::test]
async fn every_manner_of_signing_and_of_proving_who_credway_is() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let clients = ["credway", "poster", "PS256", "ES256", "ES384", "EdDSA"].map(|id| json!({"client_id": id}));
    let others = [
        json!({"client_id": "public", "client_secret": null}),
        json!({"client_id": "HS256", "allow_shared_secret_signatures": true}),
    ];
    for client in clients.into_iter().chain(others) {
        let provider = real.discovered(&client).await;
        check_ada(&sign_in(&provider, &mut Browser::default(), "ada").await, &real.address);
    }
}

#[tokio::test]
async fn what_the_token_does_not_say_is_asked_for() {
    let Some(real) = RealProvider::start(&json!({"conforming": true})) else { return };
    let provider = real.discovered(&json!({})).await;
    check_ada(&sign_in(&provider, &mut Browser::default(), "ada").await, &real.address);
    // Not asked for, it stays unknown; nothing is made up.
    let provider = real.discovered(&json!({"userinfo": false})).await;
    let identity = sign_in(&provider, &mut Browser::default(), "ada").await;
    assert_eq!((identity.email, identity.name, identity.groups.len()), (None, None, 0));
    assert!(!identity.email_verified);
}

#[tokio::test]
async fn somebody_without_groups_name_and_verified_address() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    let identity = sign_in(&provider, &mut Browser::default(), "bo").await;
    assert_eq!((identity.subject.as_str(), identity.email.as_deref()), ("bo", Some("bo@example.edu")));
    assert_eq!((identity.name, identity.groups.len(), identity.email_verified), (None, 0, false));
}

#[tokio::test]
async fn another_group_at_the_next_sign_in_changes_the_grants() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let rule = |group: &str, role: Role| -> GroupRule {
        let college = "ce-00000000-0000-4000-8000-000000000001";
        serde_json::from_value(json!({"group": group, "role": role, "institution": college})).unwrap()
    };
    let rules = [rule("faculty", Role::FacultyReviewer), rule("deans", Role::Dean)];
    let provider = real.discovered(&json!({})).await;
    let mut browser = Browser::default();
    let before = grants_of(&rules, &sign_in(&provider, &mut browser, "ada").await.groups);
    real.directory(&["deans", "choir"], None);
    let after = grants_of(&rules, &sign_in(&provider, &mut browser, "ada").await.groups);
    assert_eq!(browser.asked, 1, "the provider knows the browser");
    let change = GrantChange::between(&before, &after);
    assert_eq!(change.taken.iter().map(|grant| grant.role).collect::<Vec<_>>(), [Role::FacultyReviewer]);
    assert_eq!(change.given.iter().map(|grant| grant.role).collect::<Vec<_>>(), [Role::Dean]);
    real.directory(&[], None);
    assert_eq!(grants_of(&rules, &sign_in(&provider, &mut browser, "ada").await.groups), []);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_provider() {
    let Some(real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    let mut browser = Browser::default();
    let identity = sign_in(&provider, &mut browser, "ada").await;
    sign_in(&provider, &mut browser, "ada").await;
    assert_eq!(browser.asked, 1, "signed in there, nobody is asked again");

    let back = Url::parse(SIGNED_OUT).unwrap();
    let address = provider.logout_url(Some(&identity.id_token_hint), Some(&back)).unwrap();
    let page = browser.get(&address);
    let (_, form) = page.body.split_once("name=\"xsrf\" value=\"").unwrap_or_else(|| panic!("{}", page.body));
    let token = form.split('"').next().unwrap();
    let action = address.join(&page.attribute("action")).unwrap();
    let signed_out = browser.post(&action, &format!("xsrf={token}&logout=yes"));
    assert_eq!(signed_out.location.as_deref(), Some(SIGNED_OUT));

    sign_in(&provider, &mut browser, "ada").await;
    assert_eq!(browser.asked, 2, "signed out there, the person is asked");

    let elsewhere = Url::parse("https://elsewhere.example/").unwrap();
    let refused = browser.get(&provider.logout_url(Some(&identity.id_token_hint), Some(&elsewhere)).unwrap());
    assert!(refused.location.is_none() && refused.body.contains("post_logout_redirect_uri"), "{}", refused.body);
}

#[tokio::test]
async fn new_keys_are_fetched_but_not_without_end() {
    let Some(mut real) = RealProvider::start(&json!({})) else { return };
    let provider = real.discovered(&json!({})).await;
    let begin = Timestamp::now();
    real.restart();
    for (second, expected) in [(1, false), (61, true), (62, true)] {
        let now = begin + SignedDuration::from_secs(second);
        let (start, pending) = provider.start("/", now);
        let answer = Browser::default().sign_in(&start, "ada");
        let finished = provider.finish(&answer, pending, now).await;
        assert_eq!(finished.is_ok(), expected, "after {second} seconds: {finished:?}");
    }
    real.restart();
    let now = begin + SignedDuration::from_secs(63);
    let (start, pending) = provider.start("/", now);
    let answer = Browser::default().sign_in(&start, "ada");
    let finished = provider.finish(&answer, pending, now).await;
    assert_eq!(finished.unwrap_err(), OpenIdError::UnknownKey);
}

/// A web server keeps providers for all its threads and does all this on any of them: it need only compile.
#[test]
fn a_provider_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>(_: T) {}
    fn all(provider: &Provider, settings: &Settings, answer: &Answer, pending: Pending) {
        sent(Provider::discover(settings, Timestamp::UNIX_EPOCH));
        sent(provider.finish(answer, pending, Timestamp::UNIX_EPOCH));
    }
    shared::<Provider>();
    let _: fn(&Provider, &Settings, &Answer, Pending) = all;
}
