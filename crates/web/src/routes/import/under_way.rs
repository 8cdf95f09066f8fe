//! Reading and writing as work of their own: begun, waited for, looked at, stopped.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::extract::{Extension, Path};
use axum::response::{IntoResponse, Redirect};
use credway_workflow::{ImportProgress, ImportRequest, Workbench};
use serde_json::json;

use super::find;
use super::uploads::{Upload, Uploads};
use crate::jobs::Job;
use crate::page::{Answer, Page, Section, render};
use crate::visit::Visit;

/// How long an answer waits for reading or writing before it shows the progress instead.
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
#[derive(Clone, Copy)]
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

/// Tells a piece of work how far reading is.
struct Told(Arc<Job>);

impl ImportProgress for Told {
    fn advance(&self, done: u64, total: u64) {
        credway_workflow::Progress::advance(&*self.0, done, total);
    }

    fn cancelled(&self) -> bool {
        credway_workflow::Progress::cancelled(&*self.0)
    }
}

/// Starts reading or writing, waits a little for its end, and goes to its page.
pub(super) async fn start(state: &Visit, uploads: &Uploads, token: &str, doing: Doing) -> Answer {
    start_towards(state, uploads, token, doing, &doing.address(token)).await
}

/// The same, and goes to another page of the file.
pub(super) async fn start_towards(state: &Visit, uploads: &Uploads, token: &str, doing: Doing, page: &str) -> Answer {
    let begin = |upload: &Upload| begin(state, uploads, token, upload, doing);
    match doing {
        Doing::Reading => uploads.change(token, |upload| upload.job = Some(begin(upload))),
        Doing::Writing => uploads.begin_writing(token, begin),
    }
    let number = find(uploads, token)?.job;
    let waiting = async {
        while number.and_then(|number| state.jobs().find(number)).is_some_and(|job| job.end().is_none()) {
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    };
    // Late work is no failure: its page then shows how far it is.
    drop(tokio::time::timeout(PATIENCE, waiting).await);
    Ok(Redirect::to(page).into_response())
}

/// Begins the work and gives its number.
fn begin(state: &Visit, uploads: &Uploads, token: &str, upload: &Upload, doing: Doing) -> u64 {
    let (workbench, request) = (state.workbench().clone(), Arc::clone(&upload.request));
    let (kept, name) = (uploads.clone(), token.to_owned());
    let (corrected, columns) = (upload.corrected, upload.columns.clone());
    state.jobs().start(doing.words(&request.file.name), move |job| async move {
        match doing {
            Doing::Reading => {
                let (told, begun) = (Told(job), Arc::clone(&request));
                let file = workbench.recognised(request.file.clone(), &told).await?;
                let request = Arc::new(ImportRequest { file, ..(*request).clone() });
                let columns = workbench.import_columns(request.kind, &request.file);
                let request = with_remembered(&workbench, request, &columns).await;
                let answer = workbench.preview_import(&request, &told).await?;
                kept.change(&name, |upload| {
                    // It may have been sent again with other corrections meanwhile; then that reading counts.
                    if !Arc::ptr_eq(&upload.request, &begun) {
                        return;
                    }
                    upload.remembered |= upload.request.mapping.is_none() && request.mapping.is_some();
                    upload.request = request;
                    upload.keep_preview(answer, columns);
                });
            }
            Doing::Writing => {
                let answer = workbench.import(&request, &Told(job)).await?;
                if let (Some(mapping), true) = (&answer.mapping, corrected && answer.written) {
                    // That it could not be kept is no reason to doubt the import.
                    drop(workbench.remember_mapping(mapping, &request, &columns).await);
                }
                kept.change(&name, |upload| upload.keep_result(answer));
            }
        }
        Ok(doing.address(&name))
    })
}

/// The request with the mapping kept for such a file, unless it has one.
async fn with_remembered(workbench: &Workbench, request: Arc<ImportRequest>, columns: &[String]) -> Arc<ImportRequest> {
    if request.mapping.is_some() {
        return request;
    }
    match workbench.remembered_mapping(&request, columns).await {
        Some(mapping) => Arc::new(ImportRequest { mapping: Some(mapping), ..(*request).clone() }),
        None => request,
    }
}

/// The page of work under way, or why it failed.
pub(super) async fn wait(state: &Visit, uploads: &Uploads, token: &str, upload: &Upload, doing: Doing) -> Answer {
    let job = upload.job.and_then(|number| state.jobs().find(number));
    let Some(job) = job else {
        let instead = if upload.preview.is_some() { Doing::Reading.address(token) } else { "/import".to_owned() };
        return Ok(Redirect::to(&instead).into_response());
    };
    if let Some(Err(failure)) = job.end() {
        match doing {
            Doing::Reading => uploads.forget(token),
            // It may be tried again from the preview.
            Doing::Writing => uploads.change(token, |upload| (upload.writing, upload.job) = (false, None)),
        }
        return Err(failure);
    }
    let (done, total) = job.progress();
    let heading = doing.words(&upload.request.file.name);
    let page = Page::new(state, Section::Import, heading.clone()).await?;
    render(&WaitTemplate { page, token, doing: &heading, words: progress_words(&job), done, total })
}

/// How far reading is; writing to the database follows it and has no measure.
fn progress_words(job: &Job) -> String {
    match job.progress() {
        _ if job.is_stopping() => "Stopping, if it is not too late.".to_owned(),
        (_, 0) => "Beginning.".to_owned(),
        (done, total) if done >= total => "Every record is read; comparing with what is here.".to_owned(),
        (done, total) => format!("{} of {} records read.", crate::words::number(done), crate::words::number(total)),
    }
}

pub(super) async fn progress(
    state: Visit,
    Extension(uploads): Extension<Uploads>,
    Path(token): Path<String>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    let job = upload.job.and_then(|number| state.jobs().find(number));
    let (done, total) = job.as_ref().map_or((0, 0), |job| job.progress());
    let finished = job.as_ref().is_none_or(|job| job.end().is_some());
    let words = job.as_ref().map_or_else(String::new, |job| progress_words(job));
    let told = json!({ "done": done, "total": total, "finished": finished, "words": words });
    Ok(Json(told).into_response())
}

/// Asks the work to stop.
pub(super) async fn stop(state: Visit, Extension(uploads): Extension<Uploads>, Path(token): Path<String>) -> Answer {
    let upload = find(&uploads, &token)?;
    if let Some(job) = upload.job.and_then(|number| state.jobs().find(number)) {
        job.stop();
    }
    if !upload.writing {
        return Ok(Redirect::to("/import").into_response());
    }
    // Writing may be past the point where it can stop: its page says what came of it.
    uploads.change(&token, |upload| upload.stopped = true);
    Ok(Redirect::to(&Doing::Writing.address(&token)).into_response())
}
