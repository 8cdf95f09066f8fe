//! Courses for programs of others: searched a page at a time, and one with its outcomes and what they cover.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;
use credway_workflow::CoursesQuery;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Reply;
use super::asked::{Asked, LARGEST_NUMBER, identifier, needs, number, words};
use super::names::{CourseName, Identifier, Named, ObjectiveName, ShownValue, Standing};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadCatalogue;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[READ]);
    Routes::new().get("/api/v1/courses", RULE, list).get("/api/v1/courses/{id}", RULE, one)
}

wire! {
    /// A course in one line.
    CourseHead from credway_workflow::CourseHead {
        /// Identifier, code and title.
        course: CourseName,
        /// Credits, as the source writes them.
        credits: Option<String>,
        /// Catalogue year.
        catalogue_year: Option<String>,
        /// The part of the program it belongs to, where it is listed in one.
        group: Option<String>,
        /// Number of outcomes and topics.
        outcomes: usize,
        /// Number of those with an assessment.
        assessed: usize,
    }

    /// What an outcome covers in one exam.
    Covered from credway_workflow::CoveredLine {
        /// The crosswalk.
        crosswalk: Identifier,
        /// The blueprint.
        blueprint: String,
        /// The blueprint statement.
        objective: ObjectiveName,
        /// What stands.
        standing: Standing,
    }

    /// An outcome or topic with what it covers.
    Outcome from credway_workflow::OutcomeRow {
        /// Identifier.
        id: Identifier,
        /// Code.
        code: Option<String>,
        /// `outcome` or `topic`.
        kind: String,
        /// The statement.
        statement: String,
        /// How the engine reads it: the depth its verbs show and how much it asks for.
        reads_as: Option<String>,
        /// Topics above it.
        topics: Vec<String>,
        /// Level.
        level: Option<String>,
        /// Assessment.
        assessed_by: Option<String>,
        /// Where it stands in its source.
        place: String,
        /// What it covers.
        covers: Vec<Covered>,
    }

    /// A line of a course's requisites in plain language.
    RequisiteLine from credway_workflow::RequisiteLine {
        /// How far in it stands, from 0.
        depth: usize,
        /// What it says.
        words: String,
        /// The course it names, where the catalogue has it for the same year.
        course: Option<Identifier>,
        /// Whether these are words that could not be read.
        unread: bool,
    }

    /// What a course requires.
    Requisites from credway_workflow::RequisiteView {
        /// In one line, as it is written in the template.
        canonical: String,
        /// `fully`, `partly` or `not`.
        understood: String,
        /// As a nested list.
        lines: Vec<RequisiteLine>,
    }

    /// A course with its outcomes and what they cover.
    Course from credway_workflow::CoursePage {
        /// Identifier, code and title.
        course: CourseName,
        /// Name of the organization.
        organization: Option<String>,
        /// Its values.
        values: Vec<ShownValue>,
        /// What it requires; absent when the source says nothing.
        requisites: Option<Requisites>,
        /// Outcomes and topics.
        outcomes: Vec<Outcome>,
        /// Where it was read from.
        source: Option<ReadFrom>,
        /// Programs and collections that hold it.
        programs: Vec<Named>,
    }
}

/// Where a course was read from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ReadFrom {
    /// Identifier of the imported file.
    source: String,
    /// Its name.
    name: String,
    /// The place in it.
    place: String,
}

impl Plain<(String, String, String)> for ReadFrom {
    fn of((source, name, place): (String, String, String)) -> Self {
        Self { source, name, place }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CoursesAsked {
    /// Only courses whose code or title holds these words. At most 20 words are looked for.
    #[param(max_length = 200, pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$")]
    search: Option<String>,
    /// The first course of the page, from 0.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 9007199254740991_u64, default = 0)]
    from: Option<String>,
    /// The most courses of the page.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500, default = 50)]
    limit: Option<String>,
}

/// A page of courses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Courses {
    /// The courses of this page.
    items: Vec<CourseHead>,
    /// How many match.
    total: u64,
    /// Where the next page begins; absent on the last.
    next: Option<u64>,
    /// Whether the search had more words than are looked for.
    cut: bool,
}

/// Courses, searched, a page at a time.
#[utoipa::path(get, path = "/api/v1/courses", operation_id = "listCourses", tag = "Catalogue", params(CoursesAsked),
    responses((status = 200, description = "The courses that match.", body = Courses)))]
pub(super) async fn list(visit: Visit, Asked(asked): Asked<CoursesAsked>) -> Reply<Courses> {
    needs(&visit, READ).await?;
    let query = CoursesQuery {
        offset: number("from", asked.from.as_ref(), 0..=LARGEST_NUMBER, 0)?,
        limit: number("limit", asked.limit.as_ref(), 1..=500, 50)?,
        search: words("search", asked.search)?,
    };
    let (courses, total) = visit.workbench().courses(&query).await?;
    let behind = query.offset.saturating_add(courses.len() as u64);
    let next = (behind < total && !courses.is_empty()).then_some(behind);
    Ok(Json(Courses { items: Plain::of(courses), total, next, cut: query.is_cut() }))
}

/// One course with its outcomes and what they cover.
#[utoipa::path(get, path = "/api/v1/courses/{id}", operation_id = "getCourse", tag = "Catalogue",
    params(("id" = Identifier, Path, description = "The course.")),
    responses((status = 200, description = "The course.", body = Course)))]
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Reply<Course> {
    needs(&visit, READ).await?;
    let id = identifier("course", &id)?.to_string();
    Ok(Json(Plain::of(visit.workbench().course(&id).await?)))
}
