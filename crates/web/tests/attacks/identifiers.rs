//! Somebody else's identifiers, put into one's own requests.

use axum::http::StatusCode;

use crate::two_colleges::Who;
use crate::{anew, site, who};

const GONE: [StatusCode; 2] = [StatusCode::NOT_FOUND, StatusCode::GONE];

#[tokio::test]
async fn anothers_session_cannot_be_ended() {
    let (site, _) = site().await;
    let (attacker, victim) = (who("Administrator of Inland College"), who("Dean of Harbor College"));
    let answer = site.post(attacker, "/account/sessions/end", &[("mark", &victim.session)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(victim, "/account").await.status, StatusCode::OK);
    // Nor several at once by a mark that is too short.
    for mark in ["", "0", &victim.session[..1]] {
        let answer = site.post(attacker, "/account/sessions/end", &[("mark", mark)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{mark}");
    }
}

#[tokio::test]
async fn anothers_token_cannot_be_revoked() {
    let (site, _) = site().await;
    let victim = who("Dean of Harbor College");
    let address = format!("/account/tokens/{}/revoke", victim.token_id);
    assert_eq!(site.post(who("Administrator of Harbor College"), &address, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(site.get(victim, "/account").await.body.contains(&address), "it is still good");
}

#[tokio::test]
async fn anothers_notification_cannot_be_marked_as_read() {
    let (site, colleges) = site().await;
    let id = colleges.places[0].notification.to_string();
    let reviewer = who("Faculty reviewer of Harbor College");
    let answer = site.post(who("Dean of Harbor College"), "/notifications/read", &[("id", &id)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(reviewer, "/notifications/read", &[("id", &id)]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn anothers_comment_cannot_be_worded_anew_or_taken_back() {
    let (site, colleges) = site().await;
    let place = &colleges.places[0];
    let (address, id) = (format!("/comments/course.{}", place.course), place.comment.to_string());
    let dean = who("Dean of Harbor College");
    for act in ["edit", "withdraw"] {
        let answer = site.post(dean, &format!("{address}/{act}"), &[("id", &id), ("text", "bent")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}");
    }
    let page = site.get(dean, &address).await.body;
    assert!(page.contains("See the lab.") && !page.contains("bent"));
    // Its author cannot reach it through a row it was not said on either.
    let other = format!("/comments/program.{}/withdraw", place.program);
    let answer = site.post(who("Program lead of Harbor College"), &other, &[("id", &id)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn anothers_review_cannot_be_ended() {
    let (site, colleges) = site().await;
    let address = format!("/assignments/{}/end", colleges.places[2].assignment);
    for attacker in ["Faculty reviewer of Harbor College", "Program lead of Harbor College"] {
        assert_eq!(site.post(who(attacker), &address, &[]).await.status, StatusCode::NOT_FOUND, "{attacker}");
    }
    assert_eq!(site.post(who("Program lead of Inland College"), &address, &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn anothers_share_cannot_be_read_answered_or_taken_back() {
    let (site, colleges) = site().await;
    let place = &colleges.places[2];
    let attacker = who("Employer reviewer of Harbor College");
    assert_eq!(site.get(attacker, &format!("/shared/{}", place.share)).await.status, StatusCode::NOT_FOUND);
    let row = place.pair.1.to_string();
    let say = format!("/shared/{}/say", place.share);
    assert_eq!(site.post(attacker, &say, &[("row", &row), ("word", "agree")]).await.status, StatusCode::NOT_FOUND);
    let revoke = format!("/shares/{}/revoke", place.share);
    for attacker in ["Employer reviewer of Harbor College", "Program lead of Harbor College"] {
        assert_eq!(site.post(who(attacker), &revoke, &[]).await.status, StatusCode::NOT_FOUND, "{attacker}");
    }
    let theirs = who("Employer reviewer of Inland College");
    assert_eq!(site.get(theirs, &format!("/shared/{}", place.share)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_share_opens_its_sheet_and_nothing_beside_it() {
    let (site, colleges) = site().await;
    let (employer, place) = (who("Employer reviewer of Harbor College"), &colleges.places[0]);
    assert_eq!(site.get(employer, &format!("/shared/{}", place.share)).await.status, StatusCode::OK);
    for address in [
        format!("/crosswalks/{}", place.crosswalk),
        format!("/programs/{}", place.program),
        format!("/pathways/{}", place.pathway),
        format!("/pathways/{}/plan", place.pathway),
        format!("/courses/{}", place.course),
        format!("/comments/crosswalk.{}", place.crosswalk),
        format!("/sources/{}", place.source),
        format!("/history/{}", place.course),
    ] {
        let answer = site.get(employer, &address).await;
        assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{address}: {}", answer.status);
    }
}

#[tokio::test]
async fn anothers_file_and_work_are_as_not_there() {
    let (site, colleges) = site().await;
    let (attacker, victim) = (who("Program lead of Harbor College"), who("Program lead of Inland College"));
    let token = victim.upload.clone().unwrap();
    for address in
        [format!("/import/preview/{token}"), format!("/import/result/{token}"), format!("/import/progress/{token}")]
    {
        assert!(GONE.contains(&site.get(attacker, &address).await.status), "{address}");
    }
    assert!(GONE.contains(&site.post(attacker, "/import", &[("token", &token)]).await.status));
    assert!(GONE.contains(&site.post(attacker, &format!("/import/stop/{token}"), &[]).await.status));
    assert!(site.get(victim, "/work").await.body.contains("waiting.csv"), "it still waits");
    let work = format!("/work/{}", colleges.places[2].work);
    let (theirs, none) = (site.get(attacker, &work).await, site.get(attacker, "/work/none").await);
    assert_eq!((theirs.status, none.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(!site.get(attacker, "/work").await.body.contains(&work));
}

#[tokio::test]
async fn the_history_tells_nothing_of_another_institution() {
    let (site, _) = site().await;
    for name in ["Administrator of Inland College", "Program lead of Inland College", "Dean of Inland College"] {
        let page = site.get(who(name), "/history").await;
        assert_eq!(page.status, StatusCode::OK, "{name}");
        for word in ["Harbor College was invited", "Security", "ITSY 1300", "ITNW 1325", "Spare 0"] {
            assert!(!page.body.contains(word), "{name} reads “{word}”");
        }
        assert!(page.body.contains("Defence"), "{name} reads their own");
    }
}

#[tokio::test]
async fn people_of_another_institution_are_not_listed() {
    let (site, _) = site().await;
    let page = site.get(who("Administrator of Inland College"), "/people").await.body;
    assert!(
        page.contains("Dean of Inland College") && !page.contains("of Harbor College") && !page.contains("Spare 0")
    );
    let own = site.get(who("Dean of Inland College"), "/people").await.body;
    assert!(!own.contains("registrar.of.inland"), "addresses are for who keeps the people");
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_theirs_look_alike() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Inland College");
    let made_up = "ce-8f3b6f5a-4a0e-4d0c-9d0f-3f1f6f6d2a11";
    let place = &colleges.places[0];
    for (list, id) in [
        ("programs", place.program),
        ("courses", place.course),
        ("crosswalks", place.crosswalk),
        ("pathways", place.pathway),
    ] {
        let said = async |id: &str| {
            let answer = site.get(lead, &format!("/{list}/{id}")).await;
            (answer.status, answer.body.replace(id, ""))
        };
        let (theirs, none) = (said(&id.to_string()).await, said(made_up).await);
        assert_eq!(theirs.0, StatusCode::NOT_FOUND, "{list}");
        assert_eq!(theirs, none, "{list}");
    }
    let nobody = site.get(&Who::default(), &format!("/programs/{}", place.program)).await;
    assert!(nobody.location().starts_with("/sign-in"));
    drop(anew(&site, lead).await);
}
