//! The reduced search against a plain model, on many small problems made by a generator.

use crate::pathway::oracle::optima;
use crate::pathway::{
    Answer, Course, Credential, Domain, Exam, Leaf, Need, Nested, Problem, Stage, Watch, conflict, plan,
};

/// Nobody waits.
pub(crate) struct Nobody;

impl Watch for Nobody {
    fn cpu_seconds(&mut self) -> f64 {
        0.0
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn ended(&mut self, _: &Stage) {}
}

/// A linear congruential generator (Knuth, MMIX): the same numbers everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn some(&mut self, count: u64, below: u64) -> Vec<usize> {
        let mut some: Vec<usize> = (0..count).map(|_| usize::try_from(self.below(below)).unwrap()).collect();
        some.sort_unstable();
        some.dedup();
        some
    }
}

const COURSES: u64 = 14;

fn leaf(numbers: &mut Numbers, overlay: bool) -> Leaf {
    let size = 1 + numbers.below(5);
    let courses = numbers.some(size, COURSES);
    let most = courses.len() as u64;
    let credits = numbers.of(&[Need::Credits(3), Need::Credits(4)]);
    let count = Need::Courses(u32::try_from(1 + numbers.below(most)).unwrap());
    Leaf { name: "leaf".to_owned(), need: numbers.of(&[credits, count]), courses, overlay }
}

fn credential(numbers: &mut Numbers, leaves: u64, total: u32) -> Credential {
    let overlays: Vec<bool> = (0..leaves).map(|_| numbers.below(4) == 0).collect();
    let nested = (0..numbers.below(2)).map(|_| Nested {
        name: "choice".to_owned(),
        any: 1 + usize::try_from(numbers.below(2)).unwrap(),
        leaves: (0..3).map(|_| leaf(numbers, false)).collect(),
    });
    let nested = nested.collect();
    Credential {
        name: "credential".to_owned(),
        total,
        residency: numbers.of(&[0, 3, 6]),
        upper: numbers.of(&[0, 0, 3]),
        leaves: overlays.into_iter().map(|overlay| leaf(numbers, overlay)).collect(),
        nested,
        shared: numbers.of(&[0, 3, 6]),
        valued: numbers.below(4) > 0,
    }
}

fn course(numbers: &mut Numbers, index: u64) -> Course {
    let chained = index > 3 && numbers.below(2) == 0;
    let clauses = if chained { 1 + numbers.below(2) } else { 0 };
    let mut prerequisites = Vec::new();
    for _ in 0..clauses {
        let size = 1 + numbers.below(2);
        prerequisites.push(numbers.some(size, index));
    }
    let corequisites = if index > 2 && numbers.below(8) == 0 { numbers.some(1, index) } else { Vec::new() };
    Course {
        code: format!("C{index}"),
        credits: numbers.of(&[3, 3, 3, 1, 4]),
        level: numbers.of(&[100, 100, 300]),
        home: numbers.below(2) == 0,
        offered: numbers.of(&[[true; 3], [true, true, false], [true, false, false], [false, true, true]]),
        prerequisites,
        corequisites,
        rate: numbers.of(&[100, 100, 250]),
    }
}

/// A small problem: the same one for the same seed.
pub(crate) fn problem(seed: u64) -> Problem {
    let mut numbers = Numbers(seed);
    let numbers = &mut numbers;
    let courses: Vec<Course> = (0..COURSES).map(|index| course(numbers, index)).collect();
    let exams = (0..2).map(|_| Exam {
        name: "exam".to_owned(),
        fee: numbers.of(&[50, 80]),
        threshold: numbers.of(&[50, 80]),
        valued: numbers.below(2) == 0,
        domains: [40, 60]
            .map(|weight| {
                let courses = numbers.some(3, COURSES);
                let strengths = courses.into_iter().map(|course| (course, numbers.of(&[50, 100]))).collect();
                Domain { weight, strengths }
            })
            .to_vec(),
    });
    let exams = exams.collect();
    let started = numbers.below(3) == 0;
    Problem {
        credentials: vec![credential(numbers, 2, 6), credential(numbers, 3, 16)],
        target: 1,
        exams,
        horizon: 5,
        most_load: numbers.of(&[[6, 6, 3], [7, 7, 0], [9, 6, 4]]),
        least_load: numbers.of(&[0, 3]),
        exams_needed: u32::try_from(numbers.below(2)).unwrap(),
        done: courses.iter().map(|_| started && numbers.below(8) == 0).collect(),
        prior_learning: vec![false; courses.len()],
        prior_learning_limit: 4,
        prior_learning_fee: 60,
        term_fee: 420,
        courses,
    }
    .with_prior_learning(numbers)
}

impl Problem {
    fn with_prior_learning(mut self, numbers: &mut Numbers) -> Self {
        for course in 0..self.courses.len() {
            self.prior_learning[course] = !self.done[course] && numbers.below(8) == 0;
        }
        self
    }
}

#[test]
fn the_reduced_search_finds_the_optima_of_the_plain_model() {
    let (mut planned, mut impossible) = (0, 0);
    // With 430 the solver hands back its start instead of the optimum it states; with 637 it fails on the reduced model.
    for seed in (0..60).chain([430, 637]) {
        let problem = problem(seed);
        let expected = optima(&problem);
        match plan(&problem, 60.0, &mut Nobody).unwrap_or_else(|error| panic!("seed {seed}: {error}")) {
            Answer::Planned { stages, .. } => {
                assert!(stages.iter().all(Stage::proved), "seed {seed}: {stages:?}");
                let found: Vec<i64> = stages.iter().map(|stage| stage.value).collect();
                assert_eq!(expected.map(Vec::from), Some(found), "seed {seed}");
                planned += 1;
            }
            Answer::Infeasible => {
                assert_eq!(expected, None, "seed {seed}");
                assert!(conflict(&problem, 60.0, &mut Nobody).unwrap().is_some(), "seed {seed}");
                impossible += 1;
            }
            Answer::Undecided => panic!("seed {seed} is undecided"),
        }
    }
    assert!(planned >= 10 && impossible >= 5, "{planned} planned, {impossible} impossible");
}
