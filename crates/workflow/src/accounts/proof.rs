//! Showing again who one is: a session alone, which another may have got hold of, is not enough to change the ways into an
//! account. It refuses to take a session's word for it, except where there is nothing else to ask for.

use credway_identity::Verdict;
use credway_model::Action;
use jiff::SignedDuration;

use super::{Assurance, From, SignedIn};
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// How old a session may be that has to do as proof: of accounts with neither a password nor a second factor.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(10);

impl Workbench {
    /// Whether who holds the session shows what only the account's person has: the code of the second factor (or a
    /// recovery code), the password where there is no factor, a session of the last ten minutes where there is neither.
    ///
    /// # Errors
    /// [`WorkflowError::SignIn`] when it is wrong; [`WorkflowError::Wait`]; [`WorkflowError::Refused`] when the session is
    /// too old.
    pub(super) async fn must_prove(&self, who: &SignedIn, shown: &str, from: &From) -> Result<(), WorkflowError> {
        let found = self.store.read().await?.account(who.account).await?;
        let (account, credentials) = found.ok_or(WorkflowError::SignIn)?;
        let has_second = credentials.second_factor.is_some();
        if !has_second && credentials.password.is_none() {
            return self.must_have_come_just_now(who).await;
        }
        let name = account.email.as_ref().map_or_else(|| account.id.to_string(), ToString::to_string);
        let attempt = self.attempt(&name, Some(account.id), from.device.as_deref(), from.address).await?;
        self.count_attempt(&attempt).await?;
        let right = if has_second {
            self.take_code(&account, &credentials, shown).await? || self.take_recovery_code(&account, shown).await?
        } else {
            self.check_password(shown.to_owned(), credentials.password).await? != Verdict::Wrong
        };
        if !right {
            return Err(WorkflowError::SignIn);
        }
        let work = self.store.write().await?;
        self.forgive(&work, &attempt).await?;
        work.commit().await?;
        Ok(())
    }

    async fn must_have_come_just_now(&self, who: &SignedIn) -> Result<(), WorkflowError> {
        let session = self.store.read().await?.session(&who.session).await?;
        if session.is_some_and(|session| self.now().duration_since(session.begun) <= JUST_NOW) {
            return Ok(());
        }
        Err(WorkflowError::Refused {
            message: "this needs a sign-in of the last ten minutes".to_owned(),
            hint: "sign out, sign in again, and repeat it".to_owned(),
        })
    }

    /// Whether the policy lets who holds the session keep the account. Who is only half way in acts as nobody yet, and is
    /// asked about as whom they will be.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when not.
    pub(super) async fn must_be_own(&self, who: &SignedIn) -> Result<(), WorkflowError> {
        let actor = match who.assurance {
            Assurance::Full => self.actor().clone(),
            Assurance::Password => self.actor_of(who.account, self.actor().origin().cloned()).await?,
        };
        let work = self.store.read().await?;
        self.acting(actor).allow(&work, Action::OwnAccount, About::Account(who.account)).await
    }
}
