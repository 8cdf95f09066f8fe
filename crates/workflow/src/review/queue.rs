//! The queue: which pairs a filter shows to a person, in the order of the page, and the page itself.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Decision, Person, Probability, Proposal, Standing, Text, Verdict, in_force};
use credway_store::{ProposalFilter, ProposedPairs};

use super::order;
use super::page::{
    CandidateCard, DecisionLine, ReviewBy, ReviewFilter, ReviewFocus, ReviewPage, ReviewShow, StandingWord,
};
use crate::crosswalk_data::{CourseStatement, CrosswalkData, course_statements};
use crate::import_decisions::{decision_words, verdict_words};
use crate::veil::Whereabouts;
use crate::what_stands::Words;
use crate::{CourseName, CrosswalkHead, ObjectiveName, segments};

/// The pairs of a crosswalk that match a filter, in the order of the page.
pub(super) struct Queue<'a> {
    data: &'a CrosswalkData,
    words: Words<'a>,
    statements: BTreeMap<Ctid, CourseStatement<'a>>,
    objectives: BTreeMap<Ctid, ObjectiveName>,
    filter: &'a ReviewFilter,
    person: &'a Person,
    /// Pairs by the thing the page is about.
    pairs: BTreeMap<Ctid, Vec<(Ctid, Ctid)>>,
    proposed: ProposedPairs,
    /// Where statements stand; empty where nothing is kept back.
    places: Whereabouts,
    /// The things a page can be about, in document order or the order asked for.
    order: Vec<Ctid>,
    /// What a look at each pair is worth, where another order than the document's is asked for.
    values: BTreeMap<(Ctid, Ctid), f64>,
}

impl<'a> Queue<'a> {
    pub(super) fn new(
        data: &'a CrosswalkData,
        proposed: ProposedPairs,
        filter: &'a ReviewFilter,
        person: &'a Person,
    ) -> Self {
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
        let words = data.words();
        let places = if data.is_veiled() { data.whereabouts() } else { Whereabouts::default() };
        let mut queue = Self {
            data,
            words,
            statements,
            objectives,
            filter,
            person,
            pairs: BTreeMap::new(),
            proposed,
            places,
            order,
            values: BTreeMap::new(),
        };
        let all: BTreeSet<(Ctid, Ctid)> = queue.proposed.keys().chain(data.standings.keys()).copied().collect();
        for pair in all {
            let Some(statement) = queue.statements.get(&pair.0) else { continue };
            if wanted_objectives.contains(&pair.1) && queue.shows(pair) {
                let focus = if filter.by == ReviewBy::Objective { pair.1 } else { statement.course.ctid };
                queue.pairs.entry(focus).or_default().push(pair);
            }
        }
        queue
    }

    /// Puts the things a page can be about into the order asked for; `probabilities` are those of all proposed pairs.
    ///
    /// What has nothing left to show stands first: whoever has just finished it goes on to the head of the rest.
    pub(super) fn order_by(&mut self, probabilities: &BTreeMap<(Ctid, Ctid), Probability>) {
        let course = |statement: &Ctid| self.statements.get(statement).map(|statement| statement.course.ctid);
        let said = |pair: (Ctid, Ctid)| {
            if self.filter.blind { self.own_word(pair).map(|own| accepts(own.verdict)) } else { self.stands(pair) }
        };
        let waiting: Vec<(Ctid, Ctid)> = self.pairs.values().flatten().copied().collect();
        self.values = order::values(self.filter.order, &waiting, probabilities, &course, &said);
        let best = |focus: &Ctid| {
            let pairs = self.pairs.get(focus)?;
            pairs.iter().filter_map(|pair| self.values.get(pair).copied()).max_by(f64::total_cmp)
        };
        // A stable sort keeps the document's order among equals.
        let mut ordered: Vec<(Option<f64>, Ctid)> = self.order.iter().map(|focus| (best(focus), *focus)).collect();
        ordered.sort_by(|one, other| match (one.0, other.0) {
            (Some(one), Some(other)) => other.total_cmp(&one),
            (one, other) => one.is_some().cmp(&other.is_some()),
        });
        self.order = ordered.into_iter().map(|(_, focus)| focus).collect();
    }

    /// Whether a pair stands accepted or rejected.
    fn stands(&self, pair: (Ctid, Ctid)) -> Option<bool> {
        match self.data.standing(pair.0, pair.1) {
            Standing::Accepted { .. } => Some(true),
            Standing::Rejected => Some(false),
            Standing::Open | Standing::Disputed => None,
        }
    }

    /// The decisions on a pair, oldest first.
    fn decisions(&self, pair: (Ctid, Ctid)) -> impl Iterator<Item = &'a Decision> {
        self.data.decisions.iter().filter(move |one| (one.statement, one.target) == pair)
    }

    /// The person's latest decision on a pair that is in force on today's words.
    fn own_word(&self, pair: (Ctid, Ctid)) -> Option<&'a Decision> {
        let force = in_force(self.decisions(pair).filter(|decision| self.words.hold(decision)));
        force.into_iter().rfind(|decision| decision.person == *self.person)
    }

    fn shows(&self, pair: (Ctid, Ctid)) -> bool {
        let standing = self.data.standing(pair.0, pair.1);
        let suggested = self.proposed.get(&pair).copied().unwrap_or(false) || self.data.reworded.contains(&pair);
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

    /// The thing the page is about: the one asked for, else the first that has something to show.
    fn focus_id(&self) -> Option<Ctid> {
        self.filter.focus.or_else(|| self.order.iter().find(|focus| self.pairs.contains_key(focus)).copied())
    }

    /// The proposals that [`Self::page`] needs: those on what it shows.
    pub(super) fn wanted(&self) -> ProposalFilter {
        let shown = self.focus_id().and_then(|focus| self.pairs.get(&focus)).map(Vec::as_slice).unwrap_or_default();
        let unique = |list: BTreeSet<Ctid>| Some(list.into_iter().collect());
        ProposalFilter {
            statements: unique(shown.iter().map(|pair| pair.0).collect()),
            targets: unique(shown.iter().map(|pair| pair.1).collect()),
            ..ProposalFilter::default()
        }
    }

    /// The page; `proposals` are those [`Self::wanted`].
    pub(super) fn page(&self, crosswalk: CrosswalkHead, proposals: &[Proposal]) -> ReviewPage {
        let proposals: BTreeMap<(Ctid, Ctid), &Proposal> =
            proposals.iter().map(|proposal| ((proposal.statement, proposal.target), proposal)).collect();
        let shown: Vec<Ctid> = self.order.iter().filter(|focus| self.pairs.contains_key(focus)).copied().collect();
        let remaining = self.pairs.values().map(Vec::len).sum();
        let focus_id = self.focus_id();
        let index = focus_id.and_then(|focus| shown.iter().position(|one| *one == focus));
        let rank = focus_id.and_then(|focus| self.order.iter().position(|one| *one == focus));
        let neighbour = |before: bool| {
            let rank = rank?;
            let inside = |focus: &&Ctid| self.pairs.contains_key(focus);
            if before {
                self.order[..rank].iter().rfind(inside).copied()
            } else {
                self.order[rank + 1..].iter().find(inside).copied()
            }
        };
        let mut candidates: Vec<CandidateCard> = focus_id
            .and_then(|focus| self.pairs.get(&focus))
            .into_iter()
            .flatten()
            .filter_map(|pair| self.card(*pair, proposals.get(pair).copied()))
            .collect();
        let worth =
            |card: &CandidateCard| self.values.get(&(card.statement, card.objective.id)).copied().unwrap_or(0.0);
        candidates.sort_by(|one, two| {
            let by_worth = worth(two).total_cmp(&worth(one));
            by_worth
                .then_with(|| two.probability.unwrap_or(0.0).total_cmp(&one.probability.unwrap_or(0.0)))
                .then_with(|| (&one.course.code, &one.outcome_code).cmp(&(&two.course.code, &two.outcome_code)))
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
            blind: self.data.is_veiled(),
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

    fn card(&self, pair: (Ctid, Ctid), proposal: Option<&Proposal>) -> Option<CandidateCard> {
        let statement = self.statements.get(&pair.0)?;
        let objective = self.objectives.get(&pair.1)?.clone();
        let evidence = proposal.map(|proposal| proposal.evidence.as_slice()).unwrap_or_default();
        let spans = |pick: fn(&credway_model::EvidencePair) -> credway_model::Span| {
            evidence.iter().map(pick).collect::<Vec<_>>()
        };
        let own_word = self.own_word(pair).map(|decision| verdict_words(decision.verdict));
        let hidden = (self.filter.blind || self.data.is_blind(&self.places, pair)) && own_word.is_none();
        let decisions = self.decisions(pair).filter(|_| !hidden);
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
            reworded: self.data.reworded.contains(&pair),
            hidden,
            decisions: decisions.map(|decision| self.decision_line(decision)).collect(),
        })
    }

    fn decision_line(&self, decision: &Decision) -> DecisionLine {
        let other = !self.words.hold(decision);
        DecisionLine {
            person: decision.person.name().to_owned(),
            verdict: decision_words(decision),
            level: decision.level.map(|level| level.word().to_owned()),
            reason: decision.reason.as_ref().map(Text::to_string),
            at: decision.at.to_string(),
            settles: decision.settles,
            judged: other.then(|| (decision.judged.statement.to_string(), decision.judged.target.to_string())),
        }
    }
}

const fn accepts(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Accepted(_))
}

const fn depth_word(depth: credway_model::Depth) -> &'static str {
    match depth {
        credway_model::Depth::Reaches => "reaches",
        credway_model::Depth::Below => "below",
        credway_model::Depth::Unknown => "unknown",
    }
}
