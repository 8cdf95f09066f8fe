//! Mapping profiles: which column is which field, saved under a name and used again for next year's file.

use credway_import::{Kind, Mapping};
use credway_model::{ChangeKind, Ctid, Text};

use crate::{Workbench, WorkflowError};

impl Workbench {
    /// Saves a mapping under a name; an earlier one of that name is replaced.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn save_mapping(&self, name: &str, mapping: &Mapping) -> Result<(), WorkflowError> {
        let name = Text::name(name).map_err(|error| WorkflowError::Refused {
            message: format!("the mapping's name cannot be taken: {error}"),
            hint: "give it a short name, for example `our-catalogue`".to_owned(),
        })?;
        let name = name.as_str();
        let work = self.store.write().await?;
        self.allow_import(&work).await?;
        let namespace = self.namespace(&work, None).await?;
        work.put_profile(name, mapping.kind.word(), &serde_json::to_string(mapping)?).await?;
        let subject = ("mapping profile", Ctid::derive(&namespace, "profile", name));
        let summary = format!("mapping profile “{name}” for {}", mapping.kind.word());
        work.append_change(&self.history_line(ChangeKind::Configured, subject, &summary)).await?;
        work.commit().await?;
        Ok(())
    }

    /// The mapping saved under a name.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn mapping(&self, name: &str) -> Result<Mapping, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_import(&work).await?;
        let profile = work.profile(name).await?.ok_or_else(|| WorkflowError::NotFound {
            what: "mapping profile",
            given: name.to_owned(),
            hint: "save one with `credway import … --save-map NAME`, or give the path of a TOML file".to_owned(),
        })?;
        Ok(serde_json::from_str(&profile.content)?)
    }

    /// The names of the saved mappings.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn mappings(&self) -> Result<Vec<String>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_import(&work).await?;
        Ok(work.profiles().await?.into_iter().map(|profile| profile.name).collect())
    }

    /// The names of the saved mappings for files of a kind.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn mappings_for(&self, kind: Kind) -> Result<Vec<String>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_import(&work).await?;
        let profiles = work.profiles().await?;
        Ok(profiles.into_iter().filter(|one| one.kind == kind.word()).map(|one| one.name).collect())
    }
}
