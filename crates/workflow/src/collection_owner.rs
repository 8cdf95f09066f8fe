//! Whose a collection of courses is: two institutions may each have one of the same title, and nobody takes courses, or
//! renews a collection, of an institution at which they may make none.

use std::collections::BTreeSet;

use credway_model::{Action, Course, Ctid, Text};
use credway_store::Work;

use crate::permission::{About, home};
use crate::{Workbench, WorkflowError};

impl Workbench {
    /// Whether who acts may make a collection of these courses at `owner`: they may at every institution it takes from.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when not.
    pub(crate) async fn allow_collection(
        &self,
        work: &Work,
        owner: Ctid,
        courses: &[Course],
    ) -> Result<(), WorkflowError> {
        let mut owners: BTreeSet<Ctid> = courses.iter().map(|course| course.organization).collect();
        owners.insert(owner);
        for owner in &owners {
            self.allow(work, Action::MakeCollection, About::Institution(owner)).await?;
        }
        Ok(())
    }

    /// The identifier and the owner of the collection of this title that who acts makes or renews of courses of `owner`.
    ///
    /// The identifier is made from the title alone where they may make collections for who has, or would have, that one:
    /// the earlier owner, else the home institution. Elsewhere the institution is part of it.
    pub(crate) async fn collection_of(
        &self,
        work: &Work,
        namespace: &Ctid,
        owner: Ctid,
        title: &Text,
    ) -> Result<(Ctid, Ctid), WorkflowError> {
        let plain = Ctid::derive(namespace, "collection", title.as_str());
        let there = work.program(&plain).await?.map(|there| there.organization);
        let keeper = match there {
            Some(there) => Some(there),
            None => home(work).await?,
        };
        let own = match keeper {
            Some(keeper) => {
                keeper == owner || self.may(work, Action::MakeCollection, About::Institution(&keeper)).await?
            }
            None => true,
        };
        Ok(match own {
            true => (plain, there.unwrap_or(owner)),
            false => (Ctid::derive(namespace, "collection", &format!("{owner} {title}")), owner),
        })
    }
}
