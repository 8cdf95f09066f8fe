//! What a course requires: courses, grades and conditions joined by "and", "or" and "so many of".
//!
//! A requisite is read from the catalogue's words, which stay beside it; what could not be read stays a text inside it.
//! It refuses to judge whether a learner meets it, and to hold an empty or absurdly deep tree.

mod canonical;
mod grade;
mod plain;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CourseCode, Text};

pub use canonical::RequisiteError;
pub use grade::{Grade, GradeError};
pub use plain::PlainLine;

/// What has to be met before a course, or beside it.
///
/// Written and read back in one line (see [`Requisite::from_str`](std::str::FromStr)), which is also its JSON.
///
/// ```
/// use credway_model::Requisite;
/// let tree: Requisite = "ITSY 1300 [C] and (MATH 1314 or consent \"departmental approval\")".parse().unwrap();
/// assert_eq!(tree.to_string().parse::<Requisite>().unwrap(), tree);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Requisite {
    /// The source says that there is none.
    None,
    /// All of the parts.
    All(Parts),
    /// One of the parts.
    Any(Parts),
    /// So many of the parts.
    AtLeast(Choice),
    /// A course.
    Course(RequiredCourse),
    /// Something other than a course, of a kind that is known, in the catalogue's words.
    Condition {
        /// What kind of condition.
        kind: ConditionKind,
        /// The catalogue's words.
        words: Text,
    },
    /// Words that could not be read.
    NotUnderstood(Text),
}

/// Two or more parts of a requisite, none of them [`Requisite::None`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts(Vec<Requisite>);

/// A number of parts out of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    number: u8,
    of: Parts,
}

/// A course that is required, with the grade and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredCourse {
    /// Its code.
    pub code: CourseCode,
    /// The least grade; absent when the source names none.
    pub grade: Option<Grade>,
    /// When it has to be taken.
    pub when: RequiredWhen,
}

/// When a required course has to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequiredWhen {
    /// Before.
    Before,
    /// Before, or at the same time (concurrent enrolment is allowed).
    BeforeOrWith,
    /// At the same time.
    With,
}

/// Kinds of conditions that are not courses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConditionKind {
    /// Someone's consent, approval or permission.
    Consent,
    /// Standing: year, classification, good standing, grade point average.
    Standing,
    /// A placement, test score, audition or portfolio.
    Placement,
    /// A number of credits or courses in a field, without their codes.
    Credits,
    /// Admission to, or enrolment in, a program, major or department.
    Admission,
    /// A degree or licence held.
    Degree,
    /// Something equivalent to what stands beside it.
    Equivalent,
    /// Knowledge, skill or experience, of whatever origin.
    Knowledge,
    /// Advice that binds nobody.
    Advice,
}

impl ConditionKind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [Self; 9] = [
        Self::Consent,
        Self::Standing,
        Self::Placement,
        Self::Credits,
        Self::Admission,
        Self::Degree,
        Self::Equivalent,
        Self::Knowledge,
        Self::Advice,
    ];

    /// The word written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Standing => "standing",
            Self::Placement => "placement",
            Self::Credits => "credits",
            Self::Admission => "admission",
            Self::Degree => "degree",
            Self::Equivalent => "equivalent",
            Self::Knowledge => "knowledge",
            Self::Advice => "advice",
        }
    }
}

/// How far a requisite is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Understood {
    /// Every part is a course, a grade, a count or a condition of a known kind.
    Fully,
    /// Some part stayed text.
    Partly,
    /// All of it stayed text.
    Not,
}

impl Parts {
    /// The parts, in the order of the source.
    #[must_use]
    pub fn as_slice(&self) -> &[Requisite] {
        &self.0
    }
}

impl Choice {
    /// How many of the parts; from 1 to their number.
    #[must_use]
    pub const fn number(&self) -> u8 {
        self.number
    }

    /// The parts.
    #[must_use]
    pub fn of(&self) -> &[Requisite] {
        self.of.as_slice()
    }
}

impl Requisite {
    /// The deepest nesting taken.
    pub const DEEPEST: usize = 8;

    /// The most parts taken, counted over the whole tree.
    pub const MOST_PARTS: usize = 200;

    /// A course required before, without a grade.
    #[must_use]
    pub const fn course(code: CourseCode) -> Self {
        Self::Course(RequiredCourse { code, grade: None, when: RequiredWhen::Before })
    }

    /// All of `parts`: parts that are themselves "all of" are taken up, repetitions left out, and one part stands for
    /// itself.
    ///
    /// # Errors
    /// [`RequisiteError`] where no part is left, the source's "none" is among several, or the tree is too large.
    pub fn all(parts: Vec<Self>) -> Result<Self, RequisiteError> {
        Self::joined(parts, true)
    }

    /// Any of `parts`, as [`Requisite::all`].
    ///
    /// # Errors
    /// As [`Requisite::all`].
    pub fn any(parts: Vec<Self>) -> Result<Self, RequisiteError> {
        Self::joined(parts, false)
    }

    /// `number` of `parts`.
    ///
    /// # Errors
    /// [`RequisiteError`] where the number is none or more than there are parts, and as [`Requisite::all`].
    pub fn at_least(number: u8, parts: Vec<Self>) -> Result<Self, RequisiteError> {
        if number == 0 || usize::from(number) > parts.len() {
            return Err(RequisiteError::Count { number, parts: parts.len() });
        }
        let of = checked(parts)?;
        if of.0.len() < 2 {
            return Err(RequisiteError::Empty);
        }
        Ok(Self::AtLeast(Choice { number, of }))
    }

    fn joined(parts: Vec<Self>, all: bool) -> Result<Self, RequisiteError> {
        let mut flat: Vec<Self> = Vec::new();
        let mut add = |part: Self| {
            if !flat.contains(&part) {
                flat.push(part);
            }
        };
        for part in parts {
            match part {
                Self::All(inner) if all => inner.0.into_iter().for_each(&mut add),
                Self::Any(inner) if !all => inner.0.into_iter().for_each(&mut add),
                part => add(part),
            }
        }
        if flat.len() < 2 {
            return flat.pop().ok_or(RequisiteError::Empty);
        }
        let parts = checked(flat)?;
        Ok(if all { Self::All(parts) } else { Self::Any(parts) })
    }

    /// The parts below, none for a course, a condition or a text.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.as_slice(),
            Self::AtLeast(choice) => choice.of(),
            _ => &[],
        }
    }

    /// How many levels of parts there are; a course has one.
    fn depth(&self) -> usize {
        1 + self.parts().iter().map(Self::depth).max().unwrap_or(0)
    }

    fn size(&self) -> usize {
        1 + self.parts().iter().map(Self::size).sum::<usize>()
    }

    /// How far this is understood.
    #[must_use]
    pub fn understood(&self) -> Understood {
        match self {
            Self::NotUnderstood(_) => Understood::Not,
            Self::None | Self::Course(_) | Self::Condition { .. } => Understood::Fully,
            Self::All(_) | Self::Any(_) | Self::AtLeast(_) => {
                let each: Vec<Understood> = self.parts().iter().map(Self::understood).collect();
                if each.iter().all(|one| *one == Understood::Fully) {
                    Understood::Fully
                } else if each.iter().all(|one| *one == Understood::Not) {
                    Understood::Not
                } else {
                    Understood::Partly
                }
            }
        }
    }

    /// The courses without which this cannot be met, whatever else is chosen.
    #[must_use]
    pub fn certain(&self) -> Vec<&RequiredCourse> {
        match self {
            Self::Course(course) => vec![course],
            Self::All(parts) => parts.as_slice().iter().flat_map(Self::certain).collect(),
            Self::AtLeast(choice) if usize::from(choice.number) == choice.of().len() => {
                choice.of().iter().flat_map(Self::certain).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Two or more parts that may stand together.
fn checked(parts: Vec<Requisite>) -> Result<Parts, RequisiteError> {
    if parts.contains(&Requisite::None) {
        return Err(RequisiteError::NoneAmongOthers);
    }
    let depth = 1 + parts.iter().map(Requisite::depth).max().unwrap_or(0);
    let size = parts.iter().map(Requisite::size).sum::<usize>();
    if depth > Requisite::DEEPEST || size > Requisite::MOST_PARTS {
        return Err(RequisiteError::TooLarge);
    }
    Ok(Parts(parts))
}

impl fmt::Display for Understood {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Fully => "fully",
            Self::Partly => "partly",
            Self::Not => "not",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Requisite {
        text.parse().unwrap()
    }

    #[test]
    fn understanding_is_that_of_the_parts() {
        let check = |text: &str, expected: Understood| assert_eq!(tree(text).understood(), expected, "{text}");
        check("none", Understood::Fully);
        check("ITSY 1300 and standing \"junior standing\"", Understood::Fully);
        check("ITSY 1300 and text \"a boat\"", Understood::Partly);
        check("text \"a boat\" or text \"a ship\"", Understood::Not);
    }

    #[test]
    fn only_what_no_choice_avoids_is_certain() {
        let check = |text: &str, expected: &[&str]| {
            let tree = tree(text);
            let codes: Vec<&str> = tree.certain().iter().map(|course| course.code.as_str()).collect();
            assert_eq!(codes, expected, "{text}");
        };
        check("ITSY 1300 [C] and (MATH 1 or MATH 2) and ITNW 1325", &["ITSY 1300", "ITNW 1325"]);
        check("ITSY 1300 or consent \"approval\"", &[]);
        check("2 of (MATH 1, MATH 2)", &["MATH 1", "MATH 2"]);
        check("none", &[]);
    }

    #[test]
    fn parts_are_checked_when_they_are_joined() {
        assert_eq!(Requisite::all(Vec::new()), Err(RequisiteError::Empty));
        assert_eq!(Requisite::any(vec![tree("MATH 1"), Requisite::None]), Err(RequisiteError::NoneAmongOthers));
        assert_eq!(Requisite::at_least(3, vec![tree("MATH 1")]), Err(RequisiteError::Count { number: 3, parts: 1 }));
        assert_eq!(Requisite::all(vec![tree("MATH 1"), tree("MATH 1")]), Ok(tree("MATH 1")));
        let many = (0..300).map(|number| tree(&format!("MATH {number}"))).collect();
        assert_eq!(Requisite::all(many), Err(RequisiteError::TooLarge));
    }
}
