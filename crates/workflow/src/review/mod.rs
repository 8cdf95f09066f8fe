//! Review a crosswalk: one blueprint statement or one course at a time, with its candidates, and the reviewer's word.

mod page;
mod pair;
mod queue;

use credway_model::{Change, ChangeKind, Ctid, Decision, OutcomeLevel, Person, Text, Verdict};
use serde::Deserialize;

use crate::align_program::plain;
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::import_references::verdict_words;
use crate::{Workbench, WorkflowError};

pub use page::{
    CandidateCard, DecisionLine, ReviewBy, ReviewFilter, ReviewFocus, ReviewPage, ReviewShow, StandingWord,
};
use queue::Queue;

/// A reviewer's word on a pair.
#[derive(Clone, Debug, Deserialize)]
pub struct DecideRequest {
    /// The course statement.
    pub statement: Ctid,
    /// The blueprint statement.
    pub target: Ctid,
    /// The word.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Level set for this pair.
    #[serde(default)]
    pub level: Option<OutcomeLevel>,
    /// Why.
    #[serde(default)]
    pub reason: Option<Text>,
    /// Whether it settles a disagreement.
    #[serde(default)]
    pub settles: bool,
}

impl Workbench {
    /// Records a person's word on a pair; it is on disk when this returns.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when the pair does not belong to the crosswalk.
    pub async fn decide(
        &self,
        crosswalk: &Ctid,
        request: DecideRequest,
        person: &Person,
    ) -> Result<StandingWord, WorkflowError> {
        let work = self.store.write().await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        let statement_known =
            course_statements(&data.courses).iter().any(|statement| statement.id == request.statement);
        let target_known = data.blueprint.items().iter().any(|item| item.ctid == request.target);
        if !statement_known || !target_known {
            return Err(WorkflowError::NotFound {
                what: "pair",
                given: format!("{} / {}", request.statement, request.target),
                hint: "the course or the blueprint has changed since the page was made: reload it".to_owned(),
            });
        }
        let decision = Decision {
            statement: request.statement,
            target: request.target,
            person: person.clone(),
            verdict: request.verdict,
            level: request.level,
            reason: request.reason,
            at: self.now(),
            settles: request.settles,
        };
        work.append_decisions(crosswalk, std::slice::from_ref(&decision)).await?;
        work.append_change(&self.decision_change(&data, &decision)).await?;
        work.commit().await?;
        let own = data.decisions.iter().chain([&decision]);
        let pair = own.filter(|one| (one.statement, one.target) == (decision.statement, decision.target));
        Ok(StandingWord::of(credway_model::standing(pair)))
    }

    /// Takes back the person's latest word on a pair: the word before it, if any, is said again.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the person has no word on it.
    pub async fn undo(
        &self,
        crosswalk: &Ctid,
        statement: Ctid,
        target: Ctid,
        person: &Person,
    ) -> Result<StandingWord, WorkflowError> {
        let work = self.store.read().await?;
        let decisions = work.decisions(crosswalk).await?;
        drop(work);
        let mut words: Vec<&Decision> = Vec::new();
        for decision in
            decisions.iter().filter(|one| (one.statement, one.target, &one.person) == (statement, target, person))
        {
            let undoes = decision.reason.as_ref().is_some_and(|reason| reason.as_str() == UNDONE);
            if undoes {
                words.pop();
            } else {
                words.push(decision);
            }
        }
        if words.pop().is_none() {
            return Err(WorkflowError::Refused {
                message: "there is nothing to undo here".to_owned(),
                hint: "you have no word on this pair".to_owned(),
            });
        }
        let earlier = words.pop();
        let request = DecideRequest {
            statement,
            target,
            verdict: earlier.map_or(Verdict::Withdrawn, |earlier| earlier.verdict),
            level: earlier.and_then(|earlier| earlier.level),
            reason: Some(plain(UNDONE)),
            settles: earlier.is_some_and(|earlier| earlier.settles),
        };
        self.decide(crosswalk, request, person).await
    }

    fn decision_change(&self, data: &CrosswalkData, decision: &Decision) -> Change {
        let statements = course_statements(&data.courses);
        let statement = statements.iter().find(|statement| statement.id == decision.statement);
        let items = data.blueprint.items();
        let item = items.iter().find(|item| item.ctid == decision.target);
        let course = statement.map_or_else(String::new, |statement| {
            let code = statement.outcome.and_then(|outcome| outcome.code.as_ref()).map_or("", |code| code.as_str());
            format!("{} {code}", statement.course.code)
        });
        let objective = item
            .map_or_else(String::new, |item| item.code.map_or_else(|| item.text.to_string(), |code| code.to_string()));
        Change {
            at: decision.at,
            person: decision.person.clone(),
            kind: ChangeKind::Decided,
            subject_kind: "crosswalk".to_owned(),
            subject: data.crosswalk.ctid,
            summary: plain(&format!("{} → {objective}: {}", course.trim(), verdict_words(decision.verdict))),
            reason: decision.reason.clone(),
        }
    }

    /// One page of the review for `person`.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is no such crosswalk.
    pub async fn review(
        &self,
        crosswalk: &Ctid,
        filter: &ReviewFilter,
        person: &Person,
    ) -> Result<ReviewPage, WorkflowError> {
        let work = self.store.read().await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        let proposed = work.proposed_pairs(crosswalk, filter.show != ReviewShow::All).await?;
        let suggested = proposed.iter().filter(|(_, suggested)| **suggested).map(|(pair, _)| *pair);
        let head = self.crosswalk_head(&data, suggested);
        // Only what is shown is read with its evidence.
        let queue = Queue::new(&data, proposed, filter, person);
        let shown = work.proposals(crosswalk, &queue.wanted()).await?;
        Ok(queue.page(head, &shown))
    }
}

/// The reason written with a word that takes back another.
const UNDONE: &str = "Undone.";
