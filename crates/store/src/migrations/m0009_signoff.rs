//! Sign-offs: which revision is signed in which steps, what was done in each, and who may sign for whom.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::columns::{Sketch, index, unique};

/// The step.
pub(super) struct Step;

/// Tables that are only ever added to, with what is the same in two rows of one key.
const APPEND_ONLY: [(&str, &str); 2] =
    [("signoff", "id = NEW.id"), ("signoff_entry", "signoff = NEW.signoff AND number = NEW.number")];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0009_signoff"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let sketch = |name| Sketch::new(backend, name);
        let signoff = sketch("signoff")
            .text(&["id", "crosswalk"])
            .whole("number")
            .whole("revision")
            .text(&["digest", "plan", "begun", "by"])
            .long("line")
            .key(&["id"])
            .refers("crosswalk", "crosswalk", "ce_ctid")
            .refers("by", "person", "id");
        let entry = sketch("signoff_entry")
            .text(&["signoff"])
            .whole("number")
            .text(&["at", "person", "act"])
            .maybe_whole("step")
            .maybe_text(&["role", "behalf", "account", "digest", "day"])
            .long("line")
            .key(&["signoff", "number"])
            .refers("signoff", "signoff", "id")
            .refers("person", "person", "id");
        let delegation = sketch("delegation")
            .text(&["id", "account", "delegate", "role", "institution"])
            .maybe_text(&["program"])
            .text(&["first", "last", "given"])
            .maybe_text(&["withdrawn"])
            .key(&["id"])
            .refers("account", "account", "id")
            .refers("delegate", "account", "id");
        for table in [signoff, entry, delegation] {
            manager.create_table(table.done()).await?;
        }
        manager.create_index(unique("signoff", &["crosswalk", "number"])).await?;
        manager.create_index(index("delegation", &["delegate"])).await?;
        for (table, same) in APPEND_ONLY {
            for statement in rules(backend, table, same) {
                manager.get_connection().execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }
}

/// The rules that keep a table append-only, named as those of the history.
fn rules(backend: DbBackend, table: &str, same: &str) -> Vec<String> {
    if backend == DbBackend::Postgres {
        let refuse = "EXECUTE FUNCTION credway_append_only()";
        return vec![
            format!("CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON \"{table}\" FOR EACH ROW {refuse}"),
            format!("CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT {refuse}"),
        ];
    }
    let refuse = format!("SELECT RAISE(ABORT, '{table} is append-only')");
    vec![
        format!("CREATE TRIGGER {table}_no_update BEFORE UPDATE ON \"{table}\" BEGIN {refuse}; END"),
        format!("CREATE TRIGGER {table}_no_delete BEFORE DELETE ON \"{table}\" BEGIN {refuse}; END"),
        format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON \"{table}\" \
             WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE {same}) BEGIN {refuse}; END"
        ),
    ]
}
