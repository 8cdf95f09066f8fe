//! The history, and the revisions of a thing.

use axum::http::StatusCode;

use crate::college::College;

#[tokio::test]
async fn the_history_is_filtered_and_paged() {
    let college = College::sample().await;
    let page = college.page("/history").await;
    page.says("Dana Okafor");
    let older = college.page(&page.link("/history?person=&kind=&before=")).await;
    older.link("/history?person=&kind=");
    let aligned = college.page("/history?kind=aligned").await;
    assert!(!aligned.body.contains("data-label=\"What\">decided"));
    aligned.says("aligned crosswalk");
    college.page("/history?person=Nobody+At+All").await.says("Nothing here with this filter.");
    let wrong = college.get("/history?kind=undone").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("“undone” is no kind of change");
}

#[tokio::test]
async fn a_course_has_its_revisions() {
    let college = College::sample().await;
    let list = college.page("/courses?search=ITSY+1300").await;
    let course = college.page(&list.link("/courses/ce-")).await;
    let page = college.page(&course.link("/history/ce-")).await;
    page.says("Revisions of ITSY 1300 Fundamentals of Information Security");
    page.says("Revision 2 shown");
    page.says("Fields that differ from revision 1");
    let first = college.page(&page.links().into_iter().find(|link| link.ends_with("revision=1")).unwrap()).await;
    first.says("This is the first revision");
    assert_eq!(college.get("/history/ITSY").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let missing = college.get(&format!("{}?revision=99", course.link("/history/ce-"))).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
