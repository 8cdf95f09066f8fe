//! Delegations: a signer gives another account the right to sign for them in a role, between two days.

use credway_model::{AccountState, Action, ChangeKind, Ctid, Delegation, Grant, Role, SIGNING_ROLES};
use credway_store::Work;
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

use crate::permission::About;
use crate::{ActorStanding, Workbench, WorkflowError};

/// A delegation as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct DelegationLine {
    /// The delegation.
    #[serde(flatten)]
    pub delegation: Delegation,
    /// Who gave it.
    pub from: String,
    /// Who signs for them.
    pub to: String,
    /// Where it holds.
    pub place: String,
    /// Whether it holds today.
    pub holds: bool,
    /// Whether who acts gave it and it is not withdrawn or over.
    pub may_withdraw: bool,
}

/// A role that can be delegated.
#[derive(Clone, Debug, Serialize)]
pub struct DelegableRole {
    /// The role, and where it holds.
    pub grant: Grant,
    /// The place in words.
    pub place: String,
}

/// What a signer gave and was given, and what they can give.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Delegations {
    /// What they gave and were given, newest first.
    pub lines: Vec<DelegationLine>,
    /// The roles they may give away for a while.
    pub roles: Vec<DelegableRole>,
    /// The people who can sign at these institutions, by name.
    pub people: Vec<String>,
}

/// What is to be delegated.
#[derive(Clone, Debug)]
pub struct DelegateRequest {
    /// The name of the account that is to sign.
    pub to: String,
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub institution: Ctid,
    /// Only in this program there.
    pub program: Option<Ctid>,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Workbench {
    /// The delegations of who acts.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when they sign nowhere.
    pub async fn delegations(&self) -> Result<Delegations, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::Sign).await?;
        let ActorStanding::Member { account, grants } = self.actor().standing() else {
            return Ok(Delegations::default());
        };
        let today = self.today();
        let mut answer = Delegations::default();
        let all = work.delegations().await?.into_iter().rev();
        for delegation in all.filter(|one| one.from == *account || one.to == *account) {
            let place = place(&work, delegation.institution, delegation.program).await?;
            answer.lines.push(DelegationLine {
                from: account_name(&work, delegation.from).await?,
                to: account_name(&work, delegation.to).await?,
                place,
                holds: delegation.holds(today),
                may_withdraw: delegation.from == *account && delegation.withdrawn.is_none() && delegation.last >= today,
                delegation,
            });
        }
        for grant in grants.iter().filter(|grant| SIGNING_ROLES.contains(&grant.role)) {
            let place = place(&work, grant.institution, grant.program).await?;
            answer.roles.push(DelegableRole { grant: *grant, place });
        }
        for given in work.all_grants().await? {
            let here = grants.iter().any(|own| own.institution == given.grant.institution);
            if here && given.account != *account && SIGNING_ROLES.contains(&given.grant.role) {
                let found = work.account(given.account).await?;
                answer.people.extend(
                    found
                        .filter(|(account, _)| account.state == AccountState::Active)
                        .map(|(account, _)| account.name().to_string()),
                );
            }
        }
        answer.people.sort_unstable();
        answer.people.dedup();
        Ok(answer)
    }

    /// Gives another the right to sign for who acts.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the role is not theirs, the other does not sign at that institution, or the days
    /// make no span.
    pub async fn delegate(&self, request: &DelegateRequest) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::Sign, about(request)).await?;
        let ActorStanding::Member { account, grants } = self.actor().standing() else {
            return Err(refused("only somebody who signs in delegates", "sign in with your own account"));
        };
        let grant = Grant { role: request.role, institution: request.institution, program: request.program };
        let covers = |own: &Grant| {
            (own.role, own.institution) == (grant.role, grant.institution)
                && own.program.is_none_or(|program| grant.program == Some(program))
        };
        if !SIGNING_ROLES.contains(&request.role) || !grants.iter().any(covers) {
            return Err(refused("that role is not yours to give there", "choose one of your own roles"));
        }
        if request.first > request.last || request.last < self.today() {
            return Err(refused(
                "these days are past, or run backwards",
                "give a first and a last day that are to come",
            ));
        }
        let others = work.accounts().await?;
        let to = others.iter().find(|other| other.person.name() == request.to.trim());
        let Some(to) = to.filter(|to| to.state == AccountState::Active && to.id != *account) else {
            return Err(refused(
                &format!("nobody else here is called “{}”", request.to),
                "choose a name from the list",
            ));
        };
        let their: Vec<Grant> = work.grants(to.id).await?.into_iter().map(|given| given.grant).collect();
        let signs = |own: &Grant| own.institution == grant.institution && SIGNING_ROLES.contains(&own.role);
        if !their.iter().any(signs) {
            return Err(refused(
                &format!("{} does not sign at that institution", to.person.name()),
                "an administrator can give them a role that signs",
            ));
        }
        let delegation = Delegation {
            id: Uuid::new_v4().to_string(),
            from: *account,
            to: to.id,
            role: request.role,
            institution: request.institution,
            program: request.program,
            first: request.first,
            last: request.last,
            given: self.now(),
            withdrawn: None,
        };
        work.put_delegation(&delegation).await?;
        let words = format!(
            "{} may sign for {} as {}, {} to {}",
            to.person.name(),
            self.person().name(),
            request.role.label(),
            request.first,
            request.last
        );
        self.tell_delegation(&work, &delegation, &words).await?;
        work.commit().await?;
        Ok(())
    }

    /// Takes back a right that who acts gave.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when they gave no such right; [`WorkflowError::Refused`] when it is withdrawn already.
    pub async fn withdraw_delegation(&self, id: &str) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow_somewhere(&work, Action::Sign).await?;
        let own = self.actor().account();
        let found = work.delegations().await?.into_iter().find(|one| one.id == id && Some(one.from) == own);
        let Some(mut delegation) = found else {
            return Err(WorkflowError::NotFound {
                what: "delegation",
                given: id.to_owned(),
                hint: "open the page of delegations again".to_owned(),
            });
        };
        if delegation.withdrawn.is_some() {
            return Err(refused("it is withdrawn already", "there is nothing left to do"));
        }
        delegation.withdrawn = Some(self.now());
        work.put_delegation(&delegation).await?;
        let words =
            format!("{} may no longer sign for {}", account_name(&work, delegation.to).await?, self.person().name());
        self.tell_delegation(&work, &delegation, &words).await?;
        work.commit().await?;
        Ok(())
    }

    async fn tell_delegation(&self, work: &Work, delegation: &Delegation, words: &str) -> Result<(), WorkflowError> {
        let told = self.history_line(ChangeKind::Admitted, ("organization", delegation.institution), words);
        Ok(work.append_change(&told).await?)
    }
}

fn about(request: &DelegateRequest) -> About<'_> {
    request.program.as_ref().map_or(About::Institution(&request.institution), About::Program)
}

pub(super) fn refused(message: &str, hint: &str) -> WorkflowError {
    WorkflowError::Refused { message: message.to_owned(), hint: hint.to_owned() }
}

async fn account_name(work: &Work, account: credway_model::AccountId) -> Result<String, WorkflowError> {
    let found = work.account(account).await?;
    Ok(found.map_or_else(|| "an account that is gone".to_owned(), |(account, _)| account.name().to_string()))
}

async fn place(work: &Work, institution: Ctid, program: Option<Ctid>) -> Result<String, WorkflowError> {
    if let Some(program) = program
        && let Some(program) = work.program(&program).await?
    {
        return Ok(program.title.to_string());
    }
    let all = work.organizations().await?;
    let found = all.into_iter().find(|organization| organization.ctid == institution);
    Ok(found.map_or_else(|| institution.to_string(), |organization| organization.name.to_string()))
}
