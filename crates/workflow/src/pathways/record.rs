//! What a component can stand for, found by the name people give, of what who acts may read. Of several editions of a name the newest
//! is taken; an older one is named by its identifier.

use std::cmp::Reverse;

use credway_model::{Action, ComponentKind, Ctid};
use credway_store::{CourseFilter, Work};

use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// The record of a name, of the kinds that a component of this kind can stand for.
pub(crate) async fn record_of(
    desk: &Workbench,
    work: &Work,
    kind: ComponentKind,
    name: &str,
    organization: &Ctid,
) -> Result<Option<Ctid>, WorkflowError> {
    if let Ok(id) = name.parse() {
        return by_identifier(desk, work, kind, id).await;
    }
    let same = |other: &str| other.eq_ignore_ascii_case(name);
    match kind {
        ComponentKind::Course => {
            let Ok(code) = name.parse() else { return Ok(None) };
            let filter =
                CourseFilter { organization: Some(*organization), codes: Some(vec![code]), ..CourseFilter::default() };
            let mut editions = work.courses(&filter).await?;
            editions.sort_by(|one, two| one.catalogue_year.cmp(&two.catalogue_year));
            Ok(editions.pop().map(|course| course.ctid))
        }
        ComponentKind::Credential => {
            let mut programs = work.find_program(name).await?;
            // One's own program comes first; another institution's is what a transfer leads to.
            programs.sort_by_key(|program| {
                (program.organization != *organization, Reverse(program.catalogue_year.clone()))
            });
            for program in programs {
                if desk.may(work, Action::ReadCatalogue, About::Program(&program.ctid)).await? {
                    return Ok(Some(program.ctid));
                }
            }
            Ok(work.credentials().await?.iter().find(|one| same(one.title.as_str())).map(|one| one.ctid))
        }
        ComponentKind::Assessment => {
            let mut heads = work.blueprints().await?;
            heads.retain(|head| same(&head.name()) || same(head.title.as_str()));
            // Of several versions the one that was examined last.
            heads.sort_by_key(|head| head.effective);
            if let Some(head) = heads.pop() {
                return Ok(Some(head.ctid));
            }
            Ok(work.credentials().await?.iter().find(|one| same(one.title.as_str())).map(|one| one.ctid))
        }
        _ => Ok(None),
    }
}

/// The record with an identifier, where a component of this kind can stand for it.
async fn by_identifier(
    desk: &Workbench,
    work: &Work,
    kind: ComponentKind,
    id: Ctid,
) -> Result<Option<Ctid>, WorkflowError> {
    let found = match kind {
        ComponentKind::Course => {
            desk.may(work, Action::ReadCatalogue, About::Course(&id)).await? && work.course(&id).await?.is_some()
        }
        ComponentKind::Credential if work.program(&id).await?.is_some() => {
            desk.may(work, Action::ReadCatalogue, About::Program(&id)).await?
        }
        ComponentKind::Credential => work.credential(&id).await?.is_some(),
        ComponentKind::Assessment => work.blueprint(&id).await?.is_some() || work.credential(&id).await?.is_some(),
        _ => false,
    };
    Ok(found.then_some(id))
}
