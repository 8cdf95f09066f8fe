//! One course: its values with where they come from, its outcomes, and what each covers in which exam.

use std::ops::Range;

use askama::Template;
use axum::extract::Path;
use credway_model::Ctid;
pub(crate) use credway_model::short_place;
use credway_workflow::{CoursePage, RequisiteLine, ShownValue};

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/courses/{id}", Rule::May(&[Action::ReadCatalogue]), show)
}

/// A value beside the address of the place it was read from.
pub(super) struct ValueView {
    pub(super) label: String,
    pub(super) value: Option<String>,
    /// Words and address of its place in the source.
    pub(super) from: Option<(String, String)>,
    /// Whether a person wrote it here.
    pub(super) by_hand: bool,
}

/// A line of the nested list of requisites, with the lists that begin or end before it.
struct RequisiteItem {
    opens: bool,
    /// One for each list that ends.
    closes: Range<usize>,
    course: Option<Ctid>,
    /// The code at the beginning, where the line names a course that is here.
    code: String,
    words: String,
    unread: bool,
}

#[derive(Template)]
#[template(path = "course.html")]
struct CourseTemplate {
    page: Page,
    course: CoursePage,
    values: Vec<ValueView>,
    requisites: Vec<RequisiteItem>,
    /// One for each list still open behind the last line.
    closing: Range<usize>,
    source: Option<(String, String)>,
    assessed: usize,
    covering: usize,
    /// Whether who looks may edit it.
    editable: bool,
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    let course = state.workbench().course(&id).await?;
    let page = Page::new(&state, Section::Courses, format!("{} {}", course.course.code, course.course.title)).await?;
    let source = course
        .source
        .as_ref()
        .map(|(id, name, place)| (format!("{name}, {}", short_place(place)), words::source_address(id, Some(place))));
    let editable = state.workbench().may_edit_course(&course.course.id).await?;
    let lines: &[RequisiteLine] = course.requisites.as_ref().map_or(&[], |view| &view.lines);
    render(&CourseTemplate {
        page,
        values: course.values.iter().map(|value| value_view(value, course.source.as_ref())).collect(),
        requisites: requisite_items(lines),
        closing: 0..lines.last().map_or(0, |line| line.depth + 1),
        source,
        assessed: course.outcomes.iter().filter(|outcome| outcome.assessed_by.is_some()).count(),
        covering: course.outcomes.iter().filter(|outcome| !outcome.covers.is_empty()).count(),
        editable,
        course,
    })
}

fn requisite_items(lines: &[RequisiteLine]) -> Vec<RequisiteItem> {
    let mut before = None;
    let item = |line: &RequisiteLine| {
        let opens = before.is_none_or(|before| line.depth > before);
        let closes = 0..before.map_or(0, |before: usize| before.saturating_sub(line.depth));
        before = Some(line.depth);
        let end = if line.course.is_some() { code_end(&line.words) } else { 0 };
        let (code, words) = line.words.split_at(end);
        RequisiteItem {
            opens,
            closes,
            course: line.course,
            code: code.to_owned(),
            words: words.to_owned(),
            unread: line.unread,
        }
    };
    lines.iter().map(item).collect()
}

/// Where the code at the beginning of a course's line ends.
fn code_end(words: &str) -> usize {
    [" with ", ", before", ", at"].iter().filter_map(|after| words.find(after)).min().unwrap_or(words.len())
}

fn value_view(value: &ShownValue, source: Option<&(String, String, String)>) -> ValueView {
    let by_hand = value.place.as_deref() == Some("by hand");
    let from = match (source, &value.field, &value.value) {
        _ if by_hand => None,
        (Some((id, _, place)), Some(field), Some(_)) => {
            let exact = match &value.place {
                Some(own) => own.clone(),
                None if place.starts_with("row ") => format!("{place}, column “{field}”"),
                None => place.clone(),
            };
            let address = words::source_address(id, Some(&exact));
            Some((short_place(&exact), address))
        }
        _ => None,
    };
    ValueView { label: value.label.clone(), value: value.value.clone(), from, by_hand }
}
