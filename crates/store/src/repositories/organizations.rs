//! Organizations.

use credway_model::Organization;
use sea_orm::sea_query::Order;

use super::heads::Verdicts;
use crate::entities::organization::{TABLE, read, values};
use crate::work::{Work, select};
use crate::{Result, Stamp, Written};

impl Work {
    /// Writes organizations; says of each what was done, in their order.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError), in particular `Duplicate` when one is given twice.
    pub async fn put_organizations(&self, organizations: &[Organization], stamp: &Stamp) -> Result<Vec<Written>> {
        let before = self.present(&TABLE, organizations, read).await?;
        let verdicts = Verdicts::new(&before, organizations)?;
        self.write_heads(&TABLE, &verdicts, values).await?;
        self.conclude(&verdicts, stamp).await
    }

    /// All organizations, by name.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn organizations(&self) -> Result<Vec<Organization>> {
        let query = select(&TABLE).order_by("name", Order::Asc).order_by("ce_ctid", Order::Asc).to_owned();
        self.fetch(&TABLE, &query, read).await
    }
}
