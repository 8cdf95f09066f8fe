//! The door: opening a database, beginning works, closing it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, IsolationLevel,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::address::Address;
use crate::error::is_busy;
use crate::work::Work;
use crate::{Result, StoreError, schema};

/// How long a writer waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database. Cheap to clone; safe to share between threads.
///
/// A database in memory has a single connection: a second work waits until the first is over, so one task must not hold
/// two.
#[derive(Clone, Debug)]
pub struct Store {
    connection: DatabaseConnection,
    pub(crate) address: Address,
    turn: Arc<Mutex<()>>,
    salt: fn() -> String,
    /// Whether opening it made the file.
    pub(crate) made: bool,
    /// The log that was beside the file before it was opened.
    pub(crate) left_behind: Option<String>,
}

impl Store {
    /// Opens the database at `url` (`sqlite:FILE`, `sqlite::memory:`, `postgres://…`), makes an SQLite file that is not
    /// there, and brings the schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Address`], [`StoreError::Open`]; [`StoreError::Foreign`] when it holds something else;
    /// [`StoreError::Newer`] when a newer program made it.
    pub async fn open(url: &str) -> Result<Self> {
        let store = Self::connect(Address::read(url)?, true).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a database that is there, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none, or nothing in it; otherwise as [`Store::open`].
    pub async fn open_existing(url: &str) -> Result<Self> {
        let address = Address::read(url)?;
        let missing = || StoreError::Missing { address: address.shown() };
        if let Address::File(file) = &address
            && !Path::new(file).exists()
        {
            return Err(missing());
        }
        let store = Self::connect(address.clone(), false).await?;
        if schema::version(&store.connection, &address.shown()).await? == 0 {
            return Err(missing());
        }
        store.migrate().await?;
        Ok(store)
    }

    /// The address without any password, for people.
    #[must_use]
    pub fn url_without_secret(&self) -> String {
        self.address.shown()
    }

    /// Begins a work that reads. It sees one state of the database, whatever others write meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when no connection is free; [`StoreError::Database`].
    pub async fn read(&self) -> Result<Work> {
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
            _ => TransactionOptions::default(),
        };
        Ok(Work::new(self.connection.begin_with_options(options).await?, None, self.salt))
    }

    /// Begins a work that writes. Writers take turns, within this program and between programs.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another writer does not finish within ten seconds; [`StoreError::Database`].
    pub async fn write(&self) -> Result<Work> {
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.turn).lock_owned());
        let turn = waiting.await.map_err(|_| StoreError::Busy)?;
        // On PostgreSQL every statement must see what the writer before has committed.
        let server = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: server.then_some(IsolationLevel::ReadCommitted),
            access_mode: server.then_some(AccessMode::ReadWrite),
            sqlite_transaction_mode: (!server).then_some(SqliteTransactionMode::Immediate),
        };
        let transaction = self.connection.begin_with_options(options).await?;
        if server {
            // The turn of this schema's writers, given back when the transaction ends. The first number is ours.
            let turn = format!(
                "SET LOCAL lock_timeout = '{}s'; SELECT pg_advisory_xact_lock(1668441463, hashtext(current_schema()::text))",
                PATIENCE.as_secs()
            );
            transaction.execute_unprepared(&turn).await?;
        }
        Ok(Work::new(transaction, Some(turn), self.salt))
    }

    /// Begins a short work that writes only what passes by itself and is numbered by nobody: long work and the files it
    /// is about. On PostgreSQL it waits for no writer's turn, so that a long import goes on being heard of; in an SQLite
    /// file there is only one writer at a time.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_aside(&self) -> Result<Work> {
        if self.backend() != DbBackend::Postgres {
            return self.write().await;
        }
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::ReadCommitted),
            access_mode: Some(AccessMode::ReadWrite),
            sqlite_transaction_mode: None,
        };
        let transaction = self.connection.begin_with_options(options).await?;
        transaction.execute_unprepared(&format!("SET LOCAL lock_timeout = '{}s'", PATIENCE.as_secs())).await?;
        Ok(Work::aside(transaction, self.salt))
    }

    /// The same store with another source of what is random: for tests that compare bytes.
    #[must_use]
    pub fn with_salt(mut self, salt: fn() -> String) -> Self {
        self.salt = salt;
        self
    }

    /// Closes all connections, those of every clone too. An SQLite file then holds everything by itself, unless another
    /// program has it open. Works that are still open may take ten seconds to end; after that it is closed without them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn close(self) -> Result<()> {
        if matches!(self.address, Address::File(_)) {
            // Another program may be reading: then the log beside the file is kept, and nothing is lost.
            let checkpoint = "PRAGMA busy_timeout = 500; PRAGMA wal_checkpoint(TRUNCATE)";
            drop(tokio::time::timeout(PATIENCE, self.connection.execute_unprepared(checkpoint)).await);
        }
        tokio::time::timeout(PATIENCE, self.connection.close()).await.unwrap_or(Ok(()))?;
        Ok(())
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    pub(crate) fn address(&self) -> String {
        self.address.shown()
    }

    async fn connect(address: Address, create: bool) -> Result<Self> {
        let made = matches!(&address, Address::File(file) if !Path::new(file).exists());
        let left_behind = match &address {
            Address::File(file) => crate::database_file::left_behind(file),
            _ => None,
        };
        // Turning on the write-ahead log needs the file for itself for a moment and does not wait: so we do.
        let mut tries = 0;
        let connection = loop {
            match connection(&address, create).await {
                Err(error) if is_busy(&error) && tries < 50 => tries += 1,
                Err(source) => return Err(StoreError::Open { address: address.shown(), source }),
                Ok(connection) => break connection,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        Ok(Self { connection, address, turn: Arc::new(Mutex::new(())), salt: random_salt, made, left_behind })
    }

    async fn migrate(&self) -> Result<()> {
        let address = self.address.shown();
        if schema::version(&self.connection, &address).await? == schema::newest() {
            return Ok(());
        }
        let work = self.write().await?;
        let done = schema::migrate(work.transaction(), &address).await;
        let opened = |error| match error {
            StoreError::Database(source) => StoreError::Open { address: address.clone(), source },
            other => other,
        };
        done.map_err(opened)?;
        work.commit().await
    }
}

/// 122 random bits.
fn random_salt() -> String {
    Uuid::new_v4().simple().to_string()
}

async fn connection(address: &Address, create: bool) -> Result<DatabaseConnection, DbErr> {
    match address {
        Address::Server(server) => {
            let connected = server.connect(PATIENCE).await;
            connected.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))
        }
        Address::Memory => Database::connect(in_memory()).await,
        Address::File(file) => Database::connect(in_file(file.clone(), create)).await,
    }
}

fn in_memory() -> ConnectOptions {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.sqlx_logging(false).acquire_timeout(PATIENCE);
    // The database lives as long as its one connection.
    options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    options.map_sqlx_sqlite_opts(|sqlite| sqlite.foreign_keys(true).row_buffer_size(1_000));
    options
}

fn in_file(file: String, create: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new("sqlite:");
    options.sqlx_logging(false).acquire_timeout(PATIENCE).max_connections(8);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&file)
            .create_if_missing(create)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            // In KiB when negative: a whole catalogue is written without going to the disk in between.
            .pragma("cache_size", "-65536")
            // What a statement would need to be undone is kept in memory, not in a file beside.
            .pragma("temp_store", "MEMORY")
            .row_buffer_size(1_000)
    });
    options
}
