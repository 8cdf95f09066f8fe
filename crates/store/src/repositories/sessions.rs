//! Ways in: sessions, one-time links, known devices, failed attempts, tokens for programs. Of every secret only its
//! digest is kept.

use credway_model::AccountId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::entities::account::{API_TOKEN, read_token, token_values};
use crate::entities::passing::{
    ATTEMPT, DEVICE, PENDING, SESSION, TICKET, read_session, read_ticket, session_values, ticket_values,
};
use crate::work::{Work, select};
use crate::{Result, value};

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// SHA-256 of its secret.
    pub digest: String,
    /// What it is good for (`invitation`, `reset`).
    pub kind: String,
    /// Whose it is.
    pub account: AccountId,
    /// Until when.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its secret.
    pub digest: String,
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub begun: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends whatever happens.
    pub expires: Timestamp,
    /// How sure it is: `password` while the second factor is still to come, `full` after.
    pub assurance: String,
    /// What it was begun with, for its owner to know it by ("Firefox on Linux").
    pub about: String,
}

/// Failures counted under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many.
    pub failures: u32,
    /// Since when they are counted.
    pub since: Timestamp,
    /// Until when whoever comes under this key must wait, where they must.
    pub until: Option<Timestamp>,
}

/// A token for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Identifier.
    pub id: String,
    /// Whose it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of its secret.
    pub digest: String,
    /// What it may do, by the words of acts.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Until when it is good.
    pub expires: Option<Timestamp>,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl Work {
    /// Keeps a one-time link.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_ticket(&self, ticket: &Ticket) -> Result<()> {
        self.insert(&TICKET, vec![ticket_values(ticket)]).await
    }

    /// The one-time link of this digest.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn ticket(&self, digest: &str) -> Result<Option<Ticket>> {
        self.fetch_one(&TICKET, value::text(digest), read_ticket).await
    }

    /// Uses a one-time link up; answers whether it was unused.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn use_ticket(&self, digest: &str, at: Timestamp) -> Result<bool> {
        let mut update = Query::update();
        update
            .table(TICKET.name)
            .value("used", value::moment(at))
            .and_where(Expr::col("digest").eq(digest))
            .and_where(Expr::col("used").is_null());
        Ok(self.execute(&update).await?.rows_affected() == 1)
    }

    /// Makes an account's unused links of a kind good for nothing.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn void_tickets(&self, account: AccountId, kind: &str) -> Result<()> {
        let mut delete = Query::delete();
        delete
            .from_table(TICKET.name)
            .and_where(Expr::col("account").eq(value::text(account)))
            .and_where(Expr::col("kind").eq(kind))
            .and_where(Expr::col("used").is_null());
        self.execute(&delete).await.map(drop)
    }

    /// Makes every link of an account that was not used good for nothing, and every token of it that is good now.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn void_secrets(&self, account: AccountId, at: Timestamp) -> Result<()> {
        self.void_every_ticket(account).await?;
        let mut update = Query::update();
        update
            .table(API_TOKEN.name)
            .value("revoked", value::moment(at))
            .and_where(Expr::col("account").eq(value::text(account)))
            .and_where(Expr::col("revoked").is_null());
        self.execute(&update).await.map(drop)
    }

    /// Makes every link of an account that was not used good for nothing.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn void_every_ticket(&self, account: AccountId) -> Result<()> {
        let mut delete = Query::delete();
        delete
            .from_table(TICKET.name)
            .and_where(Expr::col("account").eq(value::text(account)))
            .and_where(Expr::col("used").is_null());
        self.execute(&delete).await.map(drop)
    }

    /// Keeps a session; one of this digest is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_session(&self, session: &Session) -> Result<()> {
        self.upsert(&SESSION, vec![session_values(session)]).await
    }

    /// The session of this digest.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn session(&self, digest: &str) -> Result<Option<Session>> {
        self.fetch_one(&SESSION, value::text(digest), read_session).await
    }

    /// An account's sessions, the latest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn sessions(&self, account: AccountId) -> Result<Vec<Session>> {
        let query = select(&SESSION)
            .and_where(Expr::col("account").eq(value::text(account)))
            .order_by("seen", Order::Desc)
            .order_by("digest", Order::Asc)
            .to_owned();
        self.fetch(&SESSION, &query, read_session).await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn end_session(&self, digest: &str) -> Result<()> {
        self.delete_in(&SESSION, "digest", &[value::text(digest)]).await
    }

    /// Ends all sessions of an account but one.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn end_sessions(&self, account: AccountId, but: Option<&str>) -> Result<()> {
        let mut delete = Query::delete();
        delete.from_table(SESSION.name).and_where(Expr::col("account").eq(value::text(account)));
        if let Some(digest) = but {
            delete.and_where(Expr::col("digest").ne(digest));
        }
        self.execute(&delete).await.map(drop)
    }

    /// Notes that somebody has signed in with a device.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn know_device(&self, digest: &str, account: AccountId, seen: Timestamp) -> Result<()> {
        self.upsert(&DEVICE, vec![vec![value::text(digest), value::text(account), value::moment(seen)]]).await
    }

    /// Whether the account has signed in with the device before.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn is_known_device(&self, digest: &str, account: AccountId) -> Result<bool> {
        let owner: Option<AccountId> = self
            .fetch_one(&DEVICE, value::text(digest), |row| {
                row.skip();
                row.parse()
            })
            .await?;
        Ok(owner == Some(account))
    }

    /// The failures counted under a key: how many, since when, and until when it must wait.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn attempts(&self, key: &str) -> Result<Option<Attempts>> {
        self.fetch_one(&ATTEMPT, value::text(key), |row| {
            row.skip();
            Ok(Attempts { failures: row.count()?, since: row.parse()?, until: row.maybe_parse()? })
        })
        .await
    }

    /// Counts under a key.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_attempts(&self, key: &str, attempts: &Attempts) -> Result<()> {
        let failures = crate::table::position(attempts.failures as usize)?;
        let until = value::maybe_text(attempts.until.map(value::written).as_ref());
        let row = vec![value::text(key), failures, value::moment(attempts.since), until];
        self.upsert(&ATTEMPT, vec![row]).await
    }

    /// Forgets the failures under a key.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn forget_attempts(&self, key: &str) -> Result<()> {
        self.delete_in(&ATTEMPT, "key", &[value::text(key)]).await
    }

    /// Keeps what a sign-in under way elsewhere will need.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_pending(&self, digest: &str, content: &str, expires: Timestamp) -> Result<()> {
        self.insert(&PENDING, vec![vec![value::text(digest), value::text(content), value::moment(expires)]]).await
    }

    /// Takes what was kept, once.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn take_pending(&self, digest: &str, at: Timestamp) -> Result<Option<String>> {
        let found: Option<(String, Timestamp)> = self
            .fetch_one(&PENDING, value::text(digest), |row| {
                row.skip();
                Ok((row.get()?, row.parse()?))
            })
            .await?;
        self.delete_in(&PENDING, "digest", &[value::text(digest)]).await?;
        Ok(found.filter(|(_, expires)| *expires > at).map(|(content, _)| content))
    }

    /// Removes what has passed: sessions, links, sign-ins under way, and failures long ago.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn sweep(&self, at: Timestamp) -> Result<()> {
        // Failures are all forgotten within some hours.
        let long_ago = at.checked_sub(SignedDuration::from_hours(48)).unwrap_or(at);
        let passed = [
            (&SESSION, "expires", at),
            (&TICKET, "expires", at),
            (&PENDING, "expires", at),
            (&ATTEMPT, "since", long_ago),
        ];
        for (table, column, before) in passed {
            let mut delete = Query::delete();
            delete.from_table(table.name).and_where(Expr::col(column).lt(value::moment(before)));
            self.execute(&delete).await?;
        }
        Ok(())
    }

    /// Keeps a token for programs; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_token(&self, token: &ApiToken) -> Result<()> {
        self.upsert(&API_TOKEN, vec![token_values(token)?]).await
    }

    /// The token of this digest.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn token(&self, digest: &str) -> Result<Option<ApiToken>> {
        let query = select(&API_TOKEN).and_where(Expr::col("digest").eq(digest)).to_owned();
        Ok(self.fetch(&API_TOKEN, &query, read_token).await?.pop())
    }

    /// An account's tokens, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn tokens(&self, account: AccountId) -> Result<Vec<ApiToken>> {
        let query = select(&API_TOKEN)
            .and_where(Expr::col("account").eq(value::text(account)))
            .order_by("created", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        self.fetch(&API_TOKEN, &query, read_token).await
    }
}
