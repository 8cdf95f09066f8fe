//! A learner's courses against what a program requires. What is sent is read, used and dropped: it stands in no address, no
//! history and no log, and no browser or proxy may keep the answer.

mod form;
mod view;

use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use credway_model::Action;
use credway_workflow::{EXCEPTIONS_TEMPLATE, Named, TAKEN_TEMPLATE};

use crate::error_page::Failure;
use crate::page::{Answer, Page, Section};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use form::{AuditFields, FieldError};
use view::AuditView;

const READS: Rule = Rule::May(&[Action::ReadCatalogue]);

pub(crate) fn routes() -> Routes {
    Routes::new().get("/programs/{id}/audit", READS, show).post("/programs/{id}/audit", READS, audit)
}

#[derive(Template)]
#[template(path = "degree_audit.html")]
struct AuditTemplate {
    page: Page,
    program: Named,
    /// Whether it says what it requires.
    required: bool,
    /// Other programs that can be audited together with it, each with whether it is chosen.
    others: Vec<(Named, bool)>,
    fields: AuditFields,
    errors: Vec<FieldError>,
    result: Option<AuditView>,
    taken_template: &'static str,
    exceptions_template: &'static str,
}

impl AuditTemplate {
    fn wrong(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.sentence.as_str())
    }
}

/// The page around a form; what it says beside the title comes after.
async fn surroundings(state: &Visit, id: &str, fields: AuditFields) -> Result<AuditTemplate, Failure> {
    let program = state.workbench().program(id).await?;
    let award = program.head.award.as_ref().map_or_else(String::new, |award| format!(" {award}"));
    let named = Named { id: program.head.id, name: format!("{}{award}", program.head.title) };
    let others = state.workbench().programs_with_requirements().await?.into_iter().filter(|one| one.id != named.id);
    let others = others.map(|one| {
        let chosen = fields.with.contains(&one.id.to_string());
        (one, chosen)
    });
    Ok(AuditTemplate {
        page: Page::new(state, Section::Programs, format!("Audit: {}", named.name)).await?,
        required: program.requirements.is_some(),
        others: others.collect(),
        program: named,
        fields,
        errors: Vec::new(),
        result: None,
        taken_template: TAKEN_TEMPLATE,
        exceptions_template: EXCEPTIONS_TEMPLATE,
    })
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    Ok(unkept(StatusCode::OK, surroundings(&state, &id, AuditFields::default()).await?.render()?))
}

async fn audit(state: Visit, Path(id): Path<String>, form: Multipart) -> Answer {
    let fields = AuditFields::read(form).await?;
    let request = fields.request(&id);
    let mut page = surroundings(&state, &id, fields).await?;
    match request {
        Err(errors) => {
            page.errors = errors;
            Ok(unkept(StatusCode::UNPROCESSABLE_ENTITY, page.render()?))
        }
        Ok(request) => {
            page.result = Some(AuditView::new(state.workbench().audit_program(&request).await?));
            Ok(unkept(StatusCode::OK, page.render()?))
        }
    }
}

/// A page that nobody may keep.
fn unkept(status: StatusCode, html: String) -> Response {
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
