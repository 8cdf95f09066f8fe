//! Sources: a piece of a file with the place marked.

use axum::http::StatusCode;

use crate::college::College;

#[tokio::test]
async fn a_place_that_is_not_there_is_said() {
    let college = College::sample().await;
    let list = college.page("/courses?search=ITSY+1300").await;
    let course = college.page(&list.link("/courses/ce-")).await;
    let source = course.link("/sources/");
    let bare = source.split('?').next().unwrap();
    college.page(bare).await.says("The beginning of the imported file.");
    college.page(&format!("{bare}?place=row%2099999")).await.says("“row 99999” is not in this file");
    assert_eq!(college.get("/sources/abc").await.status, StatusCode::NOT_FOUND);
}
