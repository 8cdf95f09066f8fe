//! What a server with accounts needs: the keys that seal what the database must not hold in clear, how long sessions
//! last, and the institution's own sign-in, all as the settings say.

use std::path::PathBuf;

use credway_identity::mail::MailPassword;
use credway_identity::openid::{ClientSecret, GroupRule, Settings, Url};
use credway_identity::{Encryption, MailSettings, Mailer, SealingKeys, Secret};
use credway_model::{Action, Role};
use jiff::SignedDuration;

use super::{AccountRules, SingleSignOn};
use crate::access::Policy;
use crate::{MailSecurity, ServeSettings, Workbench, WorkflowError};

/// Where the institution's own sign-in sends people back to.
const RETURN: &str = "/sign-in/elsewhere/return";

/// A secret of 256 bits.
///
/// # Errors
/// [`WorkflowError::Defect`] when the system has no randomness.
pub fn fresh_secret() -> Result<Secret, WorkflowError> {
    Secret::new().map_err(WorkflowError::defect)
}

/// What sends mail, as the settings say; off where they say nothing.
///
/// # Errors
/// [`WorkflowError::Refused`] for settings that cannot work.
pub fn mailer(settings: &ServeSettings) -> Result<Mailer, WorkflowError> {
    let Some(given) = &settings.mail else { return Ok(Mailer::off()) };
    let mut mail = MailSettings::new(&given.host, &given.from);
    mail.port = Some(given.port);
    mail.encryption = match given.security {
        MailSecurity::Tls => Encryption::Tls,
        MailSecurity::StartTls => Encryption::StartTls,
        MailSecurity::None => Encryption::None,
    };
    mail.user.clone_from(&given.user);
    mail.password = given.password.as_ref().map(|secret| MailPassword::new(secret.reveal().to_owned()));
    Mailer::new(mail).map_err(|error| WorkflowError::Refused {
        message: "mail cannot be sent with these settings".to_owned(),
        hint: error.to_string(),
    })
}

impl Workbench {
    /// What each role may do, computed from the policy: for each act its name, and for each role a word.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may see nobody.
    pub async fn roles_table(&self) -> Result<Vec<(&'static str, Vec<&'static str>)>, WorkflowError> {
        self.allow_somewhere(&self.store.read().await?, Action::ReadPeople).await?;
        let policy = Policy::embedded();
        let row = |action: &Action| {
            (action.label(), Role::ALL.iter().map(|role| policy.extent(*role, *action).word()).collect())
        };
        Ok(Action::ALL.iter().map(row).collect())
    }

    /// The same workbench as the settings want it for a server: with accounts where they are on.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the key file cannot be used or none can be found a place for.
    pub fn for_serving(self, settings: &ServeSettings) -> Result<Self, WorkflowError> {
        if !settings.accounts {
            return Ok(self);
        }
        let file = self.key_file(settings)?;
        let keys = SealingKeys::open_or_make(&file).map_err(|error| WorkflowError::Refused {
            message: "the key file cannot be used".to_owned(),
            hint: error.to_string(),
        })?;
        let length = |given: std::time::Duration| SignedDuration::try_from(given).unwrap_or(SignedDuration::MAX);
        let mut rules = AccountRules::new(keys);
        (rules.idle, rules.longest) = (length(settings.sessions.idle), length(settings.sessions.longest));
        Ok(self.with_accounts(rules))
    }

    /// The key file the settings name, or one beside the database's file.
    fn key_file(&self, settings: &ServeSettings) -> Result<PathBuf, WorkflowError> {
        if let Some(file) = &settings.key_file {
            return Ok(file.clone());
        }
        match self.database().strip_prefix("sqlite:") {
            Some(file) if !file.starts_with(':') => Ok(PathBuf::from(format!("{file}.key"))),
            _ => Err(WorkflowError::Refused {
                message: "accounts need a key file".to_owned(),
                hint: "name one with key_file in the configuration; it is made where it is missing".to_owned(),
            }),
        }
    }

    /// The institution's own sign-in, as the settings say; `origin` is what people type.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] for settings that cannot work.
    pub async fn single_sign_on(
        &self,
        settings: &ServeSettings,
        origin: &str,
    ) -> Result<Option<SingleSignOn>, WorkflowError> {
        let Some(given) = &settings.openid else { return Ok(None) };
        let redirect: Url = format!("{origin}{RETURN}").parse().map_err(WorkflowError::defect)?;
        let loopback = given.issuer.starts_with("http://127.0.0.1") || given.issuer.starts_with("http://localhost");
        let client = Settings {
            issuer: given.issuer.clone(),
            client_id: given.client_id.clone(),
            client_secret: given.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned())),
            redirect,
            scopes: ["openid", "email", "profile"].map(str::to_owned).into(),
            groups_claim: given.groups_claim.clone(),
            userinfo: true,
            hosts: Vec::new(),
            certificates: None,
            allow_plain_http_loopback: loopback,
            allow_shared_secret_signatures: false,
        };
        let home = self.institution().await?.map(|home| home.id);
        let mut rules = Vec::new();
        for one in &given.groups {
            let institution = one.institution.or(home).ok_or_else(|| WorkflowError::Refused {
                message: format!("the group “{}” is mapped to no institution", one.group),
                hint: "name the institution in the mapping, or begin one with credway new".to_owned(),
            })?;
            rules.push(GroupRule { group: one.group.clone(), role: one.role, institution, program: one.program });
        }
        Ok(Some(SingleSignOn::new(given.name.clone(), client, rules)?))
    }
}
