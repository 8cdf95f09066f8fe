//! The people who may do something with a thing: whom a review can be given to, who can be named in a comment.

use std::collections::BTreeMap;

use credway_model::{Account, AccountId, AccountState, Action, Grant, Text};
use credway_store::Work;
use serde::Serialize;

use crate::permission::About;
use crate::{Actor, Workbench, WorkflowError};

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Colleague {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
}

impl Workbench {
    /// Those with an active account who may do `action` with `about`, by name.
    pub(crate) async fn colleagues(
        &self,
        work: &Work,
        action: Action,
        about: About<'_>,
    ) -> Result<Vec<Colleague>, WorkflowError> {
        let mut grants = grants_by_account(work).await?;
        let mut found = Vec::new();
        for account in work.accounts().await? {
            if account.state != AccountState::Active {
                continue;
            }
            let theirs = grants.remove(&account.id).unwrap_or_default();
            if self.in_hands_of(&account, theirs).may(work, action, about).await? {
                found.push(Colleague { account: account.id, name: account.person.name().to_owned() });
            }
        }
        found.sort_by(|one, two| (&one.name, one.account).cmp(&(&two.name, two.account)));
        Ok(found)
    }

    /// Whether an account is active and may do `action` with `about`.
    pub(crate) async fn colleague_may(
        &self,
        work: &Work,
        account: AccountId,
        action: Action,
        about: About<'_>,
    ) -> Result<bool, WorkflowError> {
        Ok(self.colleagues(work, action, about).await?.iter().any(|one| one.account == account))
    }

    /// The same workbench in the hands of the person of an account.
    fn in_hands_of(&self, account: &Account, grants: Vec<Grant>) -> Self {
        self.acting(Actor::member(account.person.clone(), account.id, grants, None::<Text>))
    }
}

/// What every account was granted.
pub(crate) async fn grants_by_account(work: &Work) -> Result<BTreeMap<AccountId, Vec<Grant>>, WorkflowError> {
    let mut grants: BTreeMap<AccountId, Vec<Grant>> = BTreeMap::new();
    for given in work.all_grants().await? {
        grants.entry(given.account).or_default().push(given.grant);
    }
    Ok(grants)
}

/// The name of an account's person; a plain word where the account is not there any more.
pub(crate) async fn name_of(work: &Work, account: AccountId) -> Result<String, WorkflowError> {
    let found = work.account(account).await?;
    Ok(found.map_or_else(|| "somebody".to_owned(), |(account, _)| account.person.name().to_owned()))
}
