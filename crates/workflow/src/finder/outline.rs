//! What courses are compared with: blueprints, and frameworks laid out as outlines of equal statements.

use std::collections::BTreeMap;

use credway_align::{Coverage, Statement, Weighting, coverage};
use credway_import::{Kind, Reading, SourceFile};
use credway_model::{Blueprint, Competency, Ctid, Domain, Framework, Objective, Place, Severity};
use credway_store::Work;

use super::FindRequest;
use super::courses::looked_at;
use crate::WorkflowError;
use crate::crosswalk_data::engine_targets;
use crate::institution::{find_blueprint, find_framework};

/// An outline with its shares.
pub(super) struct Outline {
    pub(super) blueprint: Blueprint,
    pub(super) is_framework: bool,
    /// How its statements are weighted, as a sentence.
    pub(super) weighting: &'static str,
    /// The longer words of competencies, by identifier.
    descriptions: BTreeMap<Ctid, String>,
}

/// Said where only some domains have a weight: there is no total then, and a ranking needs one.
const SOME_MISSING: &str = "Some domains have no weight in the source: here every statement counts the same.";

impl Outline {
    /// A blueprint as it is; where only some domains have weights, without any.
    pub(super) fn of_blueprint(mut blueprint: Blueprint) -> Self {
        let none: [credway_align::StandingPair; 0] = [];
        let mut weighting = coverage(&blueprint, &[], &none).weighting.sentence();
        if coverage(&blueprint, &[], &none).weighting == Weighting::Incomplete {
            weighting = SOME_MISSING;
            for domain in &mut blueprint.domains {
                domain.weight = None;
            }
        }
        Self { blueprint, is_framework: false, weighting, descriptions: BTreeMap::new() }
    }

    /// A framework: competencies without one above them are domains, those below them objectives; none has a weight.
    pub(super) fn of_framework(framework: &Framework) -> Self {
        let known: BTreeMap<Ctid, &Competency> = framework.competencies.iter().map(|one| (one.ctid, one)).collect();
        let mut below: BTreeMap<Option<Ctid>, Vec<&Competency>> = BTreeMap::new();
        for competency in &framework.competencies {
            below.entry(competency.parent.filter(|parent| known.contains_key(parent))).or_default().push(competency);
        }
        let domain = |competency: &&Competency| Domain {
            ctid: competency.ctid,
            code: competency.code.clone(),
            title: competency.statement.clone(),
            weight: None,
            objectives: objectives(competency.ctid, &below, 0),
            place: Place::Whole,
        };
        let described = |one: &Competency| Some((one.ctid, one.description.as_ref()?.to_string()));
        let blueprint = Blueprint {
            ctid: framework.ctid,
            title: framework.title.clone(),
            version: framework.version.clone(),
            effective: None,
            retires: None,
            domains: below.get(&None).map(Vec::as_slice).unwrap_or_default().iter().map(domain).collect(),
            origin: framework.origin.clone(),
        };
        Self {
            weighting: Weighting::EqualPerStatement.sentence(),
            blueprint,
            is_framework: true,
            descriptions: framework.competencies.iter().filter_map(described).collect(),
        }
    }

    /// Its statements as the engine takes them, in order of its items: the words with their longer description.
    pub(super) fn targets(&self) -> Vec<Statement> {
        let items = self.blueprint.items();
        let mut targets = engine_targets(&items);
        for (item, target) in items.iter().zip(&mut targets) {
            if let Some(description) = self.descriptions.get(&item.ctid) {
                target.text = format!("{}: {description}", target.text);
            }
        }
        targets
    }

    /// What reviewers' decisions cover of it.
    pub(super) fn covered(
        &self,
        taught: &[credway_align::TaughtStatement],
        pairs: &[credway_align::StandingPair],
    ) -> Coverage {
        coverage(&self.blueprint, taught, pairs)
    }
}

/// Deeper than this a framework is a circle.
const DEEPEST: usize = 32;

fn objectives(of: Ctid, below: &BTreeMap<Option<Ctid>, Vec<&Competency>>, depth: usize) -> Vec<Objective> {
    if depth >= DEEPEST {
        return Vec::new();
    }
    let own = below.get(&Some(of)).map(Vec::as_slice).unwrap_or_default();
    let objective = |competency: &&Competency| Objective {
        ctid: competency.ctid,
        code: competency.code.clone(),
        text: competency.statement.clone(),
        children: objectives(competency.ctid, below, depth + 1),
        place: Place::Whole,
    };
    own.iter().map(objective).collect()
}

/// The outlines asked for, and the names of those left out because they are too large.
pub(super) async fn chosen(work: &Work, request: &FindRequest) -> Result<(Vec<Outline>, Vec<String>), WorkflowError> {
    let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
    for file in &request.files {
        chosen.extend(of_file(file)?);
    }
    if request.against.is_empty() && request.files.is_empty() {
        for head in work.blueprints().await? {
            chosen.extend(work.blueprint(&head.ctid).await?.map(Outline::of_blueprint));
        }
        for head in work.frameworks().await? {
            if request.largest.is_some_and(|largest| head.competencies > largest as u64) {
                left_out.push(head.title.to_string());
                continue;
            }
            chosen.extend(work.framework(&head.ctid).await?.as_ref().map(Outline::of_framework));
        }
    }
    for name in &request.against {
        match (find_blueprint(work, name).await, find_framework(work, name).await) {
            (Ok(blueprint), Err(_)) => chosen.push(Outline::of_blueprint(blueprint)),
            (Err(_), Ok(framework)) => chosen.push(Outline::of_framework(&framework)),
            (Ok(blueprint), Ok(framework)) => {
                return Err(WorkflowError::Ambiguous {
                    what: "blueprint or framework",
                    given: name.clone(),
                    candidates: format!(
                        "{} ({}); {} ({})",
                        blueprint.name(),
                        blueprint.ctid,
                        framework.title,
                        framework.ctid
                    ),
                });
            }
            (Err(WorkflowError::NotFound { .. }), Err(WorkflowError::NotFound { .. })) => {
                return Err(WorkflowError::NotFound {
                    what: "blueprint or framework",
                    given: name.clone(),
                    hint: "see `credway list blueprints`, or leave --against out to compare with all".to_owned(),
                });
            }
            (Err(WorkflowError::NotFound { .. }), Err(error)) | (Err(error), Err(_)) => return Err(error),
        }
    }
    chosen.retain(|outline| !outline.blueprint.domains.is_empty());
    Ok((chosen, left_out))
}

/// The outlines of a file that is not imported: blueprints where it reads as such without an error, else frameworks.
fn of_file(file: &SourceFile) -> Result<Vec<Outline>, WorkflowError> {
    let is_wrong = |reading: &Reading| reading.findings.iter().any(|finding| finding.severity == Severity::Error);
    let blueprint = looked_at(Kind::Blueprint, file.clone());
    if !is_wrong(&blueprint) && !blueprint.records.blueprints.is_empty() {
        return Ok(blueprint.records.blueprints.into_iter().map(Outline::of_blueprint).collect());
    }
    let framework = looked_at(Kind::Framework, file.clone());
    if is_wrong(&framework) || framework.records.frameworks.is_empty() {
        return Err(WorkflowError::Findings(blueprint.findings));
    }
    Ok(framework.records.frameworks.iter().map(Outline::of_framework).collect())
}
