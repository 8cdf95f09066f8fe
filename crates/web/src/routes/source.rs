//! A piece of an imported file with the place marked: where a value or a finding stands.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use credway_workflow::SourceExcerpt;
use serde::Deserialize;

use crate::AppState;
use crate::page::{Answer, Page, Section, render};
use crate::words;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/sources/{id}", get(show))
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

async fn show(State(state): State<AppState>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
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
