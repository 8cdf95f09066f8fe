//! The command line: arguments in, a use case called, words or JSON out. It holds no rule and no SQL.
//!
//! Standard output is data, standard error is talk. Exit status: 0 done, 1 done with findings (or nothing written
//! because of them), 2 failure.

mod arguments;
mod bars;
mod commands;
mod files;
mod progress;
mod screen;
mod shown;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::process::ExitCode;

use clap::Parser;
use credway_model::Person;
use credway_workflow::Workbench;

use arguments::Arguments;
use screen::Screen;

/// What the binary gives the command line so that the two faces do not know each other: how to serve the site. The
/// last argument is called with the address once it answers.
pub type Serve = fn(
    Workbench,
    Person,
    SocketAddr,
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
    let arguments = Arguments::parse();
    let screen = Screen::new(arguments.json, arguments.no_color);
    if let Some(threads) = arguments.threads {
        // A second call in one process would fail; there is only one.
        let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        if let Err(error) = built {
            return screen.fail(&anyhow::anyhow!("could not start {threads} threads: {error}"));
        }
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return screen.fail(&anyhow::anyhow!("could not start the runtime: {error}")),
    };
    match runtime.block_on(commands::run(&arguments, &screen, serve)) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Findings) => ExitCode::from(1),
        Err(error) => screen.fail(&error),
    }
}

/// The whole command line, for the man page, completions and the tested reference.
#[must_use]
pub fn command() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}
