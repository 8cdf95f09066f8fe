//! Reading a whole table in the order of its key, some rows at a time, so that no table has to fit in memory.

use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{QueryResult, Value};

use crate::Result;
use crate::table::{Kind, Table};
use crate::work::{Work, select_all};

/// A table being read page by page.
pub(crate) struct Pages {
    table: &'static Table,
    /// The key of the last row read.
    after: Option<Vec<Value>>,
    done: bool,
}

impl Pages {
    pub(crate) fn new(table: &'static Table) -> Self {
        Self { table, after: None, done: false }
    }

    /// The next rows, or `None` after the last.
    pub(crate) async fn next(&mut self, work: &Work) -> Result<Option<Vec<QueryResult>>> {
        if self.done {
            return Ok(None);
        }
        let mut query = select_all(self.table);
        if let Some(after) = self.after.take() {
            let key = Expr::tuple(self.table.key().map(Expr::col));
            query.and_where(key.gt(Expr::tuple(after.into_iter().map(Expr::value))));
        }
        for column in self.table.key() {
            query.order_by(column, Order::Asc);
        }
        query.limit(self.table.page);
        let rows = work.rows(&query).await?;
        self.done = (rows.len() as u64) < self.table.page;
        let Some(last) = rows.last() else { return Ok(None) };
        let key = (0..self.table.keys).map(|index| value(last, self.table, index));
        self.after = Some(key.collect::<Result<_>>()?);
        Ok(Some(rows))
    }
}

/// The value in one column of a row.
pub(super) fn value(row: &QueryResult, table: &'static Table, index: usize) -> Result<Value> {
    Ok(match table.columns[index].kind {
        Kind::Text | Kind::Person => Value::String(row.try_get_by_index(index)?),
        Kind::Whole => Value::Int(row.try_get_by_index(index)?),
        Kind::Long => Value::BigInt(row.try_get_by_index(index)?),
        Kind::Flag => Value::Bool(row.try_get_by_index(index)?),
        Kind::Bytes => Value::Bytes(row.try_get_by_index(index)?),
    })
}
