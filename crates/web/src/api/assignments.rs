//! Reviews that wait for the owner of a token.

use axum::Json;
use credway_model::{Action, ReviewPart, ReviewScope};
use serde::Serialize;
use utoipa::ToSchema;

use super::Reply;
use super::asked::needs;
use super::names::Identifier;
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/assignments", Rule::May(&[Action::ReadCrosswalk]), list)
}

wire! {
    /// Which pairs of a crosswalk: all, those of a domain, or those of a course.
    Scope from ReviewScope {
        /// The crosswalk.
        crosswalk: Identifier,
        /// Only statements of this domain.
        domain: Option<Identifier>,
        /// Only statements of this course.
        course: Option<Identifier>,
    }

    /// A review that was given.
    Assignment from credway_workflow::AssignmentLine {
        /// Identifier.
        id: Identifier,
        /// Which pairs.
        scope: Scope,
        /// The crosswalk's name.
        crosswalk: String,
        /// Which pairs, in words.
        place: String,
        /// In which part.
        part: Part,
        /// To whom.
        person: String,
        /// By whom.
        by: String,
        /// The day by which it is wanted, ISO 8601.
        due: Option<String>,
        /// Whether that day is past.
        late: bool,
        /// Pairs done.
        decided: usize,
        /// Pairs in all.
        of: usize,
    }
}

/// The part somebody has in a review.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    /// Reviews, and sees what others said.
    First,
    /// Reviews without seeing what others said, until their own word is given.
    Second,
    /// Settles what the others disagree on.
    Adjudicate,
}

impl Plain<ReviewPart> for Part {
    fn of(given: ReviewPart) -> Self {
        match given {
            ReviewPart::First => Self::First,
            ReviewPart::Second => Self::Second,
            ReviewPart::Adjudicate => Self::Adjudicate,
        }
    }
}

/// Reviews that wait.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Assignments {
    /// The open ones, those wanted soonest first.
    items: Vec<Assignment>,
}

/// The reviews that wait for you.
///
/// Only of crosswalks that the token may read (`read_crosswalk`); none at a site without accounts.
#[utoipa::path(get, path = "/api/v1/assignments", operation_id = "listAssignments", tag = "Review",
    responses((status = 200, description = "The reviews.", body = Assignments)))]
pub(super) async fn list(visit: Visit) -> Reply<Assignments> {
    needs(&visit, Action::ReadCrosswalk).await?;
    Ok(Json(Assignments { items: Plain::of(visit.workbench().waiting_reviews().await?) }))
}
