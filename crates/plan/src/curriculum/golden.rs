//! The curricula whose measures are known: values of the test suite of CurricularAnalytics.jl (its values, none of its
//! code), those of the diamond worked out by hand.

use super::*;
use RequisiteKind::{Corequisite as Co, Prerequisite as Pre, StrictCorequisite as Strict};

/// A graph of courses named by letters: `AC` means that C requires A.
fn graph(courses: usize, arrows: &[(&str, RequisiteKind)]) -> CurriculumGraph {
    let index = |letter: u8| usize::from(letter - b'A');
    let requisites = arrows.iter().map(|(pair, kind)| {
        let [required, course] = pair.as_bytes() else { panic!("{pair} is no pair") };
        Requisite { required: index(*required), course: index(*course), kind: *kind }
    });
    CurriculumGraph::new(courses, requisites).unwrap()
}

/// Delay, blocking, centrality and complexity of every course.
fn check(graph: &CurriculumGraph, expected: [&[u64]; 4]) {
    let measures = graph.measures(TermSystem::Semester).unwrap();
    let each = |figure: fn(&CourseMeasures) -> u64| measures.courses.iter().map(figure).collect::<Vec<_>>();
    let figures: [fn(&CourseMeasures) -> u64; 4] = [
        |course| course.delay,
        |course| course.blocking,
        |course| u64::try_from(course.centrality.unwrap()).unwrap(),
        |course| course.complexity.tenths() / 10,
    ];
    for (figure, expected) in figures.into_iter().zip(expected) {
        assert_eq!(each(figure), expected);
        assert_eq!(figure(&measures.total), expected.iter().sum::<u64>());
    }
}

#[test]
fn underwater_basket_weaving() {
    let graph = graph(8, &[("AC", Pre), ("BC", Pre), ("DC", Co), ("CE", Pre), ("DF", Pre)]);
    check(
        &graph,
        [&[3, 3, 3, 3, 3, 2, 1, 1], &[2, 2, 1, 3, 0, 0, 0, 0], &[0, 0, 9, 0, 0, 0, 0, 0], &[5, 5, 4, 6, 3, 2, 1, 1]],
    );
    let quarters = graph.measures(TermSystem::Quarter).unwrap();
    let each: Vec<String> = quarters.courses.iter().map(|course| course.complexity.to_string()).collect();
    assert_eq!(each, ["3.3", "3.3", "2.7", "4", "2", "1.3", "0.7", "0.7"], "two thirds, rounded course by course");
    assert_eq!((quarters.total.complexity.to_string().as_str(), quarters.longest), ("18", 3));
    assert_eq!(graph.dead_ends(|course| course == 4), [5]);
}

#[test]
fn postmodern_basket_weaving() {
    let arrows = [("AB", Co), ("AC", Pre), ("BD", Pre), ("CD", Co), ("CE", Pre), ("DF", Pre), ("DG", Co), ("GF", Pre)];
    check(
        &graph(7, &arrows),
        [&[5, 5, 5, 5, 3, 5, 5], &[6, 3, 4, 2, 0, 0, 1], &[0, 9, 12, 18, 0, 0, 10], &[11, 8, 9, 7, 3, 5, 6]],
    );
}

#[test]
fn a_diamond() {
    let graph = graph(4, &[("AB", Pre), ("AC", Pre), ("BD", Pre), ("CD", Pre)]);
    check(&graph, [&[3, 3, 3, 3], &[3, 1, 1, 0], &[0, 3, 3, 0], &[6, 4, 4, 3]]);
}

#[test]
fn a_degree_plan() {
    let arrows = [("AE", Pre), ("AC", Pre), ("BE", Pre), ("BF", Pre), ("DE", Co), ("FE", Strict)];
    let graph = graph(6, &arrows);
    let courses: Vec<PlannedCourse> = [(3, 1), (1, 1), (2, 2), (1, 2), (4, 3), (1, 3)]
        .map(|(credits, term)| PlannedCourse { credits: Some(credits * 100), term: Some(term) })
        .to_vec();
    let distances: Vec<i64> = requisite_distances(&graph, &courses).into_iter().flatten().collect();
    assert_eq!(distances, [0, 0, 1, 0, 5, 2]);
    let loads = term_loads(&courses).unwrap();
    assert_eq!(loads.average, Some(4.0));
    let (least, most) = (loads.least.unwrap(), loads.most.unwrap());
    assert_eq!((least.term, least.credits, most.term, most.credits), (2, Some(300), 3, Some(500)));
    assert!((loads.deviation.unwrap() - 0.816_497).abs() < 1e-6);
}

#[test]
fn what_is_not_known_is_absent() {
    let graph = graph(3, &[("AB", Pre)]);
    let term = |term: Option<u32>, credits: Option<u32>| PlannedCourse { credits, term };
    let courses = [term(None, Some(300)), term(Some(2), None), term(Some(2), Some(300))];
    assert_eq!(requisite_distances(&graph, &courses), [Some(0), None, Some(0)]);
    let loads = term_loads(&courses).unwrap();
    assert_eq!((loads.average, loads.least, loads.most, loads.deviation), (None, None, None, None));
    assert_eq!(loads.terms, [TermCredits { term: 2, courses: 2, credits: None }]);
    assert_eq!(term_loads(&[term(None, Some(300))]), None);
    assert!(CurriculumGraph::new(1, [Requisite { required: 0, course: 1, kind: Pre }]).is_err());
}

fn steps(circle: &Circle) -> Vec<(usize, usize, Order)> {
    circle.steps.iter().map(|step| (step.from, step.to, step.order)).collect()
}

#[test]
fn what_cannot_be_met_has_a_witness() {
    let itself = graph(1, &[("AA", Pre)]);
    assert_eq!(steps(&itself.circles()[0]), [(0, 0, Order::Before)]);
    assert_eq!(itself.contradictions(), itself.circles());
    assert_eq!(itself.measures(TermSystem::Semester), None);

    // No circle of arrows, but B and C are to be in one term while C < A < B.
    let strict = graph(3, &[("AB", Pre), ("BC", Strict), ("CA", Pre)]);
    assert_eq!(strict.circles().len(), 1);
    let bound = graph(3, &[("CA", Pre), ("AB", Pre), ("CB", Strict)]);
    assert_eq!(bound.circles(), []);
    let expected = [(0, 1, Order::Before), (1, 2, Order::Together), (2, 0, Order::Before)];
    assert_eq!(steps(&bound.contradictions()[0]), expected);
    assert!(bound.measures(TermSystem::Semester).is_some());

    // Corequisites of one another are taken in one term.
    let mutual = graph(2, &[("AB", Co), ("BA", Co)]);
    assert_eq!(mutual.contradictions(), []);
    assert!(!mutual.circles()[0].is_contradiction());
    let both = graph(2, &[("AB", Pre), ("AB", Strict)]);
    assert_eq!(steps(&both.contradictions()[0]), [(0, 1, Order::Before), (1, 0, Order::Together)]);
}

#[test]
fn requisites_that_follow_from_others_are_extraneous() {
    let check = |arrows: &[(&str, RequisiteKind)], expected: &[(usize, usize)]| {
        let found = graph(4, arrows).extraneous().unwrap();
        let pairs: Vec<_> = found.iter().map(|one| (one.required, one.course)).collect();
        assert_eq!(pairs, expected, "{arrows:?}");
    };
    check(&[("AC", Pre), ("AB", Pre), ("BC", Pre)], &[(0, 2)]);
    check(&[("AC", Pre), ("AB", Co), ("BC", Co)], &[]);
    check(&[("AC", Pre), ("AB", Co), ("BC", Pre)], &[(0, 2)]);
    check(&[("AC", Co), ("AB", Co), ("BC", Strict)], &[(0, 2)]);
    check(&[("AC", Strict), ("AB", Pre), ("BC", Pre)], &[]);
    check(&[("AB", Pre), ("AB", Co)], &[(0, 1)]);
    check(&[("AB", Pre), ("BC", Pre), ("CD", Pre), ("AD", Pre)], &[(0, 3)]);
}

#[test]
fn figures_too_large_are_absent_and_never_wrong() {
    // 130 layers of two courses, each requiring both of the layer before: 2^130 chains.
    let wide = |layers: usize| {
        let arrows = (1..layers).flat_map(|layer| {
            [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(from, to)| Requisite {
                required: layer * 2 - 2 + from,
                course: layer * 2 + to,
                kind: Pre,
            })
        });
        CurriculumGraph::new(layers * 2, arrows).unwrap().measures(TermSystem::Semester).unwrap()
    };
    let small = wide(10);
    // 2^10 chains of 10 courses: each of the 16 inner courses stands on half of them.
    assert_eq!(small.total.centrality, Some(16 * (1 << 9) * 10));
    let large = wide(130);
    assert_eq!((large.total.centrality, large.courses[5].centrality), (None, None));
    assert_eq!((large.total.delay, large.courses[0].blocking, large.longest), (260 * 130, 258, 130));
    assert_eq!(large.courses[0].centrality, Some(0), "it requires nothing");
}
