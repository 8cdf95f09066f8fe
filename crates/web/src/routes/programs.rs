//! The list of programs and collections.

use askama::Template;
use credway_workflow::ProgramHead;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/programs", Rule::May(&[Action::ReadCatalogue]), show)
}

#[derive(Template)]
#[template(path = "programs.html")]
struct ProgramsTemplate {
    page: Page,
    programs: Vec<ProgramHead>,
    /// Whether who looks may see what the engine learned.
    may_learn: bool,
}

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::Programs, "Programs").await?;
    let programs = state.workbench().programs().await?;
    let may_learn = state.workbench().may_somewhere(Action::Learn).await?;
    render(&ProgramsTemplate { page, programs, may_learn })
}
