//! Writing many rows with few statements. Rows go in groups of one size, so that the database prepares each statement
//! once.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{Statement, Value};

use crate::table::{Table, Values};
use crate::work::Work;
use crate::{Result, StoreError};

/// Values in one statement: far below what both databases take (SQLite 32,766, PostgreSQL 65,535); beyond some
/// thousand, larger statements gain nothing.
const VALUES: usize = 4_000;

/// What happens to a row whose key is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clash {
    Refuse,
    Replace,
}

impl Work {
    /// Adds rows whose keys are new; they name persons by their names.
    pub(crate) async fn insert(&self, table: &'static Table, mut rows: Vec<Values>) -> Result<()> {
        self.identify(table, &mut rows).await?;
        self.insert_as_kept(table, rows).await
    }

    /// Adds rows whose keys are new; they name persons by their identifiers, as the database keeps them.
    pub(crate) async fn insert_as_kept(&self, table: &'static Table, rows: Vec<Values>) -> Result<()> {
        self.write_rows(table, rows, Clash::Refuse).await
    }

    /// Adds rows; a row whose key is there already replaces it.
    pub(crate) async fn upsert(&self, table: &'static Table, mut rows: Vec<Values>) -> Result<()> {
        self.identify(table, &mut rows).await?;
        self.write_rows(table, rows, Clash::Replace).await
    }

    async fn write_rows(&self, table: &'static Table, rows: Vec<Values>, clash: Clash) -> Result<()> {
        for row in &rows {
            no_nul(table, row).or_else(|error| self.refuse(error))?;
        }
        let group = (VALUES / table.columns.len()).max(1);
        let mut statement: Option<(usize, String)> = None;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let part: Vec<Values> = rows.by_ref().take(group).collect();
            let size = part.len();
            let sql = match &statement {
                Some((prepared, sql)) if *prepared == size => sql.clone(),
                _ => self.insert_statement(table, size, clash)?,
            };
            statement = Some((size, sql.clone()));
            let values: Vec<Value> = part.into_iter().flatten().collect();
            self.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        }
        Ok(())
    }

    /// The statement that writes `rows` rows, its values left open.
    fn insert_statement(&self, table: &'static Table, rows: usize, clash: Clash) -> Result<String> {
        let mut insert = Query::insert();
        insert.into_table(table.name).columns(table.columns.iter().map(|column| column.name));
        for _ in 0..rows {
            let open = table.columns.iter().map(|_| Expr::value(Value::Int(None)));
            insert.values(open).map_err(|error| sea_orm::DbErr::Custom(error.to_string()))?;
        }
        if clash == Clash::Replace {
            let mut conflict = OnConflict::columns(table.key());
            conflict.update_columns(table.rest());
            insert.on_conflict(conflict);
        }
        Ok(self.backend().build(&insert).sql)
    }

    /// Deletes the rows whose `column` is one of `values`.
    pub(crate) async fn delete_in(&self, table: &'static Table, column: &'static str, values: &[Value]) -> Result<()> {
        for part in values.chunks(500) {
            let mut delete = Query::delete();
            delete.from_table(table.name).and_where(Expr::col(column).is_in(part.iter().cloned()));
            self.execute(&delete).await?;
        }
        Ok(())
    }
}

/// PostgreSQL cannot keep NUL in a text; SQLite could, but both behave alike.
fn no_nul(table: &'static Table, row: &Values) -> Result<()> {
    for (value, column) in row.iter().zip(table.columns) {
        if let Value::String(Some(text)) = value
            && text.as_bytes().contains(&0)
        {
            return Err(StoreError::Nul { table: table.name, column: column.name });
        }
    }
    Ok(())
}
