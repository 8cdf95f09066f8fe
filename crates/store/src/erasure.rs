//! Taking personal data out of the history: the words, the reason and the origin of a line, and the reasons of the
//! decisions it tells of; and, by age, the origins alone. What binds them stays, so that the chain holds; nothing can be
//! guessed back from it.

use credway_model::Text;
use jiff::Timestamp;
use sea_orm::QueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::chain::{self, SALTED, TAKEN_AWAY};
use crate::entities::{change, decision};
use crate::publish::digest;
use crate::work::{Work, select_all};
use crate::{Result, value};

/// How many lines lose their origins in one piece of writing, so that nobody waits long for their turn.
const ONE_PIECE: u64 = 1_000;

impl Work {
    /// Takes the words, the reason and the origin of a line away, and the reasons of the decisions it tells of; `instead`
    /// stands in the place of the words. The caller adds the line that says so, bound to `line:NUMBER`. Answers whether
    /// there is such a line with something left to take away.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn erase_details(&self, number: u64, instead: &Text) -> Result<bool> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let mut query = select_all(&change::TABLE);
        query.and_where(Expr::col("number").is_in([number - 1, number])).order_by("number", Order::Asc);
        let rows = self.rows(&query).await?;
        let Some(line) = rows.iter().find(|row| row.try_get::<i64>("", "number").is_ok_and(|found| found == number))
        else {
            return Ok(false);
        };
        let salt: String = line.try_get("", "salt")?;
        if salt.is_empty() {
            return Ok(false);
        }
        let through: i64 = line.try_get("", "through")?;
        let after = rows.iter().find(|row| row.try_get::<i64>("", "number").is_ok_and(|found| found + 1 == number));
        let after: i64 = after.map_or(Ok(0), |row| row.try_get("", "through"))?;
        for row in self.rows(&chain::decisions_between(after, through)).await? {
            self.erase_reason(&row, &salt).await?;
        }
        let mut update = Query::update();
        update
            .table(change::TABLE.name)
            .value("summary", value::text(instead))
            .value("reason", Option::<String>::None)
            .value("origin", Option::<String>::None)
            .value("salt", "")
            .and_where(Expr::col("number").eq(number));
        self.execute(&update).await?;
        Ok(true)
    }

    /// Takes away where the lines before this moment came from (network addresses), and answers the number of the last
    /// of them, of a thousand at a time; none where nothing was left to take. The caller adds the line that says so, bound to `origins:NUMBER`.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn erase_origins(&self, before: Timestamp) -> Result<Option<u64>> {
        let mut last = None;
        for row in self.rows(with_origins(before).limit(ONE_PIECE)).await? {
            let (number, origin): (i64, String) = (row.try_get("", "number")?, row.try_get("", "origin")?);
            let mut update = Query::update();
            update
                .table(change::TABLE.name)
                .value("origin", format!("{TAKEN_AWAY}{}", digest(origin.as_bytes())))
                .and_where(Expr::col("number").eq(number));
            self.execute(&update).await?;
            last = Some(number.unsigned_abs());
        }
        Ok(last)
    }

    /// Whether lines before this moment still say where they came from.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn has_origins(&self, before: Timestamp) -> Result<bool> {
        Ok(!self.rows(with_origins(before).limit(1)).await?.is_empty())
    }

    async fn erase_reason(&self, row: &QueryResult, salt: &str) -> Result<()> {
        let Some(reason) = row.try_get::<Option<String>>("", "reason")? else { return Ok(()) };
        let bound = format!("{TAKEN_AWAY}{}", chain::reason_digest(salt, &reason));
        let number: i64 = row.try_get("", "number")?;
        let mut update = Query::update();
        update.table(decision::TABLE.name).value("reason", bound).and_where(Expr::col("number").eq(number));
        self.execute(&update).await.map(drop)
    }
}

/// The lines before this moment that say where they came from, in order. A person at the terminal has no address.
fn with_origins(before: Timestamp) -> SelectStatement {
    let mut query = Query::select();
    query
        .columns(["number", "origin"])
        .from(change::TABLE.name)
        .and_where(Expr::col("at").lt(value::moment(before)))
        .and_where(Expr::col("origin").is_not_null())
        .and_where(Expr::col("origin").not_like(format!("%{SALTED}terminal")))
        .and_where(Expr::col("origin").not_like(format!("{TAKEN_AWAY}%")))
        .and_where(Expr::col("salt").ne(""))
        .order_by("number", Order::Asc);
    query
}
