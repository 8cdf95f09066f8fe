//! Coverage: figures that a person can compute again.

use axum::http::StatusCode;
use credway_model::{Strength, Verdict};
use credway_workflow::{DecideRequest, ReviewFilter, ReviewShow};

use crate::site::{Site, person};

#[tokio::test]
async fn the_page_shows_totals_domains_gaps_and_how_to_compute_them() {
    let (site, crosswalk) = Site::college().await;
    let filter = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let review = site.workbench.review(&crosswalk, &filter, &person("Ada")).await.unwrap();
    let card = &review.candidates[0];
    let word = |verdict| DecideRequest {
        statement: card.statement,
        target: card.objective.id,
        verdict,
        level: None,
        reason: None,
        settles: false,
    };
    site.workbench.decide(&crosswalk, word(Verdict::Accepted(Strength::Full)), &person("Ada")).await.unwrap();
    site.workbench.decide(&crosswalk, word(Verdict::Accepted(Strength::Partial)), &person("Ben")).await.unwrap();
    let reply = site.get(&format!("/crosswalks/{crosswalk}/coverage")).await;
    assert_eq!(reply.status, StatusCode::OK);
    for expected in [
        "15\u{a0}%</strong> of the exam’s weight",
        "Weights as published.",
        "<title id=\"picture-title\">",
        "2 Threats",
        "3 objectives are not fully covered",
        "Ada and Ben",
        "1 disagreement",
        "30.0000",
        "15.0000",
        "is split equally among its objectives",
        "Harbor Guard HG-1, examined from Jan\u{a0}1, 2026",
    ] {
        assert!(reply.body.contains(expected), "{expected} is not in {}", reply.body);
    }
}

#[tokio::test]
async fn a_crosswalk_that_is_not_there_is_a_designed_page() {
    let (site, _) = Site::college().await;
    let reply = site.get("/crosswalks/ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11/coverage").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.body.contains("<main") && reply.body.contains("There is no such crosswalk"));
}
