//! Long work on pages: where what came of it is to be found, and failures in words that are kept until their person
//! comes back.

use axum::http::StatusCode;
use credway_workflow::{JobFailure, JobState, Outcome, WorkItem, WorkflowError};

use crate::error_page::Failure;

/// The words a worker keeps for a failure.
pub(crate) fn tell(error: WorkflowError) -> JobFailure {
    let failure = Failure::from(error);
    JobFailure {
        status: failure.status.as_u16(),
        heading: failure.heading,
        message: failure.message,
        hint: failure.hint,
        findings: failure.findings,
    }
}

impl From<JobFailure> for Failure {
    fn from(kept: JobFailure) -> Self {
        Self {
            status: StatusCode::from_u16(kept.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            heading: kept.heading,
            message: kept.message,
            hint: kept.hint,
            findings: kept.findings,
        }
    }
}

/// The page of what came of work.
pub(crate) fn address(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Crosswalk(crosswalk) => format!("/crosswalks/{crosswalk}"),
        Outcome::Preview(token) => format!("/import/preview/{token}"),
        Outcome::Imported(token) => format!("/import/result/{token}"),
    }
}

/// Whether nothing more happens to it.
pub(crate) fn is_over(item: &WorkItem) -> bool {
    !matches!(item.state, JobState::Queued | JobState::Running)
}
