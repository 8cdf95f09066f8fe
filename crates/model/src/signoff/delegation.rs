//! A delegation: somebody who signs gives another the right to sign for them, for some days.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Ctid, Role};

/// The right to sign for somebody else in a role of theirs, between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Identifier.
    pub id: String,
    /// Who gave it: the account that is signed for.
    pub from: AccountId,
    /// Who signs for them.
    pub to: AccountId,
    /// In which role of theirs.
    pub role: Role,
    /// At which institution.
    pub institution: Ctid,
    /// Only for this program there.
    pub program: Option<Ctid>,
    /// First day it holds.
    pub first: Date,
    /// Last day it holds.
    pub last: Date,
    /// When it was given.
    pub given: Timestamp,
    /// When it was withdrawn.
    pub withdrawn: Option<Timestamp>,
}

impl Delegation {
    /// Whether it holds on a day. Whether who gave it still has the role is the caller's to know.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.withdrawn.is_none() && self.first <= on && on <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_from_its_first_day_to_its_last() {
        let account = |end: &str| format!("8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a1{end}").parse().unwrap();
        let day = |day: &str| day.parse::<Date>().unwrap();
        let mut given = Delegation {
            id: "1".to_owned(),
            from: account("1"),
            to: account("2"),
            role: Role::Dean,
            institution: "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap(),
            program: None,
            first: day("2026-07-01"),
            last: day("2026-07-31"),
            given: Timestamp::UNIX_EPOCH,
            withdrawn: None,
        };
        for (on, holds) in [("2026-06-30", false), ("2026-07-01", true), ("2026-07-31", true), ("2026-08-01", false)] {
            assert_eq!(given.holds(day(on)), holds, "{on}");
        }
        given.withdrawn = Some(Timestamp::UNIX_EPOCH);
        assert!(!given.holds(day("2026-07-15")));
    }
}
