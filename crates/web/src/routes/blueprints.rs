//! The list of exam blueprints.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use credway_workflow::BlueprintHead;

use crate::AppState;
use crate::page::{Answer, Page, Section, render};
use crate::words;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/blueprints", get(show))
}

/// One blueprint version in the list.
struct Row {
    head: BlueprintHead,
    effective: Option<String>,
    retires: Option<String>,
    retired: bool,
}

#[derive(Template)]
#[template(path = "blueprints.html")]
struct BlueprintsTemplate {
    page: Page,
    rows: Vec<Row>,
}

async fn show(State(state): State<AppState>) -> Answer {
    let page = Page::new(&state, Section::Blueprints, "Blueprints").await?;
    let retired = state.workbench().home().await?.retired;
    let heads = state.workbench().blueprints().await?;
    let rows = heads
        .into_iter()
        .map(|head| Row {
            effective: head.effective.as_deref().map(words::day),
            retires: head.retires.as_deref().map(words::day),
            retired: retired.iter().any(|(named, _)| named.id == head.id),
            head,
        })
        .collect();
    render(&BlueprintsTemplate { page, rows })
}
