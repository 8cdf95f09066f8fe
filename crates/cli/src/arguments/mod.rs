//! What can be typed: every command with its options, each documented here and nowhere else.

mod audit;
mod bench;
mod change;
mod export;
mod find;
mod import;
mod learning;
mod metrics;
mod ocr;
mod plan;
mod reach;
mod review;
mod serve;
mod signoff;
mod simulate;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::settings::{Flag, Settings};

pub(crate) use audit::AuditArguments;
pub(crate) use bench::Bench;
pub(crate) use change::ChangeArguments;
pub(crate) use export::{ExportWhat, Format};
pub(crate) use find::FindArguments;
pub(crate) use import::ImportArguments;
pub(crate) use learning::LearningWhat;
pub(crate) use metrics::MetricsArguments;
pub(crate) use ocr::OcrArguments;
pub(crate) use plan::{PlanArguments, WishArguments};
pub(crate) use reach::ReachArguments;
pub(crate) use review::{Level, Order, ReviewArguments, Show, Strength};
pub(crate) use serve::ServeArguments;
pub(crate) use signoff::{SigningRole, SignoffWhat};
pub(crate) use simulate::SimulateArguments;

/// Credway: from courses and exam blueprints to reviewed crosswalks and credentialing pathways.
#[derive(Debug, Parser)]
#[command(name = "credway", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// The database: `sqlite:FILE` or `postgres://…`; also from `CREDWAY_DB` and the configuration
    #[arg(long, global = true, help_heading = "Options of every command", value_name = "URL")]
    pub(crate) db: Option<String>,
    /// The configuration (else `credway.toml` here, else `/etc/credway/credway.toml`)
    #[arg(
        long,
        global = true,
        help_heading = "Options of every command",
        env = "CREDWAY_CONFIG",
        value_name = "FILE",
        hide_env_values = true
    )]
    pub(crate) config: Option<PathBuf>,
    /// Print one JSON document on standard output and nothing else
    #[arg(long, global = true, help_heading = "Options of every command")]
    pub(crate) json: bool,
    /// Never use colour
    #[arg(long, global = true, help_heading = "Options of every command")]
    pub(crate) no_color: bool,
    /// Threads for long work, 1 to 256; one for each core when left out
    #[arg(
        long,
        global = true,
        help_heading = "Options of every command",
        value_name = "N",
        value_parser = clap::value_parser!(u16).range(1..=256)
    )]
    pub(crate) threads: Option<u16>,
    /// Who acts; recorded with every change (else the system's user name)
    #[arg(
        long = "as",
        global = true,
        help_heading = "Options of every command",
        env = "CREDWAY_PERSON",
        value_name = "NAME",
        hide_env_values = true
    )]
    pub(crate) person: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What flags, environment and file say together.
    #[arg(skip)]
    pub(crate) settings: Settings,
}

impl Arguments {
    /// Gathers the configuration, for a command that works on a database, and takes the database from it.
    pub(crate) fn configure(&mut self) -> anyhow::Result<()> {
        let mut flags = match &self.command {
            Command::Serve { serve, .. } => serve.flags(),
            Command::Template { .. }
            | Command::Diff { kind: DiffKind::Courses, .. }
            | Command::Metrics(MetricsArguments { program: None, .. })
            | Command::Codes
            | Command::Completions { .. }
            | Command::Man => return Ok(()),
            Command::Simulate(asked) if asked.pathway.is_none() => return Ok(()),
            _ => Vec::new(),
        };
        flags.push(Flag { key: "database", flag: "--db", texts: self.db.iter().cloned().collect() });
        // The sample never goes into the college's own database because a file says where that is.
        let sample = matches!(self.command, Command::Demo { .. });
        self.settings = Settings::load(flags, self.config.as_deref(), sample)?;
        self.db = self.settings.database()?;
        Ok(())
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Load the sample college, align it, print the summary and serve the site
    Demo {
        /// Stop after the summary
        #[arg(long)]
        no_serve: bool,
        /// Where the site listens: this machine only; port 0 takes any free one
        #[arg(long, default_value = "127.0.0.1:8087", value_parser = loopback)]
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
    /// Import files: courses, outcomes, programs, blueprints, credentials, decisions and more
    Import(ImportArguments),
    /// Compare two versions of a blueprint (files, or in the database), or two editions of a catalogue (files)
    ///
    /// Every statement of both blueprint versions is told once: same, reworded, moved, split, merged, new or gone. What is
    /// not a file is looked for in the database.
    Diff {
        /// The earlier file, or blueprint: “title version”, title, version or identifier
        old: PathBuf,
        /// The later file or blueprint
        new: PathBuf,
        /// What is compared
        #[arg(long, value_enum, default_value = "blueprint")]
        kind: DiffKind,
    },
    /// See what a new version of a blueprint touches, and carry over what is unchanged
    Change(ChangeArguments),
    /// Print the template of a kind of file, as CSV or as a workbook that explains its columns
    Template {
        /// Kind of file, as for import; or taken or exceptions, the files of an audit
        kind: String,
        /// Form; what the file's name ends in, else CSV
        #[arg(long, value_enum)]
        format: Option<TemplateFormat>,
        /// The file; standard output when left out
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Propose alignments between a program's courses and a blueprint
    Align {
        #[command(flatten)]
        pair: Pair,
        /// Candidates kept for each blueprint statement
        #[arg(long, value_name = "N", default_value_t = credway_workflow::DEFAULT_LIMITS.per_target)]
        per_objective: usize,
        /// Candidates kept for each course statement
        #[arg(long, value_name = "N", default_value_t = credway_workflow::DEFAULT_LIMITS.per_statement)]
        per_outcome: usize,
    },
    /// Show what waits for review, with evidence, or say a word on one pair
    Review(ReviewArguments),
    /// Say why a pair is likely or not, how its statements are read, and who said what on it
    Explain {
        #[command(flatten)]
        pair: Pair,
        /// Number, words or identifier of the blueprint statement
        #[arg(long, value_name = "OBJECTIVE")]
        objective: String,
        /// The course statement: `COURSE/CODE` or identifier; `COURSE` for one without outcomes
        #[arg(long, value_name = "OUTCOME")]
        outcome: String,
    },
    /// Let the engine learn from an institution's decisions, see what it learned, take it back
    Learning {
        #[command(subcommand)]
        what: LearningWhat,
    },
    /// Sign a crosswalk off: show, begin, sign, return, reopen, verify
    Signoff {
        #[command(subcommand)]
        what: SignoffWhat,
    },
    /// Show coverage by blueprint weight, gaps, redundancy and orphans; with --reach, the fewest course changes that reach more
    Coverage {
        #[command(flatten)]
        pair: Pair,
        #[command(flatten)]
        reach: Box<ReachArguments>,
    },
    /// Audit courses taken against what programs require: which count where and why, and what is missing
    ///
    /// What the files say of a learner is read, used and dropped: nothing of it is kept.
    Audit(AuditArguments),
    /// Measure the structure of curricula and degree plans: blocking, delay, centrality, complexity, requisites, terms
    Metrics(MetricsArguments),
    /// Find the certifications, frameworks and microcredentials that courses nearly cover already
    Find(FindArguments),
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
        #[arg(long, default_value = "", hide_default_value = true)]
        search: String,
        /// At most so many
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
        limit: u64,
    },
    /// Serve the site: on this machine, and with accounts to others
    Serve {
        #[command(flatten)]
        serve: ServeArguments,
        #[command(flatten)]
        ocr: OcrArguments,
    },
    /// Look after the people who have accounts
    People {
        #[command(subcommand)]
        what: PeopleWhat,
    },
    /// Check that the database is sound, and show the configuration
    Doctor {
        /// Walk the whole history and name the first line that is not what was written
        #[arg(long)]
        audit: bool,
        /// With --audit: a hash that was kept elsewhere, to see that nothing before it was cut off or made anew
        #[arg(long, value_name = "HASH", requires = "audit")]
        head: Option<String>,
    },
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
    /// Keep models for the deep engine
    Model {
        #[command(subcommand)]
        what: ModelWork,
    },
    /// Simulate learners who follow a plan: failed courses and exams, stopping out, and what that does to time and cost
    Simulate(Box<SimulateArguments>),
    /// Plan courses, terms, credentials and exams of a pathway or an instance: the best plan with its proof, or why there is none
    Plan(Box<PlanArguments>),
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

/// What can be listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListWhat {
    Programs,
    Pathways,
    Courses,
    Blueprints,
    Credentials,
    Crosswalks,
    Findings,
    History,
    Mappings,
}

/// What can be done about people at a terminal.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum PeopleWhat {
    /// List accounts and roles
    List,
    /// Make a one-time link for a new administrator, when no administrator can sign in any more
    Rescue,
}

/// What can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffKind {
    /// Versions of a blueprint
    Blueprint,
    /// Editions of a catalogue
    Courses,
}

/// Form of a template.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TemplateFormat {
    Csv,
    Xlsx,
}

/// What can be done with the models of the deep engine.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelWork {
    /// Take a sentence encoder from a local folder
    Add {
        /// The folder with config.json, vocab.txt and model.safetensors
        folder: PathBuf,
    },
    /// Show the models there are, with the checksums of their files
    List,
    /// Take a model away
    Remove {
        /// Its name
        name: String,
    },
}

/// An address on this machine: the sample has no accounts, so other machines must not reach it.
fn loopback(given: &str) -> Result<SocketAddr, String> {
    let numeric = match given.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => given.to_owned(),
    };
    let address: SocketAddr =
        numeric.parse().map_err(|_| "write it as 127.0.0.1:PORT, for example 127.0.0.1:8087".to_owned())?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err("other machines can reach it; the sample has no accounts and is served on 127.0.0.1 or [::1] only".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_fit_together() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn only_this_machine_is_listened_on() {
        for good in ["127.0.0.1:0", "localhost:8087", "[::1]:80", "127.9.9.9:1"] {
            assert!(loopback(good).is_ok(), "{good}");
        }
        for bad in ["0.0.0.0:80", "192.168.1.5:80", "[::]:80", "127.0.0.1", "example.org:80"] {
            assert!(loopback(bad).is_err(), "{bad}");
        }
    }
}
