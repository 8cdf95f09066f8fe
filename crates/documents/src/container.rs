//! The guard before every ZIP based document (XLSX, DOCX): what it declares is not believed, what it unpacks to is
//! counted.
//!
//! The libraries that read such documents unpack whole entries into memory and follow what the XML says. So every entry
//! is inflated here once, piece by piece, and thrown away: a document that unpacks to too much, hides names outside its
//! folder, is encrypted, or holds XML with entities of its own is refused before a library sees it. Nothing is written
//! to a disk.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use crate::markup;

/// Entries below such a folder are documents put inside the document: they are counted but never opened.
const EMBEDDED: &str = "/embeddings/";

/// What is taken at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Entries in the archive.
    pub entries: usize,
    /// Bytes of one entry, unpacked.
    pub entry: u64,
    /// Bytes of all entries together, unpacked.
    pub unpacked: u64,
    /// How many times larger an entry of more than a mebibyte may become.
    pub ratio: u64,
    /// Levels of elements in an XML entry.
    pub depth: usize,
    /// Elements of all XML entries together.
    pub elements: u64,
}

impl Limits {
    /// What a document of a college needs many times over, and a machine with half a gigabyte can bear.
    pub const USUAL: Self =
        Self { entries: 2_000, entry: 96 << 20, unpacked: 128 << 20, ratio: 200, depth: 128, elements: 6_000_000 };
}

/// What an archive holds, once it was found harmless.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveSummary {
    /// Name and unpacked bytes of every entry, in the order of the archive's directory.
    pub entries: Vec<(String, u64)>,
}

impl ArchiveSummary {
    /// Whether there is an entry of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(entry, _)| entry == name)
    }

    /// Bytes of all entries, unpacked.
    #[must_use]
    pub fn unpacked(&self) -> u64 {
        self.entries.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Why an archive is not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read as an archive at all.
    #[error("the archive cannot be read: {0}")]
    Unreadable(String),
    /// More entries than are taken.
    #[error("the archive holds more than {most} entries")]
    TooManyEntries {
        /// How many are taken.
        most: usize,
    },
    /// A name that leads out of the archive.
    #[error("the entry “{0}” has a name that leads out of the document")]
    Path(String),
    /// The same name twice.
    #[error("the entry “{0}” is there twice")]
    Duplicate(String),
    /// Two entries share bytes, as in a bomb.
    #[error("entries of the archive lie over one another")]
    Overlap,
    /// An encrypted entry.
    #[error("the entry “{0}” is encrypted")]
    Encrypted(String),
    /// An entry that unpacks to too much.
    #[error("the entry “{entry}” unpacks to more than {most} MiB")]
    TooLarge {
        /// The entry.
        entry: String,
        /// How many mebibytes are taken.
        most: u64,
    },
    /// All entries together unpack to too much; this is where the limit was passed.
    #[error("the document unpacks to more than {most} MiB, reached in the entry “{entry}”")]
    TooLargeAltogether {
        /// The entry.
        entry: String,
        /// How many mebibytes are taken.
        most: u64,
    },
    /// An entry that becomes suspiciously much larger.
    #[error("the entry “{entry}” becomes more than {times} times larger when unpacked")]
    Ratio {
        /// The entry.
        entry: String,
        /// How many times are taken.
        times: u64,
    },
    /// An archive in the archive.
    #[error("the entry “{0}” is an archive itself")]
    Nested(String),
    /// An entry that cannot be unpacked.
    #[error("the entry “{entry}” is damaged: {why}")]
    Damaged {
        /// The entry.
        entry: String,
        /// What is wrong.
        why: String,
    },
    /// XML that brings declarations of its own.
    #[error("the entry “{0}” holds a document type declaration")]
    Doctype(String),
    /// XML nested too deep.
    #[error("the entry “{entry}” nests elements more than {most} levels deep")]
    TooDeep {
        /// The entry.
        entry: String,
        /// How many levels are taken.
        most: usize,
    },
    /// More elements than are taken.
    #[error("the document holds more than {most} elements, reached in the entry “{entry}”")]
    TooManyElements {
        /// The entry.
        entry: String,
        /// How many are taken.
        most: u64,
    },
    /// What is said goes beyond what such documents can hold.
    #[error("the entry “{entry}” says what no such document can hold: {what}")]
    OutOfBounds {
        /// The entry.
        entry: String,
        /// What it says.
        what: String,
    },
}

/// Looks at every entry of a ZIP based document.
///
/// # Errors
/// [`Refusal`], which names the entry.
pub fn check_archive(bytes: &[u8], limits: &Limits) -> Result<ArchiveSummary, Refusal> {
    check_with(bytes, limits, &mut |_, _| Ok(()))
}

/// As [`check_archive`], and shows every XML element with its entry's name to `look`, which may refuse it.
pub(crate) fn check_with(
    bytes: &[u8],
    limits: &Limits,
    look: &mut dyn FnMut(&str, &BytesStart<'_>) -> Result<(), Refusal>,
) -> Result<ArchiveSummary, Refusal> {
    // The directory is read into memory as a whole, so its entries are counted by their marks first.
    if bytes.windows(4).filter(|mark| mark == b"PK\x01\x02").take(limits.entries + 1).count() > limits.entries {
        return Err(Refusal::TooManyEntries { most: limits.entries });
    }
    let unreadable = |error: zip::result::ZipError| Refusal::Unreadable(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.has_duplicate_names() {
        return Err(Refusal::Duplicate(twice(bytes)));
    }
    if archive.has_overlapping_files().map_err(unreadable)? {
        return Err(Refusal::Overlap);
    }
    let mut summary = ArchiveSummary::default();
    let mut names = BTreeSet::new();
    let mut left = Left { bytes: limits.unpacked, elements: limits.elements };
    for index in 0..archive.len() {
        let name = {
            let raw = archive.by_index_raw(index).map_err(unreadable)?;
            let name = raw.name().map_err(unreadable)?.into_owned();
            if leads_out(&name) {
                return Err(Refusal::Path(shown(&name)));
            }
            if raw.encrypted() {
                return Err(Refusal::Encrypted(shown(&name)));
            }
            name
        };
        if !names.insert(name.to_lowercase()) {
            return Err(Refusal::Duplicate(shown(&name)));
        }
        let unpacked = entry(&mut archive, index, &name, limits, &mut left, look)?;
        summary.entries.push((name, unpacked));
    }
    Ok(summary)
}

/// The name that stands twice in the directory, which the library has already merged.
fn twice(bytes: &[u8]) -> String {
    let mut seen = BTreeSet::new();
    let marks = bytes.windows(4).enumerate().filter(|(_, mark)| *mark == b"PK\x01\x02");
    for (at, _) in marks {
        let length = bytes.get(at + 28..at + 30).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])));
        let name = bytes.get(at + 46..at + 46 + length).unwrap_or_default();
        if !seen.insert(name) {
            return shown(&String::from_utf8_lossy(name));
        }
    }
    "(unknown)".to_owned()
}

/// What is left of the limits on all entries together.
struct Left {
    bytes: u64,
    elements: u64,
}

/// Unpacks one entry piece by piece and gives its length.
fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
    limits: &Limits,
    left: &mut Left,
    look: &mut dyn FnMut(&str, &BytesStart<'_>) -> Result<(), Refusal>,
) -> Result<u64, Refusal> {
    let entry = shown(name);
    let damaged = |why: String| Refusal::Damaged { entry: entry.clone(), why };
    let file = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
    let mut counted = Counted {
        packed: file.compressed_size(),
        inner: file,
        unpacked: 0,
        first: [0; 8],
        limits,
        left: &mut left.bytes,
        refused: None,
        entry: entry.clone(),
    };
    let read = if is_markup(name) {
        markup::walk(&mut counted, &entry, limits, &mut left.elements, &mut |element| look(name, element))
    } else {
        let unpacked = std::io::copy(&mut counted, &mut std::io::sink());
        unpacked.map(|_| ()).map_err(|error| damaged(error.to_string()))
    };
    // A limit that was passed while reading says more than the reading that failed for it.
    if let Some(refusal) = counted.refused {
        return Err(refusal);
    }
    read?;
    if is_archive(&counted.first) && !name.contains(EMBEDDED) {
        return Err(Refusal::Nested(entry));
    }
    Ok(counted.unpacked)
}

/// Counts what comes out of an entry, and stops it at the limits.
struct Counted<'a, R> {
    inner: R,
    packed: u64,
    unpacked: u64,
    first: [u8; 8],
    limits: &'a Limits,
    left: &'a mut u64,
    refused: Option<Refusal>,
    entry: String,
}

impl<R> Counted<'_, R> {
    fn passes(&self) -> Option<Refusal> {
        let entry = self.entry.clone();
        if self.unpacked > self.limits.entry {
            return Some(Refusal::TooLarge { entry, most: self.limits.entry >> 20 });
        }
        if self.unpacked > 1 << 20 && self.unpacked / self.packed.max(1) > self.limits.ratio {
            return Some(Refusal::Ratio { entry, times: self.limits.ratio });
        }
        None
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let before = usize::try_from(self.unpacked).unwrap_or(usize::MAX);
        if let Some(free) = self.first.get_mut(before..) {
            let taken = free.len().min(length);
            free[..taken].copy_from_slice(&buffer[..taken]);
        }
        self.unpacked += length as u64;
        let refused = match self.left.checked_sub(length as u64) {
            Some(left) => {
                *self.left = left;
                self.passes()
            }
            None => Some(Refusal::TooLargeAltogether { entry: self.entry.clone(), most: self.limits.unpacked >> 20 }),
        };
        if let Some(refusal) = refused {
            let message = refusal.to_string();
            self.refused = Some(refusal);
            return Err(std::io::Error::other(message));
        }
        Ok(length)
    }
}

fn is_markup(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    matches!(ending.as_str(), "xml" | "rels" | "vml")
}

/// Whether a name is no plain path below the document: absolute, with a drive, or with a step upwards.
fn leads_out(name: &str) -> bool {
    let plain = name.replace('\\', "/");
    plain.is_empty()
        || plain.starts_with('/')
        || plain.contains(|letter: char| letter == ':' || letter.is_control())
        || plain.split('/').any(|step| step == ".." || step == ".")
}

/// Whether bytes begin as an archive: ZIP, 7z, gzip, RAR, xz, bzip2.
fn is_archive(first: &[u8]) -> bool {
    let marks: [&[u8]; 6] =
        [b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"Rar!\x1a\x07", b"\xfd7zXZ", b"BZh"];
    marks.iter().any(|mark| first.starts_with(mark))
}

/// A name as it is shown: short, and unable to command a terminal.
fn shown(name: &str) -> String {
    name.chars().take(100).map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
