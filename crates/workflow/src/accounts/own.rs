//! One's own account: sessions, password, what one is.

use credway_model::Action;
use serde::Serialize;

use super::{SignedIn, TokenLine};
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// One of one's own sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionLine {
    /// By what it is ended: the beginning of its digest, which opens nothing.
    pub mark: String,
    /// What it was begun with.
    pub about: String,
    /// When, ISO 8601.
    pub begun: String,
    /// When it was last used, ISO 8601.
    pub seen: String,
    /// Whether it is this one.
    pub here: bool,
}

/// One's own account.
#[derive(Clone, Debug, Serialize)]
pub struct AccountPage {
    /// The name.
    pub name: String,
    /// The address.
    pub email: Option<String>,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether there is a second factor.
    pub has_second_factor: bool,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
    /// What one is where, in words.
    pub roles: Vec<String>,
    /// The sessions, the latest first.
    pub sessions: Vec<SessionLine>,
    /// The tokens for programs.
    pub tokens: Vec<TokenLine>,
}

/// How much of a digest marks a session.
const MARK: usize = 16;

impl Workbench {
    /// One's own account.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when nobody has signed in.
    pub async fn own_account(&self, who: &SignedIn) -> Result<AccountPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::OwnAccount, About::Account(who.account)).await?;
        let (account, credentials) = work.account(who.account).await?.ok_or(WorkflowError::SignIn)?;
        let organizations = work.organizations().await?;
        let mut roles = Vec::new();
        for given in work.grants(account.id).await? {
            let place = organizations.iter().find(|one| one.ctid == given.grant.institution);
            let place = place.map_or_else(|| given.grant.institution.to_string(), |one| one.name.to_string());
            let program = match given.grant.program {
                Some(program) => work.program(&program).await?.map(|program| format!(", {}", program.title)),
                None => None,
            };
            roles.push(format!("{}, {place}{}", given.grant.role.label(), program.unwrap_or_default()));
        }
        let sessions = work.sessions(account.id).await?.into_iter().map(|session| SessionLine {
            mark: session.digest.chars().take(MARK).collect(),
            about: session.about,
            begun: session.begun.to_string(),
            seen: session.seen.to_string(),
            here: session.digest == who.session,
        });
        Ok(AccountPage {
            name: account.person.name().to_owned(),
            email: account.email.map(String::from),
            has_password: credentials.password.is_some(),
            has_second_factor: credentials.second_factor.is_some(),
            recovery_codes: work.recovery_codes_left(account.id).await?,
            roles,
            sessions: sessions.collect(),
            tokens: self.token_lines(&work, account.id).await?,
        })
    }

    /// Ends one of one's own sessions, known by its mark.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is none of this mark.
    pub async fn end_own_session(&self, who: &SignedIn, mark: &str) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::OwnAccount, About::Account(who.account)).await?;
        let own = work.sessions(who.account).await?;
        let found = own.iter().find(|session| mark.len() == MARK && session.digest.starts_with(mark));
        let Some(session) = found else {
            return Err(WorkflowError::NotFound {
                what: "session",
                given: mark.chars().take(MARK).collect(),
                hint: "it has ended already".to_owned(),
            });
        };
        work.end_session(&session.digest).await?;
        work.commit().await?;
        Ok(())
    }

    /// Ends all one's own sessions but this one.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn end_other_sessions(&self, who: &SignedIn) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::OwnAccount, About::Account(who.account)).await?;
        work.end_sessions(who.account, Some(&who.session)).await?;
        work.commit().await?;
        Ok(())
    }

    /// Changes one's own password; the old one is asked for again; all other sessions, all tokens
    /// and all links end.
    ///
    /// # Errors
    /// [`WorkflowError::SignIn`] when the old one is wrong; [`WorkflowError::Refused`] when the new one cannot be taken;
    /// [`WorkflowError::Wait`].
    pub async fn change_password(
        &self,
        who: &SignedIn,
        old: String,
        new: String,
        from: &super::From,
    ) -> Result<(), WorkflowError> {
        let (account, credentials) = {
            let work = self.store.read().await?;
            self.allow(&work, Action::OwnAccount, About::Account(who.account)).await?;
            work.account(who.account).await?.ok_or(WorkflowError::SignIn)?
        };
        let email = account.email.as_ref().map(|email| email.as_str().to_owned());
        let name = email.clone().unwrap_or_else(|| account.id.to_string());
        let attempt = self.attempt(&name, Some(account.id), from.device.as_deref(), from.address).await?;
        self.count_attempt(&attempt).await?;
        if self.check_password(old, credentials.password).await? == credway_identity::Verdict::Wrong {
            return Err(WorkflowError::SignIn);
        }
        self.may_be_password(&new, &account.person, email.as_deref()).await?;
        let hashed = self.hash_password(new).await?;
        let work = self.store.write().await?;
        let (account, mut credentials) = work.account(who.account).await?.ok_or(WorkflowError::SignIn)?;
        credentials.password = Some(hashed);
        work.put_account(&account, &credentials).await?;
        work.end_sessions(who.account, Some(&who.session)).await?;
        work.void_secrets(who.account, self.now()).await?;
        self.forgive(&work, &attempt).await?;
        work.append_change(&self.access_line(&account, "changed the password")).await?;
        work.commit().await?;
        Ok(())
    }
}
