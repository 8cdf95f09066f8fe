//! Findings: filtered by the address, each with its place and what to do.

use axum::http::StatusCode;

use crate::college::College;

#[tokio::test]
async fn filters_narrow_and_places_open() {
    let college = College::sample().await;
    let all = college.page("/findings").await;
    if all.text().contains("No findings.") {
        college.page("/findings?severity=error").await.says("No findings.");
        return;
    }
    let place = all.link("/sources/");
    assert_eq!(college.get(&place).await.status, StatusCode::OK);
    let none = college.page("/findings?code=no.such-code").await;
    none.says("No finding matches.");
    none.link("/findings");
}
