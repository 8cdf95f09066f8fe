//! Rows that hang below a publishable thing (outcomes of courses, items of blueprints, competencies of frameworks).

use std::collections::BTreeSet;

use credway_model::Ctid;
use sea_orm::QueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::entities::{crosswalk, decision, proposal};
use crate::reader::Reader;
use crate::table::{Table, Values};
use crate::work::Work;
use crate::{Result, StoreError, value};

/// A family of rows below a thing.
pub(super) struct Family {
    pub(super) table: &'static Table,
    /// What one of them is called.
    pub(super) kind: &'static str,
    /// The column that names the thing they hang below.
    pub(super) owner: &'static str,
    /// The column by which decisions and proposals refer to them, if they do. Such rows are retired instead of deleted
    /// as long as one does.
    pub(super) referred_as: Option<&'static str>,
}

impl Work {
    /// Brings the rows below `owners` from `before` to `after`: rows that are gone are deleted, or retired where a
    /// decision or proposal refers to them; the others are written, and retired ones that come back serve again.
    pub(super) async fn write_children(
        &self,
        family: &Family,
        before: &BTreeSet<Ctid>,
        after: &[Ctid],
        rows: Vec<Values>,
    ) -> Result<()> {
        crate::publish::distinct_ctids(family.kind, after.iter().copied()).or_else(|error| self.refuse(error))?;
        let kept: BTreeSet<Ctid> = after.iter().copied().collect();
        let gone: Vec<Ctid> = before.difference(&kept).copied().collect();
        self.let_go(family, &gone).await?;
        let new: Vec<Ctid> = kept.difference(before).copied().collect();
        self.nobody_elses(family, &new).await?;
        self.upsert(family.table, rows).await
    }

    async fn let_go(&self, family: &Family, gone: &[Ctid]) -> Result<()> {
        let referred = self.referred(family, gone).await?;
        let (retire, delete): (Vec<Ctid>, Vec<Ctid>) = gone.iter().partition(|ctid| referred.contains(ctid));
        for part in value::ctids(&retire).chunks(500) {
            let mut update = Query::update();
            update
                .table(family.table.name)
                .value("retired", true)
                .and_where(Expr::col("ce_ctid").is_in(part.iter().cloned()));
            self.execute(&update).await?;
        }
        self.delete_in(family.table, "ce_ctid", &value::ctids(&delete)).await
    }

    /// Those of `ctids` that a decision or proposal refers to.
    async fn referred(&self, family: &Family, ctids: &[Ctid]) -> Result<BTreeSet<Ctid>> {
        let mut referred = BTreeSet::new();
        let Some(column) = family.referred_as else { return Ok(referred) };
        if ctids.is_empty() {
            return Ok(referred);
        }
        for table in [&decision::TABLE, &proposal::TABLE] {
            let mut crosswalks = Query::select();
            crosswalks.column("ce_ctid").from(crosswalk::TABLE.name);
            let mut query = Query::select();
            // The condition always holds; with it, the key of the proposals can be used.
            query.distinct().column(column).from(table.name).and_where(Expr::col("crosswalk").in_subquery(crosswalks));
            // Many are looked up here, in one pass over what is referred to.
            if ctids.len() <= 500 {
                query.and_where(Expr::col(column).is_in(value::ctids(ctids)));
            }
            for row in self.rows(&query).await? {
                referred.insert(only_ctid(&row, family.table)?);
            }
        }
        Ok(referred)
    }

    /// Refuses to take a row over from another thing, unless it is retired there.
    async fn nobody_elses(&self, family: &Family, new: &[Ctid]) -> Result<()> {
        for part in value::ctids(new).chunks(500) {
            let mut query = Query::select();
            query
                .columns(["ce_ctid", family.owner])
                .from(family.table.name)
                .and_where(Expr::col("ce_ctid").is_in(part.iter().cloned()));
            if family.referred_as.is_some() {
                query.and_where(Expr::col("retired").eq(false));
            }
            if let Some(row) = self.rows(&query).await?.first() {
                let mut row = Reader::new(row, family.table);
                let (ctid, owner): (Ctid, Ctid) = (row.parse()?, row.parse()?);
                return self.refuse(StoreError::Taken { kind: family.kind, ctid, owner: owner.to_string() });
            }
        }
        Ok(())
    }
}

fn only_ctid(row: &QueryResult, table: &'static Table) -> Result<Ctid> {
    Reader::new(row, table).parse()
}
