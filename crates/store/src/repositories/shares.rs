//! Sheets shared with somebody outside, and what they said about their rows.

use credway_model::{AccountId, Ballot, Ctid, Share};
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use crate::entities::collaboration::{BALLOT, SHARE, ballot_values, read_ballot, read_share, share_values};
use crate::work::{Work, select};
use crate::{Result, value};

impl Work {
    /// Writes a share; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_share(&self, share: &Share) -> Result<()> {
        self.upsert(&SHARE, vec![share_values(share)]).await
    }

    /// The share of this identifier, whether it is still open or not.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn share(&self, id: &Ctid) -> Result<Option<Share>> {
        self.fetch_one(&SHARE, value::text(id), read_share).await
    }

    /// The shares of a crosswalk, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn shares_of(&self, crosswalk: &Ctid) -> Result<Vec<Share>> {
        self.shares_where("crosswalk", value::text(crosswalk)).await
    }

    /// What was shared with an account, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn shares_with(&self, account: AccountId) -> Result<Vec<Share>> {
        self.shares_where("account", value::text(account)).await
    }

    async fn shares_where(&self, column: &'static str, is: sea_orm::Value) -> Result<Vec<Share>> {
        let query = select(&SHARE)
            .and_where(Expr::col(column).eq(is))
            .order_by("at", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        self.fetch(&SHARE, &query, read_share).await
    }

    /// Writes a word on a row; an earlier one of the same share on it is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_ballot(&self, ballot: &Ballot) -> Result<()> {
        self.upsert(&BALLOT, vec![ballot_values(ballot)?]).await
    }

    /// The words on the rows of a share.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn ballots(&self, share: &Ctid) -> Result<Vec<Ballot>> {
        let query =
            select(&BALLOT).and_where(Expr::col("share").eq(value::text(share))).order_by("row", Order::Asc).to_owned();
        self.fetch(&BALLOT, &query, read_ballot).await
    }
}
