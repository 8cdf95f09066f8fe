//! Sealing a history that was written before its lines were bound to one another: once, when a database or a backup of
//! an older Credway is brought up to date. From then on the chain shows every change; what was done before cannot be
//! shown by it.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::chain::{self, End};
use crate::entities::{change, revision};
use crate::work::select_all;
use crate::{Result, value};

/// Lines read at once.
const PAGE: u64 = 500;

/// Seals every line, in order; the last one binds the decisions so far.
pub(crate) async fn seal(connection: &impl ConnectionTrait, salt: fn() -> String) -> Result<()> {
    let last = chain::end(connection).await?.number;
    let mut end = End::default();
    let mut told: BTreeMap<String, i32> = BTreeMap::new();
    while end.number < last {
        let mut query = select_all(&change::TABLE);
        query.and_where(Expr::col("number").gt(end.number)).order_by("number", Order::Asc).limit(PAGE);
        let lines = connection.query_all(&query).await?;
        if lines.is_empty() {
            break;
        }
        for line in &lines {
            end = seal_line(connection, line, end, last, &mut told, salt()).await?;
        }
    }
    Ok(())
}

async fn seal_line(
    connection: &impl ConnectionTrait,
    row: &QueryResult,
    before: End,
    last: i64,
    told: &mut BTreeMap<String, i32>,
    salt: String,
) -> Result<End> {
    let number: i64 = row.try_get("", "number")?;
    let text = |column: &str| row.try_get::<String>("", column);
    let maybe = |column: &str| row.try_get::<Option<String>>("", column);
    let (at, person, kind) = (text("at")?, text("person")?, text("kind")?);
    let (subject_kind, subject) = (text("subject_kind")?, text("subject")?);
    let content = match kind.as_str() {
        "created" | "revised" => {
            let number = told.entry(subject.clone()).or_insert(0);
            *number += 1;
            revision_digest(connection, &subject, *number).await?
        }
        _ => None,
    };
    let (mut decided, mut through) = (None, 0);
    if number == last {
        through = chain::last_decision(connection).await?;
        decided = chain::decided(&connection.query_all(&chain::decisions_between(0, through)).await?, &salt)?;
    }
    let detail = chain::detail(&salt, &text("summary")?, maybe("reason")?.as_deref(), None);
    let line = chain::Line {
        number,
        at: &at,
        person: &person,
        kind: &kind,
        subject_kind: &subject_kind,
        subject: &subject,
        content: content.as_deref(),
    };
    let hash = chain::hash(&before.hash, &line, &detail, decided.as_deref(), through);
    let mut update = Query::update();
    update
        .table(change::TABLE.name)
        .value("content", value::maybe_text(content.as_ref()))
        .value("salt", value::text(salt))
        .value("detail", value::text(detail))
        .value("decided", value::maybe_text(decided.as_ref()))
        .value("through", through)
        .value("hash", value::text(&hash))
        .and_where(Expr::col("number").eq(number));
    connection.execute(&update).await?;
    Ok(End { number, through, hash })
}

async fn revision_digest(connection: &impl ConnectionTrait, subject: &str, number: i32) -> Result<Option<String>> {
    let mut query = Query::select();
    query
        .column("digest")
        .from(revision::TABLE.name)
        .and_where(Expr::col("subject").eq(subject))
        .and_where(Expr::col("number").eq(number));
    let row = connection.query_one(&query).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}
