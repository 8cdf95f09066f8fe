//! The measures against what they are by definition: every chain enumerated, every order of terms tried, on random graphs.

use proptest::prelude::*;

use super::*;

/// Most courses of a random graph: all orders of terms are tried.
const MOST: usize = 6;

fn kinds() -> impl Strategy<Value = RequisiteKind> {
    prop_oneof![
        Just(RequisiteKind::Prerequisite),
        Just(RequisiteKind::Corequisite),
        Just(RequisiteKind::StrictCorequisite)
    ]
}

/// Any graph, or one without circles: arrows lead to higher numbers then.
fn graphs(courses: usize, circles: bool) -> impl Strategy<Value = CurriculumGraph> {
    let arrows = proptest::collection::vec((0..courses, 0..courses, kinds()), 0..courses * 2);
    (1..=courses, arrows).prop_map(move |(courses, arrows)| {
        let kept = arrows.into_iter().map(|(from, to, kind)| (from % courses, to % courses, kind));
        let kept = kept.filter(|(from, to, _)| circles || from != to).map(|(from, to, kind)| {
            let (required, course) = if circles { (from, to) } else { (from.min(to), from.max(to)) };
            Requisite { required, course, kind }
        });
        CurriculumGraph::new(courses, kept).unwrap()
    })
}

/// Every chain from a course that requires nothing to one that nothing requires.
fn chains(graph: &CurriculumGraph) -> Vec<Vec<usize>> {
    let mut done = Vec::new();
    let mut open: Vec<Vec<usize>> =
        (0..graph.courses()).filter(|course| graph.before[*course].is_empty()).map(|course| vec![course]).collect();
    while let Some(chain) = open.pop() {
        let next = &graph.next[*chain.last().unwrap()];
        open.extend(next.iter().map(|course| [chain.as_slice(), &[*course]].concat()));
        if next.is_empty() {
            done.push(chain);
        }
    }
    done
}

fn reached(graph: &CurriculumGraph, from: usize) -> std::collections::BTreeSet<usize> {
    let mut seen = std::collections::BTreeSet::new();
    let mut open = graph.next[from].clone();
    while let Some(course) = open.pop() {
        if seen.insert(course) {
            open.extend(&graph.next[course]);
        }
    }
    seen
}

/// Whether the terms meet the requisites.
fn meets<'a>(requisites: impl IntoIterator<Item = &'a Requisite>, terms: &[usize]) -> bool {
    requisites.into_iter().all(|one| {
        let (required, course) = (terms[one.required], terms[one.course]);
        match one.kind {
            RequisiteKind::Prerequisite => required < course,
            RequisiteKind::Corequisite => required <= course,
            RequisiteKind::StrictCorequisite => required == course,
        }
    })
}

/// Every way to put so many courses into as many terms.
fn every_plan(courses: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..courses.pow(u32::try_from(courses).unwrap()))
        .map(move |number| (0..courses).map(|at| number / courses.pow(u32::try_from(at).unwrap()) % courses).collect())
}

/// Each step of a circle stands in the requisites and begins where the one before ended.
fn is_circle(graph: &CurriculumGraph, circle: &Circle, both_ways: bool) -> bool {
    let stands = |step: &Step| {
        graph.requisites().iter().any(|one| match step.order {
            Order::Before => {
                one.kind == RequisiteKind::Prerequisite && (one.required, one.course) == (step.from, step.to)
            }
            Order::NotAfter => {
                one.kind == RequisiteKind::Corequisite && (one.required, one.course) == (step.from, step.to)
            }
            Order::Together => {
                let ways = [(step.from, step.to), (step.to, step.from)];
                let allowed = if both_ways { &ways[..] } else { &ways[..1] };
                one.kind == RequisiteKind::StrictCorequisite && allowed.contains(&(one.required, one.course))
            }
        })
    };
    let steps = &circle.steps;
    let joined = (0..steps.len()).all(|at| steps[at].to == steps[(at + 1) % steps.len()].from);
    !steps.is_empty() && joined && steps.iter().all(stands)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn measures_are_what_enumeration_gives(graph in graphs(12, false)) {
        let measures = graph.measures(TermSystem::Semester).unwrap();
        let chains = chains(&graph);
        for (course, measured) in measures.courses.iter().enumerate() {
            let through = || chains.iter().filter(|chain| chain.contains(&course));
            let delay = through().map(Vec::len).max().unwrap() as u64;
            let inner = through().filter(|chain| chain[0] != course && chain[chain.len() - 1] != course);
            let centrality: u128 = inner.map(|chain| chain.len() as u128).sum();
            let blocking = reached(&graph, course).len() as u64;
            prop_assert_eq!((measured.delay, measured.centrality), (delay, Some(centrality)));
            prop_assert_eq!(measured.blocking, blocking);
            prop_assert_eq!(measured.complexity.tenths(), (delay + blocking) * 10);
        }
        prop_assert_eq!(measures.longest, chains.iter().map(Vec::len).max().unwrap() as u64);
    }

    #[test]
    fn circles_are_found_where_a_course_reaches_itself(graph in graphs(9, true)) {
        let round = (0..graph.courses()).any(|course| reached(&graph, course).contains(&course));
        let circles = graph.circles();
        prop_assert_eq!(!circles.is_empty(), round);
        prop_assert_eq!(graph.measures(TermSystem::Semester).is_none(), round);
        prop_assert!(circles.iter().all(|circle| is_circle(&graph, circle, false)));
    }

    #[test]
    fn contradictions_are_found_where_no_order_of_terms_does(graph in graphs(MOST - 1, true)) {
        let can = every_plan(graph.courses()).any(|terms| meets(graph.requisites(), &terms));
        let contradictions = graph.contradictions();
        prop_assert_eq!(contradictions.is_empty(), can);
        for circle in &contradictions {
            prop_assert!(circle.is_contradiction() && is_circle(&graph, circle, true));
        }
    }

    /// What is extraneous can be left out, alone, and every plan that meets the rest meets it too.
    #[test]
    fn extraneous_requisites_follow_from_the_others(graph in graphs(MOST - 1, false)) {
        let extraneous = graph.extraneous().unwrap();
        let no_strict = graph.requisites().iter().all(|one| one.kind != RequisiteKind::StrictCorequisite);
        for one in graph.requisites() {
            let rest: Vec<Requisite> = graph.requisites().iter().filter(|other| *other != one).copied().collect();
            let follows = every_plan(graph.courses()).all(|terms| !meets(&rest, &terms) || meets([one], &terms));
            if extraneous.contains(one) {
                prop_assert!(follows, "{:?} does not follow", one);
            } else if no_strict {
                prop_assert!(!follows, "{:?} follows", one);
            }
        }
    }

    #[test]
    fn loads_are_what_the_definition_gives(credits in proptest::collection::vec((1_u32..9, 0_u32..2000), 1..30)) {
        let courses: Vec<PlannedCourse> = credits
            .iter()
            .map(|(term, credits)| PlannedCourse { credits: Some(*credits), term: Some(*term) })
            .collect();
        let loads = term_loads(&courses).unwrap();
        let sums: Vec<f64> = (1..9)
            .filter(|term| credits.iter().any(|(other, _)| other == term))
            .map(|term| credits.iter().filter(|(other, _)| *other == term).map(|(_, one)| f64::from(*one) / 100.0).sum())
            .collect();
        let mean = sums.iter().sum::<f64>() / sums.len() as f64;
        let deviation = (sums.iter().map(|sum| (sum - mean).powi(2)).sum::<f64>() / sums.len() as f64).sqrt();
        prop_assert!((loads.average.unwrap() - mean).abs() < 1e-9);
        prop_assert!((loads.deviation.unwrap() - deviation).abs() < 1e-9);
        prop_assert_eq!(loads.terms.len(), sums.len());
        let extremes = [loads.least, loads.most].map(|term| term.unwrap().credits.unwrap());
        prop_assert!(loads.terms.iter().all(|term| (extremes[0]..=extremes[1]).contains(&term.credits.unwrap())));
    }
}
