//! What a row of a table of requirements needs, in words: `all`, `2 of these`, `3 courses`, `total 60 credits` and so on.
//!
//! It refuses to guess a unit: a bare number is neither courses nor credits.

use std::fmt;
use std::str::FromStr;

use super::GradePoints;
use crate::Credits;

/// What a row needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// All of the parts below it, or all of the courses listed: `all`.
    All,
    /// So many of the parts below it, or of the courses listed: `2 of these`.
    OfThese(u16),
    /// So many courses of the set: `3 courses`.
    Courses(u16),
    /// So many credits of the set: `12 credits`.
    Credits(Credits),
    /// Credits of the whole award: `total 60 credits`.
    Total(Credits),
    /// Credits taken at the institution: `residency 15 credits`.
    Residency(Credits),
    /// Credits of the upper division, which the set says where it is given: `upper division 45 credits`.
    UpperDivision(Credits),
    /// Least grade point average: `average 2.00`.
    Average(GradePoints),
    /// Most credits brought from elsewhere: `transfer at most 45 credits`.
    Transfer(Credits),
    /// Most credits for prior learning: `prior learning at most 15 credits`.
    PriorLearning(Credits),
    /// Most credits that count for two requirements: `share at most 9 credits`.
    Share(Credits),
    /// Of the set one course counts at most: `one of`.
    OneOf,
    /// Of the set so many credits count at most: `at most 6 credits`.
    AtMost(Credits),
}

/// Why words are no need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” does not say what is needed")]
pub struct NeedsError {
    /// The words.
    pub found: String,
}

impl NeedsError {
    /// What to write instead.
    pub const HINT: &'static str = "Write all, 2 of these, 3 courses, 12 credits, total 60 credits, residency 15 credits, upper division 45 credits, average 2.00, transfer at most 45 credits, prior learning at most 15 credits, share at most 9 credits, one of, or at most 6 credits.";
}

impl Needs {
    /// Whether it is about the whole award rather than a part of the tree.
    #[must_use]
    pub const fn is_of_the_award(self) -> bool {
        !matches!(self, Self::All | Self::OfThese(_) | Self::Courses(_) | Self::Credits(_))
    }

    /// Whether a set of courses may stand beside it.
    #[must_use]
    pub const fn takes_courses(self) -> bool {
        matches!(self, Self::UpperDivision(_) | Self::OneOf | Self::AtMost(_)) || !self.is_of_the_award()
    }
}

impl fmt::Display for Needs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credits =
            |credits: &Credits| format!("{credits} {}", if credits.steps() == 100 { "credit" } else { "credits" });
        let line = match self {
            Self::All => "all".to_owned(),
            Self::OfThese(count) => format!("{count} of these"),
            Self::Courses(1) => "1 course".to_owned(),
            Self::Courses(count) => format!("{count} courses"),
            Self::Credits(least) => credits(least),
            Self::Total(least) => format!("total {}", credits(least)),
            Self::Residency(least) => format!("residency {}", credits(least)),
            Self::UpperDivision(least) => format!("upper division {}", credits(least)),
            Self::Average(least) => format!("average {least}"),
            Self::Transfer(most) => format!("transfer at most {}", credits(most)),
            Self::PriorLearning(most) => format!("prior learning at most {}", credits(most)),
            Self::Share(most) => format!("share at most {}", credits(most)),
            Self::OneOf => "one of".to_owned(),
            Self::AtMost(most) => format!("at most {}", credits(most)),
        };
        formatter.pad(&line)
    }
}

impl FromStr for Needs {
    type Err = NeedsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NeedsError { found: text.trim().chars().take(60).collect() };
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        type OfCredits = fn(Credits) -> Needs;
        let prefixed: [(&str, OfCredits); 7] = [
            ("total ", Self::Total),
            ("residency ", Self::Residency),
            ("upper division ", Self::UpperDivision),
            ("transfer at most ", Self::Transfer),
            ("prior learning at most ", Self::PriorLearning),
            ("share at most ", Self::Share),
            ("at most ", Self::AtMost),
        ];
        for (prefix, needs) in prefixed {
            if let Some(rest) = words.strip_prefix(prefix) {
                return credits(rest).map(needs).ok_or_else(wrong);
            }
        }
        if let Some(points) = words.strip_prefix("average ") {
            return points.parse().map(Self::Average).map_err(|_| wrong());
        }
        match words.as_str() {
            "all" | "all of these" => return Ok(Self::All),
            "one of" => return Ok(Self::OneOf),
            _ => {}
        }
        let (number, unit) = words.split_once(' ').ok_or_else(wrong)?;
        let count = || number.parse().ok().filter(|count| *count > 0).ok_or_else(wrong);
        match unit {
            "of these" | "of" => Ok(Self::OfThese(count()?)),
            "course" | "courses" => Ok(Self::Courses(count()?)),
            _ => credits(&words).map(Self::Credits).ok_or_else(wrong),
        }
    }
}

/// A number of credits with its unit.
fn credits(words: &str) -> Option<Credits> {
    let (number, unit) = words.split_once(' ')?;
    let known = matches!(unit, "credit" | "credits" | "credit hours" | "semester credit hours" | "sch");
    number.parse().ok().filter(|_| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_read_back_as_they_are_written() {
        let check = |given: &str, expected: &str| {
            let read = given.parse::<Needs>().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(read.to_string(), expected);
            assert_eq!(expected.parse(), Ok(read));
        };
        check("All", "all");
        check("2 of these", "2 of these");
        check("1 courses", "1 course");
        check("3  Courses", "3 courses");
        check("12 credit hours", "12 credits");
        check("1 credit", "1 credit");
        check("total 60 SCH", "total 60 credits");
        check("residency 15 credits", "residency 15 credits");
        check("upper division 45 credits", "upper division 45 credits");
        check("average 2", "average 2.00");
        check("transfer at most 45 credits", "transfer at most 45 credits");
        check("prior learning at most 15 credits", "prior learning at most 15 credits");
        check("share at most 9 credits", "share at most 9 credits");
        check("one of", "one of");
        check("at most 7.5 credits", "at most 7.5 credits");
    }

    #[test]
    fn what_is_no_need_is_refused() {
        for bad in ["", "3", "three courses", "0 courses", "total 60", "average C", "at most many credits", "12 hours"]
        {
            let error = bad.parse::<Needs>().unwrap_err();
            assert_eq!(error.to_string(), format!("“{bad}” does not say what is needed"));
        }
    }
}
