//! The `credway` binary: the one place that knows both faces.

use std::process::ExitCode;

fn main() -> ExitCode {
    credway_cli::run(|workbench, person, settings, ready| {
        Box::pin(async move { Ok(credway_web::serve(workbench, person, settings, ready).await?) })
    })
}
