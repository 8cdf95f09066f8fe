//! Sets from which no course can be named: too wide, known by marks alone, or of which the catalogue has too few.

use std::fmt::Write as _;

use credway_workflow::{Kind, WishFields};

use crate::{Colleges, notes, taken};

/// A program of history with its rules, at a college with so many courses of history.
async fn way(courses: usize, rules: &str) -> Colleges {
    let mut catalogue = "code,title,credits,terms_offered\n".to_owned();
    for number in 1..=courses {
        writeln!(catalogue, "HIST {},History {number},3,fall;spring", 3_000 + number).unwrap();
    }
    let requirements = format!("program,requirement,needs,courses\n{rules}");
    Colleges::with(&[
        (Kind::Courses, &catalogue),
        (Kind::Program, "program,award,course\nHistory,BA,HIST 3001\n"),
        (Kind::Requirements, &requirements),
        (
            Kind::Pathway,
            "pathway,key,kind,name,stands_for,roles\nWay,bachelor,credential,Bachelor,History BA,destination\n",
        ),
    ])
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_very_wide_set_is_left_open_for_all_its_requirements_and_counts_as_what_it_is() {
    let rules = "History BA,Upper,6 credits,HIST 3000-4999\nHistory BA,More,2 courses,HIST 3000-4999\n\
        History BA,,upper division 12 credits,\nHistory BA,,total 15 credits,\n";
    let plan = way(61, rules).await.plan(&WishFields::default()).await;
    assert!(notes(&plan, "holds 61 courses"), "{:?}", plan.notes);
    let [term] = &taken(&plan)[..] else { panic!("{:?}", taken(&plan)) };
    assert_eq!(term.iter().filter(|code| code.starts_with("Open choice")).count(), 4, "{term:?}");
    assert_eq!((plan.exits[0].audited, plan.credits), (Some(true), Some(15.0)));

    // Of one course fewer, all are planned.
    let plan = way(60, rules).await.plan(&WishFields::default()).await;
    assert!(taken(&plan).concat().iter().all(|code| code.starts_with("HIST")), "{:?}", taken(&plan));
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_and_courses_that_no_catalogue_has_are_left_open() {
    let rules = "History BA,Writing,1 course,\"marked \"\"writing\"\"\"\nHistory BA,Laboratory,1 course,CHEM courses\n\
        History BA,Core,all,\"HIST 3001, HIST 9999\"\nHistory BA,,total 12 credits,\n";
    let plan = way(2, rules).await.plan(&WishFields::default()).await;
    for words in ["“marked \"writing\"” goes by marks", "Of “CHEM courses” the catalogues", "Of “HIST 9999” the"]
    {
        assert!(notes(&plan, words), "{words}: {:?}", plan.notes);
    }
    let mut all = taken(&plan).concat();
    all.sort_unstable();
    let open = ["CHEM courses", "HIST 9999", "marked \"writing\""].map(|set| format!("Open choice 1 of {set}"));
    assert_eq!(all, ["HIST 3001", &open[0], &open[1], &open[2]]);
}
