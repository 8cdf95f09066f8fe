//! The history: revisions of publishable things, and who changed what, when, and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Ctid, Person, Text};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A thing came into being.
    Created,
    /// A thing got a new revision.
    Revised,
    /// Proposals were computed.
    Aligned,
    /// A reviewer decided.
    Decided,
    /// A file was imported.
    Imported,
    /// A setting or mapping profile was saved.
    Configured,
    /// An account, a role or an invitation changed.
    Admitted,
    /// Somebody signed in or out, or was kept from it.
    Accessed,
    /// A review was given to somebody, or ended.
    Assigned,
    /// Somebody commented.
    Commented,
    /// Something was shared with somebody outside, or no longer.
    Shared,
    /// A step of a sign-off was signed or returned.
    Signed,
    /// Personal data was taken away.
    Erased,
}

impl ChangeKind {
    /// All kinds with the word written in files and shown.
    pub const WORDS: [(&'static str, Self); 13] = [
        ("created", Self::Created),
        ("revised", Self::Revised),
        ("aligned", Self::Aligned),
        ("decided", Self::Decided),
        ("imported", Self::Imported),
        ("configured", Self::Configured),
        ("admitted", Self::Admitted),
        ("accessed", Self::Accessed),
        ("assigned", Self::Assigned),
        ("commented", Self::Commented),
        ("shared", Self::Shared),
        ("signed", Self::Signed),
        ("erased", Self::Erased),
    ];

    /// The word written and shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// One line of the append-only history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: Person,
    /// What was done.
    pub kind: ChangeKind,
    /// What kind of thing it was done to ("course", "blueprint", "crosswalk", …).
    pub subject_kind: String,
    /// The thing.
    pub subject: Ctid,
    /// The thing's name at the time, and what changed, in words.
    pub summary: Text,
    /// Why, where the person said so.
    pub reason: Option<Text>,
    /// From where it was done: the terminal, a browser's address, a token.
    pub origin: Option<Text>,
    /// What the line is bound to besides its own words: the digest of the revision it tells of, or what an erasure took
    /// away (`lines:12`, `person:3`).
    pub content: Option<String>,
}

/// One revision of a publishable thing: its whole content at a time. Revisions are numbered from 1 and never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The thing.
    pub subject: Ctid,
    /// What kind of thing it is.
    pub subject_kind: String,
    /// Number, from 1.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: Person,
    /// SHA-256 of `content`, in hexadecimal.
    pub digest: String,
    /// The thing as our own JSON.
    pub content: String,
}
