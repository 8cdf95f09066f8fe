//! The list of courses: searched, a page at a time.

use askama::Template;
use axum::extract::Query;
use credway_workflow::{CourseHead, CoursesQuery};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

/// Courses on one page.
const PAGE: u64 = 50;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/courses", Rule::May(&[Action::ReadCatalogue]), show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    search: String,
    from: u64,
}

#[derive(Template)]
#[template(path = "courses.html")]
struct CoursesTemplate {
    page: Page,
    search: String,
    /// What is said of a search that was too long.
    cut: Option<String>,
    courses: Vec<CourseHead>,
    count: String,
    previous: Option<String>,
    following: Option<String>,
}

async fn show(state: Visit, Query(asked): Query<Asked>) -> Answer {
    let page = Page::new(&state, Section::Courses, "Courses").await?;
    let query = CoursesQuery { search: asked.search, offset: asked.from, limit: PAGE };
    let (courses, matching) = state.workbench().courses(&query).await?;
    let shown = courses.len() as u64;
    let count = if matching == 0 {
        String::new()
    } else if shown == 0 {
        format!("{} match; this page lies behind the last", words::number(matching))
    } else {
        format!(
            "{} to {} of {}",
            words::number(asked.from + 1),
            words::number(asked.from + shown),
            words::number(matching)
        )
    };
    let (search, cut) = (query.search_taken(), query.is_cut().then(cut_words));
    let address = |from: u64| format!("/courses?search={}&from={from}", words::query_part(&search));
    render(&CoursesTemplate {
        page,
        count,
        previous: (asked.from > 0).then(|| address(asked.from.saturating_sub(PAGE))),
        following: (asked.from.saturating_add(shown) < matching && shown > 0).then(|| address(asked.from + PAGE)),
        search,
        cut,
        courses,
    })
}

fn cut_words() -> String {
    let (words, characters) = (CoursesQuery::MOST_WORDS, CoursesQuery::MOST_CHARACTERS);
    format!("The search was too long: only its first {words} words, within {characters} characters, were looked for.")
}
