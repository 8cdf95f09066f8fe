//! The key file: the one secret that lies outside the database, so that a stolen database alone opens nothing sealed.
//!
//! It is a file of 64 hexadecimal digits (32 bytes) and a line end, beside the configuration, readable by its owner
//! alone. Where there is none it can be made, whole or not at all. This file refuses a key others may read, one of
//! another form, and to write over one that is there: without it, everything sealed is lost.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::hexadecimal;
use crate::randomness::{self, NoRandomness};

/// Bytes of a key.
const KEY_BYTES: usize = 32;
/// Bytes of the identifier of a key: enough to tell two apart, too few to learn anything of it.
const IDENTIFIER_BYTES: usize = 4;

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is none.
    #[error(
        "there is no key file at {}; bring it back from where it is kept safe: without it second factors cannot be \
         checked", path.display()
    )]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// Others than its owner may read or write it.
    #[error("others may read or write the key file {0}; take that from them: chmod 600 {0}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
    },
    /// It holds something else than a key.
    #[error("{} is no key file: it must hold 64 hexadecimal digits in small letters and nothing else", path.display())]
    Form {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read or written.
    #[error("the key file {} cannot be used: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No key can be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// One key and its identifier.
pub(crate) struct SealingKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    identifier: String,
}

impl SealingKey {
    fn new(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let digest = Sha256::digest(bytes.as_slice());
        Self { identifier: hexadecimal::encode(&digest[..IDENTIFIER_BYTES]), bytes }
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.bytes
    }

    /// The first four bytes of the key's SHA-256, as eight hexadecimal digits.
    pub(crate) fn identifier(&self) -> &str {
        &self.identifier
    }
}

/// The key that seals, and an older one that still opens. `Debug` shows only their identifiers.
pub struct SealingKeys {
    current: SealingKey,
    older: Option<SealingKey>,
}

impl SealingKeys {
    /// The key in the file at `path`.
    ///
    /// # Errors
    /// There is none, others may read it, or it holds no key.
    pub fn open(path: &Path) -> Result<Self, KeyFileError> {
        Ok(Self { current: read(path)?, older: None })
    }

    /// The key in the file at `path`, which is made where there is none: only for a deployment that has sealed nothing
    /// yet. Two that do so at the same moment get the same key.
    ///
    /// # Errors
    /// As [`SealingKeys::open`], or the file cannot be written.
    pub fn open_or_make(path: &Path) -> Result<Self, KeyFileError> {
        match read(path) {
            Err(KeyFileError::Missing { .. }) => make(path)?,
            other => return Ok(Self { current: other?, older: None }),
        }
        Self::open(path)
    }

    /// With an older key as well, which opens what it sealed while that is sealed anew.
    ///
    /// # Errors
    /// As [`SealingKeys::open`].
    pub fn with_older(self, path: &Path) -> Result<Self, KeyFileError> {
        Ok(Self { older: Some(read(path)?), ..self })
    }

    /// The identifier of the key that seals: eight hexadecimal digits, which may be shown.
    #[must_use]
    pub fn identifier(&self) -> &str {
        self.current.identifier()
    }

    pub(crate) fn current(&self) -> &SealingKey {
        &self.current
    }

    /// The key of this identifier, and whether it is the older one.
    pub(crate) fn find(&self, identifier: &str) -> Option<(&SealingKey, bool)> {
        let older = self.older.iter().map(|key| (key, true));
        std::iter::once((&self.current, false)).chain(older).find(|(key, _)| key.identifier() == identifier)
    }
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let older = self.older.as_ref().map(SealingKey::identifier);
        formatter.debug_struct("SealingKeys").field("current", &self.identifier()).field("older", &older).finish()
    }
}

fn read(path: &Path) -> Result<SealingKey, KeyFileError> {
    let path = path.to_owned();
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Err(KeyFileError::Missing { path }),
        Err(source) => return Err(KeyFileError::File { path, source }),
    };
    match is_private(&file) {
        Ok(true) => {}
        Ok(false) => return Err(KeyFileError::Open { path }),
        Err(source) => return Err(KeyFileError::File { path, source }),
    }
    // One byte more than the longest form, so that a longer file is seen to be none.
    let longest = 2 * KEY_BYTES + 3;
    let mut text = Zeroizing::new(Vec::with_capacity(longest));
    if let Err(source) = (&file).take(longest as u64).read_to_end(&mut text) {
        return Err(KeyFileError::File { path, source });
    }
    let key = std::str::from_utf8(&text).ok().and_then(|text| {
        let digits = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
        let decoded = Zeroizing::new(hexadecimal::decode(digits)?);
        <[u8; KEY_BYTES]>::try_from(decoded.as_slice()).ok()
    });
    key.map(|bytes| SealingKey::new(Zeroizing::new(bytes))).ok_or(KeyFileError::Form { path })
}

/// Whether only its owner may read and write the opened file.
#[cfg(unix)]
fn is_private(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.mode() & 0o077 == 0)
}

/// Elsewhere the folder's own rights decide.
#[cfg(not(unix))]
fn is_private(_: &File) -> io::Result<bool> {
    Ok(true)
}

/// Writes a new key beside `path` and gives it its name when it is whole and on the disk, unless the name is taken.
fn make(path: &Path) -> Result<(), KeyFileError> {
    let failed = |source: io::Error| KeyFileError::File { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let bytes = randomness::bytes::<KEY_BYTES>()?;
    let digits = Zeroizing::new(hexadecimal::encode(bytes.as_slice()));
    // A temporary file is made with the rights 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(digits.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    match file.persist_noclobber(path) {
        Ok(_) => {}
        // Somebody else was quicker: theirs is the key.
        Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(other) => return Err(failed(other.error)),
    }
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credway.key");
        assert!(matches!(SealingKeys::open(&path), Err(KeyFileError::Missing { .. })));
        let made = SealingKeys::open_or_make(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.len(), 65);
        assert_eq!(SealingKeys::open_or_make(&path).unwrap().identifier(), made.identifier());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
        let shown = format!("{made:?}");
        assert!(shown.contains(made.identifier()) && !shown.contains(&text[..16]), "{shown}");
    }

    #[test]
    fn many_that_make_it_at_once_get_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credway.key");
        let made: Vec<String> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| SealingKeys::open_or_make(&path).unwrap().identifier().to_owned()))
                .collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(made.iter().all(|identifier| *identifier == made[0]), "{made:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_key_others_may_read_is_refused() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credway.key");
        SealingKeys::open_or_make(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        for (mode, is_taken) in [(0o640, false), (0o604, false), (0o620, false), (0o400, true), (0o600, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            match SealingKeys::open_or_make(&path) {
                Ok(_) => assert!(is_taken, "{mode:o}"),
                Err(error) => {
                    assert!(!is_taken && error.to_string().contains("chmod 600"), "{mode:o}: {error}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_key_is_refused_and_kept() {
        let digits = "0123456789abcdef".repeat(4);
        let too_long = format!("{digits}00");
        let upper = digits.to_uppercase();
        let two_lines = format!("{digits}\n\n");
        for bad in ["", "secret", &digits[1..], &too_long, &upper, &two_lines, &"a".repeat(100_000)] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), bad).unwrap();
            let error = SealingKeys::open_or_make(file.path()).unwrap_err();
            assert!(matches!(error, KeyFileError::Form { .. }), "{error}");
            assert!(!error.to_string().contains("secret") && !error.to_string().contains("0123"), "{error}");
            assert_eq!(std::fs::read_to_string(file.path()).unwrap(), bad);
        }
        for good in [digits.clone(), format!("{digits}\n"), format!("{digits}\r\n")] {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), good).unwrap();
            // The first eight digits that sha256sum gives for these 32 bytes.
            assert_eq!(SealingKeys::open(file.path()).unwrap().identifier(), "4884fdaa");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let error = SealingKeys::open_or_make(Path::new("/nowhere/at/all/credway.key")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all/credway.key"), "{error}");
    }
}
