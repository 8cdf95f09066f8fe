//! The list of credentials, each with what the type check says.

use askama::Template;
use credway_workflow::CredentialPage;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/credentials", Rule::May(&[Action::ReadShared]), show)
}

/// One credential in the list.
struct Row {
    credential: CredentialPage,
    issuer: Option<String>,
    validity: Option<String>,
    /// Findings above a note.
    warnings: usize,
    notes: usize,
}

#[derive(Template)]
#[template(path = "credentials.html")]
struct CredentialsTemplate {
    page: Page,
    rows: Vec<Row>,
}

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::Credentials, "Credentials").await?;
    let rows = state
        .workbench()
        .credentials()
        .await?
        .into_iter()
        .map(|credential| {
            let notes =
                credential.findings.iter().filter(|finding| finding.severity == credway_model::Severity::Note).count();
            Row {
                issuer: value(&credential, "Issuer"),
                validity: value(&credential, "Valid for"),
                warnings: credential.findings.len() - notes,
                notes,
                credential,
            }
        })
        .collect();
    render(&CredentialsTemplate { page, rows })
}

fn value(credential: &CredentialPage, label: &str) -> Option<String> {
    credential.values.iter().find(|value| value.label == label)?.value.clone()
}
