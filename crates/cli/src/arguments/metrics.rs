//! What `metrics` takes.

use std::path::PathBuf;

/// Arguments of `metrics`.
#[derive(Debug, clap::Args)]
pub(crate) struct MetricsArguments {
    /// Curricula or degree plans (CSV of CurricularAnalytics), or folders of them
    #[arg(required_unless_present = "program")]
    pub(crate) files: Vec<PathBuf>,
    /// A program of the database instead, by title or identifier
    #[arg(long, conflicts_with_all = ["files", "major"])]
    pub(crate) program: Option<String>,
    /// Count in quarters whatever the file says: complexity is two thirds, rounded to a decimal place
    #[arg(long)]
    pub(crate) quarter: bool,
    /// Prefix of the major's courses: chains that end elsewhere are told
    #[arg(long, value_name = "PREFIX", num_args = 1.., value_delimiter = ',')]
    pub(crate) major: Vec<String>,
}
