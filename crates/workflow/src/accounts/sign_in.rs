//! Signing in: the password first, then the second factor; each with a session of its own, so that the secret a browser
//! held before it was let in is good for nothing after.

use std::net::IpAddr;

use credway_identity::{Attempt, Purpose, Secret, TotpSecret, Verdict, recovery_code};
use credway_model::{Account, AccountState, Change, ChangeKind, Ctid, EmailAddress};
use credway_store::Credentials;

use super::{Assurance, NewSession, SecondFactorRule, SignedIn};
use crate::{Workbench, WorkflowError};

/// From where somebody signs in.
#[derive(Clone, Debug)]
pub struct From {
    /// The network address.
    pub address: IpAddr,
    /// The cookie of a browser that signed in before, if it has one.
    pub device: Option<String>,
    /// What the browser says it is, shortened: for its owner to know the session by.
    pub about: String,
}

/// A wish to sign in.
pub struct SignInRequest {
    /// The address, as typed.
    pub email: String,
    /// The password.
    pub password: String,
}

/// What came of it.
#[derive(Debug)]
pub struct SignedInBy {
    /// The session that has begun.
    pub session: NewSession,
    /// What the browser is to keep, so that others' guesses cannot slow its owner; none while a factor is to come.
    pub device: Option<Secret>,
    /// Whether a second factor has to be set up before anything else.
    pub must_enrol: bool,
}

impl Workbench {
    /// Signs in with address and password. Whether the address is known, nobody can tell by the answer nor by its time.
    ///
    /// # Errors
    /// [`WorkflowError::Wait`] when there were too many tries; [`WorkflowError::SignIn`] when it was wrong.
    pub async fn sign_in(&self, request: SignInRequest, from: &From) -> Result<SignedInBy, WorkflowError> {
        let rules = self.account_rules()?;
        let found = match EmailAddress::new(&request.email) {
            Ok(email) => self.store.read().await?.account_by_email(&email).await?,
            Err(_) => None,
        };
        let usable = found.filter(|(account, _)| account.state == AccountState::Active);
        let id = usable.as_ref().map(|(account, _)| account.id);
        let attempt = self.attempt(&request.email, id, from.device.as_deref(), from.address).await?;
        self.count_attempt(&attempt).await?;
        let kept = usable.as_ref().and_then(|(_, credentials)| credentials.password.clone());
        let verdict = self.check_password(request.password.clone(), kept).await?;
        let (Some((account, mut credentials)), true) = (usable, verdict != Verdict::Wrong) else {
            return Err(WorkflowError::SignIn);
        };
        if verdict == Verdict::RightButOld {
            credentials.password = Some(self.hash_password(request.password).await?);
            self.keep_credentials(&account, &credentials).await?;
        }
        let has_second = credentials.second_factor.is_some();
        if has_second || rules.second_factor == SecondFactorRule::Required {
            let work = self.store.write().await?;
            let session = self.begin_session(&work, account.id, Assurance::Password, &from.about).await?;
            work.commit().await?;
            return Ok(SignedInBy { session, device: None, must_enrol: !has_second });
        }
        self.let_in(&account, Some(&attempt), from, "signed in with a password").await
    }

    /// Takes the code of the second factor, or a recovery code, of somebody whose password was right.
    ///
    /// # Errors
    /// [`WorkflowError::Wait`]; [`WorkflowError::SignIn`] when it was wrong.
    pub async fn second_factor(
        &self,
        half: &SignedIn,
        secret: &str,
        code: &str,
        from: &From,
    ) -> Result<SignedInBy, WorkflowError> {
        let found = self.store.read().await?.account(half.account).await?;
        let Some((account, credentials)) = found else { return Err(WorkflowError::SignIn) };
        let name = account.email.as_ref().map_or_else(|| account.id.to_string(), ToString::to_string);
        let attempt = self.attempt(&name, Some(account.id), from.device.as_deref(), from.address).await?;
        self.count_attempt(&attempt).await?;
        let by = if self.take_code(&account, &credentials, code).await? {
            "signed in with a second factor"
        } else if self.take_recovery_code(&account, code).await? {
            "signed in with a recovery code"
        } else {
            return Err(WorkflowError::SignIn);
        };
        let done = self.let_in(&account, Some(&attempt), from, by).await?;
        let work = self.store.write().await?;
        work.end_session(credway_identity::secret::digest(secret).as_str()).await?;
        work.commit().await?;
        Ok(done)
    }

    /// Whether the code is the second factor's, now and for the first time.
    pub(super) async fn take_code(
        &self,
        account: &Account,
        credentials: &Credentials,
        code: &str,
    ) -> Result<bool, WorkflowError> {
        let Some(sealed) = &credentials.second_factor else { return Ok(false) };
        let secret = self.opened(sealed, account)?;
        let work = self.store.write().await?;
        // What was read before may be old: two who come with one code at once must not both be let in.
        let Some((account, mut credentials)) = work.account(account.id).await? else { return Ok(false) };
        let last = u64::try_from(credentials.last_step).unwrap_or(0);
        let Some(step) = secret.verify(code, self.now(), Some(last)) else { return Ok(false) };
        credentials.last_step = i64::try_from(step).map_err(WorkflowError::defect)?;
        work.put_account(&account, &credentials).await?;
        work.commit().await?;
        Ok(true)
    }

    pub(super) async fn take_recovery_code(&self, account: &Account, code: &str) -> Result<bool, WorkflowError> {
        let Some(digest) = recovery_code::digest_of_entry(code) else { return Ok(false) };
        let work = self.store.write().await?;
        let taken = work.use_recovery_code(account.id, digest.as_str(), self.now()).await?;
        work.commit().await?;
        Ok(taken)
    }

    /// The second factor's secret.
    pub(super) fn opened(&self, sealed: &str, account: &Account) -> Result<TotpSecret, WorkflowError> {
        let keys = self.account_rules()?.keys();
        let opened = keys.unseal(sealed, Purpose::SecondFactor, &account.id.to_string());
        let opened = opened.map_err(WorkflowError::defect)?;
        TotpSecret::from_bytes(&opened.value).map_err(WorkflowError::defect)
    }

    /// Lets somebody in who has shown everything that is asked for.
    pub(super) async fn let_in(
        &self,
        account: &Account,
        attempt: Option<&Attempt>,
        from: &From,
        how: &str,
    ) -> Result<SignedInBy, WorkflowError> {
        let device = Secret::new().map_err(WorkflowError::defect)?;
        let now = self.now();
        let work = self.store.write().await?;
        if let Some(attempt) = attempt {
            self.forgive(&work, attempt).await?;
        }
        work.know_device(device.digest().as_str(), account.id, now).await?;
        let session = self.begin_session(&work, account.id, Assurance::Full, &from.about).await?;
        work.append_change(&self.access_line(account, how)).await?;
        work.commit().await?;
        Ok(SignedInBy { session, device: Some(device), must_enrol: false })
    }

    pub(super) async fn keep_credentials(
        &self,
        account: &Account,
        credentials: &Credentials,
    ) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        work.put_account(account, credentials).await?;
        work.commit().await?;
        Ok(())
    }

    /// A line of the history about how somebody came in or went, in that person's name.
    pub(super) fn access_line(&self, account: &Account, what: &str) -> Change {
        Change {
            person: account.person.clone(),
            ..self.history_line(ChangeKind::Accessed, ("account", about(account)), what)
        }
    }
}

/// The account as the subject of a line of the history.
pub(super) fn about(account: &Account) -> Ctid {
    account.id.subject()
}
