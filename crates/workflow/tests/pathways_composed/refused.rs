//! What no plan can be made of is refused in the words of who said it.

use credway_workflow::{Kind, WishFields};

use crate::Colleges;

const COURSES: &str = "code,title,credits,terms_offered\nSEC 1101,Begin,3,fall;spring\nSEC 1102,Defend,3,fall;spring\n\
    NET 1101,Wire,3,fall;spring\n";
const PROGRAMS: &str = "program,award,course\nSecurity,Certificate,SEC 1101\nSecurity,AAS,SEC 1101\nSecurity,AAS,SEC 1102\n\
    Security,AAS,NET 1101\n";

/// The way with the condition of the certificate and the rules of the degree.
async fn way(condition: &str, rules: &str) -> Colleges {
    let pathway = format!(
        "pathway,key,kind,name,stands_for,condition,roles\n\
         Way,certificate,credential,Certificate,Security Certificate,{condition},off-ramp\n\
         Way,degree,credential,Degree,Security AAS,certificate,destination\n"
    );
    let requirements = format!(
        "program,requirement,needs,courses\nSecurity AAS,Core,all,\"SEC 1101, SEC 1102\"\nSecurity AAS,,total 6 credits,\n{rules}"
    );
    Colleges::with(&[
        (Kind::Courses, COURSES),
        (Kind::Program, PROGRAMS),
        (Kind::Requirements, &requirements),
        (Kind::Pathway, &pathway),
    ])
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_that_name_nothing_are_refused() {
    let colleges = way("", "").await;
    let held = WishFields { held: "degree".to_owned(), ..WishFields::default() };
    assert_eq!(colleges.refused(&held).await.0, "you hold “Degree” already: there is nothing to plan");
    let required = WishFields { require: "securty-plus".to_owned(), ..WishFields::default() };
    let (message, field) = colleges.refused(&required).await;
    assert!(message.contains("“securty-plus”") && field == "require", "{message} at {field}");
    let dropped = WishFields { drop: "ITSY 9999 in fall".to_owned(), ..WishFields::default() };
    let (message, field) = colleges.refused(&dropped).await;
    assert!(message.contains("ITSY 9999") && field == "drop", "{message} at {field}");
    let wanted = WishFields { want: "ITSY 9999".to_owned(), ..WishFields::default() };
    let (message, field) = colleges.refused(&wanted).await;
    assert!(message.contains("ITSY 9999") && field == "want", "{message} at {field}");
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_wait_for_each_other_are_named() {
    let colleges = way("degree", "").await;
    let (message, hint) = colleges.refused(&WishFields::default()).await;
    assert_eq!(message, "“Certificate” and “Degree” wait for each other");
    assert!(hint.contains("condition"), "{hint}");
    // Who holds one of them waits for nothing.
    let held = WishFields { held: "certificate".to_owned(), ..WishFields::default() };
    assert_eq!(colleges.plan(&held).await.months, Some(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_overlap_in_part_are_named_with_their_program() {
    let rules = "Security AAS,Some,at most 3 credits,SEC courses\nSecurity AAS,Others,at most 3 credits,\"SEC 1102, NET 1101\"\n";
    let (message, _) = way("", rules).await.refused(&WishFields::default()).await;
    for words in ["the program of “Degree”", "“SEC courses”", "“SEC 1102, NET 1101”"] {
        assert!(message.contains(words), "{message}");
    }
}
