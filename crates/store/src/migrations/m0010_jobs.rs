//! Long work and the files it is about: what is queued, under way or over, and what waits for its sender's word.

use sea_orm_migration::prelude::*;

use super::columns::{Sketch, index};

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0010_jobs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let job = Sketch::new(backend, "job")
            .text(&["id", "kind", "payload", "title"])
            .maybe_text(&["owner"])
            .text(&["person"])
            .maybe_text(&["origin", "acts"])
            .text(&["state"])
            .flag("stop")
            .long("done")
            .long("total")
            .whole("attempts")
            .maybe_text(&["worker", "heartbeat"])
            .text(&["not_before"])
            .maybe_text(&["result", "failure"])
            .text(&["created"])
            .maybe_text(&["started", "ended"])
            .key(&["id"])
            .refers("person", "person", "id")
            .done();
        let upload = Sketch::new(backend, "upload")
            .text(&["token"])
            .maybe_text(&["owner"])
            .text(&["name"])
            .long("size")
            .text(&["request"])
            .whole("version")
            .text(&["state"])
            .flag("stopped")
            .maybe_text(&["job", "answer"])
            .text(&["created", "expires"])
            .bytes("bytes")
            .key(&["token"])
            .done();
        for table in [job, upload] {
            manager.create_table(table).await?;
        }
        for (table, columns) in [
            ("job", &["state", "not_before"][..]),
            ("job", &["owner"]),
            ("upload", &["owner"]),
            ("upload", &["expires"]),
        ] {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }
}
