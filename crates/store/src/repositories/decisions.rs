//! Decisions: added, never changed or removed; the database itself refuses. A line of the history must tell of them
//! before the work can be committed.

use std::sync::atomic::Ordering;

use credway_model::{Ctid, Decision};
use sea_orm::sea_query::{Expr, ExprTrait, Order as Sorted};

use crate::entities::decision::{TABLE, number, read, read_after_number, values};
use crate::work::{Work, count, select};
use crate::{Result, value};

impl Work {
    /// Adds decisions to a crosswalk, in their order. Moments are kept to the microsecond.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Reference` when there is no such crosswalk.
    pub async fn append_decisions(&self, crosswalk: &Ctid, decisions: &[Decision]) -> Result<()> {
        let last = self.last_number(TABLE.name).await?;
        let rows = (last + 1..).zip(decisions).map(|(number, one)| values(number, crosswalk, one)).collect();
        self.insert(&TABLE, rows).await?;
        if !decisions.is_empty() {
            self.untold.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// All decisions of a crosswalk in the order in which they were added.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn decisions(&self, crosswalk: &Ctid) -> Result<Vec<Decision>> {
        let query = select(&TABLE)
            .and_where(Expr::col("crosswalk").eq(value::text(crosswalk)))
            .order_by("number", Sorted::Asc)
            .to_owned();
        self.fetch(&TABLE, &query, read).await
    }

    /// All decisions of a crosswalk with their numbers, in the order in which they were added.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn numbered_decisions(&self, crosswalk: &Ctid) -> Result<Vec<(u64, Decision)>> {
        let query = select(&TABLE)
            .and_where(Expr::col("crosswalk").eq(value::text(crosswalk)))
            .order_by("number", Sorted::Asc)
            .to_owned();
        self.fetch(&TABLE, &query, |row| Ok((number(row)?, read_after_number(row)?))).await
    }

    /// How many decisions a crosswalk has.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn decision_count(&self, crosswalk: &Ctid) -> Result<u64> {
        let query = count(&TABLE).and_where(Expr::col("crosswalk").eq(value::text(crosswalk))).to_owned();
        self.number(&query).await
    }
}
