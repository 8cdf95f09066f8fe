//! The degree planned from its real requisites, with an exam that stands where its blueprint is covered.

use std::path::Path;

use credway_workflow::{Kind, NoPlanProgress, PathwayPlan, WishFields, Workbench};

use crate::catalogue::{college, import, shared};
use crate::coverage::{coverage, decisions};
use crate::requisites::{courses, faults};

/// The degree with the exam as a milestone required on the way (M4).
fn table(readiness: u32) -> String {
    format!(
        "pathway,key,kind,name,stands_for,condition,roles,embedding,readiness\n\
         Security,exam,assessment,Security+ exam,CompTIA Security+ SY0-701,,off-ramp,M4,{readiness}\n\
         Security,degree,credential,BS in Cybersecurity,Cybersecurity BS,exam,destination,,\n"
    )
}

async fn plan(workbench: &Workbench, readiness: u32) -> PathwayPlan {
    import(workbench, Kind::Pathway, "pathway.csv", table(readiness).into_bytes()).await;
    let fields = WishFields { from: "fall 2026".to_owned(), assume_credits: "3".to_owned(), ..WishFields::default() };
    workbench.plan_pathway("Security", &fields.read().unwrap(), NoPlanProgress).await.unwrap()
}

/// The name of the exam's term, after making sure that it is the first in which what was finished before covers enough.
fn exam_term(plan: &PathwayPlan, readiness: f64) -> String {
    let sat: Vec<usize> = (0..plan.terms.len()).filter(|term| !plan.terms[*term].exams.is_empty()).collect();
    let [place] = sat[..] else { panic!("the exam is sat {} times", sat.len()) };
    let before = |term: usize| -> Vec<&str> {
        plan.terms[..term].iter().flat_map(|term| &term.courses).map(|course| course.code.as_str()).collect()
    };
    let exam = &plan.terms[place].exams[0];
    let covered = coverage(&before(place));
    // The product counts shares in whole hundredths of a per cent, so that each of 28 objectives may be one off.
    assert!((exam.coverage - covered).abs() < 0.1, "{} by the product, {covered} by hand", exam.coverage);
    assert!(covered >= readiness, "{covered} % is covered");
    let sooner = coverage(&before(place - 1));
    assert!(sooner < readiness, "{sooner} % is covered a term before");
    plan.terms[place].name.clone()
}

/// Exits in the order they are reached: key, term, and whether the audit of the courses held then finds the degree earned.
fn exits(plan: &PathwayPlan) -> Vec<(&str, Option<&str>, Option<bool>)> {
    plan.exits.iter().map(|exit| (exit.key.as_str(), exit.term_name.as_deref(), exit.audited)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_degree_is_planned_from_its_requisites_with_an_exam_where_it_is_covered() {
    let Some(data) = shared() else { return };
    let (workbench, requirements) = college(&data).await;
    let catalogue = courses(&std::fs::read_to_string(data.join("courses.json")).unwrap());
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/lantern-bay/blueprint-security-plus.csv");
    import(&workbench, Kind::Blueprint, "blueprint.csv", std::fs::read(sample).unwrap()).await;
    import(&workbench, Kind::Decisions, "decisions.csv", decisions(&catalogue).into_bytes()).await;

    let found = plan(&workbench, 60).await;
    assert!(found.found && found.stages.iter().all(|stage| stage.proved), "{:#?}", found.stages);
    assert_eq!(faults(&catalogue, &found), Vec::<String>::new());
    let taken: Vec<&str> =
        found.terms.iter().flat_map(|term| &term.courses).map(|course| course.code.as_str()).collect();
    for requirement in requirements.iter().filter(|one| one.len() == 1) {
        assert!(taken.contains(&requirement[0].as_str()), "{} is not taken", requirement[0]);
    }
    let elective = requirements.iter().find(|one| one.len() > 1).unwrap();
    assert_eq!(elective.iter().filter(|code| taken.contains(&code.as_str())).count(), 2);
    assert!(taken.contains(&"CSC 254"), "CSC 386 requires it, although the program does not list it");

    // SEC 435 is offered in spring of even years and ends the degree; by the fall before enough of the exam is covered.
    assert_eq!(exits(&found), [("degree", Some("spring 2030"), Some(true)), ("exam", Some("spring 2030"), None)]);
    assert_eq!(exam_term(&found, 60.0), "spring 2030");
    for code in &taken {
        let what = format!("Credits of {code}");
        assert!(found.assumptions.iter().any(|one| one.what == what && one.value == "3"), "{what} are not said");
    }

    // Who is ready sooner sits it sooner.
    let sooner = plan(&workbench, 40).await;
    assert_eq!(exam_term(&sooner, 40.0), "summer 2029");
    assert_eq!(exits(&sooner), [("exam", Some("summer 2029"), None), ("degree", Some("spring 2030"), Some(true))]);
    assert_eq!((sooner.months, faults(&catalogue, &sooner)), (found.months, Vec::new()));
}
