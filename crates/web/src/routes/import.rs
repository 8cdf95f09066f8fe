//! Import: choose a file, see what it seems to be and what would change, then confirm.
//!
//! Reading and writing run as work of their own; a page that is asked for before they end says how far they are.

mod as_read;
mod correct;
mod form;
mod mapping;
mod outline;
mod under_way;
mod view;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use credway_model::Action;
use credway_workflow::{Kind, TemplateForm, UploadState, UploadedFile, guess_mapping, template_file};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use form::{FieldError, ImportFields};
use under_way::{Doing, progress, start, stop, wait_for_import, wait_for_reading};
pub(super) use view::size_words;
use view::{ImportView, kind_label};

/// Who may bring a file: what kind it is decides in the end.
const IMPORTING: Rule = Rule::May(&[Action::ImportCatalogue, Action::ImportShared, Action::ImportDecisions]);

/// The routes of the import.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/import", IMPORTING, choose)
        .post("/import", IMPORTING, write)
        .post("/import/preview", IMPORTING, send)
        .get("/import/preview/{token}", IMPORTING, preview)
        .post("/import/preview/{token}", IMPORTING, again)
        .get("/import/preview/{token}/courses", IMPORTING, as_read::courses)
        .get("/import/preview/{token}/courses/{number}", IMPORTING, as_read::course)
        .post("/import/preview/{token}/courses/{number}", IMPORTING, correct::correct)
        .get("/import/result/{token}", IMPORTING, result)
        .get("/import/progress/{token}", IMPORTING, progress)
        .post("/import/stop/{token}", IMPORTING, stop)
        .get("/import/templates/{name}", IMPORTING, template)
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
            Kind::Pathway,
            Kind::Requirements,
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

async fn choose(state: Visit) -> Answer {
    state.workbench().begin_import().await?;
    let page = Page::new(&state, Section::Import, "Import a file").await?;
    render(&ChooseTemplate { page, view: FormView::new(ImportFields::default(), Vec::new()) })
}

/// Takes the file, or shows the form again with what is wrong.
async fn send(state: Visit, form: Multipart) -> Answer {
    let fields = ImportFields::read(form).await?;
    match fields.request() {
        Ok(request) => {
            let token = state.workbench().keep_upload(&request, state.settings().uploads).await?;
            start(&state, &token, Doing::Reading).await
        }
        Err(errors) => {
            let page = Page::new(&state, Section::Import, "Import a file: please correct").await?;
            let html = ChooseTemplate { page, view: FormView::new(fields, errors) }.render()?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
    }
}

/// Takes corrected columns and accepted errors, and reads the file again.
async fn again(state: Visit, Path(token): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let upload = find(&state, &token).await?;
    if upload.is_writing() {
        return Ok(Redirect::to(&Doing::Writing.address(&token)).into_response());
    }
    // While the file is being read there is no preview: what it is read by is what was shown last.
    let read = state.worker().prepared(&token, upload.version);
    let previewed = read.as_ref().and_then(|read| read.answer.mapping.as_ref());
    let shown = previewed.or(upload.request.mapping.as_ref());
    let (mut mapping, accept) = mapping::corrected(shown, &fields)?;
    let profile = fields.iter().find(|(name, value)| name == "profile" && !value.is_empty()).map(|(_, value)| value);
    match profile.map(String::as_str) {
        Some(AFRESH) => {
            mapping = read.as_ref().and_then(|read| guess_mapping(upload.request.kind, &read.request.file, None));
        }
        Some(name) => {
            let mut saved = state.workbench().mapping(name).await?;
            // What was put right on this preview stays put right.
            shown.into_iter().flat_map(|shown| shown.corrections.clone()).for_each(|one| saved.put_right(one));
            mapping = Some(saved);
        }
        None => {}
    }
    let corrected = mapping.as_ref() != shown && profile.is_none_or(|profile| profile != AFRESH);
    let as_shown = !corrected && profile.is_none();
    let change = |request: &mut credway_workflow::KeptRequest| {
        let (before, remembered) = (request.corrected, request.remembered);
        request.accept = accept;
        request.correct(mapping);
        (request.corrected, request.remembered) = (before || corrected, remembered && as_shown);
    };
    state.workbench().change_upload(&token, change).await?;
    start(&state, &token, Doing::Reading).await
}

/// Instead of the name of a saved mapping: none, guessed afresh.
const AFRESH: &str = "-";

#[derive(Deserialize)]
struct WriteForm {
    token: String,
}

/// Writes what was previewed; once, however often the button is pressed.
async fn write(state: Visit, Form(form): Form<WriteForm>) -> Answer {
    let upload = find(&state, &form.token).await?;
    if upload.state == UploadState::Waiting {
        return Ok(Redirect::to(&Doing::Reading.address(&form.token)).into_response());
    }
    if upload.is_writing() {
        return Ok(Redirect::to(&Doing::Writing.address(&form.token)).into_response());
    }
    start(&state, &form.token, Doing::Writing).await
}

/// The file, or a page that says it has gone: the same for one that is somebody else's.
pub(super) async fn find(state: &Visit, token: &str) -> Result<UploadedFile, Failure> {
    state.workbench().upload(token).await?.ok_or_else(|| Failure {
        status: StatusCode::GONE,
        heading: "This file is no longer kept".to_owned(),
        message: "Files wait half an hour for you to confirm. What was not confirmed was not written.".to_owned(),
        hint: "Choose the file again on the import page; what was imported stands in the history.".to_owned(),
        findings: Vec::new(),
    })
}

async fn preview(state: Visit, Path(token): Path<String>) -> Answer {
    let upload = find(&state, &token).await?;
    let Some(read) = state.worker().prepared(&token, upload.version) else {
        return wait_for_reading(&state, &upload).await;
    };
    let page = Page::new(&state, Section::Import, format!("Preview: {}", upload.name)).await?;
    let profiles = state.workbench().mappings_for(upload.request.kind).await?;
    let document = read.request.file.is_document();
    render(&PreviewTemplate { page, view: ImportView { profiles, document, ..ImportView::new(&upload, &read.answer) } })
}

async fn result(state: Visit, Path(token): Path<String>) -> Answer {
    let upload = find(&state, &token).await?;
    let Some(answer) = upload.answer()? else {
        return wait_for_import(&state, &upload).await;
    };
    let title = if answer.written { "Imported" } else { "Nothing was imported" };
    let page = Page::new(&state, Section::Import, format!("{title}: {}", upload.name)).await?;
    render(&ResultTemplate { page, view: ImportView::new(&upload, &answer) })
}

async fn template(state: Visit, Path(name): Path<String>) -> Answer {
    state.workbench().begin_import().await?;
    let form = |ending: &str| match ending {
        "csv" => Some(TemplateForm::Csv),
        "xlsx" => Some(TemplateForm::Xlsx),
        _ => None,
    };
    let asked = name.rsplit_once('.').and_then(|(word, ending)| Some((Kind::read(word)?, form(ending)?)));
    let Some((kind, form)) = asked else { return Err(Failure::no_such_page(&format!("/import/templates/{name}"))) };
    let file = template_file(kind, form)?;
    let disposition = format!("attachment; filename=\"{}\"", file.file_name);
    let about = [(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((about, file.bytes).into_response())
}
