//! Sessions: fixing, planting, stealing and outliving them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::two_colleges::{PASSWORD, Who, form};
use crate::{anew, cookie, sign_in, site, who};

#[tokio::test]
async fn a_session_planted_before_signing_in_is_not_adopted() {
    let (site, _) = site().await;
    let planted = "a".repeat(43);
    let victim = who("Dean of Harbor College");
    let body = form(&[("csrf", site.state.token()), ("email", &victim.email), ("password", PASSWORD)]);
    let request = Request::post("/sign-in")
        .header(header::HOST, "127.0.0.1:4180")
        .header(header::COOKIE, format!("credway-session={planted}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = site.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_ne!(cookie(&answer, "credway-session").unwrap(), planted);
    let attacker = Who { secret: planted, ..Who::default() };
    assert!(site.get(&attacker, "/account").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_session_of_somebody_else_is_not_carried_over_by_signing_in() {
    let (site, _) = site().await;
    let (attacker, victim) = (who("Learner of Harbor College"), who("Dean of Harbor College"));
    let fields = [("email", victim.email.as_str()), ("password", PASSWORD)];
    let answer = site.post(attacker, "/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_ne!(cookie(&answer, "credway-session").unwrap(), attacker.secret);
    let page = site.get(attacker, "/account").await;
    assert!(page.body.contains(&attacker.email) && !page.body.contains(&victim.email), "the old session is as it was");
}

#[tokio::test]
async fn the_session_before_the_second_factor_is_not_the_one_after() {
    let (site, _) = site().await;
    let person = crate::credentials::enrolled(&site, who("Dean of Harbor College")).await;
    let half = sign_in(&site, &person.who.email, PASSWORD).await;
    let before = cookie(&half, "credway-session").unwrap();
    let half = crate::with_session(&site, &person.who, &half).await;
    let done = site.post(&half, "/sign-in/second-factor", &[("code", &person.code(1))]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_ne!(cookie(&done, "credway-session").unwrap(), before);
    assert!(site.get(&half, "/account").await.location().starts_with("/sign-in"), "the first one has ended");
}

#[tokio::test]
async fn a_session_that_is_half_way_in_reaches_no_page() {
    let (site, colleges) = site().await;
    let person = crate::credentials::enrolled(&site, who("Dean of Harbor College")).await;
    let half = sign_in(&site, &person.who.email, PASSWORD).await;
    let half = crate::with_session(&site, &person.who, &half).await;
    let crosswalk = format!("/crosswalks/{}", colleges.places[0].crosswalk);
    for address in ["/", "/account", "/programs", "/people", "/history", &crosswalk] {
        let answer = site.get(&half, address).await;
        assert_eq!(answer.location(), "/sign-in/second-factor", "{address}");
    }
    for (address, field) in
        [("/account/tokens", "name"), ("/account/password", "old"), ("/account/sessions/end", "mark")]
    {
        let answer = site.post(&half, address, &[(field, "x")]).await;
        assert_eq!(answer.location(), "/sign-in/second-factor", "{address}");
    }
    // Nor can it put another second factor in the place of the one that is asked for.
    let page = site.get(&half, "/account/second-factor").await;
    let sealed = page.field("sealed");
    let code = crate::credentials::code_of(&crate::credentials::key_in(&page.body), 0);
    let answer = site.post(&half, "/account/second-factor", &[("sealed", &sealed), ("code", &code)]).await;
    assert!(cookie(&answer, "credway-session").is_none(), "{}", answer.status);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let (site, _) = site().await;
    let answer = sign_in(&site, &who("Dean of Harbor College").email, PASSWORD).await;
    let lines = answer.cookies();
    assert!(lines.len() >= 2, "{lines:?}");
    for line in lines {
        assert!(line.contains("; HttpOnly") && line.contains("; SameSite=Lax") && line.contains("; Path=/;"), "{line}");
        assert!(!line.contains("Domain"), "{line}");
    }
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host_and_a_plain_one_counts_for_nothing() {
    let colleges = crate::two_colleges::Colleges::get();
    let site =
        colleges.site_with(|settings| settings.public_address = Some("https://credway.example".parse().unwrap()));
    let (site, dean) = (site.await, who("Dean of Harbor College"));
    let answer = sign_in(&site, &dean.email, PASSWORD).await;
    for line in answer.cookies() {
        assert!(line.starts_with("__Host-credway-") && line.ends_with("; Secure"), "{line}");
    }
    // A neighbour on the same domain could plant this one.
    assert!(site.get(dean, "/account").await.location().starts_with("/sign-in"));
    let request = Request::get("/account").header(header::HOST, "credway.example");
    let cookie = format!("__Host-credway-session={}", dean.secret);
    let answer = site.send(request.header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_that_was_signed_out_is_good_for_nothing() {
    let (site, _) = site().await;
    let session = anew(&site, who("Dean of Harbor College")).await;
    assert_eq!(site.get(&session, "/account").await.status, StatusCode::OK);
    let out = site.post(&session, "/sign-out", &[]).await;
    assert!(out.cookies().iter().any(|line| line.starts_with("credway-session=;") && line.contains("Max-Age=0")));
    assert!(site.get(&session, "/account").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let (site, _) = site().await;
    let (stolen, dean) = (who("Dean of Harbor College"), anew(&site, who("Dean of Harbor College")).await);
    let new = "copper lantern meadow gravel";
    let fields = [("old", PASSWORD), ("new", new), ("again", new)];
    assert_eq!(site.post(&dean, "/account/password", &fields).await.status, StatusCode::OK);
    assert!(site.get(stolen, "/account").await.location().starts_with("/sign-in"));
    assert_eq!(site.get(&dean, "/account").await.status, StatusCode::OK);
}
