//! Files named on the command line.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, anyhow};
use credway_workflow::SourceFile;

/// Reads a file to import.
pub(crate) fn source(path: &Path) -> anyhow::Result<SourceFile> {
    let bytes = std::fs::read(path).map_err(|error| why(path, &error))?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(SourceFile { name, bytes })
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

/// Writes a file so that it is whole or not there: beside it first, then renamed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.part"));
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, path))
        .with_context(|| format!("could not write {}", path.display()))
}
