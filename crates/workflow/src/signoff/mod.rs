//! Sign-off: a crosswalk's content at a time goes from step to step, is signed in each, and stays for ever what it was.
//!
//! What is signed is kept as a revision of the crosswalk; everything done to it is a line of the history that is bound
//! to it. Nothing here changes what was signed: a return to the beginning, or reopening what was approved, lets the
//! crosswalk be changed, and what is signed next is another revision.

mod checks;
mod content;
mod delegation;
mod difference;
mod guard;
mod lines;
mod list;
mod packet;
mod page;
mod plan;
mod signer;
mod telling;
mod verify;

use credway_model::{
    Action, Change, ChangeKind, Ctid, Finding, Signature, Signoff, SignoffAct, SignoffEntry, SignoffRefusal,
    SignoffState, Text, has_errors,
};
use credway_store::{Work, content_digest};
use jiff::civil::Date;

use crate::align_program::plain;
use crate::crosswalk_data::CrosswalkData;
use crate::permission::About;
use crate::{Workbench, WorkflowError};
use content::SignedContent;
use signer::Whereabouts;

pub(crate) use checks::CODES;
pub use delegation::{DelegableRole, DelegateRequest, DelegationLine, Delegations};
pub use difference::ContentChange;
pub(crate) use guard::must_be_open;
use guard::refusal;
pub use lines::{ContentFigures, SignatureLine, SignoffEvent, StepLine};
pub use list::{SignoffHead, SignoffList};
pub use page::{SignoffPage, SignoffPreparation};
pub use plan::InstitutionPlan;
pub use signer::SigningRight;
pub use verify::SignoffVerification;

/// A signature to be given.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// The step as the signer saw it, from 0.
    pub step: usize,
    /// The digest of what the signer read.
    pub digest: String,
    /// In which way they sign, where they may in several: by which role, or by which delegation.
    pub right: Option<SigningRight>,
    /// The day, where the step asks for one.
    pub date: Option<Date>,
    /// What the signer adds.
    pub note: Option<Text>,
}

/// What is signed, with everything it is made of.
pub(crate) struct Signable {
    pub(crate) data: CrosswalkData,
    pub(crate) content: SignedContent,
    pub(crate) digest: String,
    pub(crate) checks: Vec<Finding>,
}

impl Signable {
    /// What would be signed now.
    pub(crate) async fn now(work: &Work, crosswalk: &Ctid) -> Result<Self, WorkflowError> {
        let data = CrosswalkData::read(work, crosswalk).await?;
        let open = open_pairs(work, &data).await?;
        let checks = checks::checks(&data, open);
        let content = SignedContent::now(work, &data, &checks).await?;
        let digest = content_digest(&content)?;
        Ok(Self { data, content, digest, checks })
    }

    fn name(&self) -> String {
        format!("{} × {}", self.data.program.title, self.data.blueprint.name())
    }
}

/// How many pairs wait for a word, as the crosswalk's line in lists says.
async fn open_pairs(work: &Work, data: &CrosswalkData) -> Result<usize, WorkflowError> {
    let suggested = work.proposed_pairs(&data.crosswalk.ctid, true).await?;
    let words = data.words();
    let known = suggested.keys().copied().filter(|pair| words.know(*pair));
    Ok(crate::crosswalk_head::open(&data.standings, &data.reworded, known))
}

impl Workbench {
    /// Begins the sign-off of a crosswalk as it stands. `seen` is the digest of what the person read before, where they
    /// were shown one.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when one runs or is approved, what stands is not what was read, or who acts reviews the
    /// crosswalk blindly;
    /// [`WorkflowError::Findings`] when something is known to make an approval bounce.
    pub async fn begin_signoff(
        &self,
        crosswalk: &Ctid,
        seen: Option<&str>,
        reason: Option<Text>,
    ) -> Result<Ctid, WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::BeginSignoff, About::Crosswalk(crosswalk)).await?;
        self.must_see_all(&work, crosswalk).await?;
        let signable = Signable::now(&work, crosswalk).await?;
        self.must_be_open(&work, crosswalk).await?;
        if seen.is_some_and(|seen| seen != signable.digest) {
            return Err(refusal(&SignoffRefusal::Stale));
        }
        if has_errors(&signable.checks) {
            return Err(WorkflowError::Findings(signable.checks));
        }
        let name = signable.name();
        let plan = plan::plan_of(&work, &signable.data.program.organization).await?;
        let subject = ("crosswalk", *crosswalk);
        let stamp = self.stamp(reason);
        let summary = plain(&format!("{name}: to be signed"));
        let (revision, digest, _) = work.keep_revision(subject, &signable.content, &summary, &stamp).await?;
        let number = u32::try_from(work.signoffs_of(crosswalk).await?.len()).unwrap_or(u32::MAX).saturating_add(1);
        let signoff = Signoff {
            id: Signoff::identify(crosswalk, number),
            crosswalk: *crosswalk,
            number,
            revision,
            digest,
            plan,
            begun: stamp.at,
            by: stamp.person.clone(),
            entries: Vec::new(),
        };
        let told = Change {
            reason: stamp.reason,
            ..self.history_line(ChangeKind::Signed, subject, &format!("{name}: sign-off of revision {revision} begun"))
        };
        work.begin_signoff(&signoff, &told).await?;
        self.tell_of_signoff(&work, &signoff, None).await?;
        work.commit().await?;
        Ok(signoff.id)
    }

    /// Signs the step whose turn it is.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when it is not this person's to sign, was signed by them, is not what they read, or while
    /// they review the crosswalk blindly.
    pub async fn sign_signoff(&self, id: &Ctid, request: SignRequest) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let signoff = self.signoff_to_act(&work, id, Action::Sign).await?;
        self.must_see_all(&work, &signoff.crosswalk).await?;
        let SignoffState::Running(turn) = signoff.standing().state else {
            return Err(refusal(&SignoffRefusal::NotRunning));
        };
        if request.step != turn {
            return Err(refusal(&SignoffRefusal::NotItsTurn));
        }
        let right = self.chosen_right(&work, &signoff, turn, request.right).await?;
        let signature = Signature {
            step: turn,
            role: right.role,
            on_behalf_of: right.on_behalf_of,
            account: self.actor().account(),
            digest: request.digest,
            date: request.date,
            note: request.note,
        };
        signoff.may_sign(self.person(), &signature, self.today()).map_err(|error| refusal(&error))?;
        self.kept_as_signed(&work, &signoff).await?;
        let whom = signature.on_behalf_of.as_ref().map(|whom| format!(" for {}", whom.name())).unwrap_or_default();
        let day = signature.date.map(|day| format!(" ({day})")).unwrap_or_default();
        let what = format!("step “{}” signed as {}{whom}{day}", signoff.step_title(turn), signature.role.label());
        self.append(&work, &signoff, SignoffAct::Signed(signature), &what).await?;
        work.commit().await?;
        Ok(())
    }

    /// Returns a sign-off to an earlier step, or to the beginning.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when it waits for somebody else, or the step is not an earlier one.
    pub async fn return_signoff(&self, id: &Ctid, to: Option<usize>, reason: Text) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let signoff = self.signoff_to_act(&work, id, Action::Sign).await?;
        signoff.may_return(to).map_err(|error| refusal(&error))?;
        if let SignoffState::Running(turn) = signoff.standing().state
            && !self.may(&work, Action::BeginSignoff, About::Crosswalk(&signoff.crosswalk)).await?
        {
            // Whoever may begin it may also call it back; else it is returned by those it waits for.
            self.chosen_right(&work, &signoff, turn, None).await?;
        }
        let what = match to {
            Some(step) => format!("returned to step “{}”", signoff.step_title(step)),
            None => "returned to the beginning".to_owned(),
        };
        self.append(&work, &signoff, SignoffAct::Returned { to, reason }, &what).await?;
        work.commit().await?;
        Ok(())
    }

    /// Opens the next revision after an approved one, which stays as it is.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when it is not approved, or was reopened.
    pub async fn reopen_signoff(&self, id: &Ctid, reason: Text) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let signoff = self.signoff_to_act(&work, id, Action::BeginSignoff).await?;
        signoff.may_reopen().map_err(|error| refusal(&error))?;
        self.append(&work, &signoff, SignoffAct::Reopened { reason }, "next revision opened").await?;
        work.commit().await?;
        Ok(())
    }

    /// The sign-off that is acted on, if who acts may do this to its crosswalk.
    async fn signoff_to_act(&self, work: &Work, id: &Ctid, action: Action) -> Result<Signoff, WorkflowError> {
        let signoff = found(work, id).await?;
        self.allow(work, action, About::Crosswalk(&signoff.crosswalk)).await?;
        Ok(signoff)
    }

    /// The way in which who acts signs a step: the one they chose, if it is theirs, or the first they have.
    async fn chosen_right(
        &self,
        work: &Work,
        signoff: &Signoff,
        step: usize,
        wanted: Option<SigningRight>,
    ) -> Result<SigningRight, WorkflowError> {
        let at = whereabouts(work, &signoff.crosswalk).await?;
        let step = &signoff.plan.steps()[step];
        let delegations = work.delegations().await?;
        let rights = self.signing_rights(work, at, step, &delegations).await?;
        let chosen = match &wanted {
            None => rights.into_iter().next(),
            Some(wanted) => {
                rights.into_iter().find(|right| right.delegation == wanted.delegation && right.role == wanted.role)
            }
        };
        chosen.ok_or_else(|| {
            let roles: Vec<&str> = step.roles.iter().map(|role| role.label()).collect();
            refusal(&SignoffRefusal::Role(roles.join(" or ")))
        })
    }

    /// That the revision is what its digest says: nobody signs what was bent behind our back.
    async fn kept_as_signed(&self, work: &Work, signoff: &Signoff) -> Result<(), WorkflowError> {
        let faults = verify::faults(work, signoff).await?;
        match faults.into_iter().next() {
            None => Ok(()),
            Some(message) => Err(WorkflowError::Refused {
                message,
                hint: "run `credway signoff verify` and `credway doctor`; nothing was signed".to_owned(),
            }),
        }
    }

    async fn append(&self, work: &Work, signoff: &Signoff, act: SignoffAct, what: &str) -> Result<(), WorkflowError> {
        let data_name = page::names(work, signoff).await?;
        let summary = format!("{} × {}: {what}, revision {}", data_name.0.name, data_name.1.name, signoff.revision);
        let told = self.history_line(ChangeKind::Signed, ("crosswalk", signoff.crosswalk), &summary);
        let entry = SignoffEntry { at: told.at, person: self.person().clone(), act };
        work.append_signoff_entry(signoff, &entry, &told).await?;
        let mut after = signoff.clone();
        after.entries.push(entry);
        self.tell_of_signoff(work, &after, Some(signoff.standing().state)).await
    }
}

/// The sign-off of this identifier.
async fn found(work: &Work, id: &Ctid) -> Result<Signoff, WorkflowError> {
    work.signoff(id).await?.ok_or_else(|| WorkflowError::NotFound {
        what: "sign-off",
        given: id.to_string(),
        hint: "open it from the list of sign-offs".to_owned(),
    })
}

/// Where what is signed belongs.
async fn whereabouts(work: &Work, crosswalk: &Ctid) -> Result<Whereabouts, WorkflowError> {
    let missing = || WorkflowError::NotFound {
        what: "crosswalk",
        given: crosswalk.to_string(),
        hint: "the sign-off names it, but it is not in the database: run `credway doctor`".to_owned(),
    };
    let crosswalk = work.crosswalk(crosswalk).await?.ok_or_else(missing)?;
    let program = work.program(&crosswalk.program).await?.ok_or_else(missing)?;
    Ok(Whereabouts { institution: program.organization, program: program.ctid })
}
