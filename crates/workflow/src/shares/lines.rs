//! Shares as people see them: who shared what with whom until when, and what was said to it.

use credway_model::{BallotWord, Ctid};
use serde::Serialize;

use crate::Named;
use crate::colleagues::Colleague;

/// A word of somebody outside on a row.
#[derive(Clone, Debug, Serialize)]
pub struct BallotLine {
    /// The row.
    pub row: Ctid,
    /// What the row says.
    pub name: String,
    /// The word.
    pub word: BallotWord,
    /// More about it.
    pub note: Option<String>,
    /// When, ISO 8601.
    pub at: String,
}

/// A share as who shared it sees it.
#[derive(Clone, Debug, Serialize)]
pub struct ShareLine {
    /// Identifier.
    pub id: Ctid,
    /// With whom.
    pub person: String,
    /// The last day, ISO 8601.
    pub until: String,
    /// Who shared it.
    pub by: String,
    /// Whether it can be read today.
    pub open: bool,
    /// What they said.
    pub ballots: Vec<BallotLine>,
}

/// The shares of a crosswalk, and with whom it can be shared.
#[derive(Clone, Debug, Serialize)]
pub struct SharesPage {
    /// The crosswalk.
    pub crosswalk: Named,
    /// Its shares, open ones first.
    pub lines: Vec<ShareLine>,
    /// The employers it can be shared with.
    pub employers: Vec<Colleague>,
    /// Whether what employers said is kept back, since who acts reviews the crosswalk blindly.
    pub hidden: bool,
}

/// Something that was shared with who acts.
#[derive(Clone, Debug, Serialize)]
pub struct SharedLine {
    /// Identifier of the share.
    pub id: Ctid,
    /// What it is called.
    pub name: String,
    /// The institution whose it is.
    pub institution: Option<String>,
    /// The last day, ISO 8601.
    pub until: String,
}
