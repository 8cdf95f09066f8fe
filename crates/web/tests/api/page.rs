//! The page about the interface.

use crate::site::Site;

#[tokio::test]
async fn the_page_names_every_operation_and_every_kind_of_problem() {
    let site = Site::with_accounts().await;
    let document = site.get("", "/api/v1/openapi.json").await.fine();
    let page = site.get("", "/api").await;
    assert!(page.status.is_success());
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let line = format!("<code>{} {path}</code>", method.to_uppercase());
            assert!(page.body.contains(&line), "{line}");
            let id = format!("id=\"{}\"", operation["operationId"].as_str().unwrap());
            assert_eq!(page.body.matches(&id).count(), 1, "{id}");
        }
    }
    let problem = site.get("", "/api/v1/me").await.is_problem(401, "sign-in");
    let mark = problem["type"].as_str().unwrap().replace("/api#", "id=\"");
    assert!(page.body.contains(&mark), "the type of a problem is an address where it is described");
    assert!(!page.body.contains("style=") && !page.body.contains("<script"));
}
