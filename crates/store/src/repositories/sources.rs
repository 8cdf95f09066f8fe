//! Imported files.

use credway_model::{Ctid, Source, SourceId, Text};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::entities::source::{TABLE, digest, read, values};
use crate::entities::{blueprint, course, credential, framework, organization, pathway, program};
use crate::reader::Reader;
use crate::work::{Work, count};
use crate::{Result, StoreError, Written, value};

/// An imported file without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceHead {
    /// Digest of the bytes.
    pub id: SourceId,
    /// The file's name.
    pub name: Text,
    /// The encoding it was read with.
    pub encoding: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Work {
    /// Keeps a file. The same bytes are the same source: its name, encoding and fields become the latest ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_source(&self, source: &Source) -> Result<Written> {
        let written = match self.source(&source.id).await? {
            None => Written::Created,
            Some(kept) if kept == *source => return Ok(Written::Unchanged),
            Some(_) => Written::Revised,
        };
        self.upsert(&TABLE, vec![values(source)?]).await?;
        Ok(written)
    }

    /// The file with this digest, with its bytes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn source(&self, id: &SourceId) -> Result<Option<Source>> {
        self.fetch_one(&TABLE, value::text(id), read).await
    }

    /// All files without their bytes, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sources(&self) -> Result<Vec<SourceHead>> {
        let mut query = Query::select();
        query
            .columns(["digest", "name", "encoding"])
            .expr(Expr::cust("CAST(LENGTH(bytes) AS BIGINT)"))
            .from(TABLE.name)
            .order_by("name", Order::Asc)
            .order_by("digest", Order::Asc);
        let read = |row| {
            let mut row = Reader::new(row, &TABLE);
            let (id, name, encoding) = (digest(&mut row)?, row.take()?, row.get()?);
            let bytes: i64 = row.get()?;
            let bytes = u64::try_from(bytes)
                .map_err(|_| StoreError::TooLarge { number: bytes.unsigned_abs(), what: "a size" })?;
            Ok(SourceHead { id, name, encoding, bytes })
        };
        self.rows(&query).await?.iter().map(read).collect()
    }

    /// Whether something that belongs to no single institution came from a file.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn source_brought_shared(&self, id: &SourceId) -> Result<bool> {
        for table in [&blueprint::TABLE, &framework::TABLE, &credential::TABLE, &organization::TABLE] {
            let mut query = count(table);
            query.and_where(Expr::col("source").eq(value::text(id)));
            if self.number(&query).await? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The organizations whose courses or programs came from a file.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn source_owners(&self, id: &SourceId) -> Result<Vec<Ctid>> {
        let mut owners = Vec::new();
        for table in [course::TABLE.name, program::TABLE.name, pathway::TABLE.name] {
            let mut query = Query::select();
            query
                .distinct()
                .column("organization")
                .from(table)
                .and_where(Expr::col("source").eq(value::text(id)))
                .order_by("organization", Order::Asc);
            for row in self.rows(&query).await? {
                let owner: String = row.try_get_by_index(0)?;
                owners.push(
                    owner
                        .parse()
                        .map_err(|error: credway_model::CtidError| sea_orm::DbErr::Custom(error.to_string()))?,
                );
            }
        }
        owners.sort_unstable();
        owners.dedup();
        Ok(owners)
    }
}
