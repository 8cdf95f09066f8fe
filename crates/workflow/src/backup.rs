//! Back up and restore: the whole database as one portable archive, the same for SQLite and PostgreSQL.

use credway_model::Action;
use std::io::{Read, Write};

use serde::Serialize;

use crate::permission::About;
use crate::{Options, Workbench, WorkflowError};

/// What was written or read.
#[derive(Clone, Debug, Serialize)]
pub struct BackupSummary {
    /// Rows in all tables.
    pub rows: u64,
    /// SHA-256 of the archive's content.
    pub digest: String,
}

impl Workbench {
    /// Writes everything to `out`.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn backup(&self, out: &mut (dyn Write + Send)) -> Result<BackupSummary, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ManageServer, About::Shared).await?;
        let summary = work.backup(out).await?;
        Ok(BackupSummary { rows: summary.rows, digest: summary.digest })
    }

    /// Reads an archive into an empty database; all of it or nothing. A database that was made for it goes again when
    /// the archive cannot be taken.
    ///
    /// # Errors
    /// [`WorkflowError::Store`] when the database is not empty or the archive is damaged.
    pub async fn restore(options: &Options, archive: &mut (dyn Read + Send)) -> Result<BackupSummary, WorkflowError> {
        let workbench = Self::open(options).await?;
        match workbench.restore_all(archive).await {
            Ok(summary) => {
                workbench.close().await?;
                Ok(summary)
            }
            Err(error) => {
                // Why it failed is worth more than that the empty file could not be removed.
                drop(workbench.store.discard().await);
                Err(error)
            }
        }
    }

    async fn restore_all(&self, archive: &mut (dyn Read + Send)) -> Result<BackupSummary, WorkflowError> {
        let work = self.store.write().await?;
        let summary = work.restore(archive).await?;
        work.commit().await?;
        Ok(BackupSummary { rows: summary.rows, digest: summary.digest })
    }
}
