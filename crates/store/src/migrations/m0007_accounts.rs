//! Accounts: who can sign in, what they are where, and the digests of everything they sign in with.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_query::TableCreateStatement;

use super::columns::{Sketch, index, unique};

/// The step.
pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m0007_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let sketch = |name| Sketch::new(backend, name);
        for table in kept(&sketch).into_iter().chain(passing(&sketch)) {
            manager.create_table(table).await?;
        }
        for (table, columns) in [
            ("account", &["email"][..]),
            ("account", &["person"]),
            ("api_token", &["digest"]),
            ("identity", &["issuer", "subject"]),
        ] {
            manager.create_index(unique(table, columns)).await?;
        }
        for (table, columns) in [("session", &["account"][..]), ("api_token", &["account"]), ("ticket", &["account"])] {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }
}

type Begin<'a> = &'a dyn Fn(&'static str) -> Sketch;

/// What a backup takes along.
fn kept(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("account")
            .text(&["id", "person"])
            .maybe_text(&["email"])
            .text(&["state", "created"])
            .maybe_text(&["password", "second_factor"])
            .long("last_step")
            .key(&["id"])
            .refers("person", "person", "id")
            .done(),
        sketch("account_grant")
            .text(&["account", "role", "institution", "program", "origin", "by", "at"])
            .key(&["account", "role", "institution", "program", "origin"])
            .refers("account", "account", "id")
            .done(),
        sketch("recovery_code")
            .text(&["account", "digest"])
            .maybe_text(&["used"])
            .key(&["account", "digest"])
            .refers("account", "account", "id")
            .done(),
        sketch("api_token")
            .text(&["id", "account", "name", "digest", "scopes", "created"])
            .maybe_text(&["expires", "last_used", "revoked"])
            .key(&["id"])
            .refers("account", "account", "id")
            .done(),
        sketch("identity")
            .text(&["account", "issuer", "subject", "since"])
            .key(&["account", "issuer"])
            .refers("account", "account", "id")
            .done(),
    ]
}

/// What passes by itself and is in no backup.
fn passing(sketch: Begin<'_>) -> Vec<TableCreateStatement> {
    vec![
        sketch("ticket")
            .text(&["digest", "kind", "account", "expires"])
            .maybe_text(&["used"])
            .key(&["digest"])
            .refers("account", "account", "id")
            .done(),
        sketch("session")
            .text(&["digest", "account", "begun", "seen", "expires", "assurance", "about"])
            .key(&["digest"])
            .refers("account", "account", "id")
            .done(),
        sketch("device")
            .text(&["digest", "account", "seen"])
            .key(&["digest"])
            .refers("account", "account", "id")
            .done(),
        sketch("attempt").text(&["key"]).whole("failures").text(&["since"]).maybe_text(&["until"]).key(&["key"]).done(),
        sketch("pending").text(&["digest", "content", "expires"]).key(&["digest"]).done(),
    ]
}
