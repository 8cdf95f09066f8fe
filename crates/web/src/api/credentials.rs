//! Credentials for programs of others: the list, and one, each with what the type check says.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::Reply;
use super::asked::{identifier, needs};
use super::findings::Finding;
use super::names::{Identifier, Named, ShownValue};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadShared;

pub(super) fn routes() -> Routes {
    const RULE: Rule = Rule::May(&[READ]);
    Routes::new().get("/api/v1/credentials", RULE, list).get("/api/v1/credentials/{id}", RULE, one)
}

wire! {
    /// A credential with its type check.
    Credential from credway_workflow::CredentialPage {
        /// Identifier.
        id: Identifier,
        /// Title.
        title: String,
        /// What it calls itself.
        kind: Option<String>,
        /// Its values.
        values: Vec<ShownValue>,
        /// Findings of the type check.
        findings: Vec<Finding>,
        /// Blueprints that examine it.
        blueprints: Vec<Named>,
    }
}

/// Credentials.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Credentials {
    /// All.
    items: Vec<Credential>,
}

/// Credentials, each with its type check.
#[utoipa::path(get, path = "/api/v1/credentials", operation_id = "listCredentials", tag = "Exams",
    responses((status = 200, description = "All credentials.", body = Credentials)))]
pub(super) async fn list(visit: Visit) -> Reply<Credentials> {
    needs(&visit, READ).await?;
    Ok(Json(Credentials { items: Plain::of(visit.workbench().credentials().await?) }))
}

/// One credential with its type check.
#[utoipa::path(get, path = "/api/v1/credentials/{id}", operation_id = "getCredential", tag = "Exams",
    params(("id" = Identifier, Path, description = "The credential.")),
    responses((status = 200, description = "The credential.", body = Credential)))]
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Reply<Credential> {
    needs(&visit, READ).await?;
    let id = identifier("credential", &id)?.to_string();
    Ok(Json(Plain::of(visit.workbench().credential(&id).await?)))
}
