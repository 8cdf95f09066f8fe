//! The findings of everything imported, to be worked off.

use credway_model::Finding;
use credway_store::FindingFilter;
use serde::Serialize;

use crate::{Workbench, WorkflowError};

/// A finding with the source it is about.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// Identifier of the source.
    pub source: String,
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
}

impl Workbench {
    /// The findings of the last import of every source, errors first.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn findings(&self) -> Result<Vec<FindingRow>, WorkflowError> {
        let work = self.store.read().await?;
        let mut rows: Vec<FindingRow> = work
            .findings(&FindingFilter::default())
            .await?
            .into_iter()
            .map(|line| FindingRow { source: line.source.to_string(), finding: line.finding })
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.finding.severity));
        Ok(rows)
    }
}
