//! How long the structure of many curricula takes in one process:
//! `cargo run --release -p credway-workflow --example curricula_speed FOLDER`. Files are read from the disk before the clock
//! starts; reading the CSV, measuring and the findings count. The best of five rounds is told, with all of them.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for the person who measures")]

use std::path::PathBuf;
use std::time::Instant;

use credway_workflow::{MetricsRequest, SourceFile, curriculum_metrics};

fn main() {
    let mut folders = vec![PathBuf::from(std::env::args().nth(1).unwrap())];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "csv") {
                files.push(SourceFile::new(path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    let request = MetricsRequest::default();
    let mut rounds = Vec::new();
    for _ in 0..5 {
        let started = Instant::now();
        let measured: Vec<_> = files.iter().map(|file| curriculum_metrics(file, &request).unwrap()).collect();
        rounds.push(started.elapsed().as_secs_f64());
        let curricula = measured.iter().filter(|one| one.total.is_some()).count();
        let courses: usize = measured.iter().map(|one| one.courses.len()).sum();
        let last = rounds.last().unwrap();
        println!("{} files, {curricula} curricula, {courses} courses: {last:.4} s", files.len());
    }
    println!("best {:.4} s", rounds.into_iter().fold(f64::INFINITY, f64::min));
}
