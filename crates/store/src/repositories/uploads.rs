//! Files that were sent and wait for their sender's word, so that they need not be sent twice and outlive the server.

use credway_model::AccountId;
use jiff::Timestamp;
use sea_orm::Value;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use serde::{Deserialize, Serialize};

use crate::entities::job::{UPLOAD, read_upload, standing_values, upload_values};
use crate::work::{Work, select};
use crate::{Result, value};

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// It is to be read, for the first time or again.
    Waiting,
    /// It was read as its request says.
    Read,
    /// It is being imported.
    Writing,
    /// It is imported; its bytes are gone.
    Written,
}

/// A file that was sent; its bytes are asked for by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Identifier; random, since it stands in addresses.
    pub token: String,
    /// Whose it is; nobody's account where the site has none.
    pub owner: Option<AccountId>,
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What to import and how, as JSON.
    pub request: String,
    /// How often the request was changed.
    pub version: u32,
    /// Where it stands.
    pub state: UploadState,
    /// Whether its sender asked to stop the import.
    pub stopped: bool,
    /// The work under way or done last.
    pub job: Option<String>,
    /// What importing it gave, as JSON.
    pub answer: Option<String>,
    /// When it was sent.
    pub created: Timestamp,
    /// When it goes, unless it is used before.
    pub expires: Timestamp,
}

impl Work {
    /// Keeps a file.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_upload(&self, upload: &Upload, bytes: &[u8]) -> Result<()> {
        self.insert(&UPLOAD, vec![upload_values(upload, bytes)?]).await
    }

    /// The file of this token that has not gone at this moment.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn upload(&self, token: &str, at: Timestamp) -> Result<Option<Upload>> {
        let found = self.fetch_one(&UPLOAD, value::text(token), read_upload).await?;
        Ok(found.filter(|upload| upload.expires > at))
    }

    /// A file's bytes.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn upload_bytes(&self, token: &str) -> Result<Option<Vec<u8>>> {
        let mut query = Query::select();
        query.column("bytes").from(UPLOAD.name).and_where(Expr::col("token").eq(token));
        let rows = self.rows(&query).await?;
        Ok(rows.first().map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// An owner's files that have not gone at this moment and are not imported yet, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn waiting_uploads(&self, owner: Option<AccountId>, at: Timestamp) -> Result<Vec<Upload>> {
        let mut query = select(&UPLOAD);
        query
            .and_where(match owner {
                Some(owner) => Expr::col("owner").eq(value::text(owner)),
                None => Expr::col("owner").is_null(),
            })
            .and_where(Expr::col("state").ne("written"))
            .and_where(Expr::col("expires").gt(value::moment(at)))
            .order_by("created", Order::Asc)
            .order_by("token", Order::Asc);
        self.fetch(&UPLOAD, &query, read_upload).await
    }

    /// Keeps where a file stands now; its bytes stay as they are.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn change_upload(&self, upload: &Upload) -> Result<()> {
        let mut update = Query::update();
        update.table(UPLOAD.name).values(standing_values(upload)?.map(|(column, value)| (column, value.into())));
        update.and_where(Expr::col("token").eq(upload.token.as_str()));
        self.execute(&update).await.map(drop)
    }

    /// Notes that its sender asked to stop the import of a file.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn note_stop(&self, token: &str) -> Result<()> {
        let mut update = Query::update();
        update.table(UPLOAD.name).value("stopped", true).and_where(Expr::col("token").eq(token));
        self.execute(&update).await.map(drop)
    }

    /// Gives a file back that this piece of work was to import and did not: it may be tried again.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn release_upload(&self, token: &str, job: &str) -> Result<()> {
        let mut update = Query::update();
        update
            .table(UPLOAD.name)
            .value("state", "read")
            .and_where(Expr::col("token").eq(token))
            .and_where(Expr::col("state").eq("writing"))
            .and_where(Expr::col("job").eq(job));
        self.execute(&update).await.map(drop)
    }

    /// Lets a file's bytes go.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn empty_upload(&self, token: &str) -> Result<()> {
        let mut update = Query::update();
        update
            .table(UPLOAD.name)
            .value("bytes", Value::Bytes(Some(Vec::new())))
            .and_where(Expr::col("token").eq(token));
        self.execute(&update).await.map(drop)
    }

    /// Notes that a file was used: it goes later.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn prolong_upload(&self, token: &str, expires: Timestamp) -> Result<()> {
        let mut update = Query::update();
        update.table(UPLOAD.name).value("expires", value::moment(expires)).and_where(Expr::col("token").eq(token));
        self.execute(&update).await.map(drop)
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn forget_upload(&self, token: &str) -> Result<()> {
        self.delete_in(&UPLOAD, "token", &[value::text(token)]).await
    }

    /// Forgets the files whose time is over, but not one that is being imported.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn sweep_uploads(&self, at: Timestamp) -> Result<()> {
        let mut delete = Query::delete();
        delete
            .from_table(UPLOAD.name)
            .and_where(Expr::col("expires").lte(value::moment(at)))
            .and_where(Expr::col("state").ne("writing"));
        self.execute(&delete).await.map(drop)
    }
}
