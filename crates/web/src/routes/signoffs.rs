//! The list of sign-offs: what waits for my signature, what I began, all within reach.

use askama::Template;
use credway_model::Action;
use credway_workflow::{SignoffHead, SignoffList};

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/signoffs", Rule::May(&[Action::ReadCrosswalk]), show)
}

#[derive(Template)]
#[template(path = "signoffs.html")]
struct SignoffsTemplate {
    page: Page,
    list: SignoffList,
    may_plan: bool,
    may_sign: bool,
}

impl SignoffsTemplate {
    /// The three lists with their heads and what is said where one is empty.
    fn lists(&self) -> [(&'static str, &'static str, &'static str, &[SignoffHead]); 3] {
        [
            ("waiting", "Waiting for my signature", "Nothing waits for you.", &self.list.waiting),
            ("begun", "Begun by me and under way", "You began none that is under way.", &self.list.begun),
            ("all", "All sign-offs", "None was begun yet. A sign-off begins on a crosswalk’s page.", &self.list.all),
        ]
    }
}

async fn show(visit: Visit) -> Answer {
    let page = Page::new(&visit, Section::Signoffs, "Sign-offs").await?;
    let list = visit.workbench().signoffs().await?;
    let may_plan = visit.workbench().may_somewhere(Action::PlanSignoff).await?;
    let may_sign = visit.workbench().may_somewhere(Action::Sign).await?;
    render(&SignoffsTemplate { page, list, may_plan, may_sign })
}
