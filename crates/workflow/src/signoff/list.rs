//! The list of sign-offs: what waits for my signature, what I began, and all within reach.

use credway_model::{Action, Ctid, Delegation, Signature, Signoff, SignoffState, StepAsks};
use credway_store::Work;
use serde::Serialize;

use super::signer::Whereabouts;
use super::{page, whereabouts};
use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// A sign-off in one line.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffHead {
    /// Identifier.
    pub id: Ctid,
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// Its program.
    pub program: Named,
    /// Its blueprint.
    pub blueprint: Named,
    /// The revision that is signed.
    pub revision: u32,
    /// `running`, `approved`, `reopened` or `returned`.
    pub state: &'static str,
    /// How it stands, in words ("waits for “Dean”, step 4 of 5").
    pub words: String,
    /// When it began, ISO 8601.
    pub begun: String,
    /// Who began it.
    pub by: String,
    /// Whether it waits for who acts.
    pub waits_for_me: bool,
}

/// The sign-offs within reach.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SignoffList {
    /// Those that wait for the signature of who acts.
    pub waiting: Vec<SignoffHead>,
    /// Those who acts began, that are not over.
    pub begun: Vec<SignoffHead>,
    /// All, newest first.
    pub all: Vec<SignoffHead>,
}

impl Workbench {
    /// The sign-offs within reach.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read crosswalks nowhere.
    pub async fn signoffs(&self) -> Result<SignoffList, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCrosswalk).await?;
        let mut list = SignoffList::default();
        for signoff in work.signoffs().await?.into_iter().rev() {
            if !self.within_reach(&work, &signoff).await? {
                continue;
            }
            let head = self.signoff_head(&work, &signoff).await?;
            if head.waits_for_me {
                list.waiting.push(head.clone());
            }
            if signoff.by == *self.person() && head.state == "running" {
                list.begun.push(head.clone());
            }
            list.all.push(head);
        }
        Ok(list)
    }

    /// How the latest sign-off of a crosswalk stands; none where there is none, or it is not theirs to see.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn latest_signoff(&self, crosswalk: &Ctid) -> Result<Option<SignoffHead>, WorkflowError> {
        let work = self.store.read().await?;
        if !self.may(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await? {
            return Ok(None);
        }
        match work.signoffs_of(crosswalk).await?.pop() {
            Some(signoff) => Ok(Some(self.signoff_head(&work, &signoff).await?)),
            None => Ok(None),
        }
    }

    /// Whether who acts may begin a sign-off of a crosswalk, for its pages.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn may_begin_signoff(&self, crosswalk: &Ctid) -> Result<bool, WorkflowError> {
        let work = self.store.read().await?;
        self.may(&work, Action::BeginSignoff, About::Crosswalk(crosswalk)).await
    }

    /// Whether who acts may see a sign-off.
    pub(super) async fn within_reach(&self, work: &Work, signoff: &Signoff) -> Result<bool, WorkflowError> {
        let at = whereabouts(work, &signoff.crosswalk).await?;
        Ok(self.reach(work, Action::ReadCrosswalk).await?.holds(at.institution, Some(at.program)))
    }

    pub(crate) async fn signoff_head(&self, work: &Work, signoff: &Signoff) -> Result<SignoffHead, WorkflowError> {
        let (program, blueprint) = page::names(work, signoff).await?;
        let state = signoff.standing().state;
        Ok(SignoffHead {
            id: signoff.id,
            crosswalk: signoff.crosswalk,
            program,
            blueprint,
            revision: signoff.revision,
            state: state_word(state),
            words: state_words(signoff, state),
            begun: signoff.begun.to_string(),
            by: signoff.by.name().to_owned(),
            waits_for_me: !self.rights_now(work, signoff).await?.is_empty(),
        })
    }

    /// The ways in which who acts may sign the step whose turn it is, those left out in which they have signed.
    pub(super) async fn rights_now(
        &self,
        work: &Work,
        signoff: &Signoff,
    ) -> Result<Vec<super::SigningRight>, WorkflowError> {
        let SignoffState::Running(turn) = signoff.standing().state else { return Ok(Vec::new()) };
        if !self.may(work, Action::Sign, About::Crosswalk(&signoff.crosswalk)).await? {
            return Ok(Vec::new());
        }
        let at = whereabouts(work, &signoff.crosswalk).await?;
        self.rights_at(work, signoff, turn, at, &work.delegations().await?).await
    }

    /// As [`Self::rights_now`], for who may sign there, with what is the same for everybody read before.
    pub(super) async fn rights_at(
        &self,
        work: &Work,
        signoff: &Signoff,
        turn: usize,
        at: Whereabouts,
        delegations: &[Delegation],
    ) -> Result<Vec<super::SigningRight>, WorkflowError> {
        let step = &signoff.plan.steps()[turn];
        let mut rights = self.signing_rights(work, at, step, delegations).await?;
        rights.retain(|right| {
            let signature = Signature {
                step: turn,
                role: right.role,
                on_behalf_of: right.on_behalf_of.clone(),
                account: None,
                digest: signoff.digest.clone(),
                date: (step.asks == StepAsks::Date).then(|| self.today()),
                note: None,
            };
            signoff.may_sign(self.person(), &signature, self.today()).is_ok()
        });
        Ok(rights)
    }
}

fn state_word(state: SignoffState) -> &'static str {
    match state {
        SignoffState::Running(_) => "running",
        SignoffState::Approved => "approved",
        SignoffState::Reopened => "reopened",
        SignoffState::Returned => "returned",
    }
}

/// How it stands, in words.
pub(super) fn state_words(signoff: &Signoff, state: SignoffState) -> String {
    match state {
        SignoffState::Running(step) => {
            let (title, all) = (signoff.step_title(step), signoff.plan.steps().len());
            format!("waits for “{title}”, step {} of {all}", step + 1)
        }
        SignoffState::Approved => "approved".to_owned(),
        SignoffState::Reopened => "approved; the next revision was opened after it".to_owned(),
        SignoffState::Returned => "returned to the beginning".to_owned(),
    }
}
