//! Signing in elsewhere: at the institution's identity provider, by OpenID Connect. Who somebody is, the provider says;
//! what they may do here, the mapping of its groups says, anew at every sign-in.

use std::sync::Arc;

use credway_identity::openid::{
    Answer, GrantChange, GroupRule, Identity, OpenIdError, Pending, Provider, Settings, grants_of,
};
use credway_identity::{Purpose, secret};
use credway_model::{Account, AccountId, AccountState, EmailAddress, Grant, Person, Role, Text};
use credway_store::{Credentials, Work};
use jiff::SignedDuration;
use tokio::sync::RwLock;
use uuid::Uuid;

use super::{From, SignedInBy};
use crate::{Workbench, WorkflowError};

/// An identity provider, as it was set up.
pub struct SingleSignOn {
    /// What the button says: "Lantern Bay sign-in".
    pub name: String,
    settings: Settings,
    rules: Vec<GroupRule>,
    provider: RwLock<Option<Arc<Provider>>>,
}

/// What the provider sent the browser back with.
pub type ElsewhereAnswer = Answer;

/// How long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

impl SingleSignOn {
    /// A provider; nothing is asked of it yet.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] for settings that cannot work.
    pub fn new(name: String, settings: Settings, rules: Vec<GroupRule>) -> Result<Self, WorkflowError> {
        settings.check().map_err(refused)?;
        Ok(Self { name, settings, rules, provider: RwLock::new(None) })
    }

    /// What the provider says of itself, asked for when it is needed and again after a day.
    async fn provider(&self, now: jiff::Timestamp) -> Result<Arc<Provider>, WorkflowError> {
        if let Some(known) = self.provider.read().await.as_ref()
            && !known.is_stale(now)
        {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(Provider::discover(&self.settings, now).await.map_err(refused)?);
        *self.provider.write().await = Some(Arc::clone(&found));
        Ok(found)
    }
}

impl std::fmt::Debug for SingleSignOn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SingleSignOn").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Workbench {
    /// Sends somebody to the provider: the address to go to. `browser` is a secret only this browser holds, by which its
    /// return is known; `return_to` a page of ours.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the provider cannot be reached.
    pub async fn begin_elsewhere(
        &self,
        sign_on: &SingleSignOn,
        return_to: &str,
        browser: &str,
    ) -> Result<String, WorkflowError> {
        let now = self.now();
        let (address, pending) = sign_on.provider(now).await?.start(return_to, now);
        let digest = secret::digest(browser);
        let keys = self.account_rules()?.keys();
        let sealed = keys
            .seal(serde_json::to_string(&pending)?.as_bytes(), Purpose::ProviderSignIn, digest.as_str())
            .map_err(WorkflowError::defect)?;
        let work = self.store.write().await?;
        work.take_pending(digest.as_str(), now).await?;
        let expires = now.checked_add(PATIENCE).map_err(WorkflowError::defect)?;
        work.put_pending(digest.as_str(), &sealed, expires).await?;
        work.commit().await?;
        Ok(address.to_string())
    }

    /// Lets somebody in whom the provider sent back, with the roles its groups bring now. Answers where they wanted to
    /// go.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] says what was wrong, without saying what a guesser could use.
    pub async fn finish_elsewhere(
        &self,
        sign_on: &SingleSignOn,
        answer: &ElsewhereAnswer,
        browser: &str,
        from: &From,
    ) -> Result<(SignedInBy, String), WorkflowError> {
        let now = self.now();
        let pending = self.pending(browser).await?;
        let return_to = pending.return_to.clone();
        let identity = sign_on.provider(now).await?.finish(answer, pending, now).await.map_err(refused)?;
        let grants = grants_of(&sign_on.rules, &identity.groups);
        let by = format!("signed in with {}", sign_on.name);
        Ok((self.come_from_elsewhere(&identity, &grants, &by, from).await?, return_to))
    }

    /// Lets in whom the provider knows, with the roles its groups bring. Where nothing is left of those it brought before,
    /// the account's sessions, tokens and links end, and its person stays outside.
    async fn come_from_elsewhere(
        &self,
        identity: &Identity,
        grants: &[Grant],
        by: &str,
        from: &From,
    ) -> Result<SignedInBy, WorkflowError> {
        let work = self.store.write().await?;
        let account = self.account_for(&work, identity, grants).await?;
        let had_role = !work.grants(account.id).await?.is_empty();
        self.bring_roles(&work, &account, grants).await?;
        if work.grants(account.id).await?.is_empty() {
            // Nothing is kept of somebody who never had a role.
            if had_role {
                work.end_sessions(account.id, None).await?;
                work.void_secrets(account.id, self.now()).await?;
                work.commit().await?;
            }
            return Err(no_role());
        }
        work.commit().await?;
        self.let_in(&account, None, from, by).await
    }

    /// What was kept when this browser was sent to the provider; good once.
    async fn pending(&self, browser: &str) -> Result<Pending, WorkflowError> {
        let gone = || WorkflowError::Refused {
            message: "this sign-in was not begun in this browser, or too long ago".to_owned(),
            hint: "sign in again from the beginning".to_owned(),
        };
        let digest = secret::digest(browser);
        let work = self.store.write().await?;
        let sealed = work.take_pending(digest.as_str(), self.now()).await?;
        work.commit().await?;
        let keys = self.account_rules()?.keys();
        let opened = keys.unseal(&sealed.ok_or_else(gone)?, Purpose::ProviderSignIn, digest.as_str());
        serde_json::from_slice(&opened.map_err(|_| gone())?.value).map_err(|_| gone())
    }

    /// The account of whom the provider knows: the one that came this way before, the one invited by the same verified
    /// address, or a new one where the groups bring a role.
    async fn account_for(&self, work: &Work, identity: &Identity, grants: &[Grant]) -> Result<Account, WorkflowError> {
        let email = identity.email.as_deref().filter(|_| identity.email_verified);
        let email = email.and_then(|email| EmailAddress::new(email).ok());
        let known = work.account_of_identity(&identity.issuer, &identity.subject).await?;
        let found = match (known, &email) {
            (Some(id), _) => work.account(id).await?,
            (None, Some(email)) => work.account_by_email(email).await?,
            (None, None) => None,
        };
        let (account, credentials) = match found {
            Some((account, credentials)) => match account.state {
                AccountState::Active => (account, credentials),
                AccountState::Invited => (Account { state: AccountState::Active, ..account }, credentials),
                AccountState::Suspended | AccountState::Erased => return Err(WorkflowError::SignIn),
            },
            None if grants.is_empty() => return Err(no_role()),
            None => {
                let id = AccountId::from_uuid(Uuid::new_v4());
                let person = self.free_name(work, identity, email.as_ref()).await?;
                let account = Account { id, person, email, state: AccountState::Active, created: self.now() };
                (account, Credentials::default())
            }
        };
        work.put_account(&account, &credentials).await?;
        if known.is_none() {
            // A link that was made for them before would let somebody else in.
            work.void_every_ticket(account.id).await?;
            work.put_identity(account.id, &identity.issuer, &identity.subject, self.now()).await?;
            work.append_change(&self.access_line(&account, "came from the identity provider for the first time"))
                .await?;
        }
        Ok(account)
    }

    /// A name that nobody has: neither an account, nor anybody whose words are kept, which would become this person's.
    async fn free_name(
        &self,
        work: &Work,
        identity: &Identity,
        email: Option<&EmailAddress>,
    ) -> Result<Person, WorkflowError> {
        let plain = identity.name.clone().or_else(|| email.map(|email| email.as_str().to_owned()));
        let plain = plain.unwrap_or_else(|| "Member without a name".to_owned());
        let marked = email.map(|email| format!("{plain} ({email})"));
        for name in std::iter::once(plain.clone()).chain(marked).chain((2..100).map(|n| format!("{plain} ({n})"))) {
            let Ok(name) = Text::name(&name) else { continue };
            let person = Person(name);
            if person.name() != super::first::PLACEHOLDER && !work.knows_person(&person).await? {
                return Ok(person);
            }
        }
        Err(WorkflowError::Refused {
            message: "no name is free for this account".to_owned(),
            hint: "an administrator can rename or remove accounts of the same name".to_owned(),
        })
    }

    /// Gives and takes the roles that come from groups, so that they are what the groups are now.
    async fn bring_roles(&self, work: &Work, account: &Account, wanted: &[Grant]) -> Result<(), WorkflowError> {
        let kept = work.grants(account.id).await?;
        let before: Vec<Grant> = kept.iter().filter(|one| one.origin == "group").map(|one| one.grant).collect();
        let mut fitting = Vec::new();
        for grant in wanted {
            // A mapping to a program that is gone brings nothing, and keeps nobody out.
            if self.must_fit(work, grant).await.is_ok() {
                fitting.push(*grant);
            }
        }
        let change = GrantChange::between(&before, &fitting);
        let acting = self.acting(crate::Actor::owner(account.person.clone(), self.actor().origin().cloned()));
        for grant in &change.taken {
            let again = kept.iter().any(|one| one.origin != "group" && one.grant == *grant);
            if grant.role == Role::Administrator
                && grant.program.is_none()
                && !again
                && self.must_not_be_last(work, account.id, Some(grant.institution)).await.is_err()
            {
                let words = "no group brings the administrator's role any more; it stays, for it is the last one";
                work.append_change(&self.access_line(account, words)).await?;
                continue;
            }
            acting.take_role(work, account, grant, "group").await?;
        }
        for grant in &change.given {
            acting.give_role(work, account, *grant, "group").await?;
        }
        Ok(())
    }
}

fn no_role() -> WorkflowError {
    WorkflowError::Refused {
        message: "you were recognised, but have no role here".to_owned(),
        hint: "ask an administrator of your institution for an invitation or for the right group".to_owned(),
    }
}

fn refused(error: OpenIdError) -> WorkflowError {
    WorkflowError::Refused {
        message: "signing in at the identity provider did not work".to_owned(),
        hint: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
