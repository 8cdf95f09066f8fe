//! Change: a new version of a blueprint beside the old one, what it touches, what goes on, and the memo about it. And a
//! changed catalogue: which decisions rest on words that are no longer there.

mod carry;
mod catalogue;
mod difference;
mod impact;
mod memo;
mod outline;
mod rows;

use credway_model::{Action, Blueprint, Ctid};
use serde::Serialize;

use crate::institution::find_blueprint;
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

pub use carry::{CarriedOver, ConfirmRequest};
pub use catalogue::{StaleCrosswalk, StaleRow};
pub use difference::{
    BlueprintDifference, ChangeItem, ChangePiece, ChangeSource, ChangedDomain, ChangedStatement, ChangedVersion,
    DomainChange, KindCount, compare_blueprint_files,
};
pub use impact::{ProgramImpact, TouchedCourse};
pub use memo::kind_means;
pub use rows::{ChangedRow, RowState};

use outline::Comparison;

/// A new version of a blueprint beside the old one, with what it touches.
#[derive(Clone, Debug, Serialize)]
pub struct BlueprintChange {
    /// What the address names: `OLD..NEW`, both identifiers.
    pub id: String,
    /// The old version.
    pub old_version: Named,
    /// The new version.
    pub new_version: Named,
    /// What became of every statement.
    #[serde(flatten)]
    pub difference: BlueprintDifference,
    /// The programs it touches.
    pub programs: Vec<ProgramImpact>,
    /// Whether who looks may take the memo.
    pub may_export: bool,
}

/// Two versions of one title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionPair {
    /// What the address names.
    pub id: String,
    /// The earlier version.
    pub old: Named,
    /// The later version.
    pub new: Named,
}

/// What names a change in addresses.
#[must_use]
pub fn change_id(old: &Ctid, new: &Ctid) -> String {
    format!("{old}..{new}")
}

impl Workbench {
    /// A new version of a blueprint beside the old one, with the programs it touches within reach of who acts.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`].
    pub async fn blueprint_change(&self, old: &str, new: &str) -> Result<BlueprintChange, WorkflowError> {
        let (old, new, comparison) = self.two_versions(old, new).await?;
        let work = self.store.read().await?;
        let programs = self.impact(&work, (&old, &new), &comparison).await?;
        let may_export = self.may(&work, Action::Export, About::Shared).await?;
        Ok(BlueprintChange {
            id: change_id(&old.ctid, &new.ctid),
            old_version: Named { id: old.ctid, name: old.name() },
            new_version: Named { id: new.ctid, name: new.name() },
            difference: difference::difference(&[old], &[new], &comparison),
            programs,
            may_export,
        })
    }

    /// Versions of the same title, each earlier one with the next: by the day from which they are examined, then by name.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`].
    pub async fn version_pairs(&self) -> Result<Vec<VersionPair>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        let mut heads = work.blueprints().await?;
        heads.sort_by_cached_key(|head| (head.title.to_string(), head.effective, head.name()));
        let named = |head: &credway_store::BlueprintHead| Named { id: head.ctid, name: head.name() };
        let next = heads.windows(2).filter(|two| two[0].title == two[1].title);
        Ok(next
            .map(|two| VersionPair {
                id: change_id(&two[0].ctid, &two[1].ctid),
                old: named(&two[0]),
                new: named(&two[1]),
            })
            .collect())
    }

    /// Both versions and their comparison.
    async fn two_versions(&self, old: &str, new: &str) -> Result<(Blueprint, Blueprint, Comparison), WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        let (old, new) = (find_blueprint(&work, old).await?, find_blueprint(&work, new).await?);
        drop(work);
        if old.ctid == new.ctid {
            return Err(WorkflowError::Refused {
                message: format!("{} cannot be compared with itself", old.name()),
                hint: "name the old and the new version".to_owned(),
            });
        }
        let comparison = difference::compared(std::slice::from_ref(&old), std::slice::from_ref(&new)).await?;
        Ok((old, new, comparison))
    }
}
