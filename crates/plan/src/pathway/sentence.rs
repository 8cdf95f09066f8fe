//! Rules in words: a tag for data, a sentence for people, in the units people count in.

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

/// What the figures of a problem stand for, where people read them.
#[derive(Clone, Copy)]
pub struct Units<'a> {
    /// Hundredths of a credit in one unit of the problem's credits.
    pub credit: u32,
    /// What people call a term, counted from 0: `summer 2029`; without it a term is told by its number and season.
    pub term: Option<&'a dyn Fn(usize) -> String>,
}

impl Units<'_> {
    /// Those of a problem by itself: whole credits, numbered terms.
    pub(super) const OWN: Self = Self { credit: 100, term: None };

    /// Credits as people count them: `15`, `1.5`, `0.25`.
    pub(super) fn credits(&self, units: u32) -> String {
        let hundredths = u64::from(units) * u64::from(self.credit);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}").trim_end_matches('0').to_owned() }
    }

    /// A term by its name, or as people count: from one, with its season.
    pub(super) fn term(&self, problem: &Problem, term: usize) -> String {
        let numbered = || format!("term {} ({})", term + 1, season_named(problem.season(term)));
        self.term.map_or_else(numbered, |name| name(term))
    }

    /// The last term there is.
    fn last(&self, problem: &Problem) -> String {
        let numbered = || format!("term {}", problem.horizon);
        self.term.map_or_else(numbered, |name| name(problem.horizon.saturating_sub(1)))
    }
}

/// A rule as a sentence to a learner, in the problem's own units.
#[must_use]
pub fn sentence(problem: &Problem, rule: Rule) -> String {
    sentence_in(problem, &Units::OWN, rule)
}

/// A rule as a sentence to a learner.
#[must_use]
pub fn sentence_in(problem: &Problem, units: &Units<'_>, rule: Rule) -> String {
    let credential = |index: usize| &problem.credentials[index];
    match rule {
        Rule::Structure => "A course is taken once, and what is held stays held.".to_owned(),
        Rule::ByHorizon => {
            format!("You hold {} by the end of {}.", problem.goal().name, units.last(problem))
        }
        Rule::MostLoad(term) => most_load(problem, units, term),
        Rule::LeastLoad(term) => {
            let least = units.credits(problem.least_load);
            format!("You take at least {least} credits in {}.", units.term(problem, term))
        }
        Rule::PriorLearningLimit => {
            format!("At most {} credits are awarded for prior learning.", units.credits(problem.prior_learning_limit))
        }
        Rule::TotalCredits(index) => {
            format!("{} takes {} credits in all.", credential(index).name, units.credits(credential(index).total))
        }
        Rule::Residency(index) => {
            let Credential { name, residency, .. } = credential(index);
            format!("{name} takes {} credits at the institution that awards it.", units.credits(*residency))
        }
        Rule::UpperDivision(index) => {
            let Credential { name, upper, .. } = credential(index);
            format!("{name} takes {} credits of upper division.", units.credits(*upper))
        }
        Rule::Leaf(index, place) => {
            let Leaf { name, courses, need, .. } = leaf(problem, index, place);
            let needed = match need {
                Need::Courses(1) => "one course".to_owned(),
                Need::Courses(count) => format!("{count} courses"),
                Need::Credits(credits) => format!("{} credits", units.credits(*credits)),
            };
            format!("{} asks for {needed} of the {} in {name}.", credential(index).name, courses.len())
        }
        Rule::Choice(index, place) => {
            let (name, any) = choice(problem, index, place);
            format!("{} asks for {any} of the choices in {name}.", credential(index).name)
        }
        Rule::Shared(index) => {
            let Credential { name, shared, .. } = credential(index);
            format!("In {name} at most {} credits count twice.", units.credits(*shared))
        }
        Rule::Prerequisites(course) => {
            format!("{} comes after its prerequisites.", problem.courses[course].code)
        }
        Rule::Corequisites(course) => {
            format!("{} comes with or after its corequisites.", problem.courses[course].code)
        }
        Rule::Standing(course) => {
            let course = &problem.courses[course];
            format!("{} takes {} credits held before its term.", course.code, units.credits(course.standing))
        }
        Rule::Wanted(course) => format!("You want {} in your plan.", problem.courses[course].code),
        Rule::Exclusion(index) => {
            format!("Only one of {} may be held.", codes(problem, &problem.exclusions[index], ", "))
        }
        Rule::CountLimit(index, place) => count_limit(problem, units, (index, place)),
        Rule::PriorCountLimit(index) => {
            let credential = credential(index);
            let most = units.credits(credential.prior_limit.unwrap_or(0));
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

fn most_load(problem: &Problem, units: &Units<'_>, term: usize) -> String {
    let named = units.term(problem, term);
    match problem.most_load_of(term) {
        0 => format!("You take no courses in {named}."),
        most => format!("You take at most {} credits in {named}.", units.credits(most)),
    }
}

fn count_limit(problem: &Problem, units: &Units<'_>, (credential, place): (usize, usize)) -> String {
    let credential = &problem.credentials[credential];
    let (courses, most) = &credential.limits[place];
    let (most, courses) = (units.credits(*most), codes(problem, courses, ", "));
    format!("At most {most} credits of {courses} count towards {}.", credential.name)
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

/// A season in words.
pub(super) const fn season_named(season: Season) -> &'static str {
    match season {
        Season::Fall => "fall",
        Season::Spring => "spring",
        Season::Summer => "summer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_speak_of_credits_and_terms_as_people_count_them() {
        let problem = Problem {
            credentials: vec![Credential { name: "AAS".to_owned(), total: 25, ..Credential::default() }],
            horizon: 3,
            most_load: [30, 3, 0],
            ..Problem::default()
        };
        let name = |term: usize| ["fall 2027", "spring 2028", "summer 2028"][term].to_owned();
        let halves = Units { credit: 50, term: Some(&name) };
        let cases = [
            (
                Rule::MostLoad(0),
                "You take at most 15 credits in fall 2027.",
                "You take at most 30 credits in term 1 (fall).",
            ),
            (
                Rule::MostLoad(1),
                "You take at most 1.5 credits in spring 2028.",
                "You take at most 3 credits in term 2 (spring).",
            ),
            (Rule::MostLoad(2), "You take no courses in summer 2028.", "You take no courses in term 3 (summer)."),
            (Rule::TotalCredits(0), "AAS takes 12.5 credits in all.", "AAS takes 25 credits in all."),
            (Rule::ByHorizon, "You hold AAS by the end of summer 2028.", "You hold AAS by the end of term 3."),
        ];
        for (rule, halved, own) in cases {
            assert_eq!(sentence_in(&problem, &halves, rule), halved);
            assert_eq!(sentence(&problem, rule), own);
        }
        assert_eq!(Units { credit: 5, term: None }.credits(1), "0.05");
    }
}
