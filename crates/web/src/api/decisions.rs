//! Words on pairs from programs of others. A word is a person's: it is given in the name of the token's owner, and the
//! use case asks whether it is theirs to give.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use credway_model::{Action, OutcomeLevel, Strength, Text, Verdict};
use credway_workflow::{DecideRequest, WorkflowError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Reply;
use super::asked::{Given, identifier, needs};
use super::names::{Identifier, Standing};
use super::wire::Plain;
use crate::error_page::Failure;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[Action::Review]);
    Routes::new().post("/api/v1/crosswalks/{id}/decisions", RULE, decide).post(
        "/api/v1/crosswalks/{id}/decisions/undo",
        RULE,
        undo,
    )
}

/// A reviewer's word.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Said {
    /// The course statement meets the blueprint statement fully.
    Full,
    /// It meets it in part.
    Partial,
    /// It does not.
    Rejected,
}

/// The level at which something is taught.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    Introduced,
    Reinforced,
    Mastered,
}

/// A word on a pair.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDecision {
    /// The course statement.
    statement: Identifier,
    /// The blueprint statement.
    target: Identifier,
    /// The word.
    verdict: Said,
    /// The level for this pair.
    level: Option<Level>,
    /// Why: 1 to 20,000 characters that are seen, without control characters.
    #[schema(
        max_length = 20_000,
        pattern = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$"
    )]
    reason: Option<String>,
    /// Whether it settles a disagreement.
    #[serde(default)]
    settles: bool,
}

/// A pair of statements.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    /// The course statement.
    statement: Identifier,
    /// The blueprint statement.
    target: Identifier,
}

/// What stands for the pair now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Stands {
    /// What stands, from everybody's words; for a blind reviewer from their own.
    standing: Standing,
}

/// Give a word on a pair.
///
/// It is recorded with its line of the history when this answers. A later word of the same person stands instead of the
/// earlier.
#[utoipa::path(post, path = "/api/v1/crosswalks/{id}/decisions", operation_id = "decide", tag = "Review",
    params(("id" = Identifier, Path, description = "The crosswalk.")), request_body = NewDecision,
    responses((status = 200, description = "Recorded.", body = Stands)))]
pub(super) async fn decide(visit: Visit, Path(id): Path<String>, Given(word): Given<NewDecision>) -> Reply<Stands> {
    needs(&visit, Action::Review).await?;
    let crosswalk = identifier("crosswalk", &id)?;
    let reason = word.reason.as_deref().map(Text::new).transpose().map_err(|error| {
        Failure::refused(format!("The reason cannot be taken: {error}."), "Correct it, or leave it out.")
    })?;
    let request = DecideRequest {
        statement: word.statement.0,
        target: word.target.0,
        verdict: match word.verdict {
            Said::Full => Verdict::Accepted(Strength::Full),
            Said::Partial => Verdict::Accepted(Strength::Partial),
            Said::Rejected => Verdict::Rejected,
        },
        level: word.level.map(|level| match level {
            Level::Introduced => OutcomeLevel::Introduced,
            Level::Reinforced => OutcomeLevel::Reinforced,
            Level::Mastered => OutcomeLevel::Mastered,
        }),
        reason,
        settles: word.settles,
    };
    Ok(Json(Stands { standing: Plain::of(visit.workbench().decide(&crosswalk, request).await?) }))
}

/// Take your latest word on a pair back.
///
/// What was before it, if anything, holds again. Nothing is deleted: that it was taken back is recorded too.
#[utoipa::path(post, path = "/api/v1/crosswalks/{id}/decisions/undo", operation_id = "undoDecision", tag = "Review",
    params(("id" = Identifier, Path, description = "The crosswalk.")), request_body = Pair,
    responses((status = 200, description = "Taken back.", body = Stands)))]
pub(super) async fn undo(visit: Visit, Path(id): Path<String>, Given(pair): Given<Pair>) -> Reply<Stands> {
    needs(&visit, Action::Review).await?;
    let crosswalk = identifier("crosswalk", &id)?;
    match visit.workbench().undo(&crosswalk, pair.statement.0, pair.target.0).await {
        Ok(standing) => Ok(Json(Stands { standing: Plain::of(standing) })),
        Err(error @ WorkflowError::Refused { .. }) => Err(Failure::from(error).with_status(StatusCode::CONFLICT)),
        Err(error) => Err(error.into()),
    }
}
