//! Statements that are gone from their course or blueprint but that decisions still refer to.

use credway_model::{Ctid, Text};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::entities::{blueprint_item, decision, outcome};
use crate::reader::Reader;
use crate::table::Table;
use crate::work::Work;
use crate::{Result, value};

/// Which side a statement is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// An outcome or topic of a course.
    Outcome,
    /// A domain or objective of a blueprint.
    Objective,
}

/// A statement that its course or blueprint no longer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetiredStatement {
    /// Identifier.
    pub ctid: Ctid,
    /// Which side it was on.
    pub kind: StatementKind,
    /// The course or blueprint it belonged to.
    pub owner: Ctid,
    /// Its number there.
    pub code: Option<Text>,
    /// Its words.
    pub text: Text,
}

impl Work {
    /// The retired statements that decisions of this crosswalk refer to: outcomes, then objectives, each by identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn retired_statements(&self, crosswalk: &Ctid) -> Result<Vec<RetiredStatement>> {
        let sides = [
            (StatementKind::Outcome, &outcome::TABLE, "course", "statement", "statement"),
            (StatementKind::Objective, &blueprint_item::TABLE, "blueprint", "text", "target"),
        ];
        let mut retired = Vec::new();
        for (kind, table, owner, words, referred_as) in sides {
            retired.extend(self.retired_side(crosswalk, kind, table, [owner, words, referred_as]).await?);
        }
        Ok(retired)
    }

    async fn retired_side(
        &self,
        crosswalk: &Ctid,
        kind: StatementKind,
        table: &'static Table,
        [owner, words, referred_as]: [&'static str; 3],
    ) -> Result<Vec<RetiredStatement>> {
        let mut decided = Query::select();
        decided
            .column(referred_as)
            .from(decision::TABLE.name)
            .and_where(Expr::col("crosswalk").eq(value::text(crosswalk)));
        let mut query = Query::select();
        query
            .columns(["ce_ctid", owner, "code", words])
            .from(table.name)
            .and_where(Expr::col("retired").eq(true))
            .and_where(Expr::col("ce_ctid").in_subquery(decided))
            .order_by("ce_ctid", Order::Asc);
        let read = |row| {
            let mut row = Reader::new(row, table);
            Ok(RetiredStatement {
                ctid: row.parse()?,
                kind,
                owner: row.parse()?,
                code: row.maybe_take()?,
                text: row.take()?,
            })
        };
        self.rows(&query).await?.iter().map(read).collect()
    }
}
