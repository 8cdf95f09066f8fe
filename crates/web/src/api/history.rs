//! The history for programs of others: who did what, when, and why, newest first, a page at a time.

use axum::Json;
use credway_model::{Action, ChangeKind, Text};
use credway_workflow::HistoryFilter;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::Reply;
use super::asked::{Asked, LARGEST_NUMBER, malformed, needs, number};
use super::names::Identifier;
use super::wire::{Plain, wire};
use crate::error_page::Failure;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadHistory;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/history", Rule::May(&[READ]), list)
}

wire! {
    /// One line of the history.
    HistoryLine from credway_workflow::HistoryLine {
        /// Number of the line, rising with time.
        number: u64,
        /// When, ISO 8601.
        at: String,
        /// Who.
        person: String,
        /// What was done.
        kind: String,
        /// To what kind of thing.
        subject_kind: String,
        /// To which thing.
        subject: Identifier,
        /// In words.
        summary: String,
        /// Why.
        reason: Option<String>,
        /// From where, for whoever looks after the server.
        origin: Option<String>,
    }
}

/// A kind of change.
struct ChangeWord;

impl PartialSchema for ChangeWord {
    fn schema() -> RefOr<Schema> {
        let words = ChangeKind::WORDS.iter().map(|(word, _)| *word);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
    }
}

impl ToSchema for ChangeWord {}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryAsked {
    /// Only about this thing.
    subject: Option<Identifier>,
    /// Only by this person, by the whole name; it begins with a letter or sign that is seen.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = "^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000][^\\u0000-\\u001f\\u007f-\\u009f]*$"
    )]
    person: Option<String>,
    /// Only this kind of change.
    #[param(inline, value_type = Option<ChangeWord>)]
    kind: Option<String>,
    /// Only lines before this number: `next` of the page before.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 9007199254740991_u64)]
    before: Option<String>,
    /// The most lines of the page.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500, default = 100)]
    limit: Option<String>,
}

impl HistoryAsked {
    fn filter(&self, limit: u64) -> Result<HistoryFilter, Failure> {
        if self.person.as_ref().is_some_and(|name| !is_plain_name(name)) {
            return Err(malformed("“person” is a name of 1 to 200 characters that begins with one that is seen"));
        }
        if self.kind.as_ref().is_some_and(|kind| !ChangeKind::WORDS.iter().any(|(word, _)| word == kind)) {
            let words = ChangeKind::WORDS.map(|(word, _)| word).join(", ");
            return Err(malformed(format!("“kind” is one of {words}")));
        }
        let before = match &self.before {
            None => None,
            given => Some(number("before", given.as_ref(), 1..=LARGEST_NUMBER, 1)?),
        };
        Ok(HistoryFilter {
            subject: self.subject.map(|subject| subject.0),
            person: self.person.clone(),
            kind: self.kind.clone(),
            before,
            limit,
        })
    }
}

/// Whether it is a name that somebody can have: what is no name must not find everybody's lines.
fn is_plain_name(given: &str) -> bool {
    !given.starts_with(char::is_whitespace) && !given.chars().any(char::is_control) && Text::name(given).is_ok()
}

/// A page of the history.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct History {
    /// The lines, newest first.
    items: Vec<HistoryLine>,
    /// What `before` is for the next page; absent on the last.
    next: Option<u64>,
}

/// The history, newest first, a page at a time.
#[utoipa::path(get, path = "/api/v1/history", operation_id = "listHistory", tag = "Record", params(HistoryAsked),
    responses((status = 200, description = "The lines.", body = History)))]
pub(super) async fn list(visit: Visit, Asked(asked): Asked<HistoryAsked>) -> Reply<History> {
    needs(&visit, READ).await?;
    let limit = number("limit", asked.limit.as_ref(), 1..=500, 100)?;
    // One more than wanted shows whether there is another page.
    let mut lines = visit.workbench().history(&asked.filter(limit + 1)?).await?;
    let more = lines.len() as u64 > limit;
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = lines.last().filter(|_| more).map(|last| last.number);
    Ok(Json(History { items: Plain::of(lines), next }))
}
