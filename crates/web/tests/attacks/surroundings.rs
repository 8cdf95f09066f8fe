//! What surrounds a page: headers, redirects, addresses of callers, words of errors.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::two_colleges::{PASSWORD, Who, encode};
use crate::{sign_in, site, who};

#[tokio::test]
async fn nobody_is_sent_elsewhere_after_signing_in() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    for to in [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        " https://evil.example",
        "https:evil.example",
        "/a\r\nLocation: https://evil.example",
        "@evil.example",
        ".evil.example",
    ] {
        let fields = [("email", dean.email.as_str()), ("password", PASSWORD), ("to", to)];
        let answer = site.post(&Who::default(), "/sign-in", &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{to:?}");
        let answer = site.get(dean, &format!("/sign-in?to={}", encode(to))).await;
        assert_eq!(answer.location(), "/", "{to:?}");
        assert!(answer.headers.get_all(header::LOCATION).iter().count() == 1);
    }
    let own = site.get(dean, "/sign-in?to=%2Fprograms%3Fsearch%3Dx").await;
    assert_eq!(own.location(), "/programs?search=x");
}

#[tokio::test]
async fn another_host_is_not_answered_and_not_believed() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    for host in ["evil.example", "127.0.0.1:4180.evil.example", "127.0.0.1", "evil.example:4180", ""] {
        let request = Request::get("/account").header(header::HOST, host);
        let request = request.header(header::COOKIE, format!("credway-session={}", dean.secret));
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!answer.body.contains("evil.example"), "{host}");
    }
    // A link that is handed over names our own address whatever a proxy's header says.
    let colleges = crate::two_colleges::Colleges::get();
    let keeper = who("Administrator of Harbor College");
    let address = format!("/people/{}/link", colleges.places[0].spare);
    let request = site.request(keeper, "POST", &address).header("x-forwarded-host", "evil.example");
    let request = request.header("forwarded", "host=evil.example").header("x-csrf-token", &keeper.csrf);
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert!(answer.body.contains("http://127.0.0.1:4180/invitation#") && !answer.body.contains("evil.example"));
}

#[tokio::test]
async fn a_made_up_forwarded_address_brings_no_new_tries() {
    let (site, _) = site().await;
    let email = &who("Dean of Harbor College").email;
    let mut last = StatusCode::OK;
    for number in 0..8 {
        let body = crate::two_colleges::form(&[("csrf", site.state.token()), ("email", email), ("password", "guess")]);
        let request = site.request(&Who::default(), "POST", "/sign-in");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header("x-forwarded-for", format!("198.51.100.{number}"));
        last = site.send(request.body(Body::from(body)).unwrap()).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let keeper = who("Administrator of Harbor College");
    assert!(!site.get(keeper, "/history").await.body.contains("198.51.100."));
}

#[tokio::test]
async fn every_answer_forbids_framing_sniffing_inline_scripts_and_shared_caches() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Harbor College");
    let place = &colleges.places[0];
    let nobody = Who::default();
    for (of, address) in [
        (lead, "/".to_owned()),
        (lead, "/account".to_owned()),
        (lead, format!("/crosswalks/{}", place.crosswalk)),
        (lead, format!("/crosswalks/{}/export?format=csv", place.crosswalk)),
        (lead, "/nowhere".to_owned()),
        (lead, format!("/work/{}/state", place.work)),
        (&nobody, "/sign-in".to_owned()),
        (&nobody, "/people".to_owned()),
        (&nobody, "/invitation".to_owned()),
    ] {
        let answer = site.get(of, &address).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{address}");
        let cache = answer.header("cache-control");
        assert!(cache.contains("private") || cache.contains("no-store"), "{address}: {cache}");
        assert!(answer.header("access-control-allow-origin").is_empty(), "{address}");
        assert!(answer.header("server").is_empty() && answer.header("x-powered-by").is_empty(), "{address}");
    }
}

#[tokio::test]
async fn other_origins_are_let_at_nothing() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let request = site.request(dean, "OPTIONS", "/account").header("origin", "https://evil.example");
    let request = request.header("access-control-request-method", "POST");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert!(answer.header("access-control-allow-origin").is_empty());
    assert!(answer.header("access-control-allow-credentials").is_empty());
}

#[tokio::test]
async fn errors_tell_nothing_of_what_is_inside() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let long = "a".repeat(5_000);
    for address in [
        "/courses/ce-x",
        "/history/x",
        "/history?before=x",
        "/crosswalks/x/review?show=x",
        "/sources/x",
        "/shared/x",
        "/work/x",
        "/assets/x",
        "/people/x/link",
        &format!("/{long}"),
        "/courses?search=%",
    ] {
        let answer = site.get(dean, address).await;
        assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
        for inside in
            ["panicked", "src/", ".rs:", "sqlx", "SELECT", "sqlite", "colleges.db", "/tmp/", "backtrace", "Err("]
        {
            assert!(!answer.body.contains(inside), "{address}: {inside}");
        }
    }
}

#[tokio::test]
async fn secrets_stand_in_no_address_and_on_no_page_again() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let page = site.get(dean, "/account").await.body;
    assert!(!page.contains(&dean.secret) && !page.contains(&dean.token));
    let wrong = sign_in(&site, &dean.email, "a password of somebody").await;
    assert!(!wrong.body.contains("a password of somebody"));
    let sent = site.get(&Who::default(), "/programs?search=x").await;
    assert_eq!(sent.location(), "/sign-in?to=/programs%3Fsearch%3Dx");
    for page in ["/people", "/history", "/work"] {
        let page = site.get(who("Administrator of Harbor College"), page).await.body;
        assert!(!page.contains(&dean.secret) && !page.contains(&dean.token) && !page.contains("$argon2"));
    }
}
