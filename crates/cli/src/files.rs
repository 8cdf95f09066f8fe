//! Files named on the command line.

use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use credway_workflow::{SourceFile, Workbench};

/// Reads a file to import.
pub(crate) fn source(path: &Path) -> anyhow::Result<SourceFile> {
    let bytes = std::fs::read(path).map_err(|error| why(path, &error))?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(SourceFile::new(name, bytes))
}

/// The files named, and in the place of a folder the CSV files in it and below, by their names. Links are not followed.
pub(crate) fn tables(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let (mut found, mut folders) = (Vec::new(), vec![path.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).map_err(|error| why(&folder, &error))? {
                let entry = entry.map_err(|error| why(&folder, &error))?;
                let kind = entry.file_type().map_err(|error| why(&entry.path(), &error))?;
                let is_table = entry.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() && is_table {
                    found.push(entry.path());
                }
            }
        }
        if found.is_empty() {
            bail!("there are no CSV files in {}", path.display());
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

/// Reads a text.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).map_err(|error| why(path, &error))
}

/// Opens a file to read it piece by piece.
pub(crate) fn open(path: &Path) -> anyhow::Result<std::fs::File> {
    std::fs::File::open(path).map_err(|error| why(path, &error))
}

/// Why a file cannot be read, in words.
fn why(path: &Path, error: &std::io::Error) -> anyhow::Error {
    let name = path.display();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("there is no file {name}"),
        ErrorKind::IsADirectory => anyhow!("{name} is a folder; name the files in it"),
        ErrorKind::PermissionDenied => anyhow!("{name} may not be read by you"),
        _ => anyhow!("could not read {name}: {error}"),
    }
}

/// Who may read a file that is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may read the files this person makes.
    AsUsual,
}

/// Refuses a target that is the open database itself, or any SQLite database: the wrong file was named.
pub(crate) fn may_be_written(workbench: &Workbench, path: &Path) -> anyhow::Result<()> {
    let name = path.display();
    if workbench.owns_file(path) {
        bail!("{name} is the database itself and is not written over; name another file");
    }
    is_no_database(path)
}

/// Refuses a target that is an SQLite database.
pub(crate) fn is_no_database(path: &Path) -> anyhow::Result<()> {
    if path.is_file() && begins_as_database(path) {
        let name = path.display();
        bail!("{name} is a database and is not written over; name another file, or remove it first");
    }
    Ok(())
}

fn begins_as_database(path: &Path) -> bool {
    let mut first = [0; 16];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut first)).is_ok() && &first == b"SQLite format 3\0"
}

/// Writes a file so that it is whole or as it was, also when the machine stops: beside it first, then renamed. What is
/// no plain file (`/dev/stdout`, a pipe) is written into.
pub(crate) fn write(path: &Path, bytes: &[u8], readers: Readers) -> anyhow::Result<()> {
    let written = match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => bail!("{} is a folder; name a file in it", path.display()),
        Ok(there) if !there.is_file() => std::fs::OpenOptions::new().write(true).open(path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.flush()
        }),
        // A link stays one: the file it leads to is renewed.
        Ok(_) => path.canonicalize().and_then(|path| replace(&path, bytes, readers)),
        Err(_) => replace(path, bytes, readers),
    };
    written.with_context(|| format!("could not write {}", path.display()))
}

fn replace(path: &Path, bytes: &[u8], readers: Readers) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".credway-").suffix(".part");
    // Without a word a temporary file is its owner's alone; with one, what the process takes away from new files is.
    #[cfg(unix)]
    if readers == Readers::AsUsual {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    // That the name is there must be on the disk too.
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for (bytes, readers) in [("one", Readers::AsUsual), ("two", Readers::Owner)] {
            write(&path, bytes.as_bytes(), readers).unwrap();
            assert_eq!(text(&path).unwrap(), bytes);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(folder.path(), b"", Readers::Owner).unwrap_err().to_string().contains("is a folder"));
        assert!(write(&folder.path().join("no/a"), b"", Readers::Owner).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn an_archive_is_read_by_its_owner_alone_and_links_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        write(&path("a"), b"one", Readers::Owner).unwrap();
        assert_eq!(std::fs::metadata(path("a")).unwrap().permissions().mode() & 0o777, 0o600);
        std::os::unix::fs::symlink(path("a"), path("link")).unwrap();
        write(&path("link"), b"two", Readers::Owner).unwrap();
        assert!(path("link").is_symlink());
        assert_eq!(text(&path("a")).unwrap(), "two");
        write(Path::new("/dev/null"), b"three", Readers::Owner).unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }
}
