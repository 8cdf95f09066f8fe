//! Rules in words: a tag for data, a sentence for people.

use crate::pathway::credential::{Credential, Held, Leaf, Need};
use crate::pathway::problem::{Problem, Season};
use crate::pathway::rule::Rule;

/// So many courses are named before the rest is counted.
const FEW: usize = 6;

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
        Rule::Choice(index, place) => format!("{}:{}", credential(index), choice(problem, index, place).0),
        Rule::Shared(index) => format!("{} double-count limit", credential(index)),
        Rule::Prerequisites(course) => format!("prereq {}", problem.courses[course].code),
        Rule::Corequisites(course) => format!("coreq {}", problem.courses[course].code),
        Rule::Standing(course) => format!("standing {}", problem.courses[course].code),
        Rule::AfterAward(index) => format!("after {}", credential(index)),
        Rule::Needs(index, place) => format!("{} needs {}", credential(index), place + 1),
        Rule::Readiness(exam) => format!("cert {} readiness", problem.exams[exam].name),
        Rule::NotBefore(exam) => format!("cert {} courses first", problem.exams[exam].name),
        Rule::ExamNeeded(exam) => format!("cert {} required", problem.exams[exam].name),
        Rule::Wanted(course) => format!("wanted {}", problem.courses[course].code),
        Rule::Exclusion(index) => format!("only one of {}", codes(problem, &problem.exclusions[index], "/")),
        Rule::CountLimit(index, place) => format!("{} limit {}", credential(index), place + 1),
        Rule::PriorCountLimit(index) => format!("{} CPL limit", credential(index)),
        Rule::Certifications(index) => format!("{} certifications", credential(index)),
        Rule::Credentials(index) => format!("{} credentials", credential(index)),
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
            format!("You take at least {} credits in {}.", problem.least_load, named(problem, term))
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
        Rule::Choice(index, place) => {
            let (name, any) = choice(problem, index, place);
            format!("{} asks for {any} of the choices in {name}.", credential(index).name)
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
        Rule::Standing(course) => {
            let course = &problem.courses[course];
            format!("{} takes {} credits held before its term.", course.code, course.standing)
        }
        Rule::Wanted(course) => format!("You want {} in your plan.", problem.courses[course].code),
        Rule::Exclusion(index) => {
            format!("Only one of {} may be held.", codes(problem, &problem.exclusions[index], ", "))
        }
        Rule::CountLimit(index, place) => count_limit(problem, index, place),
        Rule::PriorCountLimit(index) => {
            let credential = credential(index);
            let most = credential.prior_limit.unwrap_or(0);
            format!("At most {most} credits for prior learning count towards {}.", credential.name)
        }
        Rule::Certifications(index) => {
            let names: Vec<&str> =
                credential(index).exams.iter().map(|exam| problem.exams[*exam].name.as_str()).collect();
            format!("{} is awarded to those who hold {}.", credential(index).name, names.join(", "))
        }
        Rule::Credentials(index) => {
            let names: Vec<&str> =
                credential(index).credentials.iter().map(|other| problem.credentials[*other].name.as_str()).collect();
            format!("{} is awarded to those who hold {}.", credential(index).name, names.join(", "))
        }
        Rule::AfterAward(index) => after_award(problem, index),
        Rule::Needs(index, place) => need(problem, index, place),
        Rule::Readiness(exam) => {
            let exam = &problem.exams[exam];
            let whole: u32 = exam.domains.iter().map(|domain| domain.weight).sum();
            let percent = (f64::from(exam.threshold) * 1_000.0 / f64::from(whole.max(1))).round() / 10.0;
            format!("{} is sat when your courses cover {percent} % of it.", exam.name)
        }
        Rule::NotBefore(exam) => {
            let exam = &problem.exams[exam];
            format!("{} is sat after {}.", exam.name, codes(problem, &exam.not_before, ", "))
        }
        Rule::ExamNeeded(exam) => {
            format!("You sit {} by the time you hold {}.", problem.exams[exam].name, problem.goal().name)
        }
        Rule::ExamsNeeded => format!("You sit at least {} exams.", problem.exams_needed),
    }
}

fn most_load(problem: &Problem, term: usize) -> String {
    match problem.most_load_of(term) {
        0 => format!("You take no courses in {}.", named(problem, term)),
        most => format!("You take at most {most} credits in {}.", named(problem, term)),
    }
}

fn count_limit(problem: &Problem, credential: usize, place: usize) -> String {
    let credential = &problem.credentials[credential];
    let (courses, most) = &credential.limits[place];
    format!("At most {most} credits of {} count towards {}.", codes(problem, courses, ", "), credential.name)
}

fn after_award(problem: &Problem, credential: usize) -> String {
    let courses: Vec<usize> =
        (0..problem.courses.len()).filter(|course| problem.courses[*course].after.contains(&credential)).collect();
    let come = if courses.len() == 1 { "comes" } else { "come" };
    let name = &problem.credentials[credential].name;
    format!("{} {come} after {name} is awarded.", codes(problem, &courses, ", "))
}

fn need(problem: &Problem, credential: usize, place: usize) -> String {
    let Credential { name, needs, .. } = &problem.credentials[credential];
    let (mut held, mut finished) = (Vec::new(), Vec::new());
    for way in &needs[place] {
        match way {
            Held::Exam(exam) => held.push(problem.exams[*exam].name.as_str()),
            Held::Credential(other) => held.push(problem.credentials[*other].name.as_str()),
            Held::Course(course) => finished.push(problem.courses[*course].code.as_str()),
        }
    }
    let mut ways = Vec::new();
    if !held.is_empty() {
        ways.push(format!("hold {}", held.join(" or ")));
    }
    if !finished.is_empty() {
        ways.push(format!("have finished {}", finished.join(" or ")));
    }
    format!("{name} is awarded to those who {}.", ways.join(" or "))
}

/// Courses by their codes; of many, the first ones and how many more.
fn codes(problem: &Problem, courses: &[usize], between: &str) -> String {
    let first: Vec<&str> = courses.iter().take(FEW).map(|course| problem.courses[*course].code.as_str()).collect();
    match courses.len().saturating_sub(FEW) {
        0 => first.join(between),
        more => format!("{} and {more} more", first.join(between)),
    }
}

fn leaf(problem: &Problem, credential: usize, place: usize) -> &Leaf {
    let mut leaves = problem.credentials[credential].every_leaf();
    leaves.nth(place).expect("a rule names a leaf of its credential")
}

fn choice(problem: &Problem, credential: usize, place: usize) -> (&str, usize) {
    let mut choices = problem.credentials[credential].every_choice();
    choices.nth(place).expect("a rule names a choice of its credential")
}

/// A term as people count: from one, with its season.
pub(super) fn named(problem: &Problem, term: usize) -> String {
    format!("term {} ({})", term + 1, season_named(problem.season(term)))
}

/// A season in words.
pub(super) const fn season_named(season: Season) -> &'static str {
    match season {
        Season::Fall => "fall",
        Season::Spring => "spring",
        Season::Summer => "summer",
    }
}
