//! The decisions an institution's engine may learn from: what stands in its crosswalks on today's words, without what is
//! disputed and without what somebody is to review blindly now.

use std::collections::BTreeMap;

use credway_align::{Engine, Judgement, Statement};
use credway_model::{Ctid, ReviewPart, ReviewScope, Standing};
use credway_store::Work;
use jiff::Timestamp;

use crate::WorkflowError;
use crate::crosswalk_data::{CrosswalkData, course_statements, engine_statements, engine_targets};

/// The decided pairs of one crosswalk, and what the engine needs to measure them.
struct Decided {
    statements: Vec<Statement>,
    targets: Vec<Statement>,
    /// Course statement, blueprint statement, course, and whether it was accepted.
    pairs: Vec<(usize, usize, Ctid, bool)>,
    /// The blueprint statements, by position.
    lists: Vec<Ctid>,
}

/// Everything gathered of an institution.
pub(super) struct Gathered {
    crosswalks: Vec<Decided>,
    /// Decided pairs kept out.
    pub(super) kept_out: usize,
    /// The latest decision taken in.
    pub(super) until: Option<Timestamp>,
}

/// Gathers the decisions of an institution, crosswalk by crosswalk in the order in which they were begun.
pub(super) async fn gather(work: &Work, institution: &Ctid) -> Result<Gathered, WorkflowError> {
    let programs = work.programs().await?;
    let own: Vec<Ctid> =
        programs.iter().filter(|program| program.organization == *institution).map(|program| program.ctid).collect();
    let mut gathered = Gathered { crosswalks: Vec::new(), kept_out: 0, until: None };
    for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| own.contains(&crosswalk.program)) {
        let blind: Vec<ReviewScope> = work
            .assignments_of(&crosswalk.ctid)
            .await?
            .into_iter()
            .filter(|one| one.end.is_none() && one.part == ReviewPart::Second)
            .map(|one| one.scope)
            .collect();
        gathered.take(&CrosswalkData::read(work, &crosswalk.ctid).await?, &blind);
    }
    Ok(gathered)
}

impl Gathered {
    fn take(&mut self, data: &CrosswalkData, blind: &[ReviewScope]) {
        let statements = course_statements(&data.courses);
        let items = data.blueprint.items();
        let at: BTreeMap<Ctid, usize> = statements.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let target_at: BTreeMap<Ctid, usize> = items.iter().enumerate().map(|(at, item)| (item.ctid, at)).collect();
        let places = data.whereabouts();
        let words = data.words();
        let mut pairs = Vec::new();
        for (pair, standing) in &data.standings {
            let accepted = match standing {
                Standing::Accepted { .. } => true,
                Standing::Rejected => false,
                Standing::Open | Standing::Disputed => continue,
            };
            let (Some(statement), Some(target)) = (at.get(&pair.0), target_at.get(&pair.1)) else { continue };
            if blind.iter().any(|scope| places.within(scope, *pair)) {
                self.kept_out += 1;
                continue;
            }
            let on_pair = data.decisions.iter().filter(|one| (one.statement, one.target) == *pair && words.hold(one));
            self.until = self.until.max(on_pair.map(|one| one.at).max());
            pairs.push((*statement, *target, statements[*statement].course.ctid, accepted));
        }
        if !pairs.is_empty() {
            self.crosswalks.push(Decided {
                statements: engine_statements(&statements),
                targets: engine_targets(&items),
                pairs,
                lists: items.iter().map(|item| item.ctid).collect(),
            });
        }
    }

    /// How many pairs stand accepted and rejected, and how many courses they are about.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let pairs = || self.crosswalks.iter().flat_map(|one| &one.pairs);
        let accepted = pairs().filter(|pair| pair.3).count();
        let mut courses: Vec<Ctid> = pairs().map(|pair| pair.2).collect();
        courses.sort_unstable();
        courses.dedup();
        (accepted, pairs().count() - accepted, courses.len())
    }

    /// The decisions as the engine learns from them: measured by the shipped engine, each within its own crosswalk.
    pub(super) fn judgements(&self, engine: &dyn Engine) -> Result<Vec<Judgement>, WorkflowError> {
        let mut courses: BTreeMap<Ctid, usize> = BTreeMap::new();
        let mut lists: BTreeMap<(usize, Ctid), usize> = BTreeMap::new();
        let mut judgements = Vec::new();
        for (number, decided) in self.crosswalks.iter().enumerate() {
            let pairs: Vec<(usize, usize)> = decided.pairs.iter().map(|pair| (pair.0, pair.1)).collect();
            let readings = engine
                .read_pairs(&decided.statements, &decided.targets, &pairs, &())
                .map_err(|_| WorkflowError::Cancelled)?;
            for (reading, (_, target, course, accepted)) in readings.into_iter().zip(&decided.pairs) {
                let next = courses.len();
                let group = *courses.entry(*course).or_insert(next);
                let next = lists.len();
                let list = *lists.entry((number, decided.lists[*target])).or_insert(next);
                judgements.push(Judgement { reading, group, list, accepted: *accepted });
            }
        }
        Ok(judgements)
    }
}
