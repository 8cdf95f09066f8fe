//! What `change` takes.

use std::path::PathBuf;

/// A new version of a blueprint, or a changed catalogue.
#[derive(Debug, clap::Args)]
pub(crate) struct ChangeArguments {
    /// The old version: “title version”, title, version or identifier
    #[arg(required_unless_present = "catalogue")]
    pub(crate) old: Option<String>,
    /// The new version
    #[arg(required_unless_present = "catalogue")]
    pub(crate) new: Option<String>,
    /// Only this program or collection
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) program: Option<String>,
    /// Carry over the decisions of --program whose statements have the same words in both versions
    #[arg(long, requires = "program", conflicts_with = "take_back")]
    pub(crate) carry: bool,
    /// Take back what was carried over for --program
    #[arg(long, requires = "program")]
    pub(crate) take_back: bool,
    /// Write the memo: PDF, DOCX, XLSX or HTML, by the ending of the file's name
    #[arg(long, value_name = "FILE")]
    pub(crate) memo: Option<PathBuf>,
    /// Instead: which decisions rest on words that courses no longer have
    #[arg(long, conflicts_with_all = ["old", "new", "program", "carry", "take_back", "memo"])]
    pub(crate) catalogue: bool,
}
