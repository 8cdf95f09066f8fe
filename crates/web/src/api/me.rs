//! Who asks: whose token it is and what it may do; and the institution whose site this is.

use axum::Json;
use credway_model::{Action, Grant, Role};
use credway_workflow::{ActorStanding, WorkflowError};
use serde::Serialize;
use utoipa::ToSchema;

use super::Reply;
use super::names::{Identifier, Named};
use super::wire::Plain;
use crate::routing::{Routes, Rule};
use crate::visit::{Presence, Visit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/me", Rule::May(&[Action::OwnAccount]), me).get(
        "/api/v1/institution",
        Rule::Everybody,
        institution,
    )
}

/// How a program is here.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Here {
    /// By a token.
    Token,
    /// By the session of a browser.
    Session,
    /// At the machine itself: the site has no accounts.
    Machine,
}

/// A role and where it holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct HeldRole {
    /// The role, for example `faculty_reviewer`.
    role: String,
    /// The institution where it holds.
    institution: Identifier,
    /// The program there, where it holds for one alone.
    program: Option<Identifier>,
}

/// Who asks, and what they may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Me {
    /// The person in whose name things are done.
    name: String,
    /// How they are here.
    presence: Here,
    /// Their roles; none at a site without accounts.
    roles: Vec<HeldRole>,
    /// What this token or session may do somewhere: the acts its scopes and its owner's roles both let it.
    may: Vec<String>,
    /// What requests that write send as `x-csrf-token`; absent for a token, which needs none.
    csrf_token: Option<String>,
}

/// Who asks, and what they may do.
///
/// A token may do what both its scopes and the roles of its owner let it.
#[utoipa::path(get, path = "/api/v1/me", operation_id = "me", tag = "Who asks",
    responses((status = 200, description = "Who asks, and what they may do.", body = Me)))]
pub(super) async fn me(visit: Visit) -> Reply<Me> {
    let workbench = visit.workbench();
    let presence = match visit.presence() {
        Presence::AtThisMachine => Here::Machine,
        Presence::SignedIn(_) => Here::Session,
        Presence::Program => Here::Token,
        Presence::Stranger | Presence::HalfWay(_) | Presence::WrongToken => {
            return Err(crate::error_page::Failure::no_account());
        }
    };
    let roles = match workbench.actor().standing() {
        ActorStanding::Member { grants, .. } => grants.iter().map(role).collect(),
        ActorStanding::Owner | ActorStanding::Visitor => Vec::new(),
    };
    let mut may = Vec::new();
    for action in Action::ALL {
        if workbench.may_somewhere(*action).await? {
            may.push(action.word().to_owned());
        }
    }
    let csrf_token = (!matches!(presence, Here::Token)).then(|| visit.csrf().to_owned());
    Ok(Json(Me { name: workbench.person().name().to_owned(), presence, roles, may, csrf_token }))
}

fn role(grant: &Grant) -> HeldRole {
    HeldRole {
        role: Role::word(grant.role).to_owned(),
        institution: Identifier::of(grant.institution),
        program: grant.program.map(Identifier::of),
    }
}

/// The institution whose site this is.
///
/// The page to sign in shows it too.
#[utoipa::path(get, path = "/api/v1/institution", operation_id = "institution", tag = "Who asks",
    responses((status = 200, description = "The institution.", body = Named)))]
pub(super) async fn institution(visit: Visit) -> Reply<Named> {
    let found = visit.workbench().institution().await?.ok_or_else(|| WorkflowError::NotFound {
        what: "institution",
        given: "this site".to_owned(),
        hint: "none has been named yet".to_owned(),
    })?;
    Ok(Json(Named { id: Identifier(found.id), name: found.name }))
}
