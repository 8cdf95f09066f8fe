//! People who had to go: their sessions and tokens end at once, and their names can be taken away without bending the
//! history.

use axum::http::StatusCode;
use credway_workflow::{HistoryFilter, HistoryLine};

use crate::two_colleges::Who;
use crate::{PASSWORD, sign_in, site, who};

#[tokio::test]
async fn a_suspended_persons_session_token_and_password_end_at_once() {
    let (site, _) = site().await;
    let (keeper, victim) = (who("Administrator of Harbor College"), who("Program lead of Harbor College"));
    let program = who("Program of Program lead of Harbor College");
    let address = format!("/people/{}/suspend", victim.account.unwrap());
    assert_eq!(site.post(keeper, &address, &[("reason", "left")]).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(victim, "/account").await.location().starts_with("/sign-in"));
    assert_eq!(site.get(program, "/programs").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&site, &victim.email, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let link = site.post(keeper, &format!("/people/{}/link", victim.account.unwrap()), &[]).await;
    assert_eq!(link.status, StatusCode::UNPROCESSABLE_ENTITY, "and no new link lets them in");
}

#[tokio::test]
async fn a_role_that_was_taken_is_gone_with_the_next_request() {
    let (site, colleges) = site().await;
    let (keeper, victim) = (who("Administrator of Harbor College"), who("Program lead of Harbor College"));
    let crosswalk = format!("/crosswalks/{}", colleges.places[0].crosswalk);
    assert_eq!(site.get(victim, &crosswalk).await.status, StatusCode::OK);
    let home = colleges.home.to_string();
    let address = format!("/people/{}/take", victim.account.unwrap());
    site.post(keeper, &address, &[("role", "program_lead"), ("institution", &home)]).await;
    assert_eq!(site.get(victim, &crosswalk).await.status, StatusCode::NOT_FOUND);
    assert!(!site.get(victim, "/").await.body.contains("Security"));
}

#[tokio::test]
async fn an_erased_persons_name_is_on_no_page_and_the_history_holds() {
    for name in ["Program lead", "Faculty reviewer", "Registrar", "Employer reviewer"] {
        erased(who(&format!("{name} of Harbor College"))).await;
    }
}

async fn erased(gone: &Who) {
    let (site, colleges) = site().await;
    let keeper = who("Administrator of Harbor College");
    let place = &colleges.places[0];
    let address = format!("/people/{}/erase", gone.account.unwrap());
    assert_eq!(site.post(keeper, &address, &[("reason", "asked for it")]).await.status, StatusCode::SEE_OTHER);
    for address in [
        "/people".to_owned(),
        "/history".to_owned(),
        "/signoffs".to_owned(),
        format!("/history/{}", place.course),
        format!("/comments/course.{}", place.course),
        format!("/crosswalks/{}", place.crosswalk),
        format!("/crosswalks/{}/assignments", place.crosswalk),
        format!("/crosswalks/{}/report", place.crosswalk),
        format!("/crosswalks/{}/export?format=csv", place.crosswalk),
        format!("/crosswalks/{}/export?format=json", place.crosswalk),
        format!("/signoffs/{}", place.signoff),
    ] {
        let page = site.get(keeper, &address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        for word in [gone.name.as_str(), gone.email.as_str()] {
            assert!(!page.body.contains(word), "“{word}” is on {address}");
        }
    }
    for (name, address) in [
        ("Faculty reviewer of Harbor College", "/notifications"),
        ("Employer reviewer of Harbor College", "/notifications"),
    ] {
        let page = site.get(who(name), address).await;
        assert!(!page.body.contains(&gone.name), "{name} is still told the name: {}", page.body);
    }
    let audit = site.owner.audit(None).await.unwrap();
    assert!(audit.broken.is_none(), "{:?}", audit.broken);
    assert_eq!(sign_in(&site, &gone.email, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(site.get(&Who { only: None, ..gone.clone() }, "/account").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn erasing_somebody_with_a_short_name_takes_nobody_elses_words() {
    let (site, colleges) = site().await;
    let other = who("Administrator of Inland College");
    let (institution, reviewer) =
        (colleges.places[2].institution.to_string(), who("Faculty reviewer of Harbor College"));
    let fields =
        [("name", "e"), ("email", "e@inland.example"), ("role", "advisor"), ("institution", institution.as_str())];
    assert_eq!(site.post(other, "/people/invite", &fields).await.status, StatusCode::OK);
    let gone = site.owner.people().await.unwrap().people.into_iter().find(|one| one.name == "e").unwrap();
    let told = site.get(reviewer, "/notifications").await.body;
    let before = site.owner.history(&HistoryFilter { limit: 1_000, ..HistoryFilter::default() }).await.unwrap();
    site.owner.give(gone.id, gone.grants[0].grant).await.unwrap();
    let erased = site.post(other, &format!("/people/{}/erase", gone.id), &[("reason", "asked for it")]).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    let after = site.owner.history(&HistoryFilter { limit: 1_000, ..HistoryFilter::default() }).await.unwrap();
    let words = |lines: &[HistoryLine], number| lines.iter().find(|one| one.number == number).unwrap().summary.clone();
    for line in before.iter().filter(|line| line.subject != gone.id.subject()) {
        assert_eq!(words(&after, line.number), line.summary);
    }
    assert_eq!(after.iter().filter(|line| line.kind == "erased").count(), 2, "one for the person, one for the lines");
    assert_eq!(site.get(reviewer, "/notifications").await.body.matches("Former member").count(), 0);
    assert_eq!(told.matches("<time").count(), site.get(reviewer, "/notifications").await.body.matches("<time").count());
    assert!(site.owner.audit(None).await.unwrap().broken.is_none());
}
