//! Depth of learning: Bloom's levels.

use serde::{Deserialize, Serialize};

/// A level of the revised taxonomy's cognitive process dimension, lowest first.
/// Source: Anderson and Krathwohl, "A Taxonomy for Learning, Teaching, and Assessing" (2001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BloomLevel {
    /// Retrieve from memory.
    Remember,
    /// Construct meaning.
    Understand,
    /// Carry out a procedure.
    Apply,
    /// Break into parts and relate them.
    Analyze,
    /// Judge against criteria.
    Evaluate,
    /// Put together something new.
    Create,
}

impl BloomLevel {
    /// All levels, lowest first.
    pub const ALL: [Self; 6] =
        [Self::Remember, Self::Understand, Self::Apply, Self::Analyze, Self::Evaluate, Self::Create];

    /// The word shown to people and written in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Remember => "remember",
            Self::Understand => "understand",
            Self::Apply => "apply",
            Self::Analyze => "analyze",
            Self::Evaluate => "evaluate",
            Self::Create => "create",
        }
    }
}

/// How the depth of a course statement compares with the depth the blueprint asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// The course goes at least as deep.
    Reaches,
    /// The course stays below.
    Below,
    /// One of the two statements names no verb we know.
    Unknown,
}

impl Depth {
    /// Compares the level taught with the level asked for.
    #[must_use]
    pub fn compare(taught: Option<BloomLevel>, asked: Option<BloomLevel>) -> Self {
        match (taught, asked) {
            (Some(taught), Some(asked)) if taught >= asked => Self::Reaches,
            (Some(_), Some(_)) => Self::Below,
            _ => Self::Unknown,
        }
    }
}
