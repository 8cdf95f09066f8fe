//! Pathways with their components.

use sea_orm_migration::prelude::*;

use super::columns::{Sketch, index};

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0012_pathways"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let pathway = Sketch::new(backend, "pathway")
            .text(&["ce_ctid", "organization", "title"])
            .maybe_text(&["description"])
            .text(&["components", "costs"])
            .maybe_text(&["source", "place"])
            .key(&["ce_ctid"])
            .refers("organization", "organization", "ce_ctid")
            .done();
        manager.create_table(pathway).await?;
        manager.create_index(index("pathway", &["organization"])).await
    }
}
