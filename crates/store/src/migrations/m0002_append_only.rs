//! Decisions, history and revisions are only ever added to: the database itself refuses to change or delete a row.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

/// The step.
pub(super) struct Step;

/// Tables that are only ever added to.
const TABLES: [&str; 3] = ["decision", "change", "revision"];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0002_append_only"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let connection = manager.get_connection();
        if backend == DbBackend::Postgres {
            connection
                .execute_unprepared(
                    "CREATE FUNCTION credway_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ \
                     BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
                )
                .await?;
        }
        for table in TABLES {
            for statement in triggers(backend, table) {
                connection.execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }
}

fn triggers(backend: DbBackend, table: &str) -> Vec<String> {
    if backend == DbBackend::Postgres {
        return vec![
            format!(
                "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON \"{table}\" \
                 FOR EACH ROW EXECUTE FUNCTION credway_append_only()"
            ),
            format!(
                "CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON \"{table}\" \
                 FOR EACH STATEMENT EXECUTE FUNCTION credway_append_only()"
            ),
        ];
    }
    // A row that replaces another (INSERT OR REPLACE) deletes it without the delete trigger, unless recursive
    // triggers are on; so it is refused where it comes in.
    let key = if table == "revision" { "subject = NEW.subject AND number = NEW.number" } else { "number = NEW.number" };
    let refuse = format!("SELECT RAISE(ABORT, '{table} is append-only')");
    vec![
        format!("CREATE TRIGGER {table}_no_update BEFORE UPDATE ON \"{table}\" BEGIN {refuse}; END"),
        format!("CREATE TRIGGER {table}_no_delete BEFORE DELETE ON \"{table}\" BEGIN {refuse}; END"),
        format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON \"{table}\" \
             WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE {key}) BEGIN {refuse}; END"
        ),
    ]
}
