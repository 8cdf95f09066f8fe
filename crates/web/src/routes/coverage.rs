//! Coverage: how much of an exam's weight a program covers, where it is lost, and how to compute it again by hand.

mod view;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::AppState;
use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::crosswalk_id;
use view::CoverageView;
pub(in crate::routes) use view::score_words;

/// The route of the page.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/crosswalks/{id}/coverage", get(show))
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoverageTemplate<'a> {
    page: Page,
    view: CoverageView<'a>,
}

async fn show(State(state): State<AppState>, Path(id): Path<String>) -> Answer {
    let report = state.workbench().coverage(&crosswalk_id(&id)?).await?;
    let head = &report.crosswalk;
    let title = format!("Coverage of {} by {}", head.blueprint.name, head.program.name);
    let page = Page::new(&state, Section::Programs, title).await?;
    render(&CoverageTemplate { page, view: CoverageView::new(&report) })
}
