//! What passes: files nobody came back for, work that is over, sessions that ended.

use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::entities::job::{JOB, UPLOAD};
use crate::entities::passing::SESSION;
use crate::work::{Work, count};
use crate::{Result, value};

impl Work {
    /// Whether there is something to sweep: a file whose time is over, or work that ended before this moment.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn has_passed(&self, at: Timestamp, before: Timestamp) -> Result<bool> {
        let jobs = count(&JOB).and_where(Expr::col("ended").lt(value::moment(before))).to_owned();
        let uploads = count(&UPLOAD)
            .and_where(Expr::col("expires").lte(value::moment(at)))
            .and_where(Expr::col("state").ne("writing"))
            .to_owned();
        let sessions = count(&SESSION).and_where(Expr::col("expires").lt(value::moment(at))).to_owned();
        Ok(self.number(&jobs).await? + self.number(&uploads).await? + self.number(&sessions).await? > 0)
    }

    /// Removes what ended before this moment.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn sweep_jobs(&self, before: Timestamp) -> Result<()> {
        let mut delete = Query::delete();
        delete.from_table(JOB.name).and_where(Expr::col("ended").lt(value::moment(before)));
        self.execute(&delete).await.map(drop)
    }
}
