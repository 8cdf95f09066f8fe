//! Pathways of others: not to be found, and not to be changed by who may only read them.

use axum::http::StatusCode;

use crate::two_colleges::{Site, Who};
use crate::{site, who};

/// What changes a pathway, each with a form that its owners could send.
const CHANGES: [(&str, &[(&str, &str)]); 5] = [
    ("component", &[("revision", "1"), ("kind", "job"), ("name", "Bent")]),
    ("remove", &[("revision", "1"), ("key", "award")]),
    ("move", &[("key", "award")]),
    ("undo", &[("revision", "2")]),
    ("costs", &[("revision", "1"), ("description", "Bent")]),
];

/// That nothing of it can be changed by somebody, and nothing was.
async fn unchanged(site: &Site, attacker: &Who, address: &str) {
    let before = site.owner.pathway(address.trim_start_matches("/pathways/")).await.unwrap();
    for (act, fields) in CHANGES {
        let answer = site.post(attacker, &format!("{address}/{act}"), fields).await;
        let refused = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
        assert!(refused, "{act} by {}: {}", attacker.name, answer.status);
    }
    let after = site.owner.pathway(address.trim_start_matches("/pathways/")).await.unwrap();
    assert_eq!((after.revision, after.components.len()), (before.revision, before.components.len()));
}

#[tokio::test]
async fn a_pathway_of_another_college_is_as_not_there() {
    let (site, colleges) = site().await;
    let theirs = format!("/pathways/{}", colleges.places[0].pathway);
    for name in ["Program lead of Inland College", "Dean of Inland College", "Learner of Inland College"] {
        let attacker = who(name);
        let list = site.get(attacker, "/pathways").await.body;
        assert!(!list.contains("Security way") && !list.contains("Networking way"), "{name}: {list}");
        for part in ["", "/component", "/costs", "/plan"] {
            let answer = site.get(attacker, &format!("{theirs}{part}")).await;
            let shut = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
            assert!(shut && !answer.body.contains("Security way"), "{name}, {part}: {}", answer.status);
        }
        for part in ["plan", "plan.pdf"] {
            let answer = site.post(attacker, &format!("{theirs}/{part}"), &[("assume_credits", "3")]).await;
            let shut = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
            assert!(shut, "{name}, {part}: {}", answer.status);
        }
        unchanged(&site, attacker, &theirs).await;
    }
    let own = site.get(who("Dean of Inland College"), "/pathways").await.body;
    assert!(own.contains("Defence way"), "{own}");
}

#[tokio::test]
async fn who_has_a_role_for_one_program_reaches_its_pathway_alone() {
    let (site, colleges) = site().await;
    let [own, other] = [0, 1].map(|place| format!("/pathways/{}", colleges.places[place].pathway));
    for name in ["Program lead of Security", "Faculty reviewer of Security"] {
        let member = who(name);
        let list = site.get(member, "/pathways").await.body;
        assert!(list.contains("Security way") && !list.contains("Networking way"), "{name}: {list}");
        assert!(!list.contains("Begin a pathway"), "{name} has no institution at which to begin one");
        assert_eq!(site.post(member, "/pathways", &[("title", "Bent")]).await.status, StatusCode::FORBIDDEN);
        let page = site.get(member, &own).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Add a component"), "{name}: {}", page.body);
        assert_eq!(site.get(member, &other).await.status, StatusCode::NOT_FOUND, "{name}");
        unchanged(&site, member, &other).await;
        let fields = [("revision", "1"), ("kind", "job"), ("name", name), ("condition", "award")];
        let saved = site.post(member, &format!("{own}/component"), &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{name}: {}", saved.body);
    }
}

#[tokio::test]
async fn who_may_only_read_a_pathway_plans_it_and_changes_nothing() {
    let (site, colleges) = site().await;
    let address = format!("/pathways/{}", colleges.places[0].pathway);
    let dean = who("Dean of Harbor College");
    let page = site.get(dean, &address).await;
    assert_eq!(page.status, StatusCode::OK);
    for offered in ["Add a component", "Undo the last change", ">Change<", "What it is and costs"] {
        assert!(!page.body.contains(offered), "{offered}");
    }
    for form in ["component", "costs"] {
        assert_eq!(site.get(dean, &format!("{address}/{form}")).await.status, StatusCode::FORBIDDEN, "{form}");
    }
    unchanged(&site, dean, &address).await;
    let planned = site.post(dean, &format!("{address}/plan"), &[("assume_credits", "3")]).await;
    assert_eq!(planned.status, StatusCode::OK, "{}", planned.body);
    let history = site.get(dean, &format!("/history/{}", colleges.places[0].pathway)).await.body;
    assert!(!history.contains("plan"), "a plan is no line of the history: {history}");
}

#[tokio::test]
async fn a_pathway_is_begun_at_ones_own_college_and_at_no_other() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Inland College");
    let home = colleges.home.to_string();
    let answer = site.post(lead, "/pathways", &[("title", "Bent"), ("institution", &home)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let begun = site.post(lead, "/pathways", &[("title", "Into defence")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    assert!(site.get(lead, begun.location()).await.body.contains("A pathway of Inland College"));
    let elsewhere = site.get(who("Dean of Harbor College"), "/pathways").await.body;
    assert!(!elsewhere.contains("Into defence") && !elsewhere.contains("Bent"));
}

#[tokio::test]
async fn a_record_that_is_not_open_to_who_edits_stays_what_the_component_stands_for() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Harbor College");
    let address = format!("/pathways/{}", colleges.places[0].pathway);
    let fields = [("revision", "1"), ("kind", "credential"), ("name", "Next"), ("stands_for", "Networking AAS")];
    let saved = site.post(lead, &format!("{address}/component"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let of_program = who("Program lead of Security");
    let page = site.get(of_program, &address).await.body;
    assert!(page.contains("a record not open to you") && !page.contains("Networking AAS"), "{page}");
    let fields =
        [("revision", "2"), ("old_key", "next"), ("key", "next"), ("kind", "credential"), ("name", "Afterwards")];
    let saved = site.post(of_program, &format!("{address}/component"), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = site.get(lead, &address).await.body;
    assert!(page.contains("Afterwards") && page.contains("Networking AAS"), "{page}");
}
