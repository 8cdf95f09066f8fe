//! Pathways as pages show them: the list, and one with its components, what they stand for, its findings and its picture's edges.

use credway_model::{Action, Component, Ctid, EmbeddingModel, Finding, Money, Pathway, PathwayRole, Place};
use credway_store::Work;
use serde::Serialize;

use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// A pathway in one line.
#[derive(Clone, Debug, Serialize)]
pub struct PathwayHead {
    /// Identifier.
    pub id: Ctid,
    /// Title.
    pub title: String,
    /// What it is.
    pub description: Option<String>,
    /// Name of the organization.
    pub organization: Option<String>,
    /// Number of components.
    pub components: usize,
    /// Names of its destinations.
    pub destinations: Vec<String>,
    /// Names of its exits.
    pub exits: Vec<String>,
    /// How much of its structure is found wanting.
    pub findings: usize,
}

/// A record of the database that a component stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandsFor {
    /// Identifier.
    pub id: Ctid,
    /// `program`, `credential`, `blueprint` or `course`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What people type to mean it: a course's code, otherwise its name.
    pub typed: String,
}

/// A component of a pathway.
#[derive(Clone, Debug, Serialize)]
pub struct ComponentLine {
    /// Key.
    pub key: String,
    /// Kind.
    pub kind: &'static str,
    /// Name.
    pub name: String,
    /// What it stands for.
    pub stands_for: Option<StandsFor>,
    /// Whether it stands for a record that is gone or that who looks may not read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// What comes before it, in the one line in which it is written.
    pub condition: Option<String>,
    /// Keys of the components its condition names.
    pub after: Vec<String>,
    /// Keys of the components whose conditions name it.
    pub before: Vec<String>,
    /// Roles.
    pub roles: Vec<&'static str>,
    /// Code of the embedding model.
    pub embedding: Option<String>,
    /// Coverage from which a learner is ready, in per cent.
    pub readiness: Option<f64>,
    /// What who leaves here can earn a year.
    pub wage: Option<Money>,
    /// Where that is from.
    pub wage_source: Option<String>,
    /// Day of the source.
    pub wage_date: Option<String>,
    /// How far from the beginning it stands, from 0.
    pub level: usize,
    /// What is found about it, as sentences.
    pub findings: Vec<String>,
}

/// An embedding model with what it means.
#[derive(Clone, Debug, Serialize)]
pub struct EmbeddingLine {
    /// `M1` to `M10`.
    pub code: String,
    /// What it is called.
    pub title: &'static str,
    /// What choosing it means.
    pub consequences: &'static [&'static str],
    /// Names of the components that have it.
    pub components: Vec<String>,
}

/// A figure with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CostLine {
    /// `tuition per credit`, `fee per term` or `prior learning per credit`.
    pub what: &'static str,
    /// How much; absent where it is not known.
    pub amount: Option<Money>,
    /// Where it is from.
    pub source: Option<String>,
    /// Day of the source.
    pub date: Option<String>,
}

/// A pathway with everything its page shows.
#[derive(Clone, Debug, Serialize)]
pub struct PathwayPage {
    /// Head.
    pub head: PathwayHead,
    /// Number of its revision.
    pub revision: u32,
    /// Components in order.
    pub components: Vec<ComponentLine>,
    /// What walking it costs.
    pub costs: Vec<CostLine>,
    /// The embedding models it uses.
    pub embeddings: Vec<EmbeddingLine>,
    /// What is found about its structure.
    pub findings: Vec<Finding>,
    /// Its picture, as SVG.
    pub picture: String,
    /// Whether who looks may change it.
    pub may_design: bool,
}

impl Workbench {
    /// The pathways that who acts may read.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read them nowhere.
    pub async fn pathways(&self) -> Result<Vec<PathwayHead>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCatalogue).await?;
        let mut heads = Vec::new();
        for pathway in work.pathways().await? {
            if self.may(&work, Action::ReadCatalogue, About::Pathway(&pathway.ctid)).await? {
                heads.push(head(&work, &pathway).await?);
            }
        }
        Ok(heads)
    }

    /// One pathway, by identifier or title.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn pathway(&self, given: &str) -> Result<PathwayPage, WorkflowError> {
        let work = self.store.read().await?;
        let pathway = self.named_pathway(&work, given).await?;
        let may_design = self.may(&work, Action::DesignPathway, About::Pathway(&pathway.ctid)).await?;
        self.page_of(&work, &pathway, may_design).await
    }

    /// One pathway for a form that changes it.
    ///
    /// # Errors
    /// As [`Workbench::pathway`]; [`WorkflowError::Forbidden`] when who acts may read it and not change it.
    pub async fn pathway_to_change(&self, given: &str) -> Result<PathwayPage, WorkflowError> {
        let page = self.pathway(given).await?;
        if page.may_design { Ok(page) } else { Err(self.forbidden(Action::DesignPathway)) }
    }
}

async fn head(work: &Work, pathway: &Pathway) -> Result<PathwayHead, WorkflowError> {
    let organizations = work.organizations().await?;
    let organization = organizations.into_iter().find(|one| one.ctid == pathway.organization);
    let named = |role| pathway.with_role(role).map(|one| one.name.to_string()).collect();
    Ok(PathwayHead {
        id: pathway.ctid,
        title: pathway.title.to_string(),
        description: pathway.description.as_ref().map(ToString::to_string),
        organization: organization.map(|one| one.name.to_string()),
        components: pathway.components.len(),
        destinations: named(PathwayRole::Destination),
        exits: named(PathwayRole::OffRamp),
        findings: credway_plan::pathway_faults(pathway).len(),
    })
}

impl Workbench {
    async fn page_of(&self, work: &Work, pathway: &Pathway, may_design: bool) -> Result<PathwayPage, WorkflowError> {
        let levels = credway_plan::pathway_levels(pathway);
        let edges = credway_plan::pathway_edges(pathway);
        let faults = credway_plan::pathway_faults(pathway);
        let key = |index: &usize| pathway.components[*index].key.to_string();
        let mut components = Vec::with_capacity(pathway.components.len());
        for (index, component) in pathway.components.iter().enumerate() {
            let own = faults.iter().filter(|fault| fault.component == Some(index));
            let leads = (0..edges.len()).filter(|other| edges[*other].contains(&index));
            let stands_for = self.stands_for(work, component).await?;
            components.push(ComponentLine {
                after: edges[index].iter().map(key).collect(),
                before: leads.map(|other| key(&other)).collect(),
                level: levels[index],
                findings: own.map(|fault| fault.finding(pathway, Place::Whole).message).collect(),
                closed: component.stands_for.is_some() && stands_for.is_none(),
                stands_for,
                ..line(component)
            });
        }
        let revisions = work.revisions(&pathway.ctid).await?;
        Ok(PathwayPage {
            head: head(work, pathway).await?,
            revision: revisions.iter().map(|revision| revision.number).max().unwrap_or(0),
            components,
            costs: costs(pathway),
            embeddings: embeddings(pathway),
            picture: super::picture::draw(pathway),
            findings: faults.iter().map(|fault| fault.finding(pathway, Place::Whole)).collect(),
            may_design,
        })
    }
}

/// A component by itself.
fn line(component: &Component) -> ComponentLine {
    let wage = component.wage.as_ref();
    ComponentLine {
        key: component.key.to_string(),
        kind: component.kind.word(),
        name: component.name.to_string(),
        stands_for: None,
        closed: false,
        condition: component.condition.as_ref().map(ToString::to_string),
        after: Vec::new(),
        before: Vec::new(),
        roles: component.roles.iter().map(|role| role.word()).collect(),
        embedding: component.embedding.map(EmbeddingModel::code),
        readiness: component.readiness.map(credway_model::Percent::value),
        wage: wage.map(|wage| wage.value),
        wage_source: wage.map(|wage| wage.citation.source.to_string()),
        wage_date: wage.and_then(|wage| wage.citation.date).map(|date| date.to_string()),
        level: 0,
        findings: Vec::new(),
    }
}

impl Workbench {
    /// The record a component stands for, where it is still there and who acts may read it.
    pub(super) async fn stands_for(
        &self,
        work: &Work,
        component: &Component,
    ) -> Result<Option<StandsFor>, WorkflowError> {
        let Some(id) = component.stands_for else { return Ok(None) };
        let is = |kind, name: String| Some(StandsFor { id, kind, typed: name.clone(), name });
        if let Some(program) = work.program(&id).await? {
            if !self.may(work, Action::ReadCatalogue, About::Program(&id)).await? {
                return Ok(None);
            }
            let award = program.award.as_ref().map_or_else(String::new, |award| format!(" {award}"));
            return Ok(is("program", format!("{}{award}", program.title)));
        }
        if let Some(credential) = work.credential(&id).await? {
            return Ok(is("credential", credential.title.to_string()));
        }
        if let Some(blueprint) = work.blueprint(&id).await? {
            return Ok(is("blueprint", blueprint.name()));
        }
        if !self.may(work, Action::ReadCatalogue, About::Course(&id)).await? {
            return Ok(None);
        }
        let course = work.course(&id).await?;
        Ok(course.map(|course| StandsFor {
            id,
            kind: "course",
            name: format!("{} {}", course.code, course.title),
            typed: course.code.to_string(),
        }))
    }
}

fn costs(pathway: &Pathway) -> Vec<CostLine> {
    let figures = [
        ("tuition per credit", &pathway.costs.tuition),
        ("fee per term", &pathway.costs.term),
        ("prior learning per credit", &pathway.costs.prior_learning),
    ];
    let line = |(what, figure): (&'static str, &Option<credway_model::Figure<credway_model::Money>>)| CostLine {
        what,
        amount: figure.as_ref().map(|figure| figure.value),
        source: figure.as_ref().map(|figure| figure.citation.source.to_string()),
        date: figure.as_ref().and_then(|figure| figure.citation.date).map(|date| date.to_string()),
    };
    figures.into_iter().map(line).collect()
}

fn embeddings(pathway: &Pathway) -> Vec<EmbeddingLine> {
    let used = EmbeddingModel::ALL.into_iter().map(|model| {
        let own = pathway.components.iter().filter(|one| one.embedding == Some(model));
        EmbeddingLine {
            code: model.code(),
            title: model.title(),
            consequences: model.consequences(),
            components: own.map(|one| one.name.to_string()).collect(),
        }
    });
    used.filter(|line| !line.components.is_empty()).collect()
}

/// The embedding models there are, to choose from.
#[must_use]
pub fn embedding_models() -> Vec<EmbeddingLine> {
    let line = |model: EmbeddingModel| EmbeddingLine {
        code: model.code(),
        title: model.title(),
        consequences: model.consequences(),
        components: Vec::new(),
    };
    EmbeddingModel::ALL.into_iter().map(line).collect()
}
