//! In whose name long work is done, with which rights, and whose it is to see.

use credway_import::Kind;
use credway_model::{AccountId, Action};
use credway_store::Job;

use crate::{Actor, ActorStanding, Workbench, WorkflowError};

impl Workbench {
    /// The workbench in the hands of who queued this work, with the rights they have now.
    pub(super) async fn in_hands_of_owner(&self, job: &Job) -> Result<Self, WorkflowError> {
        let actor = match job.owner {
            Some(account) => self.actor_of(account, job.origin.clone()).await?,
            None => Actor::owner(job.person.clone(), job.origin.clone()),
        };
        let actor = match &job.acts {
            Some(words) => actor.only(words.iter().filter_map(|word| Action::read(word)).collect()),
            None => actor,
        };
        Ok(self.acting(actor))
    }

    /// The acts a token leaves to who acts, where one limits them: their work is kept to them too.
    pub(super) fn acts_left(&self) -> Option<Vec<String>> {
        let left: Vec<Action> = Action::ALL.iter().copied().filter(|act| self.actor().is_left(*act)).collect();
        (left.len() < Action::ALL.len()).then(|| left.into_iter().map(|act| act.word().to_owned()).collect())
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
        Kind::Courses | Kind::Outcomes | Kind::Program | Kind::Requirements | Kind::Pathway => Action::ImportCatalogue,
        Kind::Blueprint | Kind::Credential | Kind::Organization | Kind::Framework => Action::ImportShared,
        Kind::Decisions => Action::ImportDecisions,
    }
}
