//! Review a crosswalk: one blueprint statement or one course at a time, with its candidates, and the reviewer's word.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{
    Change, ChangeKind, Ctid, Decision, OutcomeLevel, Person, Proposal, Standing, Strength, Text, Verdict,
};
use credway_store::ProposalFilter;
use serde::{Deserialize, Serialize};

use crate::align_program::plain;
use crate::crosswalk_data::{CourseStatement, CrosswalkData, course_statements};
use crate::import_references::verdict_words;
use crate::{CourseName, CrosswalkHead, ObjectiveName, Segment, Workbench, WorkflowError, segments};

/// What one page of the review is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewBy {
    /// One blueprint statement and the course statements that may meet it.
    #[default]
    Objective,
    /// One course and the blueprint statements it may meet.
    Course,
}

/// Which candidates are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewShow {
    /// Those the person has no word on yet, and which nobody has settled.
    #[default]
    Open,
    /// Those on which reviewers disagree.
    Disputed,
    /// Those with a word.
    Decided,
    /// All, also those below the engine's stated confidence.
    All,
}

/// Which part of the review is wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewFilter {
    /// What one page is about.
    pub by: ReviewBy,
    /// Which candidates.
    pub show: ReviewShow,
    /// Only this domain.
    pub domain: Option<Ctid>,
    /// The blueprint statement or course to show; the first with something to show when absent.
    pub focus: Option<Ctid>,
    /// Hide other reviewers' words until the person has given theirs, for an independent second review.
    pub blind: bool,
}

/// A standing as one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StandingWord {
    /// Nobody has a word on it.
    Open,
    /// Accepted in full.
    Full,
    /// Accepted in part.
    Partial,
    /// Rejected.
    Rejected,
    /// Reviewers disagree.
    Disputed,
}

impl StandingWord {
    /// From what stands.
    #[must_use]
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Open,
            Standing::Accepted { strength: Strength::Full, .. } => Self::Full,
            Standing::Accepted { strength: Strength::Partial, .. } => Self::Partial,
            Standing::Rejected => Self::Rejected,
            Standing::Disputed => Self::Disputed,
        }
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Full => "full",
            Self::Partial => "partial",
            Self::Rejected => "rejected",
            Self::Disputed => "disputed",
        }
    }
}

/// One earlier word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionLine {
    /// Who.
    pub person: String,
    /// The word ("accepted (full)").
    pub verdict: String,
    /// Level set.
    pub level: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// When, as ISO 8601.
    pub at: String,
    /// Whether it settles a disagreement.
    pub settles: bool,
}

/// One candidate to judge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CandidateCard {
    /// The course statement.
    pub statement: Ctid,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// The course.
    pub course: CourseName,
    /// Code of the outcome; absent where the course stands for itself.
    pub outcome_code: Option<String>,
    /// `outcome`, `topic`, `description` or `title`.
    pub kind: String,
    /// Topics above it.
    pub topics: Vec<String>,
    /// Level in the source.
    pub level: Option<String>,
    /// Assessment named in the source.
    pub assessed_by: Option<String>,
    /// The course statement, cut at the evidence.
    pub statement_segments: Vec<Segment>,
    /// The blueprint statement, cut at the evidence.
    pub objective_segments: Vec<Segment>,
    /// Calibrated probability, 0 to 1; absent for a pair a person added without the engine.
    pub probability: Option<f64>,
    /// Whether the engine is confident enough to suggest it.
    pub suggested: bool,
    /// Depth the course statement's verb shows.
    pub taught: Option<String>,
    /// Depth the blueprint statement's verb asks for.
    pub asked: Option<String>,
    /// `reaches`, `below` or `unknown`.
    pub depth: String,
    /// The engine, by name and version.
    pub engine: Option<String>,
    /// What stands.
    pub standing: StandingWord,
    /// The acting person's own word ("accepted (full)").
    pub own_word: Option<String>,
    /// Earlier words, oldest first.
    pub decisions: Vec<DecisionLine>,
}

/// What the page is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewFocus {
    /// A blueprint statement.
    Objective {
        /// The statement.
        objective: ObjectiveName,
        /// Its share of the exam in per cent.
        share: Option<f64>,
        /// Its score now: 0, ½ or 1.
        score: Option<f64>,
    },
    /// A course.
    Course {
        /// The course.
        course: CourseName,
        /// Its description.
        description: Option<String>,
    },
}

/// One page of the review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewPage {
    /// The crosswalk.
    pub crosswalk: CrosswalkHead,
    /// What it is about; absent when nothing is left to show.
    pub focus: Option<ReviewFocus>,
    /// Identifier of the focus.
    pub focus_id: Option<Ctid>,
    /// Candidates, the most probable first.
    pub candidates: Vec<CandidateCard>,
    /// Position among the things with something to show, from 1.
    pub position: usize,
    /// How many things have something to show.
    pub of: usize,
    /// The one before.
    pub previous: Option<Ctid>,
    /// The one after.
    pub next: Option<Ctid>,
    /// Candidates left that match the filter, over all pages.
    pub remaining: usize,
}

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
        let statement_known = course_statements(&data.courses).iter().any(|statement| statement.id == request.statement);
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
        for decision in decisions.iter().filter(|one| (one.statement, one.target, &one.person) == (statement, target, person)) {
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
        let objective = item.map_or_else(String::new, |item| {
            item.code.map_or_else(|| item.text.to_string(), |code| code.to_string())
        });
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
        let proposals = work.proposals(crosswalk, &ProposalFilter::default()).await?;
        let head = self.crosswalk_head(&data, &proposals);
        let queue = Queue::new(&data, &proposals, filter, person);
        Ok(queue.page(head))
    }
}

/// The reason written with a word that takes back another.
const UNDONE: &str = "Undone.";

/// The pairs of a crosswalk that match a filter, in the order of the page.
struct Queue<'a> {
    data: &'a CrosswalkData,
    statements: BTreeMap<Ctid, CourseStatement<'a>>,
    objectives: BTreeMap<Ctid, ObjectiveName>,
    filter: &'a ReviewFilter,
    person: &'a Person,
    /// Pairs by the thing the page is about.
    pairs: BTreeMap<Ctid, Vec<(Ctid, Ctid)>>,
    proposals: BTreeMap<(Ctid, Ctid), &'a Proposal>,
    /// The things a page can be about, in document order.
    order: Vec<Ctid>,
}

impl<'a> Queue<'a> {
    fn new(data: &'a CrosswalkData, proposals: &'a [Proposal], filter: &'a ReviewFilter, person: &'a Person) -> Self {
        let items = data.blueprint.items();
        let statements: BTreeMap<Ctid, CourseStatement<'a>> =
            course_statements(&data.courses).into_iter().map(|statement| (statement.id, statement)).collect();
        let mut objectives = BTreeMap::new();
        let mut wanted_objectives = BTreeSet::new();
        for item in &items {
            objectives.insert(item.ctid, ObjectiveName::of(item, &data.blueprint));
            if filter.domain.is_none_or(|domain| data.blueprint.domains[item.domain].ctid == domain) {
                wanted_objectives.insert(item.ctid);
            }
        }
        let order = match filter.by {
            ReviewBy::Objective => items.iter().map(|item| item.ctid).collect(),
            ReviewBy::Course => data.courses.iter().map(|course| course.ctid).collect(),
        };
        let proposals: BTreeMap<(Ctid, Ctid), &Proposal> =
            proposals.iter().map(|proposal| ((proposal.statement, proposal.target), proposal)).collect();
        let mut queue =
            Self { data, statements, objectives, filter, person, pairs: BTreeMap::new(), proposals, order };
        let all: BTreeSet<(Ctid, Ctid)> = queue.proposals.keys().chain(data.standings.keys()).copied().collect();
        for pair in all {
            let Some(statement) = queue.statements.get(&pair.0) else { continue };
            if wanted_objectives.contains(&pair.1) && queue.shows(pair) {
                let focus = if filter.by == ReviewBy::Objective { pair.1 } else { statement.course.ctid };
                queue.pairs.entry(focus).or_default().push(pair);
            }
        }
        queue
    }

    /// The person's latest word on a pair, if it is not withdrawn.
    fn own_word(&self, pair: (Ctid, Ctid)) -> Option<&Decision> {
        let own = self.data.decisions.iter().rev();
        own.filter(|decision| decision.person == *self.person)
            .find(|decision| (decision.statement, decision.target) == pair)
            .filter(|decision| decision.verdict != Verdict::Withdrawn)
    }

    fn shows(&self, pair: (Ctid, Ctid)) -> bool {
        let standing = self.data.standing(pair.0, pair.1);
        let suggested = self.proposals.get(&pair).is_some_and(|proposal| proposal.suggested);
        match self.filter.show {
            ReviewShow::All => true,
            ReviewShow::Disputed => standing == Standing::Disputed,
            ReviewShow::Decided => standing != Standing::Open,
            ReviewShow::Open if self.filter.blind => {
                (suggested || standing != Standing::Open) && self.own_word(pair).is_none()
            }
            ReviewShow::Open => suggested && standing == Standing::Open,
        }
    }

    fn page(&self, crosswalk: CrosswalkHead) -> ReviewPage {
        let shown: Vec<Ctid> = self.order.iter().filter(|focus| self.pairs.contains_key(focus)).copied().collect();
        let remaining = self.pairs.values().map(Vec::len).sum();
        let focus_id = self.filter.focus.or_else(|| shown.first().copied());
        let index = focus_id.and_then(|focus| shown.iter().position(|one| *one == focus));
        let rank = focus_id.and_then(|focus| self.order.iter().position(|one| *one == focus));
        let neighbour = |before: bool| {
            let rank = rank?;
            let inside = |focus: &&Ctid| self.pairs.contains_key(focus);
            if before { self.order[..rank].iter().rfind(inside).copied() } else { self.order[rank + 1..].iter().find(inside).copied() }
        };
        let mut candidates: Vec<CandidateCard> = focus_id
            .and_then(|focus| self.pairs.get(&focus))
            .into_iter()
            .flatten()
            .filter_map(|pair| self.card(*pair))
            .collect();
        candidates.sort_by(|one, two| {
            two.probability.unwrap_or(0.0).total_cmp(&one.probability.unwrap_or(0.0)).then_with(|| {
                (&one.course.code, &one.outcome_code).cmp(&(&two.course.code, &two.outcome_code))
            })
        });
        ReviewPage {
            crosswalk,
            focus: focus_id.and_then(|focus| self.focus(focus)),
            focus_id,
            candidates,
            position: index.map_or(0, |index| index + 1),
            of: shown.len(),
            previous: neighbour(true),
            next: neighbour(false),
            remaining,
        }
    }

    fn focus(&self, focus: Ctid) -> Option<ReviewFocus> {
        if let Some(course) = self.data.courses.iter().find(|course| course.ctid == focus) {
            let description = course.description.as_ref().map(Text::to_string);
            return Some(ReviewFocus::Course { course: CourseName::of(course), description });
        }
        let objective = self.objectives.get(&focus)?.clone();
        let coverage = self.data.coverage();
        let statement = coverage.statements.iter().find(|statement| statement.target == focus);
        Some(ReviewFocus::Objective {
            objective,
            share: statement.and_then(|statement| statement.share),
            score: statement.map(|statement| statement.score),
        })
    }

    fn card(&self, pair: (Ctid, Ctid)) -> Option<CandidateCard> {
        let statement = self.statements.get(&pair.0)?;
        let objective = self.objectives.get(&pair.1)?.clone();
        let proposal = self.proposals.get(&pair).copied();
        let evidence = proposal.map(|proposal| proposal.evidence.as_slice()).unwrap_or_default();
        let spans = |pick: fn(&credway_model::EvidencePair) -> credway_model::Span| evidence.iter().map(pick).collect::<Vec<_>>();
        let own_word = self.own_word(pair).map(|decision| verdict_words(decision.verdict));
        let hidden = self.filter.blind && own_word.is_none();
        let decisions = self.data.decisions.iter().filter(|one| (one.statement, one.target) == pair && !hidden);
        let outcome = statement.outcome;
        Some(CandidateCard {
            statement: pair.0,
            course: CourseName::of(statement.course),
            outcome_code: outcome.and_then(|outcome| outcome.code.as_ref()).map(Text::to_string),
            kind: statement.kind().to_owned(),
            topics: outcome.map(|outcome| outcome.path.iter().map(Text::to_string).collect()).unwrap_or_default(),
            level: outcome.and_then(|outcome| outcome.level).map(|level| level.word().to_owned()),
            assessed_by: outcome.and_then(|outcome| outcome.assessed_by.as_ref()).map(Text::to_string),
            statement_segments: segments(statement.text(), &spans(|pair| pair.statement)),
            objective_segments: segments(&objective.text, &spans(|pair| pair.target)),
            objective,
            probability: proposal.map(|proposal| proposal.probability.value()),
            suggested: proposal.is_some_and(|proposal| proposal.suggested),
            taught: proposal.and_then(|proposal| proposal.taught).map(|level| level.word().to_owned()),
            asked: proposal.and_then(|proposal| proposal.asked).map(|level| level.word().to_owned()),
            depth: proposal.map_or("unknown", |proposal| depth_word(proposal.depth())).to_owned(),
            engine: proposal.map(|proposal| proposal.engine.clone()),
            standing: if hidden { StandingWord::Open } else { StandingWord::of(self.data.standing(pair.0, pair.1)) },
            own_word,
            decisions: decisions.map(decision_line).collect(),
        })
    }
}

fn decision_line(decision: &Decision) -> DecisionLine {
    DecisionLine {
        person: decision.person.name().to_owned(),
        verdict: verdict_words(decision.verdict),
        level: decision.level.map(|level| level.word().to_owned()),
        reason: decision.reason.as_ref().map(Text::to_string),
        at: decision.at.to_string(),
        settles: decision.settles,
    }
}

const fn depth_word(depth: credway_model::Depth) -> &'static str {
    match depth {
        credway_model::Depth::Reaches => "reaches",
        credway_model::Depth::Below => "below",
        credway_model::Depth::Unknown => "unknown",
    }
}
