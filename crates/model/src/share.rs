//! A sheet of skills shared with somebody outside until a day, and what they say about its rows.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Ctid, Person, Text};

/// A crosswalk's sheet of skills, shared with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Identifier.
    pub id: Ctid,
    /// The crosswalk whose sheet it is.
    pub crosswalk: Ctid,
    /// With whom.
    pub account: AccountId,
    /// The last day on which it can be read.
    pub until: Date,
    /// Who shared it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// When it was taken back.
    pub revoked: Option<Timestamp>,
}

impl Share {
    /// Whether it can be read on this day.
    #[must_use]
    pub fn is_open(&self, today: Date) -> bool {
        self.revoked.is_none() && today <= self.until
    }
}

/// What somebody outside says about a row of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BallotWord {
    /// We need this, and it is here.
    Agree,
    /// We do not need this.
    NotNeeded,
    /// Something is missing here.
    Missing,
}

impl BallotWord {
    /// All words, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Agree, Self::NotNeeded, Self::Missing];

    /// The word written in files and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::NotNeeded => "not_needed",
            Self::Missing => "missing",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agree => "We agree",
            Self::NotNeeded => "Not needed",
            Self::Missing => "Missing here",
        }
    }

    /// The word of this spelling.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// A word on a row of a shared sheet; a later one on the same row takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// The share.
    pub share: Ctid,
    /// The domain or objective.
    pub row: Ctid,
    /// The word.
    pub word: BallotWord,
    /// More about it.
    pub note: Option<Text>,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_ends_with_its_last_day_or_when_it_is_taken_back() {
        let root: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let at: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let until: Date = "2026-12-01".parse().unwrap();
        let by = Person(Text::new("Ada").unwrap());
        let share = Share {
            id: root,
            crosswalk: root,
            account: AccountId::from_uuid(root.uuid()),
            until,
            by,
            at,
            revoked: None,
        };
        for (day, revoked, expected) in [
            ("2026-11-30", None, true),
            ("2026-12-01", None, true),
            ("2026-12-02", None, false),
            ("2026-11-30", Some(at), false),
        ] {
            assert_eq!(Share { revoked, ..share.clone() }.is_open(day.parse().unwrap()), expected, "{day}");
        }
        for word in BallotWord::ALL {
            assert_eq!(BallotWord::read(word.word()), Some(word));
        }
    }
}
