//! The first tables: what is imported, what is aligned, what is decided, and the history of it all.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_query::TableCreateStatement;

use super::columns::{Sketch, index};

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0001_first_tables"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let sketch = |name| Sketch::new(backend, name);
        let groups = [imported(&sketch), taught(&sketch), aligned(&sketch), kept(&sketch)];
        for table in groups.into_iter().flatten() {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }
}

const INDEXES: [(&str, &[&str]); 15] = [
    ("competency", &["framework", "position"]),
    ("blueprint_item", &["blueprint", "position"]),
    ("course", &["code"]),
    ("course", &["organization", "catalogue_year"]),
    ("outcome", &["course", "position"]),
    ("program_course", &["course"]),
    ("decision", &["crosswalk", "number"]),
    ("decision", &["statement"]),
    ("decision", &["target"]),
    ("crosswalk", &["program"]),
    ("crosswalk", &["blueprint"]),
    ("change", &["subject", "number"]),
    ("change", &["person", "number"]),
    ("change", &["kind", "number"]),
    ("finding", &["code"]),
];

type Begin<'a> = &'a dyn Fn(&'static str) -> Sketch;

fn imported(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("source").text(&["digest", "name", "encoding", "fields"]).bytes("bytes").key(&["digest"]).done(),
        sketch("organization")
            .text(&["ce_ctid", "name"])
            .maybe_text(&["kind", "city", "region", "url", "source", "place"])
            .key(&["ce_ctid"])
            .done(),
        sketch("credential")
            .text(&["ce_ctid", "title"])
            .maybe_text(&["kind", "issuer", "awarded_for", "assessment"])
            .maybe_whole("validity_months")
            .maybe_text(&["renewal"])
            .maybe_flag("revocable")
            .maybe_text(&["accreditation", "exam_code", "exam_cost", "source", "place"])
            .key(&["ce_ctid"])
            .done(),
        sketch("framework")
            .text(&["ce_ctid", "title"])
            .maybe_text(&["version", "source", "place"])
            .key(&["ce_ctid"])
            .done(),
        sketch("competency")
            .text(&["ce_ctid", "framework"])
            .whole("position")
            .maybe_text(&["code"])
            .text(&["statement"])
            .maybe_text(&["description"])
            .text(&["alternatives"])
            .maybe_text(&["kind", "parent", "source", "place"])
            .key(&["ce_ctid"])
            .refers("framework", "framework", "ce_ctid")
            .done(),
        sketch("blueprint")
            .text(&["ce_ctid", "title"])
            .maybe_text(&["version", "effective", "retires", "source", "place"])
            .key(&["ce_ctid"])
            .done(),
        sketch("blueprint_item")
            .text(&["ce_ctid", "blueprint"])
            .maybe_text(&["parent"])
            .whole("position")
            .maybe_text(&["code"])
            .text(&["text"])
            .maybe_text(&["weight_low", "weight_high"])
            .text(&["place"])
            .flag("retired")
            .key(&["ce_ctid"])
            .refers("blueprint", "blueprint", "ce_ctid")
            .done(),
    ]
}

fn taught(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("course")
            .text(&["ce_ctid", "organization", "code", "title"])
            .maybe_text(&["credits", "lecture_hours", "lab_hours", "contact_hours"])
            .maybe_text(&["description", "prerequisites", "corequisites"])
            .text(&["offered"])
            .maybe_text(&["catalogue_year", "source", "place"])
            .text(&["search"])
            .key(&["ce_ctid"])
            .done(),
        sketch("outcome")
            .text(&["ce_ctid", "course"])
            .whole("position")
            .maybe_text(&["code"])
            .text(&["kind", "statement", "path"])
            .maybe_text(&["level", "assessed_by"])
            .text(&["place"])
            .flag("retired")
            .key(&["ce_ctid"])
            .refers("course", "course", "ce_ctid")
            .done(),
        sketch("program")
            .text(&["ce_ctid", "organization", "kind", "title"])
            .maybe_text(&["award", "cip"])
            .text(&["soc"])
            .maybe_text(&["catalogue_year", "total_credits", "source", "place"])
            .key(&["ce_ctid"])
            .done(),
        sketch("program_course")
            .text(&["program"])
            .whole("position")
            .text(&["course"])
            .maybe_text(&["part"])
            .key(&["program", "position"])
            .refers("program", "program", "ce_ctid")
            .refers("course", "course", "ce_ctid")
            .done(),
    ]
}

fn aligned(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("crosswalk")
            .text(&["ce_ctid", "program", "blueprint", "begun"])
            .key(&["ce_ctid"])
            .refers("program", "program", "ce_ctid")
            .refers("blueprint", "blueprint", "ce_ctid")
            .done(),
        sketch("proposal")
            .text(&["crosswalk", "target", "statement"])
            .whole("probability")
            .flag("suggested")
            .text(&["evidence"])
            .maybe_text(&["taught", "asked"])
            .text(&["engine"])
            .key(&["crosswalk", "target", "statement"])
            .clustered()
            .refers("crosswalk", "crosswalk", "ce_ctid")
            .done(),
        sketch("decision")
            .long("number")
            .text(&["crosswalk", "statement", "target", "person", "verdict"])
            .maybe_text(&["strength", "level", "reason"])
            .text(&["at"])
            .flag("settles")
            .flag("undoes")
            .text(&["judged_statement", "judged_target"])
            .key(&["number"])
            .refers("crosswalk", "crosswalk", "ce_ctid")
            .done(),
    ]
}

fn kept(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("change")
            .long("number")
            .text(&["at", "person", "kind", "subject_kind", "subject", "summary"])
            .maybe_text(&["reason"])
            .key(&["number"])
            .done(),
        sketch("revision")
            .text(&["subject"])
            .whole("number")
            .text(&["subject_kind", "at", "person", "digest", "content"])
            .key(&["subject", "number"])
            .done(),
        sketch("finding")
            .text(&["source"])
            .whole("position")
            .text(&["code", "severity", "content"])
            .key(&["source", "position"])
            .refers("source", "source", "digest")
            .done(),
        sketch("profile").text(&["name", "kind", "content"]).key(&["name"]).done(),
        sketch("setting").text(&["name", "content"]).key(&["name"]).done(),
    ]
}
