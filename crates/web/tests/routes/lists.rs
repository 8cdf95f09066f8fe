//! The lists: programs, blueprints, courses, credentials; their filters and their empty states.

use axum::http::StatusCode;

use crate::college::College;

#[tokio::test]
async fn empty_lists_say_what_to_do() {
    let college = College::empty().await;
    for (address, words, way) in [
        ("/programs", "No programs yet.", "/import?kind=program"),
        ("/blueprints", "No blueprints yet.", "/import?kind=blueprint"),
        ("/courses", "No courses yet.", "/import?kind=courses"),
        ("/credentials", "No credentials yet.", "/import?kind=credential"),
        ("/findings", "No findings.", "/import"),
    ] {
        let page = college.page(address).await;
        page.says(words);
        page.link(way);
    }
}

#[tokio::test]
async fn programs_stand_with_award_and_number_of_courses() {
    let page = College::sample().await.page("/programs").await;
    page.says("Cybersecurity AAS Lantern Bay Community College 2026-2027");
}

#[tokio::test]
async fn a_retired_blueprint_is_marked_with_a_word() {
    let college = College::sample().await;
    let page = college.page("/blueprints").await;
    page.says("Certified Pharmacy Technician (CPhT) PTCE 2020 retired Jan 1, 2020 Jan 5, 2026");
    page.says("CompTIA Security+ SY0-701 Nov 7, 2023 no date given");
    let blueprint = page.links().into_iter().find(|link| link.starts_with("/blueprints/")).unwrap();
    assert_eq!(college.get(&blueprint).await.status, StatusCode::OK);
}

#[tokio::test]
async fn courses_are_searched_and_paged() {
    let college = College::sample().await;
    let first = college.page("/courses").await;
    first.says("Courses 1 to 50 of 60");
    let second = college.page(&first.link("/courses?search=&from=50")).await;
    second.says("Courses 51 to 60 of 60");
    second.link("/courses?search=&from=0");
    let found = college.page("/courses?search=ITSY+1300").await;
    found.says("Courses 1 to 1 of 1");
    assert!(found.body.contains("value=\"ITSY 1300\""));
    college.page("/courses?search=zzz").await.says("No course here for “zzz”.");
    college.page("/courses?from=5000").await.says("this page lies behind the last");
    let wrong = college.get("/courses?from=minus").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    wrong.says("This request was not understood");
}

#[tokio::test]
async fn a_wrongly_typed_credential_is_found() {
    let college = College::sample().await;
    let list = college.page("/credentials").await;
    list.says("CompTIA Security+ certification CompTIA 36 months");
    let row = list.body.split("<tr>").find(|row| row.contains("tag-warning")).expect("one is wrongly typed");
    let address = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = college.page(&address).await;
    page.says("Type check");
    page.says("but is awarded for completion alone");
    assert_eq!(college.get("/credentials/ce-00000000-0000-4000-8000-000000000000").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_search_is_cut_and_says_so() {
    let college = College::empty().await;
    for search in ["a".repeat(51_000), "a+".repeat(1_200)] {
        let page = college.page(&format!("/courses?search={search}")).await;
        assert!(page.body.contains("The search was too long"), "{}", page.text());
    }
    assert!(!college.page("/courses?search=a").await.body.contains("The search was too long"));
}
