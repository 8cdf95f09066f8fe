//! Structures with one fault each, and one without.

use credway_model::{Component, ComponentKind, Ctid, EmbeddingModel, Pathway, PathwayCosts, PathwayRole, Text};

use super::{pathway_faults, pathway_levels};

const SOMETHING: &str = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11";

/// A component: key, condition ("" for none), roles.
fn component(key: &str, kind: ComponentKind, condition: &str, roles: &[PathwayRole]) -> Component {
    Component {
        key: key.parse().unwrap(),
        kind,
        name: Text::new(&key.to_uppercase()).unwrap(),
        stands_for: SOMETHING.parse().ok(),
        condition: (!condition.is_empty()).then(|| condition.parse().unwrap()),
        roles: roles.to_vec(),
        embedding: None,
        readiness: None,
        wage: None,
    }
}

fn pathway(components: Vec<Component>) -> Pathway {
    let ctid: Ctid = SOMETHING.parse().unwrap();
    let title = Text::new("Way").unwrap();
    let costs = PathwayCosts::default();
    Pathway { ctid, organization: ctid, title, description: None, components, costs, origin: None }
}

fn check(components: Vec<Component>, expected: &[&str]) {
    let pathway = pathway(components);
    let faults = pathway_faults(&pathway);
    let found: Vec<String> = faults
        .iter()
        .map(|fault| {
            let key = fault.component.map_or("*", |index| pathway.components[index].key.as_str());
            format!("{key} {}", fault.kind.code())
        })
        .collect();
    assert_eq!(found, expected);
}

const END: &[PathwayRole] = &[PathwayRole::Destination];
const EXIT: &[PathwayRole] = &[PathwayRole::OffRamp];
use ComponentKind::{Assessment, Course, Credential};

#[test]
fn a_way_with_an_exit_has_no_fault() {
    check(
        vec![
            component("first", Course, "", &[]),
            component("certificate", Credential, "first", EXIT),
            component("exam", Assessment, "certificate or first", &[]),
            component("degree", Credential, "certificate and exam", END),
        ],
        &[],
    );
}

#[test]
fn what_cannot_be_walked_is_found() {
    check(vec![component("a", Course, "", &[])], &["a pathway.dead-end", "* pathway.no-destination"]);
    check(vec![component("a", Credential, "b", END)], &["a pathway.condition-unknown", "a pathway.unreachable"]);
    check(
        vec![
            component("a", Credential, "b", END),
            component("b", Course, "a", &[]),
            component("c", Credential, "a", END),
        ],
        &["a pathway.circle", "b pathway.circle", "c pathway.unreachable"],
    );
    check(vec![component("a", Credential, "a", END)], &["a pathway.circle"]);
    check(
        vec![component("a", Course, "", &[]), component("b", Credential, "a and not a", END)],
        &["b pathway.contradiction"],
    );
    check(vec![component("a", Course, "", EXIT), component("b", Credential, "a", END)], &["a pathway.exit-empty"]);
}

#[test]
fn another_way_round_a_circle_is_no_fault() {
    check(
        vec![
            component("a", Course, "b or c", &[]),
            component("b", Course, "a", &[]),
            component("c", Course, "", &[]),
            component("d", Credential, "b", END),
        ],
        &[],
    );
}

#[test]
fn the_model_has_to_fit_the_conditions() {
    let exam = |model| Component { embedding: Some(model), ..component("exam", Assessment, "", &[]) };
    let degree = |condition| component("degree", Credential, condition, END);
    let other = || component("other", Course, "", &[]);
    check(
        vec![exam(EmbeddingModel::RequiredMilestone), other(), degree("exam or other")],
        &["exam pathway.embedding-not-required"],
    );
    check(vec![exam(EmbeddingModel::RequiredMilestone), other(), degree("exam and other")], &[]);
    check(
        vec![exam(EmbeddingModel::AlignedOptional), other(), degree("exam and other")],
        &["exam pathway.embedding-not-optional"],
    );
}

#[test]
fn levels_are_the_longest_way_from_the_beginning() {
    let way = pathway(vec![
        component("d", Credential, "c and a", END),
        component("a", Course, "", &[]),
        component("c", Course, "b", &[]),
        component("b", Course, "a", &[]),
        component("x", Course, "y", &[]),
        component("y", Course, "x", &[]),
    ]);
    assert_eq!(pathway_levels(&way), [3, 0, 2, 1, 1, 0]);
}
