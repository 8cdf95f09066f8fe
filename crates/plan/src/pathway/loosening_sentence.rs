//! Changes that let a plan exist, in words.

use crate::pathway::loosening::{Change, Loosening};
use crate::pathway::problem::{Problem, Season};
use crate::pathway::sentence::{named, season_named};

/// A change as a sentence to a learner, with when it brings them to the target.
#[must_use]
pub fn loosening_sentence(problem: &Problem, loosening: &Loosening) -> String {
    let goal = &problem.goal().name;
    let end = named(problem, loosening.values.terms as usize);
    let less = if loosening.least { "" } else { " Perhaps less would do." };
    format!("{} you could hold {goal} by the end of {end}.{less}", opening(problem, &loosening.change))
}

fn opening(problem: &Problem, change: &Change) -> String {
    let codes = |courses: &[usize]| {
        let codes: Vec<&str> = courses.iter().map(|course| problem.courses[*course].code.as_str()).collect();
        codes.join(", ")
    };
    match change {
        Change::MoreTerms(1) => "With one more term".to_owned(),
        Change::MoreTerms(terms) => format!("With {terms} more terms"),
        Change::MoreCredits(1) => "With one more credit in every fall and spring".to_owned(),
        Change::MoreCredits(credits) => format!("With {credits} more credits in every fall and spring"),
        Change::Summers(credits) => format!("With up to {credits} credits in every summer"),
        Change::FewerWishes(courses) => format!("Without {}", codes(courses)),
        Change::MoreOfferings(offerings) => {
            let one = |(course, season): &(usize, Season)| {
                format!("{} in {}", problem.courses[*course].code, season_named(*season))
            };
            let each: Vec<String> = offerings.iter().map(one).collect();
            format!("If the college offered {},", each.join(", "))
        }
    }
}
