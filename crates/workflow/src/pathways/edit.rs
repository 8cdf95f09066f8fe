//! Change a pathway by hand, a component at a time. Every change is a revision, so that the last one can be undone. A form says which
//! revision it was made from; where somebody else changed the same component since, nothing is written.

mod fields;

use credway_model::{Action, Component, ComponentKey, Ctid, Pathway, Text};
use credway_store::{Work, Written};
use serde::Serialize;

use crate::permission::About;
use crate::{Workbench, WorkflowError};

pub use fields::{ComponentFields, CostFields, FieldFault};

/// A component as the person who edits it wants it.
#[derive(Clone, Debug, Default)]
pub struct ComponentEdit {
    /// The revision the form was made from.
    pub base: u32,
    /// Key of the component that is changed; absent for a new one.
    pub key: Option<String>,
    /// What it is to be.
    pub fields: ComponentFields,
    /// Why.
    pub reason: Option<Text>,
}

/// What the pathway is and costs, as the person who edits it wants it.
#[derive(Clone, Debug, Default)]
pub struct CostEdit {
    /// The revision the form was made from.
    pub base: u32,
    /// What it is to be.
    pub fields: CostFields,
}

/// What came of an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum PathwayEdited {
    /// It is saved, as this revision.
    Saved(u32),
    /// Nothing was written: nothing was different.
    Unchanged,
    /// Nothing was written: these fields are wrong.
    Wrong(Vec<FieldFault>),
}

impl Workbench {
    /// Adds a component, or changes one. Where its key changes, the conditions that name it follow.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] when somebody else changed the same component since the form was made.
    pub async fn edit_component(&self, id: &Ctid, edit: &ComponentEdit) -> Result<PathwayEdited, WorkflowError> {
        let work = self.store.write().await?;
        let mut pathway = self.designed(&work, id).await?;
        let before = edit.key.as_ref().map(|key| place_of(&pathway, key)).transpose()?;
        if let Some(place) = before {
            let key = pathway.components[place].key.clone();
            unchanged_since(&work, &pathway, edit.base, |then| then.component(&key).cloned()).await?;
        }
        let component = match fields::read(self, &work, &pathway, &edit.fields, before).await? {
            Ok(component) => component,
            Err(faults) => return Ok(PathwayEdited::Wrong(faults)),
        };
        match before {
            Some(place) => {
                let old = std::mem::replace(&mut pathway.components[place], component.clone());
                if old.key != component.key {
                    rename(&mut pathway, &old.key, &component.key);
                }
            }
            None if pathway.components.len() >= Pathway::MOST_COMPONENTS => {
                return Err(WorkflowError::Refused {
                    message: format!("a pathway has {} components at most", Pathway::MOST_COMPONENTS),
                    hint: "let a component stand for a program instead of its courses".to_owned(),
                });
            }
            None => pathway.components.push(component),
        }
        self.save(work, &pathway, edit.reason.clone()).await
    }

    /// Takes a component away that no condition names.
    ///
    /// # Errors
    /// As [`Workbench::edit_component`]; [`WorkflowError::Refused`] when a condition names it.
    pub async fn remove_component(&self, id: &Ctid, key: &str, base: u32) -> Result<PathwayEdited, WorkflowError> {
        let work = self.store.write().await?;
        let mut pathway = self.designed(&work, id).await?;
        let place = place_of(&pathway, key)?;
        let key = pathway.components[place].key.clone();
        unchanged_since(&work, &pathway, base, |then| then.component(&key).cloned()).await?;
        let names =
            |one: &&Component| one.condition.as_ref().is_some_and(|condition| condition.components().contains(&&key));
        let waiting: Vec<String> =
            pathway.components.iter().filter(names).map(|one| format!("“{}”", one.name)).collect();
        if !waiting.is_empty() {
            return Err(WorkflowError::Refused {
                message: format!("the condition of {} names “{key}”", waiting.join(", ")),
                hint: "change those conditions first".to_owned(),
            });
        }
        pathway.components.remove(place);
        self.save(work, &pathway, None).await
    }

    /// Moves a component up or down in the order in which the pathway is told.
    ///
    /// # Errors
    /// As [`Workbench::edit_component`].
    pub async fn move_component(&self, id: &Ctid, key: &str, down: bool) -> Result<PathwayEdited, WorkflowError> {
        let work = self.store.write().await?;
        let mut pathway = self.designed(&work, id).await?;
        let place = place_of(&pathway, key)?;
        let other = if down { place + 1 } else { place.wrapping_sub(1) };
        if other < pathway.components.len() {
            pathway.components.swap(place, other);
        }
        self.save(work, &pathway, None).await
    }

    /// Changes what walking the pathway costs, and what it is.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] when somebody else changed either since the form was made.
    pub async fn edit_pathway_costs(&self, id: &Ctid, edit: &CostEdit) -> Result<PathwayEdited, WorkflowError> {
        let work = self.store.write().await?;
        let mut pathway = self.designed(&work, id).await?;
        unchanged_since(&work, &pathway, edit.base, |then| (then.description.clone(), then.costs.clone())).await?;
        let faults = edit.fields.apply(&mut pathway);
        if !faults.is_empty() {
            return Ok(PathwayEdited::Wrong(faults));
        }
        self.save(work, &pathway, None).await
    }

    /// Takes the last change back, by making the revision before `base` the newest one; done twice, it brings the change again.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the pathway was changed since revision `base` was looked at, or never.
    pub async fn undo_pathway(&self, id: &Ctid, base: u32) -> Result<PathwayEdited, WorkflowError> {
        let work = self.store.write().await?;
        let pathway = self.designed(&work, id).await?;
        let number = base.saturating_sub(1);
        if number == 0 {
            let hint = "this is the pathway's first revision".to_owned();
            return Err(WorkflowError::Refused { message: "there is nothing to undo".to_owned(), hint });
        }
        let newest = newest(&work, &pathway.ctid).await?;
        if newest != base {
            return Err(changed(newest));
        }
        let revision = work.revision(id, number).await?.ok_or_else(|| WorkflowError::NotFound {
            what: "revision",
            given: number.to_string(),
            hint: "see the pathway's history".to_owned(),
        })?;
        let earlier: Pathway = serde_json::from_str(&revision.content)?;
        let reason = Text::new(&format!("back to revision {number}")).ok();
        self.save(work, &Pathway { origin: pathway.origin, ..earlier }, reason).await
    }

    /// The pathway, where who acts may change it.
    async fn designed(&self, work: &Work, id: &Ctid) -> Result<Pathway, WorkflowError> {
        let pathway = work.pathway(id).await?.ok_or_else(|| WorkflowError::NotFound {
            what: "pathway",
            given: id.to_string(),
            hint: "see the list of pathways".to_owned(),
        })?;
        self.allow(work, Action::DesignPathway, About::Pathway(&pathway.ctid)).await?;
        Ok(pathway)
    }

    async fn save(&self, work: Work, pathway: &Pathway, reason: Option<Text>) -> Result<PathwayEdited, WorkflowError> {
        if work.put_pathway(pathway, &self.stamp(reason)).await? == Written::Unchanged {
            return Ok(PathwayEdited::Unchanged);
        }
        let number = newest(&work, &pathway.ctid).await?;
        work.commit().await?;
        Ok(PathwayEdited::Saved(number))
    }
}

/// Whether a part of the pathway is what it was in the revision that a form was made from.
async fn unchanged_since<T: PartialEq>(
    work: &Work,
    pathway: &Pathway,
    base: u32,
    part: impl Fn(&Pathway) -> T,
) -> Result<(), WorkflowError> {
    let newest = newest(work, &pathway.ctid).await?;
    if newest == base {
        return Ok(());
    }
    let then = match work.revision(&pathway.ctid, base).await? {
        Some(revision) => Some(part(&serde_json::from_str(&revision.content)?)),
        None => None,
    };
    if then == Some(part(pathway)) { Ok(()) } else { Err(changed(newest)) }
}

fn changed(newest: u32) -> WorkflowError {
    WorkflowError::Refused {
        message: format!("somebody changed this meanwhile (revision {newest}); nothing was written"),
        hint: "look at the pathway as it is now, then make your change again".to_owned(),
    }
}

async fn newest(work: &Work, id: &Ctid) -> Result<u32, WorkflowError> {
    Ok(work.revisions(id).await?.iter().map(|revision| revision.number).max().unwrap_or(0))
}

fn place_of(pathway: &Pathway, key: &str) -> Result<usize, WorkflowError> {
    let place = pathway.components.iter().position(|component| component.key.as_str() == key);
    place.ok_or_else(|| WorkflowError::NotFound {
        what: "component",
        given: key.to_owned(),
        hint: "see the pathway's table".to_owned(),
    })
}

/// Lets every condition that names a component follow its new key.
fn rename(pathway: &mut Pathway, from: &ComponentKey, to: &ComponentKey) {
    for component in &mut pathway.components {
        if let Some(condition) = &mut component.condition {
            condition.rename(from, to);
        }
    }
}
