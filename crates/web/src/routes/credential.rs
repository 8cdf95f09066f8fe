//! One credential: what it calls itself, what the type check says, and its values.

use askama::Template;
use axum::extract::Path;
use credway_workflow::CredentialPage;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/credentials/{id}", Rule::May(&[Action::ReadShared]), show)
}

#[derive(Template)]
#[template(path = "credential.html")]
struct CredentialTemplate {
    page: Page,
    credential: CredentialPage,
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    let credential = state.workbench().credential(&id).await?;
    let page = Page::new(&state, Section::Credentials, credential.title.clone()).await?;
    render(&CredentialTemplate { page, credential })
}
