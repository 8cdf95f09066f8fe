//! A review given to somebody: which pairs of a crosswalk, in which part, until when. It holds no word on any pair, and
//! gives no right: what somebody may do, the policy says.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Ctid, Person};

/// The part somebody has in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewPart {
    /// Reviews, and sees what others said.
    First,
    /// Reviews without seeing what others said about a pair, until their own word on it is given.
    Second,
    /// Settles what the others disagree on.
    Adjudicate,
}

impl ReviewPart {
    /// All parts, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Adjudicate];

    /// The word written in files and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Adjudicate => "adjudicate",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::First => "First review",
            Self::Second => "Blind second review",
            Self::Adjudicate => "Settling disagreements",
        }
    }

    /// The part of this word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }
}

/// Which pairs of a crosswalk: all, those of a domain, or those of a course; both together where both are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReviewScope {
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// Only statements of this domain.
    pub domain: Option<Ctid>,
    /// Only statements of this course.
    pub course: Option<Ctid>,
}

impl ReviewScope {
    /// Whether a pair of a statement of `course` and one of `domain` belongs to it.
    ///
    /// ```
    /// use credway_model::{Ctid, ReviewScope};
    /// let root: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    /// let other = Ctid::derive(&root, "domain", "2");
    /// let scope = ReviewScope { crosswalk: root, domain: Some(root), course: None };
    /// assert!(scope.covers(&other, &root) && !scope.covers(&other, &other));
    /// ```
    #[must_use]
    pub fn covers(&self, course: &Ctid, domain: &Ctid) -> bool {
        self.course.is_none_or(|wanted| wanted == *course) && self.domain.is_none_or(|wanted| wanted == *domain)
    }
}

/// How a review that was given ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentEnd {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Person,
    /// Whether the reviewer said that it is done; else it was taken back.
    pub done: bool,
}

/// A review given to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Identifier.
    pub id: Ctid,
    /// Which pairs.
    pub scope: ReviewScope,
    /// To whom.
    pub account: AccountId,
    /// In which part.
    pub part: ReviewPart,
    /// The day by which it is wanted.
    pub due: Option<Date>,
    /// Who gave it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// How it ended; nothing while it is open.
    pub end: Option<AssignmentEnd>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_back() {
        for part in ReviewPart::ALL {
            assert_eq!(ReviewPart::read(part.word()), Some(part));
            assert_eq!(serde_json::to_string(&part).unwrap(), format!("\"{}\"", part.word()));
        }
        assert_eq!(ReviewPart::read("third"), None);
    }

    #[test]
    fn a_scope_covers_what_it_names_and_nothing_else() {
        let root: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let [course, domain, other] = ["a", "b", "c"].map(|key| Ctid::derive(&root, "x", key));
        for (of, at, on, in_, expected) in [
            (None, None, course, domain, true),
            (Some(course), None, course, domain, true),
            (Some(course), None, other, domain, false),
            (None, Some(domain), course, domain, true),
            (None, Some(domain), course, other, false),
            (Some(course), Some(domain), course, domain, true),
            (Some(course), Some(domain), course, other, false),
            (Some(course), Some(domain), other, domain, false),
        ] {
            let scope = ReviewScope { crosswalk: root, domain: at, course: of };
            assert_eq!(scope.covers(&on, &in_), expected);
        }
    }
}
