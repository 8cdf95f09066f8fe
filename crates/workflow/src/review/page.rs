//! What a page of the review holds: the focus, its candidates, earlier words, and what filters it.

use credway_model::{Ctid, Standing, Strength};
use serde::{Deserialize, Serialize};

use crate::{CourseName, CrosswalkHead, ObjectiveName, Segment};

/// What one page of the review is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewBy {
    /// One blueprint statement and the course statements that may meet it.
    #[default]
    Objective,
    /// One course and the blueprint statements it may meet.
    Course,
}

/// Which candidates are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewShow {
    /// Those the person has no word on yet, and which nobody has settled.
    #[default]
    Open,
    /// Those on which reviewers disagree.
    Disputed,
    /// Those with a word.
    Decided,
    /// All, also those below the engine's stated confidence.
    All,
}

/// In which order the review goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewOrder {
    /// As the blueprint, or the program's list of courses, has it.
    #[default]
    Blueprint,
    /// What holds the most probable candidate first.
    Probability,
    /// What is most useful to look at first, given what was decided so far
    /// ([`usefulness`](credway_align::usefulness)).
    Useful,
}

/// Which part of the review is wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewFilter {
    /// What one page is about.
    pub by: ReviewBy,
    /// Which candidates.
    pub show: ReviewShow,
    /// Only this domain.
    pub domain: Option<Ctid>,
    /// In which order.
    pub order: ReviewOrder,
    /// The blueprint statement or course to show; the first with something to show when absent.
    pub focus: Option<Ctid>,
    /// Hide other reviewers' words until the person has given theirs, for an independent second review.
    pub blind: bool,
}

/// A standing as one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StandingWord {
    /// Nobody has a word on it.
    Open,
    /// Accepted in full.
    Full,
    /// Accepted in part.
    Partial,
    /// Rejected.
    Rejected,
    /// Reviewers disagree.
    Disputed,
}

impl StandingWord {
    /// From what stands.
    #[must_use]
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Open,
            Standing::Accepted { strength: Strength::Full, .. } => Self::Full,
            Standing::Accepted { strength: Strength::Partial, .. } => Self::Partial,
            Standing::Rejected => Self::Rejected,
            Standing::Disputed => Self::Disputed,
        }
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Full => "full",
            Self::Partial => "partial",
            Self::Rejected => "rejected",
            Self::Disputed => "disputed",
        }
    }
}

/// One earlier word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionLine {
    /// Who.
    pub person: String,
    /// The word ("accepted (full)").
    pub verdict: String,
    /// Level set.
    pub level: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// When, as ISO 8601.
    pub at: String,
    /// Whether it settles a disagreement.
    pub settles: bool,
    /// The words of both statements as they were judged, where they are others today: it counts for nothing then.
    pub judged: Option<(String, String)>,
}

/// One candidate to judge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CandidateCard {
    /// The course statement.
    pub statement: Ctid,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// The course.
    pub course: CourseName,
    /// Code of the outcome; absent where the course stands for itself.
    pub outcome_code: Option<String>,
    /// `outcome`, `topic`, `description` or `title`.
    pub kind: String,
    /// Topics above it.
    pub topics: Vec<String>,
    /// Level in the source.
    pub level: Option<String>,
    /// Assessment named in the source.
    pub assessed_by: Option<String>,
    /// The course statement, cut at the evidence.
    pub statement_segments: Vec<Segment>,
    /// The blueprint statement, cut at the evidence.
    pub objective_segments: Vec<Segment>,
    /// Calibrated probability, 0 to 1; absent for a pair a person added without the engine.
    pub probability: Option<f64>,
    /// Whether the engine is confident enough to suggest it.
    pub suggested: bool,
    /// Depth the course statement's verb shows.
    pub taught: Option<String>,
    /// Depth the blueprint statement's verb asks for.
    pub asked: Option<String>,
    /// `reaches`, `below` or `unknown`.
    pub depth: String,
    /// The engine, by name and version.
    pub engine: Option<String>,
    /// What stands.
    pub standing: StandingWord,
    /// The acting person's own word ("accepted (full)").
    pub own_word: Option<String>,
    /// Whether it was decided on before one of its statements was reworded, and by nobody since.
    pub reworded: bool,
    /// Whether others' words on it, if there are any, are kept back until the acting person has given theirs.
    pub hidden: bool,
    /// Earlier words, oldest first.
    pub decisions: Vec<DecisionLine>,
}

/// What the page is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewFocus {
    /// A blueprint statement.
    Objective {
        /// The statement.
        objective: ObjectiveName,
        /// Its share of the exam in per cent.
        share: Option<f64>,
        /// Its score now: 0, ½ or 1.
        score: Option<f64>,
    },
    /// A course.
    Course {
        /// The course.
        course: CourseName,
        /// Its description.
        description: Option<String>,
    },
}

/// One page of the review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewPage {
    /// The crosswalk.
    pub crosswalk: CrosswalkHead,
    /// What it is about; absent when nothing is left to show.
    pub focus: Option<ReviewFocus>,
    /// Identifier of the focus.
    pub focus_id: Option<Ctid>,
    /// Candidates, the most probable first.
    pub candidates: Vec<CandidateCard>,
    /// Position among the things with something to show, from 1.
    pub position: usize,
    /// How many things have something to show.
    pub of: usize,
    /// The one before.
    pub previous: Option<Ctid>,
    /// The one after.
    pub next: Option<Ctid>,
    /// Candidates left that match the filter, over all pages.
    pub remaining: usize,
    /// Whether the acting person was given a blind second review here: others' words are kept back then, whatever the
    /// filter says.
    pub blind: bool,
}
