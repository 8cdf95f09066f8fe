//! How fast statements are read and ranked. The statements are made from our own words; 8,522 × 290 is the size of a
//! university's catalogue against one exam's outline.

use credway_align::{Engine, Limits, ShippedEngine, Statement, bloom_level, nearest};
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const VERBS: [&str; 12] = [
    "Explain",
    "Configure",
    "Analyze",
    "Design",
    "Compare",
    "Apply",
    "Evaluate",
    "Describe",
    "Troubleshoot",
    "Write",
    "Plan",
    "Measure",
];
const SUBJECTS: [&str; 20] = [
    "network protocols",
    "role-based access control",
    "financial statements",
    "patient records",
    "welding joints",
    "database queries",
    "statistical models",
    "incident response",
    "thermodynamic cycles",
    "classroom assessment",
    "supply chains",
    "cloud storage",
    "infection control",
    "electrical circuits",
    "project schedules",
    "marketing plans",
    "organic compounds",
    "user interfaces",
    "structural loads",
    "digital forensics",
];
const PURPOSES: [&str; 15] = [
    "for a small organization",
    "to reduce risk",
    "in a laboratory setting",
    "under current regulations",
    "with appropriate tools",
    "for a public audience",
    "across several sites",
    "before a change is made",
    "when resources are limited",
    "following ethical standards",
    "in collaboration with a team",
    "using real measurements",
    "after a failure",
    "at an introductory level",
    "as part of a larger system",
];

fn statements(count: usize) -> Vec<Statement> {
    (0..count)
        .map(|at| {
            let mixed = at.wrapping_mul(2_654_435_761) >> 7;
            let pick = |list: &[&'static str], shift: usize| list[(mixed >> shift) % list.len()];
            let (one, other) = (pick(&SUBJECTS, 3), pick(&SUBJECTS, 9));
            let text = format!("{} {one} and {other} {} {at}.", pick(&VERBS, 0), pick(&PURPOSES, 5));
            Statement { text, context: pick(&SUBJECTS, 11).to_owned() }
        })
        .collect()
}

/// Reading alone: pieces, vectors, stems and verbs of both sides, and one target to rank.
#[divan::bench(sample_count = 5)]
fn read_8522_statements(bencher: divan::Bencher) {
    let (queries, targets) = (statements(8_522), statements(1));
    bencher
        .counter(ItemsCount::new(queries.len()))
        .bench(|| ShippedEngine::plain().rank(&queries, &targets, 1, &()).unwrap());
}

#[divan::bench(sample_count = 5)]
fn rank_8522_by_290(bencher: divan::Bencher) {
    let (queries, targets) = (statements(8_522), statements(290));
    bencher
        .counter(ItemsCount::new(queries.len() * targets.len()))
        .bench(|| ShippedEngine::plain().rank(&queries, &targets, 10, &()).unwrap());
}

#[divan::bench(sample_count = 5)]
fn crosswalk_8522_by_290(bencher: divan::Bencher) {
    let (queries, targets) = (statements(8_522), statements(290));
    let limits = Limits { per_target: 12, per_statement: 3 };
    bencher
        .counter(ItemsCount::new(queries.len() * targets.len()))
        .bench(|| ShippedEngine::plain().crosswalk(&queries, &targets, limits, &()).unwrap());
}

#[divan::bench(sample_count = 1)]
fn rank_16384_by_8192(bencher: divan::Bencher) {
    let (queries, targets) = (statements(16_384), statements(8_192));
    bencher
        .counter(ItemsCount::new(queries.len() * targets.len()))
        .bench(|| ShippedEngine::plain().rank(&queries, &targets, 10, &()).unwrap());
}

/// Candidate generation alone, as many statements as a country's courses against all of ESCO.
#[divan::bench(sample_count = 1)]
fn nearest_10_of_100000_by_14000(bencher: divan::Bencher) {
    let (queries, targets) = (statements(100_000), statements(14_000));
    bencher
        .counter(ItemsCount::new(queries.len() * targets.len()))
        .bench(|| nearest(&queries, &targets, 10, &()).unwrap());
}

#[divan::bench]
fn depth_of_1000_statements(bencher: divan::Bencher) {
    let statements = statements(1_000);
    bencher
        .counter(ItemsCount::new(statements.len()))
        .bench(|| statements.iter().filter(|statement| bloom_level(&statement.text).is_some()).count());
}
