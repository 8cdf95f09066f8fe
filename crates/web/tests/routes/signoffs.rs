//! Sign-offs as pages: begin, sign, return, reopen, without a script.

use axum::http::StatusCode;
use credway_model::{Ctid, Strength, Verdict};
use credway_workflow::{DecideRequest, ReviewFilter, ReviewShow};

use crate::site::{Site, person};

/// The college with one pair accepted, so that there is something to sign.
async fn decided() -> (Site, Ctid) {
    let (site, crosswalk) = Site::college().await;
    decide(&site, &crosswalk).await.unwrap();
    (site, crosswalk)
}

async fn decide(site: &Site, crosswalk: &Ctid) -> Result<(), credway_workflow::WorkflowError> {
    let ada = site.workbench.by(&person("Ada"));
    let filter = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let card = &ada.review(crosswalk, &filter).await.unwrap().candidates[0];
    let word = DecideRequest {
        statement: card.statement,
        target: card.objective.id,
        verdict: Verdict::Accepted(Strength::Full),
        level: None,
        reason: None,
        settles: false,
    };
    ada.decide(crosswalk, word).await.map(drop)
}

/// The value of a hidden field.
fn field(body: &str, name: &str) -> String {
    let begins = body.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {body}"));
    body[begins..].split('"').nth(3).unwrap().to_owned()
}

/// Steps that one person can sign alone: this site knows no accounts.
async fn one_person(site: &Site) {
    let page = site.get("/signoffs/plan").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("These are the usual steps"));
    let address = page.body.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [
        ("title1", "Faculty <b>"),
        ("quorum1", "1"),
        ("role1_faculty_reviewer", "yes"),
        ("title2", "Board date"),
        ("quorum2", "1"),
        ("asks2", "date"),
        ("role2_dean", "yes"),
        ("several_steps", "yes"),
    ];
    let reply = site.post(&address, &fields).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/signoffs/plan"));
    let page = site.get("/signoffs/plan").await;
    assert!(page.body.contains("value=\"Faculty &#60;b&#62;\"") && !page.body.contains("usual steps"));
    let wrong = site.post(&address, &[("title1", "Faculty"), ("quorum1", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("names no role"));
}

#[tokio::test]
async fn a_crosswalk_is_signed_off_without_a_script() {
    let (site, crosswalk) = decided().await;
    one_person(&site).await;
    let crosswalk_page = format!("/crosswalks/{crosswalk}");
    assert!(site.get(&crosswalk_page).await.body.contains("Begin a sign-off"));
    let begin = format!("{crosswalk_page}/signoff");
    let page = site.get(&begin).await;
    assert_eq!(page.status, StatusCode::OK);
    let digest = field(&page.body, "digest");
    let stale = site.post(&begin, &[("digest", "0")]).await;
    assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.body.contains("no longer what would be signed"));
    let begun = site.post(&begin, &[("digest", &digest), ("reason", "fall")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let signoff = begun.location().to_owned();
    for page in [crosswalk_page.as_str(), &format!("{crosswalk_page}/coverage")] {
        assert!(site.get(page).await.body.contains("waits for “Faculty &#60;b&#62;”"), "{page}");
    }
    let list = site.get("/signoffs").await;
    assert!(list.body.contains(&signoff) && !list.body.contains("Nothing waits for you."));

    let page = site.get(&signoff).await;
    assert_eq!(field(&page.body, "digest"), digest);
    let sign = format!("{signoff}/sign");
    for (fields, words) in [
        (vec![("step", "0"), ("digest", "0")], "no longer what would be signed"),
        (vec![("step", "1"), ("digest", digest.as_str())], "not this step"),
        (vec![("step", "x"), ("digest", digest.as_str())], "names no step"),
        (vec![("step", "0"), ("digest", digest.as_str()), ("right", "dean")], "signed by Faculty reviewer"),
        (vec![("step", "0"), ("digest", digest.as_str()), ("date", "soon")], "is no day"),
    ] {
        let reply = site.post(&sign, &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(reply.body.contains(words), "{words}: {}", reply.body);
    }
    let note = "<script>alert(1)</script>";
    let reply =
        site.post(&sign, &[("step", "0"), ("digest", &digest), ("right", "faculty_reviewer"), ("note", note)]).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, signoff.as_str()));
    let page = site.get(&signoff).await;
    assert!(page.body.contains("type=\"date\"") && !page.body.contains(note));

    let back = format!("{signoff}/return");
    let without = site.post(&back, &[("to", "0"), ("reason", " ")]).await;
    assert!(without.body.contains("A reason is needed"));
    assert_eq!(site.post(&back, &[("to", "0"), ("reason", "credits")]).await.status, StatusCode::SEE_OTHER);
    let page = site.get(&signoff).await;
    assert!(page.body.contains("void since it was returned") && page.body.contains("“credits”"));
    for (step, date) in [("0", ""), ("1", "2026-01-15")] {
        let reply = site.post(&sign, &[("step", step), ("digest", &digest), ("date", date)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    }
    let page = site.get(&signoff).await;
    assert!(page.body.contains("<strong>approved</strong>") && page.body.contains("Jan\u{a0}15, 2026"));
    assert!(!page.body.contains("id=\"sign\""), "there is nothing left to sign");

    let refused = decide(&site, &crosswalk).await.unwrap_err().to_string();
    assert!(refused.contains("is approved and stays as it is"), "{refused}");
    let report = site.get(&format!("{crosswalk_page}/report")).await;
    assert!(report.body.contains(&digest) && report.body.contains("history") || report.body.contains("History"));
    assert_eq!(site.post(&format!("{signoff}/reopen"), &[("reason", "spring")]).await.status, StatusCode::SEE_OTHER);
    decide(&site, &crosswalk).await.unwrap();
    let program = site.get("/programs").await;
    assert_eq!(program.status, StatusCode::OK);
    let next = site.get(&begin).await;
    assert!(next.body.contains("Against revision 1, which was approved before"));
    let history = site.get(&format!("/history/{crosswalk}")).await;
    assert_eq!(history.status, StatusCode::OK, "its revisions can be looked at");
}

#[tokio::test]
async fn what_is_not_there_and_what_bounces_are_designed_pages() {
    let (site, crosswalk) = Site::college().await;
    for address in ["/signoffs/nothing", "/signoffs/ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11"] {
        let reply = site.get(address).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert!(reply.body.contains("There is no such sign-off"), "{address}");
    }
    let begin = format!("/crosswalks/{crosswalk}/signoff");
    let page = site.get(&begin).await;
    assert!(page.body.contains("No course statement was accepted") && !page.body.contains("id=\"begin-name\""));
    let reply = site.post(&begin, &[("digest", "")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = site.get("/signoffs").await;
    assert!(list.body.contains("None was begun yet"));
    let delegations = site.get("/signoffs/delegations").await;
    assert!(delegations.status == StatusCode::OK && delegations.body.contains("You have no role that signs"));
}
