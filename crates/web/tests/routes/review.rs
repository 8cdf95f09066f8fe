//! The review: words that count at once, undo, and the card alone for a script.

use axum::http::StatusCode;
use credway_model::Ctid;
use credway_workflow::{ReviewFilter, ReviewShow};

use crate::site::{Site, person};

/// The first candidate of the objective with this number.
async fn pair(site: &Site, crosswalk: &Ctid, code: &str) -> (String, String) {
    let filter = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let mut page = site.workbench.by(&person("Ada")).review(crosswalk, &filter).await.unwrap();
    loop {
        if let Some(card) = page.candidates.iter().find(|card| card.objective.code.as_deref() == Some(code)) {
            return (card.statement.to_string(), card.objective.id.to_string());
        }
        let focus = page.next.unwrap();
        page = site
            .workbench
            .by(&person("Ada"))
            .review(crosswalk, &ReviewFilter { focus: Some(focus), ..filter.clone() })
            .await
            .unwrap();
    }
}

async fn total(site: &Site, crosswalk: &Ctid) -> f64 {
    site.workbench.coverage(crosswalk).await.unwrap().total.unwrap()
}

#[tokio::test]
async fn a_word_counts_at_once_and_can_be_taken_back() {
    let (site, crosswalk) = Site::college().await;
    let (statement, target) = pair(&site, &crosswalk, "1.1").await;
    let word = [("statement", statement.as_str()), ("target", &target), ("verdict", "full"), ("focus", &target)];
    let reply = site.post(&format!("/crosswalks/{crosswalk}/decide"), &word).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    assert_eq!(
        reply.location(),
        format!("/crosswalks/{crosswalk}/review?focus={target}&last={statement}.{target}#review-last")
    );
    assert!((total(&site, &crosswalk).await - 30.0).abs() < 1e-9);
    let page = site.get(reply.location()).await;
    assert!(page.body.contains("data-undo-last"), "{}", page.body);

    let reply = site.post(&format!("/crosswalks/{crosswalk}/undo"), &word).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    assert!(total(&site, &crosswalk).await.abs() < 1e-9);
    let reply = site.post(&format!("/crosswalks/{crosswalk}/undo"), &word).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_script_gets_the_card_and_the_progress_alone() {
    let (site, crosswalk) = Site::college().await;
    let (statement, target) = pair(&site, &crosswalk, "1.1").await;
    let word = [
        ("statement", statement.as_str()),
        ("target", &target),
        ("verdict", "partial"),
        ("reason", "Only <packet> filters."),
        ("level", "introduced"),
    ];
    let part = [("x-credway-part", "card")];
    let reply = site.post_with(&format!("/crosswalks/{crosswalk}/decide"), &word, &part).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    assert!(reply.body.trim_start().starts_with("<article") && reply.body.contains("review-progress"));
    assert!(reply.body.contains("accepted in part") && reply.body.contains("data-open=\"false\""));
    assert!(reply.body.contains("Only &#60;packet&#62; filters."), "{}", reply.body);
    assert!(!reply.body.contains("<html"));
}

#[tokio::test]
async fn a_disagreement_is_shown_and_settled() {
    let (site, crosswalk) = Site::college().await;
    let (statement, target) = pair(&site, &crosswalk, "2.1").await;
    let request = credway_workflow::DecideRequest {
        statement: statement.parse().unwrap(),
        target: target.parse().unwrap(),
        verdict: credway_model::Verdict::Rejected,
        level: None,
        reason: None,
        settles: false,
    };
    site.workbench.by(&person("Ben")).decide(&crosswalk, request).await.unwrap();
    let word = [("statement", statement.as_str()), ("target", &target), ("verdict", "full")];
    site.post(&format!("/crosswalks/{crosswalk}/decide"), &word).await;
    let page = site.get(&format!("/crosswalks/{crosswalk}/review?show=disputed")).await.body;
    assert!(page.contains("My decision settles the disagreement") && page.contains("Ben: rejected"), "{page}");
    let settled: Vec<_> = word.iter().copied().chain([("settles", "yes")]).collect();
    site.post(&format!("/crosswalks/{crosswalk}/decide"), &settled).await;
    assert!((total(&site, &crosswalk).await - 40.0).abs() < 1e-9);
}

#[tokio::test]
async fn a_blind_review_hides_the_other_words() {
    let (site, crosswalk) = Site::college().await;
    let (statement, target) = pair(&site, &crosswalk, "1.1").await;
    let request = credway_workflow::DecideRequest {
        statement: statement.parse().unwrap(),
        target: target.parse().unwrap(),
        verdict: credway_model::Verdict::Rejected,
        level: None,
        reason: None,
        settles: false,
    };
    site.workbench.by(&person("Ben")).decide(&crosswalk, request).await.unwrap();
    let page = site.get(&format!("/crosswalks/{crosswalk}/review?blind=yes&focus={target}")).await.body;
    assert!(page.contains(&statement) && !page.contains("Ben: "), "{page}");
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_and_nothing_is_recorded() {
    let (site, crosswalk) = Site::college().await;
    let (statement, target) = pair(&site, &crosswalk, "1.1").await;
    let pair = [("statement", statement.as_str()), ("target", target.as_str())];
    let decide = format!("/crosswalks/{crosswalk}/decide");
    for wrong in [("verdict", "maybe"), ("verdict", "")] {
        let word: Vec<_> = pair.iter().copied().chain([wrong]).collect();
        assert_eq!(site.post(&decide, &word).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let foreign = [("statement", target.as_str()), ("target", target.as_str()), ("verdict", "full")];
    assert_eq!(site.post(&decide, &foreign).await.status, StatusCode::NOT_FOUND);
    let other = [("statement", statement.as_str()), ("target", target.as_str()), ("verdict", "full"), ("csrf", "x")];
    let forged = Site { token: "forged".to_owned(), ..site };
    assert_eq!(forged.post(&decide, &other).await.status, StatusCode::FORBIDDEN);
    assert!(total(&forged, &crosswalk).await.abs() < 1e-9);
}

#[tokio::test]
async fn a_pair_says_why_and_who_said_what() {
    let (site, crosswalk) = Site::college().await;
    let (statement, target) = pair(&site, &crosswalk, "1.1").await;
    let address = format!("/crosswalks/{crosswalk}/why?statement={statement}&target={target}");
    let review = site.get(&format!("/crosswalks/{crosswalk}/review?show=all&order=useful&focus={target}")).await;
    assert!(review.body.contains(&address.replace('&', "&amp;")), "{}", review.body);
    let page = site.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Nobody has said anything") && page.body.contains("Number by number"), "{}", page.body);
    let word = [("statement", statement.as_str()), ("target", &target), ("verdict", "full"), ("focus", &target)];
    site.post(&format!("/crosswalks/{crosswalk}/decide"), &word).await;
    let page = site.get(&address).await;
    assert!(page.body.contains("accepted (full)") && !page.body.contains("Nobody has said anything"));
    let wrong = site.get(&format!("/crosswalks/{crosswalk}/why?statement=x&target={target}")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let wrong = site.get(&format!("/crosswalks/{crosswalk}/review?order=best")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_was_learned_has_its_page() {
    let (site, _) = Site::college().await;
    let page = site.get("/learning").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Nothing was learned yet") && page.body.contains("too few to learn from"));
    assert!(!page.body.contains("Learn now"), "nothing is offered that cannot be done");
    let institution = site.workbench.find_learning(None).await.unwrap();
    for act in ["", "/forget"] {
        let reply = site.post(&format!("/learning/{institution}{act}"), &[]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
    }
}
