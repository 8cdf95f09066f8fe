//! A work: one transaction, in which all reading and writing happens.

use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, ExecResult, QueryResult, Statement, StatementBuilder, Value,
};
use tokio::sync::OwnedMutexGuard;

use crate::entities::person;
use crate::reader::Reader;
use crate::table::{Kind, Table};
use crate::{Result, StoreError};

/// How many values a list in a condition may have before it is cut into several queries.
const LIST: usize = 500;

/// One transaction. What it reads is one state of the database; what it writes is kept by [`Work::commit`] as a whole,
/// or, when the work is dropped, not at all.
///
/// Errors: a work one of whose statements failed cannot be committed any more.
#[must_use = "a work that is not committed is rolled back"]
pub struct Work {
    transaction: DatabaseTransaction,
    failed: AtomicBool,
    writable: bool,
    /// Whether a decision was added that no line of the history tells of yet.
    pub(crate) untold: AtomicBool,
    /// Makes what keeps a line's details from being guessed, once they are taken away.
    pub(crate) salt: fn() -> String,
    // After the transaction, so that the turn is given on only when the transaction is over.
    _turn: Option<OwnedMutexGuard<()>>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Work").field("writable", &self.writable).finish_non_exhaustive()
    }
}

impl Work {
    pub(crate) fn new(
        transaction: DatabaseTransaction,
        turn: Option<OwnedMutexGuard<()>>,
        salt: fn() -> String,
    ) -> Self {
        Self {
            transaction,
            failed: AtomicBool::new(false),
            writable: turn.is_some(),
            untold: AtomicBool::new(false),
            salt,
            _turn: turn,
        }
    }

    /// A work that writes out of turn.
    pub(crate) fn aside(transaction: DatabaseTransaction, salt: fn() -> String) -> Self {
        Self { writable: true, ..Self::new(transaction, None, salt) }
    }

    /// Keeps everything this work has written. When it returns, the data is on the disk.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when an earlier step failed; [`StoreError::Database`] when the database refuses. Nothing
    /// is kept then.
    pub async fn commit(self) -> Result<()> {
        if self.failed.load(Ordering::Acquire) {
            return Err(StoreError::Broken);
        }
        if self.untold.load(Ordering::Acquire) {
            return Err(StoreError::Untold);
        }
        Ok(self.transaction.commit().await?)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    pub(crate) fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Notes a failure, so that nothing half done is committed.
    fn noted<T>(&self, result: Result<T, sea_orm::DbErr>) -> Result<T> {
        if result.is_err() {
            self.failed.store(true, Ordering::Release);
        }
        Ok(result?)
    }

    /// Notes that a step was refused half way: what it wrote before must not be committed.
    pub(crate) fn refuse<T>(&self, error: StoreError) -> Result<T> {
        self.failed.store(true, Ordering::Release);
        Err(error)
    }

    fn writing(&self) -> Result<()> {
        if self.writable { Ok(()) } else { Err(StoreError::ReadOnly) }
    }

    pub(crate) async fn execute(&self, statement: &impl StatementBuilder) -> Result<ExecResult> {
        self.writing()?;
        self.noted(self.transaction.execute(statement).await)
    }

    pub(crate) async fn execute_raw(&self, statement: Statement) -> Result<ExecResult> {
        self.writing()?;
        self.noted(self.transaction.execute_raw(statement).await)
    }

    pub(crate) async fn rows(&self, query: &SelectStatement) -> Result<Vec<QueryResult>> {
        self.noted(self.transaction.query_all(query).await)
    }

    pub(crate) async fn raw_rows(&self, query: &str) -> Result<Vec<QueryResult>> {
        self.noted(self.transaction.query_all_raw(Statement::from_string(self.backend(), query)).await)
    }

    /// The number `query` gives in its only column and row.
    pub(crate) async fn number(&self, query: &SelectStatement) -> Result<u64> {
        let row = self.noted(self.transaction.query_one(query).await)?;
        let number: Option<i64> = match row {
            Some(row) => row.try_get_by_index(0)?,
            None => None,
        };
        let number = number.unwrap_or_default();
        u64::try_from(number).map_err(|_| StoreError::TooLarge { number: number.unsigned_abs(), what: "a count" })
    }

    /// Everything `query` finds; its columns are those of `table`.
    pub(crate) async fn fetch<T>(
        &self,
        table: &'static Table,
        query: &SelectStatement,
        read: fn(&mut Reader<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let rows = self.rows(query).await?;
        rows.iter().map(|row| read(&mut Reader::new(row, table))).collect()
    }

    /// The row with this key.
    pub(crate) async fn fetch_one<T>(
        &self,
        table: &'static Table,
        key: Value,
        read: fn(&mut Reader<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let query = select(table).and_where(Expr::col(table.columns[0].name).eq(key)).to_owned();
        Ok(self.fetch(table, &query, read).await?.pop())
    }

    /// Every row whose `column` is one of `wanted`, and `also` holds; in no particular order across parts of the list.
    pub(crate) async fn fetch_in<T>(
        &self,
        table: &'static Table,
        column: &'static str,
        wanted: &[Value],
        refine: impl Fn(&mut SelectStatement),
        read: fn(&mut Reader<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        for part in wanted.chunks(LIST) {
            let mut query = select(table);
            query.and_where(Expr::col(column).is_in(part.iter().cloned()));
            refine(&mut query);
            found.extend(self.fetch(table, &query, read).await?);
        }
        Ok(found)
    }

    /// How many rows `table` has.
    pub(crate) async fn count(&self, table: &'static Table) -> Result<u64> {
        self.number(&count(table)).await
    }
}

/// The columns of `table` that are read back, in its order; persons by their names.
pub(crate) fn select(table: &'static Table) -> SelectStatement {
    let mut query = Query::select();
    for column in &table.columns[..table.columns.len() - table.unread] {
        if column.kind == Kind::Person {
            query.expr_as(name_of((table.name, column.name)), column.name);
        } else {
            query.column(column.name);
        }
    }
    query.from(table.name);
    query
}

/// All columns of `table` as they are kept, in its order; persons by their identifiers.
pub(crate) fn select_all(table: &'static Table) -> SelectStatement {
    let mut query = Query::select();
    query.columns(table.columns.iter().map(|column| column.name)).from(table.name);
    query
}

/// The name of the person whose identifier is in this column.
fn name_of(identifier: (&'static str, &'static str)) -> Expr {
    let query = Query::select()
        .column("name")
        .from(person::TABLE.name)
        .and_where(Expr::col((person::TABLE.name, "id")).equals(identifier))
        .to_owned();
    Expr::SubQuery(None, Box::new(query.into()))
}

/// That `column` is the person of this name.
pub(crate) fn is_person(column: &'static str, name: &str) -> Expr {
    let query = Query::select().column("id").from(person::TABLE.name).and_where(Expr::col("name").eq(name)).to_owned();
    Expr::col(column).in_subquery(query)
}

/// The number of rows of `table`.
pub(crate) fn count(table: &'static Table) -> SelectStatement {
    let mut query = Query::select();
    query.expr(Expr::cust("COUNT(*)")).from(table.name);
    query
}

/// A limit or offset as both databases take it: at most the largest signed 64-bit number.
pub(crate) fn capped(rows: u64) -> u64 {
    std::cmp::min(rows, i64::MAX.unsigned_abs())
}
