//! Findings for programs of others: what importers found wrong, filtered, a page at a time.

use axum::Json;
use credway_model::Action;
use credway_workflow::FindingRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Reply;
use super::asked::{Asked, LARGEST_NUMBER, needs, place, words};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadFindings;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/findings", Rule::May(&[READ]), list)
}

wire! {
    /// What was found wrong or is worth a look.
    Finding from credway_model::Finding {
        /// Stable code, for example `blueprint.weights-total`.
        code: String,
        /// How much it matters.
        severity: Severity,
        /// Name of the file, if it is about one.
        file: Option<String>,
        /// Where, in words.
        place: String,
        /// What was found, as a sentence.
        message: String,
        /// What to do about it, as a sentence.
        hint: String,
    }

    /// A finding with the imported file it is about.
    SourceFinding from FindingRow {
        /// Identifier of the imported file.
        source: String,
        /// The finding.
        finding: Finding,
    }
}

impl Plain<credway_model::Place> for String {
    fn of(given: credway_model::Place) -> Self {
        given.to_string()
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// Good to know; nothing to do.
    Note,
    /// Worth a look; the record was taken.
    Warning,
    /// The file is not written until this is mended or expressly accepted.
    Error,
}

impl Plain<credway_model::Severity> for Severity {
    fn of(given: credway_model::Severity) -> Self {
        match given {
            credway_model::Severity::Note => Self::Note,
            credway_model::Severity::Warning => Self::Warning,
            credway_model::Severity::Error => Self::Error,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FindingsAsked {
    /// Only those that matter so much.
    #[param(inline)]
    severity: Option<Severity>,
    /// Only those of this code.
    #[param(max_length = 200, pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$")]
    code: Option<String>,
    /// Only those about the file of this name.
    #[param(max_length = 200, pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$")]
    file: Option<String>,
    /// The first finding of the page, from 0.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 9007199254740991_u64, default = 0)]
    from: Option<String>,
    /// The most findings of the page.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500, default = 100)]
    limit: Option<String>,
}

/// A page of findings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Findings {
    /// The findings of this page, errors first.
    items: Vec<SourceFinding>,
    /// How many match.
    total: usize,
    /// Where the next page begins; absent on the last.
    next: Option<usize>,
}

/// What importers found, errors first, a page at a time.
#[utoipa::path(get, path = "/api/v1/findings", operation_id = "listFindings", tag = "Record", params(FindingsAsked),
    responses((status = 200, description = "The findings that match.", body = Findings)))]
pub(super) async fn list(visit: Visit, Asked(asked): Asked<FindingsAsked>) -> Reply<Findings> {
    needs(&visit, READ).await?;
    let from = place("from", asked.from.as_ref(), 0..=LARGEST_NUMBER, 0)?;
    let limit = place("limit", asked.limit.as_ref(), 1..=500, 100)?;
    let (code, file) = (words("code", asked.code)?, words("file", asked.file)?);
    let takes = |row: &FindingRow| {
        let finding = &row.finding;
        asked.severity.is_none_or(|wanted| wanted == Severity::of(finding.severity))
            && (code.is_empty() || code == finding.code)
            && (file.is_empty() || Some(file.as_str()) == finding.file.as_deref())
    };
    let mut rows = visit.workbench().findings().await?;
    rows.retain(takes);
    let total = rows.len();
    let items: Vec<SourceFinding> = Plain::of(rows.into_iter().skip(from).take(limit).collect::<Vec<_>>());
    let behind = from.saturating_add(items.len());
    let next = (behind < total && !items.is_empty()).then_some(behind);
    Ok(Json(Findings { items, total, next }))
}
