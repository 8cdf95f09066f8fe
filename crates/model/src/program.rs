//! Programs: the sets of courses a credential is made of.

use serde::{Deserialize, Serialize};

use crate::{AwardRequirements, CatalogueYear, Credits, Ctid, Origin, Text};

/// What the set of courses is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// A program that leads to an award.
    Program,
    /// Courses looked at together that are not a program (a department, a whole catalogue).
    Collection,
}

/// A course's place in a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramCourse {
    /// The course.
    pub course: Ctid,
    /// The part of the program it belongs to ("Core", "Electives"), in the source's words.
    pub group: Option<Text>,
}

/// A program of study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Identifier.
    pub ctid: Ctid,
    /// The organization that offers it.
    pub organization: Ctid,
    /// Program or mere collection.
    pub kind: ProgramKind,
    /// Title.
    pub title: Text,
    /// Award ("AAS", "BA", "Certificate Level 1"), in the source's words.
    pub award: Option<Text>,
    /// CIP code, for example `11.1003`.
    pub cip: Option<Text>,
    /// SOC codes of target occupations.
    pub soc: Vec<Text>,
    /// Year of the catalogue.
    pub catalogue_year: Option<CatalogueYear>,
    /// Credits the award takes.
    pub total_credits: Option<Credits>,
    /// Courses in the order of the source.
    pub courses: Vec<ProgramCourse>,
    /// What the award requires; absent where nobody has said it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<AwardRequirements>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}
