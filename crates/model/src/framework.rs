//! Competency frameworks: sets of statements that are not an exam blueprint (ESCO, NICE, a college's own).

use serde::{Deserialize, Serialize};

use crate::{Ctid, Origin, Text};

/// What a competency states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompetencyKind {
    /// What a person knows.
    Knowledge,
    /// What a person can do.
    Skill,
    /// An enduring attribute.
    Ability,
    /// Something done on the job.
    Task,
    /// The source's own word for it.
    Other(Text),
}

/// One statement of a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competency {
    /// Identifier.
    pub ctid: Ctid,
    /// The source's code or address for it.
    pub code: Option<Text>,
    /// The statement or label.
    pub statement: Text,
    /// A longer description.
    pub description: Option<Text>,
    /// Other labels.
    pub alternatives: Vec<Text>,
    /// What it states; absent when the source does not say.
    pub kind: Option<CompetencyKind>,
    /// The competency above it, by identifier.
    pub parent: Option<Ctid>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}

/// A set of competencies issued together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Identifier.
    pub ctid: Ctid,
    /// Title.
    pub title: Text,
    /// Version, as the publisher writes it.
    pub version: Option<Text>,
    /// Competencies in the order of the source; a parent stands before its children.
    pub competencies: Vec<Competency>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}
