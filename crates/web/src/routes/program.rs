//! One program: its courses by group, its crosswalks, and the way to align it to another exam.

use askama::Template;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use credway_workflow::{CourseHead, ProgramPage, RequirementLine, SignoffHead};
use serde::Deserialize;

use crate::crosswalk_card::CrosswalkCard;
use crate::error_page::Failure;
use crate::nesting::{Step, steps};
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/programs/{id}", Rule::May(&[Action::ReadCatalogue]), show).post(
        "/programs/{id}/align",
        Rule::May(&[Action::Align]),
        align,
    )
}

/// Courses that stand together in the source.
struct Group {
    name: Option<String>,
    courses: Vec<CourseHead>,
}

/// The credits of the courses against those of the award.
struct CreditWords {
    sum: String,
    verdict: String,
    off: bool,
}

#[derive(Template)]
#[template(path = "program.html")]
struct ProgramTemplate {
    page: Page,
    program: ProgramPage,
    groups: Vec<Group>,
    credits: CreditWords,
    outcomes: usize,
    assessed: usize,
    crosswalks: Vec<CrosswalkCard>,
    /// What it requires, line by line of a nested list.
    requirements: Vec<(Step, RequirementLine)>,
    /// How many lists end behind the last line.
    open_lists: usize,
    /// How the sign-offs of its crosswalks stand.
    signoffs: Vec<SignoffHead>,
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    let program = state.workbench().program(&id).await?;
    let page = Page::new(&state, Section::Programs, program.head.title.clone()).await?;
    let mut signoffs = Vec::new();
    for crosswalk in &program.crosswalks {
        signoffs.extend(state.workbench().latest_signoff(&crosswalk.id).await?);
    }
    let lines = program.requirements.as_ref().map(|view| view.lines.clone()).unwrap_or_default();
    let (steps, open_lists) = steps(lines.iter().map(|line| line.depth));
    render(&ProgramTemplate {
        requirements: steps.into_iter().zip(lines).collect(),
        open_lists,
        signoffs,
        page,
        groups: groups(&program.courses),
        credits: credit_words(&program),
        outcomes: program.courses.iter().map(|course| course.outcomes).sum(),
        assessed: program.courses.iter().map(|course| course.assessed).sum(),
        crosswalks: CrosswalkCard::all(&program.crosswalks),
        program,
    })
}

/// The courses by group, groups in the order in which they first appear.
fn groups(courses: &[CourseHead]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for course in courses {
        match groups.iter_mut().find(|group| group.name == course.group) {
            Some(group) => group.courses.push(course.clone()),
            None => groups.push(Group { name: course.group.clone(), courses: vec![course.clone()] }),
        }
    }
    groups
}

fn credit_words(program: &ProgramPage) -> CreditWords {
    let total = program.total_credits.as_deref();
    match (program.sum_of_credits, total) {
        (None, _) => CreditWords {
            sum: "unknown".to_owned(),
            verdict: "Some courses have no credits in the source, so there is no sum.".to_owned(),
            off: false,
        },
        (Some(sum), None) => CreditWords {
            sum: words::decimal(sum),
            verdict: "The source does not say how many credits the award takes.".to_owned(),
            off: false,
        },
        (Some(sum), Some(total)) => {
            let sum = words::decimal(sum);
            let off = sum != total;
            let verdict = if off {
                format!(
                    "The courses come to {sum} credits; the award takes {total}. Electives may be listed in full, or courses may be missing."
                )
            } else {
                format!("The courses come to the {total} credits the award takes.")
            };
            CreditWords { sum, verdict, off }
        }
    }
}

#[derive(Deserialize)]
struct AlignForm {
    blueprint: String,
}

/// Queues the alignment and shows its progress.
async fn align(state: Visit, Path(id): Path<String>, Form(form): Form<AlignForm>) -> Answer {
    if form.blueprint.trim().is_empty() {
        return Err(Failure::refused("No blueprint was chosen.", "Go back and choose the exam blueprint to align to."));
    }
    let work = state.workbench().queue_align(&id, &form.blueprint, state.worker()).await?;
    Ok(Redirect::to(&format!("/work/{work}")).into_response())
}
