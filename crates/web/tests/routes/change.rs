//! A change of versions: old and new side by side, the lists, the memo, and the words on rows.

use axum::http::{StatusCode, header};

use crate::college::College;

/// The identifiers of two blueprints of the sample, from the form that compares any two.
async fn two(college: &College) -> (String, String) {
    let page = college.page("/changes").await;
    let option = |words: &str| {
        let option = page.body.split("<option value=\"").skip(1).find(|option| option.contains(words)).unwrap();
        option.split('"').next().unwrap().to_owned()
    };
    (option("Security+"), option("PTCE 2020"))
}

#[tokio::test]
async fn two_versions_stand_side_by_side() {
    let college = College::sample().await;
    let (old, new) = two(&college).await;
    let sent = college.get(&format!("/changes?old={old}&new={new}")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.headers[header::LOCATION], format!("/changes/{old}..{new}"));
    let address = format!("/changes/{old}..{new}");
    let page = college.page(&address).await;
    page.says("From CompTIA Security+ SY0-701 to Certified Pharmacy Technician (CPhT) PTCE 2020");
    page.says("is not covered any more by what goes on by itself");
    page.says("Rows to look at");
    page.says("need somebody");
    page.says("not there any more");
    let gone = college.page(&format!("{address}?kind=gone")).await;
    let table = gone.body.split("ch-sides").nth(1).unwrap();
    assert!(table.contains("tag-warning\">gone") && !table.contains(">new<"));
    // Nothing is unchanged between two such exams, and that is said.
    let program = page.body.split("id=\"program-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let carried = college.post(&format!("{address}/carry"), &format!("program={program}")).await;
    assert_eq!(carried.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", carried.text());
    carried.says("No decision is left");
    let itself = college.get(&format!("/changes/{old}..{old}")).await;
    itself.says("cannot be compared with itself");
    assert_eq!(college.get("/changes/nonsense").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_memo_is_a_page_and_its_files() {
    let college = College::sample().await;
    let (old, new) = two(&college).await;
    let memo = college.page(&format!("/changes/{old}..{new}/memo")).await;
    memo.says("Courses whose teachers must look");
    memo.says("Coverage before and after");
    for (form, kind) in [("pdf", "application/pdf"), ("html", "text/html; charset=utf-8")] {
        let file = college.get(&format!("/changes/{old}..{new}/memo/export?format={form}")).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], kind);
    }
    let wrong = college.get(&format!("/changes/{old}..{new}/memo/export?format=odt")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_catalogue_that_did_not_change_says_so() {
    let college = College::sample().await;
    college.page("/changes/catalogue").await.says("Every decision rests on words that are still there.");
}
