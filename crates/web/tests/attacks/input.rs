//! Input that is too much, too deep, or of the wrong form.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::two_colleges::Who;
use crate::{site, who};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let (site, _) = site().await;
    let lead = who("Program lead of Harbor College");
    let large = "x".repeat(1024 * 1024);
    for address in ["/account/tokens", "/sign-in", "/people/invite"] {
        let answer = site.post(lead, address, &[("name", &large)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{address}");
    }
    let announced = site.request(lead, "POST", "/import/preview").header(header::CONTENT_LENGTH, "99999999999");
    assert_eq!(site.send(announced.body(Body::empty()).unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_upload_over_the_settings_limit_is_refused() {
    let colleges = crate::two_colleges::Colleges::get();
    let site = colleges.site_with(|settings| settings.uploads.largest_file = 64 * 1024).await;
    let lead = who("Program lead of Harbor College");
    let large = vec![b'x'; 65 * 1024];
    let answer = site.upload(lead, "/import/preview", ("large.csv", &large), "courses").await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn nobody_fills_the_database_with_files_that_wait() {
    let (site, _) = site().await;
    let lead = who("Program lead of Harbor College");
    let mut last = StatusCode::OK;
    for number in 0..9 {
        let text = format!("code,title\nENGL 13{number:02},Composition\n");
        last = site.upload(lead, "/import/preview", ("many.csv", text.as_bytes()), "courses").await.status;
    }
    assert_eq!(last, StatusCode::UNPROCESSABLE_ENTITY);
    let other = who("Administrator of Harbor College");
    let theirs =
        site.upload(other, "/import/preview", ("one.csv", b"code,title\nENGL 1301,Composition\n"), "courses").await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "others are not kept from theirs");
}

#[tokio::test]
async fn thousands_of_fields_are_read_or_refused_without_harm() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Harbor College");
    let edit = format!("/courses/{}/edit", colleges.places[0].course);
    let many: String = (0..50_000).map(|number| format!("&f{number}=x")).collect();
    for address in ["/account/tokens", "/notifications/mail", edit.as_str(), "/people/invite"] {
        let request = site.request(lead, "POST", address).header(header::CONTENT_TYPE, FORM);
        let body = format!("csrf={}&revision=1{many}", lead.csrf);
        let answer = site.send(request.body(Body::from(body)).unwrap()).await;
        assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
    }
}

#[tokio::test]
async fn deeply_nested_json_is_a_finding_and_no_crash() {
    let (site, _) = site().await;
    let lead = who("Program lead of Harbor College");
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    for kind in ["courses", "framework", "credential", "blueprint"] {
        let sent = site.upload(lead, "/import/preview", ("deep.json", deep.as_bytes()), kind).await;
        assert!(!sent.status.is_server_error(), "{kind}: {}", sent.status);
        let page = site.get(lead, sent.location()).await;
        assert!(!page.status.is_server_error(), "{kind}: {}", page.body);
    }
    let request = site.request(lead, "POST", "/account/tokens").header(header::CONTENT_TYPE, "application/json");
    let answer = site.send(request.header("x-csrf-token", &lead.csrf).body(Body::from(deep)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn an_archive_that_unpacks_to_too_much_is_refused() {
    let (site, _) = site().await;
    let lead = who("Program lead of Harbor College");
    let bomb = crate::files::workbook_bomb();
    assert!(bomb.len() < 2 << 20, "it is small until it is unpacked: {}", bomb.len());
    let sent = site.upload(lead, "/import/preview", ("bomb.xlsx", &bomb), "courses").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for _ in 0..200 {
        let page = site.get(lead, sent.location()).await;
        assert!(!page.status.is_server_error(), "{}", page.body);
        if !page.body.contains("Reading bomb.xlsx") {
            assert!(!page.body.contains("id=\"confirm\""), "{}", page.body);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("it is still being unpacked");
}

#[tokio::test]
async fn control_characters_and_broken_encodings_reach_nothing() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Harbor College");
    let comments = format!("/comments/course.{}", colleges.places[0].course);
    for raw in ["%00", "%FF%FE", "%0D%0ASet-Cookie:%20x=1", "%E2%80%AE%E2%80%8B"] {
        let request = site.request(lead, "POST", &comments).header(header::CONTENT_TYPE, FORM);
        let answer = site.send(request.body(Body::from(format!("csrf={}&text={raw}", lead.csrf))).unwrap()).await;
        assert!(!answer.status.is_server_error(), "{raw}: {}", answer.status);
        assert!(answer.cookies().is_empty(), "{raw}");
        let answer = site.get(lead, &format!("/courses?search={raw}")).await;
        assert!(!answer.status.is_server_error(), "{raw}: {}", answer.status);
    }
    for quoted in ["' OR 1=1 --", "'; drop table account; --", "%' AND '1'='1", "\\"] {
        let address = format!("/courses?search={}", crate::two_colleges::encode(quoted));
        let page = site.get(lead, &address).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("ITSY 1300"), "{quoted}");
    }
    assert_eq!(site.get(lead, "/account").await.status, StatusCode::OK);
    let nobody = site.get(&Who::default(), "/courses?search=x").await;
    assert!(nobody.location().starts_with("/sign-in"));
}
