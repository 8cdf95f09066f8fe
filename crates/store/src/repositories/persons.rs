//! Persons: a name is kept once, under an identifier that says nothing.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::Person;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::entities::person::TABLE;
use crate::table::{Kind, Table, Values};
use crate::work::{Work, count};
use crate::{Result, value};

impl Work {
    /// The identifier of each of these names; a name that is new is given the next one.
    pub(crate) async fn person_ids<'a>(
        &self,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<BTreeMap<String, String>> {
        let wanted: BTreeSet<&str> = names.collect();
        let mut ids = self.known_persons(&wanted).await?;
        let new: Vec<&str> = wanted.into_iter().filter(|name| !ids.contains_key(*name)).collect();
        if new.is_empty() {
            return Ok(ids);
        }
        let last = self.count(&TABLE).await?;
        let mut rows = Vec::with_capacity(new.len());
        for (id, name) in (last + 1..).zip(new) {
            rows.push(vec![value::text(id), value::text(name)]);
            ids.insert(name.to_owned(), id.to_string());
        }
        self.insert(&TABLE, rows).await?;
        Ok(ids)
    }

    async fn known_persons(&self, names: &BTreeSet<&str>) -> Result<BTreeMap<String, String>> {
        let mut ids = BTreeMap::new();
        for part in names.iter().map(value::text).collect::<Vec<_>>().chunks(500) {
            let mut query = Query::select();
            query.columns(["name", "id"]).from(TABLE.name).and_where(Expr::col("name").is_in(part.iter().cloned()));
            for row in self.rows(&query).await? {
                ids.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            }
        }
        Ok(ids)
    }

    /// Puts identifiers where rows name persons by their names.
    pub(crate) async fn identify(&self, table: &'static Table, rows: &mut [Values]) -> Result<()> {
        let columns: Vec<usize> =
            (0..table.columns.len()).filter(|index| table.columns[*index].kind == Kind::Person).collect();
        if columns.is_empty() {
            return Ok(());
        }
        let mut names = BTreeSet::new();
        for row in rows.iter() {
            names.extend(columns.iter().filter_map(|index| name_in(&row[*index])));
        }
        let ids = Box::pin(self.person_ids(names.iter().map(String::as_str))).await?;
        for row in rows {
            for index in &columns {
                if let Some(id) = name_in(&row[*index]).and_then(|name| ids.get(&name)) {
                    row[*index] = value::text(id);
                }
            }
        }
        Ok(())
    }

    /// The identifiers of these persons by their names: what stands for them where a name may be taken away later.
    /// Nobody is made known by asking.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn person_identifiers(&self, persons: &BTreeSet<Person>) -> Result<BTreeMap<Person, String>> {
        let names: BTreeSet<&str> = persons.iter().map(Person::name).collect();
        let known = self.known_persons(&names).await?;
        Ok(persons.iter().filter_map(|person| Some((person.clone(), known.get(person.name())?.clone()))).collect())
    }

    /// The names that go by these identifiers today.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn person_names(&self, ids: &BTreeSet<String>) -> Result<BTreeMap<String, String>> {
        let mut names = BTreeMap::new();
        for part in ids.iter().map(value::text).collect::<Vec<_>>().chunks(500) {
            let mut query = Query::select();
            query.columns(["id", "name"]).from(TABLE.name).and_where(Expr::col("id").is_in(part.iter().cloned()));
            for row in self.rows(&query).await? {
                names.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            }
        }
        Ok(names)
    }

    /// The names of everybody who is known, in order.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn all_person_names(&self) -> Result<BTreeSet<String>> {
        let mut query = Query::select();
        query.column("name").from(TABLE.name);
        let rows = self.rows(&query).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    /// Whether somebody of this name is known.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn knows_person(&self, person: &Person) -> Result<bool> {
        let known = count(&TABLE).and_where(Expr::col("name").eq(value::text(person.name()))).to_owned();
        Ok(self.number(&known).await? > 0)
    }

    /// Gives a person another name, everywhere and from the beginning. Whether the new name is free is the caller's to
    /// know; the database refuses one that is taken.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn rename_person(&self, from: &Person, to: &Person) -> Result<()> {
        let mut update = Query::update();
        update
            .table(TABLE.name)
            .value("name", value::text(to.name()))
            .and_where(Expr::col("name").eq(value::text(from.name())));
        self.execute(&update).await.map(drop)
    }

    /// The identifier under which a person's doings are kept, if they have any.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn person_id(&self, person: &Person) -> Result<Option<String>> {
        Ok(self.known_persons(&BTreeSet::from([person.name()])).await?.remove(person.name()))
    }
}

fn name_in(value: &sea_orm::Value) -> Option<String> {
    match value {
        sea_orm::Value::String(Some(name)) => Some(name.clone()),
        _ => None,
    }
}
