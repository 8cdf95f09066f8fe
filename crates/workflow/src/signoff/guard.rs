//! What is being signed, or was approved, stays as it is: the use cases that would change it ask here first.

use credway_model::{Ctid, SignoffRefusal, SignoffState};
use credway_store::Work;

use crate::{Workbench, WorkflowError};

impl Workbench {
    /// That what is decided in a crosswalk may be changed: no sign-off of it runs, and none is approved without having
    /// been reopened.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`], which says what to do first.
    pub(crate) async fn must_be_open(&self, work: &Work, crosswalk: &Ctid) -> Result<(), WorkflowError> {
        must_be_open(work, crosswalk).await
    }

    /// That nothing of a crosswalk is hidden from who acts: nobody signs, or puts forward to be signed, what they may not
    /// read yet.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] while they hold a blind second review of it.
    pub(crate) async fn must_see_all(&self, work: &Work, crosswalk: &Ctid) -> Result<(), WorkflowError> {
        if self.veil(work, crosswalk).await?.is_none() {
            return Ok(());
        }
        Err(WorkflowError::Refused {
            message: "you review this crosswalk blindly, and what others said is kept back from you until then"
                .to_owned(),
            hint: "finish your blind second review, or have it taken back, first".to_owned(),
        })
    }
}

/// As [`Workbench::must_be_open`].
pub(crate) async fn must_be_open(work: &Work, crosswalk: &Ctid) -> Result<(), WorkflowError> {
    let Some(signoff) = work.signoffs_of(crosswalk).await?.pop() else { return Ok(()) };
    let (message, hint) = match signoff.standing().state {
        SignoffState::Reopened | SignoffState::Returned => return Ok(()),
        SignoffState::Running(step) => (
            format!(
                "revision {} of this crosswalk is being signed and waits for “{}”",
                signoff.revision,
                signoff.step_title(step)
            ),
            "whoever signs next can return it to the beginning; then it can be changed, and is signed anew",
        ),
        SignoffState::Approved => (
            format!("revision {} of this crosswalk is approved and stays as it is", signoff.revision),
            "reopen it on its sign-off page first: what you change then makes the next revision",
        ),
    };
    Err(WorkflowError::Refused { message, hint: format!("{hint} (/signoffs/{})", signoff.id) })
}

/// A refusal with what to do.
pub(super) fn refusal(refusal: &SignoffRefusal) -> WorkflowError {
    let hint = match refusal {
        SignoffRefusal::NotRunning => "see on its page how it stands",
        SignoffRefusal::NotItsTurn | SignoffRefusal::Stale => "read the page again, then sign what it shows",
        SignoffRefusal::Role(_) => "ask somebody with that role, or for a delegation",
        SignoffRefusal::Twice(_) | SignoffRefusal::OtherStep { .. } => "somebody else signs here",
        SignoffRefusal::NoDate | SignoffRefusal::DateToCome(_) => "enter the day of the decision, as YYYY-MM-DD",
        SignoffRefusal::UnwantedDate => "leave the day out",
        SignoffRefusal::NotEarlier => "choose an earlier step",
        SignoffRefusal::NotApproved => "see on its page how it stands",
    };
    WorkflowError::Refused { message: refusal.to_string(), hint: hint.to_owned() }
}
