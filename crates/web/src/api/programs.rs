//! Programs and collections for programs of others: the list, and one with its courses and crosswalks.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::Reply;
use super::asked::{identifier, needs};
use super::courses::CourseHead;
use super::crosswalks::CrosswalkHead;
use super::names::{Identifier, Named};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadCatalogue;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[READ]);
    Routes::new().get("/api/v1/programs", RULE, list).get("/api/v1/programs/{id}", RULE, one)
}

wire! {
    /// A program or collection in one line.
    ProgramHead from credway_workflow::ProgramHead {
        /// Identifier.
        id: Identifier,
        /// Title.
        title: String,
        /// `program` or `collection`.
        kind: String,
        /// Award.
        award: Option<String>,
        /// Name of the organization.
        organization: Option<String>,
        /// Catalogue year.
        catalogue_year: Option<String>,
        /// Number of courses.
        courses: usize,
    }

    /// A program or collection with its courses and crosswalks.
    Program from credway_workflow::ProgramPage {
        /// The program in one line.
        head: ProgramHead,
        /// CIP code.
        cip: Option<String>,
        /// SOC codes of target occupations.
        soc: Vec<String>,
        /// Credits the award takes.
        total_credits: Option<String>,
        /// Sum of the credits of its courses; absent when a course has none.
        sum_of_credits: Option<f64>,
        /// Courses in order.
        courses: Vec<CourseHead>,
        /// Its crosswalks.
        crosswalks: Vec<CrosswalkHead>,
        /// Blueprints it is not aligned to yet.
        not_aligned: Vec<Named>,
    }
}

/// Programs and collections.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Programs {
    /// All that may be read.
    items: Vec<ProgramHead>,
}

/// Programs and collections.
#[utoipa::path(get, path = "/api/v1/programs", operation_id = "listPrograms", tag = "Catalogue",
    responses((status = 200, description = "All programs and collections that may be read.", body = Programs)))]
pub(super) async fn list(visit: Visit) -> Reply<Programs> {
    needs(&visit, READ).await?;
    Ok(Json(Programs { items: Plain::of(visit.workbench().programs().await?) }))
}

/// One program or collection.
#[utoipa::path(get, path = "/api/v1/programs/{id}", operation_id = "getProgram", tag = "Catalogue",
    params(("id" = Identifier, Path, description = "The program or collection.")),
    responses((status = 200, description = "The program with its courses and crosswalks.", body = Program)))]
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Reply<Program> {
    needs(&visit, READ).await?;
    let id = identifier("program", &id)?.to_string();
    Ok(Json(Plain::of(visit.workbench().program(&id).await?)))
}
