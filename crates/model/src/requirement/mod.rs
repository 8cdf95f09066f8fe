//! What an award requires: sets of courses, and how many courses or credits of them, nested; with the limits of the whole.
//!
//! It says what is asked, not whether a learner has it: that is the degree audit's (`credway-plan`). A least grade is kept in points, as
//! the college reckons them.

mod course_set;
mod course_set_line;
mod course_set_words;
mod grade_points;
mod needs;
mod row;
mod rows;

use serde::{Deserialize, Serialize};

pub use course_set::{CourseFacts, CourseSet};
pub use course_set_line::CourseSetError;
pub use grade_points::GradePoints;
pub use needs::{Needs, NeedsError};
pub use row::{RequirementRow, RowProblem};

use crate::{CatalogueYear, Credits, Text};

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
    /// A tree alone, without totals and limits.
    #[must_use]
    pub const fn of_tree(name: Text, root: Requirement) -> Self {
        Self {
            name,
            catalogue_year: None,
            root,
            total: None,
            residency: None,
            upper_division: None,
            upper: None,
            average: None,
            most_transferred: None,
            most_prior_learning: None,
            most_shared: None,
            exclusions: Vec::new(),
            limits: Vec::new(),
        }
    }

    /// The courses of the upper division.
    #[must_use]
    pub fn upper_courses(&self) -> CourseSet {
        let usual = || CourseSet::AnyOf(vec![CourseSet::Numbered(300, 999), CourseSet::Numbered(3_000, 9_999)]);
        self.upper.clone().unwrap_or_else(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::course_set::tests::holds;
    use super::*;

    #[test]
    fn requirements_survive_their_own_json() {
        let from = CourseChoice {
            courses: CourseSet::Subject("HIST".to_owned()),
            grade: GradePoints::new(200).ok(),
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
            average: GradePoints::new(200).ok(),
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
