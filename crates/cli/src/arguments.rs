//! What can be typed: every command with its options, each documented here and nowhere else.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Credway: from courses and exam blueprints to reviewed crosswalks and credentialing pathways.
#[derive(Debug, Parser)]
#[command(name = "credway", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// The database: `sqlite:FILE` or `postgres://…`
    #[arg(long, global = true, env = "CREDWAY_DB", value_name = "URL", hide_env_values = true)]
    pub(crate) db: Option<String>,
    /// Print one JSON document and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Never use colour
    #[arg(long, global = true)]
    pub(crate) no_color: bool,
    /// Threads for long work
    #[arg(long, global = true, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Who acts; recorded with every change (else the system's user name)
    #[arg(long = "as", global = true, env = "CREDWAY_PERSON", value_name = "NAME")]
    pub(crate) person: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Load the sample college, align it, print the summary and serve the site
    Demo {
        /// Stop after the summary
        #[arg(long)]
        no_serve: bool,
        /// Where the site listens; loopback only
        #[arg(long, default_value = "127.0.0.1:8087")]
        address: SocketAddr,
    },
    /// Begin a database for an institution
    New {
        /// The institution's name
        name: String,
    },
    /// Put courses together to look at them as one: a department, a set, a whole catalogue
    Collection {
        /// Title of the collection
        title: String,
        /// Codes, or beginnings of codes ending in `*`; all courses when left out
        #[arg(long, value_name = "CODE", num_args = 1..)]
        courses: Vec<String>,
        /// Only courses of this catalogue year
        #[arg(long, value_name = "YEAR")]
        year: Option<String>,
        /// Only courses of this organization
        #[arg(long, value_name = "NAME")]
        organization: Option<String>,
    },
    /// Import files: blueprint, courses (catalogue), outcomes, program, framework, credential, organization, decisions
    Import(ImportArguments),
    /// Print the CSV template of a kind of file
    Template {
        /// Kind of file, as for import
        kind: String,
    },
    /// Propose alignments between a program's courses and a blueprint
    Align {
        #[command(flatten)]
        pair: Pair,
        /// Candidates kept for each blueprint statement
        #[arg(long, default_value_t = credway_workflow::DEFAULT_LIMITS.per_target)]
        per_objective: usize,
        /// Candidates kept for each course statement
        #[arg(long, default_value_t = credway_workflow::DEFAULT_LIMITS.per_statement)]
        per_outcome: usize,
    },
    /// Show what waits for review, one blueprint statement at a time, with evidence
    Review {
        #[command(flatten)]
        pair: Pair,
        /// Which candidates
        #[arg(long, value_enum, default_value = "open")]
        show: Show,
        /// Number or identifier of the blueprint statement; the first that waits when left out
        #[arg(long, value_name = "OBJECTIVE")]
        objective: Option<String>,
    },
    /// Show coverage by blueprint weight, gaps, redundancy and orphans
    Coverage {
        #[command(flatten)]
        pair: Pair,
    },
    /// Write a blueprint, courses, outcomes or a crosswalk as a file
    Export {
        #[command(subcommand)]
        what: ExportWhat,
    },
    /// List what is in the database
    List {
        /// What to list
        #[arg(value_enum)]
        what: ListWhat,
        /// Only what holds this
        #[arg(long, default_value = "")]
        search: String,
        /// At most so many
        #[arg(long, default_value_t = 100)]
        limit: u64,
    },
    /// Serve the site on this machine
    Serve {
        /// Where the site listens; loopback only
        #[arg(long, default_value = "127.0.0.1:8087")]
        address: SocketAddr,
    },
    /// Look whether the database is sound
    Doctor,
    /// Write the whole database to one portable archive
    Backup {
        /// The archive
        file: PathBuf,
    },
    /// Read an archive into an empty database
    Restore {
        /// The archive
        file: PathBuf,
    },
    /// Measure Credway
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Explain every finding code
    Codes,
    /// Print a completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page
    Man,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArguments {
    /// blueprint, courses (or catalogue), outcomes, program, framework, credential, organization, decisions
    pub(crate) kind: String,
    /// The files
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// A saved mapping profile, or a TOML file with one
    #[arg(long, value_name = "PROFILE")]
    pub(crate) map: Option<String>,
    /// Correct the guessed mapping: FIELD=COLUMN, or FIELD= for none
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(crate) field: Vec<String>,
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
    /// Why, for the history
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

/// A program and a blueprint.
#[derive(Debug, clap::Args)]
pub(crate) struct Pair {
    /// Program or collection: title, “title award” or identifier
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) program: String,
    /// Blueprint: “title version”, title, version or identifier
    #[arg(long, value_name = "BLUEPRINT")]
    pub(crate) blueprint: String,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportWhat {
    /// A blueprint as JSON, or CSV in our template's columns
    Blueprint {
        /// “title version”, title, version or identifier
        id: String,
        /// Form
        #[arg(long, value_enum, default_value = "json")]
        format: Format,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// A crosswalk with coverage, gaps and decisions
    Crosswalk {
        #[command(flatten)]
        pair: Pair,
        /// Form
        #[arg(long, value_enum, default_value = "xlsx")]
        format: Format,
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
    /// The outcomes of a program's courses as CSV
    Outcomes {
        /// Program or collection
        program: String,
        /// The file; standard output when left out
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// Form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// JSON
    Json,
    /// CSV
    Csv,
    /// XLSX
    Xlsx,
}

/// Which candidates a review shows.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Show {
    /// Those nobody has a word on
    Open,
    /// Those on which reviewers disagree
    Disputed,
    /// Those with a word
    Decided,
    /// All
    All,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListWhat {
    /// Programs and collections
    Programs,
    /// Courses
    Courses,
    /// Blueprints
    Blueprints,
    /// Credentials
    Credentials,
    /// Crosswalks
    Crosswalks,
    /// Findings
    Findings,
    /// History
    History,
    /// Saved mapping profiles
    Mappings,
}

/// What can be measured.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// How well the engine ranks, on tables with known answers
    Align {
        /// Tab-separated: id, text, context, gold (identifiers joined by |)
        #[arg(long, value_name = "FILE")]
        queries: PathBuf,
        /// Tab-separated: id, text, context
        #[arg(long, value_name = "FILE")]
        candidates: PathBuf,
        /// The engine
        #[arg(long, value_enum, default_value = "default")]
        engine: EngineName,
    },
}

/// The engines there are.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum EngineName {
    /// The embedded one
    Default,
}
