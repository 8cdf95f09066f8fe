//! The lines of the history are bound to one another, and only what may hold personal data can be taken out of them:
//! their words, their reasons, where they came from, and the reasons of decisions.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::columns::{added_long, added_text};

/// The step.
pub(super) struct Step;

/// What can be taken out of a line, once; everything else stays.
const ERASABLE: &str = "summary, reason, salt";
/// What binds a line; written once, where it was written before there was a chain.
const BOUND: &str = "number, at, person, kind, subject_kind, subject, content, detail, decided, through, hash";
/// What of a decision stays whatever happens: all but its reason.
const DECIDED: &str = "number, crosswalk, statement, target, person, verdict, strength, level, at, settles, undoes, \
                       judged_statement, judged_target";

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0006_chain"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for column in ["origin", "content", "salt", "detail", "decided", "hash"] {
            manager.alter_table(added_text(backend, "change", column)).await?;
        }
        manager.alter_table(added_long("change", "through")).await?;
        let connection = manager.get_connection();
        for statement in rules(backend) {
            connection.execute_unprepared(&statement).await?;
        }
        crate::unsealed::seal(connection, random_salt).await.map_err(|error| DbErr::Migration(error.to_string()))
    }
}

fn random_salt() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

fn rules(backend: DbBackend) -> Vec<String> {
    let narrowed = [
        ("change", "no_update", BOUND, "OLD.hash IS NOT NULL"),
        ("change", "only_erased", ERASABLE, "OLD.hash IS NOT NULL AND NEW.salt <> ''"),
        (
            "change",
            "only_taken",
            "origin",
            "OLD.hash IS NOT NULL AND NEW.salt <> '' AND (NEW.origin IS NULL OR NEW.origin NOT LIKE '\u{1a}%')",
        ),
        ("decision", "no_update", DECIDED, ""),
        ("decision", "only_erased", "reason", "NEW.reason IS NULL OR NEW.reason NOT LIKE '\u{1a}%'"),
    ];
    let mut statements: Vec<String> = Vec::new();
    for table in ["change", "decision"] {
        if backend == DbBackend::Postgres {
            statements.push(format!("DROP TRIGGER {table}_append_only ON \"{table}\""));
            statements.push(format!(
                "CREATE TRIGGER {table}_append_only BEFORE DELETE ON \"{table}\" \
                 FOR EACH ROW EXECUTE FUNCTION credway_append_only()"
            ));
        } else {
            statements.push(format!("DROP TRIGGER {table}_no_update"));
        }
    }
    for (table, rule, columns, when) in narrowed {
        let when = if when.is_empty() { String::new() } else { format!("WHEN ({when}) ") };
        let begin = format!("CREATE TRIGGER {table}_{rule} BEFORE UPDATE OF {columns} ON \"{table}\"");
        statements.push(if backend == DbBackend::Postgres {
            format!("{begin} FOR EACH ROW {when}EXECUTE FUNCTION credway_append_only()")
        } else {
            format!("{begin} {when}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
        });
    }
    statements
}
