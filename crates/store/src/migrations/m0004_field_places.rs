//! Where each value of a course stands in the document it was read from; absent in courses read from tables.

use sea_orm_migration::prelude::*;

use super::columns::added_text;

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0004_field_places"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(added_text(manager.get_database_backend(), "course", "field_places")).await
    }
}
