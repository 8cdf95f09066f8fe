//! Working together: reviews given to people, comments, notifications, and sheets shared with somebody outside.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_query::TableCreateStatement;

use super::columns::{Sketch, index};

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0008_collaboration"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let sketch = |name| Sketch::new(backend, name);
        for table in review(&sketch).into_iter().chain(words(&sketch)).chain(outside(&sketch)) {
            manager.create_table(table).await?;
        }
        for (table, columns) in [
            ("assignment", &["account"][..]),
            ("assignment", &["crosswalk"]),
            ("comment", &["subject"]),
            ("notification", &["account", "at"]),
            ("notification", &["mailed"]),
            ("share", &["account"]),
            ("share", &["crosswalk"]),
        ] {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }
}

type Begin<'a> = &'a dyn Fn(&'static str) -> Sketch;

fn review(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("assignment")
            .text(&["id", "crosswalk"])
            .maybe_text(&["domain", "course"])
            .text(&["account", "part"])
            .maybe_text(&["due"])
            .text(&["by", "at"])
            .maybe_text(&["ended", "ended_by"])
            .flag("done")
            .key(&["id"])
            .refers("crosswalk", "crosswalk", "ce_ctid")
            .refers("account", "account", "id")
            .done(),
    ]
}

fn words(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("comment")
            .text(&["id", "subject", "person"])
            .maybe_text(&["account"])
            .text(&["at"])
            .maybe_text(&["edited", "withdrawn", "body"])
            .key(&["id"])
            .refers("account", "account", "id")
            .done(),
        sketch("comment_revision")
            .text(&["comment"])
            .whole("number")
            .text(&["until", "body"])
            .key(&["comment", "number"])
            .refers("comment", "comment", "id")
            .done(),
        sketch("notification")
            .text(&["id", "account", "kind", "at", "address", "words"])
            .maybe_text(&["read"])
            .text(&["mailed"])
            .whole("tries")
            .key(&["id"])
            .refers("account", "account", "id")
            .done(),
        sketch("notification_wish")
            .text(&["account", "kind"])
            .key(&["account", "kind"])
            .refers("account", "account", "id")
            .done(),
    ]
}

fn outside(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("share")
            .text(&["id", "crosswalk", "account", "until", "by", "at"])
            .maybe_text(&["revoked"])
            .key(&["id"])
            .refers("crosswalk", "crosswalk", "ce_ctid")
            .refers("account", "account", "id")
            .done(),
        sketch("ballot")
            .text(&["share", "row", "word"])
            .maybe_text(&["note"])
            .text(&["at"])
            .key(&["share", "row"])
            .refers("share", "share", "id")
            .done(),
    ]
}
