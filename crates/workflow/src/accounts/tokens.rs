//! Tokens for programs: each its owner's, good for some acts and for a time, shown once.

use credway_identity::{Secret, secret};
use credway_model::{AccountId, AccountState, Action, ChangeKind, Text};
use credway_store::{ApiToken, Work};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::sign_in::about;
use super::{From, SignedIn};
use crate::permission::About;
use crate::{Actor, Workbench, WorkflowError};

/// A token to make.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// What its owner calls it.
    pub name: String,
    /// What it may do; never more than its owner.
    pub scopes: Vec<Action>,
    /// After how many days it is good for nothing: 1 to 366.
    pub days: u16,
}

/// A token that was made.
#[derive(Debug)]
pub struct NewToken {
    /// The token, to be shown once.
    pub secret: Secret,
    /// What its owner calls it.
    pub name: String,
}

/// One of one's own tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenLine {
    /// Identifier.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may do, in words.
    pub scopes: Vec<String>,
    /// When it was made, ISO 8601.
    pub created: String,
    /// Until when it is good, ISO 8601.
    pub expires: Option<String>,
    /// When it was last used, ISO 8601.
    pub last_used: Option<String>,
    /// Whether it is good now.
    pub good: bool,
}

/// How often it is noted that a token is used.
const NOTED: SignedDuration = SignedDuration::from_mins(1);

impl Workbench {
    /// Makes a token; `shown` is a code of the second factor, or the password where there is none.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] without a name, acts or an end; [`WorkflowError::SignIn`] when what was shown is wrong;
    /// [`WorkflowError::Wait`].
    pub async fn make_token(
        &self,
        who: &SignedIn,
        request: &TokenRequest,
        shown: &str,
        from: &From,
    ) -> Result<NewToken, WorkflowError> {
        self.allow(&self.store.read().await?, Action::OwnAccount, About::Account(who.account)).await?;
        let name = Text::name(&request.name).map_err(|error| WorkflowError::Refused {
            message: format!("the token's name cannot be taken: {error}"),
            hint: "call it after the program that will use it".to_owned(),
        })?;
        if request.scopes.is_empty() || !(1..=366).contains(&request.days) {
            return Err(WorkflowError::Refused {
                message: "a token is good for some acts and for 1 to 366 days".to_owned(),
                hint: "choose at least one act, and a number of days".to_owned(),
            });
        }
        self.must_prove(who, shown, from).await?;
        let secret = Secret::api_token().map_err(WorkflowError::defect)?;
        let now = self.now();
        let work = self.store.write().await?;
        self.allow(&work, Action::OwnAccount, About::Account(who.account)).await?;
        let (account, _) = work.account(who.account).await?.ok_or(WorkflowError::SignIn)?;
        work.put_token(&ApiToken {
            id: Uuid::new_v4().to_string(),
            account: who.account,
            name: name.to_string(),
            digest: secret.digest().as_str().to_owned(),
            scopes: request.scopes.iter().map(|scope| scope.word().to_owned()).collect(),
            created: now,
            expires: now.checked_add(SignedDuration::from_hours(24 * i64::from(request.days))).ok(),
            last_used: None,
            revoked: None,
        })
        .await?;
        work.append_change(&self.access_line(&account, &format!("made the token “{name}”"))).await?;
        work.commit().await?;
        Ok(NewToken { secret, name: name.to_string() })
    }

    /// Makes one of one's own tokens good for nothing.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn revoke_token(&self, who: &SignedIn, id: &str) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::OwnAccount, About::Account(who.account)).await?;
        let own = work.tokens(who.account).await?;
        let Some(token) = own.into_iter().find(|token| token.id == id) else {
            return Err(WorkflowError::NotFound {
                what: "token",
                given: id.chars().take(40).collect(),
                hint: "look among your own".to_owned(),
            });
        };
        let (account, _) = work.account(who.account).await?.ok_or(WorkflowError::SignIn)?;
        let line = self.history_line(
            ChangeKind::Accessed,
            ("account", about(&account)),
            &format!("revoked the token “{}”", token.name),
        );
        work.put_token(&ApiToken { revoked: Some(self.now()), ..token }).await?;
        work.append_change(&line).await?;
        work.commit().await?;
        Ok(())
    }

    /// Who acts with this token, with what it may do; none where it is good for nothing.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn actor_of_token(
        &self,
        given: &str,
        origin: Option<Text>,
    ) -> Result<Option<(Actor, Vec<Action>)>, WorkflowError> {
        let now = self.now();
        let token = self.store.read().await?.token(secret::digest(given).as_str()).await?;
        let Some(token) = token.filter(|token| is_good(token, now)) else { return Ok(None) };
        let state = self.store.read().await?.account(token.account).await?.map(|(account, _)| account.state);
        if state != Some(AccountState::Active) {
            return Ok(None);
        }
        if token.last_used.is_none_or(|used| now.duration_since(used) >= NOTED) {
            // That it could not be noted now is no reason to refuse.
            drop(self.note_token(&token, now).await);
        }
        let scopes = token.scopes.iter().filter_map(|word| Action::read(word)).collect();
        Ok(Some((self.actor_of(token.account, origin).await?, scopes)))
    }

    async fn note_token(&self, token: &ApiToken, now: Timestamp) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        // It may have been revoked meanwhile, and must stay so.
        if let Some(kept) = work.token(&token.digest).await? {
            work.put_token(&ApiToken { last_used: Some(now), ..kept }).await?;
            work.commit().await?;
        }
        Ok(())
    }

    pub(super) async fn token_lines(&self, work: &Work, account: AccountId) -> Result<Vec<TokenLine>, WorkflowError> {
        let now = self.now();
        let words = |scopes: &[String]| {
            scopes.iter().filter_map(|word| Action::read(word)).map(|act| act.label().to_owned()).collect()
        };
        let line = |token: ApiToken| TokenLine {
            good: is_good(&token, now),
            id: token.id,
            name: token.name,
            scopes: words(&token.scopes),
            created: token.created.to_string(),
            expires: token.expires.map(|at| at.to_string()),
            last_used: token.last_used.map(|at| at.to_string()),
        };
        Ok(work.tokens(account).await?.into_iter().map(line).collect())
    }
}

fn is_good(token: &ApiToken, now: Timestamp) -> bool {
    token.revoked.is_none() && token.expires.is_none_or(|expires| expires > now)
}
