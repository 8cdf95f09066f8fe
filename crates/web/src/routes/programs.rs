//! The list of programs and collections.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use credway_workflow::ProgramHead;

use crate::AppState;
use crate::page::{Answer, Page, Section, render};

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/programs", get(show))
}

#[derive(Template)]
#[template(path = "programs.html")]
struct ProgramsTemplate {
    page: Page,
    programs: Vec<ProgramHead>,
}

async fn show(State(state): State<AppState>) -> Answer {
    let page = Page::new(&state, Section::Programs, "Programs").await?;
    let programs = state.workbench().programs().await?;
    render(&ProgramsTemplate { page, programs })
}
