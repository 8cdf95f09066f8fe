//! In which roles, and for whom, somebody may sign: by what they were granted, or by a delegation that holds today.

use credway_model::{AccountState, Ctid, Delegation, Grant, Person, Role, SignoffStep};
use credway_store::Work;
use jiff::civil::Date;
use serde::Serialize;

use crate::{ActorStanding, Workbench, WorkflowError};

/// One way in which somebody may sign a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SigningRight {
    /// In this role.
    pub role: Role,
    /// For this person.
    pub on_behalf_of: Option<Person>,
    /// By this delegation.
    pub delegation: Option<String>,
}

/// What is signed belongs here.
#[derive(Clone, Copy)]
pub(super) struct Whereabouts {
    pub(super) institution: Ctid,
    pub(super) program: Ctid,
}

impl Whereabouts {
    /// Whether a role granted at an institution, or in a program of it, holds here.
    fn within(self, institution: Ctid, program: Option<Ctid>) -> bool {
        institution == self.institution && program.is_none_or(|program| program == self.program)
    }

    fn has(self, grants: &[Grant], role: Role) -> bool {
        grants.iter().any(|grant| grant.role == role && self.within(grant.institution, grant.program))
    }
}

impl Workbench {
    /// Every way in which who acts may sign a step here, their own roles first. Who has the database before them may sign
    /// in any of its roles.
    pub(super) async fn signing_rights(
        &self,
        work: &Work,
        at: Whereabouts,
        step: &SignoffStep,
        delegations: &[Delegation],
    ) -> Result<Vec<SigningRight>, WorkflowError> {
        let own = |role: Role| SigningRight { role, on_behalf_of: None, delegation: None };
        let (account, grants) = match self.actor().standing() {
            ActorStanding::Owner => return Ok(step.roles.iter().map(|role| own(*role)).collect()),
            ActorStanding::Visitor => return Ok(Vec::new()),
            ActorStanding::Member { account, grants } => (*account, grants),
        };
        let mut rights: Vec<SigningRight> =
            step.roles.iter().filter(|role| at.has(grants, **role)).map(|role| own(*role)).collect();
        let today = self.today();
        for delegation in delegations.iter().filter(|one| one.to == account && step.roles.contains(&one.role)) {
            if let Some(person) = given_for(work, at, delegation, today).await? {
                let delegation_id = Some(delegation.id.clone());
                rights.push(SigningRight {
                    role: delegation.role,
                    on_behalf_of: Some(person),
                    delegation: delegation_id,
                });
            }
        }
        Ok(rights)
    }
}

/// For whom a delegation lets sign here today: it holds, and who gave it still has the role and an account in use.
async fn given_for(
    work: &Work,
    at: Whereabouts,
    delegation: &Delegation,
    today: Date,
) -> Result<Option<Person>, WorkflowError> {
    if !delegation.holds(today) || !at.within(delegation.institution, delegation.program) {
        return Ok(None);
    }
    let grants: Vec<Grant> = work.grants(delegation.from).await?.into_iter().map(|given| given.grant).collect();
    if !at.has(&grants, delegation.role) {
        return Ok(None);
    }
    let account = work.account(delegation.from).await?;
    Ok(account.filter(|(account, _)| account.state == AccountState::Active).map(|(account, _)| account.person))
}
