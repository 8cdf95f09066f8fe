//! A request and who made it: the workbench in that person's hands, and the token their forms carry.

use std::convert::Infallible;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use credway_workflow::{Actor, Workbench};

use crate::AppState;

/// Who made a request, as the guard of sessions found out and left with the request.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    /// The token their forms carry.
    pub(crate) csrf: String,
    /// Whether they have signed in.
    pub(crate) signed_in: bool,
}

/// A request and who made it.
#[derive(Clone)]
pub(crate) struct Visit {
    state: AppState,
    workbench: Workbench,
    visitor: Visitor,
}

impl Visit {
    pub(crate) fn new(state: &AppState, visitor: Visitor) -> Self {
        Self { workbench: state.workbench().acting(visitor.actor.clone()), state: state.clone(), visitor }
    }

    /// The workbench in the hands of who made the request.
    pub(crate) fn workbench(&self) -> &Workbench {
        &self.workbench
    }

    /// The token of this person's forms.
    pub(crate) fn csrf(&self) -> &str {
        &self.visitor.csrf
    }

    /// Whether somebody signed in made the request; always, where the site knows no accounts.
    pub(crate) fn signed_in(&self) -> bool {
        self.visitor.signed_in
    }
}

impl Deref for Visit {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.state
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_else(|| state.stranger());
        Ok(Self::new(state, visitor))
    }
}
