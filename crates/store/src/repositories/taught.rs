//! What a program teaches and what is proposed for a crosswalk, in brief: enough to count, without reading a word.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Probability, Text};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::entities::{course, outcome, program_course, proposal};
use crate::reader::Reader;
use crate::work::Work;
use crate::{Result, value};

/// A course statement in brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaughtHead {
    /// The outcome or topic, or the course itself where it has neither.
    pub statement: Ctid,
    /// Its course.
    pub course: Ctid,
    /// Whether an assessment is named for it.
    pub assessed: bool,
}

/// Pairs of course statement and blueprint statement, with whether the engine suggests them.
pub type ProposedPairs = BTreeMap<(Ctid, Ctid), bool>;

impl Work {
    /// The statements of a program's courses that are not retired, by course's identifier and position.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn taught(&self, program: &Ctid) -> Result<Vec<TaughtHead>> {
        let mut courses = Query::select();
        courses
            .column("course")
            .from(program_course::TABLE.name)
            .and_where(Expr::col("program").eq(value::text(program)));
        let mut query = Query::select();
        query
            .columns(["ce_ctid", "course"])
            .expr(Expr::col("assessed_by").is_not_null())
            .from(outcome::TABLE.name)
            .and_where(Expr::col("retired").eq(false))
            .and_where(Expr::col("course").in_subquery(courses.clone()))
            .order_by("course", Order::Asc)
            .order_by("position", Order::Asc);
        let mut taught = Vec::new();
        for row in self.rows(&query).await? {
            let mut row = Reader::new(&row, &outcome::TABLE);
            taught.push(TaughtHead { statement: row.parse()?, course: row.parse()?, assessed: row.get()? });
        }
        let with_statements: BTreeSet<Ctid> = taught.iter().map(|head| head.course).collect();
        for row in self.rows(&courses).await? {
            let course = Reader::new(&row, &program_course::TABLE).parse()?;
            if !with_statements.contains(&course) {
                taught.push(TaughtHead { statement: course, course, assessed: false });
            }
        }
        taught.sort_by_key(|head| head.course);
        Ok(taught)
    }

    /// The words of these course statements, as far as they are there and not retired; a course stands for itself by its
    /// description or, failing that, its title.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn statement_words(&self, statements: &[Ctid]) -> Result<BTreeMap<Ctid, Text>> {
        let wanted = value::ctids(statements);
        let mut words = BTreeMap::new();
        for part in wanted.chunks(500) {
            let mut outcomes = Query::select();
            outcomes
                .columns(["ce_ctid", "statement"])
                .from(outcome::TABLE.name)
                .and_where(Expr::col("retired").eq(false))
                .and_where(Expr::col("ce_ctid").is_in(part.iter().cloned()));
            let mut courses = Query::select();
            courses
                .column("ce_ctid")
                .expr(Expr::col("description").if_null(Expr::col("title")))
                .from(course::TABLE.name)
                .and_where(Expr::col("ce_ctid").is_in(part.iter().cloned()));
            for (table, query) in [(&outcome::TABLE, outcomes), (&course::TABLE, courses)] {
                for row in self.rows(&query).await? {
                    let mut row = Reader::new(&row, table);
                    words.insert(row.parse()?, row.take()?);
                }
            }
        }
        Ok(words)
    }

    /// The pairs of course statement and blueprint statement that the engine proposes for a crosswalk, and whether it
    /// suggests them; all of them, or only those it suggests.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn proposed_pairs(&self, crosswalk: &Ctid, suggested_only: bool) -> Result<ProposedPairs> {
        let mut query = Query::select();
        query
            .columns(["statement", "target", "suggested"])
            .from(proposal::TABLE.name)
            .and_where(Expr::col("crosswalk").eq(value::text(crosswalk)));
        if suggested_only {
            query.and_where(Expr::col("suggested").eq(true));
        }
        let mut pairs = ProposedPairs::new();
        for row in self.rows(&query).await? {
            let mut row = Reader::new(&row, &proposal::TABLE);
            pairs.insert((row.parse()?, row.parse()?), row.get()?);
        }
        Ok(pairs)
    }

    /// What the engine thinks of every pair it proposes for a crosswalk.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn proposed_probabilities(&self, crosswalk: &Ctid) -> Result<BTreeMap<(Ctid, Ctid), Probability>> {
        let mut query = Query::select();
        query
            .columns(["statement", "target", "probability"])
            .from(proposal::TABLE.name)
            .and_where(Expr::col("crosswalk").eq(value::text(crosswalk)));
        let mut pairs = BTreeMap::new();
        for row in self.rows(&query).await? {
            let mut row = Reader::new(&row, &proposal::TABLE);
            pairs.insert((row.parse()?, row.parse()?), proposal::probability(&mut row)?);
        }
        Ok(pairs)
    }
}
