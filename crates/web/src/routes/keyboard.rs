//! Help with the keyboard.

use askama::Template;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/keyboard", Rule::Everybody, show)
}

#[derive(Template)]
#[template(path = "keyboard.html")]
struct KeyboardTemplate {
    page: Page,
}

async fn show(state: Visit) -> Answer {
    let page = Page::new(&state, Section::None, "Keyboard").await?;
    render(&KeyboardTemplate { page })
}
