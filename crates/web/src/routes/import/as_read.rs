//! The courses of a file as they were read, before anything is written: a list to look through, and each course beside
//! the place it stands at, where a person puts right what was misread.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use credway_model::Place;
use credway_workflow::{FilePart, KeptAnswer, Kind, Mapping, ReadCourse, ReadValue, parts_of_file};
use serde::Deserialize;

use super::find;
use super::under_way::{Doing, wait_for_reading};
use crate::error_page::Failure;
use crate::page::{Answer, Page, Section, render};
use crate::visit::Visit;
use crate::words;

/// Courses on one page of the list.
const PAGE: usize = 50;

/// Fields whose values are long enough for several lines.
const LONG: [&str; 6] = ["description", "prerequisites", "corequisites", "requisites", "outcomes", "topics"];

/// The field whose value stands once for the whole document.
const OF_ALL: &str = "catalogue_year";

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    search: String,
    only: String,
    from: usize,
}

/// Whether a course is among those that are listed.
type Among = fn(&ReadCourse) -> bool;

/// Which courses are listed: word in the address, words for people, and whether a course is among them.
const ONLY: [(&str, &str, Among); 5] = [
    ("", "All courses", |_| true),
    ("corrected", "Corrected", ReadCourse::is_corrected),
    ("without-credits", "Without credits", |course| lacks(course, "credits")),
    ("without-description", "Without a description", |course| lacks(course, "description")),
    ("without-code", "Without a code", |course| course.code.is_none()),
];

fn lacks(course: &ReadCourse, field: &str) -> bool {
    course.value(field).is_none_or(|value| value.taken().is_empty())
}

/// One line of the list.
struct Line {
    /// Its number among the courses of the file, from 0.
    number: usize,
    code: String,
    title: String,
    credits: String,
    place: String,
    corrected: bool,
    left_out: bool,
}

struct Only {
    word: &'static str,
    label: &'static str,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "import_courses.html")]
struct CoursesTemplate {
    page: Page,
    token: String,
    file: String,
    search: String,
    only: Vec<Only>,
    lines: Vec<Line>,
    count: String,
    previous: Option<String>,
    following: Option<String>,
}

/// The list.
pub(super) async fn courses(state: Visit, Path(token): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let upload = find(&state, &token).await?;
    if upload.is_writing() {
        return Ok(Redirect::to(&Doing::Writing.address(&token)).into_response());
    }
    let Some(read) = state.worker().prepared(&token, upload.version) else {
        return wait_for_reading(&state, &upload).await;
    };
    let answer = &read.answer;
    let page = Page::new(&state, Section::Import, format!("Courses as read: {}", upload.name)).await?;
    let chosen = ONLY.iter().find(|(word, _, _)| *word == asked.only).unwrap_or(&ONLY[0]);
    let wanted = asked.search.trim().to_lowercase();
    let matches = |course: &ReadCourse| {
        let words =
            |field: &str| course.value(field).is_some_and(|value| value.taken().to_lowercase().contains(&wanted));
        chosen.2(course) && (wanted.is_empty() || words("code") || words("title"))
    };
    let found: Vec<Line> = answer.as_read.iter().enumerate().filter(|(_, course)| matches(course)).map(line).collect();
    let total = found.len();
    let lines: Vec<Line> = found.into_iter().skip(asked.from).take(PAGE).collect();
    let address = |from: usize| {
        let search = words::query_part(&asked.search);
        format!("/import/preview/{token}/courses?search={search}&only={}&from={from}", chosen.0)
    };
    let shown = asked.from.saturating_add(lines.len());
    render(&CoursesTemplate {
        page,
        count: match lines.len() {
            0 => String::new(),
            _ => format!("{} to {} of {}", words::number(asked.from + 1), words::number(shown), words::number(total)),
        },
        previous: (asked.from > 0).then(|| address(asked.from.saturating_sub(PAGE))),
        following: (shown < total).then(|| address(shown)),
        only: ONLY.map(|(word, label, _)| Only { word, label, chosen: word == chosen.0 }).into(),
        lines,
        search: asked.search,
        file: upload.name.clone(),
        token,
    })
}

fn line((number, course): (usize, &ReadCourse)) -> Line {
    let taken = |field: &str| course.value(field).map(|value| value.taken().to_owned()).unwrap_or_default();
    Line {
        number,
        code: course
            .value("code")
            .map(|code| if code.taken().is_empty() { &code.read } else { code.taken() }.to_owned())
            .unwrap_or_default(),
        title: taken("title"),
        credits: taken("credits"),
        place: crate::routes::course::short_place(&course.place.to_string()),
        corrected: course.is_corrected(),
        left_out: course.is_left_out(),
    }
}

/// A field of the form.
struct Field {
    name: &'static str,
    label: String,
    /// What is taken.
    value: String,
    /// What the file says, where it was corrected.
    read: Option<String>,
    place: Option<String>,
    /// Whether the file, or the mapping for every row, says something.
    given: bool,
    long: bool,
    rows: usize,
}

/// An area of a page with the field it belongs to.
struct Mark {
    field: &'static str,
    left: u16,
    top: u16,
    width: u16,
    height: u16,
}

/// A part of the file with its marks.
struct Part {
    part: FilePart,
    marks: Vec<Mark>,
    /// The part of the page that is shown.
    view: [u16; 4],
}

#[derive(Template)]
#[template(path = "import_course.html")]
struct CourseTemplate {
    page: Page,
    token: String,
    file: String,
    number: usize,
    name: String,
    /// Whether its code can be told, by which a correction names it.
    known: bool,
    left_out: bool,
    fields: Vec<Field>,
    parts: Vec<Part>,
    count: String,
    previous: Option<usize>,
    following: Option<usize>,
}

/// One course beside its place.
pub(super) async fn course(state: Visit, Path((token, number)): Path<(String, usize)>) -> Answer {
    let upload = find(&state, &token).await?;
    if upload.is_writing() {
        return Ok(Redirect::to(&Doing::Writing.address(&token)).into_response());
    }
    let Some(read) = state.worker().prepared(&token, upload.version) else {
        return wait_for_reading(&state, &upload).await;
    };
    let answer = &read.answer;
    let course = course_of(answer, &token, number)?.clone();
    let name = name_of(&course);
    let page = Page::new(&state, Section::Import, format!("{name} as read")).await?;
    let own = course.values.iter().filter(|value| value.field != OF_ALL).filter_map(|value| value.place.clone());
    let places: Vec<Place> = std::iter::once(course.place.clone()).chain(own).collect();
    let file = read.request.file.clone();
    // Finding the page again takes a moment for a large file.
    let parts = tokio::task::spawn_blocking(move || parts_of_file(&file, &places)).await;
    let parts = parts.map_err(|error| Failure::defect(format!("The page could not be drawn: {error}.")))?;
    let total = answer.as_read.len();
    let html = CourseTemplate {
        page,
        file: upload.name.clone(),
        known: course.code.is_some(),
        left_out: course.is_left_out(),
        fields: fields(&course),
        parts: parts.into_iter().map(|part| marked(part, &course)).collect(),
        count: format!("{} of {}", words::number(number + 1), words::number(total)),
        previous: number.checked_sub(1),
        following: (number + 1 < total).then_some(number + 1),
        name,
        number,
        token,
    };
    Ok(render(&html)?.into_response())
}

/// Code and title; the place where it has neither. The code of a course that is left out is the one the file has.
fn name_of(course: &ReadCourse) -> String {
    let code = course.value("code").map(|code| if course.is_left_out() { &code.read } else { code.taken() });
    let words: Vec<&str> = code.into_iter().chain(course.value("title").map(|title| title.taken())).collect();
    match words.join(" ").trim() {
        "" => words::capital(&crate::routes::course::short_place(&course.place.to_string())),
        words => words.to_owned(),
    }
}

/// The course of this number.
pub(super) fn course_of<'a>(answer: &'a KeptAnswer, token: &str, number: usize) -> Result<&'a ReadCourse, Failure> {
    let missing = || Failure::no_such_page(&format!("/import/preview/{token}/courses/{number}"));
    answer.as_read.get(number).ok_or_else(missing)
}

fn fields(course: &ReadCourse) -> Vec<Field> {
    let field = |(name, _): (&'static str, bool)| {
        let value: Option<&ReadValue> = course.value(name);
        let taken = value.map(|value| value.taken().to_owned()).unwrap_or_default();
        let corrected = value.is_some_and(|value| value.corrected.is_some());
        let place = value.and_then(|value| value.place.as_ref());
        Field {
            name,
            label: words::capital(&name.replace('_', " ")),
            long: LONG.contains(&name) || taken.contains('\n'),
            rows: (taken.len() / 56 + taken.lines().count() + 1).clamp(2, 12),
            value: taken,
            read: value.filter(|_| corrected).map(|value| value.read.clone()),
            place: place.map(|place| crate::routes::course::short_place(&place.to_string())),
            given: value.is_some_and(|value| !value.read.is_empty()),
        }
    };
    let mut fields: Vec<Field> = Mapping::known_fields(Kind::Courses).into_iter().map(field).collect();
    // Whose the courses are is seldom said course by course.
    fields.sort_by_key(|field| field.name == "organization");
    fields
}

fn marked(part: FilePart, course: &ReadCourse) -> Part {
    let page = part.page.as_ref().map(|page| page.number);
    let marks = course.values.iter().flat_map(|value| {
        let areas = match &value.place {
            Some(Place::Pages(areas)) => areas.as_slice(),
            _ => &[],
        };
        areas.iter().filter(|area| Some(area.page) == page).map(|area| Mark {
            field: value.field,
            left: area.left,
            top: area.top,
            width: area.right.saturating_sub(area.left),
            height: area.bottom.saturating_sub(area.top),
        })
    });
    Part { marks: marks.collect(), view: part.page.as_ref().map(|page| page.close_up()).unwrap_or_default(), part }
}
