//! Getting more rights than one has: roles for oneself, fields that no form offers, the last administrator.

use axum::http::StatusCode;
use credway_model::Role;

use crate::{anew, site, who};

#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let (site, colleges) = site().await;
    for name in [
        "Program lead of Harbor College",
        "Dean of Harbor College",
        "Learner of Harbor College",
        "Administrator of Inland College",
    ] {
        let own = who(name);
        let address = format!("/people/{}/give", own.account.unwrap());
        let home = colleges.home.to_string();
        let answer = site.post(own, &address, &[("role", "administrator"), ("institution", &home)]).await;
        assert!(matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{name}: {}", answer.status);
        let actor = site.owner.actor_of(own.account.unwrap(), None).await.unwrap();
        let has =
            |grant: &credway_model::Grant| grant.role == Role::Administrator && grant.institution == colleges.home;
        let credway_workflow::ActorStanding::Member { grants, .. } = actor.standing() else { panic!("a member") };
        assert!(!grants.iter().any(has), "{name}");
    }
}

#[tokio::test]
async fn an_administrator_keeps_only_the_people_of_their_own_institution() {
    let (site, colleges) = site().await;
    let attacker = who("Administrator of Inland College");
    let victim = who("Dean of Harbor College");
    let at = |act: &str| format!("/people/{}/{act}", victim.account.unwrap());
    for act in ["link", "suspend", "erase"] {
        let answer = site.post(attacker, &at(act), &[("reason", "because")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
    }
    let home = colleges.home.to_string();
    let take = site.post(attacker, &at("take"), &[("role", "dean"), ("institution", &home)]).await;
    assert_eq!(take.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get(victim, "/account").await.status, StatusCode::OK);
    // A role at their own institution gives no hold of the person.
    let own = colleges.places[2].institution.to_string();
    site.post(attacker, &at("give"), &[("role", "dean"), ("institution", &own)]).await;
    assert_eq!(site.post(attacker, &at("suspend"), &[("reason", "because")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_invitation_gives_no_role_where_one_keeps_nobody() {
    let (site, colleges) = site().await;
    let attacker = who("Administrator of Inland College");
    let home = colleges.home.to_string();
    let fields = [("name", "Mole"), ("email", "mole@evil.example"), ("role", "administrator"), ("institution", &home)];
    assert_eq!(site.post(attacker, "/people/invite", &fields).await.status, StatusCode::FORBIDDEN);
    let page = site.get(who("Administrator of Harbor College"), "/people").await.body;
    assert!(!page.contains("Mole"));
}

#[tokio::test]
async fn fields_that_no_form_offers_change_nothing() {
    let (site, colleges) = site().await;
    let lead = anew(&site, who("Program lead of Inland College")).await;
    let (place, home) = (&colleges.places[2], colleges.home.to_string());
    let more = [
        ("organization", home.as_str()),
        ("institution", &home),
        ("person", "Owner"),
        ("account", "1"),
        ("by", "Owner"),
    ];
    // A course cannot be moved to another institution.
    let edit = format!("/courses/{}/edit", place.course);
    let fields = [vec![("revision", "1"), ("title", "Moved")], more[..1].to_vec()].concat();
    assert_eq!(site.post(&lead, &edit, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A word is given in one's own name.
    let comments = format!("/comments/course.{}", place.course);
    let fields = [vec![("text", "Whose word is this?")], more.to_vec()].concat();
    assert_eq!(site.post(&lead, &comments, &fields).await.status, StatusCode::SEE_OTHER);
    let page = site.get(&lead, &comments).await.body;
    let said = page.split("Whose word is this?").next().unwrap();
    assert!(said.rfind("Program lead of Inland College") > said.rfind(">Owner<"), "{page}");
    // A password is changed, not a role or an address.
    let new = "copper lantern meadow gravel";
    let fields = [
        vec![
            ("old", crate::PASSWORD),
            ("new", new),
            ("again", new),
            ("role", "administrator"),
            ("state", "active"),
            ("email", "x@evil.example"),
        ],
        more.to_vec(),
    ]
    .concat();
    assert_eq!(site.post(&lead, "/account/password", &fields).await.status, StatusCode::OK);
    let page = site.get(&lead, "/account").await.body;
    assert!(
        page.contains(&lead.email) && page.contains("Program lead, Inland College") && !page.contains("Administrator,")
    );
}

#[tokio::test]
async fn a_token_is_not_good_for_more_than_is_offered() {
    let (site, _) = site().await;
    let administrator = who("Administrator of Harbor College");
    for scope in ["manage_people", "manage_server", "read_learner_records", "import_shared", "sign"] {
        let fields = [("name", "mighty"), ("scope", scope), ("days", "7"), ("proof", crate::PASSWORD)];
        let answer = site.post(administrator, "/account/tokens", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{scope}");
    }
    for days in ["0", "367", "99999", "-1", "many"] {
        let fields = [("name", "eternal"), ("scope", "read_catalogue"), ("days", days), ("proof", crate::PASSWORD)];
        assert_eq!(site.post(administrator, "/account/tokens", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(!site.get(administrator, "/account").await.body.contains("mighty"));
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let (site, colleges) = site().await;
    let [first, second] = ["Administrator of Harbor College", "Second administrator of Harbor College"].map(who);
    let home = colleges.home.to_string();
    let role = [("role", "administrator"), ("institution", home.as_str()), ("reason", "enough of them")];
    let at = |of: &crate::Who, act: &str| format!("/people/{}/{act}", of.account.unwrap());
    assert_eq!(site.post(first, &at(second, "take"), &role).await.status, StatusCode::SEE_OTHER);
    for act in ["take", "suspend", "erase"] {
        assert_eq!(site.post(first, &at(first, act), &role).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
    }
    assert_eq!(site.get(first, "/people").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_reviewer_cannot_settle_and_nobody_decides_for_another() {
    let (site, colleges) = site().await;
    let place = &colleges.places[0];
    let reviewer = who("Faculty reviewer of Harbor College");
    let (statement, target) = (place.pair.0.to_string(), place.pair.1.to_string());
    let address = format!("/crosswalks/{}/decide", place.crosswalk);
    let settle = [("statement", statement.as_str()), ("target", &target), ("verdict", "rejected"), ("settles", "yes")];
    assert_eq!(site.post(reviewer, &address, &settle).await.status, StatusCode::FORBIDDEN);
    let other = colleges.places[2].pair.0.to_string();
    let foreign = [("statement", other.as_str()), ("target", &target), ("verdict", "full")];
    assert_eq!(site.post(reviewer, &address, &foreign).await.status, StatusCode::NOT_FOUND);
    let undo = [("statement", statement.as_str()), ("target", target.as_str())];
    let answer = site.post(reviewer, &format!("/crosswalks/{}/undo", place.crosswalk), &undo).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "the lead's word is not theirs to take back");
}

#[tokio::test]
async fn an_administrator_gives_no_role_to_somebody_of_another_college() {
    let (site, colleges) = site().await;
    let (other, theirs) = (who("Administrator of Inland College"), who("Dean of Harbor College"));
    let institution = colleges.places[2].institution.to_string();
    let fields = [("role", "advisor"), ("institution", institution.as_str())];
    let given = site.post(other, &format!("/people/{}/give", theirs.account.unwrap()), &fields).await;
    assert_eq!(given.status, StatusCode::NOT_FOUND);
    assert!(!site.get(theirs, "/account").await.body.contains("Inland College"));
}

#[tokio::test]
async fn an_invitation_takes_words_of_others_only_where_that_is_said() {
    let (site, colleges) = site().await;
    let (keeper, home) = (who("Administrator of Harbor College"), colleges.home.to_string());
    let fields =
        [("name", "Owner"), ("email", "owner@harbor.example"), ("role", "dean"), ("institution", home.as_str())];
    let refused = site.post(keeper, "/people/invite", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("takes_words"), "{}", refused.body);
    let said = [fields.as_slice(), &[("takes_words", "yes")]].concat();
    assert_eq!(site.post(keeper, "/people/invite", &said).await.status, StatusCode::OK);
    let reserved = [("name", "First administrator (not yet come)"), ("email", "first@harbor.example")];
    let reserved = [reserved.as_slice(), &said[2..]].concat();
    assert_eq!(site.post(keeper, "/people/invite", &reserved).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
