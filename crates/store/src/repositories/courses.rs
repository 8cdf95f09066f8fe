//! Courses with their outcomes.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{CatalogueYear, Course, CourseCode, Ctid, Outcome, Text};
use sea_orm::Value;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, NullOrdering, Order, Query, SelectStatement};

use super::children::Family;
use super::heads::Verdicts;
use crate::entities::{course, outcome, program_course};
use crate::work::{Work, capped, count, select};
use crate::{Result, Stamp, Written, value};

const OUTCOMES: Family =
    Family { table: &outcome::TABLE, kind: "outcome", owner: "course", referred_as: Some("statement") };

/// Which courses are wanted; what is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourseFilter {
    /// Only courses of this program.
    pub program: Option<Ctid>,
    /// Only courses of this organization.
    pub organization: Option<Ctid>,
    /// Only courses of this catalogue.
    pub catalogue_year: Option<CatalogueYear>,
    /// Only courses with one of these codes; an empty list matches none.
    pub codes: Option<Vec<CourseCode>>,
    /// Only courses in whose code, title or description every one of these words occurs, in any case.
    pub search: Option<String>,
    /// Only courses of one of these organizations or programs.
    pub within: Option<Within>,
    /// At most so many.
    pub limit: Option<u64>,
    /// Without so many at the beginning.
    pub offset: Option<u64>,
}

/// Organizations and programs, courses of any of which are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// The organizations.
    pub organizations: BTreeSet<Ctid>,
    /// The programs.
    pub programs: BTreeSet<Ctid>,
}

impl Within {
    fn condition(&self) -> Expr {
        let mut courses = Query::select();
        courses
            .column("course")
            .from(program_course::TABLE.name)
            .and_where(Expr::col("program").is_in(self.programs.iter().map(value::text)));
        let organizations = self.organizations.iter().map(value::text);
        Expr::col("organization").is_in(organizations).or(Expr::col("ce_ctid").in_subquery(courses))
    }
}

impl CourseFilter {
    fn restrict(&self, query: &mut SelectStatement) {
        if let Some(program) = &self.program {
            let mut courses = Query::select();
            courses
                .column("course")
                .from(program_course::TABLE.name)
                .and_where(Expr::col("program").eq(value::text(program)));
            query.and_where(Expr::col("ce_ctid").in_subquery(courses));
        }
        if let Some(organization) = &self.organization {
            query.and_where(Expr::col("organization").eq(value::text(organization)));
        }
        if let Some(year) = &self.catalogue_year {
            query.and_where(Expr::col("catalogue_year").eq(value::text(&year.0)));
        }
        if let Some(codes) = &self.codes {
            let codes: BTreeSet<&CourseCode> = codes.iter().collect();
            query.and_where(Expr::col("code").is_in(codes.into_iter().map(value::text)));
        }
        if let Some(within) = &self.within {
            query.and_where(within.condition());
        }
        for word in self.search.iter().flat_map(|search| search.split_whitespace()) {
            query.and_where(Expr::col("search").like(LikeExpr::new(pattern(word)).escape('!')));
        }
    }
}

/// A pattern that matches texts in which `word` occurs literally.
fn pattern(word: &str) -> String {
    format!("%{}%", literally(&word.to_lowercase()))
}

/// The words with every sign escaped that a pattern would read otherwise. NUL occurs in no text we keep.
fn literally(words: &str) -> String {
    let mut literal = String::new();
    for letter in words.chars().map(|letter| if letter == '\0' { '\u{fffd}' } else { letter }) {
        if matches!(letter, '%' | '_' | '!') {
            literal.push('!');
        }
        literal.push(letter);
    }
    literal
}

/// The statements of a course, itself included, that both states have and that say something else in the later one.
fn reworded_statements(before: &Course, after: &Course) -> Vec<Ctid> {
    let itself = (&before.title, &before.description) != (&after.title, &after.description);
    let words: BTreeMap<Ctid, &Text> =
        before.outcomes.iter().map(|outcome| (outcome.ctid, &outcome.statement)).collect();
    let other = |outcome: &&Outcome| words.get(&outcome.ctid).is_some_and(|earlier| **earlier != outcome.statement);
    let outcomes = after.outcomes.iter().filter(other);
    itself.then_some(after.ctid).into_iter().chain(outcomes.map(|outcome| outcome.ctid)).collect()
}

impl Work {
    /// Writes courses with their outcomes; says of each what was done, in their order. Outcomes that a course no longer
    /// has are removed; those that a decision or proposal refers to are retired instead.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Duplicate` when a course or outcome is given twice, `Taken` when an outcome's
    /// identifier belongs to another course.
    pub async fn put_courses(&self, courses: &[Course], stamp: &Stamp) -> Result<Vec<Written>> {
        let mut before = self.present(&course::TABLE, courses, course::read).await?;
        self.add_outcomes(&mut before).await?;
        let verdicts = Verdicts::new(&before, courses)?;
        self.write_heads(&course::TABLE, &verdicts, course::values).await?;
        let (mut old, mut new, mut rows) = (BTreeSet::new(), Vec::new(), Vec::new());
        let mut reworded = Vec::new();
        for (before, after) in verdicts.stale() {
            reworded.extend(before.into_iter().flat_map(|before| reworded_statements(before, after)));
            old.extend(before.into_iter().flat_map(|course| &course.outcomes).map(|outcome| outcome.ctid));
            for (position, outcome) in after.outcomes.iter().enumerate() {
                new.push(outcome.ctid);
                rows.push(outcome::values(&after.ctid, position, outcome)?);
            }
        }
        self.write_children(&OUTCOMES, &old, &new, rows).await?;
        self.drop_proposals("statement", &reworded).await?;
        self.conclude(&verdicts, stamp).await
    }

    /// The courses that `filter` leaves, by code, catalogue year and identifier; those whose code begins with the words
    /// searched for come first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn courses(&self, filter: &CourseFilter) -> Result<Vec<Course>> {
        let mut query = select(&course::TABLE);
        filter.restrict(&mut query);
        if let Some(search) = &filter.search {
            let words = search.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
            let begins = Expr::col("code").like(LikeExpr::new(format!("{}%", literally(&words))).escape('!'));
            query.order_by_expr(Expr::case(begins, 0).finally(1).into(), Order::Asc);
        }
        query
            .order_by("code", Order::Asc)
            .order_by_with_nulls("catalogue_year", Order::Asc, NullOrdering::First)
            .order_by("ce_ctid", Order::Asc);
        if filter.limit.is_some() || filter.offset.is_some() {
            // SQLite takes an offset only after a limit.
            query.limit(capped(filter.limit.unwrap_or(u64::MAX))).offset(capped(filter.offset.unwrap_or_default()));
        }
        let found = self.fetch(&course::TABLE, &query, course::read).await?;
        let order: Vec<Ctid> = found.iter().map(|course| course.ctid).collect();
        let mut courses: BTreeMap<Ctid, Course> = found.into_iter().map(|course| (course.ctid, course)).collect();
        self.add_outcomes(&mut courses).await?;
        Ok(order.iter().filter_map(|ctid| courses.remove(ctid)).collect())
    }

    /// The course with this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn course(&self, ctid: &Ctid) -> Result<Option<Course>> {
        let found = self.fetch_one(&course::TABLE, value::text(ctid), course::read).await?;
        let mut courses: BTreeMap<Ctid, Course> = found.into_iter().map(|course| (course.ctid, course)).collect();
        self.add_outcomes(&mut courses).await?;
        Ok(courses.remove(ctid))
    }

    /// How many courses there are.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn course_count(&self) -> Result<u64> {
        self.count(&course::TABLE).await
    }

    /// How many courses `filter` leaves, its limit and offset aside.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn count_courses(&self, filter: &CourseFilter) -> Result<u64> {
        let mut query = count(&course::TABLE);
        filter.restrict(&mut query);
        self.number(&query).await
    }

    /// Puts the outcomes that are not retired on their courses.
    async fn add_outcomes(&self, courses: &mut BTreeMap<Ctid, Course>) -> Result<()> {
        let owners: Vec<Value> = courses.keys().map(value::text).collect();
        let refine = |query: &mut SelectStatement| {
            query
                .and_where(Expr::col("retired").eq(false))
                .order_by("course", Order::Asc)
                .order_by("position", Order::Asc);
        };
        for (owner, outcome) in self.fetch_in(&outcome::TABLE, "course", &owners, refine, outcome::read).await? {
            if let Some(course) = courses.get_mut(&owner) {
                course.outcomes.push(outcome);
            }
        }
        Ok(())
    }
}
