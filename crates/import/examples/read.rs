//! Shows what a file is read as, without a database: `cargo run -p credway-import --example read courses|blueprint FILE`.
//! Courses come as CSV in the columns of `export courses` and their outcomes, a blueprint as JSON.
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for the person who looks into a layout"
)]

use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Course, Ctid};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let file = SourceFile::new(arguments[2].clone(), std::fs::read(&arguments[2]).unwrap());
    let kind = if arguments[1] == "blueprint" { Kind::Blueprint } else { Kind::Courses };
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let reading = read(kind, file, &Context::new(namespace, namespace), None, &NoProgress);
    for finding in &reading.findings {
        eprintln!("{:?} {} {} {}", finding.severity, finding.code, finding.place, finding.message);
    }
    if kind == Kind::Blueprint {
        let blueprint = serde_json::json!({ "blueprint": reading.records.blueprints.first() });
        println!("{blueprint}");
        return;
    }
    let mut rows = csv::Writer::from_writer(std::io::stdout());
    rows.write_record([
        "code",
        "title",
        "credits",
        "lecture_hours",
        "lab_hours",
        "contact_hours",
        "description",
        "prerequisites",
        "corequisites",
        "outcomes",
    ])
    .unwrap();
    reading.records.courses.iter().for_each(|course| rows.write_record(row(course)).unwrap());
    rows.flush().unwrap();
}

fn row(course: &Course) -> [String; 10] {
    fn words<T: ToString>(value: Option<&T>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let outcomes: Vec<String> = course.outcomes.iter().map(|outcome| outcome.statement.to_string()).collect();
    [
        course.code.to_string(),
        course.title.to_string(),
        words(course.credits.as_ref()),
        words(course.lecture_hours.as_ref()),
        words(course.lab_hours.as_ref()),
        words(course.contact_hours.as_ref()),
        words(course.description.as_ref()),
        words(course.prerequisites.as_ref()),
        words(course.corequisites.as_ref()),
        outcomes.join("\n"),
    ]
}
