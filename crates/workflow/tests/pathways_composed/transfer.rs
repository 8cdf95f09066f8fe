//! Two colleges on one way: what is passed at both, what comes after a transfer, and how much of it counts.

use credway_workflow::{Kind, WishFields};

use crate::{Colleges, assumed, notes, taken};

const COURSES: &str = "organization,code,title,credits,terms_offered\n\
    Pier College,MATH 1342,Statistics,3,fall;spring\nPier College,ENGL 1301,Composition,3,fall;spring\n\
    Harbor University,MATH 1342,Statistics,3,fall;spring\nHarbor University,HIST 3301,Craft,3,fall;spring\n\
    Harbor University,HIST 3302,Archive,3,fall;spring\n";
const PROGRAMS: &str = "organization,program,award,course\n\
    Pier College,Study,AA,MATH 1342\nPier College,Study,AA,ENGL 1301\n\
    Harbor University,History,BA,HIST 3301\nHarbor University,History,BA,HIST 3302\n";

/// The way, owned by one of them, with what the university requires besides.
async fn way(owner: &str, rules: &str) -> Colleges {
    let requirements = format!(
        "organization,program,requirement,needs,courses\n\
         Pier College,Study AA,Core,all,\"MATH 1342, ENGL 1301\"\nPier College,Study AA,,total 6 credits,\n\
         Harbor University,History BA,Core,all,\"MATH 1342, HIST 3301, HIST 3302\"\n{rules}"
    );
    let pathway = format!(
        "organization,pathway,key,kind,name,stands_for,condition,roles\n\
         {owner},Way,associate,credential,Associate,Study AA,,off-ramp\n\
         {owner},Way,bachelor,credential,Bachelor,History BA,associate,destination\n"
    );
    Colleges::with(&[
        (Kind::Courses, COURSES),
        (Kind::Program, PROGRAMS),
        (Kind::Requirements, &requirements),
        (Kind::Pathway, &pathway),
    ])
    .await
}

const PLAIN: &str =
    "Harbor University,History BA,,total 12 credits,\nHarbor University,History BA,,residency 6 credits,\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_course_of_both_colleges_is_passed_once() {
    let colleges = way("Pier College", PLAIN).await;
    let plan = colleges.plan(&WishFields { done: "MATH 1342".to_owned(), ..WishFields::default() }).await;
    let done: Vec<(&str, Option<&str>)> =
        plan.done.iter().map(|course| (course.code.as_str(), course.at.as_deref())).collect();
    assert_eq!(done, [("MATH 1342", None)], "the pathway's own college");
    assert_eq!((plan.credits, plan.exits[1].credits), (Some(9.0), Some(12.0)));
    assert_eq!(taken(&plan), [vec!["ENGL 1301"], vec!["HIST 3301", "HIST 3302"]]);
    assert_eq!(assumed(&plan, "MATH 1342, passed already"), Some("counts once, as the course of Pier College"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_passed_at_the_university_counts_for_its_residency() {
    let colleges = way("Pier College", PLAIN).await;
    let plan = colleges.plan(&WishFields { done: "HIST 3301".to_owned(), ..WishFields::default() }).await;
    assert_eq!(plan.credits, Some(9.0), "{:?}", taken(&plan));
    assert_eq!(assumed(&plan, "Residency of Bachelor"), Some("3 of 6 credits are passed already"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_is_held_brings_no_courses_and_says_so() {
    let colleges = way("Pier College", PLAIN).await;
    let plan = colleges.plan(&WishFields { held: "associate".to_owned(), ..WishFields::default() }).await;
    assert!(taken(&plan).concat().contains(&"HIST 3301") && plan.months == Some(4), "{:?}", taken(&plan));
    assert_eq!(plan.credits, Some(12.0));
    assert_eq!(
        assumed(&plan, "Associate, held already"),
        Some("its courses count only where they are named as passed")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn courses_come_after_the_transfer_whoever_owns_the_pathway() {
    for owner in ["Pier College", "Harbor University"] {
        let plan = way(owner, PLAIN).await.plan(&WishFields::default()).await;
        assert_eq!(taken(&plan).len(), 2, "{:?}", taken(&plan));
        assert!(taken(&plan)[1].contains(&"HIST 3301"), "{owner}: {:?}", taken(&plan));
        assert_eq!(assumed(&plan, "Courses at Harbor University"), Some("taken after Associate"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn electives_of_the_university_wait_for_the_transfer() {
    let rules = "Harbor University,History BA,,total 15 credits,\nHarbor University,History BA,,residency 9 credits,\n";
    let plan = way("Pier College", rules).await.plan(&WishFields::default()).await;
    assert_eq!(taken(&plan)[1], ["Elective 1", "HIST 3301", "HIST 3302"]);
    let elective = plan.terms[1].courses.iter().find(|course| course.id.is_none()).unwrap();
    assert_eq!(elective.at.as_deref(), Some("Harbor University"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_transferred_than_the_program_takes() {
    let rules =
        "Harbor University,History BA,,total 12 credits,\nHarbor University,History BA,,transfer at most 3 credits,\n";
    let colleges = way("Pier College", rules).await;
    // Six credits of the associate, of which three count, six of history, and three of an elective.
    assert_eq!(colleges.plan(&WishFields::default()).await.credits, Some(15.0));

    // Beside a limit that holds a part of what is transferred it is said, and what the audit finds with it.
    let rules =
        format!("{rules}Harbor University,History BA,Little,at most 6 credits,\"ENGL 1301, HIST 3301, HIST 3302\"\n");
    let plan = way("Pier College", &rules).await.try_plan(&WishFields::default()).await.unwrap();
    assert!(notes(&plan, "“Bachelor” limits what counts of other institutions' courses"), "{:?}", plan.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_audit_differs_it_says_what_it_misses() {
    let rules = "Harbor University,History BA,,total 12 credits,\nHarbor University,History BA,,transfer at most 0 credits,\n\
        Harbor University,History BA,Little,at most 6 credits,\"ENGL 1301, HIST 3301, HIST 3302\"\n";
    let plan = way("Pier College", rules).await.try_plan(&WishFields::default()).await.unwrap();
    assert!(plan.found, "{:?}", plan.no_plan);
    assert_eq!(plan.exits.iter().map(|exit| exit.audited).collect::<Vec<_>>(), [Some(true), Some(false)]);
    assert!(
        notes(&plan, "The degree audit does not find “Bachelor” earned: “Core” misses 3 credits;"),
        "{:?}",
        plan.notes
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_wanted_is_the_pathways_own_colleges() {
    let colleges = way("Harbor University", PLAIN).await;
    let fields = WishFields { want: "MATH 1342".to_owned(), held: "associate".to_owned(), ..WishFields::default() };
    let plan = colleges.plan(&fields).await;
    let courses = plan.terms.iter().flat_map(|term| &term.courses);
    let at: Vec<_> = courses.filter(|course| course.code == "MATH 1342").map(|course| course.at.clone()).collect();
    assert_eq!(at, [None], "at the university, which owns the pathway");
}
