//! Comments with their earlier wordings.

use credway_model::{Comment, CommentSubject, CommentText, Ctid};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use crate::entities::collaboration::{COMMENT, COMMENT_REVISION, comment_values, read_comment, read_wording};
use crate::work::{Work, count, select};
use crate::{Result, value};

impl Work {
    /// Writes a comment; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_comment(&self, comment: &Comment) -> Result<()> {
        self.upsert(&COMMENT, vec![comment_values(comment)]).await
    }

    /// The comment of this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn comment(&self, id: &Ctid) -> Result<Option<Comment>> {
        self.fetch_one(&COMMENT, value::text(id), read_comment).await
    }

    /// The comments on a row, oldest first, the withdrawn ones without their texts.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn comments(&self, subject: &CommentSubject) -> Result<Vec<Comment>> {
        let query = select(&COMMENT)
            .and_where(Expr::col("subject").eq(value::text(subject)))
            .order_by("at", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        self.fetch(&COMMENT, &query, read_comment).await
    }

    /// The comments on everything of a kind within one thing: on all pairs of a crosswalk, on all outcomes of a course.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn comments_within(&self, kind: &str, within: &Ctid) -> Result<Vec<Comment>> {
        let query = select(&COMMENT)
            .and_where(Expr::col("subject").like(format!("{kind}.{within}.%")))
            .order_by("at", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        self.fetch(&COMMENT, &query, read_comment).await
    }

    /// Keeps what a comment said until now.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn keep_wording(&self, comment: &Ctid, until: Timestamp, text: &CommentText) -> Result<()> {
        let mut query = count(&COMMENT_REVISION);
        query.and_where(Expr::col("comment").eq(value::text(comment)));
        let number = crate::table::position(usize::try_from(self.number(&query).await?).unwrap_or(usize::MAX) + 1)?;
        let row = vec![value::text(comment), number, value::moment(until), value::text(text)];
        self.insert(&COMMENT_REVISION, vec![row]).await
    }

    /// What a comment said before, oldest first, each with until when it said so.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn wordings(&self, comment: &Ctid) -> Result<Vec<(Timestamp, CommentText)>> {
        let query = select(&COMMENT_REVISION)
            .and_where(Expr::col("comment").eq(value::text(comment)))
            .order_by("number", Order::Asc)
            .to_owned();
        self.fetch(&COMMENT_REVISION, &query, read_wording).await
    }

    /// Takes away what a comment said before.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn forget_wordings(&self, comment: &Ctid) -> Result<()> {
        self.delete_in(&COMMENT_REVISION, "comment", &[value::text(comment)]).await
    }
}
