//! The list of pathways, and the way to begin one.

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect};
use credway_model::Action;
use credway_workflow::PathwayHead;
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/pathways", Rule::May(&[Action::ReadCatalogue]), show).post(
        "/pathways",
        Rule::May(&[Action::DesignPathway]),
        begin,
    )
}

#[derive(Template)]
#[template(path = "pathways.html")]
struct PathwaysTemplate {
    page: Page,
    pathways: Vec<PathwayHead>,
    may_design: bool,
}

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::Pathways, "Pathways").await?;
    let pathways = state.workbench().pathways().await?;
    let may_design = state.workbench().may_somewhere(Action::DesignPathway).await?;
    render(&PathwaysTemplate { page, pathways, may_design })
}

#[derive(Deserialize)]
struct BeginForm {
    title: String,
}

async fn begin(state: Visit, Form(form): Form<BeginForm>) -> Answer {
    let id = state.workbench().begin_pathway(&form.title, None).await?;
    Ok(Redirect::to(&format!("/pathways/{id}")).into_response())
}
