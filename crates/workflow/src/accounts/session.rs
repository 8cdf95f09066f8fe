//! Sessions: what a signed-in browser holds. Its secret is in its cookie alone; here is a digest.

use credway_identity::{Secret, secret};
use credway_model::{AccountId, AccountState, Person};
use credway_store::{Session, Work};
use jiff::{SignedDuration, Timestamp};

use crate::{Actor, Workbench, WorkflowError};

/// How sure a session is of its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// The password was right; the second factor is still to come, or to be set up.
    Password,
    /// Everything that is asked for was right.
    Full,
}

impl Assurance {
    const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Full => "full",
        }
    }
}

/// How long somebody may take between password and second factor.
const HALF_WAY: SignedDuration = SignedDuration::from_mins(10);
/// How often it is noted that a session is used: seldom, so that reading pages writes little.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

/// A session that has just begun.
#[derive(Debug)]
pub struct NewSession {
    /// What the browser is to keep and nobody else.
    pub secret: Secret,
    /// How sure it is.
    pub assurance: Assurance,
    /// How long it may last, in seconds.
    pub seconds: i64,
}

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// Its person.
    pub person: Person,
    /// How sure the session is.
    pub assurance: Assurance,
    /// The session's digest: by it it is known here.
    pub session: String,
}

impl Workbench {
    /// Who holds the session of this secret, if it is good. Its use is noted at most once a minute.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn session(&self, secret: &str) -> Result<Option<SignedIn>, WorkflowError> {
        let Some(rules) = self.accounts.as_deref() else { return Ok(None) };
        let digest = secret::digest(secret);
        let now = self.now();
        let (session, account) = {
            let work = self.store.read().await?;
            let Some(session) = work.session(digest.as_str()).await? else { return Ok(None) };
            let Some((account, _)) = work.account(session.account).await? else { return Ok(None) };
            (session, account)
        };
        let idle_until = session.seen.checked_add(rules.idle).unwrap_or(session.seen);
        if account.state != AccountState::Active || session.expires <= now || idle_until <= now {
            return Ok(None);
        }
        if now.duration_since(session.seen) >= NOTED {
            // That it could not be noted now is no reason to send somebody away.
            drop(self.note_use(&session, now).await);
        }
        let assurance = if session.assurance == Assurance::Full.word() { Assurance::Full } else { Assurance::Password };
        Ok(Some(SignedIn { account: account.id, person: account.person, assurance, session: session.digest }))
    }

    async fn note_use(&self, session: &Session, now: Timestamp) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        // It may have been ended meanwhile, and must not come back.
        if work.session(&session.digest).await?.is_some() {
            work.put_session(&Session { seen: now, ..session.clone() }).await?;
            work.commit().await?;
        }
        Ok(())
    }

    /// Begins a session.
    pub(super) async fn begin_session(
        &self,
        work: &Work,
        account: AccountId,
        assurance: Assurance,
        about: &str,
    ) -> Result<NewSession, WorkflowError> {
        let rules = self.account_rules()?;
        let secret = Secret::new().map_err(WorkflowError::defect)?;
        let now = self.now();
        let lasts = if assurance == Assurance::Full { rules.longest } else { HALF_WAY };
        work.put_session(&Session {
            digest: secret.digest().as_str().to_owned(),
            account,
            begun: now,
            seen: now,
            expires: now.checked_add(lasts).unwrap_or(now),
            assurance: assurance.word().to_owned(),
            about: about.chars().filter(|letter| !letter.is_control()).take(200).collect(),
        })
        .await?;
        Ok(NewSession { secret, assurance, seconds: lasts.as_secs() })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn sign_out(&self, secret: &str) -> Result<(), WorkflowError> {
        let digest = secret::digest(secret);
        let work = self.store.write().await?;
        let Some(session) = work.session(digest.as_str()).await? else { return Ok(()) };
        work.end_session(digest.as_str()).await?;
        if let Some((account, _)) = work.account(session.account).await? {
            work.append_change(&self.access_line(&account, "signed out")).await?;
        }
        work.commit().await?;
        Ok(())
    }

    /// The account as one who acts, with the roles it has now.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is none that may act.
    pub async fn actor_of(
        &self,
        account: AccountId,
        origin: Option<credway_model::Text>,
    ) -> Result<Actor, WorkflowError> {
        let work = self.store.read().await?;
        let found = work.account(account).await?.map(|(account, _)| account);
        let Some(account) = found.filter(|account| account.state == AccountState::Active) else {
            return Err(WorkflowError::NotFound {
                what: "account",
                given: account.to_string(),
                hint: "it was suspended or taken away".to_owned(),
            });
        };
        let mut grants: Vec<_> = work.grants(account.id).await?.into_iter().map(|given| given.grant).collect();
        grants.sort_unstable();
        grants.dedup();
        Ok(Actor::member(account.person, account.id, grants, origin))
    }
}
