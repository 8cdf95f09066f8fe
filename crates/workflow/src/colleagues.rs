//! The people who may do something with a thing: whom a review can be given to, who can be named in a comment.

use std::collections::BTreeMap;

use credway_model::{AccountId, AccountState, Action, Grant};
use credway_store::Work;
use serde::Serialize;

use crate::asked_once::AskedOnce;
use crate::permission::About;
use crate::{Workbench, WorkflowError};

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
        let grants = grants_by_account(work).await?;
        let asked = AskedOnce::read(work, action, about, grants.values().flatten()).await?;
        let accounts = work.accounts().await?.into_iter();
        let mut found: Vec<Colleague> = accounts
            .filter(|account| account.state == AccountState::Active)
            .filter(|account| grants.get(&account.id).is_some_and(|theirs| asked.permits(account.id, theirs)))
            .map(|account| Colleague { account: account.id, name: account.person.name().to_owned() })
            .collect();
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
        let found = work.account(account).await?.map(|(account, _)| account.state);
        if found != Some(AccountState::Active) {
            return Ok(false);
        }
        let grants: Vec<Grant> = work.grants(account).await?.into_iter().map(|given| given.grant).collect();
        Ok(AskedOnce::read(work, action, about, grants.iter()).await?.permits(account, &grants))
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
