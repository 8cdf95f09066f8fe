//! Competency frameworks.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Framework, Text};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::children::Family;
use super::heads::Verdicts;
use crate::entities::{competency, framework};
use crate::reader::Reader;
use crate::work::{Work, select};
use crate::{Result, Stamp, Written, value};

const COMPETENCIES: Family =
    Family { table: &competency::TABLE, kind: "competency", owner: "framework", referred_as: None };

/// A framework without its competencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkHead {
    /// Identifier.
    pub ctid: Ctid,
    /// Title.
    pub title: Text,
    /// Version, as the publisher writes it.
    pub version: Option<Text>,
    /// How many competencies it has.
    pub competencies: u64,
}

impl Work {
    /// Writes a framework with its competencies.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Duplicate` when a competency is given twice, `Taken` when a competency's
    /// identifier belongs to another framework.
    pub async fn put_framework(&self, framework: &Framework, stamp: &Stamp) -> Result<Written> {
        let before: BTreeMap<Ctid, Framework> =
            self.framework(&framework.ctid).await?.into_iter().map(|before| (before.ctid, before)).collect();
        let verdicts = Verdicts::new(&before, std::slice::from_ref(framework))?;
        self.write_heads(&framework::TABLE, &verdicts, framework::values).await?;
        for (before, after) in verdicts.stale() {
            let old: BTreeSet<Ctid> =
                before.into_iter().flat_map(|framework| &framework.competencies).map(|one| one.ctid).collect();
            let new: Vec<Ctid> = after.competencies.iter().map(|one| one.ctid).collect();
            let rows = after.competencies.iter().enumerate();
            let rows =
                rows.map(|(position, one)| competency::values(&after.ctid, position, one)).collect::<Result<_>>()?;
            self.write_children(&COMPETENCIES, &old, &new, rows).await?;
        }
        let written = self.conclude(&verdicts, stamp).await?;
        Ok(written[0])
    }

    /// All frameworks without their competencies, by title and version.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn frameworks(&self) -> Result<Vec<FrameworkHead>> {
        let mut heads = Vec::new();
        for one in self.fetch(&framework::TABLE, &select(&framework::TABLE), framework::read).await? {
            let mut query = Query::select();
            query
                .expr(Expr::cust("COUNT(*)"))
                .from(competency::TABLE.name)
                .and_where(Expr::col("framework").eq(value::text(one.ctid)));
            let competencies = self.number(&query).await?;
            heads.push(FrameworkHead { ctid: one.ctid, title: one.title, version: one.version, competencies });
        }
        heads.sort_by(|one, two| (&one.title, &one.version, one.ctid).cmp(&(&two.title, &two.version, two.ctid)));
        Ok(heads)
    }

    /// The framework with this identifier, with its competencies in order.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn framework(&self, ctid: &Ctid) -> Result<Option<Framework>> {
        let found = self.fetch_one(&framework::TABLE, value::text(ctid), framework::read).await?;
        let Some(mut framework) = found else { return Ok(None) };
        let query = select(&competency::TABLE)
            .and_where(Expr::col("framework").eq(value::text(ctid)))
            .order_by("position", Order::Asc)
            .to_owned();
        let read: fn(&mut Reader<'_>) -> _ = competency::read;
        framework.competencies = self.fetch(&competency::TABLE, &query, read).await?;
        Ok(Some(framework))
    }
}
