//! The findings of everything imported, to be worked off.

use credway_model::Finding;
use std::collections::BTreeMap;

use credway_model::{Action, SourceId};
use credway_store::{FindingFilter, Work};
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
        self.findings_in(&self.store.read().await?).await
    }

    pub(crate) async fn findings_in(&self, work: &Work) -> Result<Vec<FindingRow>, WorkflowError> {
        self.allow_somewhere(work, Action::ReadFindings).await?;
        let mut seen: BTreeMap<SourceId, bool> = BTreeMap::new();
        let mut rows = Vec::new();
        for line in work.findings(&FindingFilter::default()).await? {
            let visible = match seen.get(&line.source) {
                Some(visible) => *visible,
                None => {
                    let visible = self.may_see_source(work, &line.source, Action::ReadFindings).await?;
                    seen.insert(line.source.clone(), visible);
                    visible
                }
            };
            if visible && self.may_see_finding(work, &line.finding).await? {
                rows.push(FindingRow { source: line.source.to_string(), finding: line.finding });
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.finding.severity));
        Ok(rows)
    }
}
