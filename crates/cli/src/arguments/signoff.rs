//! What `signoff` takes: which crosswalk, and what is done with its sign-off.

use clap::{Subcommand, ValueEnum};

use super::Pair;

/// What is done with a sign-off.
#[derive(Debug, Subcommand)]
pub(crate) enum SignoffWhat {
    /// Show how a crosswalk's sign-off stands: its steps, who signed, and the digest of what is signed
    Show {
        #[command(flatten)]
        pair: Pair,
    },
    /// Begin the sign-off of a crosswalk as it stands
    Begin {
        #[command(flatten)]
        pair: Pair,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// Sign the step whose turn it is, in the name given with --as
    Sign {
        #[command(flatten)]
        pair: Pair,
        /// The digest that `show` gives, or its first 12 figures or more: you sign what you have seen
        #[arg(long, value_name = "DIGEST")]
        digest: String,
        /// In which role, where the step may be signed in several
        #[arg(long = "role", value_enum, value_name = "ROLE")]
        role: Option<SigningRole>,
        /// The day of the decision, where the step asks for one
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<jiff::civil::Date>,
        /// What you add
        #[arg(long)]
        note: Option<String>,
    },
    /// Return a sign-off that runs
    Return {
        #[command(flatten)]
        pair: Pair,
        /// The title of an earlier step; the beginning when left out
        #[arg(long, value_name = "STEP")]
        to: Option<String>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Open the next revision after an approved one, which stays as it is
    Reopen {
        #[command(flatten)]
        pair: Pair,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Compute anew what was signed, and compare it with every signature and the history
    Verify,
}

/// A role that signs.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SigningRole {
    FacultyReviewer,
    ProgramLead,
    Registrar,
    Dean,
}
