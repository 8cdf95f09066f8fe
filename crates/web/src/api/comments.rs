//! Comments for programs of others: those on a row, and a new one.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use credway_model::{Action, CommentSubject};
use credway_workflow::WorkflowError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Reply;
use super::asked::{Given, needs};
use super::names::Identifier;
use super::wire::{Plain, wire};
use crate::error_page::Failure;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[Action::Comment]);
    Routes::new().get("/api/v1/comments/{subject}", RULE, list).post("/api/v1/comments/{subject}", RULE, say)
}

/// What is commented on: its kind and its identifiers, joined by full stops. `crosswalk.ID`, `course.ID`, `program.ID`,
/// `pair.CROSSWALK.STATEMENT.TARGET`, `objective.CROSSWALK.OBJECTIVE`, `outcome.COURSE.OUTCOME`,
/// `signoff.PROGRAM.SIGNOFF`.
#[derive(ToSchema)]
#[schema(
    value_type = String,
    pattern = "^(pair(\\.ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){3}|(objective|outcome|signoff)(\\.ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}|(crosswalk|course|program)\\.ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
    example = "course.ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11"
)]
pub(super) struct Subject(#[expect(dead_code, reason = "only described")] String);

wire! {
    /// A comment.
    Comment from credway_workflow::CommentLine {
        /// Identifier.
        id: Identifier,
        /// Who.
        person: String,
        /// When, ISO 8601.
        at: String,
        /// When it was last worded anew, ISO 8601.
        edited: Option<String>,
        /// What it says; absent once it was taken back.
        text: Option<String>,
        /// What it said before.
        earlier: Vec<Earlier>,
        /// Whether you may word it anew.
        may_edit: bool,
        /// Whether you may take it back.
        may_withdraw: bool,
    }

    /// The comments on a row.
    Comments from credway_workflow::CommentsPage {
        /// What they are about.
        subject: String,
        /// What it is called.
        name: String,
        /// Where it is seen: an address of this site.
        address: String,
        /// The comments, oldest first.
        lines: Vec<Comment>,
        /// Whether others' comments are kept back until you have given your own word on the pair.
        hidden: bool,
        /// Who can be named with `@`.
        people: Vec<Mentionable>,
    }
}

impl Plain<CommentSubject> for String {
    fn of(given: CommentSubject) -> Self {
        given.to_string()
    }
}

/// What a comment said before.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Earlier {
    /// Until when, ISO 8601.
    until: String,
    /// What it said.
    text: String,
}

impl Plain<(String, String)> for Earlier {
    fn of((until, text): (String, String)) -> Self {
        Self { until, text }
    }
}

/// Somebody who can be named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Mentionable {
    /// Their name.
    name: String,
}

impl Plain<credway_workflow::Colleague> for Mentionable {
    fn of(given: credway_workflow::Colleague) -> Self {
        Self { name: given.name }
    }
}

/// A new comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewComment {
    /// Plain text of 1 to 4,000 characters; `@` and a name tells that person.
    #[schema(
        max_length = 4_000,
        pattern = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$"
    )]
    text: String,
}

/// A comment that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Made {
    /// Its identifier.
    id: Identifier,
}

fn subject_of(given: &str) -> Result<CommentSubject, Failure> {
    given.parse().map_err(|error: credway_model::CommentSubjectError| {
        let (what, hint) = ("row", "write its kind and its identifiers, joined by full stops".to_owned());
        WorkflowError::NotFound { what, given: error.found, hint }.into()
    })
}

/// The comments on a row.
#[utoipa::path(get, path = "/api/v1/comments/{subject}", operation_id = "listComments", tag = "Comments",
    params(("subject" = Subject, Path, description = "What they are about.")),
    responses((status = 200, description = "The comments.", body = Comments)))]
pub(super) async fn list(visit: Visit, Path(subject): Path<String>) -> Reply<Comments> {
    needs(&visit, Action::Comment).await?;
    Ok(Json(Plain::of(visit.workbench().comments(&subject_of(&subject)?).await?)))
}

/// Say something about a row.
#[utoipa::path(post, path = "/api/v1/comments/{subject}", operation_id = "comment", tag = "Comments",
    params(("subject" = Subject, Path, description = "What it is about.")), request_body = NewComment,
    responses((status = 201, description = "Said.", body = Made)))]
pub(super) async fn say(
    visit: Visit,
    Path(subject): Path<String>,
    Given(new): Given<NewComment>,
) -> Result<(StatusCode, Json<Made>), Failure> {
    needs(&visit, Action::Comment).await?;
    let id = visit.workbench().comment(&subject_of(&subject)?, &new.text).await?;
    Ok((StatusCode::CREATED, Json(Made { id: Identifier(id) })))
}
