//! Measures the planner: each file's stages, conflict or balance, with seconds of processor time.
//!
//! `cargo run --release --workspace --example plan_instance -- [--infeasible] [--order=cost,terms] FILE…` — `.json` files
//! are planning instances (with `--infeasible` cut down to 9 terms and loads of 12, 12 and 0, as the peer's `mus.py load`
//! does; with `--order` planned in that order), `.dat` and `.mzn` files curricula to balance.

#![expect(clippy::print_stdout, reason = "an example prints what it measures")]

use std::process::ExitCode;

use credway_plan::bacp::{balance, read_bacp};
use credway_plan::pathway::{
    Answer, Problem, Stage, StageName, Watch, conflict, loosening_sentence, loosenings, plan, read_instance, sentence,
    tag, ways_out,
};

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
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    for file in files {
        println!("{file}");
        let before = Clock.cpu_seconds();
        let measured = std::fs::read_to_string(&file).map_err(|error| error.to_string()).and_then(|text| {
            if file.ends_with(".json") {
                let mut problem = read_instance(&text).map_err(|error| error.to_string())?;
                if flags.contains(&"--infeasible".to_owned()) {
                    (problem.horizon, problem.most_load) = (9, [12, 12, 0]);
                }
                if let Some(order) = flags.iter().find_map(|flag| flag.strip_prefix("--order=")) {
                    let named = |name: &str| {
                        let known = StageName::ALL.into_iter().find(|stage| stage.name() == name);
                        known.ok_or_else(|| format!("there is no objective {name}"))
                    };
                    problem.order = order.split(',').map(named).collect::<Result<_, _>>()?;
                }
                planned(&problem)
            } else {
                balanced(&text)
            }
        });
        if let Err(error) = measured {
            println!("  {error}");
            return ExitCode::FAILURE;
        }
        println!("  in all {:.3} s", Clock.cpu_seconds() - before);
    }
    ExitCode::SUCCESS
}

fn planned(problem: &Problem) -> Result<(), String> {
    match plan(problem, 600.0, &mut Clock).map_err(|error| error.to_string())? {
        Answer::Planned { values, .. } => println!("  {values:?}"),
        Answer::Undecided => println!("  undecided"),
        Answer::Infeasible => {
            let found = conflict(problem, 600.0, &mut Clock).map_err(|error| error.to_string())?;
            for rule in found.ok_or("no conflict found")?.rules {
                println!("  {:<20} {}", tag(problem, rule), sentence(problem, rule));
            }
            let before = Clock.cpu_seconds();
            for way in ways_out(problem, 5, 5.0, &mut Clock).map_err(|error| error.to_string())? {
                let words: Vec<String> = way.drop.iter().map(|rule| sentence(problem, *rule)).collect();
                println!("  give up: {}", words.join(" "));
            }
            println!("  ways out {:.3} s", Clock.cpu_seconds() - before);
            let before = Clock.cpu_seconds();
            for loosening in loosenings(problem, 5.0, &mut Clock).map_err(|error| error.to_string())? {
                println!("  {}", loosening_sentence(problem, &loosening));
            }
            println!("  loosenings {:.3} s", Clock.cpu_seconds() - before);
        }
    }
    Ok(())
}

fn balanced(text: &str) -> Result<(), String> {
    let curriculum = read_bacp(text).map_err(|error| error.to_string())?;
    let found = balance(&curriculum, 600.0).map_err(|error| error.to_string())?.ok_or("no periods found")?;
    println!("  fullest {} bound {} without search {}", found.fullest, found.bound, found.without_search);
    Ok(())
}
