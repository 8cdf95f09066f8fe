//! Whether a database is ours, how far its schema is, and bringing it up to date in one transaction.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use sea_orm_migration::MigratorTrait;

use crate::migrations::Migrator;
use crate::{Result, StoreError};

/// The newest schema version this program knows: the number of migrations.
pub(crate) fn newest() -> usize {
    Migrator::migrations().len()
}

/// The table in which SeaORM notes the migrations taken.
const NOTES: &str = "seaql_migrations";

/// The user's tables of the database (SQLite) or of the first schema on the search path (PostgreSQL).
pub(crate) async fn tables(connection: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = connection.get_database_backend();
    let query = if backend == DbBackend::Postgres {
        "SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY 1"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, query)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// How many migrations the database has taken; none when it is empty.
///
/// # Errors
/// [`StoreError::Foreign`] when it holds tables but was not made by Credway.
pub(crate) async fn version(connection: &impl ConnectionTrait, address: &str) -> Result<usize> {
    let tables = tables(connection).await?;
    let foreign = |table: &String| StoreError::Foreign { address: address.to_owned(), table: table.clone() };
    if !tables.iter().any(|table| table == NOTES) {
        // A PostgreSQL schema may hold tables of extensions; an SQLite file with anything in it is another program's.
        let ours: Vec<&str> = crate::entities::TABLES.iter().map(|table| table.name).collect();
        let server = connection.get_database_backend() == DbBackend::Postgres;
        let other = tables.iter().find(|table| !server || ours.contains(&table.as_str()));
        return other.map_or(Ok(0), |table| Err(foreign(table)));
    }
    let query = Statement::from_string(
        connection.get_database_backend(),
        format!("SELECT version FROM {NOTES} ORDER BY version"),
    );
    let mut taken: Vec<String> = Vec::new();
    for row in connection.query_all_raw(query).await? {
        taken.push(row.try_get_by_index(0)?);
    }
    let first = Migrator::migrations()[0].name().to_owned();
    match taken.first() {
        None => Ok(0),
        Some(oldest) if *oldest == first => Ok(taken.len()),
        Some(_) => Err(StoreError::Foreign { address: address.to_owned(), table: NOTES.to_owned() }),
    }
}

/// Takes the missing migrations. The caller holds the writer's turn, so that two programs that open a new database at
/// once do not both build it.
pub(crate) async fn migrate(transaction: &DatabaseTransaction, address: &str) -> Result<()> {
    let found = version(transaction, address).await?;
    let known = newest();
    if found > known {
        return Err(StoreError::Newer { address: address.to_owned(), found, known });
    }
    if found < known {
        Migrator::up(transaction, None).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm::Database;

    use super::*;
    use crate::Store;
    use crate::entities::{PASSING, TABLES};
    use crate::table::Kind;

    #[tokio::test]
    async fn the_tables_are_what_the_migrations_make() {
        let connection = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&connection, None).await.unwrap();
        let mut described: Vec<&str> = TABLES.iter().chain(&PASSING).map(|table| table.name).collect();
        described.push(NOTES);
        described.sort_unstable();
        assert_eq!(tables(&connection).await.unwrap(), described);
        for table in TABLES.into_iter().chain(PASSING) {
            let query = format!("SELECT name, lower(type), pk FROM pragma_table_info('{}')", table.name);
            let rows = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, query)).await.unwrap();
            assert_eq!(rows.len(), table.columns.len(), "{}", table.name);
            for (index, column) in table.columns.iter().enumerate() {
                // A column that a later step added stands last in the database and where it belongs here; statements name them.
                let called = |row: &&sea_orm::QueryResult| row.try_get_by_index::<String>(0).unwrap() == column.name;
                let row = rows.iter().find(called).unwrap();
                let expected = match column.kind {
                    Kind::Text | Kind::Person => "text",
                    Kind::Whole | Kind::Long => "integer",
                    Kind::Flag => "boolean",
                    Kind::Bytes => "blob",
                };
                let key = if index < table.keys { index as i32 + 1 } else { 0 };
                let found: (String, String, i32) = (
                    row.try_get_by_index(0).unwrap(),
                    row.try_get_by_index(1).unwrap(),
                    row.try_get_by_index(2).unwrap(),
                );
                assert_eq!(found, (column.name.to_owned(), expected.to_owned(), key), "{}", table.name);
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_older_database_is_brought_up_to_date() {
        let folder = tempfile::TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("old.db").display());
        let connection = Database::connect(format!("{url}?mode=rwc")).await.unwrap();
        Migrator::up(&connection, Some(1)).await.unwrap();
        assert_eq!(version(&connection, "here").await.unwrap(), 1);
        connection.close().await.unwrap();
        let store = Store::open_existing(&url).await.unwrap();
        let health = store.health().await.unwrap();
        assert_eq!((health.schema_version, health.problems), (newest(), Vec::new()));
    }
}
