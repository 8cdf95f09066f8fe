//! What an award requires: sets of courses, and how many courses or credits of them, nested; with the limits of the whole.
//!
//! It says what is asked, not whether a learner has it: that is the degree audit's (`credway-plan`). It refuses to say what a grade is
//! worth in points, for colleges differ: the least grade is an average in hundredths of a point, as the college reckons it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CatalogueYear, CourseCode, Credits, Text};

/// Grade points of a course, 0 to 5.00, in hundredths (an A of a four-point scale is 400).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GradePoints(pub u16);

/// A set of courses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseSet {
    /// Every course.
    Every,
    /// Those listed.
    Listed(Vec<CourseCode>),
    /// Those of a subject (`HIST`).
    Subject(String),
    /// Those whose number lies in a range, both ends included (`3000` to `4999`).
    Numbered(u32, u32),
    /// Those with an attribute of the catalogue (`writing intensive`, `humanities`).
    Attribute(Text),
    /// Those that teach an outcome, by its identifier or code.
    Outcome(Text),
    /// Those in any of the sets.
    AnyOf(Vec<CourseSet>),
    /// Those in all of the sets.
    AllOf(Vec<CourseSet>),
    /// Those that are not in the set ("any but …").
    Not(Box<CourseSet>),
}

/// What of a course decides which sets hold it.
pub trait CourseFacts {
    /// Its code.
    fn code(&self) -> &CourseCode;
    /// Whether the catalogue gives it an attribute.
    fn has_attribute(&self, attribute: &Text) -> bool;
    /// Whether it teaches an outcome.
    fn teaches(&self, outcome: &Text) -> bool;
}

impl CourseSet {
    /// Whether the set holds a course.
    #[must_use]
    pub fn holds(&self, course: &dyn CourseFacts) -> bool {
        match self {
            Self::Every => true,
            Self::Listed(codes) => codes.contains(course.code()),
            Self::Subject(subject) => course.code().subject() == subject,
            Self::Numbered(low, high) => number(course.code()).is_some_and(|number| (*low..=*high).contains(&number)),
            Self::Attribute(attribute) => course.has_attribute(attribute),
            Self::Outcome(outcome) => course.teaches(outcome),
            Self::AnyOf(sets) => sets.iter().any(|set| set.holds(course)),
            Self::AllOf(sets) => sets.iter().all(|set| set.holds(course)),
            Self::Not(set) => !set.holds(course),
        }
    }
}

impl fmt::Display for CourseSet {
    /// In words behind a number: `HIST courses numbered 3000 to 4999, but not HIST 3301`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |sets: &[Self], word: &str| sets.iter().map(Self::to_string).collect::<Vec<_>>().join(word);
        match self {
            Self::Every => formatter.write_str("any courses"),
            Self::Listed(codes) => {
                formatter.write_str(&codes.iter().map(CourseCode::as_str).collect::<Vec<_>>().join(", "))
            }
            Self::Subject(subject) => write!(formatter, "{subject} courses"),
            Self::Numbered(low, high) => write!(formatter, "courses numbered {low} to {high}"),
            Self::Attribute(attribute) => write!(formatter, "courses marked “{attribute}”"),
            Self::Outcome(outcome) => write!(formatter, "courses that teach {outcome}"),
            Self::AnyOf(sets) if sets.is_empty() => formatter.write_str("no courses"),
            Self::AllOf(sets) if sets.is_empty() => formatter.write_str("any courses"),
            Self::AnyOf(sets) => formatter.write_str(&joined(sets, ", or ")),
            Self::AllOf(sets) => formatter.write_str(&joined(sets, ", ")),
            Self::Not(set) => write!(formatter, "but not {set}"),
        }
    }
}

/// The first run of digits behind the subject (`1300` of `ITSY 1300`, `301` of `10-152-301`).
fn number(code: &CourseCode) -> Option<u32> {
    let behind = code.as_str().strip_prefix(code.subject()).unwrap_or(code.as_str());
    let digits: String =
        behind.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// A requirement, with the name the catalogue gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Its name ("Major core"); absent where the catalogue gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// What it asks for.
    pub asks: Asks,
}

/// What a requirement asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// All of the parts.
    Every(Vec<Requirement>),
    /// At least so many of the parts.
    Some {
        /// How many.
        count: u16,
        /// The parts.
        of: Vec<Requirement>,
    },
    /// So many courses of a set.
    Courses {
        /// How many.
        count: u16,
        /// Which.
        from: CourseChoice,
    },
    /// So many credits of a set.
    Credits {
        /// How many.
        credits: Credits,
        /// Which.
        from: CourseChoice,
    },
}

/// Courses from which a requirement may be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseChoice {
    /// Which.
    pub courses: CourseSet,
    /// The least grade of each; none when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<GradePoints>,
    /// Whether a course may count here although it counts elsewhere in the award ("overlay": diversity, writing), without touching the
    /// limit of shared credits.
    #[serde(default)]
    pub overlay: bool,
}

/// At most so many credits of a set count towards the award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLimit {
    /// Name in the catalogue ("activity courses").
    pub name: Text,
    /// Which courses.
    pub courses: CourseSet,
    /// How many credits.
    pub at_most: Credits,
}

/// What an award requires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardRequirements {
    /// The award.
    pub name: Text,
    /// Year of the catalogue that holds for the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue_year: Option<CatalogueYear>,
    /// The tree.
    pub root: Requirement,
    /// Credits in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Credits>,
    /// Credits taken at the institution itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residency: Option<Credits>,
    /// Credits of the upper division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper_division: Option<Credits>,
    /// Which courses are of the upper division; those numbered from 3000, or from 300 to 999, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<CourseSet>,
    /// Least grade point average over the institution's own courses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average: Option<GradePoints>,
    /// Most credits brought from other institutions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_transferred: Option<Credits>,
    /// Most credits for prior learning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_prior_learning: Option<Credits>,
    /// Most credits that may count for two requirements of the award (overlays apart); none when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_shared: Option<Credits>,
    /// Of each of these sets one course counts at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<CourseSet>,
    /// Limits of sets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<CreditLimit>,
}

impl AwardRequirements {
    /// The courses of the upper division.
    #[must_use]
    pub fn upper_courses(&self) -> CourseSet {
        let usual = || CourseSet::AnyOf(vec![CourseSet::Numbered(300, 999), CourseSet::Numbered(3_000, 9_999)]);
        self.upper.clone().unwrap_or_else(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named(CourseCode);

    impl CourseFacts for Named {
        fn code(&self) -> &CourseCode {
            &self.0
        }

        fn has_attribute(&self, attribute: &Text) -> bool {
            attribute.as_str() == "writing" && self.0.as_str() == "HIST 3301"
        }

        fn teaches(&self, _: &Text) -> bool {
            false
        }
    }

    fn holds(set: &CourseSet, code: &str) -> bool {
        set.holds(&Named(code.parse().unwrap()))
    }

    #[test]
    fn sets_hold_what_they_say() {
        let upper = CourseSet::AllOf(vec![CourseSet::Subject("HIST".to_owned()), CourseSet::Numbered(3_000, 4_999)]);
        assert!(holds(&upper, "HIST 3301") && !holds(&upper, "HIST 1301") && !holds(&upper, "ENGL 3301"));
        let but = CourseSet::AllOf(vec![
            upper,
            CourseSet::Not(Box::new(CourseSet::Listed(vec!["HIST 3301".parse().unwrap()]))),
        ]);
        assert!(!holds(&but, "HIST 3301") && holds(&but, "HIST 3302"));
        assert_eq!(but.to_string(), "HIST courses, courses numbered 3000 to 4999, but not HIST 3301");
        assert!(holds(&CourseSet::Attribute(Text::new("writing").unwrap()), "HIST 3301"));
        assert!(
            holds(&CourseSet::Numbered(100, 199), "10-152-101") && !holds(&CourseSet::AnyOf(Vec::new()), "HIST 1301")
        );
    }

    #[test]
    fn requirements_survive_their_own_json() {
        let from = CourseChoice {
            courses: CourseSet::Subject("HIST".to_owned()),
            grade: Some(GradePoints(200)),
            overlay: false,
        };
        let asks = Asks::Credits { credits: "12".parse().unwrap(), from };
        let root = Requirement { name: Text::new("Major").ok(), asks };
        let award = AwardRequirements {
            name: Text::new("BA").unwrap(),
            catalogue_year: None,
            root,
            total: "120".parse().ok(),
            residency: None,
            upper_division: "45".parse().ok(),
            upper: None,
            average: Some(GradePoints(200)),
            most_transferred: None,
            most_prior_learning: None,
            most_shared: None,
            exclusions: Vec::new(),
            limits: Vec::new(),
        };
        let json = serde_json::to_string(&award).unwrap();
        assert_eq!(serde_json::from_str::<AwardRequirements>(&json).unwrap(), award);
        assert!(holds(&award.upper_courses(), "HIST 4390") && !holds(&award.upper_courses(), "HIST 2301"));
    }
}
