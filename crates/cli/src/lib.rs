//! The command line: arguments in, a use case called, words or JSON out. It holds no rule and no SQL.
//!
//! Standard output is data, standard error is talk. Exit status: 0 done, 1 done with findings (or nothing written
//! because of them), 2 failure. With `--json` a failure is a document too: `{"error": …}`.

mod arguments;
mod bars;
mod commands;
mod files;
mod json;
mod next;
mod progress;
#[cfg(test)]
mod reference;
mod screen;
mod settings;
mod shown;
mod table;
mod words;

use std::ffi::OsString;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::process::ExitCode;

use clap::{ColorChoice, FromArgMatches};
use credway_model::Person;
use credway_workflow::{ServeSettings, Workbench};

use arguments::Arguments;
use screen::Screen;

/// What the binary gives the command line so that the two faces do not know each other: how to serve the site. The
/// last argument is called with the address once it answers.
pub type Serve = fn(
    Workbench,
    Person,
    ServeSettings,
    Box<dyn FnOnce(SocketAddr) + Send>,
) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>>;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All done, nothing to say.
    Done,
    /// There are findings.
    Findings,
}

/// Runs the command line of this process.
#[must_use]
pub fn run(serve: Serve) -> ExitCode {
    let mut arguments = match typed() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let screen = Screen::new(arguments.json, arguments.no_color);
    if let Err(error) = arguments.configure() {
        return screen.fail(&error);
    }
    if let Some(threads) = arguments.threads {
        // A second call in one process would fail; there is only one.
        let built = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
        if let Err(error) = built {
            return screen.fail(&anyhow::anyhow!("could not start {threads} threads: {error}"));
        }
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return screen.fail(&anyhow::anyhow!("could not start the runtime: {error}")),
    };
    let ended = runtime.block_on(commands::run(&arguments, &screen, serve));
    // Long work that a stopped server left behind is not waited for: what it did not commit never was.
    runtime.shutdown_background();
    match ended {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Findings) => ExitCode::from(1),
        Err(error) => screen.fail(&error),
    }
}

/// The arguments of this process, or the status to end with when they cannot be taken (or only help is asked for).
fn typed() -> Result<Arguments, ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let options = || given.iter().skip(1).take_while(|word| *word != "--");
    let colour = if options().any(|word| word == "--no-color") { ColorChoice::Never } else { ColorChoice::Auto };
    let matches = command().color(colour).try_get_matches_from(&given);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| {
        if error.use_stderr() && options().any(|word| word == "--json") {
            let screen = Screen::new(true, true);
            // When standard output is gone the exit status still says it.
            let _ = screen.document(&serde_json::json!({ "error": sentence(&error) }));
        }
        // Nobody is left to tell when the stream is gone.
        let _ = error.print();
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
    })
}

/// What is wrong with the arguments in one line, without the usage below it.
fn sentence(error: &clap::Error) -> String {
    let words = error.render().to_string();
    let first = words.split("\n\n").next().unwrap_or_default();
    let lines: Vec<&str> = first.lines().map(str::trim).collect();
    lines.join(" ").trim_start_matches("error: ").to_owned()
}

/// The whole command line, for the man page, completions and the tested reference.
#[must_use]
pub fn command() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}
