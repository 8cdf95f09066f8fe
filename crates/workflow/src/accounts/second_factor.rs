//! Setting up a second factor: a secret for an authenticator app, shown once, kept sealed, and good only after the first
//! right code; and ten recovery codes for the day the phone is lost.

use credway_identity::{Purpose, TotpSecret, recovery_code::RecoveryCode};
use credway_model::{Account, ChangeKind};

use super::sign_in::about;
use super::{From, SignedIn, SignedInBy};
use crate::{Workbench, WorkflowError};

/// What is shown to set up an app.
pub struct EnrolmentPage {
    /// The picture to scan, as SVG.
    pub picture: String,
    /// The same to type.
    pub typed: String,
    /// The sealed secret: the form brings it back with the first code.
    pub sealed: String,
    /// Whether it takes the place of one, so that a code of that one is asked for too.
    pub replaces: bool,
}

/// Recovery codes, to be shown once.
pub struct NewRecoveryCodes {
    /// The codes, in groups.
    pub codes: Vec<String>,
    /// The session that has begun, where this ended a sign-in.
    pub session: Option<SignedInBy>,
}

impl Workbench {
    /// A new secret to set up an app with; nothing is kept until a code shows that the app has it.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when nobody has signed in.
    pub async fn begin_second_factor(&self, who: &SignedIn) -> Result<EnrolmentPage, WorkflowError> {
        self.must_be_own(who).await?;
        let found = self.store.read().await?.account(who.account).await?;
        let (account, credentials) = found.ok_or(WorkflowError::SignIn)?;
        let secret = TotpSecret::new().map_err(WorkflowError::defect)?;
        let issuer = self.institution().await?.map_or_else(|| "Credway".to_owned(), |one| one.name);
        let name = account.email.as_ref().map_or_else(|| account.person.name().to_owned(), ToString::to_string);
        let enrolment = secret.enrolment(&issuer, &name).map_err(WorkflowError::defect)?;
        let keys = self.account_rules()?.keys();
        let sealed = keys.seal(secret.bytes(), Purpose::SecondFactor, &account.id.to_string());
        Ok(EnrolmentPage {
            picture: enrolment.qr_code.to_string(),
            typed: enrolment.typed.to_string(),
            sealed: sealed.map_err(WorkflowError::defect)?,
            replaces: credentials.second_factor.is_some(),
        })
    }

    /// Takes the second factor into use, shown to work by its first code; where it takes the place of one, `shown` is a
    /// code of that one or a recovery code. All sessions, tokens and links end; a new session begins.
    ///
    /// # Errors
    /// [`WorkflowError::SignIn`] when a code is wrong; [`WorkflowError::Wait`].
    pub async fn confirm_second_factor(
        &self,
        who: &SignedIn,
        sealed: &str,
        (code, shown): (&str, &str),
        from: &From,
    ) -> Result<NewRecoveryCodes, WorkflowError> {
        self.must_be_own(who).await?;
        let account = self.account_of(who).await?;
        let name = account.email.as_ref().map_or_else(|| account.id.to_string(), ToString::to_string);
        let attempt = self.attempt(&name, Some(account.id), from.device.as_deref(), from.address).await?;
        self.count_attempt(&attempt).await?;
        // What the form brings back is not ours until it is opened: anything else is as a wrong code.
        let opened = self.opened(sealed, &account).map_err(|_| WorkflowError::SignIn)?;
        let step = opened.verify(code, self.now(), None);
        let Some(step) = step else { return Err(WorkflowError::SignIn) };
        if self.has_second_factor(who).await? {
            // A session that is only half way in may set up the first factor, never replace one.
            if who.assurance != super::Assurance::Full {
                return Err(WorkflowError::SignIn);
            }
            self.must_prove(who, shown, from).await?;
        }
        let codes = RecoveryCode::new_set().map_err(WorkflowError::defect)?;
        let digests: Vec<String> = codes.iter().map(|code| code.digest().as_str().to_owned()).collect();
        let work = self.store.write().await?;
        let Some((account, mut credentials)) = work.account(account.id).await? else {
            return Err(WorkflowError::SignIn);
        };
        // One that was set up meanwhile was not shown.
        if credentials.second_factor.is_some() && who.assurance != super::Assurance::Full {
            return Err(WorkflowError::SignIn);
        }
        credentials.second_factor = Some(sealed.to_owned());
        credentials.last_step = i64::try_from(step).map_err(WorkflowError::defect)?;
        work.put_account(&account, &credentials).await?;
        work.replace_recovery_codes(account.id, &digests).await?;
        work.end_sessions(account.id, None).await?;
        work.void_secrets(account.id, self.now()).await?;
        work.append_change(&self.access_line(&account, "set up a second factor")).await?;
        work.commit().await?;
        let session = self.let_in(&account, Some(&attempt), from, "signed in with a second factor").await?;
        Ok(NewRecoveryCodes {
            codes: codes.iter().map(|code| code.reveal().to_string()).collect(),
            session: Some(session),
        })
    }

    /// New recovery codes in the place of the old ones; `shown` is a code of the second factor, or one of the old ones.
    ///
    /// # Errors
    /// [`WorkflowError::SignIn`] when it is wrong; [`WorkflowError::Wait`].
    pub async fn renew_recovery_codes(
        &self,
        who: &SignedIn,
        shown: &str,
        from: &From,
    ) -> Result<NewRecoveryCodes, WorkflowError> {
        self.must_be_own(who).await?;
        self.must_prove(who, shown, from).await?;
        let account = self.account_of(who).await?;
        let codes = RecoveryCode::new_set().map_err(WorkflowError::defect)?;
        let digests: Vec<String> = codes.iter().map(|code| code.digest().as_str().to_owned()).collect();
        let work = self.store.write().await?;
        work.replace_recovery_codes(account.id, &digests).await?;
        let line = self.history_line(ChangeKind::Admitted, ("account", about(&account)), "new recovery codes");
        work.append_change(&line).await?;
        work.commit().await?;
        Ok(NewRecoveryCodes { codes: codes.iter().map(|code| code.reveal().to_string()).collect(), session: None })
    }

    async fn has_second_factor(&self, who: &SignedIn) -> Result<bool, WorkflowError> {
        let found = self.store.read().await?.account(who.account).await?;
        Ok(found.is_some_and(|(_, credentials)| credentials.second_factor.is_some()))
    }

    /// The account of somebody with a session.
    pub(super) async fn account_of(&self, who: &SignedIn) -> Result<Account, WorkflowError> {
        let found = self.store.read().await?.account(who.account).await?;
        found.map(|(account, _)| account).ok_or(WorkflowError::SignIn)
    }
}
