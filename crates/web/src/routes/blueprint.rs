//! One blueprint: its domains with weights as bars and as a table, its objectives, and where they are covered.

use askama::Template;
use axum::extract::Path;
use credway_workflow::{BlueprintPage, DomainRow, ObjectiveRow, VersionPair};

use crate::crosswalk_card::CrosswalkCard;
use crate::page::{Answer, Page, Section, render};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;
use crate::words;
use credway_model::Action;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/blueprints/{id}", Rule::May(&[Action::ReadShared]), show)
}

/// A domain with its weight and objectives.
struct DomainView {
    number: Option<String>,
    title: String,
    weight: Option<(f64, String)>,
    covered: String,
    objectives: Vec<ObjectiveView>,
}

/// An objective with where it is covered and where it stands in the source.
struct ObjectiveView {
    row: ObjectiveRow,
    from: Option<String>,
}

#[derive(Template)]
#[template(path = "blueprint.html")]
struct BlueprintTemplate {
    page: Page,
    blueprint: BlueprintPage,
    effective: Option<String>,
    retires: Option<String>,
    retired: bool,
    domains: Vec<DomainView>,
    crosswalks: Vec<CrosswalkCard>,
    /// The versions before and after it, beside it.
    changes: Vec<VersionPair>,
}

async fn show(state: Visit, Path(id): Path<String>) -> Answer {
    let blueprint = state.workbench().blueprint(&id).await?;
    let page = Page::new(&state, Section::Blueprints, blueprint.head.name.clone()).await?;
    let retired = state.workbench().retired_blueprints().await?;
    let mut changes = state.workbench().version_pairs().await?;
    changes.retain(|pair| pair.old.id == blueprint.head.id || pair.new.id == blueprint.head.id);
    let source = blueprint.source.as_ref().map(|(id, _)| id.as_str());
    render(&BlueprintTemplate {
        page,
        effective: blueprint.head.effective.as_deref().map(words::day),
        retires: blueprint.head.retires.as_deref().map(words::day),
        retired: retired.iter().any(|(named, _)| named.id == blueprint.head.id),
        domains: blueprint.domains.iter().map(|domain| domain_view(domain, source)).collect(),
        crosswalks: CrosswalkCard::all(&blueprint.crosswalks),
        changes,
        blueprint,
    })
}

fn domain_view(domain: &DomainRow, source: Option<&str>) -> DomainView {
    let covered = domain.objectives.iter().filter(|row| !row.covered_by.is_empty()).count();
    DomainView {
        number: domain.code.clone(),
        title: domain.title.clone(),
        weight: domain.weight.zip(domain.weight_published.clone()),
        covered: if domain.objectives.is_empty() {
            "none in the source".to_owned()
        } else {
            format!("{} of {} taught", words::number(covered), words::number(domain.objectives.len()))
        },
        objectives: domain
            .objectives
            .iter()
            .map(|row| ObjectiveView {
                from: source
                    .filter(|_| !row.place.is_empty())
                    .map(|source| words::source_address(source, Some(&row.place))),
                row: row.clone(),
            })
            .collect(),
    }
}
