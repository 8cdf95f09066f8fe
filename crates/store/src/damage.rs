//! Damage inside the rows: values that cannot be read, revisions and objectives that belong to nothing.

use sea_orm::sea_query::{Expr, ExprTrait};

use crate::entities::{
    TABLES, blueprint, blueprint_item, change, competency, course, credential, crosswalk, decision, finding, framework,
    organization, outcome, program, program_course, proposal, revision, signoff, source,
};
use crate::reader::Reader;
use crate::table::Table;
use crate::work::{Work, count, select};
use crate::{Result, archive};

/// Rows of a table that are named one by one.
const NAMED: usize = 20;

type Check = fn(&mut Reader<'_>) -> Result<()>;

/// How the rows of each table are read.
const READ: [(&Table, Check); 21] = [
    (&source::TABLE, |row| source::read(row).map(drop)),
    (&organization::TABLE, |row| organization::read(row).map(drop)),
    (&credential::TABLE, |row| credential::read(row).map(drop)),
    (&framework::TABLE, |row| framework::read(row).map(drop)),
    (&competency::TABLE, |row| competency::read(row).map(drop)),
    (&blueprint::TABLE, |row| blueprint::read(row).map(drop)),
    (&blueprint_item::TABLE, |row| blueprint_item::read(row).map(drop)),
    (&course::TABLE, |row| course::read(row).map(drop)),
    (&outcome::TABLE, |row| outcome::read(row).map(drop)),
    (&program::TABLE, |row| program::read(row).map(drop)),
    (&program_course::TABLE, |row| program_course::read(row).map(drop)),
    (&crosswalk::TABLE, |row| crosswalk::read(row).map(drop)),
    (&proposal::TABLE, |row| proposal::read(row).map(drop)),
    (&decision::TABLE, |row| decision::read(row).map(drop)),
    (&change::TABLE, |row| change::read(row).map(drop)),
    (&revision::TABLE, |row| revision::read(row).map(drop)),
    (&finding::TABLE, |row| finding::read(row).map(drop)),
    (&crate::entities::profile::TABLE, profile),
    (&signoff::SIGNOFF, |row| signoff::read_signoff(row).map(drop)),
    (&signoff::ENTRY, |row| signoff::read_entry(row).map(drop)),
    (&signoff::DELEGATION, |row| signoff::read_delegation(row).map(drop)),
];

/// A profile's content is JSON of the layers above; here only that it is JSON.
fn profile(row: &mut Reader<'_>) -> Result<()> {
    row.skip();
    row.skip();
    row.json::<serde_json::Value>().map(drop)
}

impl Work {
    /// Every row whose values cannot be read, by its table and key.
    pub(crate) async fn unreadable(&self, problems: &mut Vec<String>) -> Result<()> {
        for (table, read) in READ {
            let mut found = 0;
            let mut pages = archive::Pages::new(table);
            while let Some(rows) = pages.next(self).await? {
                for row in &rows {
                    let Err(error) = read(&mut Reader::new(row, table)) else { continue };
                    found += 1;
                    if found <= NAMED {
                        problems.push(format!(
                            "The row {} of {} cannot be read: {error}.",
                            key(row, table)?,
                            table.name
                        ));
                    }
                }
            }
            if found > NAMED {
                problems.push(format!("{} more rows of {} cannot be read.", found - NAMED, table.name));
            }
        }
        Ok(())
    }

    /// Revisions of things that are not there, and objectives below nothing.
    pub(crate) async fn orphans(&self, problems: &mut Vec<String>) -> Result<()> {
        let mut lost = count(&revision::TABLE);
        for table in TABLES.into_iter().filter(|table| table.columns[0].name == "ce_ctid") {
            let there = sea_orm::sea_query::Query::select().column("ce_ctid").from(table.name).to_owned();
            lost.and_where(Expr::col("subject").not_in_subquery(there));
        }
        let rows = self.number(&lost).await?;
        if rows > 0 {
            problems.push(format!("{rows} revisions are of things that are not there."));
        }
        let there = select(&blueprint_item::TABLE).clear_selects().column("ce_ctid").to_owned();
        let mut lost = count(&blueprint_item::TABLE);
        lost.and_where(Expr::col("parent").is_not_null()).and_where(Expr::col("parent").not_in_subquery(there));
        let rows = self.number(&lost).await?;
        if rows > 0 {
            problems.push(format!("{rows} rows of blueprint_item stand below an objective that is not there."));
        }
        Ok(())
    }
}

/// The key of a row, for people.
fn key(row: &sea_orm::QueryResult, table: &'static Table) -> Result<String> {
    let mut parts = Vec::new();
    for index in 0..table.keys {
        let part = match table.columns[index].kind {
            crate::table::Kind::Long => row.try_get_by_index::<i64>(index)?.to_string(),
            crate::table::Kind::Whole => row.try_get_by_index::<i32>(index)?.to_string(),
            _ => row.try_get_by_index::<String>(index)?,
        };
        parts.push(part);
    }
    Ok(parts.join(", "))
}
