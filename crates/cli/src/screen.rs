//! The terminal: data on standard output, talk on standard error, colour only where a person looks.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Context;
use credway_model::{Finding, Place, Severity};
use credway_workflow::WorkflowError;
use serde::Serialize;

use crate::words::wrapped;

/// Where words go.
pub(crate) struct Screen {
    /// Whether only JSON goes to standard output.
    pub(crate) json: bool,
    /// Columns of the terminal, or of `COLUMNS`; none where the output goes into a file or another program.
    pub(crate) width: Option<usize>,
    colour: bool,
}

/// Columns within which sentences are wrapped where nothing says how wide the terminal is.
const PROSE: usize = 100;

/// Several files were named and one could not be taken: what came of those before it stands.
#[derive(Debug, thiserror::Error)]
#[error("{failed} was not imported; what was said of the files before it stands")]
pub(crate) struct Partly {
    /// The file.
    pub(crate) failed: String,
    /// The document of the files before it.
    pub(crate) done: serde_json::Value,
}

/// How a piece of text is shown on a terminal.
#[derive(Clone, Copy)]
pub(crate) enum Tone {
    /// Heading.
    Strong,
    /// Less important.
    Quiet,
    /// Needs attention.
    Warning,
    /// Wrong.
    Error,
    /// Well.
    Good,
}

impl Screen {
    pub(crate) fn new(json: bool, no_color: bool) -> Self {
        let wanted = !no_color && std::env::var_os("NO_COLOR").is_none();
        let colour = wanted && std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        Self { json, width: width(), colour }
    }

    /// Columns within which sentences are wrapped.
    pub(crate) fn prose(&self) -> usize {
        self.width.map_or(PROSE, |width| width.min(PROSE + 20))
    }

    /// A sentence of data, wrapped in a terminal; lines after the first begin with `indent` blanks.
    pub(crate) fn sentence(&self, text: &str, first: &str, indent: usize) -> anyhow::Result<()> {
        self.line(wrapped(text, self.width.map_or(usize::MAX, |_| self.prose()), first, indent))
    }

    /// The text in a tone, where there is colour.
    pub(crate) fn tone(&self, tone: Tone, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Strong => "1",
            Tone::Quiet => "2",
            Tone::Warning => "33",
            Tone::Error => "31",
            Tone::Good => "32",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A line of data; not shown with `--json`.
    pub(crate) fn line(&self, text: impl AsRef<str>) -> anyhow::Result<()> {
        if self.json {
            return Ok(());
        }
        write_out(format!("{}\n", text.as_ref()).as_bytes())
    }

    /// A line of talk.
    pub(crate) fn talk(&self, text: impl AsRef<str>) {
        // Nobody is left to tell when standard error is gone.
        let _ = writeln!(std::io::stderr(), "{}", text.as_ref());
    }

    /// The one JSON document of `--json`.
    pub(crate) fn document(&self, value: &impl Serialize) -> anyhow::Result<()> {
        if !self.json {
            return Ok(());
        }
        write_out(format!("{}\n", serde_json::to_string_pretty(value)?).as_bytes())
    }

    /// Bytes of a file to standard output.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> anyhow::Result<()> {
        write_out(bytes)
    }

    /// Findings, errors first, as talk; a long list is cut and counted.
    pub(crate) fn findings(&self, findings: &[Finding]) {
        const MOST: usize = 40;
        let mut sorted: Vec<&Finding> = findings.iter().collect();
        sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        for finding in sorted.iter().take(MOST) {
            let tone = match finding.severity {
                Severity::Error => Tone::Error,
                Severity::Warning => Tone::Warning,
                Severity::Note => Tone::Quiet,
            };
            let place = match (&finding.file, &finding.place) {
                (Some(file), Place::Whole) => file.clone(),
                (Some(file), place) => format!("{file}, {place}"),
                (None, place) => place.to_string(),
            };
            self.talk(format!(
                "{} {}  {place}",
                self.tone(tone, &format!("{:<7}", finding.severity.word())),
                self.tone(Tone::Strong, &finding.code),
            ));
            let indent = " ".repeat(8);
            self.talk(wrapped(&finding.message, self.prose(), &indent, 8));
            self.talk(self.tone(Tone::Quiet, &wrapped(&finding.hint, self.prose(), &indent, 8)));
        }
        if sorted.len() > MOST {
            self.talk(format!("… and {} more; see them all with --json", sorted.len() - MOST));
        }
    }

    /// Says why the command failed and gives the exit status for it.
    pub(crate) fn fail(&self, error: &anyhow::Error) -> ExitCode {
        if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        let findings = match error.downcast_ref::<WorkflowError>() {
            Some(WorkflowError::Findings(findings)) => findings.as_slice(),
            _ => &[],
        };
        let why = chain(error);
        let done = error.downcast_ref::<Partly>().map(|partly| partly.done.clone());
        let mut document = done.unwrap_or_else(|| serde_json::json!({}));
        document["error"] = serde_json::json!(why);
        if !findings.is_empty() {
            document["findings"] = crate::json::findings(findings);
        }
        // When standard output is gone the exit status still says it.
        let _ = self.document(&document);
        self.findings(findings);
        self.talk(format!("{} {why}", self.tone(Tone::Error, "credway:")));
        ExitCode::from(2)
    }

    /// What to do next, as talk; not said to programs.
    pub(crate) fn next(&self, step: &str) {
        if !self.json {
            self.talk(format!("{} {step}", self.tone(Tone::Quiet, "Next:")));
        }
    }
}

/// The error with its causes, each said once: many errors tell their cause themselves.
fn chain(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

/// The columns there are: what `COLUMNS` says, else what the terminal says.
fn width() -> Option<usize> {
    const NARROWEST: usize = 40;
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    said.or_else(terminal).filter(|width| *width > 0).map(|width: usize| width.max(NARROWEST))
}

fn write_out(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).context("could not write to standard output")
}
