//! Why a piece of work failed, in the words of the face that its person will see.

use credway_model::Finding;
use serde::{Deserialize, Serialize};

/// Why a piece of work failed, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFailure {
    /// The kind of failure, as a status of HTTP.
    pub status: u16,
    /// What happened, as a heading.
    pub heading: String,
    /// What happened, as a sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Findings that stand in the way.
    pub findings: Vec<Finding>,
}

impl JobFailure {
    /// The work panicked.
    pub(super) fn defect() -> Self {
        Self::ours("The work ended because of a defect in Credway.")
    }

    /// Every server that began it was ended before it was done.
    pub(super) fn died(attempts: u32) -> Self {
        Self::ours(&format!(
            "The work was begun {attempts} times, and each time the server was ended before the work was done."
        ))
    }

    fn ours(message: &str) -> Self {
        Self {
            status: 500,
            heading: "Something went wrong here".to_owned(),
            message: message.to_owned(),
            hint: "Nothing was changed by it. Start it again; if it stays, run `credway doctor` in a terminal and \
                   report what it says."
                .to_owned(),
            findings: Vec::new(),
        }
    }
}
