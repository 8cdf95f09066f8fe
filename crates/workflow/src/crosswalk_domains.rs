//! The domains of a crosswalk's blueprint: what its pages filter by.

use credway_model::{Action, Ctid};

use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

impl Workbench {
    /// The domains of the blueprint of a crosswalk, in order, by identifier and title.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn crosswalk_domains(&self, crosswalk: &Ctid) -> Result<Vec<Named>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        let missing = |what, id: Ctid| WorkflowError::NotFound {
            what,
            given: id.to_string(),
            hint: "align a program to a blueprint first".to_owned(),
        };
        let found = work.crosswalk(crosswalk).await?.ok_or_else(|| missing("crosswalk", *crosswalk))?;
        let blueprint = work.blueprint(&found.blueprint).await?.ok_or_else(|| missing("blueprint", found.blueprint))?;
        let named = blueprint.domains.iter().map(|domain| Named { id: domain.ctid, name: domain.title.to_string() });
        Ok(named.collect())
    }
}
