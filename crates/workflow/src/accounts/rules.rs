//! How accounts are kept in this deployment: settings, and what must not be in the database.

use std::sync::Arc;

use credway_identity::SealingKeys;
use credway_model::Person;
use jiff::SignedDuration;
use tokio::sync::Semaphore;

use crate::{Workbench, WorkflowError};

/// Who must have a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorRule {
    /// Everybody who signs in with a password.
    Required,
    /// Whoever wants one.
    Optional,
}

/// How accounts are kept.
#[derive(Clone)]
pub struct AccountRules {
    keys: Arc<SealingKeys>,
    /// Who must have a second factor.
    pub second_factor: SecondFactorRule,
    /// After how long without use a session ends. Default: an hour (NIST SP 800-63B-4 section 2.2.3).
    pub idle: SignedDuration,
    /// After how long a session ends whatever happens. Default: twelve hours.
    pub longest: SignedDuration,
    /// How long an invitation is good. Default: a week.
    pub invitation: SignedDuration,
    /// How many passwords are checked at once; each takes 19 MiB for some hundredths of a second.
    checks: Arc<Semaphore>,
}

impl AccountRules {
    /// The rules by default, with the keys that seal what the database must not hold in clear.
    #[must_use]
    pub fn new(keys: SealingKeys) -> Self {
        Self {
            keys: Arc::new(keys),
            second_factor: SecondFactorRule::Required,
            idle: SignedDuration::from_hours(1),
            longest: SignedDuration::from_hours(12),
            invitation: SignedDuration::from_hours(7 * 24),
            checks: Arc::new(Semaphore::new(2)),
        }
    }

    pub(super) fn keys(&self) -> &SealingKeys {
        &self.keys
    }

    pub(super) fn checks(&self) -> &Semaphore {
        &self.checks
    }
}

impl std::fmt::Debug for AccountRules {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AccountRules").field("second_factor", &self.second_factor).finish_non_exhaustive()
    }
}

impl Workbench {
    /// The same workbench for a deployment with accounts.
    #[must_use]
    pub fn with_accounts(mut self, rules: AccountRules) -> Self {
        self.accounts = Some(Arc::new(rules));
        self
    }

    /// The same workbench with another rule on second factors.
    #[must_use]
    pub fn with_second_factor(self, rule: SecondFactorRule) -> Self {
        let Some(rules) = self.accounts.as_deref().cloned() else { return self };
        self.with_accounts(AccountRules { second_factor: rule, ..rules })
    }

    /// Whether the deployment has accounts.
    #[must_use]
    pub fn has_accounts(&self) -> bool {
        self.accounts.is_some()
    }

    pub(super) fn account_rules(&self) -> Result<&AccountRules, WorkflowError> {
        self.accounts.as_deref().ok_or_else(|| WorkflowError::Refused {
            message: "this site has no accounts".to_owned(),
            hint: "start it with accounts: credway serve --accounts".to_owned(),
        })
    }

    /// Hashes a password where it does not hold up other work.
    pub(super) async fn hash_password(&self, password: String) -> Result<String, WorkflowError> {
        let _turn = self.account_rules()?.checks().acquire().await.map_err(WorkflowError::defect)?;
        let hashed = tokio::task::spawn_blocking(move || credway_identity::password::hash(&password)).await;
        Ok(hashed.map_err(WorkflowError::defect)?.map_err(WorkflowError::defect)?.into_string())
    }

    /// Checks a password against what is kept; where nothing is kept it takes as long.
    pub(super) async fn check_password(
        &self,
        password: String,
        kept: Option<String>,
    ) -> Result<credway_identity::Verdict, WorkflowError> {
        let _turn = self.account_rules()?.checks().acquire().await.map_err(WorkflowError::defect)?;
        let check = move || credway_identity::password::verify(&password, kept.as_deref());
        let checked = tokio::task::spawn_blocking(check).await;
        checked.map_err(WorkflowError::defect)?.map_err(WorkflowError::defect)
    }

    /// Checks a password somebody chooses.
    pub(super) async fn may_be_password(
        &self,
        password: &str,
        person: &Person,
        email: Option<&str>,
    ) -> Result<(), WorkflowError> {
        let used = match self.account_rules()?.second_factor {
            SecondFactorRule::Required => credway_identity::PasswordUse::WithSecondFactor,
            SecondFactorRule::Optional => credway_identity::PasswordUse::Alone,
        };
        let institution = self.institution().await?.map(|institution| institution.name).unwrap_or_default();
        let context = [person.name(), email.unwrap_or_default(), &institution];
        credway_identity::password_policy::check(password, used, &context).map_err(|error| WorkflowError::Refused {
            message: "this password cannot be taken".to_owned(),
            hint: error.to_string(),
        })
    }
}
