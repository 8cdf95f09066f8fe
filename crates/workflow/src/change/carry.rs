//! Carry decisions over to a new version: where the blueprint statement's words are unchanged, each reviewer's word goes
//! on as theirs, with the moment at which it was said, and says where it comes from; where a person confirms a reworded,
//! split or merged statement, it is that person's own word. Nothing else is carried, and all of it can be taken back.

use std::collections::BTreeMap;

use credway_model::{
    Action, Blueprint, ChangeKind, Crosswalk, Ctid, Decision, Judged, ReviewPart, Standing, Text, Verdict, in_force,
    undoable,
};
use credway_store::Work;
use serde::{Deserialize, Serialize};

use super::outline::Comparison;
use super::rows::is_the_same_word;
use crate::align_program::plain;
use crate::crosswalk_data::CrosswalkData;
use crate::permission::About;
use crate::what_stands::{Words, current};
use crate::{DecideRequest, StandingWord, Workbench, WorkflowError};

/// The longest reason that is kept; what is longer is cut, for it stands in full where it was said.
const LONGEST_REASON: usize = 400;

/// What was carried over, or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CarriedOver {
    /// The crosswalk with the new version.
    pub crosswalk: Ctid,
    /// Decisions.
    pub decisions: usize,
    /// Pairs they are on.
    pub pairs: usize,
}

/// A person's word on a row whose words differ.
#[derive(Clone, Debug, Deserialize)]
pub struct ConfirmRequest {
    /// The program.
    pub program: Ctid,
    /// The course statement.
    pub statement: Ctid,
    /// The old blueprint statement, from which the row comes.
    pub old_target: Ctid,
    /// The new blueprint statement.
    pub new_target: Ctid,
    /// The person's word on the new pair.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// Both versions and a program, read to change something.
struct Desk {
    old: Blueprint,
    new: Blueprint,
    comparison: Comparison,
}

/// How the reason begins with which carried decisions are taken back.
const TAKEN_BACK: &str = "What was carried over is taken back";

impl Workbench {
    /// Carries over every decision in force of a program's crosswalk with the old version whose blueprint statement goes on
    /// with the same words, to its crosswalk with the new version, which is begun if need be. A reviewer who has a word in
    /// force on the new pair keeps that, and a pair on which a disagreement was settled keeps its settlement.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Forbidden`] where who acts may not settle there;
    /// [`WorkflowError::Refused`] while the new crosswalk is being signed or is approved, while one of the two is in a blind
    /// second review, and where there is nothing to carry over.
    pub async fn carry_over(&self, old: &str, new: &str, program: &str) -> Result<CarriedOver, WorkflowError> {
        let desk = self.desk(old, new).await?;
        let work = self.store.write().await?;
        let program = self.named_program(&work, program, Action::Settle).await?.ctid;
        self.allow(&work, Action::Settle, About::Program(&program)).await?;
        let data = self.old_crosswalk(&work, &desk, &program).await?;
        let next = self.begun(&work, &desk, &program).await?;
        no_second_review(&work, &Crosswalk::identify(&program, &desk.old.ctid)).await?;
        no_second_review(&work, &next).await?;
        let there = work.decisions(&next).await?;
        let carried = carried(&desk, &data, &there);
        if carried.is_empty() {
            return Err(nothing("no decision is left whose statement has the same words in both versions"));
        }
        work.append_decisions(&next, &carried).await?;
        let pairs = pairs(&carried);
        let summary = format!(
            "{} decisions on {pairs} pairs carried over from {} to {}: their statements have the same words",
            carried.len(),
            desk.old.name(),
            desk.new.name()
        );
        work.append_change(&self.history_line(ChangeKind::Decided, ("crosswalk", next), &summary)).await?;
        work.commit().await?;
        Ok(CarriedOver { crosswalk: next, decisions: carried.len(), pairs })
    }

    /// Takes back what was carried over: every carried decision that is still its reviewer's latest on the pair.
    ///
    /// # Errors
    /// As [`Workbench::carry_over`].
    pub async fn take_back_carried(&self, old: &str, new: &str, program: &str) -> Result<CarriedOver, WorkflowError> {
        let desk = self.desk(old, new).await?;
        let work = self.store.write().await?;
        let program = self.named_program(&work, program, Action::Settle).await?.ctid;
        self.allow(&work, Action::Settle, About::Program(&program)).await?;
        let data = self.old_crosswalk(&work, &desk, &program).await?;
        let next = self.begun(&work, &desk, &program).await?;
        let there = work.decisions(&next).await?;
        let back = self.taken_back(&data, &there);
        if back.is_empty() {
            return Err(nothing("nothing that was carried over is left to be taken back"));
        }
        work.append_decisions(&next, &back).await?;
        let pairs = pairs(&back);
        let summary =
            format!("{} decisions on {pairs} pairs carried over from {} taken back", back.len(), desk.old.name());
        work.append_change(&self.history_line(ChangeKind::Decided, ("crosswalk", next), &summary)).await?;
        work.commit().await?;
        Ok(CarriedOver { crosswalk: next, decisions: back.len(), pairs })
    }

    /// Records a person's word on the new pair to which a row of the old crosswalk leads: in their own name, on the new
    /// words. It can be taken back as any word of a review.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] where no such row leads there; [`WorkflowError::Forbidden`] where who acts may not review
    /// there; [`WorkflowError::Refused`] as for [`Workbench::carry_over`].
    pub async fn confirm_row(
        &self,
        old: &str,
        new: &str,
        request: &ConfirmRequest,
    ) -> Result<StandingWord, WorkflowError> {
        let desk = self.desk(old, new).await?;
        let work = self.store.write().await?;
        self.allow(&work, Action::Review, About::Program(&request.program)).await?;
        let data = self.old_crosswalk(&work, &desk, &request.program).await?;
        let pair = (request.statement, request.old_target);
        let decided = data.standing(pair.0, pair.1) != Standing::Open || data.reworded.contains(&pair);
        let found = desk.comparison.change.matches.iter().find(|found| {
            let has = |ids: &[Ctid], lines: &[usize], target: Ctid| lines.iter().any(|at| ids[*at] == target);
            has(&desk.comparison.old.ids, &found.old, request.old_target)
                && has(&desk.comparison.new.ids, &found.new, request.new_target)
        });
        let Some(found) = found.filter(|_| decided) else {
            return Err(WorkflowError::NotFound {
                what: "row",
                given: format!("{} → {}", request.old_target, request.new_target),
                hint: "one of the versions has changed since the page was made: reload it".to_owned(),
            });
        };
        let from = found.old.iter().find(|at| desk.comparison.old.ids[**at] == request.old_target);
        let name = from.map_or_else(String::new, |at| desk.comparison.old.name(*at));
        let reason = reason(&format!("Confirmed from {}, {name} ({})", desk.old.name(), found.kind.word()), None);
        let next = self.begun(&work, &desk, &request.program).await?;
        work.commit().await?;
        let decided = DecideRequest {
            statement: request.statement,
            target: request.new_target,
            verdict: request.verdict,
            level: None,
            reason: Some(reason),
            settles: false,
        };
        self.decide(&next, decided).await
    }

    async fn desk(&self, old: &str, new: &str) -> Result<Desk, WorkflowError> {
        let (old, new, comparison) = self.two_versions(old, new).await?;
        Ok(Desk { old, new, comparison })
    }

    /// The program's crosswalk with the old version, read whole by somebody from whom nothing of it is kept back.
    async fn old_crosswalk(&self, work: &Work, desk: &Desk, program: &Ctid) -> Result<CrosswalkData, WorkflowError> {
        let crosswalk = Crosswalk::identify(program, &desk.old.ctid);
        let data = CrosswalkData::read(work, &crosswalk).await?;
        self.must_see_all(work, &crosswalk).await?;
        Ok(data)
    }

    /// The program's crosswalk with the new version, begun if need be, and open to be changed.
    async fn begun(&self, work: &Work, desk: &Desk, program: &Ctid) -> Result<Ctid, WorkflowError> {
        let ctid = Crosswalk::identify(program, &desk.new.ctid);
        if work.crosswalk(&ctid).await?.is_none() {
            let begun = Crosswalk { ctid, program: *program, blueprint: desk.new.ctid, begun: self.now() };
            work.put_crosswalk(&begun).await?;
        }
        self.must_see_all(work, &ctid).await?;
        self.must_be_open(work, &ctid).await?;
        Ok(ctid)
    }

    /// What takes carried decisions back: each in its reviewer's place, since it was theirs that was carried.
    fn taken_back(&self, data: &CrosswalkData, there: &[Decision]) -> Vec<Decision> {
        let mut by_pair: BTreeMap<(Ctid, Ctid), Vec<&Decision>> = BTreeMap::new();
        for decision in there {
            by_pair.entry((decision.statement, decision.target)).or_default().push(decision);
        }
        let why = reason(&format!("{TAKEN_BACK} by {}", self.person().name()), None);
        let mut back = Vec::new();
        for decisions in by_pair.values() {
            let mut persons: Vec<_> = decisions.iter().map(|one| &one.person).collect();
            persons.sort_unstable();
            persons.dedup();
            for person in persons {
                let latest = undoable(decisions.iter().copied(), person);
                let Some(latest) = latest.filter(|latest| is_carried(latest, data)) else { continue };
                back.push(Decision {
                    verdict: Verdict::Withdrawn,
                    level: None,
                    reason: Some(why.clone()),
                    at: self.now().max(latest.at),
                    settles: false,
                    undoes: true,
                    ..latest.clone()
                });
            }
        }
        back
    }
}

/// Whether a decision is one of the old crosswalk carried over.
fn is_carried(decision: &Decision, data: &CrosswalkData) -> bool {
    data.decisions.iter().any(|one| is_the_same_word(one, decision))
}

/// The decisions that go on.
fn carried(desk: &Desk, data: &CrosswalkData, there: &[Decision]) -> Vec<Decision> {
    let goes_on = desk.comparison.unchanged();
    let items = desk.new.items();
    let words = Words::new(data.words().statements, &items);
    let spoken = current(there, &words);
    let names = |target: Ctid| {
        let at = desk.comparison.old.ids.iter().position(|id| *id == target);
        at.map_or_else(String::new, |at| desk.comparison.old.name(at))
    };
    let mut found = Vec::new();
    let said = current(&data.decisions, &data.words());
    for (at, decision) in said.iter().enumerate() {
        let same_place = |one: &Decision| {
            (one.statement, one.target) == (decision.statement, decision.target) && one.person == decision.person
        };
        if said[at + 1..].iter().any(same_place) {
            continue;
        }
        let Some(target) = goes_on.get(&decision.target).copied() else { continue };
        let (Some(statement), Some(text)) = (words.statements.get(&decision.statement), words.targets.get(&target))
        else {
            continue;
        };
        let own = |one: &&Decision| {
            (one.statement, one.target) == (decision.statement, target) && one.person == decision.person
        };
        if is_settled(&spoken, decision.statement, target)
            || !in_force(spoken.iter().filter(own)).is_empty()
            || given_up(there, decision, target)
        {
            continue;
        }
        let from = format!("Carried over from {}, {}", desk.old.name(), names(decision.target));
        found.push(Decision {
            target,
            judged: Judged { statement: plain(statement), target: plain(text) },
            reason: Some(reason(&from, decision.reason.as_ref())),
            ..decision.clone()
        });
    }
    found
}

/// Whether a disagreement on the new pair is settled there: a word said after it on the old pair, carried beside it, would open it again.
fn is_settled(spoken: &[Decision], statement: Ctid, target: Ctid) -> bool {
    let pair = spoken.iter().filter(|one| (one.statement, one.target) == (statement, target));
    in_force(pair).iter().any(|word| word.settles)
}

/// Whether the decision was carried over before, and its own reviewer took it back since.
fn given_up(there: &[Decision], decision: &Decision, target: Ctid) -> bool {
    let own =
        |one: &&Decision| (one.statement, one.target) == (decision.statement, target) && one.person == decision.person;
    let carried_before = there.iter().filter(own).any(|one| is_the_same_word(one, decision));
    let last = there.iter().rfind(own);
    let by_a_lead = last.and_then(|last| last.reason.as_ref()).is_some_and(|why| why.as_str().starts_with(TAKEN_BACK));
    carried_before && !by_a_lead
}

/// What somebody must not see yet may not be carried to where they would.
async fn no_second_review(work: &Work, crosswalk: &Ctid) -> Result<(), WorkflowError> {
    let given = work.assignments_of(crosswalk).await?;
    if given.iter().all(|one| one.end.is_some() || one.part != ReviewPart::Second) {
        return Ok(());
    }
    Err(WorkflowError::Refused {
        message: "a blind second review is under way".to_owned(),
        hint: "carry over once it has ended: what is carried would be seen by the second reviewer".to_owned(),
    })
}

/// Where it comes from, then why.
fn reason(from: &str, why: Option<&Text>) -> Text {
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    let words: String = format!("{from}{why}").chars().take(LONGEST_REASON).collect();
    plain(&words)
}

fn pairs(decisions: &[Decision]) -> usize {
    let pairs: std::collections::BTreeSet<(Ctid, Ctid)> =
        decisions.iter().map(|decision| (decision.statement, decision.target)).collect();
    pairs.len()
}

fn nothing(message: &str) -> WorkflowError {
    WorkflowError::Refused {
        message: message.to_owned(),
        hint: "see the rows of the program on the page of the change, or with `credway change`".to_owned(),
    }
}
