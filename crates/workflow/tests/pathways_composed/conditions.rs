//! Conditions of credentials, exams and courses, and credit for what is held.

use credway_workflow::{Kind, WishFields};

use crate::{Colleges, notes, taken};

/// Editions of two years, of which the program's is the older; nothing lists NET 1101, which is taught in spring.
const COURSES: &str = "code,title,credits,terms_offered,catalogue_year\nSEC 1101,Begin,3,fall;spring,2026-2027\n\
    SEC 1101,Begin again,3,fall;spring,2027-2028\nSEC 1102,Defend,3,fall;spring,2026-2027\n\
    NET 1101,Wire,3,spring,2026-2027\n";
const OUTCOMES: &str = "course,code,statement,catalogue_year\nSEC 1101,O1,Configure a firewall,2026-2027\n";
const PROGRAMS: &str = "program,award,catalogue_year,total_credits,course\nSecurity,Certificate,2026-2027,3,SEC 1101\n\
    Security,AAS,2026-2027,6,SEC 1101\nSecurity,AAS,2026-2027,6,SEC 1102\nNetworks,Certificate,2026-2027,3,NET 1101\n";
const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,100%,,\nGuard,1,Networks,,1.1,Configure firewalls\n";
const CREDENTIALS: &str =
    "title,type,awarded_for,validity_months,cost_usd,source\nGuard,certification,assessment,36,100,a list\n";
const DECISIONS: &str = "program,blueprint,course,outcome,objective,decision,strength\n\
    Security AAS,Guard,SEC 1101,O1,1.1,accept,full\n";

/// The way with the conditions of the exam, the course nobody lists, the course that credit is awarded for, and the degree.
async fn way([guard, wire, credit, degree]: [&str; 4]) -> Colleges {
    let pathway = format!(
        "pathway,key,kind,name,stands_for,condition,roles,embedding,readiness,amount_usd,source\n\
         Way,,prior learning per credit,,,,,,,25,a list\n\
         Way,certificate,credential,Certificate,Security Certificate,,off-ramp,,,,\n\
         Way,guard,assessment,Guard exam,Guard,{guard},off-ramp,M1,60,,\n\
         Way,wire,course,Wire,NET 1101,{wire},,,,,\n\
         Way,credit,course,Credit for Begin,SEC 1101,{credit},,M5,,,\n\
         Way,networks,credential,Networks,Networks Certificate,,,,,,\n\
         Way,clerk,job,Clerk,,certificate,,,,,\n\
         Way,degree,credential,Degree,Security AAS,{degree},destination,,,,\n"
    );
    Colleges::with(&[
        (Kind::Courses, COURSES),
        (Kind::Outcomes, OUTCOMES),
        (Kind::Program, PROGRAMS),
        (Kind::Blueprint, BLUEPRINT),
        (Kind::Credential, CREDENTIALS),
        (Kind::Decisions, DECISIONS),
        (Kind::Pathway, &pathway),
    ])
    .await
}

/// The term in which the exam is sat where it is asked for.
async fn exam_term(colleges: &Colleges) -> String {
    let plan = colleges.plan(&WishFields { require: "guard".to_owned(), ..WishFields::default() }).await;
    plan.terms.iter().find(|term| !term.exams.is_empty()).unwrap().name.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exam_is_sat_after_what_its_condition_names() {
    let free = way(["", "", "guard", "certificate and wire"]).await;
    assert_eq!(exam_term(&free).await, "spring 2028");
    let after_course = way(["wire", "", "guard", "certificate and wire"]).await;
    assert_eq!(exam_term(&after_course).await, "summer 2028");
    let plan = after_course.plan(&WishFields::default()).await;
    let exam = plan.exits.iter().find(|exit| exit.key == "guard").unwrap();
    assert_eq!(exam.could_be_sat.as_deref(), Some("summer 2028"));

    let after_award = way(["networks", "", "guard", "certificate and networks"]).await;
    assert_eq!(exam_term(&after_award).await, "summer 2028");
    let plan = after_award.plan(&WishFields::default()).await;
    assert!(notes(&plan, "“Guard exam” is sat after the courses that “Networks” cannot be had without"));
    let choice = way(["certificate or wire", "", "guard", "certificate and wire"]).await;
    let plan = choice.plan(&WishFields::default()).await;
    assert!(notes(&plan, "“Guard exam” asks for Certificate or NET 1101: that it comes after is not planned."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_that_no_program_lists_is_planned_after_what_its_condition_names() {
    let plan = way(["", "", "guard", "wire and clerk"]).await.plan(&WishFields::default()).await;
    assert_eq!(plan.months, Some(9));
    assert!(taken(&plan)[1].contains(&"NET 1101"), "{:?}", taken(&plan));
    assert!(notes(&plan, "“Degree” asks for “Clerk” (job), which is not planned."), "{:?}", plan.notes);

    // After SEC 1101, which is taken in spring; NET 1101 comes a year later then.
    let later = way(["", "certificate", "guard", "wire"]).await;
    let fields = WishFields { from: "spring 2028".to_owned(), no_summer: true, ..WishFields::default() };
    assert_eq!(later.plan(&fields).await.months, Some(16));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_said_leaves_the_rest_of_a_condition_in_force() {
    let plan = way(["", "", "guard", "wire and if \"\"an average of 2.5\"\" and certificate"].map(quoted)).await;
    let plan = plan.plan(&WishFields::default()).await;
    assert!(taken(&plan).concat().contains(&"NET 1101"), "{:?}", taken(&plan));
    assert!(notes(&plan, "“Degree” asks for if \"an average of 2.5\", which is not planned."), "{:?}", plan.notes);
}

/// A cell with quotation marks in it.
fn quoted(cell: &'static str) -> &'static str {
    if cell.contains('"') { Box::leak(format!("\"{cell}\"").into_boxed_str()) } else { cell }
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_for_what_is_held_is_awarded_for_any_edition_and_paid_in_the_first_term() {
    let colleges = way(["", "", "guard", "certificate"]).await;
    let fields = WishFields {
        held: "guard".to_owned(),
        from: "summer 2028".to_owned(),
        no_summer: true,
        ..WishFields::default()
    };
    let plan = colleges.plan(&fields).await;
    // The component stands for the newest edition, the program takes the older one.
    assert_eq!(plan.prior_learning.iter().map(|course| course.title.as_str()).collect::<Vec<_>>(), ["Begin"]);
    assert_eq!((plan.cost, plan.terms[0].name.as_str(), plan.terms[0].cost), (Some(75.0), "summer 2028", 75.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_alone_award_nothing_to_everybody() {
    let plan = way(["", "", "if \"\"portfolio reviewed\"\"", "certificate"].map(quoted)).await;
    let plan = plan.plan(&WishFields::default()).await;
    assert!(plan.prior_learning.is_empty());
    assert!(notes(&plan, "which nothing that is held shows: it is not counted on"), "{:?}", plan.notes);
}
