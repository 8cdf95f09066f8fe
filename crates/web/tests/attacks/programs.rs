//! Programs with tokens: where a token counts, for what, and when no more.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::two_colleges::Who;
use crate::{site, who};

const HOST: &str = "127.0.0.1:4180";

#[tokio::test]
async fn a_token_in_the_address_or_in_a_cookie_counts_for_nothing() {
    let (site, _) = site().await;
    let token = &who("Program lead of Harbor College").token;
    for name in ["token", "access_token", "api_key", "authorization"] {
        let answer = site.get(&Who::default(), &format!("/programs?{name}={token}")).await;
        assert!(answer.location().starts_with("/sign-in"), "{name}");
    }
    let planted = Who { secret: token.clone(), ..Who::default() };
    assert!(site.get(&planted, "/programs").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_session_is_no_token_and_a_wrong_token_does_not_fall_back_to_a_session() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let ask = async |token: &str| {
        let request = Request::get("/programs").header(header::HOST, HOST);
        let request = request.header(header::COOKIE, format!("credway-session={}", dean.secret));
        site.send(request.header(header::AUTHORIZATION, token).body(Body::empty()).unwrap()).await.status
    };
    for token in [format!("Bearer {}", dean.secret), "Bearer ".to_owned(), "Bearer x' OR '1'='1".to_owned()] {
        assert_eq!(ask(&token).await, StatusCode::UNAUTHORIZED, "{token}");
    }
}

#[tokio::test]
async fn a_token_opens_what_it_is_good_for_and_nothing_else() {
    let (site, colleges) = site().await;
    let (program, place) = (who("Program of Program lead of Harbor College"), &colleges.places[0]);
    assert_eq!(site.get(program, &format!("/courses/{}", place.course)).await.status, StatusCode::OK);
    for address in [
        format!("/crosswalks/{}", place.crosswalk),
        format!("/comments/course.{}", place.course),
        format!("/history/{}", place.course),
        "/people".to_owned(),
        "/account".to_owned(),
        "/notifications".to_owned(),
        "/work".to_owned(),
        format!("/shared/{}", place.share),
    ] {
        let status = site.get(program, &address).await.status;
        let closed = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        assert!(closed.contains(&status), "{address}: {status}");
    }
}

#[tokio::test]
async fn a_token_makes_no_token_and_changes_no_account() {
    let (site, _) = site().await;
    let program = who("Program of Administrator of Harbor College");
    for (address, fields) in [
        (
            "/account/tokens",
            vec![("name", "more"), ("scope", "read_catalogue"), ("days", "300"), ("proof", crate::PASSWORD)],
        ),
        ("/account/password", vec![("old", crate::PASSWORD), ("new", "x"), ("again", "x")]),
        ("/account/sessions/end-others", vec![]),
        ("/account/recovery-codes", vec![("proof", crate::PASSWORD)]),
        ("/people/invite", vec![("name", "Mole"), ("email", "mole@evil.example"), ("role", "dean")]),
    ] {
        let status = site.post(program, address, &fields).await.status;
        assert!(status.is_client_error(), "{address}: {status}");
    }
    assert!(!site.get(who("Administrator of Harbor College"), "/account").await.body.contains("more\""));
}

#[tokio::test]
async fn a_revoked_token_is_good_for_nothing_at_once() {
    let (site, _) = site().await;
    let (program, lead) = (who("Program of Program lead of Harbor College"), who("Program lead of Harbor College"));
    assert_eq!(site.get(program, "/programs").await.status, StatusCode::OK);
    let revoked = site.post(lead, &format!("/account/tokens/{}/revoke", lead.token_id), &[]).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(program, "/programs").await.status, StatusCode::UNAUTHORIZED);
}
