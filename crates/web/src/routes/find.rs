//! What a program nearly covers already: blueprints and frameworks by likely coverage, with the courses that bring it and
//! what is missing.

use askama::Template;
use axum::extract::{Path, Query};
use credway_model::Action;
use credway_workflow::{FindAnswer, FindCourses, FindRequest, FoundLine, FoundState, FoundStatement};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

/// The route of the page.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/programs/{id}/find", Rule::May(&[Action::ReadCatalogue]), show)
}

/// Larger frameworks are compared on the command line: the page must answer while somebody waits.
const LARGEST: usize = 3_000;
/// Statements shown of an outline, unless it is asked for alone.
const SHOWN: usize = 25;
/// Courses named for an outline.
const COURSES: usize = 8;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    /// One outline, in full.
    outline: String,
}

/// A statement in words.
struct StatementView<'a> {
    line: &'a FoundStatement,
    chance: String,
    state: &'static str,
}

/// An outline in words.
struct LineView<'a> {
    line: &'a FoundLine,
    expected: String,
    low: String,
    high: String,
    accepted: Option<String>,
    /// How many statements stand how, in words.
    counts: String,
    courses: Vec<(&'a credway_workflow::CourseName, String)>,
    statements: Vec<StatementView<'a>>,
    /// Statements not shown.
    more: usize,
}

#[derive(Template)]
#[template(path = "find.html")]
struct FindTemplate<'a> {
    page: Page,
    program: String,
    /// Whether one outline was asked for.
    alone: bool,
    answer: &'a FindAnswer,
    confidence: String,
    lines: Vec<LineView<'a>>,
}

async fn show(state: Visit, Path(id): Path<String>, Query(fields): Query<Fields>) -> Answer {
    let against: Vec<String> =
        Some(fields.outline.trim().to_owned()).filter(|one| !one.is_empty()).into_iter().collect();
    let alone = !against.is_empty();
    let courses = FindCourses::Program(id.clone());
    let request = FindRequest { courses, against, largest: Some(LARGEST), ..FindRequest::default() };
    let answer = state.workbench().find_in_background(request).await?;
    let page = Page::new(&state, Section::Programs, format!("What {} nearly covers", answer.courses_of)).await?;
    let shown = if alone { usize::MAX } else { SHOWN };
    let program = answer.program.map_or(id, |program| program.to_string());
    let lines = answer.found.iter().map(|line| view(line, shown)).collect();
    let confidence = words::percent(answer.confidence * 100.0);
    render(&FindTemplate { page, program, alone, confidence, lines, answer: &answer })
}

fn view(line: &FoundLine, shown: usize) -> LineView<'_> {
    let statement = |one| -> StatementView<'_> {
        let one: &FoundStatement = one;
        let chance = match one.state {
            FoundState::Accepted => "–".to_owned(),
            _ => words::percent(one.probability * 100.0),
        };
        StatementView { chance, state: one.state.word(), line: one }
    };
    LineView {
        expected: words::percent(line.expected),
        low: words::percent(line.low),
        high: words::percent(line.high),
        accepted: line.crosswalk.map(|_| words::percent(line.accepted)),
        counts: line.counted(),
        courses: line
            .courses
            .iter()
            .take(COURSES)
            .map(|course| (&course.course, words::percent(course.brings)))
            .collect(),
        statements: line.statements.iter().take(shown).map(statement).collect(),
        more: line.statements.len().saturating_sub(shown),
        line,
    }
}
