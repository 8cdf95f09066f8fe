//! What can go wrong in a use case, named after what the person met.

use credway_model::{Action, Finding};
use credway_publish::PublishError;
use credway_store::StoreError;

use crate::pathways::FieldFault;

/// Why a use case ended without its answer.
#[derive(Debug, thiserror::Error)]
pub enum WorkflowError {
    /// The database could not be opened, read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be made.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// Nothing goes by this name.
    #[error("there is no {what} “{given}”; {hint}")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// What was asked for.
        given: String,
        /// What to do.
        hint: String,
    },
    /// Who acts may not do this.
    #[error("{}", forbidden(*.action, *.signed_in))]
    Forbidden {
        /// What was to be done.
        action: Action,
        /// Whether who acts has signed in.
        signed_in: bool,
    },
    /// It is not there, or not to be seen by who asks: the words are the same.
    #[error("there is no such thing here, or it is not yours to see")]
    Hidden,
    /// Signing in did not work; the words say no more than that.
    #[error("that was not right; check what you typed and try again")]
    SignIn,
    /// There were too many tries.
    #[error("there were too many tries; wait {seconds} seconds and try again")]
    Wait {
        /// How long, in seconds.
        seconds: u64,
    },
    /// Something in Credway is wrong.
    #[error("a defect in Credway: {0}")]
    Defect(String),
    /// Several things go by this name.
    #[error("“{given}” names several {what}s: {candidates}; use the identifier")]
    Ambiguous {
        /// Kind of thing.
        what: &'static str,
        /// What was asked for.
        given: String,
        /// The things, with their identifiers.
        candidates: String,
    },
    /// What was asked cannot be done as asked.
    #[error("{message}; {hint}")]
    Refused {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// What was wished of a plan cannot be taken: what is wrong with it, at its field.
    #[error("{}", sentences(.0))]
    Wishes(Vec<FieldFault>),
    /// Time was over before there was an answer.
    #[error("time was over before there was an answer; ask for fewer terms, or for fewer objectives")]
    Late,
    /// What a file holds forbids the use case.
    #[error("{} finding(s) stand in the way; nothing was written", .0.len())]
    Findings(Vec<Finding>),
    /// The person stopped it.
    #[error("stopped on request; nothing was written")]
    Cancelled,
    /// Our own JSON could not be written: a defect.
    #[error("could not write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl WorkflowError {
    /// An error that only a defect can bring.
    pub(crate) fn defect(error: impl std::fmt::Display) -> Self {
        Self::Defect(error.to_string())
    }

    /// Whether there is no database at the address, so that one can be begun.
    #[must_use]
    pub const fn is_missing_database(&self) -> bool {
        matches!(self, Self::Store(StoreError::Missing { .. }))
    }
}

fn sentences(faults: &[FieldFault]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join(" ")
}

fn forbidden(action: Action, signed_in: bool) -> String {
    let act = action.label().to_lowercase();
    if signed_in {
        format!(
            "your roles do not let you do this here ({act}); an administrator of the institution can give you one that does"
        )
    } else {
        format!("sign in first ({act})")
    }
}
