//! The crosswalk as a matrix of blueprint statements and courses, a window of it at a time, and its exports.

mod view;
mod window;

use askama::Template;
use axum::extract::{Path, Query};
use credway_model::Ctid;
use credway_workflow::{ExportFormat, SignoffHead};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routes::report::download;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;
use view::{MatrixView, anchors};
use window::WindowFields;

/// The routes of the matrix and its exports.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/crosswalks/{id}", Rule::May(&[Action::ReadCrosswalk]), show).get(
        "/crosswalks/{id}/export",
        Rule::May(&[Action::Export]),
        export,
    )
}

/// Reads a crosswalk's identifier from an address.
///
/// # Errors
/// A failure that says what an identifier looks like.
pub(in crate::routes) fn crosswalk_id(given: &str) -> Result<Ctid, Failure> {
    given.parse().map_err(|error: credway_model::CtidError| Failure {
        heading: "There is no such crosswalk".to_owned(),
        message: format!("The address names no crosswalk: {error}."),
        hint: "Open a crosswalk from its program or blueprint.".to_owned(),
        ..Failure::no_such_page(given)
    })
}

/// A failure for a part of the address that cannot be taken.
pub(in crate::routes) fn wrong_address(sentence: String) -> Failure {
    Failure::refused(sentence, "Correct the address, or leave that part out.")
        .with_status(axum::http::StatusCode::BAD_REQUEST)
}

#[derive(Template)]
#[template(path = "crosswalk.html")]
struct CrosswalkTemplate<'a> {
    page: Page,
    view: MatrixView<'a>,
    /// Whether who looks may share its sheet.
    shares: bool,
    /// How its sign-off stands.
    signoff: Option<SignoffHead>,
    may_begin: bool,
}

async fn show(state: Visit, Path(id): Path<String>, Query(fields): Query<WindowFields>) -> Answer {
    let filter = window::read(&fields).map_err(wrong_address)?;
    let matrix = state.workbench().matrix(&crosswalk_id(&id)?, &filter).await?;
    let title = format!("{} × {}", matrix.crosswalk.program.name, matrix.crosswalk.blueprint.name);
    let page = Page::new(&state, Section::Programs, title).await?;
    let anchors = anchors(&matrix);
    let shares = state.workbench().may_share(&matrix.crosswalk.id).await?;
    let signoff = state.workbench().latest_signoff(&matrix.crosswalk.id).await?;
    let may_begin = state.workbench().may_begin_signoff(&matrix.crosswalk.id).await?;
    render(&CrosswalkTemplate { page, shares, view: MatrixView::new(&matrix, &filter, &anchors), signoff, may_begin })
}

#[derive(Deserialize)]
struct ExportFields {
    #[serde(default)]
    format: String,
}

async fn export(state: Visit, Path(id): Path<String>, Query(fields): Query<ExportFields>) -> Answer {
    let format = match fields.format.as_str() {
        "xlsx" => ExportFormat::Xlsx,
        "csv" => ExportFormat::Csv,
        "json" => ExportFormat::Json,
        "pdf" => ExportFormat::Pdf,
        "docx" => ExportFormat::Docx,
        "html" => ExportFormat::Html,
        other => {
            let forms = "xlsx, csv, json, pdf, docx or html";
            return Err(wrong_address(format!("“format={other}” is not known: it may be {forms}.")));
        }
    };
    Ok(download(state.workbench().export_crosswalk(&crosswalk_id(&id)?, format).await?))
}
