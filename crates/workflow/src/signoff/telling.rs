//! Tell people of a sign-off: those whose signature it waits for now, and who began it when it is over.

use credway_model::{AccountId, AccountState, Action, NotificationKind, Signoff, SignoffState};
use credway_store::Work;

use super::{page, whereabouts};
use crate::asked_once::AskedOnce;
use crate::colleagues::grants_by_account;
use crate::permission::About;
use crate::{Actor, Workbench, WorkflowError};

impl Workbench {
    /// Tells of a sign-off that was just begun, signed or returned. `before` is how it stood; who was told of this turn is
    /// not told again.
    pub(super) async fn tell_of_signoff(
        &self,
        work: &Work,
        signoff: &Signoff,
        before: Option<SignoffState>,
    ) -> Result<(), WorkflowError> {
        let state = signoff.standing().state;
        if before == Some(state) {
            return Ok(());
        }
        let (program, blueprint) = page::names(work, signoff).await?;
        let name = format!("{} × {}", program.name, blueprint.name);
        let address = format!("/signoffs/{}", signoff.id);
        let (accounts, words) = match state {
            SignoffState::Running(step) => {
                let title = signoff.step_title(step);
                (self.waited_for(work, signoff).await?, format!("{name} waits for your signature, step “{title}”"))
            }
            SignoffState::Approved => (beginner(work, signoff).await?, format!("{name} is approved")),
            SignoffState::Returned => (beginner(work, signoff).await?, format!("{name} came back to the beginning")),
            SignoffState::Reopened => return Ok(()),
        };
        for account in accounts {
            self.notify(work, account, NotificationKind::Signoff, &address, &words).await?;
        }
        Ok(())
    }

    /// The accounts that may sign the step whose turn it is, by their own roles or by a delegation.
    async fn waited_for(&self, work: &Work, signoff: &Signoff) -> Result<Vec<AccountId>, WorkflowError> {
        let SignoffState::Running(turn) = signoff.standing().state else { return Ok(Vec::new()) };
        let grants = grants_by_account(work).await?;
        let about = About::Crosswalk(&signoff.crosswalk);
        let asked = AskedOnce::read(work, Action::Sign, about, grants.values().flatten()).await?;
        let (at, delegations) = (whereabouts(work, &signoff.crosswalk).await?, work.delegations().await?);
        let mut waited_for = Vec::new();
        for account in work.accounts().await?.into_iter().filter(|account| account.state == AccountState::Active) {
            let Some(theirs) = grants.get(&account.id) else { continue };
            if !asked.permits(account.id, theirs) {
                continue;
            }
            let they = self.acting(Actor::member(account.person, account.id, theirs.clone(), None));
            if !they.rights_at(work, signoff, turn, at, &delegations).await?.is_empty() {
                waited_for.push(account.id);
            }
        }
        Ok(waited_for)
    }
}

/// The account of who began it, where there is one.
async fn beginner(work: &Work, signoff: &Signoff) -> Result<Vec<AccountId>, WorkflowError> {
    let accounts = work.accounts().await?.into_iter();
    Ok(accounts.filter(|account| account.person == signoff.by).map(|account| account.id).collect())
}
