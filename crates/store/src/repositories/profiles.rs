//! Mapping profiles and settings: small named texts.

use sea_orm::sea_query::Order;

use crate::entities::{profile, setting};
use crate::reader::Reader;
use crate::work::{Work, select};
use crate::{Result, Written, value};

/// A saved mapping of a file's columns to fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name; there is one of each name.
    pub name: String,
    /// What kind of file it is for.
    pub kind: String,
    /// The mapping as JSON, as the importer wrote it.
    pub content: String,
}

fn read_profile(row: &mut Reader<'_>) -> Result<Profile> {
    Ok(Profile { name: row.get()?, kind: row.get()?, content: row.get()? })
}

fn read_setting(row: &mut Reader<'_>) -> Result<String> {
    row.skip();
    row.get()
}

impl Work {
    /// Saves a mapping profile; one of the same name is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_profile(&self, name: &str, kind: &str, json: &str) -> Result<Written> {
        let profile = Profile { name: name.to_owned(), kind: kind.to_owned(), content: json.to_owned() };
        let written = match self.profile(name).await? {
            None => Written::Created,
            Some(kept) if kept == profile => return Ok(Written::Unchanged),
            Some(_) => Written::Revised,
        };
        self.upsert(&profile::TABLE, vec![vec![value::text(name), value::text(kind), value::text(json)]]).await?;
        Ok(written)
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn profile(&self, name: &str) -> Result<Option<Profile>> {
        self.fetch_one(&profile::TABLE, value::text(name), read_profile).await
    }

    /// All profiles, by name.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn profiles(&self) -> Result<Vec<Profile>> {
        let query = select(&profile::TABLE).order_by("name", Order::Asc).to_owned();
        self.fetch(&profile::TABLE, &query, read_profile).await
    }

    /// The setting of this name; the institution's own namespace is the setting `namespace`.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        self.fetch_one(&setting::TABLE, value::text(name), read_setting).await
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_setting(&self, name: &str, content: &str) -> Result<Written> {
        let written = match self.setting(name).await? {
            None => Written::Created,
            Some(kept) if kept == content => return Ok(Written::Unchanged),
            Some(_) => Written::Revised,
        };
        self.upsert(&setting::TABLE, vec![vec![value::text(name), value::text(content)]]).await?;
        Ok(written)
    }
}
