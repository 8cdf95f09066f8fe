//! What a machine proposes about a course statement and a blueprint statement: never a fact.

use serde::{Deserialize, Serialize};

use crate::{BloomLevel, Ctid, Depth, Probability};

/// How much of the blueprint statement the course statement meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A part of it.
    Partial,
    /// All of it.
    Full,
}

impl Strength {
    /// The word shown and written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Partial => "partial",
            Self::Full => "full",
        }
    }

    /// What the alignment counts toward coverage: full 1, partial ½.
    #[must_use]
    pub const fn score(self) -> f64 {
        match self {
            Self::Partial => 0.5,
            Self::Full => 1.0,
        }
    }
}

/// A piece of a text, as offsets in bytes of its UTF-8 form; `start` < `end`, both on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The piece of `text` it names, or `None` where it does not fit the text.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.get(self.start as usize..self.end as usize)
    }
}

/// Two pieces, one of each text, that speak for the match, and how alike they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidencePair {
    /// In the course statement.
    pub statement: Span,
    /// In the blueprint statement.
    pub target: Span,
    /// How alike, 0 to 1.
    pub likeness: Probability,
}

/// A machine's proposal that a course statement teaches a blueprint statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The course statement: an outcome or topic, or the course itself where only its description could be read.
    pub statement: Ctid,
    /// The blueprint statement: an objective, or a domain without objectives.
    pub target: Ctid,
    /// Calibrated probability that a qualified reviewer would accept the match.
    pub probability: Probability,
    /// Whether the engine is confident enough to suggest it; below its stated confidence it says "don't know".
    pub suggested: bool,
    /// Pieces of both texts that speak for it.
    pub evidence: Vec<EvidencePair>,
    /// Depth the course statement's verb shows.
    pub taught: Option<BloomLevel>,
    /// Depth the blueprint statement's verb asks for.
    pub asked: Option<BloomLevel>,
    /// Name and version of the engine.
    pub engine: String,
}

impl Proposal {
    /// How the depth taught compares with the depth asked for.
    #[must_use]
    pub fn depth(&self) -> Depth {
        Depth::compare(self.taught, self.asked)
    }
}
