//! A pathway changed by hand: what is wrong is said, what is right is written once and can be taken back.

use credway_model::Ctid;
use credway_workflow::{ComponentEdit, ComponentFields, CostEdit, CostFields, Kind, PathwayEdited, WorkflowError};

use crate::College;

async fn way(college: &College) -> (Ctid, u32) {
    let page = college.owner.pathway("Way").await.unwrap();
    (page.head.id, page.revision)
}

fn job() -> ComponentFields {
    ComponentFields {
        kind: "job".to_owned(),
        name: "Support technician".to_owned(),
        condition: "certificate".to_owned(),
        roles: vec!["off-ramp".to_owned()],
        ..ComponentFields::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_added_renamed_refused_and_taken_back() {
    let college = College::new().await;
    let (id, base) = way(&college).await;
    let add = ComponentEdit { base, key: None, fields: job(), reason: None };
    assert_eq!(college.owner.edit_component(&id, &add).await.unwrap(), PathwayEdited::Saved(base + 1));
    let rename = ComponentEdit {
        base: base + 1,
        key: Some("certificate".to_owned()),
        fields: ComponentFields {
            key: "first-award".to_owned(),
            kind: "credential".to_owned(),
            name: "Certificate".to_owned(),
            stands_for: "Security Certificate".to_owned(),
            roles: vec!["off-ramp".to_owned()],
            ..ComponentFields::default()
        },
        reason: None,
    };
    assert_eq!(college.owner.edit_component(&id, &rename).await.unwrap(), PathwayEdited::Saved(base + 2));
    let page = college.owner.pathway("Way").await.unwrap();
    let conditions: Vec<_> = page.components.iter().filter_map(|one| one.condition.as_deref()).collect();
    assert_eq!(conditions, ["first-award"; 3]);
    assert!(page.picture.contains("Support technician"));
    // What others wait for is not taken away; what a form older than somebody's change says is not written.
    assert!(college.owner.remove_component(&id, "first-award", base + 2).await.is_err());
    assert!(college.owner.edit_component(&id, &ComponentEdit { base, ..rename.clone() }).await.is_err());
    let undone = college.owner.undo_pathway(&id, base + 2).await.unwrap();
    assert_eq!(undone, PathwayEdited::Saved(base + 3));
    assert!(college.owner.pathway("Way").await.unwrap().components.iter().any(|one| one.key == "certificate"));
    assert!(college.owner.undo_pathway(&id, base).await.is_err(), "it was changed since");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_written() {
    let college = College::new().await;
    let (id, base) = way(&college).await;
    let fields = ComponentFields {
        key: "degree".to_owned(),
        kind: "wish".to_owned(),
        condition: "certificate and nowhere".to_owned(),
        stands_for: "Nothing".to_owned(),
        readiness: "120".to_owned(),
        wage: "1000".to_owned(),
        embedding: "M99".to_owned(),
        ..ComponentFields::default()
    };
    let edit = ComponentEdit { base, key: None, fields, reason: None };
    let PathwayEdited::Wrong(faults) = college.owner.edit_component(&id, &edit).await.unwrap() else { panic!() };
    let mut fields: Vec<&str> = faults.iter().map(|fault| fault.field).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["condition", "embedding", "key", "kind", "name", "readiness", "wage_source"]);
    assert_eq!(way(&college).await.1, base);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_editions_the_newest_is_taken_and_kept_until_another_is_named() {
    let college = College::new().await;
    for year in ["2025-26", "2027-28", "2026-27"] {
        let programs = format!(
            "program,award,catalogue_year,total_credits,course\nNetworks,AAS,{year},6,NET 1101\nNetworks,AAS,{year},6,NET 1102\n"
        );
        assert!(college.import(Kind::Program, &programs).await.written);
    }
    let programs = college.owner.programs().await.unwrap();
    let edition = |year: &str| {
        let own = programs.iter().find(|one| one.title == "Networks" && one.catalogue_year.as_deref() == Some(year));
        own.unwrap().id
    };
    let (id, base) = way(&college).await;
    let mut fields = ComponentFields {
        key: "networks".to_owned(),
        kind: "credential".to_owned(),
        name: "Networks".to_owned(),
        stands_for: "Networks AAS".to_owned(),
        ..ComponentFields::default()
    };
    let mut edit = ComponentEdit { base, key: None, fields: fields.clone(), reason: None };
    let bound = async |edit: &ComponentEdit| {
        let done = college.owner.edit_component(&id, edit).await.unwrap();
        let page = college.owner.pathway("Way").await.unwrap();
        let own = page.components.into_iter().find(|one| one.key == "networks").unwrap().stands_for.unwrap();
        (done, own.id, own.typed)
    };
    assert_eq!(bound(&edit).await.1, edition("2027-28"));
    edit.key = Some("networks".to_owned());
    (edit.base, edit.fields.stands_for) = (base + 1, edition("2026-27").to_string());
    let (_, older, typed) = bound(&edit).await;
    assert_eq!((older, typed.as_str()), (edition("2026-27"), "Networks AAS"));
    // The form shows the name alone: with another name of the component it stays what it is.
    fields.name = "Networking".to_owned();
    (edit.base, edit.fields) = (base + 2, fields);
    assert_eq!(bound(&edit).await, (PathwayEdited::Saved(base + 3), edition("2026-27"), typed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_known_again_by_its_code_whatever_it_looks_like() {
    let college = College::new().await;
    let courses =
        "code,title,credits,terms_offered\n10-152-101,Weld a seam,3,fall\nCOMP SCI 101,Write a program,3,fall\n";
    assert!(college.import(Kind::Courses, courses).await.written);
    let (id, mut base) = way(&college).await;
    for code in ["10-152-101", "COMP SCI 101"] {
        let fields = ComponentFields {
            kind: "course".to_owned(),
            name: format!("Course {code}"),
            stands_for: code.to_owned(),
            ..ComponentFields::default()
        };
        let edit = ComponentEdit { base, key: None, fields, reason: None };
        base += 1;
        assert_eq!(college.owner.edit_component(&id, &edit).await.unwrap(), PathwayEdited::Saved(base));
        let page = college.owner.pathway("Way").await.unwrap();
        assert_eq!(page.components.last().unwrap().stands_for.as_ref().unwrap().typed, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn costs_are_not_overwritten_and_nothing_new_makes_no_revision() {
    let college = College::new().await;
    let (id, base) = way(&college).await;
    let ten = ["10.00", "a list", ""].map(str::to_owned);
    let fields = |description: &str| CostFields {
        description: description.to_owned(),
        costs: [ten.clone(), ["5", "a list", ""].map(str::to_owned), Default::default()],
    };
    let edit = async |base, description: &str| {
        college.owner.edit_pathway_costs(&id, &CostEdit { base, fields: fields(description) }).await
    };
    assert_eq!(edit(base, "").await.unwrap(), PathwayEdited::Unchanged);
    assert_eq!(edit(base, "For adults").await.unwrap(), PathwayEdited::Saved(base + 1));
    let lost = edit(base, "For the young").await.unwrap_err();
    assert!(matches!(lost, WorkflowError::Refused { .. }), "{lost}");
    assert_eq!(college.owner.pathway("Way").await.unwrap().head.description.as_deref(), Some("For adults"));
    // What somebody else changed elsewhere in the pathway is no matter.
    let add = ComponentEdit { base: base + 1, key: None, fields: job(), reason: None };
    assert_eq!(college.owner.edit_component(&id, &add).await.unwrap(), PathwayEdited::Saved(base + 2));
    assert_eq!(edit(base + 1, "For everybody").await.unwrap(), PathwayEdited::Saved(base + 3));
    let moved = college.owner.move_component(&id, "certificate", false).await.unwrap();
    assert_eq!((moved, way(&college).await.1), (PathwayEdited::Unchanged, base + 3));
}
