//! The people of an institution: who they are, what they are where, and letting them in, out, and be forgotten.

use credway_model::{Account, AccountId, AccountState, Action, ChangeKind, Ctid, Grant, Role, Text};
use credway_store::{GivenGrant, Work};
use serde::Serialize;

use super::sign_in::about;
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// A role of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantLine {
    /// Which.
    pub grant: Grant,
    /// The institution's name.
    pub institution: String,
    /// The program's title, where the role holds for one only.
    pub program: Option<String>,
    /// Whether a sign-in elsewhere brought it.
    pub from_group: bool,
    /// Who gave it.
    pub by: String,
    /// When, ISO 8601.
    pub at: String,
    /// Whether who looks may take it.
    pub may_take: bool,
}

/// One of the people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonLine {
    /// The account.
    pub id: AccountId,
    /// The name.
    pub name: String,
    /// The address, for whoever keeps the people.
    pub email: Option<String>,
    /// How the account stands.
    pub state: AccountState,
    /// What they are where.
    pub grants: Vec<GrantLine>,
    /// Whether who looks may keep this account: invite again, suspend, erase.
    pub may_keep: bool,
}

/// The people, and what can be given.
#[derive(Clone, Debug, Serialize)]
pub struct PeoplePage {
    /// The people one may see.
    pub people: Vec<PersonLine>,
    /// The institutions whose people one may keep.
    pub institutions: Vec<Named>,
    /// Their programs.
    pub programs: Vec<Named>,
}

impl Workbench {
    /// The people of the institutions one may look at.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when one may see nobody.
    pub async fn people(&self) -> Result<PeoplePage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadPeople).await?;
        let (organizations, programs) = (work.organizations().await?, work.programs().await?);
        let (mut kept, mut seen) = (Vec::new(), Vec::new());
        for one in &organizations {
            if self.may(&work, Action::ManagePeople, About::Institution(&one.ctid)).await? {
                kept.push(one.ctid);
            }
        }
        let reach = self.reach(&work, Action::ReadPeople).await?;
        let names = |ctid: &Ctid| {
            let found = organizations.iter().find(|one| one.ctid == *ctid);
            found.map_or_else(|| ctid.to_string(), |one| one.name.to_string())
        };
        let grants = work.all_grants().await?;
        for account in work.accounts().await? {
            let own: Vec<&GivenGrant> = grants.iter().filter(|given| given.account == account.id).collect();
            let is_self = self.actor().account() == Some(account.id);
            let shown = |given: &&&GivenGrant| is_self || reach.holds(given.grant.institution, given.grant.program);
            let visible: Vec<&&GivenGrant> = own.iter().filter(shown).collect();
            let may_keep = !own.is_empty() && own.iter().all(|given| kept.contains(&given.grant.institution));
            if visible.is_empty() && !is_self && !may_keep {
                continue;
            }
            let lines = visible.iter().map(|given| GrantLine {
                grant: given.grant,
                institution: names(&given.grant.institution),
                program: given.grant.program.map(|id| {
                    let program = programs.iter().find(|program| program.ctid == id);
                    program.map_or_else(|| id.to_string(), |program| program.title.to_string())
                }),
                from_group: given.origin == "group",
                by: given.by.name().to_owned(),
                at: given.at.to_string(),
                may_take: kept.contains(&given.grant.institution) && given.origin != "group",
            });
            seen.push(PersonLine {
                id: account.id,
                name: account.person.name().to_owned(),
                email: account.email.map(String::from).filter(|_| may_keep || is_self),
                state: account.state,
                grants: lines.collect(),
                may_keep,
            });
        }
        let institutions = kept.iter().map(|id| Named { id: *id, name: names(id) }).collect();
        let own = programs.iter().filter(|program| kept.contains(&program.organization));
        let programs = own.map(|program| Named { id: program.ctid, name: program.title.to_string() }).collect();
        Ok(PeoplePage { people: seen, institutions, programs })
    }

    /// Gives a role.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Forbidden`]; [`WorkflowError::Refused`] where it does not fit.
    pub async fn give(&self, id: AccountId, grant: Grant) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::ManagePeople, About::Institution(&grant.institution)).await?;
        self.must_fit(&work, &grant).await?;
        let account = self.seen_account(&work, id).await?;
        self.give_role(&work, &account, grant, "given").await?;
        work.commit().await?;
        Ok(())
    }

    pub(super) async fn give_role(
        &self,
        work: &Work,
        account: &Account,
        grant: Grant,
        origin: &str,
    ) -> Result<(), WorkflowError> {
        let by = self.person().clone();
        let given = GivenGrant { account: account.id, grant, origin: origin.to_owned(), by, at: self.now() };
        work.give(&given).await?;
        let words = format!("{} is now {}", account.person.name(), role_words(work, &grant).await?);
        work.append_change(&self.history_line(ChangeKind::Admitted, ("account", about(account)), &words)).await?;
        Ok(())
    }

    /// Takes a role away that was given here; one that a group brought stays, and goes with the group. Nobody may take
    /// the last administrator's.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Forbidden`]; [`WorkflowError::Refused`].
    pub async fn take(&self, id: AccountId, grant: Grant) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::ManagePeople, About::Institution(&grant.institution)).await?;
        let account = self.seen_account(&work, id).await?;
        if grant.role == Role::Administrator {
            self.must_not_be_last(&work, account.id, Some(grant.institution)).await?;
        }
        self.take_role(&work, &account, &grant, "given").await?;
        work.commit().await?;
        Ok(())
    }

    pub(super) async fn take_role(
        &self,
        work: &Work,
        account: &Account,
        grant: &Grant,
        origin: &str,
    ) -> Result<(), WorkflowError> {
        if !work.take(account.id, grant, origin).await? {
            return Ok(());
        }
        let words = format!("{} is no longer {}", account.person.name(), role_words(work, grant).await?);
        work.append_change(&self.history_line(ChangeKind::Admitted, ("account", about(account)), &words)).await?;
        Ok(())
    }

    /// Keeps somebody out: their sessions and tokens end at once; what they did stays.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Forbidden`]; [`WorkflowError::Refused`].
    pub async fn suspend(&self, id: AccountId, reason: &str) -> Result<(), WorkflowError> {
        let reason = reason_text(reason)?;
        let work = self.store.write().await?;
        let mut account = self.kept_account(&work, id).await?;
        self.must_not_be_last(&work, id, None).await?;
        let (_, credentials) = work.account(id).await?.ok_or_else(|| unknown(id))?;
        account.state = AccountState::Suspended;
        work.put_account(&account, &credentials).await?;
        work.end_sessions(id, None).await?;
        let words = format!("{} was suspended", account.person.name());
        let mut line = self.history_line(ChangeKind::Admitted, ("account", about(&account)), &words);
        line.reason = Some(reason);
        work.append_change(&line).await?;
        work.commit().await?;
        Ok(())
    }

    /// Lets somebody in again who was suspended.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Forbidden`]; [`WorkflowError::Refused`] when they were not.
    pub async fn reinstate(&self, id: AccountId) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let mut account = self.kept_account(&work, id).await?;
        let (_, credentials) = work.account(id).await?.ok_or_else(|| unknown(id))?;
        if account.state != AccountState::Suspended {
            return Err(WorkflowError::Refused {
                message: "the account is not suspended".to_owned(),
                hint: "reload the page".to_owned(),
            });
        }
        let came = credentials.password.is_some() || work.has_identity(id).await?;
        account.state = if came { AccountState::Active } else { AccountState::Invited };
        work.put_account(&account, &credentials).await?;
        let words = format!("{} was let in again", account.person.name());
        work.append_change(&self.history_line(ChangeKind::Admitted, ("account", about(&account)), &words)).await?;
        work.commit().await?;
        Ok(())
    }

    /// The account, if who acts may keep it: they keep the people of every institution where it has a role.
    pub(super) async fn kept_account(&self, work: &Work, id: AccountId) -> Result<Account, WorkflowError> {
        let account = self.known_account(work, id).await?;
        let grants = work.grants(id).await?;
        if grants.is_empty() {
            self.allow(work, Action::ManageServer, About::Shared).await?;
        }
        for given in grants {
            self.allow(work, Action::ManagePeople, About::Institution(&given.grant.institution)).await?;
        }
        Ok(account)
    }

    /// The account, if who acts may keep people at all: nobody else is told whether it is there.
    async fn known_account(&self, work: &Work, id: AccountId) -> Result<Account, WorkflowError> {
        self.allow_somewhere(work, Action::ManagePeople).await?;
        work.account(id).await?.map(|(account, _)| account).ok_or_else(|| unknown(id))
    }

    /// The account, if who acts may see it: it has a role where they may read who the people are, or none anywhere. Any
    /// other is as if it were not there.
    async fn seen_account(&self, work: &Work, id: AccountId) -> Result<Account, WorkflowError> {
        let account = self.known_account(work, id).await?;
        let grants = work.grants(id).await?;
        let reach = self.reach(work, Action::ReadPeople).await?;
        let seen = |given: &GivenGrant| reach.holds(given.grant.institution, given.grant.program);
        if grants.is_empty() || grants.iter().any(seen) { Ok(account) } else { Err(unknown(id)) }
    }

    /// Refuses to take the last active administrator away from an institution (from any, where none is named).
    pub(super) async fn must_not_be_last(
        &self,
        work: &Work,
        id: AccountId,
        institution: Option<Ctid>,
    ) -> Result<(), WorkflowError> {
        let mut administrators = Vec::new();
        for given in work.all_grants().await? {
            if given.grant.role == Role::Administrator && given.grant.program.is_none() {
                let state = work.account(given.account).await?.map(|(account, _)| account.state);
                if state == Some(AccountState::Active) {
                    administrators.push((given.grant.institution, given.account));
                }
            }
        }
        let theirs = administrators.iter().filter(|(at, who)| *who == id && institution.is_none_or(|one| one == *at));
        for (at, _) in theirs {
            if !administrators.iter().any(|(other, who)| other == at && *who != id) {
                return Err(WorkflowError::Refused {
                    message: "this is the institution's last administrator".to_owned(),
                    hint: "make somebody else administrator first".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Refuses a role that could hold nowhere: an institution or a program that is not there.
    pub(super) async fn must_fit(&self, work: &Work, grant: &Grant) -> Result<(), WorkflowError> {
        let organizations = work.organizations().await?;
        if !organizations.iter().any(|one| one.ctid == grant.institution) {
            return Err(WorkflowError::NotFound {
                what: "institution",
                given: grant.institution.to_string(),
                hint: "choose one of the list".to_owned(),
            });
        }
        let Some(program) = grant.program else { return Ok(()) };
        let found = work.program(&program).await?;
        if found.is_some_and(|found| found.organization == grant.institution) {
            return Ok(());
        }
        Err(WorkflowError::NotFound {
            what: "program",
            given: program.to_string(),
            hint: "it must be one of the institution's".to_owned(),
        })
    }
}

fn unknown(id: AccountId) -> WorkflowError {
    WorkflowError::NotFound { what: "account", given: id.to_string(), hint: "look among the people".to_owned() }
}

/// The role and where it holds, by names as people know them.
async fn role_words(work: &Work, grant: &Grant) -> Result<String, WorkflowError> {
    let institutions = work.organizations().await?;
    let institution = institutions.iter().find(|one| one.ctid == grant.institution);
    let institution = institution.map_or_else(|| grant.institution.to_string(), |one| one.name.to_string());
    let role = grant.role.label().to_lowercase();
    let Some(program) = grant.program else { return Ok(format!("{role} at {institution}")) };
    let programs = work.programs().await?;
    let title = programs.iter().find(|one| one.ctid == program);
    let title = title.map_or_else(|| program.to_string(), |one| one.title.to_string());
    Ok(format!("{role} of {title} at {institution}"))
}

pub(super) fn reason_text(reason: &str) -> Result<Text, WorkflowError> {
    Text::new(reason).map_err(|_| WorkflowError::Refused {
        message: "this needs a reason".to_owned(),
        hint: "say why; it stands in the history".to_owned(),
    })
}
