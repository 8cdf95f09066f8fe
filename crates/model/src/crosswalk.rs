//! A crosswalk: one program against one version of one blueprint.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Ctid;

/// The table that relates a program's course statements to a blueprint version's statements.
///
/// It holds no answers itself: proposals and decisions refer to it, and coverage is computed from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crosswalk {
    /// Identifier, derived from program and blueprint.
    pub ctid: Ctid,
    /// The program.
    pub program: Ctid,
    /// The blueprint version.
    pub blueprint: Ctid,
    /// When it was begun.
    pub begun: Timestamp,
}

impl Crosswalk {
    /// The identifier of the crosswalk of `program` and `blueprint`: there is one for each pair.
    #[must_use]
    pub fn identify(program: &Ctid, blueprint: &Ctid) -> Ctid {
        Ctid::derive(program, "crosswalk", &blueprint.to_string())
    }
}
