//! What `import` takes.

use std::path::PathBuf;

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArguments {
    /// What the files hold: organization, credential, courses (or catalogue), outcomes, program, requirements, blueprint,
    /// framework, decisions
    pub(crate) kind: String,
    /// The files
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// A saved mapping profile, or a TOML file with one
    #[arg(long, value_name = "PROFILE")]
    pub(crate) map: Option<String>,
    /// Correct the guessed mapping: FIELD=COLUMN, FIELD= for none, FIELD='VALUE' for every row
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) field: Vec<String>,
    /// Put right what was read of a course: COURSE.FIELD=VALUE, for example `ITSY 1300.credits=3`; saved with the mapping
    #[arg(long, value_name = "COURSE.FIELD=VALUE")]
    pub(crate) correct: Vec<String>,
    /// Save the mapping that was used under this name
    #[arg(long, value_name = "NAME")]
    pub(crate) save_map: Option<String>,
    /// Show what would change and write nothing
    #[arg(long)]
    pub(crate) preview: bool,
    /// Organization that owns what the file does not say the owner of
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<String>,
    /// Put the imported courses into this collection
    #[arg(long, value_name = "TITLE")]
    pub(crate) into: Option<String>,
    /// Take responsibility for an error finding, by its code
    #[arg(long, value_name = "CODE")]
    pub(crate) accept: Vec<String>,
    #[command(flatten)]
    pub(crate) ocr: super::OcrArguments,
    /// Why, for the history
    #[arg(long)]
    pub(crate) reason: Option<String>,
}
