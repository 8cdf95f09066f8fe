//! A program: courses by group, credits, and the way to align it.

use std::time::Duration;

use axum::http::{StatusCode, header};

use crate::college::{Answer, College};

async fn cybersecurity(college: &College) -> (String, Answer) {
    let list = college.page("/programs").await;
    let row = list.body.split("<tr>").find(|row| row.contains(">Cybersecurity<")).unwrap();
    let address = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = college.page(&address).await;
    (address, page)
}

#[tokio::test]
async fn courses_stand_by_group_with_their_sum() {
    let college = College::sample().await;
    let (_, page) = cybersecurity(&college).await;
    page.says("Cybersecurity, AAS");
    page.says("Computing foundation");
    page.says("of 60");
    page.says("ITSC 1325 Personal Computer Hardware 3");
    page.says("CompTIA Security+ SY0-701");
}

#[tokio::test]
async fn what_hangs_on_each_course_is_told_and_put_in_order() {
    let college = College::sample().await;
    let (address, page) = cybersecurity(&college).await;
    let structure = format!("{address}/structure");
    assert!(page.body.contains(&format!("href=\"{structure}\"")), "the program leads there");
    let found = college.page(&structure).await;
    // By hand: ITNW 1325 → ITSY 1300 → ITSY 2301 → ITSY 2359; ten courses need ITNW 1325.
    found.says("The longest chain of requisites has 4 courses. Most hangs on ITNW 1325: 10 courses need it");
    found.says("ITSY 2330 requires ITNW 2321 or ITSY 2301, of which any one will do.");
    let codes = |answer: &Answer| -> Vec<String> {
        let rows = answer.body.split("<th scope=\"row\" class=\"nowrap\">").skip(1);
        rows.map(|row| row.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&found)[..2], ["ITNW 1325", "ITSY 1300"]);
    let named = college.page(&format!("{structure}?by=course")).await;
    let mut sorted = codes(&named);
    assert_eq!(sorted.len(), 20);
    assert_eq!(sorted[0], "ENGL 1301");
    sorted.sort();
    assert_eq!(codes(&named), sorted);
    assert!(named.body.contains("aria-sort=\"ascending\"><a href=\"?by=course\""));
}

#[tokio::test]
async fn aligning_leads_to_the_crosswalk() {
    let college = College::sample().await;
    let (address, page) = cybersecurity(&college).await;
    let chosen = page.body.split("label=\"Not aligned yet\"").nth(1).unwrap();
    let blueprint = chosen.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let begun = college.post(&format!("{address}/align"), &format!("blueprint={blueprint}")).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let work = begun.headers[header::LOCATION].to_str().unwrap().to_owned();
    for _ in 0..600 {
        let answer = college.get(&work).await;
        if answer.status == StatusCode::SEE_OTHER {
            let crosswalk = answer.headers[header::LOCATION].to_str().unwrap();
            assert!(crosswalk.starts_with("/crosswalks/ce-"), "{crosswalk}");
            let state = college.get(&format!("{work}/state")).await;
            assert!(state.body.contains("\"finished\":true"), "{}", state.body);
            return;
        }
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.says("Aligning Cybersecurity to");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it did not end within a minute");
}

#[tokio::test]
async fn a_form_without_a_blueprint_is_refused_with_words() {
    let college = College::sample().await;
    let (address, _) = cybersecurity(&college).await;
    let answer = college.post(&format!("{address}/align"), "blueprint=").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("No blueprint was chosen.");
    let unknown = college.get("/work/99").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    unknown.says("This work is not known here, or is not yours");
}
