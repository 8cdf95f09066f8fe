//! Asking the policy: every use case does, before it reads or writes, about the very thing it is about. What is not
//! theirs to see is said not to be there; what is not theirs to do is refused.

use std::collections::BTreeSet;

use credway_model::{AccountId, Action, Ctid, Program, SourceId};
use credway_store::{ChangeFilter, Work};

use crate::access::{Policy, Principal, Reach, Resource};
use crate::institution::INSTITUTION;
use crate::{ActorStanding, Workbench, WorkflowError};

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About<'a> {
    /// What belongs to no single institution: blueprints, credentials, frameworks, the server itself.
    Shared,
    /// An institution.
    Institution(&'a Ctid),
    /// A program or collection.
    Program(&'a Ctid),
    /// A course, through whichever program it is reached.
    Course(&'a Ctid),
    /// A pathway, as what its institution offers and through the programs it is made of.
    Pathway(&'a Ctid),
    /// A crosswalk, through its program.
    Crosswalk(&'a Ctid),
    /// What belongs to an account.
    Account(AccountId),
    /// What is the same for everybody: the acting person's own account, help.
    Own,
}

impl Workbench {
    /// Whether who acts may do this about that.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when not; [`WorkflowError::Store`].
    pub(crate) async fn allow(&self, work: &Work, action: Action, about: About<'_>) -> Result<(), WorkflowError> {
        if self.may(work, action, about).await? { Ok(()) } else { Err(self.refused(action)) }
    }

    /// As [`Self::allow`], as an answer.
    pub(crate) async fn may(&self, work: &Work, action: Action, about: About<'_>) -> Result<bool, WorkflowError> {
        if !self.actor().is_left(action) {
            return Ok(false);
        }
        let Some(principal) = self.principal() else { return Ok(true) };
        let home = home(work).await?;
        for resource in resources(work, about, &principal).await? {
            if Policy::embedded().permits(&principal, action, &resource, home) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether who acts may do this somewhere: for what is about no single thing.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when nowhere.
    pub(crate) async fn allow_somewhere(&self, work: &Work, action: Action) -> Result<(), WorkflowError> {
        if self.somewhere(work, action).await? { Ok(()) } else { Err(self.forbidden(action)) }
    }

    /// Whether who acts may import anything.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when nothing.
    pub(crate) async fn allow_import(&self, work: &Work) -> Result<(), WorkflowError> {
        if self.may_import(work).await? { Ok(()) } else { Err(self.forbidden(Action::ImportDecisions)) }
    }

    /// As [`Self::allow_import`], as an answer.
    pub(crate) async fn may_import(&self, work: &Work) -> Result<bool, WorkflowError> {
        for action in [Action::ImportCatalogue, Action::ImportShared, Action::ImportDecisions] {
            if self.somewhere(work, action).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Before anything is asked about a file to import: whether who acts may import any.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when not.
    pub async fn begin_import(&self) -> Result<(), WorkflowError> {
        self.allow_import(&self.store.read().await?).await
    }

    /// Whether who acts may do this anywhere: for menus.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn may_somewhere(&self, action: Action) -> Result<bool, WorkflowError> {
        self.somewhere(&self.store.read().await?, action).await
    }

    /// Whether some grant of who acts lets them do this, be it only with what is shared or their own.
    async fn somewhere(&self, work: &Work, action: Action) -> Result<bool, WorkflowError> {
        if !self.actor().is_left(action) {
            return Ok(false);
        }
        let Some(principal) = self.principal() else { return Ok(true) };
        Ok(Policy::embedded().permits_anywhere(&principal, action, home(work).await?))
    }

    /// Where who acts may do this: for lists.
    pub(crate) async fn reach(&self, work: &Work, action: Action) -> Result<Reach, WorkflowError> {
        if !self.actor().is_left(action) {
            return Ok(Reach::nowhere());
        }
        let Some(principal) = self.principal() else { return Ok(Reach::All) };
        Ok(Policy::embedded().institutions(&principal, action, home(work).await?))
    }

    /// A program or collection by identifier, title, or title and award, among those with which who acts may do this.
    pub(crate) async fn named_program(
        &self,
        work: &Work,
        given: &str,
        action: Action,
    ) -> Result<Program, WorkflowError> {
        let reach = self.reach(work, action).await?;
        crate::institution::find_program(work, given, |program| reach.holds(program.organization, Some(program.ctid)))
            .await
    }

    /// Whether who acts may do this with an imported file: they may at an institution whose courses or programs came from
    /// it. A file that brought blueprints or the like is shared; any other (outcomes, decisions, an edition that a newer one
    /// replaced) is of the institutions where who imported it has a role, or of the home institution.
    pub(crate) async fn may_see_source(
        &self,
        work: &Work,
        source: &SourceId,
        action: Action,
    ) -> Result<bool, WorkflowError> {
        if self.is_kept_back(work, source).await? {
            return Ok(false);
        }
        let owners = work.source_owners(source).await?;
        if owners.is_empty() && work.source_brought_shared(source).await? {
            return Ok(!self.reach(work, action).await?.is_empty());
        }
        let owners = if owners.is_empty() { self.importers(work, source).await? } else { owners };
        for owner in &owners {
            if self.may(work, action, About::Institution(owner)).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The institutions of who imported a file.
    async fn importers(&self, work: &Work, source: &SourceId) -> Result<Vec<Ctid>, WorkflowError> {
        let namespace = self.namespace(work, None).await?;
        let subject = Some(Ctid::derive(&namespace, "source", source.as_str()));
        let filter = ChangeFilter { subject, ..ChangeFilter::default() };
        let mut places = Vec::new();
        for (_, line) in work.changes(&filter).await? {
            if let Some(account) = work.account_of(&line.person).await? {
                places.extend(work.grants(account.id).await?.into_iter().map(|given| given.grant.institution));
            }
        }
        if places.is_empty() {
            places.extend(home(work).await?);
        }
        Ok(places)
    }

    /// Who acts, as the policy knows them; none for who has the database before them.
    fn principal(&self) -> Option<Principal> {
        match self.actor().standing() {
            ActorStanding::Owner => None,
            ActorStanding::Visitor => Some(Principal::visitor()),
            ActorStanding::Member { account, grants } => Some(Principal::account(*account, grants.clone())),
        }
    }

    /// What somebody is told who may not: nothing of what they may not even see.
    fn refused(&self, action: Action) -> WorkflowError {
        let signed_in = !matches!(self.actor().standing(), ActorStanding::Visitor);
        if signed_in && action.only_reads() { WorkflowError::Hidden } else { self.forbidden(action) }
    }

    pub(crate) fn forbidden(&self, action: Action) -> WorkflowError {
        WorkflowError::Forbidden { action, signed_in: !matches!(self.actor().standing(), ActorStanding::Visitor) }
    }
}

/// The institution that operates the deployment and keeps what is shared.
pub(crate) async fn home(work: &Work) -> Result<Option<Ctid>, WorkflowError> {
    Ok(work.setting(INSTITUTION).await?.and_then(|ctid| ctid.parse().ok()))
}

/// What the policy is asked about: one answer that permits is enough. Nothing where there is no such thing.
pub(crate) async fn resources(
    work: &Work,
    about: About<'_>,
    principal: &Principal,
) -> Result<Vec<Resource>, WorkflowError> {
    let at = |institution: Ctid, program: Option<Ctid>| match program {
        Some(program) => Resource::of_program(institution, program),
        None => Resource::of_institution(institution),
    };
    Ok(match about {
        About::Shared => vec![Resource::of_no_institution()],
        About::Own => principal.account.map(|own| Resource::of_no_institution().owned_by(own)).into_iter().collect(),
        About::Account(account) => vec![Resource::of_no_institution().owned_by(account)],
        About::Institution(institution) => vec![at(*institution, None)],
        About::Program(program) => {
            work.program(program).await?.map(|found| at(found.organization, Some(found.ctid))).into_iter().collect()
        }
        About::Course(course) => {
            let Some(found) = work.course(course).await? else { return Ok(Vec::new()) };
            // A course is reached through every program it is part of, and as what its institution offers.
            let wanted: BTreeSet<Ctid> = principal.grants.iter().filter_map(|grant| grant.program).collect();
            let mut reached = vec![at(found.organization, None)];
            for program in wanted {
                let within = work.program(&program).await?;
                if within.is_some_and(|within| within.courses.iter().any(|one| one.course == found.ctid)) {
                    reached.push(at(found.organization, Some(program)));
                }
            }
            reached
        }
        About::Pathway(pathway) => {
            let Some(found) = work.pathway(pathway).await? else { return Ok(Vec::new()) };
            let mut reached = vec![at(found.organization, None)];
            for ctid in found.components.iter().filter_map(|component| component.stands_for.as_ref()) {
                let program = work.program(ctid).await?.filter(|program| program.organization == found.organization);
                reached.extend(program.map(|program| at(program.organization, Some(program.ctid))));
            }
            reached
        }
        About::Crosswalk(crosswalk) => {
            let Some(found) = work.crosswalk(crosswalk).await? else { return Ok(Vec::new()) };
            let program = work.program(&found.program).await?;
            program.map(|program| at(program.organization, Some(program.ctid))).into_iter().collect()
        }
    })
}
