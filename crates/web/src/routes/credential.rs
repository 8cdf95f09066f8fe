//! One credential: what it calls itself, what the type check says, and its values.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use credway_workflow::CredentialPage;

use crate::AppState;
use crate::page::{Answer, Page, Section, render};

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/credentials/{id}", get(show))
}

#[derive(Template)]
#[template(path = "credential.html")]
struct CredentialTemplate {
    page: Page,
    credential: CredentialPage,
}

async fn show(State(state): State<AppState>, Path(id): Path<String>) -> Answer {
    let credential = state.workbench().credential(&id).await?;
    let page = Page::new(&state, Section::Credentials, credential.title.clone()).await?;
    render(&CredentialTemplate { page, credential })
}
