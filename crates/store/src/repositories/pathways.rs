//! Pathways.

use credway_model::{Ctid, Pathway};
use sea_orm::sea_query::Order;

use super::heads::Verdicts;
use crate::entities::pathway::{TABLE, read, values};
use crate::work::{Work, select};
use crate::{Result, Stamp, Written, value};

impl Work {
    /// Writes a pathway; says what was done.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Reference` when its organization is not in the database.
    pub async fn put_pathway(&self, pathway: &Pathway, stamp: &Stamp) -> Result<Written> {
        let before = self.present(&TABLE, std::slice::from_ref(pathway), read).await?;
        let verdicts = Verdicts::new(&before, std::slice::from_ref(pathway))?;
        self.write_heads(&TABLE, &verdicts, values).await?;
        let written = self.conclude(&verdicts, stamp).await?;
        Ok(written[0])
    }

    /// All pathways, by title.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn pathways(&self) -> Result<Vec<Pathway>> {
        let query = select(&TABLE).order_by("title", Order::Asc).order_by("ce_ctid", Order::Asc).to_owned();
        self.fetch(&TABLE, &query, read).await
    }

    /// The pathway with this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn pathway(&self, ctid: &Ctid) -> Result<Option<Pathway>> {
        self.fetch_one(&TABLE, value::text(ctid), read).await
    }

    /// The pathways people may mean by `words`: those whose identifier or title it is, in any case.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn find_pathway(&self, words: &str) -> Result<Vec<Pathway>> {
        let wanted = words.trim().to_lowercase();
        let mut pathways = self.pathways().await?;
        pathways.retain(|one| one.ctid.to_string() == wanted || one.title.as_str().to_lowercase() == wanted);
        Ok(pathways)
    }
}
