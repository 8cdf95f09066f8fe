//! Coverage: figures that a person can compute again.

use axum::http::StatusCode;
use credway_model::{Strength, Verdict};
use credway_workflow::{DecideRequest, ReviewFilter, ReviewShow};

use crate::site::{Site, person};

#[tokio::test]
async fn the_page_shows_totals_domains_gaps_and_how_to_compute_them() {
    let (site, crosswalk) = Site::college().await;
    let filter = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let review = site.workbench.by(&person("Ada")).review(&crosswalk, &filter).await.unwrap();
    let card = &review.candidates[0];
    let word = |verdict| DecideRequest {
        statement: card.statement,
        target: card.objective.id,
        verdict,
        level: None,
        reason: None,
        settles: false,
    };
    site.workbench.by(&person("Ada")).decide(&crosswalk, word(Verdict::Accepted(Strength::Full))).await.unwrap();
    site.workbench.by(&person("Ben")).decide(&crosswalk, word(Verdict::Accepted(Strength::Partial))).await.unwrap();
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

#[tokio::test]
async fn the_reports_page_says_what_its_files_say() {
    let (site, crosswalk) = Site::college().await;
    for (page, files) in [("report", "coverage/export"), ("report/crosswalk", "export")] {
        let reply = site.get(&format!("/crosswalks/{crosswalk}/{page}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{page}");
        let begins = reply.body.find("<article").unwrap();
        let article = &reply.body[begins..reply.body.find("</article>").unwrap()];
        let file = site.get(&format!("/crosswalks/{crosswalk}/{files}?format=html")).await;
        assert_eq!(file.status, StatusCode::OK, "{files}");
        // The minute of the answer is the only thing that may differ.
        let said =
            |html: &str| html.lines().filter(|line| !line.contains("UTC")).map(str::to_owned).collect::<Vec<_>>();
        let own = &file.body[file.body.find("<article").unwrap()..file.body.find("</article>").unwrap()];
        assert_eq!(said(article), said(own));
        for form in ["pdf", "docx", "xlsx"] {
            assert!(reply.body.contains(&format!("{files}?format={form}")), "{page} offers {form}");
        }
    }
    let pdf = site.get(&format!("/crosswalks/{crosswalk}/coverage/export?format=pdf")).await;
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    let wrong = site.get(&format!("/crosswalks/{crosswalk}/coverage/export?format=csv")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.get("/crosswalks/nothing/report").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_finds_the_smallest_set_of_changes_with_its_proof() {
    let (site, crosswalk) = Site::college().await;
    let address = format!("/crosswalks/{crosswalk}/coverage");
    let empty = site.get(&address).await;
    assert!(empty.body.contains("Smallest set of course changes") && !empty.body.contains("What to change, by course"));
    // Nothing is accepted yet. 1.1 and 1.2 weigh 30 each, 2.1 weighs 40: 70 % takes two additions, of which one is 2.1.
    let reply = site.get(&format!("{address}?reach=70")).await;
    assert_eq!(reply.status, StatusCode::OK);
    for expected in [
        "2 changes in",
        "With 1 change the most that can be reached is 40 % of the exam, below the 70 % asked.",
        "So fewer will not do",
        "What to change, by course",
        "Explain types of malware and how they spread",
        "Coverage by domain now and after",
        "These are assumptions to be set by the college",
    ] {
        assert!(reply.body.contains(expected), "{expected} is not in {}", reply.body);
    }
    let tight = site.get(&format!("{address}?reach=100&most=1&near=2")).await;
    assert!(tight.body.contains("No set of the candidate changes reaches 100 % of the exam"), "{}", tight.body);
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_at_its_field() {
    let (site, crosswalk) = Site::college().await;
    for (query, field, words) in [
        ("reach=eighty", "reach-total", "Write a percentage from 0 to 100."),
        ("reach=80&near=x", "reach-near", "Write a whole number."),
        ("reach=80&leave=NOPE+1", "reach-leave", "No course of the program has the code “NOPE 1”"),
    ] {
        let reply = site.get(&format!("/crosswalks/{crosswalk}/coverage?{query}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{query}");
        let from = reply.body.find(&format!("id=\"{field}\"")).unwrap();
        let input = &reply.body[from..from + reply.body[from..].find("</div>").unwrap()];
        assert!(input.contains("aria-invalid=\"true\"") && input.contains(words), "{query}: {input}");
        assert!(reply.body.contains("role=\"alert\""));
    }
}
