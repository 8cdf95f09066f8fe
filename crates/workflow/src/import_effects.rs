//! What an import does to what people decided: nothing decided goes or comes to say something else without a word.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Finding, Place, Severity, Standing};
use credway_store::Work;

use crate::WorkflowError;
use crate::crosswalk_data::CrosswalkBrief;
use crate::what_stands::Pair;

/// The decided pairs of one crosswalk.
struct Pairs {
    name: String,
    decided: BTreeSet<Pair>,
    known: BTreeSet<Pair>,
    reworded: BTreeSet<Pair>,
}

/// The decided pairs of every crosswalk at one moment.
pub(crate) struct Decided(BTreeMap<Ctid, Pairs>);

impl Decided {
    pub(crate) async fn read(work: &Work) -> Result<Self, WorkflowError> {
        let mut all = BTreeMap::new();
        for crosswalk in work.crosswalks().await? {
            if work.decision_count(&crosswalk.ctid).await? == 0 {
                continue;
            }
            let brief = CrosswalkBrief::read(work, &crosswalk.ctid).await?;
            let decided = brief.standings.iter().filter(|(_, standing)| **standing != Standing::Open);
            let pairs = Pairs {
                name: format!("{} × {}", brief.program.title, brief.blueprint.name()),
                decided: decided.map(|(pair, _)| *pair).collect(),
                known: brief.standings.keys().copied().collect(),
                reworded: brief.reworded,
            };
            all.insert(crosswalk.ctid, pairs);
        }
        Ok(Self(all))
    }

    /// What `after` has lost or sees in other words, as findings.
    pub(crate) fn compare(&self, after: &Self, file: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut say = |code: &str, severity, message: String, hint: &str| {
            findings.push(Finding::new(code, severity, Place::Whole, message, hint).in_file(file));
        };
        for (crosswalk, before) in &self.0 {
            let after = after.0.get(crosswalk);
            let gone =
                before.decided.iter().filter(|pair| after.is_none_or(|after| !after.known.contains(pair))).count();
            if gone > 0 {
                say(
                    "decision.statement-gone",
                    Severity::Error,
                    format!("{gone} decided pair(s) of {} lose a statement and would count for nothing.", before.name),
                    "Keep the statements in the file. If they are to go, accept this finding: the decisions stay in the history.",
                );
            }
            let reworded = after.map_or(0, |after| after.reworded.difference(&before.reworded).count());
            if reworded > 0 {
                say(
                    "decision.reworded",
                    Severity::Warning,
                    format!(
                        "{reworded} decided pair(s) of {} have other words now and wait for review again.",
                        before.name
                    ),
                    "Review them: what was decided was decided on the words before.",
                );
            }
        }
        findings
    }
}
