//! The files of an SQLite database, for those who write or remove files beside it.

use std::path::{Path, PathBuf};

use crate::address::Address;
use crate::{Result, Store};

impl Store {
    /// Whether `path` is the database's own file, its log or its index of the log, under whatever name: what is written
    /// there would destroy the database. The log need not be there yet.
    #[must_use]
    pub fn owns(&self, path: &Path) -> bool {
        let Address::File(file) = &self.address else { return false };
        own_files(file).iter().any(|own| is_same(own, path))
    }

    /// Closes the database and removes its files, if it was made by opening it and still holds nothing.
    ///
    /// # Errors
    /// [`StoreError::Database`](crate::StoreError::Database).
    pub async fn discard(self) -> Result<()> {
        let (made, address) = (self.made && self.read().await?.must_be_empty().await.is_ok(), self.address.clone());
        self.close().await?;
        if let (Address::File(file), true) = (address, made) {
            for own in own_files(&file) {
                // One that is not there needs no removal; one that cannot be removed does no harm.
                drop(std::fs::remove_file(own));
            }
        }
        Ok(())
    }
}

/// The database's file, its log, and the index of the log.
fn own_files(file: &str) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{file}{ending}")))
}

/// The log or journal beside a file, where there is one with something in it: a program was stopped, or has it open.
pub(crate) fn left_behind(file: &str) -> Option<String> {
    let there = |path: &String| std::fs::metadata(path).is_ok_and(|found| found.len() > 0);
    ["-wal", "-journal"].map(|ending| format!("{file}{ending}")).into_iter().find(there)
}

/// Whether both names lead to the same file, or would if it were there.
fn is_same(one: &Path, other: &Path) -> bool {
    let same_place = matches!((place(one), place(other)), (Some(one), Some(other)) if one == other);
    same_place || is_same_file(one, other)
}

/// Where the file is or would be, with no link on the way.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(found) = path.canonicalize() {
        return Some(found);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

/// Whether both are there and are one file under two names.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &Path| std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    number(one).is_some() && number(one) == number(other)
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_database_knows_its_own_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let store = Store::open(&format!("sqlite:{}", path("a.db").display())).await.unwrap();
        std::fs::write(path("other.db"), "").unwrap();
        std::fs::create_dir(path("in")).unwrap();
        for own in ["a.db", "a.db-wal", "a.db-shm", "in/../a.db"] {
            assert!(store.owns(&path(own)), "{own}");
        }
        for other in ["other.db", "a.db-backup", "in/a.db", "missing/a.db"] {
            assert!(!store.owns(&path(other)), "{other}");
        }
        #[cfg(unix)]
        {
            std::fs::hard_link(path("a.db"), path("hard.db")).unwrap();
            std::os::unix::fs::symlink(path("a.db"), path("soft.db")).unwrap();
            assert!(store.owns(&path("hard.db")) && store.owns(&path("soft.db")));
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn only_what_was_made_and_is_empty_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db");
        let url = format!("sqlite:{}", file.display());
        Store::open(&url).await.unwrap().discard().await.unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        Store::open(&url).await.unwrap().close().await.unwrap();
        Store::open(&url).await.unwrap().discard().await.unwrap();
        assert!(file.exists(), "it was there before");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_closed_database_is_whole_in_its_file_though_another_has_it_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let url = format!("sqlite:{}", path("a.db").display());
        let other = Store::open(&url).await.unwrap();
        let store = Store::open(&url).await.unwrap();
        let work = store.write().await.unwrap();
        work.put_setting("a", "b").await.unwrap();
        work.commit().await.unwrap();
        store.close().await.unwrap();
        std::fs::copy(path("a.db"), path("copy.db")).unwrap();
        let copy = Store::open_existing(&format!("sqlite:{}", path("copy.db").display())).await.unwrap();
        let setting = copy.read().await.unwrap().setting("a").await.unwrap();
        assert_eq!(setting.as_deref(), Some("b"));
        other.close().await.unwrap();
    }
}
