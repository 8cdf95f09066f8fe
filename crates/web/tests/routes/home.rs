//! Home: one next action, and an empty database with three ways to begin.

use crate::college::College;

#[tokio::test]
async fn an_empty_database_shows_three_ways_to_begin() {
    let college = College::empty().await;
    let page = college.page("/").await;
    page.says("credway demo");
    page.link("/import?kind=blueprint");
    page.link("/import?kind=courses");
    assert_eq!(page.body.matches("class=\"button\"").count(), 2);
}

#[tokio::test]
async fn the_sample_shows_one_next_step_and_every_crosswalk() {
    let college = College::sample().await;
    let page = college.page("/").await;
    page.says("Lantern Bay Community College");
    page.says("Continue reviewing");
    assert_eq!(page.body.matches("class=\"button\"").count(), 1, "one clear next action");
    page.says("Cybersecurity × CompTIA Security+ SY0-701");
    page.says("of the exam’s weight is covered");
    page.says("Certified Pharmacy Technician (CPhT) PTCE 2020 , last examined Jan 5, 2026");
    page.says("Acting as Dana Okafor");
}
