//! Help with the keyboard.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::AppState;
use crate::page::{Answer, Page, Section, render};

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/keyboard", get(show))
}

#[derive(Template)]
#[template(path = "keyboard.html")]
struct KeyboardTemplate {
    page: Page,
}

async fn show(State(state): State<AppState>) -> Answer {
    let page = Page::new(&state, Section::None, "Keyboard").await?;
    render(&KeyboardTemplate { page })
}
