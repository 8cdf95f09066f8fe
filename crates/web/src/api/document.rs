//! The OpenAPI document: made from the handlers and their types, and completed with what all operations share, which is
//! read off the rules of their addresses and not written twice.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, Ref, RefOr};
use utoipa::{Modify, OpenApi};

use super::names::Identifier;
use super::problem::{KINDS, Kind, Problem};
use super::{
    assignments, blueprints, comments, courses, coverage, credentials, crosswalks, decisions, findings, history, me,
    operations, programs, review,
};
use crate::routing::{Listed, Routes, Rule};

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/openapi.json", Rule::Everybody, document)
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Credway",
        description = "The interface for programs: credentials, exam blueprints, courses, and how they align. What a \
            token may do is what its owner may do, limited to its scopes.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact()
    ),
    servers((url = "/", description = "This site.")),
    paths(
        me::me,
        me::institution,
        programs::list,
        programs::one,
        courses::list,
        courses::one,
        blueprints::list,
        blueprints::one,
        credentials::list,
        credentials::one,
        crosswalks::list,
        crosswalks::one,
        coverage::one,
        review::show,
        decisions::decide,
        decisions::undo,
        assignments::list,
        comments::list,
        comments::say,
        history::list,
        findings::list,
        document
    ),
    components(schemas(Problem, Identifier, comments::Subject)),
    tags(
        (name = "Who asks", description = "Whose token it is, what it may do, and whose site this is."),
        (name = "Catalogue", description = "Programs and courses."),
        (name = "Exams", description = "Exam blueprints and credentials."),
        (name = "Crosswalks", description = "How a program meets a blueprint: the matrix and coverage."),
        (name = "Review", description = "Candidates and words on them."),
        (name = "Comments", description = "What people say about rows."),
        (name = "Record", description = "The history, and what importers found."),
        (name = "Description", description = "This document.")
    ),
    modifiers(&Shared)
)]
struct Interface;

/// The document as it is sent.
static DOCUMENT: LazyLock<Result<String, serde_json::Error>> = LazyLock::new(|| {
    let mut text = serde_json::to_string_pretty(description())?;
    text.push('\n');
    Ok(text)
});

static DESCRIPTION: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(Interface::openapi);

/// The document.
pub(super) fn description() -> &'static utoipa::openapi::OpenApi {
    &DESCRIPTION
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", operation_id = "openapi", tag = "Description",
    responses((status = 200, description = "An OpenAPI 3.1 document.", body = Object)))]
async fn document() -> Response {
    match &*DOCUMENT {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text.as_str()).into_response(),
        Err(error) => {
            crate::error_page::Failure::defect(format!("The document cannot be written: {error}.")).into_response()
        }
    }
}

/// Adds to every operation who may ask and what may go wrong.
struct Shared;

impl Modify for Shared {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        for (name, scheme) in schemes() {
            components.add_security_scheme(name, scheme);
        }
        for kind in &KINDS {
            components.responses.insert(kind.word.to_owned(), problem(kind));
        }
        for listed in operations().into_parts().1 {
            let path = openapi.paths.paths.get_mut(listed.pattern);
            let operation = path.and_then(|item| match listed.method {
                "GET" => item.get.as_mut(),
                _ => item.post.as_mut(),
            });
            if let Some(operation) = operation {
                complete(operation, &listed);
            }
        }
    }
}

fn schemes() -> [(&'static str, SecurityScheme); 3] {
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
        "A token made on the page of your account. The words beside it are the scopes of which it needs one.",
    ));
    let session = "The session of a browser; over TLS the cookie is called __Host-credway-session.";
    let form = "The member csrf_token of /api/v1/me: needed with a session, not with a token.";
    [
        ("token", SecurityScheme::Http(token.build())),
        ("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description("credway-session", session)))),
        ("form", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("x-csrf-token", form)))),
    ]
}

/// The answer to a kind of problem.
fn problem(kind: &Kind) -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new()
        .description(format!("{}. {}", kind.title, kind.about))
        .content("application/problem+json", content);
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let response = match kind.status {
        StatusCode::UNAUTHORIZED => {
            let header = HeaderBuilder::new().schema(Some(text())).description(Some("How to sign in: Bearer.")).build();
            response.header("WWW-Authenticate", header)
        }
        StatusCode::TOO_MANY_REQUESTS => {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
            let header =
                HeaderBuilder::new().schema(Some(seconds)).description(Some("After how many seconds to ask again."));
            response.header("Retry-After", header.build())
        }
        _ => response,
    };
    RefOr::T(response.build())
}

/// Adds to an operation who may ask, by its rule, and what may go wrong, by its parts.
fn complete(operation: &mut Operation, listed: &Listed) {
    let writes = listed.method == "POST";
    let named = listed.pattern.contains('{');
    let asked = operation.parameters.iter().flatten().any(|one| matches!(one, RefOr::T(one) if !is_in_path(one)));
    let open = listed.rule == Rule::Everybody;
    operation.security = Some(match listed.rule {
        Rule::Everybody => Vec::new(),
        Rule::May(acts) => {
            let scoped = acts.iter().filter(|act| **act != credway_model::Action::OwnAccount).map(|act| act.word());
            let session = SecurityRequirement::new("session", [""; 0]);
            let session = if writes { session.add("form", [""; 0]) } else { session };
            vec![SecurityRequirement::new("token", scoped), session]
        }
    });
    let institution = listed.pattern == "/api/v1/institution";
    let undoes = listed.pattern.ends_with("/undo");
    for kind in &KINDS {
        let occurs = match kind.status {
            StatusCode::BAD_REQUEST => writes || asked || named,
            // A token that is good for nothing is refused everywhere.
            StatusCode::UNAUTHORIZED | StatusCode::MISDIRECTED_REQUEST | StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::FORBIDDEN => !open && (writes || !own(listed.rule)),
            StatusCode::NOT_FOUND => named || institution,
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNSUPPORTED_MEDIA_TYPE => writes,
            StatusCode::CONFLICT => undoes,
            StatusCode::UNPROCESSABLE_ENTITY => writes && !undoes,
            StatusCode::SERVICE_UNAVAILABLE => listed.pattern != "/api/v1/openapi.json",
            _ => false,
        };
        if occurs {
            let reference = RefOr::Ref(Ref::from_response_name(kind.word));
            operation.responses.responses.insert(kind.status.as_u16().to_string(), reference);
        }
    }
}

/// Whether what is asked for is everybody's own.
fn own(rule: Rule) -> bool {
    rule == Rule::May(&[credway_model::Action::OwnAccount])
}

fn is_in_path(parameter: &utoipa::openapi::path::Parameter) -> bool {
    parameter.parameter_in == utoipa::openapi::path::ParameterIn::Path
}
