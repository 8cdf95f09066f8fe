//! The list of exam blueprints.

use askama::Template;
use credway_workflow::BlueprintHead;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/blueprints", Rule::May(&[Action::ReadShared]), show)
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

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::Blueprints, "Blueprints").await?;
    let retired = state.workbench().retired_blueprints().await?;
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
