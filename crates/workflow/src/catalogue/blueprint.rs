//! Blueprints with their outline and where it is covered.

use std::collections::BTreeMap;

use credway_model::{Action, Blueprint, Ctid, Objective, Standing, Text};
use serde::Serialize;

use crate::explain::reads_as;
use crate::permission::About;
use crate::{CrosswalkHead, Named, ObjectiveName, StandingWord, Workbench, WorkflowError};

/// A blueprint in one line.
#[derive(Clone, Debug, Serialize)]
pub struct BlueprintHead {
    /// Identifier.
    pub id: Ctid,
    /// Title and version.
    pub name: String,
    /// First day examined.
    pub effective: Option<String>,
    /// Last day examined.
    pub retires: Option<String>,
    /// Number of domains.
    pub domains: usize,
    /// Number of objectives.
    pub objectives: usize,
}

/// An objective of the outline, with where it is covered.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveRow {
    /// The statement.
    pub objective: ObjectiveName,
    /// How deep it stands below its domain.
    pub nesting: usize,
    /// How the engine reads it: the depth its verbs show and how much it asks for; absent where it shows neither.
    pub reads_as: Option<String>,
    /// Where it stands in its source.
    pub place: String,
    /// Programs that cover it: name, full or partial.
    pub covered_by: Vec<(String, StandingWord)>,
}

/// A domain with its objectives.
#[derive(Clone, Debug, Serialize)]
pub struct DomainRow {
    /// Identifier.
    pub id: Ctid,
    /// Number.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Middle of the weight, per cent.
    pub weight: Option<f64>,
    /// Weight as published.
    pub weight_published: Option<String>,
    /// Objectives in order of the outline.
    pub objectives: Vec<ObjectiveRow>,
}

/// A blueprint with its outline.
#[derive(Clone, Debug, Serialize)]
pub struct BlueprintPage {
    /// Head.
    pub head: BlueprintHead,
    /// The weights, in a sentence.
    pub weights: String,
    /// The outline.
    pub domains: Vec<DomainRow>,
    /// Its crosswalks.
    pub crosswalks: Vec<CrosswalkHead>,
    /// Programs it is not aligned to yet.
    pub not_aligned: Vec<Named>,
    /// The source: identifier, file name.
    pub source: Option<(String, String)>,
    /// Other versions of the same title.
    pub versions: Vec<Named>,
}

impl Workbench {
    /// Blueprints.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn blueprints(&self) -> Result<Vec<BlueprintHead>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        Ok(work
            .blueprints()
            .await?
            .iter()
            .map(|head| BlueprintHead {
                id: head.ctid,
                name: head.name(),
                effective: head.effective.map(|date| date.to_string()),
                retires: head.retires.map(|date| date.to_string()),
                domains: usize::try_from(head.domains).unwrap_or(usize::MAX),
                objectives: usize::try_from(head.objectives).unwrap_or(usize::MAX),
            })
            .collect())
    }

    /// One blueprint with its outline and where it is covered.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn blueprint(&self, id: &str) -> Result<BlueprintPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        let blueprint = crate::institution::find_blueprint(&work, id).await?;
        let crosswalks = self.heads(&work, |crosswalk| crosswalk.blueprint == blueprint.ctid).await?;
        let mut covered: BTreeMap<Ctid, Vec<(String, StandingWord)>> = BTreeMap::new();
        for head in &crosswalks {
            let standings = self.crosswalk_brief(&work, &head.id).await?.standings;
            let mut best: BTreeMap<Ctid, Standing> = BTreeMap::new();
            for ((_, target), standing) in &standings {
                if let Standing::Accepted { strength, .. } = standing {
                    let better = !matches!(best.get(target), Some(Standing::Accepted { strength: held, .. }) if held >= strength);
                    if better {
                        best.insert(*target, *standing);
                    }
                }
            }
            for (target, standing) in best {
                covered.entry(target).or_default().push((head.program.name.clone(), StandingWord::of(standing)));
            }
        }
        let source = match &blueprint.origin {
            Some(origin) => {
                work.source(&origin.source).await?.map(|source| (source.id.to_string(), source.name.to_string()))
            }
            None => None,
        };
        let (align, programs) = (self.reach(&work, Action::Align).await?, work.programs().await?);
        let versions = work.blueprints().await?;
        Ok(BlueprintPage {
            head: BlueprintHead {
                id: blueprint.ctid,
                name: blueprint.name(),
                effective: blueprint.effective.map(|date| date.to_string()),
                retires: blueprint.retires.map(|date| date.to_string()),
                domains: blueprint.domains.len(),
                objectives: blueprint.items().iter().filter(|item| !item.path.is_empty()).count(),
            },
            weights: weights_sentence(&blueprint),
            domains: domain_rows(&blueprint, &mut covered),
            not_aligned: programs
                .iter()
                .filter(|program| align.holds(program.organization, Some(program.ctid)))
                .filter(|program| crosswalks.iter().all(|crosswalk| crosswalk.program.id != program.ctid))
                .map(|program| Named { id: program.ctid, name: program.title.to_string() })
                .collect(),
            crosswalks,
            source,
            versions: versions
                .iter()
                .filter(|head| head.title == blueprint.title && head.ctid != blueprint.ctid)
                .map(|head| Named { id: head.ctid, name: head.name() })
                .collect(),
        })
    }
}

fn weights_sentence(blueprint: &Blueprint) -> String {
    use credway_model::WeightTotal;
    let percent = |steps: u32| f64::from(steps) / 100.0;
    match blueprint.weight_total() {
        WeightTotal::Complete => "The weights come to 100 %.".to_owned(),
        WeightTotal::NoneGiven => "The source gives no weights: every statement counts the same.".to_owned(),
        WeightTotal::SomeMissing(missing) => {
            format!("{missing} domain(s) have no weight in the source: there is no total.")
        }
        WeightTotal::Off { low, high } if low == high => format!("The weights come to {} %, not 100 %.", percent(low)),
        WeightTotal::Off { low, high } => {
            format!("The weights come to {}–{} %, which leaves out 100 %.", percent(low), percent(high))
        }
    }
}

fn domain_rows(blueprint: &Blueprint, covered: &mut BTreeMap<Ctid, Vec<(String, StandingWord)>>) -> Vec<DomainRow> {
    let mut places = BTreeMap::new();
    for domain in &blueprint.domains {
        collect_places(&domain.objectives, &mut places);
    }
    let mut rows: Vec<DomainRow> = blueprint
        .domains
        .iter()
        .map(|domain| DomainRow {
            id: domain.ctid,
            code: domain.code.as_ref().map(Text::to_string),
            title: domain.title.to_string(),
            weight: domain.weight.map(|weight| weight.middle()),
            weight_published: domain.weight.map(|weight| weight.to_string()),
            objectives: Vec::new(),
        })
        .collect();
    for item in blueprint.items().iter().filter(|item| !item.path.is_empty()) {
        rows[item.domain].objectives.push(ObjectiveRow {
            objective: ObjectiveName::of(item, blueprint),
            nesting: item.nesting,
            reads_as: reads_as(item.text.as_str()),
            place: places.get(&item.ctid).cloned().unwrap_or_default(),
            covered_by: covered.remove(&item.ctid).unwrap_or_default(),
        });
    }
    rows
}

fn collect_places(objectives: &[Objective], places: &mut BTreeMap<Ctid, String>) {
    for objective in objectives {
        places.insert(objective.ctid, objective.place.to_string());
        collect_places(&objective.children, places);
    }
}
