//! What people are told, and who wants it by mail.

use credway_model::{AccountId, Ctid, Mailed, Notification, NotificationKind};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::entities::collaboration::{
    NOTIFICATION, NOTIFICATION_WISH, SENDING, mailed_value, notification_values, read_notification,
};
use crate::work::{Work, capped, count, select};
use crate::{Result, value};

impl Work {
    /// Writes a notification; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_notification(&self, notification: &Notification) -> Result<()> {
        self.upsert(&NOTIFICATION, vec![notification_values(notification)?]).await
    }

    /// What an account was told, newest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn notifications(&self, account: AccountId, limit: u64) -> Result<Vec<Notification>> {
        let query = select(&NOTIFICATION)
            .and_where(Expr::col("account").eq(value::text(account)))
            .order_by("at", Order::Desc)
            .order_by("id", Order::Asc)
            .limit(capped(limit))
            .to_owned();
        self.fetch(&NOTIFICATION, &query, read_notification).await
    }

    /// How much of what an account was told it has not read.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn unread_notifications(&self, account: AccountId) -> Result<u64> {
        let mut query = count(&NOTIFICATION);
        query.and_where(Expr::col("account").eq(value::text(account))).and_where(Expr::col("read").is_null());
        self.number(&query).await
    }

    /// Marks what an account was told as read: one thing, or all of it. Answers how many were marked.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn mark_read(&self, account: AccountId, id: Option<&Ctid>, at: Timestamp) -> Result<u64> {
        let mut update = Query::update();
        update
            .table(NOTIFICATION.name)
            .value("read", value::moment(at))
            .and_where(Expr::col("account").eq(value::text(account)))
            .and_where(Expr::col("read").is_null());
        if let Some(id) = id {
            update.and_where(Expr::col("id").eq(value::text(id)));
        }
        Ok(self.execute(&update).await?.rows_affected())
    }

    /// What waits to be sent by mail, oldest first; and what was being sent before `lost` and was not heard of since.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn waiting_mail(&self, lost: Timestamp, limit: u64) -> Result<Vec<Notification>> {
        let sending = Expr::col("mailed").like(format!("{SENDING}%"));
        let lost = sending.and(Expr::col("mailed").lt(mailed_value(&Mailed::Sending(lost))?));
        let query = select(&NOTIFICATION)
            .and_where(Expr::col("mailed").eq(mailed_value(&Mailed::Waiting)?).or(lost))
            .order_by("at", Order::Asc)
            .order_by("id", Order::Asc)
            .limit(capped(limit))
            .to_owned();
        self.fetch(&NOTIFICATION, &query, read_notification).await
    }

    /// Takes a notification to be sent from this moment, if it still stands with the post as it was read. Answers whether
    /// it did: of two servers that take it, one does not get it.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn claim_mail(&self, read: &Notification, at: Timestamp) -> Result<bool> {
        let mut update = Query::update();
        update
            .table(NOTIFICATION.name)
            .value("mailed", mailed_value(&Mailed::Sending(at))?)
            .and_where(Expr::col("id").eq(value::text(read.id)))
            .and_where(Expr::col("mailed").eq(mailed_value(&read.mailed)?));
        Ok(self.execute(&update).await?.rows_affected() == 1)
    }

    /// Notes how a notification stands with the post, and nothing else of it.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn note_mailed(&self, id: &Ctid, mailed: Mailed, tries: u32) -> Result<()> {
        let mut update = Query::update();
        update
            .table(NOTIFICATION.name)
            .value("mailed", mailed_value(&mailed)?)
            .value("tries", crate::table::position(tries as usize)?)
            .and_where(Expr::col("id").eq(value::text(id)));
        self.execute(&update).await.map(drop)
    }

    /// The kinds of notifications that an account wants by mail too.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn mail_wishes(&self, account: AccountId) -> Result<Vec<NotificationKind>> {
        let query = select(&NOTIFICATION_WISH)
            .and_where(Expr::col("account").eq(value::text(account)))
            .order_by("kind", Order::Asc)
            .to_owned();
        self.fetch(&NOTIFICATION_WISH, &query, |row| {
            row.skip();
            row.word()
        })
        .await
    }

    /// Puts other wishes in the place of those an account has.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn replace_mail_wishes(&self, account: AccountId, kinds: &[NotificationKind]) -> Result<()> {
        self.delete_in(&NOTIFICATION_WISH, "account", &[value::text(account)]).await?;
        let rows =
            kinds.iter().map(|kind| Ok(vec![value::text(account), value::word(kind)?])).collect::<Result<_>>()?;
        self.insert(&NOTIFICATION_WISH, rows).await
    }
}
