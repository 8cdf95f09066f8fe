//! Whatever a course holds: what is put comes back, and putting it again changes nothing.

mod support;

use credway_model::{
    CatalogueYear, Course, Credits, Hours, OfferedTerm, Origin, Outcome, OutcomeKind, OutcomeLevel, Place, SourceId,
    Text,
};
use credway_store::Written;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::*;

fn words() -> impl Strategy<Value = Text> {
    "\\PC{1,40}".prop_filter_map("nothing but blanks", |words| Text::new(&words).ok())
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::Whole),
        (any::<u32>(), proptest::option::of(".{0,12}")).prop_map(|(row, column)| Place::Row { row, column }),
        (any::<u32>(), any::<Option<u32>>()).prop_map(|(line, column)| Place::Line { line, column }),
        ".{0,12}".prop_map(Place::Pointer),
    ]
}

fn level() -> impl Strategy<Value = Option<OutcomeLevel>> {
    let levels = vec![OutcomeLevel::Introduced, OutcomeLevel::Reinforced, OutcomeLevel::Mastered];
    proptest::option::of(proptest::sample::select(levels))
}

prop_compose! {
    fn any_outcome()(
        code in proptest::option::of(words()),
        topic in any::<bool>(),
        statement in words(),
        path in proptest::collection::vec(words(), 0..3),
        level in level(),
        assessed_by in proptest::option::of(words()),
        place in place(),
    ) -> Outcome {
        let kind = if topic { OutcomeKind::Topic } else { OutcomeKind::Outcome };
        // The identifier is given once the course is known.
        Outcome { ctid: college(), code, kind, statement, path, level, assessed_by, place }
    }
}

fn offered() -> impl Strategy<Value = OfferedTerm> {
    prop_oneof![
        Just(OfferedTerm::Fall),
        Just(OfferedTerm::Spring),
        Just(OfferedTerm::Summer),
        words().prop_map(OfferedTerm::Other),
    ]
}

prop_compose! {
    fn figures()(
        credits in proptest::option::of(0_u32..=99_900),
        hours in proptest::array::uniform3(proptest::option::of(0_u32..=2_000_000)),
    ) -> (Option<Credits>, [Option<Hours>; 3]) {
        let hours = hours.map(|hours| hours.map(|steps| Hours::from_steps(steps).unwrap()));
        (credits.map(|steps| Credits::from_steps(steps).unwrap()), hours)
    }
}

prop_compose! {
    fn any_course()(
        code in "[A-Z]{2,5} [0-9]{1,4}[A-Z]?",
        title in words(),
        (credits, [lecture_hours, lab_hours, contact_hours]) in figures(),
        texts in proptest::array::uniform3(proptest::option::of(words())),
        offered in proptest::collection::vec(offered(), 0..4),
        year in proptest::option::of(words()),
        mut outcomes in proptest::collection::vec(any_outcome(), 0..6),
        origin in proptest::option::of((place(), "[0-9a-f]{64}")),
    ) -> Course {
        for (number, outcome) in outcomes.iter_mut().enumerate() {
            outcome.ctid = ctid("outcome", &format!("{code}/{number}"));
        }
        let [description, prerequisites, corequisites] = texts;
        Course {
            ctid: ctid("course", &code),
            organization: college(),
            code: code.parse().unwrap(),
            title,
            credits,
            lecture_hours,
            lab_hours,
            contact_hours,
            description,
            prerequisites,
            corequisites,
            requisites: Some("ITSY 1300 [C-, concurrent allowed] and text \"a \\\"boat\\\"\"".parse().unwrap()),
            offered,
            catalogue_year: year.map(CatalogueYear),
            outcomes,
            origin: origin.map(|(place, hex)| Origin::new(SourceId::from_hex(&hex).unwrap(), place)),
        }
    }
}

#[test]
fn a_course_comes_back_as_it_was_put() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for bench in runtime.block_on(Bench::all()) {
        let store = runtime.block_on(bench.store());
        let config = proptest::test_runner::Config { cases: 200, failure_persistence: None, ..Default::default() };
        let check = |one: Course| {
            runtime.block_on(async {
                let work = store.write().await.unwrap();
                let first = work.put_courses(std::slice::from_ref(&one), &stamp(1)).await.unwrap();
                prop_assert_ne!(first, [Written::Unchanged]);
                let back = work.course(&one.ctid).await.unwrap();
                prop_assert_eq!(back.as_ref(), Some(&one));
                prop_assert_eq!(
                    work.put_courses(std::slice::from_ref(&one), &stamp(2)).await.unwrap(),
                    [Written::Unchanged]
                );
                let last = work.revisions(&one.ctid).await.unwrap().pop().unwrap();
                prop_assert_eq!(serde_json::from_str::<Course>(&last.content).unwrap(), one);
                Ok(())
            })
        };
        TestRunner::new(config).run(&any_course(), check).unwrap();
        runtime.block_on(async {
            store.close().await.unwrap();
            bench.remove().await;
        });
    }
}
