//! How fast the structure of curricula is measured: layered graphs made from a fixed rule, up to sizes no college has.

use credway_plan::{CurriculumGraph, Requisite, RequisiteKind, TermSystem};
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Layers of ten courses; each course requires three of the layer before it.
fn graph(courses: usize) -> CurriculumGraph {
    let requisites = (10..courses).flat_map(|course| {
        [1, 3, 7].map(|step| Requisite {
            required: (course / 10 - 1) * 10 + (course * step) % 10,
            course,
            kind: RequisiteKind::Prerequisite,
        })
    });
    CurriculumGraph::new(courses, requisites).expect("every requisite is a course")
}

#[divan::bench(args = [50, 500, 5000])]
fn measures(bencher: divan::Bencher<'_, '_>, courses: usize) {
    let graph = graph(courses);
    bencher.counter(ItemsCount::new(courses)).bench(|| graph.measures(TermSystem::Semester));
}

#[divan::bench(args = [50, 500, 5000])]
fn extraneous(bencher: divan::Bencher<'_, '_>, courses: usize) {
    let graph = graph(courses);
    bencher.counter(ItemsCount::new(courses)).bench(|| graph.extraneous());
}

#[divan::bench(args = [50, 500, 5000])]
fn circles_and_contradictions(bencher: divan::Bencher<'_, '_>, courses: usize) {
    let graph = graph(courses);
    bencher.counter(ItemsCount::new(courses)).bench(|| (graph.circles(), graph.contradictions()));
}
