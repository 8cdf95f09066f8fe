//! A course: values beside their places, outcomes, and what each covers.

use axum::http::StatusCode;

use crate::college::College;

#[tokio::test]
async fn every_value_leads_to_its_place() {
    let college = College::sample().await;
    let list = college.page("/courses?search=ITSY+1300").await;
    let page = college.page(&list.link("/courses/ce-")).await;
    page.says("ITSY 1300");
    page.says("assessed by");
    page.says("CompTIA Security+ SY0-701 1.1");
    let place = page.links().into_iter().find(|link| link.contains("place=row") && link.contains("credits")).unwrap();
    let source = college.page(&place).await;
    source.says("courses.csv");
    assert_eq!(source.body.matches("class=\"here\"").count(), 1, "one line is marked");
    let marked = source.body.split("class=\"here\"").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(marked.contains("ITSY 1300"), "{marked}");
}

#[tokio::test]
async fn what_is_no_course_is_said() {
    let college = College::sample().await;
    let answer = college.get("/courses/ITSY").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    answer.says("There is no such course");
}

#[tokio::test]
async fn requisites_are_told_as_a_nested_list_beside_the_words() {
    let college = College::sample().await;
    let list = college.page("/courses?search=ITSY+2301").await;
    let page = college.page(&list.link("/courses/ce-")).await;
    page.says("What it requires");
    let told = page.body.split("id=\"requisites-name\">").nth(1).unwrap().split("</section>").next().unwrap();
    assert_eq!(told.matches("<ul>").count(), told.matches("</ul>").count());
    assert_eq!(told.matches("<li").count(), told.matches("</li>").count());
    assert!(told.contains("href=\"/courses/ce-"), "{told}");
}
