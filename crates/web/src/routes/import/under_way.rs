//! Reading and importing as work of their own: begun, waited for, looked at, stopped.

use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use credway_workflow::{JobState, UploadState, UploadedFile, WorkItem, WorkflowError};
use serde_json::json;

use super::find;
use crate::error_page::Failure;
use crate::jobs::is_over;
use crate::page::{Answer, Page, Section, render};
use crate::visit::Visit;

/// How long an answer waits for reading or importing before it shows the progress instead.
const PATIENCE: Duration = Duration::from_millis(1_500);

#[derive(Template)]
#[template(path = "import_wait.html")]
struct WaitTemplate<'a> {
    page: Page,
    token: &'a str,
    doing: &'a str,
    words: String,
    done: u64,
    total: u64,
}

/// What the work is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Reading,
    Writing,
}

impl Doing {
    pub(super) fn address(self, token: &str) -> String {
        match self {
            Self::Reading => format!("/import/preview/{token}"),
            Self::Writing => format!("/import/result/{token}"),
        }
    }

    fn words(self, file: &str) -> String {
        match self {
            Self::Reading => format!("Reading {file}"),
            Self::Writing => format!("Importing {file}"),
        }
    }
}

/// Starts reading or importing, waits a little for its end, and goes to its page.
pub(super) async fn start(visit: &Visit, token: &str, doing: Doing) -> Answer {
    start_towards(visit, token, doing, &doing.address(token)).await
}

/// The same, and goes to another page of the file.
pub(super) async fn start_towards(visit: &Visit, token: &str, doing: Doing, page: &str) -> Answer {
    let (workbench, worker) = (visit.workbench(), visit.worker());
    let work = match doing {
        Doing::Reading => workbench.queue_reading(token, worker).await?,
        Doing::Writing => workbench.queue_import(token, worker).await?,
    };
    if let Some(work) = work {
        // Late work is no failure: its page then shows how far it is.
        worker.wait(&work, PATIENCE).await;
    }
    Ok(Redirect::to(page).into_response())
}

/// The page of a file that is not read here: of work under way, or why it failed. What this server has not read, or
/// forgot when it was started anew, it reads again.
pub(super) async fn wait_for_reading(visit: &Visit, upload: &UploadedFile) -> Answer {
    if upload.is_writing() {
        return Ok(Redirect::to(&Doing::Writing.address(&upload.token)).into_response());
    }
    let item = item(visit, upload).await?;
    match item.filter(WorkItem::reads) {
        Some(item) if !is_over(&item) => wait(visit, upload, Doing::Reading, &item).await,
        Some(WorkItem { end: Some(Err(failure)), .. }) => {
            visit.workbench().forget_upload(&upload.token, visit.worker()).await?;
            Err(failure.into())
        }
        _ => start(visit, &upload.token, Doing::Reading).await,
    }
}

/// The page of an import that has no result yet.
pub(super) async fn wait_for_import(visit: &Visit, upload: &UploadedFile) -> Answer {
    let item = item(visit, upload).await?;
    match item.filter(|item| !item.reads()) {
        Some(item) if !is_over(&item) => wait(visit, upload, Doing::Writing, &item).await,
        Some(WorkItem { end: Some(Err(failure)), .. }) => Err(failure.into()),
        _ if upload.state == UploadState::Written => Err(Failure::defect("The result of the import is not kept.")),
        _ => Ok(Redirect::to(&Doing::Reading.address(&upload.token)).into_response()),
    }
}

async fn wait(visit: &Visit, upload: &UploadedFile, doing: Doing, item: &WorkItem) -> Answer {
    let heading = doing.words(&upload.name);
    let page = Page::new(visit, Section::Import, heading.clone()).await?;
    render(&WaitTemplate {
        page,
        token: &upload.token,
        doing: &heading,
        words: progress_words(item),
        done: item.done,
        total: item.total,
    })
}

/// The work on the file that is under way or was done last.
async fn item(visit: &Visit, upload: &UploadedFile) -> Result<Option<WorkItem>, Failure> {
    let Some(id) = &upload.job else { return Ok(None) };
    match visit.workbench().work_item(id, visit.worker()).await {
        Err(WorkflowError::NotFound { .. }) => Ok(None),
        found => Ok(Some(found?)),
    }
}

/// How far reading is; writing to the database follows it and has no measure.
fn progress_words(item: &WorkItem) -> String {
    match (item.done, item.total) {
        _ if item.stopping => "Stopping, if it is not too late.".to_owned(),
        _ if item.state == JobState::Queued && item.attempts > 0 => "Waiting to be begun again.".to_owned(),
        (_, 0) => "Beginning.".to_owned(),
        (done, total) if done >= total => "Every record is read; comparing with what is here.".to_owned(),
        (done, total) => format!("{} of {} records read.", crate::words::number(done), crate::words::number(total)),
    }
}

pub(super) async fn progress(visit: Visit, Path(token): Path<String>) -> Answer {
    let upload = find(&visit, &token).await?;
    let item = item(&visit, &upload).await?;
    let (done, total) = item.as_ref().map_or((0, 0), |item| (item.done, item.total));
    let finished = item.as_ref().is_none_or(is_over);
    let words = item.as_ref().map_or_else(String::new, progress_words);
    let told = json!({ "done": done, "total": total, "finished": finished, "words": words });
    Ok(Json(told).into_response())
}

/// Asks the work to stop. A file that is not being imported is discarded.
pub(super) async fn stop(visit: Visit, Path(token): Path<String>) -> Answer {
    let upload = find(&visit, &token).await?;
    if !upload.is_writing() {
        visit.workbench().forget_upload(&token, visit.worker()).await?;
        return Ok(Redirect::to("/import").into_response());
    }
    // Writing may be past the point where it can stop: its page says what came of it.
    visit.workbench().stop_import(&token, visit.worker()).await?;
    Ok(Redirect::to(&Doing::Writing.address(&token)).into_response())
}
