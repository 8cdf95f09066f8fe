//! Programs with their courses.

use std::collections::BTreeMap;

use credway_model::{Ctid, Program};
use sea_orm::Value;
use sea_orm::sea_query::{NullOrdering, Order, SelectStatement};

use super::heads::Verdicts;
use crate::entities::{program, program_course};
use crate::work::{Work, select};
use crate::{Result, Stamp, Written, value};

impl Work {
    /// Writes a program with its list of courses.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Reference` when a course is not in the database.
    pub async fn put_program(&self, program: &Program, stamp: &Stamp) -> Result<Written> {
        let before: BTreeMap<Ctid, Program> =
            self.program(&program.ctid).await?.into_iter().map(|before| (before.ctid, before)).collect();
        let verdicts = Verdicts::new(&before, std::slice::from_ref(program))?;
        self.write_heads(&program::TABLE, &verdicts, program::values).await?;
        for (_, after) in verdicts.stale() {
            self.delete_in(&program_course::TABLE, "program", &[value::text(after.ctid)]).await?;
            let rows = after.courses.iter().enumerate();
            let rows = rows.map(|(position, one)| program_course::values(&after.ctid, position, one));
            self.insert(&program_course::TABLE, rows.collect::<Result<_>>()?).await?;
        }
        let written = self.conclude(&verdicts, stamp).await?;
        Ok(written[0])
    }

    /// All programs with their courses, by title, award, catalogue year.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn programs(&self) -> Result<Vec<Program>> {
        let query = select(&program::TABLE)
            .order_by("title", Order::Asc)
            .order_by_with_nulls("award", Order::Asc, NullOrdering::First)
            .order_by_with_nulls("catalogue_year", Order::Asc, NullOrdering::First)
            .order_by("ce_ctid", Order::Asc)
            .to_owned();
        let mut programs = self.fetch(&program::TABLE, &query, program::read).await?;
        self.add_courses(&mut programs).await?;
        Ok(programs)
    }

    /// The program with this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn program(&self, ctid: &Ctid) -> Result<Option<Program>> {
        let found = self.fetch_one(&program::TABLE, value::text(ctid), program::read).await?;
        let mut programs: Vec<Program> = found.into_iter().collect();
        self.add_courses(&mut programs).await?;
        Ok(programs.pop())
    }

    /// The programs people may mean by `words`: those whose identifier, title, or title and award it is, in any case.
    /// Several when it is not clear, none when nothing fits.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn find_program(&self, words: &str) -> Result<Vec<Program>> {
        let wanted = words.trim().to_lowercase();
        let mut programs = self.programs().await?;
        programs.retain(|program| {
            let award = program.award.as_ref().map(|award| format!("{} {award}", program.title));
            let names = [Some(program.ctid.to_string()), Some(program.title.to_string()), award];
            names.iter().flatten().any(|name| name.to_lowercase() == wanted)
        });
        Ok(programs)
    }

    async fn add_courses(&self, programs: &mut [Program]) -> Result<()> {
        let owners: Vec<Value> = programs.iter().map(|program| value::text(program.ctid)).collect();
        let refine = |query: &mut SelectStatement| {
            query.order_by("program", Order::Asc).order_by("position", Order::Asc);
        };
        let mut by_program: BTreeMap<Ctid, Vec<_>> = BTreeMap::new();
        let rows = self.fetch_in(&program_course::TABLE, "program", &owners, refine, program_course::read).await?;
        for (program, course) in rows {
            by_program.entry(program).or_default().push(course);
        }
        for program in programs {
            program.courses = by_program.remove(&program.ctid).unwrap_or_default();
        }
        Ok(())
    }
}
