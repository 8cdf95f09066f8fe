//! Coverage: how much of an exam's weight a program covers, where it is lost, and how to compute it again by hand.

mod reach;
mod view;

use askama::Template;
use axum::extract::{Path, Query};

use crate::page::{Answer, Page, Section, render};
use crate::routes::crosswalk::crosswalk_id;
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;
use credway_workflow::SignoffHead;
use reach::{ReachFields, ReachView};
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
    /// The least set of changes: the form, and what was found.
    reach: ReachView<'a>,
    /// How the crosswalk's sign-off stands.
    signoff: Option<SignoffHead>,
    may_begin: bool,
}

async fn show(state: Visit, Path(id): Path<String>, Query(fields): Query<ReachFields>) -> Answer {
    let crosswalk = crosswalk_id(&id)?;
    let report = state.workbench().coverage(&crosswalk).await?;
    let (mut wrong, mut found) = (None, None);
    match fields.request() {
        Ok(request) if fields.is_asked() => match state.workbench().change_set(&crosswalk, &request).await {
            Ok(answer) => found = Some(answer),
            Err(error) => wrong = Some(reach::refused(error)?),
        },
        Ok(_) => {}
        Err(field) => wrong = Some(field),
    }
    let head = &report.crosswalk;
    let title = format!("Coverage of {} by {}", head.blueprint.name, head.program.name);
    let page = Page::new(&state, Section::Programs, title).await?;
    let signoff = state.workbench().latest_signoff(&head.id).await?;
    let may_begin = state.workbench().may_begin_signoff(&head.id).await?;
    let reach = ReachView::new(&fields, wrong, found.as_ref());
    render(&CoverageTemplate { page, view: CoverageView::new(&report), reach, signoff, may_begin })
}
