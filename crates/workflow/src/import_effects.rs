//! What an import does to what people decided: nothing decided goes or comes to say something else without a word. Each
//! such finding is kept with the address of its crosswalk, and told to those who may read that; who imports is told of
//! another institution's how much it is, and not of what program.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Action, Ctid, Finding, Place, Severity, Standing};
use credway_store::Work;

use crate::crosswalk_data::CrosswalkBrief;
use crate::permission::About;
use crate::what_stands::Pair;
use crate::{ActorStanding, Workbench, WorkflowError};

/// The codes of these findings.
const CODES: [&str; 2] = ["decision.statement-gone", "decision.reworded"];
/// What stands before the crosswalk in the hint of such a finding.
const ADDRESS: &str = " (/crosswalks/";

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
        for (crosswalk, before) in &self.0 {
            let mut say = |code: &str, severity, message: String, hint: &str| {
                let hint = format!("{hint}{ADDRESS}{crosswalk})");
                findings.push(Finding::new(code, severity, Place::Whole, message, hint).in_file(file));
            };
            let after = after.0.get(crosswalk);
            let gone =
                before.decided.iter().filter(|pair| after.is_none_or(|after| !after.known.contains(pair))).count();
            if gone > 0 {
                say(
                    CODES[0],
                    Severity::Error,
                    format!("{gone} decided pair(s) of {} lose a statement and would count for nothing.", before.name),
                    "Keep the statements in the file. If they are to go, accept this finding: the decisions stay in the history.",
                );
            }
            let reworded = after.map_or(0, |after| after.reworded.difference(&before.reworded).count());
            if reworded > 0 {
                say(
                    CODES[1],
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

    /// The findings as who imports is told them: of a crosswalk that they may not read, without its name.
    pub(crate) async fn told(
        &self,
        desk: &Workbench,
        work: &Work,
        findings: &[Finding],
    ) -> Result<Vec<Finding>, WorkflowError> {
        let mut told = findings.to_vec();
        for finding in &mut told {
            if desk.may_see_finding(work, finding).await? {
                continue;
            }
            let named = crosswalk_of(finding).and_then(|crosswalk| self.0.get(&crosswalk));
            let name = named.map_or("", |pairs| pairs.name.as_str());
            finding.message = finding.message.replacen(name, "a crosswalk of another institution", 1);
            finding.hint.truncate(finding.hint.rfind(ADDRESS).unwrap_or(finding.hint.len()));
        }
        Ok(told)
    }
}

impl Workbench {
    /// Whether a finding is who acts's to see, of those of a file that they may see: what it says of decisions is of one
    /// crosswalk, and for those who may read that. What was kept before the crosswalk was kept with it is the owner's alone.
    pub(crate) async fn may_see_finding(&self, work: &Work, finding: &Finding) -> Result<bool, WorkflowError> {
        if !CODES.contains(&finding.code.as_str()) || *self.actor().standing() == ActorStanding::Owner {
            return Ok(true);
        }
        match crosswalk_of(finding) {
            Some(crosswalk) => self.may(work, Action::ReadCrosswalk, About::Crosswalk(&crosswalk)).await,
            None => Ok(false),
        }
    }
}

/// The crosswalk that a finding is about.
fn crosswalk_of(finding: &Finding) -> Option<Ctid> {
    let (_, address) = finding.hint.rsplit_once(ADDRESS)?;
    address.strip_suffix(')')?.parse().ok()
}
