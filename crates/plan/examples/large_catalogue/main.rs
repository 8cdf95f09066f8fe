//! Large catalogues: 300 courses, 16 terms, 3 credentials, 4 exams, made from a seed.
//!
//! `cargo run --release --workspace --example large_catalogue -- write SEED` writes an instance as JSON, in the shape that
//! `credway plan --instance` reads; `… -- plan [--seconds N] SEED…` plans instances within so many seconds of processor
//! time each (60 when left out) and prints, stage by stage, value, bound, gap and seconds; each in a process of its own, since a
//! search that is broken off goes on for a while. The published seeds are 11 to 20.

#![expect(clippy::print_stdout, reason = "an example prints what it makes and measures")]

mod catalogue;
mod dice;
mod instance;

use std::process::{Command, ExitCode};

use credway_plan::pathway::{Answer, Stage, Watch, check, plan, read_instance};

/// Seconds a call of the solver may take: so many that the processor time ends first.
const PATIENCE: f64 = 3600.0;

/// Waits until so much processor time of this process is used.
struct Clock {
    until: f64,
}

impl Watch for Clock {
    fn cpu_seconds(&mut self) -> f64 {
        processor_seconds()
    }

    fn cancelled(&self) -> bool {
        processor_seconds() >= self.until
    }

    fn ended(&mut self, _: &Stage) {}
}

/// Processor time of this process.
fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    #[expect(clippy::cast_precision_loss, reason = "seconds and nanoseconds of one process")]
    let seconds = time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9;
    seconds
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["write", seed] => seed.parse().ok().map(|seed| println!("{:#}", instance::instance(seed))),
        ["plan", "--seconds", seconds, ref seeds @ ..] => {
            seconds.parse().ok().and_then(|within| planned(seeds, within))
        }
        ["plan", ref seeds @ ..] => planned(seeds, 60.0),
        ["one", seed, seconds] => seconds.parse().ok().and_then(|within| one(seed, within)),
        _ => None,
    };
    if done.is_none() {
        println!("give `write SEED`, or `plan [--seconds N] SEED…`");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn planned(seeds: &[&str], seconds: f64) -> Option<()> {
    println!("| Seed | Stage | Value | Bound | Gap | CPU s |");
    println!("|---|---|---:|---:|---:|---:|");
    let own = std::env::current_exe().ok()?;
    for seed in seeds {
        let ended = Command::new(&own).args(["one", seed, &seconds.to_string()]).status().ok()?;
        if !ended.success() {
            return None;
        }
    }
    Some(())
}

fn one(seed: &str, seconds: f64) -> Option<()> {
    let problem = read_instance(&instance::instance(seed.parse().ok()?).to_string()).ok()?;
    let before = processor_seconds();
    match plan(&problem, PATIENCE, &mut Clock { until: before + seconds }) {
        Ok(Answer::Planned { plan, values, stages }) => {
            for Stage { name, value, bound, cpu_seconds } in &stages {
                let gap = gap(*value, *bound);
                println!("| {seed} | {} | {value} | {bound} | {gap:.2} % | {cpu_seconds:.1} |", name.name());
            }
            assert_eq!(check(&problem, &plan), Ok(values), "the checker must accept the plan");
        }
        Ok(other) => println!("| {seed} | {other:?} | | | | |"),
        Err(error) => println!("| {seed} | {error} | | | | |"),
    }
    println!("| {seed} | all | | | | {:.1} |", processor_seconds() - before);
    Some(())
}

/// How far a value is from its bound, in per cent of the value.
fn gap(value: i64, bound: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "sums of money and credits")]
    let (apart, value) = ((value - bound).abs() as f64, value.abs() as f64);
    if apart == 0.0 { 0.0 } else { 100.0 * apart / value.max(1.0) }
}
