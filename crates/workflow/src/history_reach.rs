//! Which lines of the history somebody may see: those about what they may read the history of.

use std::collections::BTreeMap;

use credway_model::{AccountId, Action, Change, Ctid, SourceId};
use credway_store::Work;

use crate::mapping_profile::mapping_subjects;
use crate::permission::About;
use crate::{ActorStanding, Workbench, WorkflowError};

/// What was found out about the subjects of lines.
#[derive(Default)]
pub(crate) struct Seen {
    subjects: BTreeMap<Ctid, bool>,
    /// The imported files, once one was asked about.
    files: Option<BTreeMap<Ctid, SourceId>>,
}

impl Workbench {
    /// Whether who acts may see a line: they may read the history of what it is about.
    pub(crate) async fn may_see_line(
        &self,
        work: &Work,
        change: &Change,
        seen: &mut Seen,
    ) -> Result<bool, WorkflowError> {
        if *self.actor().standing() == ActorStanding::Owner {
            return Ok(true);
        }
        if let Some(visible) = seen.subjects.get(&change.subject) {
            return Ok(*visible);
        }
        let subject = &change.subject;
        let visible = match change.subject_kind.as_str() {
            "course" => self.may(work, Action::ReadHistory, About::Course(subject)).await?,
            "program" => self.may(work, Action::ReadHistory, About::Program(subject)).await?,
            "pathway" => self.may(work, Action::ReadHistory, About::Pathway(subject)).await?,
            "crosswalk" => self.may(work, Action::ReadHistory, About::Crosswalk(subject)).await?,
            "organization" => self.may(work, Action::ReadHistory, About::Institution(subject)).await?,
            "source" => self.may_see_import(work, subject, &mut seen.files).await?,
            "account" => self.may_see_account(work, AccountId::from_uuid(subject.uuid())).await?,
            "mapping profile" => self.may_see_mapping(work, subject).await?,
            _ => true,
        };
        seen.subjects.insert(*subject, visible);
        Ok(visible)
    }

    /// Whether who acts may see lines about an account: their own, and those of people they keep somewhere.
    async fn may_see_account(&self, work: &Work, account: AccountId) -> Result<bool, WorkflowError> {
        if self.actor().account() == Some(account) || self.may(work, Action::ManageServer, About::Shared).await? {
            return Ok(true);
        }
        for given in work.grants(account).await? {
            if self.may(work, Action::ManagePeople, About::Institution(&given.grant.institution)).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether who acts may see that a file was imported: the history of what came from it is theirs to read.
    async fn may_see_import(
        &self,
        work: &Work,
        subject: &Ctid,
        files: &mut Option<BTreeMap<Ctid, SourceId>>,
    ) -> Result<bool, WorkflowError> {
        if files.is_none() {
            let namespace = self.namespace(work, None).await?;
            let known = work.sources().await?.into_iter();
            *files = Some(known.map(|one| (Ctid::derive(&namespace, "source", one.id.as_str()), one.id)).collect());
        }
        match files.as_ref().and_then(|files| files.get(subject)) {
            Some(file) => self.may_see_source(work, file, Action::ReadHistory).await,
            None => Ok(false),
        }
    }

    /// Whether who acts may see that a mapping was saved: it is their institution's.
    async fn may_see_mapping(&self, work: &Work, subject: &Ctid) -> Result<bool, WorkflowError> {
        let namespace = self.namespace(work, None).await?;
        let known = mapping_subjects(work, &namespace).await?;
        let whose = known.into_iter().find(|(known, _)| known == subject).and_then(|(_, whose)| whose);
        let Some(institution) = whose else { return Ok(false) };
        Ok(self.reach(work, Action::ReadHistory).await?.holds(institution, None))
    }
}
