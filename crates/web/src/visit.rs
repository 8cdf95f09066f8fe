//! A request and who made it: the workbench in that person's hands, and the token their forms carry.

use std::convert::Infallible;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use credway_workflow::{Actor, SignedIn, Workbench};

use crate::AppState;
use crate::error_page::Failure;

/// How somebody is here.
#[derive(Clone)]
pub(crate) enum Presence {
    /// The site knows no accounts: whoever is at this machine.
    AtThisMachine,
    /// Nobody has signed in.
    Stranger,
    /// The password was right; the second factor is still to come.
    HalfWay(SignedIn),
    /// Signed in.
    SignedIn(SignedIn),
    /// A program with a token.
    Program,
    /// A program with a token that is good for nothing.
    WrongToken,
}

/// Who made a request, as the guard of sessions found out and left with the request.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    /// The token their forms carry.
    pub(crate) csrf: String,
    /// How they are here.
    pub(crate) presence: Presence,
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

    /// What every request shares.
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// The token of this person's forms.
    pub(crate) fn csrf(&self) -> &str {
        &self.visitor.csrf
    }

    /// How they are here.
    pub(crate) fn presence(&self) -> &Presence {
        &self.visitor.presence
    }

    /// Who has signed in.
    ///
    /// # Errors
    /// A failure that says to sign in, where nobody has.
    pub(crate) fn signed_in(&self) -> Result<&SignedIn, Failure> {
        match &self.visitor.presence {
            Presence::SignedIn(signed_in) => Ok(signed_in),
            _ => Err(Failure::no_account()),
        }
    }

    /// Who has signed in, or is half way in.
    ///
    /// # Errors
    /// A failure that says to sign in, where nobody has begun to.
    pub(crate) fn half_way(&self) -> Result<&SignedIn, Failure> {
        match &self.visitor.presence {
            Presence::SignedIn(signed_in) | Presence::HalfWay(signed_in) => Ok(signed_in),
            _ => Err(Failure::no_account()),
        }
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
