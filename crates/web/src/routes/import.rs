//! Import: choose a file, see what it seems to be and what would change, then confirm.
//!
//! Reading and writing run as work of their own; a page that is asked for before they end says how far they are.

mod form;
mod mapping;
mod outline;
mod uploads;
mod view;

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{Extension, Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use credway_workflow::{ImportAnswer, ImportProgress, ImportRequest, Kind};
use serde::Deserialize;
use serde_json::json;

use crate::AppState;
use crate::error_page::Failure;
use crate::jobs::Job;
use crate::page::{Answer, Page, Section, render};
use form::{FieldError, ImportFields};
use uploads::{Upload, Uploads};
use view::{ImportView, kind_label};

/// How long an answer waits for reading or writing before it shows the progress instead.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The routes of the import.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/import", get(choose).post(write))
        .route("/import/preview", post(send))
        .route("/import/preview/{token}", get(preview).post(again))
        .route("/import/result/{token}", get(result))
        .route("/import/progress/{token}", get(progress))
        .route("/import/stop/{token}", post(stop))
        .route("/import/templates/{name}", get(template))
        .layer(Extension(Uploads::default()))
}

/// One kind of file to choose.
struct KindChoice {
    word: &'static str,
    label: &'static str,
}

/// The form, with what was wrong when it came back.
struct FormView {
    kinds: Vec<KindChoice>,
    fields: ImportFields,
    errors: Vec<FieldError>,
    /// Whether a file was chosen that the browser will not send again.
    file_lost: bool,
}

impl FormView {
    fn new(fields: ImportFields, errors: Vec<FieldError>) -> Self {
        let order = [
            Kind::Blueprint,
            Kind::Courses,
            Kind::Outcomes,
            Kind::Program,
            Kind::Credential,
            Kind::Organization,
            Kind::Framework,
            Kind::Decisions,
        ];
        Self {
            kinds: order.map(|kind| KindChoice { word: kind.word(), label: kind_label(kind) }).into(),
            file_lost: !errors.is_empty() && fields.has_file(),
            fields,
            errors,
        }
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.sentence.as_str())
    }
}

#[derive(Template)]
#[template(path = "import.html")]
struct ChooseTemplate {
    page: Page,
    view: FormView,
}

#[derive(Template)]
#[template(path = "import_preview.html")]
struct PreviewTemplate<'a> {
    page: Page,
    view: ImportView<'a>,
}

#[derive(Template)]
#[template(path = "import_result.html")]
struct ResultTemplate<'a> {
    page: Page,
    view: ImportView<'a>,
}

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
enum Doing {
    Reading,
    Writing,
}

async fn choose(State(state): State<AppState>) -> Answer {
    let page = Page::new(&state, Section::Import, "Import a file").await?;
    render(&ChooseTemplate { page, view: FormView::new(ImportFields::default(), Vec::new()) })
}

/// Takes the file, or shows the form again with what is wrong.
async fn send(State(state): State<AppState>, Extension(uploads): Extension<Uploads>, form: Multipart) -> Answer {
    let fields = ImportFields::read(form).await?;
    match fields.request() {
        Ok(request) => {
            let token = uploads.keep(request);
            start(&state, &uploads, &token, Doing::Reading).await
        }
        Err(errors) => {
            let page = Page::new(&state, Section::Import, "Import a file: please correct").await?;
            let html = ChooseTemplate { page, view: FormView::new(fields, errors) }.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
    }
}

/// Takes corrected columns and accepted errors, and reads the file again.
async fn again(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Path(token): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    if upload.written.is_some() {
        return Ok(Redirect::to(&Doing::Writing.address(&token)).into_response());
    }
    let shown = upload.preview.as_ref().and_then(|answer| answer.mapping.as_ref());
    let (mapping, accept) = mapping::corrected(shown, &fields)?;
    let request = ImportRequest { mapping, accept, ..(*upload.request).clone() };
    uploads.change(&token, |upload| {
        upload.request = Arc::new(request);
        upload.preview = None;
    });
    start(&state, &uploads, &token, Doing::Reading).await
}

#[derive(Deserialize)]
struct WriteForm {
    token: String,
}

/// Writes what was previewed.
async fn write(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Form(form): Form<WriteForm>,
) -> Answer {
    let upload = find(&uploads, &form.token)?;
    if upload.written.as_ref().is_some_and(|answer| answer.written) {
        return Ok(Redirect::to(&Doing::Writing.address(&form.token)).into_response());
    }
    if upload.preview.is_none() {
        return Ok(Redirect::to(&Doing::Reading.address(&form.token)).into_response());
    }
    start(&state, &uploads, &form.token, Doing::Writing).await
}

impl Doing {
    fn address(self, token: &str) -> String {
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
async fn start(state: &AppState, uploads: &Uploads, token: &str, doing: Doing) -> Answer {
    let upload = find(uploads, token)?;
    let (workbench, person) = (state.workbench().clone(), state.person().clone());
    let (kept, name) = (uploads.clone(), token.to_owned());
    let number = state.jobs().start(doing.words(&upload.request.file.name), move |job| async move {
        let request = &upload.request;
        match doing {
            Doing::Reading => {
                let columns = workbench.import_columns(&request.file);
                let answer = Arc::new(workbench.preview_import(request, &person, &Told(job)).await?);
                kept.change(&name, |upload| (upload.preview, upload.columns) = (Some(answer), columns));
            }
            Doing::Writing => {
                let answer = Arc::new(workbench.import(request, &person, &Told(job)).await?);
                kept.change(&name, |upload| upload.keep_result(answer));
            }
        }
        Ok(doing.address(&name))
    });
    uploads.change(token, |upload| upload.job = Some(number));
    let waiting = async {
        while state.jobs().find(number).is_some_and(|job| job.end().is_none()) {
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    };
    // Late work is no failure: its page then shows how far it is.
    drop(tokio::time::timeout(PATIENCE, waiting).await);
    Ok(Redirect::to(&doing.address(token)).into_response())
}

/// The upload, or a page that says it has gone.
fn find(uploads: &Uploads, token: &str) -> Result<Upload, Failure> {
    uploads.find(token).ok_or_else(|| Failure {
        status: StatusCode::GONE,
        heading: "This file is no longer kept".to_owned(),
        message: "Files wait half an hour for you to confirm, and at most eight at a time. Nothing of it was written."
            .to_owned(),
        hint: "Choose the file again on the import page.".to_owned(),
        findings: Vec::new(),
    })
}

async fn preview(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Path(token): Path<String>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    let Some(answer) = upload.preview.clone() else {
        return wait(&state, &uploads, &token, &upload, Doing::Reading).await;
    };
    let page = Page::new(&state, Section::Import, format!("Preview: {}", upload.request.file.name)).await?;
    render(&PreviewTemplate { page, view: ImportView::new(&token, &upload, &answer) })
}

async fn result(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Path(token): Path<String>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    let Some(answer) = upload.written.clone() else {
        return wait(&state, &uploads, &token, &upload, Doing::Writing).await;
    };
    let title = if answer.written { "Imported" } else { "Nothing was imported" };
    let page = Page::new(&state, Section::Import, format!("{title}: {}", upload.request.file.name)).await?;
    render(&ResultTemplate { page, view: ImportView::new(&token, &upload, &answer) })
}

/// The page of work under way, or why it failed.
async fn wait(state: &AppState, uploads: &Uploads, token: &str, upload: &Upload, doing: Doing) -> Answer {
    let job = upload.job.and_then(|number| state.jobs().find(number));
    let Some(job) = job else { return Ok(Redirect::to("/import").into_response()) };
    if let Some(Err(failure)) = job.end() {
        uploads.forget(token);
        return Err(failure);
    }
    let (done, total) = job.progress();
    let heading = doing.words(&upload.request.file.name);
    let page = Page::new(state, Section::Import, heading.clone()).await?;
    render(&WaitTemplate { page, token, doing: &heading, words: progress_words(done, total), done, total })
}

/// How far reading is; writing to the database follows it and has no measure.
fn progress_words(done: u64, total: u64) -> String {
    match (done, total) {
        (_, 0) => "Beginning.".to_owned(),
        (done, total) if done >= total => "Every record is read; comparing with what is here.".to_owned(),
        (done, total) => format!("{} of {} records read.", crate::words::number(done), crate::words::number(total)),
    }
}

async fn progress(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Path(token): Path<String>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    let job = upload.job.and_then(|number| state.jobs().find(number));
    let (done, total) = job.as_ref().map_or((0, 0), |job| job.progress());
    let finished = job.is_none_or(|job| job.end().is_some());
    let told = json!({ "done": done, "total": total, "finished": finished, "words": progress_words(done, total) });
    Ok(Json(told).into_response())
}

async fn stop(
    State(state): State<AppState>,
    Extension(uploads): Extension<Uploads>,
    Path(token): Path<String>,
) -> Answer {
    let upload = find(&uploads, &token)?;
    if let Some(job) = upload.job.and_then(|number| state.jobs().find(number)) {
        job.stop();
    }
    Ok(Redirect::to("/import").into_response())
}

async fn template(Path(name): Path<String>) -> Answer {
    let kind = name.strip_suffix(".csv").and_then(Kind::read);
    let Some(kind) = kind else { return Err(Failure::no_such_page(&format!("/import/templates/{name}"))) };
    let disposition = format!("attachment; filename=\"{}-template.csv\"", kind.word());
    let about =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((about, credway_workflow::template(kind)).into_response())
}

impl Upload {
    /// Keeps what writing gave; the file's bytes are no longer needed once it is written.
    fn keep_result(&mut self, answer: Arc<ImportAnswer>) {
        if answer.written {
            let mut request = (*self.request).clone();
            request.file.bytes = Vec::new();
            self.request = Arc::new(request);
        } else {
            self.preview = Some(Arc::clone(&answer));
        }
        self.written = Some(answer);
    }
}
