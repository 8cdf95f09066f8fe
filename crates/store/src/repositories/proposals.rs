//! Proposals of a crosswalk: computed, replaced as a whole, never facts.

use std::collections::BTreeSet;

use credway_model::{Ctid, Probability, Proposal};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::entities::crosswalk;
use crate::entities::proposal::{TABLE, read, values};
use crate::work::{Work, count, select};
use crate::{Result, StoreError, value};

/// Which proposals of a crosswalk are wanted; what is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalFilter {
    /// Only about these course statements; an empty list matches none.
    pub statements: Option<Vec<Ctid>>,
    /// Only about these blueprint statements; an empty list matches none.
    pub targets: Option<Vec<Ctid>>,
    /// Only those the engine suggests (or does not).
    pub suggested: Option<bool>,
    /// Only at this probability or above.
    pub at_least: Option<Probability>,
}

/// Longer lists are not handed to the database but looked up here.
const LIST: usize = 1_000;

impl ProposalFilter {
    fn restrict(&self, query: &mut SelectStatement) {
        for (column, list) in [("statement", &self.statements), ("target", &self.targets)] {
            if let Some(list) = list.as_ref().filter(|list| list.len() <= LIST) {
                query.and_where(Expr::col(column).is_in(value::ctids(list)));
            }
        }
        if let Some(suggested) = self.suggested {
            query.and_where(Expr::col("suggested").eq(suggested));
        }
        if let Some(least) = self.at_least {
            query.and_where(Expr::col("probability").gte(i32::from(least.steps())));
        }
    }

    /// Keeps what the lists left out of the query allow.
    fn sift(&self, proposals: &mut Vec<Proposal>) {
        let long = |list: &Option<Vec<Ctid>>| -> Option<BTreeSet<Ctid>> {
            list.as_ref().filter(|list| list.len() > LIST).map(|list| list.iter().copied().collect())
        };
        if let Some(statements) = long(&self.statements) {
            proposals.retain(|proposal| statements.contains(&proposal.statement));
        }
        if let Some(targets) = long(&self.targets) {
            proposals.retain(|proposal| targets.contains(&proposal.target));
        }
    }
}

impl Work {
    /// Replaces all proposals of a crosswalk.
    ///
    /// # Errors
    /// [`StoreError::Reference`] when there is no such crosswalk; [`StoreError::Duplicate`] when a pair is given twice.
    pub async fn replace_proposals(&self, crosswalk: &Ctid, proposals: &[Proposal]) -> Result<()> {
        let mut ordered: Vec<&Proposal> = proposals.iter().collect();
        ordered.sort_by_key(|proposal| (proposal.target, proposal.statement));
        let pair = |proposal: &Proposal| (proposal.target, proposal.statement);
        if let Some(twice) = ordered.windows(2).find(|two| pair(two[0]) == pair(two[1])) {
            return Err(StoreError::Duplicate { kind: "proposal for course statement", ctid: twice[0].statement });
        }
        let key = value::text(crosswalk);
        let rows = ordered.into_iter().map(|proposal| values(&key, proposal)).collect::<Result<_>>()?;
        self.delete_in(&TABLE, "crosswalk", std::slice::from_ref(&key)).await?;
        self.insert(&TABLE, rows).await
    }

    /// The proposals that `filter` leaves, by blueprint statement's identifier, the most probable first, then by course
    /// statement's identifier.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn proposals(&self, crosswalk: &Ctid, filter: &ProposalFilter) -> Result<Vec<Proposal>> {
        let mut query = select(&TABLE);
        query.and_where(Expr::col("crosswalk").eq(value::text(crosswalk)));
        filter.restrict(&mut query);
        query.order_by("target", Order::Asc).order_by("probability", Order::Desc).order_by("statement", Order::Asc);
        let mut found = self.fetch(&TABLE, &query, read).await?;
        filter.sift(&mut found);
        Ok(found)
    }

    /// How many proposals a crosswalk has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn proposal_count(&self, crosswalk: &Ctid) -> Result<u64> {
        let query = count(&TABLE).and_where(Expr::col("crosswalk").eq(value::text(crosswalk))).to_owned();
        self.number(&query).await
    }

    /// Drops the proposals on statements that say something else now: their evidence speaks of words that are gone.
    pub(super) async fn drop_proposals(&self, column: &'static str, statements: &[Ctid]) -> Result<()> {
        for part in value::ctids(statements).chunks(500) {
            let mut crosswalks = Query::select();
            crosswalks.column("ce_ctid").from(crosswalk::TABLE.name);
            let mut delete = Query::delete();
            // The first condition always holds; with it, the key can be used.
            delete
                .from_table(TABLE.name)
                .and_where(Expr::col("crosswalk").in_subquery(crosswalks))
                .and_where(Expr::col(column).is_in(part.iter().cloned()));
            self.execute(&delete).await?;
        }
        Ok(())
    }
}
