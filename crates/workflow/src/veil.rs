//! The veil of a blind second review: while somebody holds one, what others said about its pairs is not there for them,
//! until they have given their own word. It is laid over the decisions as they are read, so that no page, file or count
//! made from them can forget it.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Decision, Person, ReviewPart, ReviewScope, SourceId, in_force};
use credway_store::Work;

use crate::crosswalk_data::{CrosswalkBrief, CrosswalkData};
use crate::what_stands::{Pair, Words};
use crate::{Workbench, WorkflowError};

/// What somebody may not see yet of a crosswalk.
#[derive(Clone, Debug)]
pub(crate) struct Veil {
    person: Person,
    scopes: Vec<ReviewScope>,
}

/// Where the statements of a crosswalk stand: in which course, in which domain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whereabouts {
    pub(crate) courses: BTreeMap<Ctid, Ctid>,
    pub(crate) domains: BTreeMap<Ctid, Ctid>,
}

impl Whereabouts {
    /// Whether a pair belongs to a scope. A pair whose statement is gone belongs to every scope: what was said about it
    /// is not shown either.
    pub(crate) fn within(&self, scope: &ReviewScope, pair: Pair) -> bool {
        match (self.courses.get(&pair.0), self.domains.get(&pair.1)) {
            (Some(course), Some(domain)) => scope.covers(course, domain),
            _ => true,
        }
    }
}

impl Veil {
    /// Whether others' words on a pair are hidden until the person has given theirs.
    pub(crate) fn covers(&self, places: &Whereabouts, pair: Pair) -> bool {
        self.scopes.iter().any(|scope| places.within(scope, pair))
    }

    /// Whether a domain, or the whole crosswalk, holds pairs that are reviewed blindly.
    pub(crate) fn touches(&self, domain: Option<Ctid>) -> bool {
        self.scopes.iter().any(|scope| domain.is_none() || scope.domain.is_none() || scope.domain == domain)
    }

    /// Takes away what others said about the pairs on which the person has no word in force on today's words.
    pub(crate) fn lay(&self, decisions: &mut Vec<Decision>, words: &Words<'_>, places: &Whereabouts) {
        let own: Vec<&Decision> = decisions.iter().filter(|one| one.person == self.person && words.hold(one)).collect();
        let mut by_pair: BTreeMap<Pair, Vec<&Decision>> = BTreeMap::new();
        for decision in own {
            by_pair.entry((decision.statement, decision.target)).or_default().push(decision);
        }
        let spoken: BTreeSet<Pair> = by_pair
            .into_iter()
            .filter(|(_, own)| !in_force(own.iter().copied()).is_empty())
            .map(|(pair, _)| pair)
            .collect();
        decisions.retain(|one| {
            let pair = (one.statement, one.target);
            one.person == self.person || spoken.contains(&pair) || !self.covers(places, pair)
        });
    }
}

impl Workbench {
    /// The veil over a crosswalk for who acts, if they hold a blind second review of it.
    pub(crate) async fn veil(&self, work: &Work, crosswalk: &Ctid) -> Result<Option<Veil>, WorkflowError> {
        let scopes: Vec<ReviewScope> =
            self.blind_scopes(work).await?.into_iter().filter(|scope| scope.crosswalk == *crosswalk).collect();
        Ok((!scopes.is_empty()).then(|| Veil { person: self.person().clone(), scopes }))
    }

    /// What who acts reviews blindly now.
    pub(crate) async fn blind_scopes(&self, work: &Work) -> Result<Vec<ReviewScope>, WorkflowError> {
        let Some(account) = self.actor().account() else { return Ok(Vec::new()) };
        let given = work.assignments_to(account).await?;
        let blind = given.iter().filter(|one| one.end.is_none() && one.part == ReviewPart::Second);
        Ok(blind.map(|one| one.scope).collect())
    }

    /// Whether a file is kept from who acts while they review blindly: it holds decisions, and with them what others said.
    pub(crate) async fn is_kept_back(&self, work: &Work, source: &SourceId) -> Result<bool, WorkflowError> {
        if self.blind_scopes(work).await?.is_empty() {
            return Ok(false);
        }
        let source = work.source(source).await?;
        Ok(source.is_some_and(|source| source.fields.iter().any(|(field, _)| field == "decision")))
    }

    /// Everything a crosswalk is made of, as who acts may see it.
    pub(crate) async fn crosswalk_data(&self, work: &Work, crosswalk: &Ctid) -> Result<CrosswalkData, WorkflowError> {
        let data = CrosswalkData::read(work, crosswalk).await?;
        Ok(match self.veil(work, crosswalk).await? {
            Some(veil) => data.veiled(veil),
            None => data,
        })
    }

    /// What a crosswalk's line is computed from, as who acts may see it.
    pub(crate) async fn crosswalk_brief(&self, work: &Work, crosswalk: &Ctid) -> Result<CrosswalkBrief, WorkflowError> {
        CrosswalkBrief::read_under(work, crosswalk, self.veil(work, crosswalk).await?.as_ref()).await
    }
}
