//! What a document is to us: lines in reading order, each with its place and how it looks.

use std::fmt;

use credway_model::Place;

/// How a document is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML text (DOCX).
    Docx,
    /// Hypertext.
    Html,
}

impl Form {
    /// What people call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Html => "HTML",
        }
    }

    /// The form of a file by the bytes it begins with and, for hypertext, its name.
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let head = &bytes[..bytes.len().min(1024)];
        let contains = |mark: &[u8]| head.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark));
        if contains(b"%PDF-") {
            return Some(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return matches!(ending.as_str(), "docx" | "docm" | "dotx").then_some(Self::Docx);
        }
        let hypertext =
            matches!(ending.as_str(), "html" | "htm" | "xhtml") || contains(b"<!doctype html") || contains(b"<html");
        hypertext.then_some(Self::Html)
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

/// Size of a page as it is shown, in whole points (1/72 inch).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageSize {
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Text,
    /// A heading that the document itself marks as one, with its level from 1.
    Heading(u8),
    /// An item of a list that the document itself marks as one, with its depth from 0.
    Item(u8),
    /// A row of a table.
    Row(Vec<Cell>),
    /// A line whose blanks are its layout, as in text typed in letters of one width; without words it is a blank line.
    Preformatted,
    /// What stands at the head or foot of every page.
    Furniture,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A line of a page, or a paragraph of a document without fixed pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The words. A tabulator stands where the line has a wide gap.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
    /// Whether a paragraph begins here.
    pub starts: bool,
    /// Size of the letters it begins with, in tenths of a point; 0 where the document does not say.
    pub size: u16,
    /// How many bytes of `text` from its beginning are bold.
    pub bold: usize,
    /// How far it stands from the left edge of its column, in points.
    pub indent: u16,
    /// Number of the table it is a row of, from 1; 0 for all else.
    pub table: u32,
}

impl Line {
    /// A line of running text without any look.
    #[must_use]
    pub fn plain(text: String, place: Place, starts: bool) -> Self {
        Self { text, place, kind: Kind::Text, starts, size: 0, bold: 0, indent: 0, table: 0 }
    }

    /// Whether all of it is bold.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        self.bold >= self.text.trim_end().len() && !self.text.is_empty()
    }
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// How it is kept.
    pub form: Form,
    /// Sizes of its pages; none where it has no fixed pages.
    pub pages: Vec<PageSize>,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
    /// Pages that hold no text, counted from 1: pictures, or scans.
    pub without_text: Vec<u32>,
    /// Sentences about what was left out while reading (pages that are damaged, text without letters).
    pub left_out: Vec<String>,
}

impl Document {
    /// A document without anything in it.
    #[must_use]
    pub const fn empty(form: Form) -> Self {
        Self { form, pages: Vec::new(), lines: Vec::new(), without_text: Vec::new(), left_out: Vec::new() }
    }
}

/// Why a document is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It is not what it says, or damaged.
    #[error("The {form} cannot be read: {why}.")]
    Damaged {
        /// What it says it is.
        form: Form,
        /// What is wrong.
        why: String,
    },
    /// It is encrypted.
    #[error("The {form} is protected by a password.")]
    Encrypted {
        /// What it is.
        form: Form,
    },
    /// It is out of bounds.
    #[error("The {form} is refused: {why}.")]
    TooLarge {
        /// What it is.
        form: Form,
        /// Which bound, and by how much.
        why: String,
    },
    /// It holds no text at all.
    #[error("The {form} has {pages} pages and no text on them: it is a scan or made of pictures.")]
    NoText {
        /// What it is.
        form: Form,
        /// How many pages it has.
        pages: usize,
    },
    /// The reading was stopped.
    #[error("The reading was stopped.")]
    Stopped,
}

/// Asked now and then while reading: told how many of how many pages are over; answers whether to go on.
pub type GoOn<'a> = &'a dyn Fn(u64, u64) -> bool;
