//! A person's name is kept once: in the history, the revisions and the decisions an identifier takes its place.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::columns::{Sketch, unique};

/// The step.
pub(super) struct Step;

/// Tables that name a person.
const NAMING: [&str; 3] = ["decision", "change", "revision"];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0005_persons"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(Sketch::new(backend, "person").text(&["id", "name"]).key(&["id"]).done()).await?;
        manager.create_index(unique("person", &["name"])).await?;
        let connection = manager.get_connection();
        // Numbered in the order of their names, so that the same history gives the same identifiers everywhere.
        let named = NAMING.map(|table| format!("SELECT person FROM \"{table}\"")).join(" UNION ");
        let binary = if backend == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
        connection
            .execute_unprepared(&format!(
                "INSERT INTO person (id, name) \
                 SELECT CAST(ROW_NUMBER() OVER (ORDER BY person{binary}) AS text), person FROM ({named}) AS named"
            ))
            .await?;
        for table in NAMING {
            let (asleep, awake) = rule(backend, table);
            connection.execute_unprepared(&asleep).await?;
            connection
                .execute_unprepared(&format!(
                    "UPDATE \"{table}\" SET person = (SELECT id FROM person WHERE name = \"{table}\".person)"
                ))
                .await?;
            connection.execute_unprepared(&awake).await?;
        }
        Ok(())
    }
}

/// What puts the rule against changes of `table` to sleep, and what wakes it.
fn rule(backend: DbBackend, table: &str) -> (String, String) {
    if backend == DbBackend::Postgres {
        let rule = |word| format!("ALTER TABLE \"{table}\" {word} TRIGGER {table}_append_only");
        return (rule("DISABLE"), rule("ENABLE"));
    }
    (
        format!("DROP TRIGGER {table}_no_update"),
        format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON \"{table}\" \
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
    )
}
