//! Coverage: how much of an exam's weight a program covers, where it is lost, and how to compute it again by hand.

mod view;

use askama::Template;
use axum::extract::Path;

use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::crosswalk_id;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;
use credway_workflow::SignoffHead;
use view::CoverageView;
pub(in crate::routes) use view::score_words;

/// The route of the page.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/crosswalks/{id}/coverage", Rule::May(&[Action::ReadCrosswalk]), show)
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoverageTemplate<'a> {
    page: Page,
    view: CoverageView<'a>,
    /// How the crosswalk's sign-off stands.
    signoff: Option<SignoffHead>,
    may_begin: bool,
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    let report = state.workbench().coverage(&crosswalk_id(&id)?).await?;
    let head = &report.crosswalk;
    let title = format!("Coverage of {} by {}", head.blueprint.name, head.program.name);
    let page = Page::new(&state, Section::Programs, title).await?;
    let signoff = state.workbench().latest_signoff(&head.id).await?;
    let may_begin = state.workbench().may_begin_signoff(&head.id).await?;
    render(&CoverageTemplate { page, view: CoverageView::new(&report), signoff, may_begin })
}
