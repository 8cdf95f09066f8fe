//! What somebody may do at the moment at which something is written. Reading a file and aligning take minutes, in which
//! people are suspended and roles taken: the rights they began with are not those they end with.

use credway_model::AccountState;
use credway_store::Work;

use crate::{ActorStanding, Workbench, WorkflowError};

impl Workbench {
    /// The same workbench with the rights that who acts has as this work sees them; what a token leaves stays what it
    /// was. The policy is to be asked of it again.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when their account may not act any more.
    pub(crate) async fn with_rights_now(&self, work: &Work) -> Result<Self, WorkflowError> {
        let ActorStanding::Member { account, .. } = *self.actor().standing() else {
            return Ok(self.acting(self.actor().clone()));
        };
        let found = work.account(account).await?.map(|(account, _)| account.state);
        if found != Some(AccountState::Active) {
            return Err(WorkflowError::Refused {
                message: "your account was suspended or taken away while this was done, and nothing was written"
                    .to_owned(),
                hint: "ask whoever keeps the accounts of your institution".to_owned(),
            });
        }
        let mut grants: Vec<_> = work.grants(account).await?.into_iter().map(|given| given.grant).collect();
        grants.sort_unstable();
        grants.dedup();
        Ok(self.acting(self.actor().clone().granted(grants)))
    }
}
