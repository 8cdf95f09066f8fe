//! Words and comments given by programs and by browsers.

use axum::http::{Request, header};
use credway_model::Role;
use serde_json::{Value, json};

use crate::site::Site;

fn decisions(site: &Site) -> String {
    format!("/api/v1/crosswalks/{}/decisions", site.crosswalk)
}

#[tokio::test]
async fn a_word_is_given_in_the_owners_name_and_taken_back() {
    let site = Site::with_accounts().await;
    let token = site.member("Rey", Role::FacultyReviewer).await.token;
    let pair = site.pair(&token).await;
    let mut word = pair.clone();
    (word["verdict"], word["level"], word["reason"]) = ("full".into(), "mastered".into(), "It does".into());
    assert_eq!(site.post(&token, &decisions(&site), &word).await.fine(), json!({ "standing": "full" }));
    let line = site.get(&token, "/api/v1/history?limit=1&kind=decided").await.fine()["items"][0].clone();
    assert_eq!((&line["person"], &line["reason"]), (&"Rey".into(), &"It does".into()));
    let undo = format!("{}/undo", decisions(&site));
    assert_eq!(site.post(&token, &undo, &pair).await.fine(), json!({ "standing": "open" }));
    site.post(&token, &undo, &pair).await.is_problem(409, "conflict");
}

#[tokio::test]
async fn words_that_cannot_be_taken_change_nothing() {
    let site = Site::with_accounts().await;
    let token = site.member("Rey", Role::FacultyReviewer).await.token;
    let pair = site.pair(&token).await;
    let with = |name: &str, value: Value| {
        let mut word = pair.clone();
        word["verdict"] = "full".into();
        word[name] = value;
        word
    };
    let before = site.get(&token, "/api/v1/history?limit=1").await.fine();
    for (word, status, kind) in [
        (json!({}), 400, "malformed"),
        (json!([]), 400, "malformed"),
        (with("verdict", "maybe".into()), 400, "malformed"),
        (with("verdict", 1.into()), 400, "malformed"),
        (with("statement", "x".into()), 400, "malformed"),
        (with("person", "Somebody else".into()), 400, "malformed"),
        (with("at", "2020-01-01T00:00:00Z".into()), 400, "malformed"),
        (with("settles", "yes".into()), 400, "malformed"),
        (with("reason", " ".into()), 422, "refused"),
        (with("reason", "a\u{0}b".into()), 422, "refused"),
        (with("target", "ce-00000000-0000-4000-8000-000000000001".into()), 404, "not-found"),
        (with("settles", true.into()), 403, "forbidden"),
    ] {
        site.post(&token, &decisions(&site), &word).await.is_problem(status, kind);
    }
    assert_eq!(site.get(&token, "/api/v1/history?limit=1").await.fine(), before);
}

#[tokio::test]
async fn bodies_are_json_and_say_so() {
    let site = Site::with_accounts().await;
    let token = site.member("Rey", Role::FacultyReviewer).await.token;
    for (kind, body, status, problem) in [
        ("application/json", "{", 400, "malformed"),
        ("application/json", "", 400, "malformed"),
        ("application/json", "\u{feff}{}", 400, "malformed"),
        ("text/plain", "{}", 415, "not-json"),
        ("application/x-www-form-urlencoded", "verdict=full", 415, "not-json"),
    ] {
        let request = Request::post(decisions(&site)).header(header::AUTHORIZATION, format!("Bearer {token}"));
        site.send(request.header(header::CONTENT_TYPE, kind), body).await.is_problem(status, problem);
    }
    let large = json!({ "text": "x".repeat(1024 * 1024) });
    site.post(&token, &decisions(&site), &large).await.is_problem(413, "too-large");
    let deep = "[".repeat(100_000);
    let request = Request::post(decisions(&site)).header(header::AUTHORIZATION, format!("Bearer {token}"));
    site.send(request.header(header::CONTENT_TYPE, "application/json"), &deep).await.is_problem(400, "malformed");
}

#[tokio::test]
async fn comments_are_said_and_read() {
    let site = Site::with_accounts().await;
    let token = site.member("Rey", Role::FacultyReviewer).await.token;
    site.member("Lee", Role::ProgramLead).await;
    let address = format!("/api/v1/comments/crosswalk.{}", site.crosswalk);
    let said = site.post(&token, &address, &json!({ "text": "See this @Lee <b>" })).await;
    assert_eq!(said.status.as_u16(), 201);
    let page = site.get(&token, &address).await.fine();
    assert_eq!(page["lines"][0]["id"], said.fine()["id"]);
    assert_eq!((&page["lines"][0]["text"], &page["lines"][0]["person"]), (&"See this @Lee <b>".into(), &"Rey".into()));
    for text in ["", " \n ", "a\u{7}b", "@Nobody is here", &"x".repeat(4_001)] {
        site.post(&token, &address, &json!({ "text": text })).await.is_problem(422, "refused");
    }
    for wrong in ["x", "crosswalk.x", &format!("crosswalk.{}", site.elsewhere)] {
        let address = format!("/api/v1/comments/{wrong}");
        assert!(
            [403, 404].contains(&site.post(&token, &address, &json!({ "text": "x" })).await.status.as_u16()),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_session_writes_only_with_the_token_of_its_forms() {
    let site = Site::with_accounts().await;
    let rey = site.member("Rey", Role::FacultyReviewer).await;
    let session = rey.session().await;
    let address = format!("/api/v1/comments/crosswalk.{}", site.crosswalk);
    let body = json!({ "text": "By a browser" }).to_string();
    let request =
        || Request::post(&address).header(header::COOKIE, &session).header(header::CONTENT_TYPE, "application/json");
    site.send(request(), &body).await.is_problem(403, "forbidden");
    site.send(request().header("x-csrf-token", &site.form), &body).await.is_problem(403, "forbidden");
    let me = site.send(Request::get("/api/v1/me").header(header::COOKIE, &session), "").await.fine();
    let own = me["csrf_token"].as_str().unwrap();
    let elsewhere = request().header("x-csrf-token", own).header(header::ORIGIN, "https://attacker.test");
    site.send(elsewhere, &body).await.is_problem(403, "forbidden");
    assert_eq!(site.send(request().header("x-csrf-token", own), &body).await.status.as_u16(), 201);
}

#[tokio::test]
async fn whoever_is_at_the_machine_writes_only_with_the_token_too() {
    let site = Site::with(|_| {}).await;
    let pair = site.pair("").await;
    let mut word = pair.clone();
    word["verdict"] = "partial".into();
    site.post("", &decisions(&site), &word).await.is_problem(403, "forbidden");
    let request = Request::post(decisions(&site)).header(header::CONTENT_TYPE, "application/json");
    let said = site.send(request.header("x-csrf-token", &site.form), &word.to_string()).await;
    assert_eq!(said.fine(), json!({ "standing": "partial" }));
}
