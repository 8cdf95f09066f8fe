//! What a program's award requires, as our own JSON; absent in programs that were written before.

use sea_orm_migration::prelude::*;

use super::columns::added_text;

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0011_program_requirements"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(added_text(manager.get_database_backend(), "program", "requirements")).await
    }
}
