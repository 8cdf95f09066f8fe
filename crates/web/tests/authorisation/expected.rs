//! What is expected of a request: the ways in which it may be allowed, each an act on something, asked of the policy
//! itself.

use credway_model::{AccountId, Action};
use credway_web::Rule;
use credway_workflow::{Policy, Principal, Resource};

use crate::two_colleges::{Colleges, Who};

/// What an act is about.
#[derive(Clone, Debug)]
pub(crate) enum About {
    /// Nothing in particular: that it is allowed anywhere is enough.
    Somewhere,
    /// Who asks: everybody who is known, and any program with a token, whatever it is good for.
    Themselves,
    /// Any of these.
    Any(Vec<Resource>),
}

/// A way in which a request may be allowed.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// One of these acts must be allowed.
    pub(crate) actions: Vec<Action>,
    pub(crate) about: About,
    /// Only to whom it belongs.
    pub(crate) only: Option<AccountId>,
}

impl Way {
    pub(crate) fn new(actions: &[Action], about: About) -> Self {
        Self { actions: actions.to_vec(), about, only: None }
    }

    /// As the address's own rule says.
    pub(crate) fn by(rule: Rule, about: About) -> Self {
        match rule {
            Rule::Everybody => Self::new(&[], About::Somewhere),
            Rule::May(actions) => Self::new(actions, about),
        }
    }

    /// The same, only to whom it belongs.
    pub(crate) fn of(self, account: Option<AccountId>) -> Self {
        Self { only: Some(account.unwrap_or(AccountId::from_uuid(uuid::Uuid::max()))), ..self }
    }

    /// Whether it is open to somebody.
    pub(crate) fn is_open(&self, who: &Who, colleges: &Colleges) -> bool {
        if self.only.is_some() && self.only != who.account {
            return false;
        }
        if matches!(self.about, About::Themselves) {
            return who.account.is_some();
        }
        let principal = match who.account {
            Some(account) => Principal::account(account, who.grants.clone()),
            None => Principal::visitor(),
        };
        let (policy, home) = (Policy::embedded(), Some(colleges.home));
        let left = |action: &&Action| who.only.as_ref().is_none_or(|only| only.contains(action));
        self.actions.iter().filter(left).any(|action| match &self.about {
            About::Themselves | About::Somewhere => policy.permits_anywhere(&principal, *action, home),
            About::Any(resources) => resources.iter().any(|one| policy.permits(&principal, *action, one, home)),
        })
    }
}
