//! Plans instances and prints each stage with its value, bound and seconds of processor time.
//!
//! `cargo run --release -p credway-plan --example plan_instance -- FILE…`

#![expect(clippy::print_stdout, reason = "an example prints what it measures")]

use std::process::ExitCode;

use credway_plan::pathway::{Answer, Stage, Watch, plan, read_instance};

/// The processor time of this process.
struct Clock;

impl Watch for Clock {
    fn cpu_seconds(&mut self) -> f64 {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        #[expect(clippy::cast_precision_loss, reason = "seconds and nanoseconds of one process")]
        let seconds = time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9;
        seconds
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn ended(&mut self, stage: &Stage) {
        let Stage { name, value, bound, cpu_seconds } = stage;
        println!("  {:<9} {value:>7}  bound {bound:>7}  {cpu_seconds:.3} s", name.name());
    }
}

fn main() -> ExitCode {
    for file in std::env::args().skip(1) {
        println!("{file}");
        let before = Clock.cpu_seconds();
        let answer = std::fs::read_to_string(&file)
            .map_err(|error| error.to_string())
            .and_then(|text| read_instance(&text).map_err(|error| error.to_string()))
            .and_then(|problem| plan(&problem, 600.0, &mut Clock).map_err(|error| error.to_string()));
        match answer {
            Ok(Answer::Planned { values, .. }) => println!("  {values:?}"),
            Ok(other) => println!("  {other:?}"),
            Err(error) => {
                println!("  {error}");
                return ExitCode::FAILURE;
            }
        }
        println!("  in all {:.3} s", Clock.cpu_seconds() - before);
    }
    ExitCode::SUCCESS
}
