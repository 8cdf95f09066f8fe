//! Changes that let a plan exist, in words.

use crate::pathway::loosening::{Change, Loosening};
use crate::pathway::problem::{Problem, Season};
use crate::pathway::sentence::{Units, season_named};

/// A change as a sentence to a learner, with when it brings them to the target, in the problem's own units.
#[must_use]
pub fn loosening_sentence(problem: &Problem, loosening: &Loosening) -> String {
    loosening_sentence_in(problem, &Units::OWN, loosening)
}

/// A change as a sentence to a learner, with when it brings them to the target.
#[must_use]
pub fn loosening_sentence_in(problem: &Problem, units: &Units<'_>, loosening: &Loosening) -> String {
    let goal = &problem.goal().name;
    let end = units.term(problem, loosening.values.terms as usize);
    let less = if loosening.least { "" } else { " Perhaps less would do." };
    format!("{} you could hold {goal} by the end of {end}.{less}", opening(problem, units, &loosening.change))
}

fn opening(problem: &Problem, units: &Units<'_>, change: &Change) -> String {
    let codes = |courses: &[usize]| {
        let codes: Vec<&str> = courses.iter().map(|course| problem.courses[*course].code.as_str()).collect();
        codes.join(", ")
    };
    match change {
        Change::MoreTerms(1) => "With one more term".to_owned(),
        Change::MoreTerms(terms) => format!("With {terms} more terms"),
        Change::MoreCredits(credits) => match units.credits(*credits).as_str() {
            "1" => "With one more credit in every fall and spring".to_owned(),
            credits => format!("With {credits} more credits in every fall and spring"),
        },
        Change::Summers(credits) => format!("With up to {} credits in every summer", units.credits(*credits)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_credits() {
        let opening_in = |credit, change| opening(&Problem::default(), &Units { credit, term: None }, &change);
        assert_eq!(opening_in(50, Change::MoreCredits(2)), "With one more credit in every fall and spring");
        assert_eq!(opening_in(50, Change::MoreCredits(1)), "With 0.5 more credits in every fall and spring");
        assert_eq!(opening_in(100, Change::MoreCredits(1)), "With one more credit in every fall and spring");
        assert_eq!(opening_in(50, Change::Summers(9)), "With up to 4.5 credits in every summer");
    }
}
