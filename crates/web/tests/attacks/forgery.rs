//! Forged requests: forms of other sites, tokens of other sessions, tricks with methods and kinds of bodies.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::two_colleges::{Site, Who, form};
use crate::{anew, site, who};

/// A form that would give a token away, sent as an attack would, and whether it was refused and did nothing.
async fn refused(site: &Site, of: &Who, headers: &[(&str, &str)], body: String) -> StatusCode {
    let mut request = site.request(of, "POST", "/account/tokens");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = site.send(request.body(Body::from(body)).unwrap()).await;
    let page = site.get(of, "/account").await;
    assert!(!page.body.contains("stolen"), "a token was made: {headers:?}");
    answer.status
}

const FORM: &str = "application/x-www-form-urlencoded";

fn wish(csrf: &str) -> String {
    form(&[("csrf", csrf), ("name", "stolen"), ("scope", "read_catalogue"), ("days", "7"), ("proof", crate::PASSWORD)])
}

#[tokio::test]
async fn a_form_without_a_token_is_refused() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    for body in [wish(""), wish("0"), "name=stolen&scope=read_catalogue&days=7".to_owned()] {
        assert_eq!(refused(&site, dean, &[("content-type", FORM)], body).await, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_token_of_another_session_is_refused() {
    let (site, _) = site().await;
    let (dean, learner) = (who("Dean of Harbor College"), who("Learner of Harbor College"));
    let other = anew(&site, dean).await;
    assert_ne!(other.csrf, dean.csrf, "each session has a token of its own");
    for csrf in [learner.csrf.as_str(), other.csrf.as_str(), site.state.token()] {
        assert_eq!(refused(&site, dean, &[("content-type", FORM)], wish(csrf)).await, StatusCode::FORBIDDEN);
        let headed = [("content-type", FORM), ("x-csrf-token", csrf)];
        assert_eq!(refused(&site, dean, &headed, wish("")).await, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_even_with_the_token() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:4181"),
        ("origin", "http://127.0.0.1.evil.example:4180"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let headers = [("content-type", FORM), (name, value)];
        assert_eq!(refused(&site, dean, &headers, wish(&dean.csrf)).await, StatusCode::FORBIDDEN, "{name}: {value}");
    }
}

#[tokio::test]
async fn other_kinds_of_bodies_bring_no_token() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let json = format!("{{\"csrf\":\"{}\",\"name\":\"stolen\",\"scope\":\"read_catalogue\",\"days\":7}}", dean.csrf);
    for (kind, body) in [
        ("text/plain", wish(&dean.csrf)),
        ("application/json", json.clone()),
        ("text/plain;charset=utf-8", json),
        ("multipart/form-data", wish(&dean.csrf)),
        ("", wish(&dean.csrf)),
    ] {
        let status = refused(&site, dean, &[("content-type", kind)], body).await;
        assert!(status.is_client_error(), "{kind}: {status}");
    }
}

#[tokio::test]
async fn the_token_in_the_address_counts_for_nothing() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let request = site.request(dean, "POST", &format!("/account/tokens?{}", wish(&dean.csrf)));
    let answer = site.send(request.header(header::CONTENT_TYPE, FORM).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nothing_is_changed_by_following_a_link_or_overriding_a_method() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    for address in ["/sign-out", "/account/sessions/end-others", "/account/tokens", "/people/invite"] {
        let answer = site.get(dean, address).await;
        assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
        let request = site.request(dean, "GET", &format!("{address}?_method=POST"));
        let request = request.header("x-http-method-override", "POST").header("x-http-method", "POST");
        assert!(site.send(request.body(Body::empty()).unwrap()).await.status.is_client_error(), "{address}");
    }
    for method in ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT"] {
        let answer = site.send(site.request(dean, method, "/account").body(Body::empty()).unwrap()).await;
        assert!(answer.status.is_client_error(), "{method}: {}", answer.status);
    }
    assert_eq!(site.get(dean, "/account").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn signing_in_and_out_cannot_be_forged() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let out = site.request(dean, "POST", "/sign-out").header("sec-fetch-site", "cross-site");
    assert_eq!(site.send(out.body(Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get(dean, "/account").await.status, StatusCode::OK);
    // A victim signed in as the attacker would write into the attacker's account.
    let body = form(&[("csrf", site.state.token()), ("email", &dean.email), ("password", crate::PASSWORD)]);
    let request = site.request(&Who::default(), "POST", "/sign-in").header(header::CONTENT_TYPE, FORM);
    let request = request.header("origin", "https://evil.example").body(Body::from(body)).unwrap();
    let answer = site.send(request).await;
    assert!(answer.status == StatusCode::FORBIDDEN && answer.cookies().is_empty());
}
