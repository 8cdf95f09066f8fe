//! The list of every address the site answers to, each with its rule: an address cannot be added without one, and the
//! tests walk the list. The rule says what the workflow asks the policy before it answers; it decides nothing itself,
//! but that somebody who has not signed in is asked to where the page is not for everybody.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodRouter, get, post};
use credway_model::Action;

use crate::AppState;

/// Who may ask for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Everybody, signed in or not: signing in itself, help, what pages are made of.
    Everybody,
    /// Whoever may do one of these acts on what the address names.
    May(&'static [Action]),
}

/// One address with its rule.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address, with what varies in braces.
    pub pattern: &'static str,
    /// Who may ask for it.
    pub rule: Rule,
}

/// Addresses with their handlers and rules.
#[derive(Default)]
pub(crate) struct Routes {
    router: Router<AppState>,
    listed: Vec<Listed>,
}

impl Routes {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A page or a part of one.
    pub(crate) fn get<H, T>(self, pattern: &'static str, rule: Rule, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add("GET", pattern, rule, get(handler))
    }

    /// What changes something.
    pub(crate) fn post<H, T>(self, pattern: &'static str, rule: Rule, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add("POST", pattern, rule, post(handler))
    }

    fn add(mut self, method: &'static str, pattern: &'static str, rule: Rule, handler: MethodRouter<AppState>) -> Self {
        self.listed.push(Listed { method, pattern, rule });
        self.router = self.router.route(pattern, handler);
        self
    }

    /// These and those.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.listed.extend(other.listed);
        self.router = self.router.merge(other.router);
        self
    }

    /// The addresses of the list, shared out to what serves them.
    pub(crate) fn into_parts(self) -> (Router<AppState>, Vec<Listed>) {
        (self.router, self.listed)
    }
}
