//! A program of usual size: the answer is proved, and quickly. Figures are made by a small generator, so that no text of
//! anybody is needed.

use credway_plan::{Answer, Change, ChangeProblem, Covered, First, Route, Target, Wishes, least_changes};

/// A linear congruential generator (Knuth, MMIX): the same numbers everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Five domains as a well-known exam weighs them, 60 objectives, 20 courses; three courses near each gap.
fn program(seed: u64) -> ChangeProblem {
    let mut numbers = Numbers(seed);
    let weights = [12.0, 22.0, 18.0, 28.0, 20.0];
    let counts = [9, 11, 10, 17, 13];
    let mut problem = ChangeProblem { domains: 5, opening: vec![8; 20], ..ChangeProblem::default() };
    for (domain, count) in counts.into_iter().enumerate() {
        for _ in 0..count {
            let now = [Covered::Not, Covered::Not, Covered::Partly, Covered::Fully][numbers.below(4)];
            let share_of_domain = 1.0 / f64::from(count);
            let share = Some(weights[domain] * share_of_domain);
            problem.targets.push(Target { domain, share, share_of_domain, now });
            let target = problem.targets.len() - 1;
            if now == Covered::Fully {
                continue;
            }
            let first = numbers.below(20);
            for course in [first, (first + 1 + numbers.below(9)) % 20, (first + 10 + numbers.below(9)) % 20] {
                let misfit = u32::try_from(500 + numbers.below(500)).unwrap();
                problem.changes.push(Change { course, effort: 16, misfit });
                let needs = vec![problem.changes.len() - 1];
                problem.routes.push(Route { target, reaches: Covered::Fully, needs });
            }
            if now == Covered::Partly {
                problem.changes.push(Change { course: numbers.below(20), effort: 6, misfit: 0 });
                let needs = vec![problem.changes.len() - 1];
                problem.routes.push(Route { target, reaches: Covered::Fully, needs });
            }
        }
    }
    problem
}

#[test]
fn programs_of_usual_size_are_proved() {
    for seed in [3, 6] {
        let problem = program(seed);
        for (first, most_per_course) in [(First::Fewest, None), (First::Cheapest, None), (First::Cheapest, Some(2))] {
            let wishes =
                Wishes { total: Some(80.0), domains: vec![Some(60.0); 5], most_per_course, first, seconds: 60.0 };
            match least_changes(&problem, &wishes).unwrap() {
                Answer::Reached(set) => {
                    assert!(set.proved(), "{seed} {first:?} {most_per_course:?}: {:?}", set.stages);
                    assert!(set.after.total.unwrap() >= 80.0 - 1e-6);
                }
                Answer::OutOfReach(answer) => assert!(answer.proved && most_per_course.is_some()),
                Answer::Undecided => panic!("{seed} {first:?} {most_per_course:?}"),
            }
        }
    }
}
