//! In whose name long work is done, with which rights, and whose it is to see.

use credway_import::Kind;
use credway_model::{AccountId, AccountState, Action, Text};
use credway_store::Job;

use crate::{Actor, ActorStanding, Workbench, WorkflowError};

impl Workbench {
    /// The person of an account with the roles they have now, acting from `origin`.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is no such account; [`WorkflowError::Refused`] when it may not act;
    /// [`WorkflowError::Store`].
    pub async fn actor_of(&self, account: AccountId, origin: Option<Text>) -> Result<Actor, WorkflowError> {
        let work = self.store.read().await?;
        let Some((found, _)) = work.account(account).await? else {
            return Err(WorkflowError::NotFound {
                what: "account",
                given: account.to_string(),
                hint: "it was taken away".to_owned(),
            });
        };
        if found.state != AccountState::Active {
            return Err(WorkflowError::Refused {
                message: format!("the account of {} may not act", found.person.name()),
                hint: "an administrator can let it act again".to_owned(),
            });
        }
        let grants = work.grants(account).await?.into_iter().map(|given| given.grant).collect();
        Ok(Actor::member(found.person, account, grants, origin))
    }

    /// The workbench in the hands of who queued this work, with the rights they have now.
    pub(super) async fn in_hands_of_owner(&self, job: &Job) -> Result<Self, WorkflowError> {
        let actor = match job.owner {
            Some(account) => self.actor_of(account, job.origin.clone()).await?,
            None => Actor::owner(job.person.clone(), job.origin.clone()),
        };
        Ok(self.acting(actor))
    }

    /// Whether what belongs to `owner` is who acts's own. Who has the database before them owns everything.
    pub(super) fn owns(&self, owner: Option<AccountId>) -> bool {
        match self.actor().standing() {
            ActorStanding::Owner => true,
            ActorStanding::Member { account, .. } => owner == Some(*account),
            ActorStanding::Visitor => false,
        }
    }
}

/// What somebody must be allowed who imports such a file.
pub(super) const fn importing(kind: Kind) -> Action {
    match kind {
        Kind::Courses | Kind::Outcomes | Kind::Program => Action::ImportCatalogue,
        Kind::Blueprint | Kind::Credential | Kind::Organization | Kind::Framework => Action::ImportShared,
        Kind::Decisions => Action::ImportDecisions,
    }
}
