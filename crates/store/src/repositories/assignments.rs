//! Reviews given to people.

use credway_model::{AccountId, Assignment, Ctid};
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use crate::entities::collaboration::{ASSIGNMENT, assignment_values, read_assignment};
use crate::work::{Work, select};
use crate::{Result, value};

impl Work {
    /// Writes a review given to somebody; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_assignment(&self, assignment: &Assignment) -> Result<()> {
        self.upsert(&ASSIGNMENT, vec![assignment_values(assignment)?]).await
    }

    /// The review of this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn assignment(&self, id: &Ctid) -> Result<Option<Assignment>> {
        self.fetch_one(&ASSIGNMENT, value::text(id), read_assignment).await
    }

    /// The reviews of a crosswalk, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn assignments_of(&self, crosswalk: &Ctid) -> Result<Vec<Assignment>> {
        self.assignments_where("crosswalk", value::text(crosswalk)).await
    }

    /// The reviews given to an account, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn assignments_to(&self, account: AccountId) -> Result<Vec<Assignment>> {
        self.assignments_where("account", value::text(account)).await
    }

    async fn assignments_where(&self, column: &'static str, is: sea_orm::Value) -> Result<Vec<Assignment>> {
        let query = select(&ASSIGNMENT)
            .and_where(Expr::col(column).eq(is))
            .order_by("at", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        self.fetch(&ASSIGNMENT, &query, read_assignment).await
    }
}
