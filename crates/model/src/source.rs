//! Where a value came from: the file, the place in it, and the citation of a figure.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Place, Text};

/// Identifier of an imported file: the SHA-256 of its bytes, 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(String);

impl SourceId {
    /// Takes a digest in hexadecimal; anything else is refused with `None`.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let valid = hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        valid.then(|| Self(hex.to_owned()))
    }

    /// The digest in hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// A file that was imported, kept so that every value can be shown where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Digest of the bytes.
    pub id: SourceId,
    /// The file's name, without folders.
    pub name: Text,
    /// The encoding it was read with, as the WHATWG names it, for example `UTF-8` or `windows-1252`.
    pub encoding: String,
    /// The file's bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// For tables and JSON: which column or member each field was read from, as (field, column).
    pub fields: Vec<(String, String)>,
}

/// The source and place a record was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The imported file.
    pub source: SourceId,
    /// Where the record stands in it.
    pub place: Place,
    /// For documents: where each field's value stands, in the order of the fields. In tables the record's place and the
    /// field's column say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldPlace>,
}

impl Origin {
    /// A record's origin without places of its fields.
    #[must_use]
    pub const fn new(source: SourceId, place: Place) -> Self {
        Self { source, place, fields: Vec::new() }
    }

    /// Where a field's value stands, if that is known.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Place> {
        self.fields.iter().find(|one| one.field == name).map(|one| &one.place)
    }
}

/// Where a field's value stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPlace {
    /// Name of the field.
    pub field: String,
    /// The place.
    pub place: Place,
}

/// Where a figure came from: who says so, and as of when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Name or address of the source.
    pub source: Text,
    /// The date the source gives or was read, if known.
    pub date: Option<Date>,
}

/// A figure from outside together with its citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure<T> {
    /// The figure.
    pub value: T,
    /// Where it came from.
    pub citation: Citation,
}
