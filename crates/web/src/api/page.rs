//! The page about the interface: every operation in words, as the OpenAPI document has it, and every kind of problem.

use askama::Template;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{OpenApi, RefOr};

use super::document::description;
use super::problem::{KINDS, Kind};
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api", Rule::Everybody, show)
}

/// One operation in words.
struct OperationView<'a> {
    method: &'static str,
    path: &'a str,
    id: &'a str,
    summary: &'a str,
    description: &'a str,
    /// The scopes of which a token needs one; none where any token will do.
    scopes: Vec<String>,
    /// Whether it needs no token.
    open: bool,
    parameters: Vec<ParameterView<'a>>,
    /// Name of the type of its body.
    body: Option<String>,
}

/// One parameter in words.
struct ParameterView<'a> {
    name: &'a str,
    in_path: bool,
    description: &'a str,
}

/// The operations under one heading.
struct GroupView<'a> {
    name: &'a str,
    about: &'a str,
    operations: Vec<OperationView<'a>>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiTemplate<'a> {
    page: Page,
    /// Whether people sign in here, so that programs need tokens.
    accounts: bool,
    groups: Vec<GroupView<'a>>,
    problems: &'a [Kind],
}

async fn show(visit: Visit) -> Answer {
    let page = Page::new(&visit, Section::None, "Interface for programs").await?;
    let accounts = visit.settings().accounts;
    render(&ApiTemplate { page, accounts, groups: groups(description()), problems: &KINDS })
}

fn groups(document: &OpenApi) -> Vec<GroupView<'_>> {
    let mut groups: Vec<GroupView<'_>> = document
        .tags
        .iter()
        .flatten()
        .map(|tag| GroupView {
            name: &tag.name,
            about: tag.description.as_deref().unwrap_or(""),
            operations: Vec::new(),
        })
        .collect();
    for (path, item) in &document.paths.paths {
        for (method, operation) in [("GET", &item.get), ("POST", &item.post)] {
            let Some(operation) = operation else { continue };
            let tag = operation.tags.iter().flatten().next().map_or("", String::as_str);
            if let Some(group) = groups.iter_mut().find(|group| group.name == tag) {
                group.operations.push(operation_view(method, path, operation));
            }
        }
    }
    groups
}

fn operation_view<'a>(method: &'static str, path: &'a str, operation: &'a Operation) -> OperationView<'a> {
    let security: Vec<serde_json::Value> =
        operation.security.iter().flatten().filter_map(|one| serde_json::to_value(one).ok()).collect();
    let scopes = security.iter().filter_map(|one| one.get("token")?.as_array());
    let scopes = scopes.flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect();
    let parameters = operation.parameters.iter().flatten().filter_map(|one| match one {
        RefOr::T(parameter) => Some(parameter_view(parameter)),
        RefOr::Ref(_) => None,
    });
    OperationView {
        method,
        path,
        id: operation.operation_id.as_deref().unwrap_or(""),
        summary: operation.summary.as_deref().unwrap_or(""),
        description: operation.description.as_deref().unwrap_or(""),
        scopes,
        open: security.is_empty(),
        parameters: parameters.collect(),
        body: operation.request_body.as_ref().and_then(body_type),
    }
}

fn parameter_view(parameter: &Parameter) -> ParameterView<'_> {
    ParameterView {
        name: &parameter.name,
        in_path: parameter.parameter_in == ParameterIn::Path,
        description: parameter.description.as_deref().unwrap_or(""),
    }
}

/// The last part of the reference to the type of a body.
fn body_type(body: &RefOr<utoipa::openapi::request_body::RequestBody>) -> Option<String> {
    let value = serde_json::to_value(body).ok()?;
    let reference = value.pointer("/content/application~1json/schema/$ref")?.as_str()?;
    reference.rsplit('/').next().map(str::to_owned)
}
