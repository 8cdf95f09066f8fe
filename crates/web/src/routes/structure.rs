//! The structure of a program: what hangs on each of its courses, and what is odd about their requisites.

use askama::Template;
use axum::extract::{Path, Query};
use credway_model::Action;
use credway_workflow::{CourseStructure, ProgramStructure};
use serde::Deserialize;

use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/programs/{id}/structure", Rule::May(&[Action::ReadCatalogue]), show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    by: String,
}

/// What courses can be put in order by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Course,
    Complexity,
    Blocking,
    Delay,
    Centrality,
}

impl Order {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Course, "course", "Course"),
        (Self::Complexity, "complexity", "Complexity"),
        (Self::Blocking, "blocking", "Blocking"),
        (Self::Delay, "delay", "Delay"),
        (Self::Centrality, "centrality", "Centrality"),
    ];

    fn read(word: &str) -> Self {
        Self::ALL.into_iter().find(|(_, known, _)| *known == word).map_or(Self::Complexity, |(order, ..)| order)
    }

    /// What comes first has the larger key.
    fn key(self, course: &CourseStructure) -> u128 {
        match self {
            Self::Course => 0,
            Self::Complexity => u128::from(course.delay.unwrap_or(0) + course.blocking.unwrap_or(0)),
            Self::Blocking => u128::from(course.blocking.unwrap_or(0)),
            Self::Delay => u128::from(course.delay.unwrap_or(0)),
            Self::Centrality => course.centrality.unwrap_or(0),
        }
    }
}

/// The head of a column by which the table can be put in order.
struct HeadView {
    word: &'static str,
    label: &'static str,
    /// What `aria-sort` says, where the table is in this order.
    sorted: Option<&'static str>,
}

/// A course with its figures in words.
struct CourseView {
    id: String,
    code: String,
    title: String,
    credits: Option<String>,
    blocking: String,
    delay: String,
    centrality: String,
    complexity: String,
    /// Complexity of the most complex course's, of 100.
    bar: f64,
}

#[derive(Template)]
#[template(path = "structure.html")]
struct StructureTemplate {
    page: Page,
    structure: ProgramStructure,
    /// What it says first.
    says: String,
    course: HeadView,
    measures: Vec<HeadView>,
    courses: Vec<CourseView>,
    total: [String; 5],
}

impl StructureTemplate {
    const ABSENT: &str = "—";
}

async fn show(state: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let structure = state.workbench().program_structure(&id, false).await?;
    let page = Page::new(&state, Section::Programs, format!("Structure of {}", structure.program.name)).await?;
    let order = Order::read(&asked.by);
    let head = |(this, word, label): (Order, &'static str, &'static str)| HeadView {
        word,
        label,
        sorted: (this == order).then_some(if this == Order::Course { "ascending" } else { "descending" }),
    };
    let [course, measures @ ..] = Order::ALL.map(head);
    render(&StructureTemplate {
        page,
        says: says(&structure),
        course,
        measures: measures.into(),
        courses: courses(&structure, order),
        total: total(&structure),
        structure,
    })
}

fn shown<T: ToString>(figure: Option<T>) -> String {
    figure.map_or_else(|| StructureTemplate::ABSENT.to_owned(), |figure| figure.to_string())
}

fn courses(structure: &ProgramStructure, order: Order) -> Vec<CourseView> {
    let largest = structure.metrics.courses.iter().map(|course| Order::Complexity.key(course)).max().unwrap_or(0);
    let mut all: Vec<(usize, &CourseStructure)> = structure.metrics.courses.iter().enumerate().collect();
    // What is equal stays in the order of codes.
    all.sort_by(|(_, one), (_, other)| order.key(other).cmp(&order.key(one)).then_with(|| one.id.cmp(&other.id)));
    all.into_iter()
        .map(|(index, course)| CourseView {
            id: structure.ids.get(index).map(ToString::to_string).unwrap_or_default(),
            code: course.id.clone(),
            title: course.name.clone().unwrap_or_default(),
            credits: course.credits.clone(),
            blocking: shown(course.blocking),
            delay: shown(course.delay),
            centrality: shown(course.centrality),
            complexity: shown(course.complexity),
            bar: part(Order::Complexity.key(course), largest),
        })
        .collect()
}

/// So much of 100.
fn part(figure: u128, largest: u128) -> f64 {
    let count = |figure: u128| u32::try_from(figure).map_or(f64::from(u32::MAX), f64::from);
    if largest == 0 { 0.0 } else { (count(figure) / count(largest) * 1_000.0).round() / 10.0 }
}

/// Credits and the sums of the measures, in the order of the columns.
fn total(structure: &ProgramStructure) -> [String; 5] {
    let Some(total) = &structure.metrics.total else { return [(); 5].map(|()| StructureTemplate::ABSENT.to_owned()) };
    [
        total.credits.map_or_else(|| StructureTemplate::ABSENT.to_owned(), words::decimal),
        shown(total.complexity),
        shown(total.blocking),
        shown(total.delay),
        shown(total.centrality),
    ]
}

/// The longest chain and the course on which most others hang.
fn says(structure: &ProgramStructure) -> String {
    let metrics = &structure.metrics;
    let longest = metrics.total.as_ref().and_then(|total| total.longest_chain);
    let most = metrics.courses.iter().filter(|course| course.blocking.is_some_and(|count| count > 0));
    let most = most.max_by(|one, other| one.blocking.cmp(&other.blocking).then_with(|| other.id.cmp(&one.id)));
    match (longest, most) {
        (None, _) => "Its requisites go round in a circle, so that nothing can be measured: see below.".to_owned(),
        (Some(_), None) => "No course of it requires another one of it for certain.".to_owned(),
        (Some(longest), Some(course)) => format!(
            "The longest chain of requisites has {}. Most hangs on {}: {} it, directly or through others.",
            words::plural(usize::try_from(longest).unwrap_or(usize::MAX), "course", "courses"),
            course.id,
            words::plural(
                usize::try_from(course.blocking.unwrap_or(0)).unwrap_or(usize::MAX),
                "course needs",
                "courses need"
            ),
        ),
    }
}
