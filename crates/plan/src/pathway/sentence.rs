//! Rules in words: a tag for data, a sentence for people.

use crate::pathway::problem::{Leaf, Need, Problem, Season};
use crate::pathway::rule::Rule;

/// The tag of a rule in data: stable, with the names of the instance in it.
#[must_use]
pub fn tag(problem: &Problem, rule: Rule) -> String {
    let credential = |index: usize| &problem.credentials[index].name;
    match rule {
        Rule::Structure => "structure".to_owned(),
        Rule::ByHorizon => format!("{} by horizon", problem.goal().name),
        Rule::MostLoad(term) => format!("maxload {term}"),
        Rule::LeastLoad(term) => format!("minload {term}"),
        Rule::PriorLearningLimit => "CPL cap".to_owned(),
        Rule::TotalCredits(index) => format!("{} total credits", credential(index)),
        Rule::Residency(index) => format!("{} residency", credential(index)),
        Rule::UpperDivision(index) => format!("{} upper-division", credential(index)),
        Rule::Leaf(index, place) => format!("{}:{}", credential(index), leaf(problem, index, place).name),
        Rule::Nested(index, place) => {
            format!("{}:{}", credential(index), problem.credentials[index].nested[place].name)
        }
        Rule::Shared(index) => format!("{} double-count limit", credential(index)),
        Rule::Prerequisites(course) => format!("prereq {}", problem.courses[course].code),
        Rule::Corequisites(course) => format!("coreq {}", problem.courses[course].code),
        Rule::Readiness(exam) => format!("cert {} readiness", problem.exams[exam].name),
        Rule::ExamsNeeded => "embedded certifications".to_owned(),
    }
}

/// A rule as a sentence to a learner.
#[must_use]
pub fn sentence(problem: &Problem, rule: Rule) -> String {
    let credential = |index: usize| &problem.credentials[index];
    match rule {
        Rule::Structure => "A course is taken once, and what is held stays held.".to_owned(),
        Rule::ByHorizon => {
            format!("You hold {} by the end of term {}.", problem.goal().name, problem.horizon)
        }
        Rule::MostLoad(term) => most_load(problem, term),
        Rule::LeastLoad(term) => {
            format!("You take at least {} credits in {}.", problem.least_load, named(term))
        }
        Rule::PriorLearningLimit => {
            format!("At most {} credits are awarded for prior learning.", problem.prior_learning_limit)
        }
        Rule::TotalCredits(index) => {
            format!("{} takes {} credits in all.", credential(index).name, credential(index).total)
        }
        Rule::Residency(index) => {
            let credential = credential(index);
            format!("{} takes {} credits at the institution that awards it.", credential.name, credential.residency)
        }
        Rule::UpperDivision(index) => {
            format!("{} takes {} credits of upper division.", credential(index).name, credential(index).upper)
        }
        Rule::Leaf(index, place) => {
            let Leaf { name, courses, need, .. } = leaf(problem, index, place);
            let needed = match need {
                Need::Courses(1) => "one course".to_owned(),
                Need::Courses(count) => format!("{count} courses"),
                Need::Credits(credits) => format!("{credits} credits"),
            };
            format!("{} asks for {needed} of the {} in {name}.", credential(index).name, courses.len())
        }
        Rule::Nested(index, place) => {
            let nested = &credential(index).nested[place];
            format!("{} asks for {} of the choices in {}.", credential(index).name, nested.any, nested.name)
        }
        Rule::Shared(index) => {
            let credential = credential(index);
            format!("In {} at most {} credits count twice.", credential.name, credential.shared)
        }
        Rule::Prerequisites(course) => {
            format!("{} comes after its prerequisites.", problem.courses[course].code)
        }
        Rule::Corequisites(course) => {
            format!("{} comes with or after its corequisites.", problem.courses[course].code)
        }
        Rule::Readiness(exam) => {
            let exam = &problem.exams[exam];
            format!("{} is sat when your courses cover {} % of it.", exam.name, exam.threshold)
        }
        Rule::ExamsNeeded => format!("You sit at least {} exams.", problem.exams_needed),
    }
}

fn most_load(problem: &Problem, term: usize) -> String {
    match problem.most_load[Season::of(term).index()] {
        0 => format!("You take no courses in {}.", named(term)),
        most => format!("You take at most {most} credits in {}.", named(term)),
    }
}

fn leaf(problem: &Problem, credential: usize, place: usize) -> &Leaf {
    let mut leaves = problem.credentials[credential].every_leaf();
    leaves.nth(place).expect("a rule names a leaf of its credential").0
}

/// A term as people count: from one, with its season.
fn named(term: usize) -> String {
    let season = match Season::of(term) {
        Season::Fall => "fall",
        Season::Spring => "spring",
        Season::Summer => "summer",
    };
    format!("term {} ({season})", term + 1)
}
