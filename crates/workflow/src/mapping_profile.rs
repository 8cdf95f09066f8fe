//! Mapping profiles: which column is which field, saved under a name and used again for next year's file. Each belongs to
//! an institution, and nobody of another one sees it: a correction that is right for one catalogue is wrong for the next.

use credway_import::{Kind, Mapping};
use credway_model::{Action, ChangeKind, Ctid, Text};
use credway_store::{Profile, Work};

use crate::access::Reach;
use crate::permission::home;
use crate::{Workbench, WorkflowError};

/// Whose a saved mapping is; none before the institution has a name.
pub(crate) type Whose = Option<Ctid>;

impl Workbench {
    /// Saves a mapping of who acts's institution under a name; an earlier one of that name is replaced. The home
    /// institution's comes first, for who may import at several.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] for who may import nowhere; [`WorkflowError::Refused`] for a name that cannot be taken.
    pub async fn save_mapping(&self, name: &str, mapping: &Mapping) -> Result<(), WorkflowError> {
        self.save_mapping_for(None, name, mapping).await
    }

    /// As [`Workbench::save_mapping`], for the institution of this name where who acts may import there.
    pub(crate) async fn save_mapping_for(
        &self,
        institution: Option<&str>,
        name: &str,
        mapping: &Mapping,
    ) -> Result<(), WorkflowError> {
        let refused = |message: String| WorkflowError::Refused {
            message,
            hint: "give it a short name, for example `our-catalogue`".to_owned(),
        };
        let name = Text::name(name).map_err(|error| refused(format!("the mapping's name cannot be taken: {error}")))?;
        let name = name.as_str();
        if prefix(name).is_some() {
            return Err(refused("the mapping's name cannot begin with an identifier".to_owned()));
        }
        let work = self.store.write().await?;
        self.allow_import(&work).await?;
        let namespace = self.namespace(&work, None).await?;
        let home = home(&work).await?;
        let whose = self.importing_for(&work, institution).await?;
        let kept = kept_name(home, whose, name);
        work.put_profile(&kept, mapping.kind.word(), &serde_json::to_string(mapping)?).await?;
        let subject = ("mapping profile", Ctid::derive(&namespace, "profile", &kept));
        let summary = format!("mapping profile “{name}” for {}", mapping.kind.word());
        work.append_change(&self.history_line(ChangeKind::Configured, subject, &summary)).await?;
        work.commit().await?;
        Ok(())
    }

    /// The mapping saved under a name at an institution of who acts.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn mapping(&self, name: &str) -> Result<Mapping, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_import(&work).await?;
        for whose in self.mapping_owners(&work).await? {
            if let Some(found) = kept_mapping(&work, whose, name).await? {
                return Ok(found);
            }
        }
        Err(no_mapping(name))
    }

    /// The mapping saved under a name for the institution of this name, or for who acts's own.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub(crate) async fn mapping_for(&self, institution: Option<&str>, name: &str) -> Result<Mapping, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_import(&work).await?;
        let whose = self.importing_for(&work, institution).await?;
        kept_mapping(&work, whose, name).await?.ok_or_else(|| no_mapping(name))
    }

    /// The names of the saved mappings of who acts's institutions.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn mappings(&self) -> Result<Vec<String>, WorkflowError> {
        self.mapping_names(|_| true).await
    }

    /// The names of the saved mappings for files of a kind.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn mappings_for(&self, kind: Kind) -> Result<Vec<String>, WorkflowError> {
        self.mapping_names(|profile| profile.kind == kind.word()).await
    }

    async fn mapping_names(&self, among: impl Fn(&Profile) -> bool) -> Result<Vec<String>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_import(&work).await?;
        let (home, owners) = (home(&work).await?, self.mapping_owners(&work).await?);
        let mut names = Vec::new();
        for profile in work.profiles().await?.into_iter().filter(among) {
            let (whose, name) = whose(home, &profile.name);
            if owners.contains(&whose) {
                names.push(name.to_owned());
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// The institutions at which who acts may import, the home institution first. Who has the database before them has
    /// every institution's.
    async fn mapping_owners(&self, work: &Work) -> Result<Vec<Whose>, WorkflowError> {
        let home = home(work).await?;
        let mut found = std::collections::BTreeSet::new();
        for action in [Action::ImportCatalogue, Action::ImportShared, Action::ImportDecisions] {
            match self.reach(work, action).await? {
                Reach::All => {
                    found.insert(home);
                    found.extend(work.profiles().await?.iter().map(|profile| whose(home, &profile.name).0));
                }
                Reach::Only { institutions, programs } => {
                    found.extend(institutions.into_iter().map(Some));
                    found.extend(programs.into_iter().map(|(institution, _)| Some(institution)));
                }
            }
        }
        let mut owners: Vec<Whose> = found.into_iter().collect();
        owners.sort_by_key(|whose| (*whose != home, *whose));
        Ok(owners)
    }

    /// For which institution who acts imports: the one of this name, where they may import there, or their first.
    async fn importing_for(&self, work: &Work, institution: Option<&str>) -> Result<Whose, WorkflowError> {
        let owners = self.mapping_owners(work).await?;
        let known = work.organizations().await?;
        let given = known.iter().find(|one| institution == Some(one.name.as_str())).map(|one| one.ctid);
        match given {
            Some(given) if self.may_import_at(work, given).await? => Ok(Some(given)),
            _ => Ok(owners.first().copied().flatten()),
        }
    }

    async fn may_import_at(&self, work: &Work, institution: Ctid) -> Result<bool, WorkflowError> {
        for action in [Action::ImportCatalogue, Action::ImportShared, Action::ImportDecisions] {
            if self.reach(work, action).await?.holds(institution, None) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The institutions of the saved mappings, by what the history calls them.
pub(crate) async fn mapping_subjects(work: &Work, namespace: &Ctid) -> Result<Vec<(Ctid, Whose)>, WorkflowError> {
    let home = home(work).await?;
    let profiles = work.profiles().await?.into_iter();
    Ok(profiles.map(|one| (Ctid::derive(namespace, "profile", &one.name), whose(home, &one.name).0)).collect())
}

async fn kept_mapping(work: &Work, whose: Whose, name: &str) -> Result<Option<Mapping>, WorkflowError> {
    let kept = kept_name(home(work).await?, whose, name);
    let profile = if prefix(name).is_some() { None } else { work.profile(&kept).await? };
    Ok(profile.map(|profile| serde_json::from_str(&profile.content)).transpose()?)
}

/// The name under which it is kept: with its institution before it, unless that is the home institution, whose were kept
/// by their names alone when there was no other.
fn kept_name(home: Whose, whose: Whose, name: &str) -> String {
    match whose {
        Some(institution) if home != whose => format!("{institution} {name}"),
        _ => name.to_owned(),
    }
}

/// Whose a mapping is that is kept under a name, and what it is called.
fn whose(home: Whose, kept: &str) -> (Whose, &str) {
    prefix(kept).map_or((home, kept), |(institution, name)| (Some(institution), name))
}

fn prefix(kept: &str) -> Option<(Ctid, &str)> {
    let (first, name) = kept.split_once(' ')?;
    first.parse().ok().map(|institution| (institution, name))
}

fn no_mapping(name: &str) -> WorkflowError {
    WorkflowError::NotFound {
        what: "mapping profile",
        given: name.to_owned(),
        hint: "save one with `credway import … --save-map NAME`, or give the path of a TOML file".to_owned(),
    }
}
