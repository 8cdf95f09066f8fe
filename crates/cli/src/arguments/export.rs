//! What `export` takes.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use super::Pair;

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportWhat {
    /// A blueprint as JSON, or CSV in our template's columns
    Blueprint {
        /// “title version”, title, version or identifier
        id: String,
        /// Form; what the file's name ends in, else JSON
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// A crosswalk with coverage, gaps and decisions: a workbook or data, or a report as PDF, DOCX or HTML
    Crosswalk {
        #[command(flatten)]
        pair: Pair,
        /// Form; what the file's name ends in, else XLSX (JSON with --json)
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// The history as it is bound, one JSON object a line, to check the chain elsewhere
    History {
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// The coverage of a blueprint by a program as a report
    Coverage {
        #[command(flatten)]
        pair: Pair,
        /// Form; what the file's name ends in, else PDF (JSON with --json); there is no CSV
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// A program's courses as CSV
    Courses {
        /// Program or collection
        program: String,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// What a program requires as CSV, in the columns of the template `requirements`
    Requirements {
        /// Program
        #[arg(long)]
        program: String,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// The outcomes of a program's courses as CSV
    Outcomes {
        /// Program or collection
        program: String,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

impl ExportWhat {
    /// The file to write, where one is named.
    pub(crate) fn out(&self) -> Option<&Path> {
        let (Self::Blueprint { out, .. }
        | Self::Crosswalk { out, .. }
        | Self::Coverage { out, .. }
        | Self::History { out }
        | Self::Courses { out, .. }
        | Self::Requirements { out, .. }
        | Self::Outcomes { out, .. }) = self;
        out.as_deref()
    }
}

/// Form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Csv,
    Xlsx,
    /// A tagged PDF (PDF/UA)
    Pdf,
    Docx,
    /// A page that stands alone
    Html,
}

impl Format {
    /// The form asked for, else the one the file's name ends in, else `otherwise`.
    pub(crate) fn of(asked: Option<Self>, out: Option<&Path>, otherwise: Self) -> Self {
        let ending = || out?.extension()?.to_str().and_then(|ending| Self::from_str(ending, true).ok());
        asked.or_else(ending).unwrap_or(otherwise)
    }
}
