//! What can go wrong in a use case, named after what the person met.

use credway_model::Finding;
use credway_publish::PublishError;
use credway_store::StoreError;

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
    /// Whether there is no database at the address, so that one can be begun.
    #[must_use]
    pub const fn is_missing_database(&self) -> bool {
        matches!(self, Self::Store(StoreError::Missing { .. }))
    }
}
