//! What many answers of the interface share: identifiers, names, and what stands for a pair.

use credway_model::Ctid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::wire::{Plain, wire};

/// Identifier of a thing: `ce-` and a lower-case UUID (the CTID of the Credential Transparency Description Language).
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(
    value_type = String,
    pattern = "^ce-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    example = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11"
)]
pub(super) struct Identifier(pub(super) Ctid);

impl Plain<Ctid> for Identifier {
    fn of(given: Ctid) -> Self {
        Self(given)
    }
}

wire! {
    /// A thing by identifier and name.
    Named from credway_workflow::Named {
        /// Identifier.
        id: Identifier,
        /// Name for people.
        name: String,
    }

    /// A course by identifier, code and title.
    CourseName from credway_workflow::CourseName {
        /// Identifier.
        id: Identifier,
        /// Code.
        code: String,
        /// Title.
        title: String,
    }

    /// A blueprint statement by identifier, number, words and what stands above it.
    ObjectiveName from credway_workflow::ObjectiveName {
        /// Identifier.
        id: Identifier,
        /// The publisher's number.
        code: Option<String>,
        /// The statement.
        text: String,
        /// Title of its domain.
        domain: String,
        /// Coarser objectives above it, outermost first.
        path: Vec<String>,
    }

    /// A value in words, with where it stands in its source.
    ShownValue from credway_workflow::ShownValue {
        /// What the value is called on pages, for example `Credits`.
        label: String,
        /// The value in words; absent when the source does not say.
        value: Option<String>,
        /// The column, member or line it was read from.
        field: Option<String>,
        /// The place in words where just this value stands.
        place: Option<String>,
    }
}

/// What stands for a pair, from everybody's words.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Standing {
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

impl Plain<credway_workflow::StandingWord> for Standing {
    fn of(given: credway_workflow::StandingWord) -> Self {
        use credway_workflow::StandingWord as Word;
        match given {
            Word::Open => Self::Open,
            Word::Full => Self::Full,
            Word::Partial => Self::Partial,
            Word::Rejected => Self::Rejected,
            Word::Disputed => Self::Disputed,
        }
    }
}
