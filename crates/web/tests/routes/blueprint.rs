//! A blueprint: weights as bars and table, and where its objectives are taught.

use crate::college::{Answer, College};

async fn named(college: &College, name: &str) -> Answer {
    let list = college.page("/blueprints").await;
    let row = list.body.split("<tr>").find(|row| row.contains(name)).unwrap();
    let address = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    college.page(&address).await
}

#[tokio::test]
async fn every_bar_has_its_figure() {
    let college = College::sample().await;
    let page = named(&college, "Security+").await;
    page.says("The weights come to 100 %.");
    page.says("1 General Security Concepts 12 %");
    let table = page.body.split("class=\"weights stack\"").nth(1).unwrap().split("</table>").next().unwrap();
    assert_eq!(table.matches("<svg").count(), table.matches("<tr>").count() - 1, "one bar a domain");
    assert_eq!(table.matches("width=\"12\"").count(), 1);
    page.says("Cybersecurity");
    page.says("full");
    page.link("/sources/");
}

#[tokio::test]
async fn a_retired_version_says_so() {
    let college = College::sample().await;
    named(&college, "PTCE 2020").await.says("Retired: this version is no longer examined.");
}
