//! Comments: what somebody says about a row, as plain text. A comment decides nothing.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{AccountId, Ctid, Person};

/// What a comment is about. Everything is reached through something the policy knows: what is shared by several
/// institutions is spoken about within a crosswalk of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CommentSubject {
    /// A pair of statements in a crosswalk.
    Pair {
        /// The crosswalk.
        crosswalk: Ctid,
        /// The course statement.
        statement: Ctid,
        /// The blueprint statement.
        target: Ctid,
    },
    /// A blueprint statement or domain, as it is met in a crosswalk.
    Objective {
        /// The crosswalk.
        crosswalk: Ctid,
        /// The statement or domain.
        objective: Ctid,
    },
    /// A crosswalk.
    Crosswalk(Ctid),
    /// A course.
    Course(Ctid),
    /// An outcome or topic of a course.
    Outcome {
        /// The course.
        course: Ctid,
        /// The outcome.
        outcome: Ctid,
    },
    /// A program or collection.
    Program(Ctid),
    /// A sign-off of a program.
    Signoff {
        /// The program.
        program: Ctid,
        /// The sign-off.
        signoff: Ctid,
    },
}

/// Why a text names no subject of comments.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” names nothing that can be commented on")]
pub struct CommentSubjectError {
    /// The text that was given.
    pub found: String,
}

impl CommentSubject {
    /// What kind of thing it is, in a word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Pair { .. } => "pair",
            Self::Objective { .. } => "objective",
            Self::Crosswalk(_) => "crosswalk",
            Self::Course(_) => "course",
            Self::Outcome { .. } => "outcome",
            Self::Program(_) => "program",
            Self::Signoff { .. } => "signoff",
        }
    }

    /// The thing through which it is reached: a crosswalk, a course or a program.
    #[must_use]
    pub const fn within(&self) -> Ctid {
        match self {
            Self::Pair { crosswalk: within, .. }
            | Self::Objective { crosswalk: within, .. }
            | Self::Crosswalk(within)
            | Self::Course(within)
            | Self::Outcome { course: within, .. }
            | Self::Program(within)
            | Self::Signoff { program: within, .. } => *within,
        }
    }
}

/// The kind and the identifiers, joined by full stops: `course.ce-…`, `pair.ce-….ce-….ce-…`.
impl fmt::Display for CommentSubject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, within) = (self.kind(), self.within());
        match self {
            Self::Crosswalk(_) | Self::Course(_) | Self::Program(_) => write!(formatter, "{kind}.{within}"),
            Self::Pair { statement, target, .. } => write!(formatter, "{kind}.{within}.{statement}.{target}"),
            Self::Objective { objective: row, .. }
            | Self::Outcome { outcome: row, .. }
            | Self::Signoff { signoff: row, .. } => write!(formatter, "{kind}.{within}.{row}"),
        }
    }
}

impl FromStr for CommentSubject {
    type Err = CommentSubjectError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || CommentSubjectError { found: text.chars().take(60).collect() };
        let mut words = text.split('.');
        let kind = words.next().unwrap_or_default();
        let ids: Vec<Ctid> = words.map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
        Ok(match (kind, ids.as_slice()) {
            ("pair", [crosswalk, statement, target]) => {
                Self::Pair { crosswalk: *crosswalk, statement: *statement, target: *target }
            }
            ("objective", [crosswalk, objective]) => Self::Objective { crosswalk: *crosswalk, objective: *objective },
            ("crosswalk", [crosswalk]) => Self::Crosswalk(*crosswalk),
            ("course", [course]) => Self::Course(*course),
            ("outcome", [course, outcome]) => Self::Outcome { course: *course, outcome: *outcome },
            ("program", [program]) => Self::Program(*program),
            ("signoff", [program, signoff]) => Self::Signoff { program: *program, signoff: *signoff },
            _ => return Err(wrong()),
        })
    }
}

impl TryFrom<String> for CommentSubject {
    type Error = CommentSubjectError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CommentSubject> for String {
    fn from(subject: CommentSubject) -> Self {
        subject.to_string()
    }
}

/// What a comment says: lines of plain text, in Unicode NFC, without control characters.
///
/// Form: 1 to 4,000 characters, line breaks as `\n`; blanks around it are cut, blanks at the ends of lines too.
/// Errors: [`CommentError`].
///
/// ```
/// use credway_model::CommentText;
/// assert_eq!(CommentText::new(" See lab 3. \r\nThanks\n\n").unwrap().as_str(), "See lab 3.\nThanks");
/// assert!(CommentText::new(" \n ").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommentText(String);

/// Why a text is no comment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommentError {
    /// Nothing but blanks.
    #[error("the comment is empty")]
    Empty,
    /// Longer than [`CommentText::LONGEST`] characters.
    #[error("the comment has {characters} characters; at most {} are taken", CommentText::LONGEST)]
    Long {
        /// How many characters it has.
        characters: usize,
    },
    /// A control character other than a line break.
    #[error("the comment holds the control character U+{code:04X}")]
    Control {
        /// The character's code point.
        code: u32,
    },
}

impl CommentText {
    /// The longest comment taken, in characters.
    pub const LONGEST: usize = 4_000;

    /// Checks and normalises `raw`.
    ///
    /// # Errors
    /// [`CommentError`].
    pub fn new(raw: &str) -> Result<Self, CommentError> {
        let unix = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
        let lines: Vec<&str> = unix.split('\n').map(str::trim_end).collect();
        let text: String = lines.join("\n").trim().nfc().collect();
        if let Some(control) = text.chars().find(|letter| letter.is_control() && *letter != '\n') {
            return Err(CommentError::Control { code: control as u32 });
        }
        match text.chars().count() {
            0 => Err(CommentError::Empty),
            characters if characters > Self::LONGEST => Err(CommentError::Long { characters }),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CommentText {
    type Error = CommentError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::new(&raw)
    }
}

impl From<CommentText> for String {
    fn from(text: CommentText) -> Self {
        text.0
    }
}

impl fmt::Display for CommentText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What somebody said about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Identifier.
    pub id: Ctid,
    /// What it is about.
    pub subject: CommentSubject,
    /// Who.
    pub person: Person,
    /// The account of who; none where it was said at a terminal.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// When it was last worded anew.
    pub edited: Option<Timestamp>,
    /// When it was withdrawn; its text is gone then.
    pub withdrawn: Option<Timestamp>,
    /// What it says; nothing once it is withdrawn.
    pub text: Option<CommentText>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_back_and_nothing_else_is() {
        let root: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let [one, two] = ["a", "b"].map(|key| Ctid::derive(&root, "x", key));
        for subject in [
            CommentSubject::Pair { crosswalk: root, statement: one, target: two },
            CommentSubject::Objective { crosswalk: root, objective: one },
            CommentSubject::Crosswalk(root),
            CommentSubject::Course(root),
            CommentSubject::Outcome { course: root, outcome: one },
            CommentSubject::Program(root),
            CommentSubject::Signoff { program: root, signoff: two },
        ] {
            assert_eq!(subject.to_string().parse(), Ok(subject));
            assert_eq!(subject.within(), root);
        }
        for wrong in ["", "course", "course.x", &format!("course.{root}.{one}"), &format!("pair.{root}.{one}"), "a.b"] {
            assert!(wrong.parse::<CommentSubject>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn comments_are_plain_lines() {
        for (given, expected) in [
            ("one\r\ntwo\rthree", Ok("one\ntwo\nthree".to_owned())),
            ("a\tb  \n\n c", Ok("a b\n\n c".to_owned())),
            ("<script>alert(1)</script>", Ok("<script>alert(1)</script>".to_owned())),
            ("  ", Err(CommentError::Empty)),
            ("a\0b", Err(CommentError::Control { code: 0 })),
            ("a\u{7}b", Err(CommentError::Control { code: 7 })),
        ] {
            assert_eq!(CommentText::new(given).map(String::from), expected, "{given:?}");
        }
        assert!(CommentText::new(&"é".repeat(4_000)).is_ok());
        assert_eq!(CommentText::new(&"é".repeat(4_001)), Err(CommentError::Long { characters: 4_001 }));
    }
}
