//! One course: its values with where they come from, its outcomes, and what each covers in which exam.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use credway_workflow::{CoursePage, ShownValue};

use crate::AppState;
use crate::page::{Answer, Page, Section, render};
use crate::words;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/courses/{id}", get(show))
}

/// A value beside the address of the place it was read from.
pub(super) struct ValueView {
    pub(super) label: String,
    pub(super) value: Option<String>,
    /// Words and address of its place in the source.
    pub(super) from: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "course.html")]
struct CourseTemplate {
    page: Page,
    course: CoursePage,
    values: Vec<ValueView>,
    source: Option<(String, String)>,
    assessed: usize,
    covering: usize,
}

async fn show(State(state): State<AppState>, Path(id): Path<String>) -> Answer {
    let course = state.workbench().course(&id).await?;
    let page = Page::new(&state, Section::Courses, format!("{} {}", course.course.code, course.course.title)).await?;
    let source = course
        .source
        .as_ref()
        .map(|(id, name, place)| (format!("{name}, {place}"), words::source_address(id, Some(place))));
    render(&CourseTemplate {
        page,
        values: course.values.iter().map(|value| value_view(value, course.source.as_ref())).collect(),
        source,
        assessed: course.outcomes.iter().filter(|outcome| outcome.assessed_by.is_some()).count(),
        covering: course.outcomes.iter().filter(|outcome| !outcome.covers.is_empty()).count(),
        course,
    })
}

fn value_view(value: &ShownValue, source: Option<&(String, String, String)>) -> ValueView {
    let from = match (source, &value.field, &value.value) {
        (Some((id, _, place)), Some(field), Some(_)) => {
            let exact =
                if place.starts_with("row ") { format!("{place}, column “{field}”") } else { place.clone() };
            let address = words::source_address(id, Some(&exact));
            Some((exact, address))
        }
        _ => None,
    };
    ValueView { label: value.label.clone(), value: value.value.clone(), from }
}
