//! What a report says, in reading order, as plain data: every word that any of its forms shows.

use jiff::civil::Date;
use serde::Serialize;

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Title.
    pub title: String,
    /// Language of its words, as a tag of BCP 47.
    pub language: &'static str,
    /// Day it is made.
    #[serde(skip)]
    pub made: Date,
    /// What stands at the foot of each page beside the page's number.
    pub foot: String,
    /// Whether pages lie on their side, for wide tables.
    pub wide: bool,
    /// What it is about, and its main figures.
    pub facts: Vec<Fact>,
    /// What is said before the first heading.
    pub lead: Vec<Part>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Head of the list of sources.
    pub sources_heading: String,
    /// Where the figures come from, each with its date; the first has the mark 1.
    pub sources: Vec<String>,
}

/// A term and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub term: String,
    /// What it is here.
    pub value: String,
    /// Number of its source, from 1.
    pub source: Option<usize>,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Heading.
    pub heading: String,
    /// Level of the heading: 1 or 2.
    pub level: u8,
    /// Name of the sheet its tables stand on in a workbook; sections of one name share it.
    pub sheet: String,
    /// What it says.
    pub parts: Vec<Part>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "lowercase")]
pub enum Part {
    /// Running words.
    Paragraph(String),
    /// What a reader must not miss.
    Note(String),
    /// A table.
    Table(Table),
}

/// A table with a head.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Number of its source, from 1.
    pub source: Option<usize>,
    /// Columns; the first names its row.
    pub columns: Vec<Column>,
    /// Rows, with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// The sum below.
    pub total: Option<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Head.
    pub head: String,
    /// What it holds.
    pub kind: Kind,
    /// Width in proportion to the table's other columns.
    pub width: u16,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    Text,
    /// Figures.
    Number,
    /// Shares, 0 to 100 %.
    Percent,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words.
    Words(String),
    /// A figure: as people read it, and as a machine does.
    Figure {
        /// As people read it.
        words: String,
        /// As a machine reads it, in the unit of its column.
        value: f64,
    },
    /// A share with a bar.
    Bar {
        /// The share as people read it.
        words: String,
        /// The share, 0 to 100 %.
        value: f64,
        /// What the bar shows, for those who do not see it.
        alt: String,
    },
}

impl Column {
    /// A column of words.
    pub(super) fn text(head: &str, width: u16) -> Self {
        Self { head: head.to_owned(), kind: Kind::Text, width }
    }

    /// A column of figures.
    pub(super) fn number(head: &str, width: u16) -> Self {
        Self { head: head.to_owned(), kind: Kind::Number, width }
    }

    /// A column of shares.
    pub(super) fn percent(head: &str, width: u16) -> Self {
        Self { head: head.to_owned(), kind: Kind::Percent, width }
    }
}

impl Cell {
    /// Words, or nothing where there are none.
    pub(super) fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Words(words) }
    }

    /// What a person reads in it.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Words(words) | Self::Figure { words, .. } | Self::Bar { words, .. } => words,
        }
    }
}

impl Report {
    /// How a source is referred to: ` [1]`; nothing without one.
    pub(super) fn mark(source: Option<usize>) -> String {
        source.map(|number| format!(" [{number}]")).unwrap_or_default()
    }

    /// Every text of the report in reading order, as all of its forms show it.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let mut texts = vec![self.title.clone()];
        for fact in &self.facts {
            texts.push(fact.term.clone());
            texts.push(format!("{}{}", fact.value, Self::mark(fact.source)));
        }
        self.lead.iter().for_each(|part| part.texts(&mut texts));
        for section in &self.sections {
            texts.push(section.heading.clone());
            section.parts.iter().for_each(|part| part.texts(&mut texts));
        }
        texts.push(self.sources_heading.clone());
        texts.extend((1..).zip(&self.sources).map(|(number, words)| format!("[{number}] {words}")));
        texts
    }
}

impl Part {
    fn texts(&self, texts: &mut Vec<String>) {
        match self {
            Self::Paragraph(words) | Self::Note(words) => texts.push(words.clone()),
            Self::Table(table) => {
                texts.push(format!("{}{}", table.caption, Report::mark(table.source)));
                texts.extend(table.columns.iter().map(|column| column.head.clone()));
                let cells = table.rows.iter().chain(&table.total).flatten();
                texts.extend(cells.map(|cell| cell.shown().to_owned()).filter(|words| !words.is_empty()));
            }
        }
    }
}
