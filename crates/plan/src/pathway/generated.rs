//! Small problems made by a generator, in which every rule occurs: what the reduced search is tested on.

use crate::pathway::{Clause, Course, Credential, Domain, Exam, Held, Leaf, Need, Node, Problem, Season};

/// A linear congruential generator (Knuth, MMIX): the same numbers everywhere.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    pub(super) fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn some(&mut self, count: u64, below: u64) -> Vec<usize> {
        let mut some: Vec<usize> = (0..count).map(|_| usize::try_from(self.below(below)).unwrap()).collect();
        some.sort_unstable();
        some.dedup();
        some
    }

    /// True once in so many times.
    fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

const COURSES: u64 = 14;

fn leaf(numbers: &mut Numbers, overlay: bool) -> Node {
    let size = 1 + numbers.below(5);
    let courses = numbers.some(size, COURSES);
    let most = courses.len() as u64;
    let credits = numbers.of(&[Need::Credits(3), Need::Credits(4)]);
    let count = Need::Courses(u32::try_from(1 + numbers.below(most)).unwrap());
    Node::Leaf(Leaf { name: "leaf".to_owned(), need: numbers.of(&[credits, count]), courses, overlay })
}

/// A choice between leaves, wholes of leaves and choices of leaves.
fn choice(numbers: &mut Numbers, depth: u32) -> Node {
    let any = 1 + usize::try_from(numbers.below(2)).unwrap();
    let of = (0..3).map(|_| match numbers.below(5) {
        0 if depth > 0 => choice(numbers, depth - 1),
        1 if depth > 0 => Node::Every { name: "every".to_owned(), of: (0..2).map(|_| leaf(numbers, false)).collect() },
        _ => leaf(numbers, false),
    });
    Node::Choice { name: "choice".to_owned(), any, of: of.collect() }
}

fn credential(numbers: &mut Numbers, leaves: u64, total: u32) -> Credential {
    let overlays: Vec<bool> = (0..leaves).map(|_| numbers.once_in(4)).collect();
    let mut of: Vec<Node> = (0..numbers.below(2)).map(|_| choice(numbers, 1)).collect();
    let leaves: Vec<Node> = overlays.into_iter().map(|overlay| leaf(numbers, overlay)).collect();
    // A whole within the whole changes nothing.
    if numbers.once_in(3) {
        of.insert(0, Node::Every { name: "core".to_owned(), of: leaves });
    } else {
        of.splice(0..0, leaves);
    }
    let mut limits = Vec::new();
    if numbers.once_in(4) {
        let wide = numbers.some(6, COURSES);
        limits.push((wide[..wide.len().div_ceil(2)].to_vec(), numbers.of(&[0, 2, 3])));
        limits.insert(0, (wide, numbers.of(&[3, 5])));
    }
    Credential {
        name: "credential".to_owned(),
        total,
        institution: 0,
        residency: numbers.of(&[0, 3, 6]),
        upper: numbers.of(&[0, 0, 3]),
        root: Node::Every { name: "all".to_owned(), of },
        shared: numbers.of(&[0, 3, 6]),
        valued: numbers.below(4) > 0,
        exams: Vec::new(),
        credentials: Vec::new(),
        needs: Vec::new(),
        limits,
        prior_limit: numbers.of(&[None, None, Some(0), Some(3)]),
    }
}

fn clause(numbers: &mut Numbers, index: u64) -> Clause {
    let size = 1 + numbers.below(2);
    let mut clause = Clause { before: numbers.some(size, index), ..Clause::default() };
    match numbers.below(6) {
        0 => clause.beside = std::mem::take(&mut clause.before),
        1 => clause.beside = numbers.some(1, index),
        // Also a later course, so that two may need each other.
        2 => clause = Clause { with: numbers.some(1, COURSES - 1), ..Clause::default() },
        3 => clause.with = numbers.some(1, index),
        _ => {}
    }
    let own = usize::try_from(index).unwrap();
    clause.with.retain(|way| *way != own);
    if clause.ways().next().is_none() {
        clause.before.push(0);
    }
    clause
}

fn course(numbers: &mut Numbers, index: u64) -> Course {
    let chained = index > 3 && numbers.below(2) == 0;
    let clauses = if chained { 1 + numbers.below(2) } else { 0 };
    let requisites = (0..clauses).map(|_| clause(numbers, index)).collect();
    Course {
        code: format!("C{index}"),
        credits: numbers.of(&[1, 3, 3, 4]),
        upper: numbers.below(3) == 0,
        institution: usize::from(numbers.below(3) == 0),
        offered: numbers.of(&[[true, true, false], [true, true, true], [true, false, false], [false, true, true]]),
        closed: if numbers.once_in(6) { numbers.some(2, 4) } else { Vec::new() },
        requisites,
        after: Vec::new(),
        standing: if numbers.once_in(8) { numbers.of(&[3, 6]) } else { 0 },
        rate: numbers.of(&[110, 110, 365]),
    }
}

fn exam(numbers: &mut Numbers) -> Exam {
    let domain = |weight: u32, numbers: &mut Numbers| {
        let courses = numbers.some(3, COURSES);
        let strengths = courses.into_iter().map(|course| (course, numbers.of(&[50, 100]))).collect();
        Domain { weight, strengths }
    };
    Exam {
        name: "exam".to_owned(),
        fee: numbers.of(&[50, 80]),
        threshold: numbers.of(&[50, 80]),
        valued: numbers.below(2) == 0,
        domains: vec![domain(40, numbers), domain(60, numbers)],
        needed: numbers.once_in(6),
        not_before: if numbers.once_in(4) { numbers.some(1, COURSES) } else { Vec::new() },
    }
}

/// A small problem, in which anything may occur.
pub(crate) fn problem(seed: u64) -> Problem {
    let mut problem = plain_problem(seed);
    // Numbers of its own, so that the rest of a problem stays as it was.
    let numbers = &mut Numbers(seed + 10_000);
    numbers.below(1);
    problem.fees_when_enrolled = numbers.once_in(2);
    if numbers.once_in(3) {
        problem.credentials.push(credential(numbers, 1, 4));
        if numbers.once_in(4) {
            problem.credentials[2].credentials.push(0);
        }
    }
    if numbers.once_in(2) {
        after_awards(numbers, &mut problem);
    }
    if numbers.once_in(2) {
        needs(numbers, &mut problem);
    }
    problem.done_in_residence = problem.courses.iter().map(|_| numbers.once_in(2)).collect();
    problem
}

/// Some of the later courses come after a credential; seldom all of one kind.
fn after_awards(numbers: &mut Numbers, problem: &mut Problem) {
    let last = problem.credentials.len() - 1;
    let from = usize::try_from(numbers.below(COURSES)).unwrap();
    for course in &mut problem.courses[from..] {
        match numbers.below(6) {
            0..3 => course.after.push(0),
            3 if last > 1 => course.after.push(last),
            4 if numbers.once_in(20) => course.after.push(1),
            _ => {}
        }
    }
}

/// Credentials ask for one of a few things: the target for any, the third for the first one.
fn needs(numbers: &mut Numbers, problem: &mut Problem) {
    for index in 0..problem.credentials.len() {
        let below: &[usize] = match index {
            0 => &[],
            1 if problem.credentials.len() > 2 => &[0, 2],
            _ => &[0],
        };
        for _ in 0..numbers.below(3) {
            let many = numbers.of(&[0, 1, 1, 1, 2, 3]);
            let ways = (0..many).map(|_| match numbers.below(3) {
                0 => Held::Exam(usize::try_from(numbers.below(2)).unwrap()),
                1 if !below.is_empty() => Held::Credential(numbers.of(below)),
                _ => Held::Course(usize::try_from(numbers.below(COURSES)).unwrap()),
            });
            let ways = ways.collect();
            problem.credentials[index].needs.push(ways);
        }
    }
}

/// A small problem in which no course comes after an award, no credential has needs and fees do not ask for enrolment.
pub(super) fn plain_problem(seed: u64) -> Problem {
    let mut numbers = Numbers(seed);
    let numbers = &mut numbers;
    let courses: Vec<Course> = (0..COURSES).map(|index| course(numbers, index)).collect();
    let exams: Vec<Exam> = (0..2).map(|_| exam(numbers)).collect();
    let started = numbers.once_in(3);
    let done: Vec<bool> = courses.iter().map(|_| started && numbers.once_in(8)).collect();
    let prior_learning = done.iter().map(|done| !done && numbers.once_in(8)).collect();
    let mut credentials = vec![credential(numbers, 2, 6), credential(numbers, 3, 16)];
    if numbers.once_in(5) {
        credentials[1].credentials.push(0);
    }
    for credential in &mut credentials {
        if numbers.once_in(6) {
            credential.exams.push(usize::try_from(numbers.below(2)).unwrap());
        }
    }
    let mut term_limits = Vec::new();
    if numbers.once_in(3) {
        term_limits = (0..4).map(|_| numbers.of(&[None, None, Some(0), Some(4), Some(10)])).collect();
    }
    Problem {
        credentials,
        target: 1,
        exams,
        horizon: 5,
        start: numbers.of(&[Season::Fall, Season::Fall, Season::Spring, Season::Summer]),
        most_load: numbers.of(&[[6, 6, 3], [7, 7, 0], [9, 6, 4]]),
        term_limits,
        least_load: numbers.of(&[0, 3]),
        light_terms: if numbers.once_in(4) { numbers.some(2, 4) } else { Vec::new() },
        exams_needed: u32::try_from(numbers.below(2)).unwrap(),
        done,
        prior_learning,
        prior_learning_limit: 4,
        prior_learning_fee: 60,
        term_fee: 420,
        exclusions: if numbers.once_in(2) { vec![numbers.some(3, COURSES)] } else { Vec::new() },
        wanted: if numbers.once_in(4) { numbers.some(1, COURSES) } else { Vec::new() },
        held_credentials: if numbers.once_in(8) { vec![true] } else { Vec::new() },
        held_exams: if numbers.once_in(6) { vec![false, true] } else { Vec::new() },
        courses,
        ..Problem::default()
    }
}
