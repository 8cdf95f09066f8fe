//! One act on one thing, asked of the policy about many people: what the policy is told of the thing is read once, since
//! this is done while others wait to write. It answers as [`Workbench::may`](crate::Workbench) does in their hands.

use credway_model::{AccountId, Action, Ctid, Grant};
use credway_store::Work;

use crate::WorkflowError;
use crate::access::{Policy, Principal, Resource};
use crate::permission::{About, home, resources};

/// An act on a thing.
pub(crate) struct AskedOnce {
    action: Action,
    resources: Vec<Resource>,
    home: Option<Ctid>,
}

impl AskedOnce {
    /// Reads what is asked about, as far as any of these grants may reach it.
    pub(crate) async fn read<'a>(
        work: &Work,
        action: Action,
        about: About<'_>,
        grants: impl Iterator<Item = &'a Grant>,
    ) -> Result<Self, WorkflowError> {
        // A course is reached through every program in which anybody has a role; through which of them one reaches it,
        // the policy says by the program's grant.
        let everybody = Principal { account: None, grants: grants.copied().collect() };
        let resources = resources(work, about, &everybody).await?;
        Ok(Self { action, resources, home: home(work).await? })
    }

    /// Whether somebody with these grants may. Who has a role at none of the institutions is not asked about.
    pub(crate) fn permits(&self, account: AccountId, grants: &[Grant]) -> bool {
        let mut places = self.resources.iter().filter_map(|resource| resource.institution.or(self.home));
        if !places.any(|place| grants.iter().any(|grant| grant.institution == place)) {
            return false;
        }
        let principal = Principal::account(account, grants.to_vec());
        let may = |resource: &Resource| Policy::embedded().permits(&principal, self.action, resource, self.home);
        self.resources.iter().any(may)
    }
}
