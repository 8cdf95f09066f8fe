//! The pathway of the sample college, planned as it is shown.

use credway_model::{Person, Text};
use credway_workflow::{NoPlanProgress, Options, WishFields, Workbench};

#[tokio::test(flavor = "multi_thread")]
async fn the_samples_exits_come_when_its_story_says() {
    let options = Options { database: "sqlite::memory:".to_owned(), create: true };
    let workbench = Workbench::open(&options).await.unwrap().by(&Person(Text::new("Ada").unwrap()));
    workbench.load_sample(&()).await.unwrap();
    let way = "From security support to digital history";
    let wishes = WishFields { from: "fall 2026".to_owned(), ..WishFields::default() }.read().unwrap();
    let plan = workbench.plan_pathway(way, &wishes, NoPlanProgress).await.unwrap();
    let exits: Vec<_> = plan.exits.iter().map(|exit| (exit.key.as_str(), exit.months, exit.audited)).collect();
    for exit in
        [("certificate", Some(9), Some(true)), ("associate", Some(21), Some(true)), ("bachelor", Some(45), Some(true))]
    {
        assert!(exits.contains(&exit), "{exits:?}: {:#?}", plan.notes);
    }
    // Both colleges have it; it is passed once.
    let wishes = WishFields { to: "associate".to_owned(), done: "MATH 1342".to_owned(), ..WishFields::default() };
    let plan = workbench.plan_pathway(way, &wishes.read().unwrap(), NoPlanProgress).await.unwrap();
    let done: Vec<_> =
        plan.done.iter().map(|course| (course.code.as_str(), course.credits, course.at.clone())).collect();
    assert_eq!(done, [("MATH 1342", 3.0, None)]);
    assert_eq!(plan.credits, Some(57.0));
}
