//! The history and the revisions.

use credway_model::{Change, ChangeKind, Ctid, Person, Revision};
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use crate::entities::{change, revision};
use crate::work::{Work, capped, is_person, select};
use crate::{Result, value};

/// Which lines of the history are wanted; what is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Only about this thing.
    pub subject: Option<Ctid>,
    /// Only by this person.
    pub person: Option<Person>,
    /// Only of this kind.
    pub kind: Option<ChangeKind>,
    /// Only lines with a lower number: the way to the next page.
    pub before: Option<u64>,
    /// At most so many.
    pub limit: Option<u64>,
}

impl Work {
    /// Adds a line to the history. The moment is kept to the microsecond.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn append_change(&self, change: &Change) -> Result<()> {
        self.append_changes(std::slice::from_ref(change)).await
    }

    /// The lines of the history that `filter` leaves, each with its number, newest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn changes(&self, filter: &ChangeFilter) -> Result<Vec<(u64, Change)>> {
        let mut query = select(&change::TABLE);
        if let Some(subject) = &filter.subject {
            query.and_where(Expr::col("subject").eq(value::text(subject)));
        }
        if let Some(person) = &filter.person {
            query.and_where(is_person("person", person.name()));
        }
        if let Some(kind) = filter.kind {
            query.and_where(Expr::col("kind").eq(value::text(kind.word())));
        }
        if let Some(before) = filter.before {
            query.and_where(Expr::col("number").lt(i64::try_from(before).unwrap_or(i64::MAX)));
        }
        query.order_by("number", Order::Desc);
        if let Some(limit) = filter.limit {
            query.limit(capped(limit));
        }
        self.fetch(&change::TABLE, &query, |row| {
            let (number, change) = change::read(row)?;
            Ok((u64::try_from(number).map_err(|error| row.wrong(error))?, change))
        })
        .await
    }

    /// All revisions of a thing, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn revisions(&self, subject: &Ctid) -> Result<Vec<Revision>> {
        let query = select(&revision::TABLE)
            .and_where(Expr::col("subject").eq(value::text(subject)))
            .order_by("number", Order::Asc)
            .to_owned();
        self.fetch(&revision::TABLE, &query, revision::read).await
    }

    /// One revision of a thing.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn revision(&self, subject: &Ctid, number: u32) -> Result<Option<Revision>> {
        let query = select(&revision::TABLE)
            .and_where(Expr::col("subject").eq(value::text(subject)))
            .and_where(Expr::col("number").eq(i64::from(number)))
            .to_owned();
        Ok(self.fetch(&revision::TABLE, &query, revision::read).await?.pop())
    }
}
