//! The policy, ready to be asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cedar_policy::{ActionConstraint, Authorizer, Decision as Answer, EntityUid, PolicyId, PolicySet};
use credway_model::{Action, Ctid, Role};

use super::decision::{Decision, PolicyError};
use super::entities::{Asking, Lies, Words};
use super::principal::{Principal, Resource};
use super::reach::Reach;

pub(super) const TEXT: &str = include_str!("policy.cedar");

static EMBEDDED: LazyLock<Policy> = LazyLock::new(|| Policy::read(TEXT).expect("the embedded policy is whole"));

/// Who may do what.
pub struct Policy {
    pub(super) policies: PolicySet,
    by_action: BTreeMap<Action, PolicySet>,
    authorizer: Authorizer,
    words: Words,
}

impl Policy {
    /// The policy that this program was built with, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A policy from its text. Each statement is known by its `@id`.
    ///
    /// # Errors
    /// If the text cannot be read, or a statement has no `@id` or that of another.
    pub(super) fn read(text: &str) -> Result<Self, PolicyError> {
        let read: PolicySet = text.parse().map_err(|error: cedar_policy::ParseErrors| PolicyError::of(&error))?;
        let mut policies = PolicySet::new();
        for policy in read.policies() {
            let id = policy.annotation("id").ok_or_else(|| PolicyError::of(&format!("no @id: {policy}")))?;
            policies.add(policy.new_id(PolicyId::new(id))).map_err(|error| PolicyError::of(&error))?;
        }
        let words = Words::read()?;
        let by_action = words
            .actions()
            .map(|(action, uid)| {
                let about = policies.policies().filter(|policy| is_about(policy, uid)).cloned();
                Ok((action, PolicySet::from_policies(about).map_err(|error| PolicyError::of(&error))?))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { policies, by_action, authorizer: Authorizer::new(), words })
    }

    /// Whether somebody may do an act on a resource. `home` is the institution that operates the deployment.
    #[must_use]
    pub fn permits(&self, principal: &Principal, action: Action, resource: &Resource, home: Option<Ctid>) -> bool {
        self.decide(principal, action, resource, home).is_allowed()
    }

    /// The same, telling a denial from a policy that could not be evaluated.
    #[must_use]
    pub fn decide(&self, principal: &Principal, action: Action, resource: &Resource, home: Option<Ctid>) -> Decision {
        match self.words.asking(principal, home) {
            Ok(asking) => self.answer(&asking, action, resource, Lies::AsNamed),
            Err(error) => Decision::Failed(error.found),
        }
    }

    /// Whether there may be anything that somebody may do an act on: some place they have a role at, the home
    /// institution, something shared with them or their own. For menus; it opens nothing.
    #[must_use]
    pub fn permits_anywhere(&self, principal: &Principal, action: Action, home: Option<Ctid>) -> bool {
        let Ok(asking) = self.words.asking(principal, home) else { return false };
        // Being shared with somebody or their own only ever opens more; a test holds the policy to it.
        let theirs = |resource: Resource| Resource { owner: principal.account, ..resource.shared(true) };
        let may = |resource, lies| self.answer(&asking, action, &theirs(resource), lies).is_allowed();
        may(Resource::of_no_institution(), Lies::Elsewhere)
            || unlike_places(principal, home)
                .into_iter()
                .map(|(institution, program)| Resource { program, ..Resource::of_institution(institution) })
                .any(|resource| may(resource, Lies::AsNamed))
    }

    /// The institutions, and the programs of others, where somebody may do an act on what is neither shared with them
    /// nor anybody's own. Agrees with [`Policy::permits`] on every record that belongs to an institution.
    #[must_use]
    pub fn institutions(&self, principal: &Principal, action: Action, home: Option<Ctid>) -> Reach {
        let mut institutions = BTreeSet::new();
        let mut programs = BTreeSet::new();
        let Ok(asking) = self.words.asking(principal, home) else { return Reach::Only { institutions, programs } };
        if self.answer(&asking, action, &Resource::of_no_institution(), Lies::Elsewhere).is_allowed() {
            return Reach::All;
        }
        // Institutions come before their programs, so that a program is named only where its institution is not.
        for (institution, program) in places(principal, home) {
            let resource = Resource { program, ..Resource::of_institution(institution) };
            if institutions.contains(&institution)
                || !self.answer(&asking, action, &resource, Lies::AsNamed).is_allowed()
            {
                continue;
            }
            match program {
                None => institutions.insert(institution),
                Some(program) => programs.insert((institution, program)),
            };
        }
        Reach::Only { institutions, programs }
    }

    /// Cedar leaves out a statement that cannot be evaluated, even one that forbids: here that denies.
    fn answer(&self, asking: &Asking, action: Action, resource: &Resource, lies: Lies) -> Decision {
        let (request, entities) = match self.words.question(asking, action, resource, lies) {
            Ok(question) => question,
            Err(error) => return Decision::Failed(error.found),
        };
        let policies = self.by_action.get(&action).unwrap_or(&self.policies);
        let response = self.authorizer.is_authorized(&request, policies, &entities);
        let errors: BTreeMap<String, String> = response
            .diagnostics()
            .errors()
            .map(|error| match error {
                cedar_policy::AuthorizationError::PolicyEvaluationError(error) => {
                    (error.policy_id().to_string(), error.to_string())
                }
            })
            .collect();
        if !errors.is_empty() {
            return Decision::Failed(errors.into_values().collect::<Vec<_>>().join("; "));
        }
        match response.decision() {
            Answer::Allow => Decision::Allowed,
            Answer::Deny => Decision::Denied,
        }
    }
}

/// Whether a statement can matter for an act. Acts have no groups, so its head tells; leaving the others out spares
/// most of the time a decision takes.
fn is_about(policy: &cedar_policy::Policy, action: &EntityUid) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(one) => one == *action,
        ActionConstraint::In(some) => some.contains(action),
    }
}

/// Every place that can make a difference: those granted, their institutions, and the home institution. In order, so
/// that an institution stands before its programs.
fn places(principal: &Principal, home: Option<Ctid>) -> BTreeSet<(Ctid, Option<Ctid>)> {
    let granted = principal.grants.iter().map(|grant| (grant.institution, grant.program));
    let institutions = principal.grants.iter().map(|grant| (grant.institution, None));
    granted.chain(institutions).chain(home.map(|home| (home, None))).collect()
}

/// One place for each kind of place: the policy names none, so where somebody has the same roles they may do the same.
fn unlike_places(principal: &Principal, home: Option<Ctid>) -> Vec<(Ctid, Option<Ctid>)> {
    let mut kinds = BTreeSet::new();
    let mut unlike = Vec::new();
    for (institution, program) in places(principal, home) {
        let reaching = principal
            .grants
            .iter()
            .filter(|grant| grant.institution == institution && (grant.program.is_none() || grant.program == program));
        let roles: BTreeSet<(Role, bool)> = reaching.map(|grant| (grant.role, grant.program.is_some())).collect();
        if kinds.insert((home == Some(institution), roles)) {
            unlike.push((institution, program));
        }
    }
    unlike
}
