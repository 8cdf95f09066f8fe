//! Accounts: who can sign in, and what they are where.

use credway_model::{Account, AccountId, EmailAddress, Grant, Person};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::entities::account::{
    ACCOUNT, GRANT, IDENTITY, RECOVERY_CODE, account_values, grant_values, read_account, read_grant,
};
use crate::work::{Work, count, is_person, select};
use crate::{Result, value};

/// What an account signs in with; nothing of it in clear.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The password's hash, as a PHC string.
    pub password: Option<String>,
    /// The second factor's secret, sealed.
    pub second_factor: Option<String>,
    /// The step of the last code of the second factor that was taken; each is taken once.
    pub last_step: i64,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (password, second) = (self.password.is_some(), self.second_factor.is_some());
        formatter.debug_struct("Credentials").field("password", &password).field("second_factor", &second).finish()
    }
}

/// A role that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenGrant {
    /// To which account.
    pub account: AccountId,
    /// Which role, and where.
    pub grant: Grant,
    /// `given` by a person, or `group` where a sign-in elsewhere brought it.
    pub origin: String,
    /// By whom.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

impl Work {
    /// Writes an account; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError); the database refuses a name or address that is taken.
    pub async fn put_account(&self, account: &Account, credentials: &Credentials) -> Result<()> {
        self.upsert(&ACCOUNT, vec![account_values(account, credentials)?]).await
    }

    /// The account, with what it signs in with.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn account(&self, id: AccountId) -> Result<Option<(Account, Credentials)>> {
        self.fetch_one(&ACCOUNT, value::text(id), read_account).await
    }

    /// The account of this address.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn account_by_email(&self, email: &EmailAddress) -> Result<Option<(Account, Credentials)>> {
        let query = select(&ACCOUNT).and_where(Expr::col("email").eq(value::text(email))).to_owned();
        Ok(self.fetch(&ACCOUNT, &query, read_account).await?.pop())
    }

    /// The account of this person.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn account_of(&self, person: &Person) -> Result<Option<Account>> {
        let query = select(&ACCOUNT).and_where(is_person("person", person.name())).to_owned();
        Ok(self.fetch(&ACCOUNT, &query, read_account).await?.pop().map(|(account, _)| account))
    }

    /// All accounts, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        let query = select(&ACCOUNT).order_by("created", Order::Asc).order_by("id", Order::Asc).to_owned();
        Ok(self.fetch(&ACCOUNT, &query, read_account).await?.into_iter().map(|(account, _)| account).collect())
    }

    /// How many accounts there are.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn account_count(&self) -> Result<u64> {
        self.count(&ACCOUNT).await
    }

    /// The roles of an account, in a fixed order.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn grants(&self, account: AccountId) -> Result<Vec<GivenGrant>> {
        self.grants_where(Expr::col("account").eq(value::text(account))).await
    }

    /// The roles of all accounts.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn all_grants(&self) -> Result<Vec<GivenGrant>> {
        self.grants_where(Expr::value(true)).await
    }

    async fn grants_where(&self, condition: Expr) -> Result<Vec<GivenGrant>> {
        let mut query = select(&GRANT);
        query.and_where(condition);
        for column in GRANT.key() {
            query.order_by(column, Order::Asc);
        }
        self.fetch(&GRANT, &query, read_grant).await
    }

    /// Gives a role; one that is there already keeps who gave it and when.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn give(&self, given: &GivenGrant) -> Result<()> {
        let there = self.grants(given.account).await?;
        if there.iter().any(|one| one.grant == given.grant && one.origin == given.origin) {
            return Ok(());
        }
        self.insert(&GRANT, vec![grant_values(given)]).await
    }

    /// Takes a role away. Answers whether it was there.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn take(&self, account: AccountId, grant: &Grant, origin: &str) -> Result<bool> {
        let program = grant.program.map(|program| program.to_string()).unwrap_or_default();
        let mut delete = Query::delete();
        delete
            .from_table(GRANT.name)
            .and_where(Expr::col("account").eq(value::text(account)))
            .and_where(Expr::col("role").eq(grant.role.word()))
            .and_where(Expr::col("institution").eq(value::text(grant.institution)))
            .and_where(Expr::col("program").eq(program))
            .and_where(Expr::col("origin").eq(origin));
        Ok(self.execute(&delete).await?.rows_affected() > 0)
    }

    /// Puts new recovery codes in the place of all there were.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn replace_recovery_codes(&self, account: AccountId, digests: &[String]) -> Result<()> {
        self.delete_in(&RECOVERY_CODE, "account", &[value::text(account)]).await?;
        let row = |digest: &String| vec![value::text(account), value::text(digest), value::maybe_text::<String>(None)];
        self.insert(&RECOVERY_CODE, digests.iter().map(row).collect()).await
    }

    /// Uses a recovery code up; answers whether it was there and unused.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn use_recovery_code(&self, account: AccountId, digest: &str, at: Timestamp) -> Result<bool> {
        let mut update = Query::update();
        update
            .table(RECOVERY_CODE.name)
            .value("used", value::moment(at))
            .and_where(Expr::col("account").eq(value::text(account)))
            .and_where(Expr::col("digest").eq(digest))
            .and_where(Expr::col("used").is_null());
        Ok(self.execute(&update).await?.rows_affected() == 1)
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn recovery_codes_left(&self, account: AccountId) -> Result<u64> {
        let mut query = count(&RECOVERY_CODE);
        query.and_where(Expr::col("account").eq(value::text(account))).and_where(Expr::col("used").is_null());
        self.number(&query).await
    }

    /// Notes as whom an account is known at an identity provider.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError); the database refuses a subject that belongs to another account.
    pub async fn put_identity(&self, account: AccountId, issuer: &str, subject: &str, since: Timestamp) -> Result<()> {
        let row = vec![value::text(account), value::text(issuer), value::text(subject), value::moment(since)];
        self.upsert(&IDENTITY, vec![row]).await
    }

    /// The account of somebody an identity provider knows.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn account_of_identity(&self, issuer: &str, subject: &str) -> Result<Option<AccountId>> {
        let query = select(&IDENTITY)
            .and_where(Expr::col("issuer").eq(issuer))
            .and_where(Expr::col("subject").eq(subject))
            .to_owned();
        Ok(self.fetch(&IDENTITY, &query, |row| row.parse()).await?.pop())
    }

    /// Whether an identity provider knows an account.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn has_identity(&self, account: AccountId) -> Result<bool> {
        let query = select(&IDENTITY).and_where(Expr::col("account").eq(value::text(account))).to_owned();
        Ok(!self.rows(&query).await?.is_empty())
    }

    /// Forgets how an account signs in: passwords, codes, tokens, sessions, devices, links, identities.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn forget_ways_in(&self, account: AccountId) -> Result<()> {
        use crate::entities::account::API_TOKEN;
        use crate::entities::passing::{DEVICE, SESSION, TICKET};
        for table in [&RECOVERY_CODE, &API_TOKEN, &IDENTITY, &SESSION, &DEVICE, &TICKET] {
            self.delete_in(table, "account", &[value::text(account)]).await?;
        }
        Ok(())
    }
}
