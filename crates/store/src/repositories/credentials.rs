//! Credentials.

use credway_model::{Credential, Ctid};
use sea_orm::sea_query::Order;

use super::heads::Verdicts;
use crate::entities::credential::{TABLE, read, values};
use crate::work::{Work, select};
use crate::{Result, Stamp, Written, value};

impl Work {
    /// Writes credentials; says of each what was done, in their order.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError), in particular `Duplicate` when one is given twice.
    pub async fn put_credentials(&self, credentials: &[Credential], stamp: &Stamp) -> Result<Vec<Written>> {
        let before = self.present(&TABLE, credentials, read).await?;
        let verdicts = Verdicts::new(&before, credentials)?;
        self.write_heads(&TABLE, &verdicts, values).await?;
        self.conclude(&verdicts, stamp).await
    }

    /// All credentials, by title.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn credentials(&self) -> Result<Vec<Credential>> {
        let query = select(&TABLE).order_by("title", Order::Asc).order_by("ce_ctid", Order::Asc).to_owned();
        self.fetch(&TABLE, &query, read).await
    }

    /// The credential with this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn credential(&self, ctid: &Ctid) -> Result<Option<Credential>> {
        self.fetch_one(&TABLE, value::text(ctid), read).await
    }
}
