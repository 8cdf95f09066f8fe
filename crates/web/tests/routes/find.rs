//! What a program nearly covers: ranked, with its range, and never said to count.

use axum::http::StatusCode;

use crate::college::College;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_ranks_outlines_and_says_what_is_missing() {
    let college = College::sample().await;
    let program = college.get("/programs").await.link("/programs/ce-");
    let find = college.get(&program).await.link(&format!("{program}/find"));
    let answer = college.get(&find).await;
    assert_eq!(answer.status, StatusCode::OK);
    for words in
        ["By likely coverage", "Nine in ten", "nothing counts before a named person accepts it", "missing", "√"]
    {
        answer.says(words);
    }
    let alone = answer.link("/crosswalks/");
    assert!(alone.ends_with("/review"));
    let blueprint = college.get("/blueprints").await.link("/blueprints/ce-").replace("/blueprints/", "");
    let one = college.get(&format!("{find}?outline={blueprint}")).await;
    assert_eq!(one.body.matches("<h2 id=\"outline-").count(), 1);
    assert_eq!(college.get(&format!("{find}?outline=nothing")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        college.get("/programs/ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11/find").await.status,
        StatusCode::NOT_FOUND
    );
}
