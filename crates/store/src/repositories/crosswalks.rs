//! Crosswalks.

use credway_model::{Crosswalk, Ctid};
use sea_orm::sea_query::Order;

use crate::entities::crosswalk::{TABLE, read, values};
use crate::work::{Work, select};
use crate::{Result, StoreError, Written, value};

impl Work {
    /// Begins a crosswalk; one that is there stays as it was begun.
    ///
    /// # Errors
    /// [`StoreError::Reference`] when program or blueprint is not in the database; [`StoreError::Taken`] when the
    /// identifier is another pair's.
    pub async fn put_crosswalk(&self, crosswalk: &Crosswalk) -> Result<Written> {
        match self.crosswalk(&crosswalk.ctid).await? {
            Some(kept) if (kept.program, kept.blueprint) == (crosswalk.program, crosswalk.blueprint) => {
                Ok(Written::Unchanged)
            }
            Some(kept) => {
                let owner = format!("{} × {}", kept.program, kept.blueprint);
                Err(StoreError::Taken { kind: "crosswalk", ctid: kept.ctid, owner })
            }
            None => {
                self.insert(&TABLE, vec![values(crosswalk)]).await?;
                Ok(Written::Created)
            }
        }
    }

    /// All crosswalks, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn crosswalks(&self) -> Result<Vec<Crosswalk>> {
        let query = select(&TABLE).order_by("begun", Order::Asc).order_by("ce_ctid", Order::Asc).to_owned();
        self.fetch(&TABLE, &query, read).await
    }

    /// The crosswalk with this identifier.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn crosswalk(&self, ctid: &Ctid) -> Result<Option<Crosswalk>> {
        self.fetch_one(&TABLE, value::text(ctid), read).await
    }
}
