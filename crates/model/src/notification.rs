//! What somebody is told: that something waits for them. A sentence and where to look; never what was said.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Ctid, Text};

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NotificationKind {
    /// A review was given to them, or taken back.
    Assigned,
    /// Somebody named them in a comment.
    Mentioned,
    /// A step of a sign-off waits for them, or came back.
    Signoff,
    /// Somebody outside answered what they shared, or something was shared with them.
    Shared,
    /// Somebody made a link with which a new password for their account can be chosen.
    Access,
}

impl NotificationKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Assigned, Self::Mentioned, Self::Signoff, Self::Shared, Self::Access];

    /// The word written in files and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Mentioned => "mentioned",
            Self::Signoff => "signoff",
            Self::Shared => "shared",
            Self::Access => "access",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assigned => "Reviews given to you",
            Self::Mentioned => "Comments that name you",
            Self::Signoff => "Sign-offs that wait for you",
            Self::Shared => "Shared sheets and answers to them",
            Self::Access => "Links made for your account",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How a notification stands with the post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mailed {
    /// It is not wanted by mail.
    Unwanted,
    /// It waits to be sent.
    Waiting,
    /// A server is at sending it since this moment.
    Sending(Timestamp),
    /// It was sent.
    Sent,
    /// It could not be sent, and is not tried again.
    GivenUp,
}

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Identifier.
    pub id: Ctid,
    /// Whom.
    pub account: AccountId,
    /// Why.
    pub kind: NotificationKind,
    /// When.
    pub at: Timestamp,
    /// Where to look: an address of this site, from its first `/`.
    pub address: String,
    /// The sentence.
    pub words: Text,
    /// When it was read.
    pub read: Option<Timestamp>,
    /// How it stands with the post.
    pub mailed: Mailed,
    /// How often sending it failed.
    pub tries: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back() {
        for kind in NotificationKind::ALL {
            assert_eq!(NotificationKind::read(kind.word()), Some(kind));
        }
        assert_eq!(NotificationKind::read("all"), None);
    }
}
