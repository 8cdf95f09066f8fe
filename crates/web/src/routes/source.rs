//! A piece of an imported file with the place marked: where a value or a finding stands.

use askama::Template;
use axum::extract::{Path, Query};
use credway_workflow::SourceExcerpt;
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/sources/{id}", Rule::May(&[Action::ReadSource]), show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    place: Option<String>,
}

#[derive(Template)]
#[template(path = "source.html")]
struct SourceTemplate {
    page: Page,
    excerpt: SourceExcerpt,
    marked: bool,
    total: String,
    digest: String,
}

async fn show(state: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let place = asked.place.as_deref().filter(|place| !place.is_empty());
    let excerpt = state.workbench().source_excerpt(&id, place).await?;
    let page = Page::new(&state, Section::None, excerpt.name.clone()).await?;
    render(&SourceTemplate {
        page,
        marked: excerpt.lines.iter().any(|line| line.marked),
        total: words::number(excerpt.total),
        digest: excerpt.id.chars().take(12).collect(),
        excerpt,
    })
}
