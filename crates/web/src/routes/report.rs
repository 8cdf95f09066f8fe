//! Reports: what the files of coverage and crosswalk say, as a page, and the files.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use credway_model::Ctid;
use credway_workflow::{Exported, ReportForm, ReportPreview};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::{crosswalk_id, wrong_address};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;

/// The routes of both reports and of the coverage report's files.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/crosswalks/{id}/report", Rule::May(&[Action::ReadCrosswalk]), coverage)
        .get("/crosswalks/{id}/report/crosswalk", Rule::May(&[Action::ReadCrosswalk]), crosswalk)
        .get("/crosswalks/{id}/coverage/export", Rule::May(&[Action::Export]), export)
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportTemplate {
    page: Page,
    id: Ctid,
    preview: ReportPreview,
    /// Words and addresses of the files.
    downloads: Vec<(&'static str, String)>,
}

async fn coverage(state: Visit, Path(id): Path<String>) -> Answer {
    let id = crosswalk_id(&id)?;
    let preview = state.workbench().coverage_preview(&id).await?;
    show(&state, id, preview, &format!("/crosswalks/{id}/coverage/export")).await
}

async fn crosswalk(state: Visit, Path(id): Path<String>) -> Answer {
    let id = crosswalk_id(&id)?;
    let preview = state.workbench().crosswalk_preview(&id).await?;
    show(&state, id, preview, &format!("/crosswalks/{id}/export")).await
}

async fn show(state: &Visit, id: Ctid, preview: ReportPreview, files: &str) -> Answer {
    let page = Page::new(state, Section::Programs, format!("Report. {}", preview.title)).await?;
    let file = |word, form: &str| (word, format!("{files}?format={form}"));
    let downloads = vec![file("PDF", "pdf"), file("DOCX", "docx"), file("XLSX", "xlsx")];
    render(&ReportTemplate { page, id, preview, downloads })
}

#[derive(Deserialize)]
struct ExportFields {
    #[serde(default)]
    format: String,
}

async fn export(state: Visit, Path(id): Path<String>, Query(fields): Query<ExportFields>) -> Answer {
    let form = match fields.format.as_str() {
        "pdf" => ReportForm::Pdf,
        "docx" => ReportForm::Docx,
        "xlsx" => ReportForm::Xlsx,
        "html" => ReportForm::Html,
        other => {
            return Err(wrong_address(format!("“format={other}” is not known: it may be pdf, docx, xlsx or html.")));
        }
    };
    Ok(download(state.workbench().export_coverage(&crosswalk_id(&id)?, form).await?))
}

/// A file to keep.
pub(in crate::routes) fn download(file: Exported) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", file.file_name);
    ([(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], file.bytes)
        .into_response()
}
