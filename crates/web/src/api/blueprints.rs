//! Exam blueprints for programs of others: the list, and one with its outline and where it is covered.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::Reply;
use super::asked::{identifier, needs};
use super::crosswalks::CrosswalkHead;
use super::names::{Identifier, Named, ObjectiveName, Standing};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadShared;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[READ]);
    Routes::new().get("/api/v1/blueprints", RULE, list).get("/api/v1/blueprints/{id}", RULE, one)
}

wire! {
    /// A blueprint version in one line.
    BlueprintHead from credway_workflow::BlueprintHead {
        /// Identifier.
        id: Identifier,
        /// Title and version.
        name: String,
        /// First day examined, ISO 8601.
        effective: Option<String>,
        /// Last day examined, ISO 8601.
        retires: Option<String>,
        /// Number of domains.
        domains: usize,
        /// Number of objectives.
        objectives: usize,
    }

    /// An objective of the outline, with where it is covered.
    Objective from credway_workflow::ObjectiveRow {
        /// The statement.
        objective: ObjectiveName,
        /// How deep it stands below its domain.
        nesting: usize,
        /// How the engine reads it: the depth its verbs show and how much it asks for.
        reads_as: Option<String>,
        /// Where it stands in its source.
        place: String,
        /// The programs that cover it.
        covered_by: Vec<CoveredBy>,
    }

    /// A domain with its objectives.
    Domain from credway_workflow::DomainRow {
        /// Identifier.
        id: Identifier,
        /// The publisher's number.
        code: Option<String>,
        /// Title.
        title: String,
        /// Middle of the weight, in per cent of the exam.
        weight: Option<f64>,
        /// Weight as published.
        weight_published: Option<String>,
        /// Objectives in order of the outline.
        objectives: Vec<Objective>,
    }

    /// A blueprint with its outline.
    Blueprint from credway_workflow::BlueprintPage {
        /// The blueprint in one line.
        head: BlueprintHead,
        /// The weights, in a sentence.
        weights: String,
        /// The outline.
        domains: Vec<Domain>,
        /// Its crosswalks.
        crosswalks: Vec<CrosswalkHead>,
        /// Programs it is not aligned to yet.
        not_aligned: Vec<Named>,
        /// The imported file it was read from.
        source: Option<BlueprintSource>,
        /// Other versions of the same title.
        versions: Vec<Named>,
    }
}

/// A program that covers an objective.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CoveredBy {
    /// Name of the program.
    program: String,
    /// What stands: `full` or `partial`.
    standing: Standing,
}

impl Plain<(String, credway_workflow::StandingWord)> for CoveredBy {
    fn of((program, standing): (String, credway_workflow::StandingWord)) -> Self {
        Self { program, standing: Standing::of(standing) }
    }
}

/// The imported file a blueprint was read from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct BlueprintSource {
    /// Identifier of the imported file.
    source: String,
    /// Its name.
    name: String,
}

impl Plain<(String, String)> for BlueprintSource {
    fn of((source, name): (String, String)) -> Self {
        Self { source, name }
    }
}

/// Blueprint versions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Blueprints {
    /// All.
    items: Vec<BlueprintHead>,
}

/// Exam blueprints, each version by itself.
#[utoipa::path(get, path = "/api/v1/blueprints", operation_id = "listBlueprints", tag = "Exams",
    responses((status = 200, description = "All blueprint versions.", body = Blueprints)))]
pub(super) async fn list(visit: Visit) -> Reply<Blueprints> {
    needs(&visit, READ).await?;
    Ok(Json(Blueprints { items: Plain::of(visit.workbench().blueprints().await?) }))
}

/// One blueprint with its outline and where it is covered.
#[utoipa::path(get, path = "/api/v1/blueprints/{id}", operation_id = "getBlueprint", tag = "Exams",
    params(("id" = Identifier, Path, description = "The blueprint version.")),
    responses((status = 200, description = "The blueprint.", body = Blueprint)))]
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Reply<Blueprint> {
    needs(&visit, READ).await?;
    let id = identifier("blueprint", &id)?.to_string();
    Ok(Json(Plain::of(visit.workbench().blueprint(&id).await?)))
}
