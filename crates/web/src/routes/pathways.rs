//! The list of pathways, and the way to begin one.

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect};
use credway_model::{Action, Ctid};
use credway_workflow::{Named, PathwayHead};
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
    /// Where a pathway may be begun.
    institutions: Vec<Named>,
    may_import: bool,
}

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::Pathways, "Pathways").await?;
    let pathways = state.workbench().pathways().await?;
    let institutions = state.workbench().pathway_institutions().await?;
    let may_import = state.workbench().may_somewhere(Action::ImportCatalogue).await?;
    render(&PathwaysTemplate { page, pathways, institutions, may_import })
}

#[derive(Deserialize)]
struct BeginForm {
    title: String,
    /// Only where there are several to choose from.
    institution: Option<Ctid>,
}

async fn begin(state: Visit, Form(form): Form<BeginForm>) -> Answer {
    let id = state.workbench().begin_pathway(&form.title, form.institution.as_ref()).await?;
    Ok(Redirect::to(&format!("/pathways/{id}")).into_response())
}
