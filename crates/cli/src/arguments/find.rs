//! What `find` takes: the courses, and what to compare them with.

/// Arguments of `find`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["program", "courses"])))]
pub(crate) struct FindArguments {
    /// Program or collection: title, “title award” or identifier
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) program: Option<String>,
    /// A file of courses (not imported), or codes and beginnings of codes ending in `*`
    #[arg(long, value_name = "FILE|CODE", num_args = 1..)]
    pub(crate) courses: Vec<String>,
    /// Blueprints and frameworks to compare with: files (not imported), names or identifiers; all when left out
    #[arg(long, value_name = "FILE|NAME", num_args = 1..)]
    pub(crate) against: Vec<String>,
    /// Statements shown of the best one (of each, when they are named with --against)
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) top: usize,
}
