//! A transfer pathway of the usual size: an associate degree at one college, then a bachelor's degree whose courses at the
//! university come after it; 62 courses, fifteen terms, two certifications, a certificate on the way.

use credway_plan::pathway::{
    Answer, Clause, Course, Credential, Domain, Exam, Leaf, Need, Node, Plan, Problem, Rule, Season, Stage, StageName,
    Values, Watch, check, conflict, plan, sentence,
};

struct Nobody;

impl Watch for Nobody {
    fn cpu_seconds(&mut self) -> f64 {
        0.0
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn ended(&mut self, _: &Stage) {}
}

const PATIENCE: f64 = 120.0;
const ASSOCIATE: usize = 0;
const CERTIFICATE: usize = 1;
/// The institution that awards the degree; the college is 0.
const UNIVERSITY: usize = 1;
const ALWAYS: [bool; 3] = [true, true, true];
const FALL_AND_SPRING: [bool; 3] = [true, true, false];
const FALL: [bool; 3] = [true, false, false];
const SPRING: [bool; 3] = [false, true, false];

fn course(code: String, offered: [bool; 3], before: Option<usize>) -> Course {
    let requisites = before.map(|way| Clause { before: vec![way], ..Clause::default() });
    Course { code, credits: 3, offered, requisites: requisites.into_iter().collect(), rate: 110, ..Course::default() }
}

/// 12 technical and 20 general courses at the college, 16 of the major and 14 others at the university.
fn courses() -> Vec<Course> {
    let mut courses = Vec::new();
    for index in 0..12 {
        let offered = [FALL_AND_SPRING, FALL, SPRING, ALWAYS][index % 4];
        courses.push(course(format!("CIS {}", 101 + index), offered, index.checked_sub(3)));
    }
    for index in 0..20 {
        courses.push(course(format!("GEN {}", 101 + index), [ALWAYS, FALL_AND_SPRING][index % 2], None));
    }
    for index in 0..30 {
        let major = index < 16;
        let offered = if major { [FALL_AND_SPRING, FALL, SPRING][index % 4 % 3] } else { FALL_AND_SPRING };
        let before = major.then(|| if index < 4 { index } else { 32 + index - 4 });
        let code = if major { format!("CYB {}", 301 + index) } else { format!("UNV {}", 201 + index) };
        let upper = major || index % 3 == 0;
        courses.push(Course {
            upper,
            institution: UNIVERSITY,
            rate: 365,
            after: vec![ASSOCIATE],
            ..course(code, offered, before)
        });
    }
    courses
}

fn leaf(name: &str, courses: std::ops::Range<usize>, need: Need) -> Node {
    Node::Leaf(Leaf { name: name.to_owned(), courses: courses.collect(), need, overlay: false })
}

fn credential(name: &str, total: u32, of: Vec<Node>) -> Credential {
    let root = Node::Every { name: name.to_owned(), of };
    Credential { name: name.to_owned(), total, root, valued: true, ..Credential::default() }
}

fn credentials() -> Vec<Credential> {
    let associate = vec![
        leaf("core", 0..8, Need::Courses(8)),
        leaf("technical electives", 4..12, Need::Credits(9)),
        leaf("writing", 12..17, Need::Courses(2)),
        leaf("mathematics", 17..22, Need::Courses(1)),
        leaf("society", 18..26, Need::Courses(2)),
        leaf("electives", 12..32, Need::Credits(9)),
    ];
    let bachelor = vec![
        leaf("major", 32..44, Need::Courses(10)),
        leaf("major electives", 36..48, Need::Credits(9)),
        leaf("general education", 12..32, Need::Credits(30)),
        leaf("university", 48..62, Need::Credits(15)),
    ];
    vec![
        credential("AAS", 60, associate),
        credential("Certificate", 18, vec![leaf("six", 0..12, Need::Courses(6))]),
        Credential {
            institution: UNIVERSITY,
            residency: 30,
            upper: 36,
            limits: vec![((0..32).collect(), 66)],
            credentials: vec![ASSOCIATE],
            ..credential("BA", 120, bachelor)
        },
    ]
}

fn exam(name: &str, first: usize) -> Exam {
    let domain = |from: usize, strength: u32| Domain {
        weight: 50,
        strengths: (from..from + 4).map(|course| (course, strength)).collect(),
    };
    let domains = vec![domain(first, 40), domain(first + 2, 50)];
    Exam { name: name.to_owned(), fee: 400, threshold: 70, domains, valued: true, ..Exam::default() }
}

fn transfer() -> Problem {
    let courses = courses();
    let prior_learning = (0..courses.len()).map(|course| [1, 13, 20].contains(&course)).collect();
    Problem {
        done: vec![false; courses.len()],
        prior_learning,
        courses,
        credentials: credentials(),
        target: 2,
        exams: vec![exam("Network+", 0), exam("Security+", 4)],
        horizon: 15,
        start: Season::Fall,
        most_load: [16, 16, 6],
        least_load: 6,
        exams_needed: 1,
        prior_learning_limit: 9,
        prior_learning_fee: 60,
        term_fee: 300,
        fees_when_enrolled: true,
        order: vec![
            StageName::First,
            StageName::Terms,
            StageName::Exits,
            StageName::Cost,
            StageName::Excess,
            StageName::Coverage,
        ],
        ..Problem::default()
    }
}

fn planned(problem: &Problem) -> (Plan, Values) {
    match plan(problem, PATIENCE, &mut Nobody).unwrap() {
        Answer::Planned { plan, values, stages } => {
            assert!(stages.iter().all(Stage::proved), "{stages:?}");
            assert_eq!(check(problem, &plan), Ok(values));
            (plan, values)
        }
        other => panic!("{other:?}"),
    }
}

fn awarded(plan: &Plan, credential: usize) -> Option<usize> {
    plan.terms.iter().position(|term| term.awards.iter().any(|award| award.credential == credential))
}

#[test]
fn courses_of_the_university_follow_the_associate_degree() {
    let problem = transfer();
    let (plan, values) = planned(&problem);
    let degree = awarded(&plan, ASSOCIATE).unwrap();
    let at_home = |term: &&credway_plan::pathway::Term| {
        term.courses.iter().any(|course| problem.courses[*course].institution == UNIVERSITY)
    };
    let first = plan.terms.iter().position(|term| at_home(&term)).unwrap();
    assert!(degree < first, "the degree at the end of term {degree}, the first course after it in term {first}");
    let exits = degree + awarded(&plan, CERTIFICATE).unwrap();
    assert_eq!(values.exits as usize, exits);
    // Whoever need not wait for the degree is there sooner.
    let mut free = problem.clone();
    free.courses.iter_mut().for_each(|course| course.after.clear());
    assert!(planned(&free).1.terms < values.terms);
    // Where exits count for nothing, no plan has them sooner.
    let careless = Problem { order: StageName::USUAL.to_vec(), ..problem.clone() };
    let (_, usual) = planned(&careless);
    assert_eq!((usual.first, usual.terms), (values.first, values.terms));
    assert!(usual.exits >= values.exits && usual.cost <= values.cost);
}

#[test]
fn with_a_term_too_few_the_conflict_names_the_degree() {
    let (_, values) = planned(&Problem { order: vec![StageName::Terms], ..transfer() });
    let problem = Problem { horizon: values.terms as usize, ..transfer() };
    assert_eq!(plan(&problem, PATIENCE, &mut Nobody), Ok(Answer::Infeasible));
    let rules = conflict(&problem, PATIENCE, &mut Nobody).unwrap().unwrap().rules;
    assert!(rules.contains(&Rule::AfterAward(ASSOCIATE)), "{rules:?}");
    let words = "CYB 301, CYB 302, CYB 303, CYB 304, CYB 305, CYB 306 and 24 more come after AAS is awarded.";
    assert_eq!(sentence(&problem, Rule::AfterAward(ASSOCIATE)), words);
}
