//! Review a crosswalk: one blueprint statement or one course at a time, with its candidates, and the reviewer's word.

mod order;
mod page;
mod pair;
mod queue;

use credway_model::{
    Action, Change, ChangeKind, Ctid, Decision, Judged, OutcomeLevel, Standing, Text, Verdict, undoable,
};
use credway_store::Work;
use serde::Deserialize;

use crate::align_program::plain;
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::import_decisions::decision_words;
use crate::permission::About;
use crate::what_stands::WhatStands;
use crate::{Workbench, WorkflowError};

pub use page::{
    CandidateCard, DecisionLine, ReviewBy, ReviewFilter, ReviewFocus, ReviewOrder, ReviewPage, ReviewShow, StandingWord,
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
    /// [`WorkflowError::NotFound`] when the pair does not belong to the crosswalk; [`WorkflowError::Forbidden`] when it
    /// should settle a disagreement and that is not theirs to do; [`WorkflowError::Refused`] while the crosswalk is being
    /// signed or is approved.
    pub async fn decide(&self, crosswalk: &Ctid, request: DecideRequest) -> Result<StandingWord, WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::Review, About::Crosswalk(crosswalk)).await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        if request.settles {
            self.allow(&work, Action::Settle, About::Crosswalk(crosswalk)).await?;
        }
        self.must_be_open(&work, crosswalk).await?;
        let words = data.words();
        let (Some(statement), Some(target)) =
            (words.statements.get(&request.statement), words.targets.get(&request.target))
        else {
            return Err(WorkflowError::NotFound {
                what: "pair",
                given: format!("{} / {}", request.statement, request.target),
                hint: "the course or the blueprint has changed since the page was made: reload it".to_owned(),
            });
        };
        let decision = Decision {
            statement: request.statement,
            target: request.target,
            judged: Judged { statement: plain(statement), target: plain(target) },
            person: self.person().clone(),
            verdict: request.verdict,
            level: request.level,
            reason: request.reason,
            at: self.now(),
            settles: request.settles,
            undoes: false,
        };
        self.record(work, &data, decision).await
    }

    /// Takes back the person's latest decision on a pair: what was before it, if anything, holds again.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the person has no decision on it that could be taken back, or the crosswalk is
    /// being signed or approved.
    pub async fn undo(&self, crosswalk: &Ctid, statement: Ctid, target: Ctid) -> Result<StandingWord, WorkflowError> {
        let work = self.store.write().await?;
        self.allow(&work, Action::Review, About::Crosswalk(crosswalk)).await?;
        let data = CrosswalkData::read(&work, crosswalk).await?;
        self.must_be_open(&work, crosswalk).await?;
        let on_pair = data.decisions.iter().filter(|one| (one.statement, one.target) == (statement, target));
        let Some(latest) = undoable(on_pair, self.person()).cloned() else {
            return Err(WorkflowError::Refused {
                message: "there is nothing to undo here".to_owned(),
                hint: "you have no decision on this pair".to_owned(),
            });
        };
        let decision = Decision {
            verdict: Verdict::Withdrawn,
            level: None,
            reason: None,
            at: self.now().max(latest.at),
            settles: false,
            undoes: true,
            ..latest
        };
        self.record(work, &data, decision).await
    }

    /// Appends a decision with its line of history, and says what stands for the pair now.
    async fn record(
        &self,
        work: Work,
        data: &CrosswalkData,
        decision: Decision,
    ) -> Result<StandingWord, WorkflowError> {
        work.append_decisions(&data.crosswalk.ctid, std::slice::from_ref(&decision)).await?;
        work.append_change(&self.decision_change(data, &decision)).await?;
        let veil = self.veil(&work, &data.crosswalk.ctid).await?;
        work.commit().await?;
        let pair = (decision.statement, decision.target);
        let own = data.decisions.iter().filter(|one| (one.statement, one.target) == pair).cloned();
        let mut all: Vec<Decision> = own.chain([decision]).collect();
        if let Some(veil) = veil {
            veil.lay(&mut all, &data.words(), &data.whereabouts());
        }
        let stands = WhatStands::of(&all, &data.words());
        Ok(StandingWord::of(stands.standings.get(&pair).copied().unwrap_or(Standing::Open)))
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
            summary: plain(&format!("{} → {objective}: {}", course.trim(), decision_words(decision))),
            reason: decision.reason.clone(),
            origin: self.actor().origin().cloned(),
            content: None,
        }
    }

    /// One page of the review, for the person who acts.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is no such crosswalk.
    pub async fn review(&self, crosswalk: &Ctid, filter: &ReviewFilter) -> Result<ReviewPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::Review, About::Crosswalk(crosswalk)).await?;
        let data = self.crosswalk_data(&work, crosswalk).await?;
        let proposed = work.proposed_pairs(crosswalk, filter.show != ReviewShow::All).await?;
        let suggested = proposed.iter().filter(|(_, suggested)| **suggested).map(|(pair, _)| *pair);
        let head = self.crosswalk_head(&data, suggested);
        // Only what is shown is read with its evidence.
        let mut queue = Queue::new(&data, proposed, filter, self.person());
        if filter.order != ReviewOrder::Blueprint {
            queue.order_by(&work.proposed_probabilities(crosswalk).await?);
        }
        let shown = work.proposals(crosswalk, &queue.wanted()).await?;
        Ok(queue.page(head, &shown))
    }
}
