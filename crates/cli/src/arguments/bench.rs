//! What can be measured.

use std::path::PathBuf;

use clap::Subcommand;

/// What can be measured.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// How much of the requisite texts of a catalogue is understood, and how fast
    Requisites {
        /// JSON list of courses with code, prerequisites and corequisites
        #[arg(long, value_name = "FILE")]
        courses: PathBuf,
    },
    /// How well the engine ranks, on tables with known answers
    Align {
        /// Tab-separated: id, text, context, gold (identifiers joined by |)
        #[arg(long, value_name = "FILE")]
        queries: PathBuf,
        /// Tab-separated: id, text, context
        #[arg(long, value_name = "FILE")]
        candidates: PathBuf,
        /// The engine: default, deep, or deep:NAME where there are several models
        #[arg(long, value_name = "ENGINE", default_value = "default")]
        engine: String,
    },
    /// How light the fullest period of a curriculum can be, with the proof
    Bacp {
        /// A `.dat` or `.mzn` of CSPLib's problem 30
        #[arg(value_name = "FILE")]
        curriculum: PathBuf,
    },
    /// How fast candidates are found: the ten nearest of every query by the static table alone
    Nearest {
        /// Tab-separated: id, text, context
        #[arg(long, value_name = "FILE")]
        queries: PathBuf,
        /// Tab-separated: id, text, context
        #[arg(long, value_name = "FILE")]
        candidates: PathBuf,
    },
}
