//! Asking the policy: every use case does, before it reads or writes, about the very thing it is about. What is not
//! theirs to see is said not to be there; what is not theirs to do is refused.

use std::collections::BTreeSet;

use credway_model::{AccountId, Action, Ctid};
use credway_store::Work;

use crate::access::{Policy, Principal, Reach, Resource};
use crate::institution::INSTITUTION;
use crate::{ActorStanding, Workbench, WorkflowError};

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About<'a> {
    /// What belongs to no single institution: blueprints, credentials, frameworks, the server itself.
    Shared,
    /// An institution.
    Institution(&'a Ctid),
    /// A program or collection.
    Program(&'a Ctid),
    /// A course, through whichever program it is reached.
    Course(&'a Ctid),
    /// A crosswalk, through its program.
    Crosswalk(&'a Ctid),
    /// What belongs to an account.
    Account(AccountId),
    /// What is the same for everybody: the acting person's own account, help.
    Own,
}

impl Workbench {
    /// Whether who acts may do this about that.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when not; [`WorkflowError::Store`].
    pub(crate) async fn allow(&self, work: &Work, action: Action, about: About<'_>) -> Result<(), WorkflowError> {
        if self.may(work, action, about).await? { Ok(()) } else { Err(self.forbidden(action)) }
    }

    /// As [`Self::allow`], as an answer.
    pub(crate) async fn may(&self, work: &Work, action: Action, about: About<'_>) -> Result<bool, WorkflowError> {
        let Some(principal) = self.principal() else { return Ok(true) };
        let home = home(work).await?;
        for resource in resources(work, about, &principal).await? {
            if Policy::embedded().permits(&principal, action, &resource, home) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether who acts may do this somewhere: for what is about no single thing.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when nowhere.
    pub(crate) fn allow_somewhere(&self, action: Action) -> Result<(), WorkflowError> {
        if self.may_somewhere(action) { Ok(()) } else { Err(self.forbidden(action)) }
    }

    /// Whether who acts may do this anywhere: for menus.
    #[must_use]
    pub fn may_somewhere(&self, action: Action) -> bool {
        self.principal().is_none_or(|principal| Policy::embedded().permits_anywhere(&principal, action))
    }

    /// Where who acts may do this: for lists.
    pub(crate) fn reach(&self, action: Action) -> Reach {
        self.principal().map_or(Reach::All, |principal| Policy::embedded().reach(&principal, action))
    }

    /// Who acts, as the policy knows them; none for who has the database before them.
    fn principal(&self) -> Option<Principal> {
        match self.actor().standing() {
            ActorStanding::Owner => None,
            ActorStanding::Visitor => Some(Principal { account: None, grants: Vec::new() }),
            ActorStanding::Member { account, grants } => {
                Some(Principal { account: Some(*account), grants: grants.clone() })
            }
        }
    }

    pub(crate) fn forbidden(&self, action: Action) -> WorkflowError {
        WorkflowError::Forbidden { action, signed_in: !matches!(self.actor().standing(), ActorStanding::Visitor) }
    }
}

/// The institution that operates the deployment and keeps what is shared.
async fn home(work: &Work) -> Result<Option<Ctid>, WorkflowError> {
    Ok(work.setting(INSTITUTION).await?.and_then(|ctid| ctid.parse().ok()))
}

/// What the policy is asked about: one answer that permits is enough. Nothing where there is no such thing.
async fn resources(work: &Work, about: About<'_>, principal: &Principal) -> Result<Vec<Resource>, WorkflowError> {
    let at = |institution: Ctid, program: Option<Ctid>| Resource {
        institution: Some(institution),
        program,
        ..Resource::default()
    };
    Ok(match about {
        About::Shared => vec![Resource::default()],
        About::Own => vec![Resource { owner: principal.account, ..Resource::default() }],
        About::Account(account) => vec![Resource { owner: Some(account), ..Resource::default() }],
        About::Institution(institution) => vec![at(*institution, None)],
        About::Program(program) => {
            work.program(program).await?.map(|found| at(found.organization, Some(found.ctid))).into_iter().collect()
        }
        About::Course(course) => {
            let Some(found) = work.course(course).await? else { return Ok(Vec::new()) };
            // A course is reached through every program it is part of, and as what its institution offers.
            let wanted: BTreeSet<Ctid> = principal.grants.iter().filter_map(|grant| grant.program).collect();
            let mut reached = vec![at(found.organization, None)];
            for program in wanted {
                let within = work.program(&program).await?;
                if within.is_some_and(|within| within.courses.iter().any(|one| one.course == found.ctid)) {
                    reached.push(at(found.organization, Some(program)));
                }
            }
            reached
        }
        About::Crosswalk(crosswalk) => {
            let Some(found) = work.crosswalk(crosswalk).await? else { return Ok(Vec::new()) };
            let program = work.program(&found.program).await?;
            program.map(|program| at(program.organization, Some(program.ctid))).into_iter().collect()
        }
    })
}
