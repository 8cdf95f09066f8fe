//! A pathway's picture: its components as boxes, what comes before them as arrows.

use credway_model::{Component, ComponentKind, Pathway, PathwayRole};
use credway_publish::{PictureArrow, PictureBox, picture};

/// Draws the pathway; each box leads to its row in the table.
pub(super) fn draw(pathway: &Pathway) -> String {
    let boxes: Vec<PictureBox> = pathway.components.iter().map(one).collect();
    let edges = credway_plan::pathway_edges(pathway);
    let mut arrows = Vec::new();
    for (to, needs) in edges.iter().enumerate() {
        for from in needs.iter().filter(|from| **from != to) {
            arrows.push(PictureArrow { from: *from, to, choice: is_choice(pathway, *from, to) });
        }
    }
    let description = format!(
        "{} components and {} arrows from what comes before to what comes after; the table below says the same in words.",
        boxes.len(),
        arrows.len()
    );
    picture(pathway.title.as_str(), &description, &boxes, &arrows)
}

fn one(component: &Component) -> PictureBox {
    let kind = match component.kind {
        ComponentKind::Course => "is-course",
        ComponentKind::Credential => "is-credential",
        ComponentKind::Assessment => "is-assessment",
        ComponentKind::Job | ComponentKind::WorkExperience => "is-work",
        _ => "is-other",
    };
    let mut classes = vec![kind];
    let mut below = component.kind.word().to_owned();
    for role in &component.roles {
        classes.push(match role {
            PathwayRole::OnRamp => "is-on-ramp",
            PathwayRole::OffRamp => "is-off-ramp",
            PathwayRole::Destination => "is-destination",
        });
    }
    if let Some(role) = component.roles.last() {
        below = format!("{below}, {}", role.word());
    }
    PictureBox {
        key: component.key.to_string(),
        name: component.name.to_string(),
        below,
        classes,
        link: Some(format!("#component-{}", component.key)),
    }
}

/// Whether a component is one way among several to another: it can be had without.
fn is_choice(pathway: &Pathway, from: usize, to: usize) -> bool {
    let key = &pathway.components[from].key;
    pathway.components[to].condition.as_ref().is_some_and(|condition| !condition.cannot_do_without(key))
}
