//! What is answered to who may ask.

use credway_model::{Action, Role};
use serde_json::Value;

use crate::site::Site;

#[tokio::test]
async fn everything_is_found_from_the_lists() {
    let site = Site::with_accounts().await;
    let lead = site.member("Lee", Role::ProgramLead).await;
    for (list, name) in [("programs", "title"), ("blueprints", "name")] {
        let items = site.get(&lead.token, &format!("/api/v1/{list}")).await.fine()["items"].clone();
        let first = &items[0];
        let one = site.get(&lead.token, &format!("/api/v1/{list}/{}", first["id"].as_str().unwrap())).await.fine();
        assert_eq!(one["head"][name], first[name]);
    }
    let crosswalks = site.get(&lead.token, "/api/v1/crosswalks").await.fine();
    let ids: Vec<&str> = crosswalks["items"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, [site.crosswalk.to_string()], "not the one of another institution");
    let credentials = site.get(&lead.token, "/api/v1/credentials").await.fine();
    assert_eq!(credentials["items"], Value::Array(Vec::new()));
    let institution = site.get("", "/api/v1/institution").await.fine();
    assert_eq!(institution["name"], "Pier College");
}

#[tokio::test]
async fn courses_come_a_page_at_a_time() {
    let site = Site::with_accounts().await;
    let token = site.member("Lee", Role::ProgramLead).await.token;
    let first = site.get(&token, "/api/v1/courses?limit=1").await.fine();
    assert_eq!((&first["total"], &first["next"]), (&2.into(), &1.into()), "not the one of another institution");
    let last = site.get(&token, "/api/v1/courses?limit=1&from=1").await.fine();
    assert_eq!((&last["items"][0]["course"]["code"], &last["next"]), (&"SEC 120".into(), &Value::Null));
    let behind = site.get(&token, "/api/v1/courses?from=9007199254740991").await.fine();
    assert_eq!((&behind["items"], &behind["next"]), (&Value::Array(Vec::new()), &Value::Null));
    let found = site.get(&token, "/api/v1/courses?search=logs").await.fine();
    assert_eq!(found["total"], 1);
    let id = found["items"][0]["course"]["id"].as_str().unwrap();
    assert_eq!(site.get(&token, &format!("/api/v1/courses/{id}")).await.fine()["course"]["title"], "Logs");
}

#[tokio::test]
async fn a_crosswalk_is_a_window_with_its_coverage_and_review() {
    let site = Site::with_accounts().await;
    let token = site.member("Rey", Role::FacultyReviewer).await.token;
    let address = format!("/api/v1/crosswalks/{}", site.crosswalk);
    let matrix = site.get(&token, &format!("{address}?columns=1&row=1")).await.fine();
    assert_eq!(
        (&matrix["total_rows"], &matrix["total_columns"], &matrix["first_row"]),
        (&2.into(), &2.into(), &1.into())
    );
    assert_eq!((matrix["rows"].as_array().unwrap().len(), matrix["columns"].as_array().unwrap().len()), (1, 1));
    assert_eq!(matrix["rows"][0]["cells"].as_array().unwrap().len(), 1);
    let coverage = site.get(&token, &format!("{address}/coverage")).await.fine();
    assert_eq!((&coverage["unit"], &coverage["domains"][0]["weight"]), (&"per cent".into(), &60.0.into()));
    let review = site.get(&token, &format!("{address}/review?by=course&show=all")).await.fine();
    assert_eq!(review["focus"]["by"], "course");
    assert!(review["candidates"][0]["probability"].is_number());
}

#[tokio::test]
async fn the_history_goes_on_where_the_page_before_ended() {
    let site = Site::with_accounts().await;
    let token = site.member("Lee", Role::ProgramLead).await.token;
    let all = site.get(&token, "/api/v1/history?limit=500").await.fine();
    let numbers = |page: &Value| -> Vec<u64> {
        page["items"].as_array().unwrap().iter().filter_map(|line| line["number"].as_u64()).collect()
    };
    let (mut walked, mut next) = (Vec::new(), Value::Null);
    loop {
        let before = next.as_u64().map_or_else(String::new, |before| format!("&before={before}"));
        let page = site.get(&token, &format!("/api/v1/history?limit=2{before}")).await.fine();
        walked.extend(numbers(&page));
        next = page["next"].clone();
        if next.is_null() {
            break;
        }
    }
    assert_eq!(walked, numbers(&all));
    assert!(walked.len() > 2, "{all}");
    let aligned = site.get(&token, "/api/v1/history?kind=aligned").await.fine();
    assert!(aligned["items"].as_array().unwrap().iter().all(|line| line["kind"] == "aligned"));
    let nobody = site.get(&token, "/api/v1/history?person=Nobody").await.fine();
    assert_eq!(nobody["items"], Value::Array(Vec::new()));
    let findings = site.get(&token, "/api/v1/findings?severity=error").await.fine();
    assert_eq!(findings["total"], 0);
}

#[tokio::test]
async fn a_token_says_whose_it_is_and_what_it_may_do() {
    let site = Site::with_accounts().await;
    let rey = site.member("Rey", Role::FacultyReviewer).await;
    let narrow = rey.token_for(&[Action::ReadCatalogue, Action::ReadHistory]).await;
    let me = site.get(&narrow, "/api/v1/me").await.fine();
    assert_eq!((&me["name"], &me["presence"], &me["csrf_token"]), (&"Rey".into(), &"token".into(), &Value::Null));
    assert_eq!(me["roles"][0]["role"], "faculty_reviewer");
    assert!(me["may"].as_array().unwrap().contains(&"read_catalogue".into()), "{me}");
    assert!(!me["may"].as_array().unwrap().contains(&"review".into()), "{me}");
    let session = rey.session().await;
    let asked = axum::http::Request::get("/api/v1/me").header("cookie", session);
    let me = site.send(asked, "").await.fine();
    assert_eq!(me["presence"], "session");
    assert_eq!(me["csrf_token"].as_str().map(str::len), Some(64));
}

#[tokio::test]
async fn without_accounts_whoever_is_at_the_machine_asks() {
    let site = Site::with(|_| {}).await;
    let me = site.get("", "/api/v1/me").await.fine();
    assert_eq!((&me["presence"], &me["csrf_token"]), (&"machine".into(), &site.form.as_str().into()));
    assert_eq!(site.get("", "/api/v1/courses").await.fine()["total"], 3, "all institutions");
    assert_eq!(site.get("", "/api/v1/assignments").await.fine()["items"], Value::Array(Vec::new()));
}
