//! What the policy answers, and why it could not be read.

/// The answer to “may they?”.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Some line permits it and none forbids it.
    Allowed,
    /// No line permits it, or one forbids it.
    Denied,
    /// The policy could not be evaluated, which denies. The text is for the log: it names lines of the policy and
    /// identifiers, no person.
    Failed(String),
}

impl Decision {
    /// Whether the act may be done.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed)
    }
}

/// Why a policy cannot be taken.
#[derive(Debug, thiserror::Error)]
#[error("the policy cannot be read; correct the text it names: {found}")]
pub struct PolicyError {
    /// What Cedar found wrong.
    pub found: String,
}

impl PolicyError {
    pub(super) fn of(error: &(impl std::fmt::Display + ?Sized)) -> Self {
        Self { found: error.to_string() }
    }
}
