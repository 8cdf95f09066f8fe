//! Give reviews to people, follow how far they are, and end them. Giving a review gives no right: whoever it is given
//! to must be allowed to review.

mod lines;
mod progress;

use credway_model::{
    AccountId, Action, Assignment, AssignmentEnd, ChangeKind, Ctid, NotificationKind, ReviewPart, ReviewScope,
};
use credway_store::Work;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::colleagues::name_of;
use crate::crosswalk_data::CrosswalkData;
use crate::permission::About;
use crate::{Workbench, WorkflowError};

pub use lines::{AssignmentLine, AssignmentsPage, OpenDisagreement};

/// A review to be given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssignRequest {
    /// Which pairs.
    pub scope: ReviewScope,
    /// To whom.
    pub account: AccountId,
    /// In which part.
    pub part: ReviewPart,
    /// The day by which it is wanted.
    pub due: Option<Date>,
}

impl Workbench {
    /// Gives a review to somebody, who is told so.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`]; [`WorkflowError::NotFound`] for a crosswalk, domain or course that is not there;
    /// [`WorkflowError::Refused`] when the person may not review it, has it already, or is asked to review blindly what
    /// they review openly.
    pub async fn assign(&self, request: &AssignRequest) -> Result<Ctid, WorkflowError> {
        let work = self.store.write().await?;
        let crosswalk = request.scope.crosswalk;
        self.allow(&work, Action::AssignReviews, About::Crosswalk(&crosswalk)).await?;
        let data = CrosswalkData::read(&work, &crosswalk).await?;
        let place = lines::scope_words(&data, &request.scope)?;
        self.check_reviewer(&work, request).await?;
        let assignment = Assignment {
            id: Ctid::from_uuid(Uuid::new_v4()),
            scope: request.scope,
            account: request.account,
            part: request.part,
            due: request.due,
            by: self.person().clone(),
            at: self.now(),
            end: None,
        };
        work.put_assignment(&assignment).await?;
        let until = request.due.map_or_else(String::new, |day| format!(", by {day}"));
        let what = format!("{} of {}, {place}{until}", request.part.label(), data.name());
        let words = format!("{} gave you this: {what}", self.person().name());
        self.notify(&work, request.account, NotificationKind::Assigned, "/assignments", &words).await?;
        let summary = format!("{what}: given to {}", name_of(&work, request.account).await?);
        work.append_change(&self.history_line(ChangeKind::Assigned, ("crosswalk", crosswalk), &summary)).await?;
        work.commit().await?;
        Ok(assignment.id)
    }

    async fn check_reviewer(&self, work: &Work, request: &AssignRequest) -> Result<(), WorkflowError> {
        let refuse = |message: String, hint: &str| Err(WorkflowError::Refused { message, hint: hint.to_owned() });
        let action = if request.part == ReviewPart::Adjudicate { Action::Settle } else { Action::Review };
        if !self.colleague_may(work, request.account, action, About::Crosswalk(&request.scope.crosswalk)).await? {
            return refuse(
                format!("this account may not do that here: {}", action.label().to_lowercase()),
                "give the person a role for the program first, or choose somebody else",
            );
        }
        if request.due.is_some_and(|day| day < self.today()) {
            return refuse("the day by which it is wanted is past".to_owned(), "choose today or a later day");
        }
        let theirs = work.assignments_to(request.account).await?;
        let open = theirs.iter().filter(|one| one.end.is_none() && one.scope.crosswalk == request.scope.crosswalk);
        for other in open {
            if other.scope == request.scope && other.part == request.part {
                return refuse("they have this review already".to_owned(), "end the one they have, or choose others");
            }
            let blind = |part| part == ReviewPart::Second;
            if blind(other.part) != blind(request.part) && overlap(&other.scope, &request.scope) {
                return refuse(
                    "nobody can review the same pairs blindly and with others’ words before them".to_owned(),
                    "end the review they have, or give this one to somebody else",
                );
            }
        }
        Ok(())
    }

    /// Ends a review: the reviewer says that it is done, or who gives reviews takes it back.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is no such review, or it is not theirs to see; [`WorkflowError::Refused`]
    /// when it has ended, or when a blind review is said to be done and pairs are left: it would be blind no more.
    pub async fn end_assignment(&self, id: &Ctid) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        let missing = || WorkflowError::NotFound {
            what: "review",
            given: id.to_string(),
            hint: "see the reviews that were given to you".to_owned(),
        };
        let mut assignment = work.assignment(id).await?.ok_or_else(missing)?;
        let crosswalk = assignment.scope.crosswalk;
        let about = About::Crosswalk(&crosswalk);
        let own = self.actor().account() == Some(assignment.account)
            && (self.may(&work, Action::Review, about).await? || self.may(&work, Action::Settle, about).await?);
        if !own && !self.may(&work, Action::AssignReviews, About::Crosswalk(&crosswalk)).await? {
            return Err(missing());
        }
        let refuse = |message: &str, hint: &str| {
            Err(WorkflowError::Refused { message: message.to_owned(), hint: hint.to_owned() })
        };
        if assignment.end.is_some() {
            return refuse("this review has ended already", "reload the page");
        }
        let data = CrosswalkData::read(&work, &crosswalk).await?;
        let proposed = work.proposed_pairs(&crosswalk, true).await?;
        let reached = progress::of(&data, &proposed, &assignment, &name_of(&work, assignment.account).await?);
        if own && assignment.part == ReviewPart::Second && reached.decided < reached.of {
            return refuse(
                "pairs are left, and ending a blind review shows what others said about them",
                "give your word on them first, or ask who gave you the review to take it back",
            );
        }
        assignment.end = Some(AssignmentEnd { at: self.now(), by: self.person().clone(), done: own });
        work.put_assignment(&assignment).await?;
        self.tell_of_end(&work, &data, &assignment).await?;
        work.commit().await?;
        Ok(())
    }

    /// Tells whom it concerns that a review ended, and the history.
    async fn tell_of_end(&self, work: &Work, data: &CrosswalkData, ended: &Assignment) -> Result<(), WorkflowError> {
        let done = ended.end.as_ref().is_some_and(|end| end.done);
        let place = lines::scope_words(data, &ended.scope).unwrap_or_else(|_| "a part that is gone".to_owned());
        let what = format!("{} of {}, {place}", ended.part.label(), data.name());
        let crosswalk = data.crosswalk.ctid;
        if done {
            let all = work.assignments_of(&crosswalk).await?;
            let open = |one: &&Assignment| one.end.is_none();
            for judge in all.iter().filter(open).filter(|one| one.part == ReviewPart::Adjudicate) {
                let left = all
                    .iter()
                    .filter(open)
                    .any(|one| one.part != ReviewPart::Adjudicate && overlap(&one.scope, &judge.scope));
                if !left && overlap(&judge.scope, &ended.scope) {
                    let words = format!("The reviews of {} are done: see what is left to settle", data.name());
                    self.notify(work, judge.account, NotificationKind::Assigned, "/assignments", &words).await?;
                }
            }
        } else {
            let words = format!("{} took this back: {what}", self.person().name());
            self.notify(work, ended.account, NotificationKind::Assigned, "/assignments", &words).await?;
        }
        let how = if done { "done" } else { "taken back" };
        let summary = format!("{what}: {how}, given to {}", name_of(work, ended.account).await?);
        Ok(work.append_change(&self.history_line(ChangeKind::Assigned, ("crosswalk", crosswalk), &summary)).await?)
    }
}

/// Whether two scopes of one crosswalk can have a pair in common.
fn overlap(one: &ReviewScope, other: &ReviewScope) -> bool {
    let meet = |one: Option<Ctid>, other: Option<Ctid>| one.is_none() || other.is_none() || one == other;
    one.crosswalk == other.crosswalk && meet(one.domain, other.domain) && meet(one.course, other.course)
}
