//! Sets of courses: by list, subject, number, attribute of the catalogue, outcome, and what is made of them.
//!
//! A set is a rule, not a list that was looked up: it holds courses the catalogue will have one day.

use serde::{Deserialize, Serialize};

use crate::{Course, CourseCode, Text};

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

impl CourseFacts for Course {
    fn code(&self) -> &CourseCode {
        &self.code
    }

    /// A catalogue gives no attributes: they stand with the courses that a learner has taken.
    fn has_attribute(&self, _: &Text) -> bool {
        false
    }

    fn teaches(&self, outcome: &Text) -> bool {
        let named = |code: Option<&Text>| code == Some(outcome);
        self.outcomes.iter().any(|one| named(one.code.as_ref()) || one.ctid.to_string() == outcome.as_str())
    }
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

    /// Those in any of the sets, in normal form where the sets are.
    #[must_use]
    pub fn any(sets: Vec<Self>) -> Self {
        let mut parts: Vec<Self> = Vec::new();
        for set in sets {
            let members = if let Self::AnyOf(members) = set { members } else { vec![set] };
            for member in members {
                match (parts.last_mut(), member) {
                    (Some(Self::Listed(before)), Self::Listed(codes)) => before.extend(codes),
                    (_, member) => parts.push(member),
                }
            }
        }
        if parts.len() == 1 { parts.remove(0) } else { Self::AnyOf(parts) }
    }

    /// Those in all of the sets, in normal form where the sets are.
    #[must_use]
    pub fn all(sets: Vec<Self>) -> Self {
        let flat = |set: Self| if let Self::AllOf(members) = set { members } else { vec![set] };
        let mut parts: Vec<Self> = sets.into_iter().flat_map(flat).collect();
        match parts.len() {
            0 => Self::Every,
            1 => parts.remove(0),
            _ => Self::AllOf(parts),
        }
    }

    /// The same set in the form in which it is read: nothing nested that can be written side by side.
    #[must_use]
    pub fn normal(&self) -> Self {
        match self {
            Self::Listed(codes) if codes.is_empty() => Self::AnyOf(Vec::new()),
            Self::AnyOf(sets) => Self::any(sets.iter().map(Self::normal).collect()),
            Self::AllOf(sets) => Self::all(sets.iter().map(Self::normal).collect()),
            Self::Not(set) => Self::Not(Box::new(set.normal())),
            Self::Subject(subject) => Self::Subject(subject.to_uppercase()),
            plain => plain.clone(),
        }
    }

    /// The codes it names, those of "but not" among them, in order, each once.
    #[must_use]
    pub fn codes(&self) -> Vec<&CourseCode> {
        let mut found: Vec<&CourseCode> = Vec::new();
        self.each(&mut |set| {
            if let Self::Listed(codes) = set {
                for code in codes {
                    if !found.contains(&code) {
                        found.push(code);
                    }
                }
            }
        });
        found
    }

    /// The attributes it names, in order.
    #[must_use]
    pub fn attributes(&self) -> Vec<&Text> {
        let mut found = Vec::new();
        self.each(&mut |set| {
            if let Self::Attribute(attribute) = set {
                found.push(attribute);
            }
        });
        found
    }

    fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match self {
            Self::AnyOf(sets) | Self::AllOf(sets) => sets.iter().for_each(|set| set.each(see)),
            Self::Not(set) => set.each(see),
            _ => {}
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) struct Named(pub(crate) CourseCode);

    impl CourseFacts for Named {
        fn code(&self) -> &CourseCode {
            &self.0
        }

        fn has_attribute(&self, attribute: &Text) -> bool {
            attribute.as_str() == "writing" && self.0.as_str() == "HIST 3301"
        }

        fn teaches(&self, outcome: &Text) -> bool {
            outcome.as_str() == "O1" && self.0.as_str() == "HIST 1301"
        }
    }

    pub(crate) fn holds(set: &CourseSet, code: &str) -> bool {
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
        assert!(holds(&CourseSet::Attribute(Text::new("writing").unwrap()), "HIST 3301"));
        assert!(
            holds(&CourseSet::Numbered(100, 199), "10-152-101") && !holds(&CourseSet::AnyOf(Vec::new()), "HIST 1301")
        );
        let codes: Vec<&str> = but.codes().into_iter().map(CourseCode::as_str).collect();
        assert_eq!(codes, ["HIST 3301"]);
    }
}
