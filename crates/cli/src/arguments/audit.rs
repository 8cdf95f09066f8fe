//! What `audit` takes.

use std::path::PathBuf;

use credway_model::Credits;
use credway_workflow::AuditShare;

/// Arguments of `audit`.
#[derive(Debug, clap::Args)]
pub(crate) struct AuditArguments {
    /// Program: title, “title award” or identifier
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) program: String,
    /// Further programs, audited together: each course counts where it helps most
    #[arg(long, value_name = "PROGRAM", num_args = 1..)]
    pub(crate) with: Vec<String>,
    /// Courses taken: a CSV with the columns of `credway template taken`
    #[arg(long, value_name = "FILE")]
    pub(crate) taken: PathBuf,
    /// Exceptions with who and why: a CSV with the columns of `credway template exceptions`
    #[arg(long, value_name = "FILE")]
    pub(crate) exceptions: Option<PathBuf>,
    /// At most so many credits may count for both of two programs, named as above: `A,B=9`
    #[arg(long, value_name = "A,B=CREDITS")]
    pub(crate) share: Vec<String>,
    /// Credits of a course where neither the file nor the catalogue gives any; every figure that rests on it says so
    #[arg(long, value_name = "CREDITS")]
    pub(crate) assume_credits: Option<Credits>,
}

impl AuditArguments {
    /// The programs, the first one first.
    pub(crate) fn programs(&self) -> Vec<String> {
        std::iter::once(&self.program).chain(&self.with).cloned().collect()
    }

    /// A limit of shared credits. Names may hold commas: the comma is meant that stands between two of the programs.
    ///
    /// # Errors
    /// In words, when it is none.
    pub(crate) fn shared(&self, given: &str) -> anyhow::Result<AuditShare> {
        let wrong = || anyhow::anyhow!("“{given}” is not A,B=CREDITS with two of the programs that are audited");
        let (names, credits) = given.rsplit_once('=').ok_or_else(wrong)?;
        let at_most = credits.parse().map_err(|error| anyhow::anyhow!("“{given}”: {error}"))?;
        let known = |name: &str| {
            let wanted = name.trim().to_lowercase();
            self.programs().into_iter().find(|program| program.trim().to_lowercase() == wanted)
        };
        let splits = names.match_indices(',').map(|(at, _)| (&names[..at], &names[at + 1..]));
        let mut found = splits.filter_map(|(one, other)| Some((known(one)?, known(other)?)));
        Ok(AuditShare { programs: found.next().ok_or_else(wrong)?, at_most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_names_two_of_the_programs() {
        let arguments = AuditArguments {
            program: "Arts, BA".to_owned(),
            with: vec!["Cyber".to_owned()],
            taken: PathBuf::new(),
            exceptions: None,
            share: Vec::new(),
            assume_credits: None,
        };
        let share = arguments.shared("arts, ba,Cyber=9").unwrap();
        assert_eq!(share.programs, ("Arts, BA".to_owned(), "Cyber".to_owned()));
        assert_eq!(share.at_most.to_string(), "9");
        for bad in ["Arts, BA=9", "Arts, BA,Cyber", "Arts, BA,Cyber=nine", "Cyber,History=9"] {
            assert!(arguments.shared(bad).is_err(), "{bad}");
        }
    }
}
