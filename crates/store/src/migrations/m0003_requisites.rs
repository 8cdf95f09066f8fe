//! What a course requires, as a tree in one line; absent in courses that were written before.

use sea_orm_migration::prelude::*;

use super::columns::added_text;

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0003_requisites"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(added_text(manager.get_database_backend(), "course", "requisites")).await
    }
}
