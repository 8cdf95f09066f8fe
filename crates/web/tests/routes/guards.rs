//! What the server refuses, and what every answer carries.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use credway_model::{Person, Text};
use credway_web::ServeError;
use credway_workflow::{AddressRefused, Options, ServeSettings, Workbench};

use crate::college::{College, host};

#[tokio::test]
async fn other_hosts_are_refused() {
    let college = College::empty().await;
    for named in ["credway.example:4173", "127.0.0.1:80", "127.0.0.1", "attacker.test"] {
        let answer = college.send(Request::get("/").header(header::HOST, named).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{named}");
        answer.says("This server answers to this machine only");
    }
    let nameless = college.send(Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(nameless.status, StatusCode::MISDIRECTED_REQUEST);
    for named in ["localhost:4173", "127.0.0.1:4173", "[::1]:4173"] {
        let answer = college.send(Request::get("/").header(header::HOST, named).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{named}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused_even_with_the_token() {
    let college = College::empty().await;
    let body = format!("csrf={}&blueprint=x", college.token());
    for (name, value) in [("origin", "https://attacker.test"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        let request = Request::post("/programs/x/align")
            .header(header::HOST, host())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from(body.clone()))
            .unwrap();
        let answer = college.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        answer.says("This request was refused");
    }
}

#[tokio::test]
async fn forms_without_our_token_are_refused() {
    let college = College::empty().await;
    for body in ["blueprint=x", "csrf=&blueprint=x", "csrf=0123&blueprint=x"] {
        let answer = college.send(college.form("/programs/x/align").body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
        answer.says("This form is from another session");
    }
    let taken = college.post("/programs/x/align", "blueprint=x").await;
    assert_eq!(taken.status, StatusCode::NOT_FOUND, "with the token it reaches the page: {}", taken.text());
    taken.says("There is no such program");
}

#[tokio::test]
async fn the_token_may_come_in_a_header_or_a_form_with_a_file() {
    let college = College::empty().await;
    let headed = college.form("/programs/x/align").header("x-csrf-token", college.token());
    let answer = college.send(headed.body(Body::from("blueprint=x")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    for (token, expected) in [(college.token(), StatusCode::UNSUPPORTED_MEDIA_TYPE), ("wrong", StatusCode::FORBIDDEN)] {
        let body = format!("--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge--\r\n");
        let request = Request::post("/programs/x/align")
            .header(header::HOST, host())
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(college.send(request).await.status, expected, "{token}");
    }
}

#[tokio::test]
async fn too_large_bodies_are_refused() {
    let college = College::empty().await;
    let large = "x".repeat(1024 * 1024 + 1);
    let answer = college.post("/programs/x/align", &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.says("This is too large");
    let announced = college.form("/import").header(header::CONTENT_LENGTH, (64_u64 * 1024 * 1024 + 1).to_string());
    assert_eq!(college.send(announced.body(Body::empty()).unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let college = College::empty().await;
    for address in ["/", "/assets/site.css", "/nowhere", "/programs"] {
        let answer = college.get(address).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(answer.headers[header::REFERRER_POLICY], "same-origin");
    }
}

#[tokio::test]
async fn assets_are_kept_until_they_change() {
    let college = College::empty().await;
    let address = college.page("/").await.link("/assets/site.css?v=");
    let answer = college.page(&address).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(answer.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    let tag = answer.headers[header::ETAG].clone();
    let again = Request::get("/assets/site.css").header(header::HOST, host()).header(header::IF_NONE_MATCH, tag);
    assert_eq!(college.send(again.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(college.get("/assets/none.css").await.status, StatusCode::NOT_FOUND);
    assert_eq!(college.get("/assets/..%2Fsrc%2Flib.rs").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unknown_address_is_a_page_with_a_way_out() {
    let college = College::empty().await;
    let answer = college.get("/nowhere").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    answer.says("There is nothing at this address");
    assert!(answer.links().contains(&"/".to_owned()));
    let json = Request::get("/nowhere").header(header::HOST, host()).header(header::ACCEPT, "application/json");
    let answer = college.send(json.body(Body::empty()).unwrap()).await;
    assert!(answer.body.starts_with("{\"message\""), "{}", answer.body);
}

#[tokio::test]
async fn only_this_machine_is_listened_at() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("college.db").display());
    let workbench = Workbench::open(&Options { database, create: true }).await.unwrap();
    let person = Person(Text::new("Dana Okafor").unwrap());
    let settings = ServeSettings::at("0.0.0.0:0".parse().unwrap());
    let served = credway_web::serve(workbench, person, settings, |_| panic!("it listened")).await;
    assert!(matches!(served, Err(ServeError::Refused(AddressRefused::Reachable { .. }))));
}
