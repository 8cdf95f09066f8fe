//! The `credway` binary: the one place that knows both faces.

use std::process::ExitCode;

fn main() -> ExitCode {
    credway_cli::run(|workbench, person, address, ready| {
        Box::pin(async move { Ok(credway_web::serve(workbench, person, address, ready).await?) })
    })
}
