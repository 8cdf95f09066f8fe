//! How long a whole catalogue, a whole framework and a whole crosswalk take to go in and come out, on every database
//! at hand: `cargo bench -p credway-store`, with CREDWAY_TEST_POSTGRES set for PostgreSQL beside SQLite in one run.
//! One pass each, since a second one finds everything in place.

#![expect(clippy::print_stdout, reason = "the figures are what a person runs this for")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use credway_model::{Competency, CompetencyKind, Course, Ctid, Framework, Probability, Proposal, Strength, Verdict};
use credway_store::{CourseFilter, ProposalFilter, Store, Written};
use support::*;

/// Prints what a step took.
fn told(what: &str, started: Instant) {
    println!("{what:<44} {:>6} ms", started.elapsed().as_millis());
}

/// As many words as a catalogue's description has, in the mean.
const WORDS: &str = "Students examine how systems are built and attacked, choose controls that fit the risk, and defend \
    their choice in writing; laboratory work covers hosts, networks, identity, logging and recovery, with a project in \
    which a small organization is protected from the first inventory to the last review. Credit may not be given twice; \
    see an advisor about the order of courses and the fee for materials.";

fn catalogue() -> Vec<Course> {
    (0..8_522)
        .map(|number| {
            let code = format!("SUB{} {number}", (b'A' + (number % 26) as u8) as char);
            let outcomes = (0..number % 3)
                .map(|index| outcome(&code, index, "Choose controls that fit the risk of a system"))
                .collect();
            let mut one = course(&code, "Protection of systems", outcomes);
            one.description = Some(text(WORDS));
            one.origin = origin(&source("courses.csv", "x"), number);
            one
        })
        .collect()
}

fn framework() -> Framework {
    let competencies = (0..13_939)
        .map(|number| Competency {
            ctid: ctid("competency", &number.to_string()),
            code: Some(text(&format!("S{number}"))),
            statement: text(&format!("protect system number {number}")),
            description: Some(text(&WORDS[..200])),
            alternatives: vec![text("guard systems"), text("keep systems safe")],
            kind: Some(CompetencyKind::Skill),
            parent: None,
            origin: origin(&source("skills.csv", "x"), number),
        })
        .collect();
    Framework { ctid: ctid("framework", "large"), title: text("Skills"), version: None, competencies, origin: None }
}

fn proposals() -> Vec<Proposal> {
    let ctids =
        |kind: &str, count: u32| (0..count).map(|number| ctid(kind, &number.to_string())).collect::<Vec<Ctid>>();
    let (statements, targets) = (ctids("statement", 600), ctids("target", 100));
    let pairs = targets.iter().flat_map(|target| statements.iter().map(move |statement| (statement, target)));
    pairs
        .enumerate()
        .map(|(index, (statement, target))| Proposal {
            statement: *statement,
            target: *target,
            probability: Probability::from_steps((index % 10_000) as u16),
            suggested: index % 3 == 0,
            evidence: Vec::new(),
            taught: None,
            asked: Some(credway_model::BloomLevel::Apply),
            engine: "speed 1".to_owned(),
        })
        .collect()
}

async fn measure(store: &Store) {
    let (mut courses, framework, proposals) = (catalogue(), framework(), proposals());
    furnish(store).await;
    for (what, expected) in
        [("8,522 courses, fresh", Written::Created), ("8,522 courses, unchanged", Written::Unchanged)]
    {
        let started = Instant::now();
        let work = store.write().await.unwrap();
        let written = work.put_courses(&courses, &stamp(1)).await.unwrap();
        work.commit().await.unwrap();
        told(what, started);
        assert!(written.iter().all(|one| *one == expected));
    }
    let started = Instant::now();
    let read = store.read().await.unwrap().courses(&CourseFilter::default()).await.unwrap();
    told("8,522 courses, read", started);
    assert_eq!(read.len(), 8_524);
    let started = Instant::now();
    let work = store.read().await.unwrap();
    let search =
        CourseFilter { search: Some("identity recovery".to_owned()), limit: Some(50), ..CourseFilter::default() };
    assert_eq!(work.courses(&search).await.unwrap().len(), 50);
    told("a page of 50 found by two words", started);
    drop(work);
    for (row, one) in courses.iter_mut().enumerate() {
        one.origin = origin(&source("courses.csv", "x"), row as u32 + 1);
    }
    let started = Instant::now();
    let work = store.write().await.unwrap();
    work.put_courses(&courses, &stamp(1)).await.unwrap();
    work.commit().await.unwrap();
    told("8,522 courses, every row moved by one", started);
    for (what, expected) in
        [("13,939 competencies, fresh", Written::Created), ("13,939 competencies, unchanged", Written::Unchanged)]
    {
        let started = Instant::now();
        let work = store.write().await.unwrap();
        assert_eq!(work.put_framework(&framework, &stamp(1)).await.unwrap(), expected);
        work.commit().await.unwrap();
        told(what, started);
    }
    let crosswalk = crosswalk("701").ctid;
    for what in ["60,000 proposals, fresh", "60,000 proposals, replaced"] {
        let started = Instant::now();
        let work = store.write().await.unwrap();
        work.replace_proposals(&crosswalk, &proposals).await.unwrap();
        work.commit().await.unwrap();
        told(what, started);
    }
    let started = Instant::now();
    let read = store.read().await.unwrap().proposals(&crosswalk, &ProposalFilter::default()).await.unwrap();
    told("60,000 proposals, read", started);
    assert_eq!(read.len(), 60_000);
    let started = Instant::now();
    let work = store.write().await.unwrap();
    let one =
        decision(ctid("outcome", "SEC 110/1"), ctid("objective", "701-2"), "Ada", Verdict::Accepted(Strength::Full), 1);
    decide(&work, &crosswalk, &[one]).await;
    work.commit().await.unwrap();
    told("one decision", started);
    let started = Instant::now();
    let mut bytes = Vec::new();
    store.read().await.unwrap().backup(&mut bytes).await.unwrap();
    told(&format!("backup of {} MB", bytes.len() / 1_000_000), started);
    let started = Instant::now();
    store.health().await.unwrap();
    told("checkup", started);
}

#[tokio::main]
async fn main() {
    for bench in Bench::all().await {
        println!("{}", bench.url.split(':').next().unwrap());
        let store = bench.store().await;
        measure(&store).await;
        store.close().await.unwrap();
        bench.remove().await;
    }
}
