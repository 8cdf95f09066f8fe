//! Outlines in the shapes that vendors write, in our own words, each against what a person reads in it.
//!
//! `tests/outlines/NAME` is the source, `NAME.expected` was written by hand: `= title (version)`, then a line
//! `! severity code place` for each warning and error, then `code | weight | title` with the objectives indented.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Blueprint, Ctid, Objective, Place, Severity, Text};

fn shown(path: &Path) -> String {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let file = SourceFile::new(name, std::fs::read(path).unwrap());
    let reading = read(Kind::Blueprint, file, &Context::new(namespace, namespace), None, &NoProgress);
    let mut out = String::new();
    let blueprint = &reading.records.blueprints[0];
    let version = blueprint.version.as_ref().map_or_else(String::new, |version| format!(" ({version})"));
    writeln!(out, "= {}{version}", blueprint.title).unwrap();
    let mut said: Vec<String> = Vec::new();
    for finding in reading.findings.iter().filter(|finding| finding.severity > Severity::Note) {
        let place = match finding.place {
            Place::Line { line, .. } => format!("line {line}"),
            _ => finding.place.to_string(),
        };
        said.push(format!("! {} {} {place}\n", finding.severity, finding.code));
    }
    said.sort();
    out.extend(said);
    domains(blueprint, &mut out);
    out
}

fn domains(blueprint: &Blueprint, out: &mut String) {
    for domain in &blueprint.domains {
        let code = domain.code.as_ref().map_or("-", Text::as_str);
        let weight = domain.weight.map_or_else(
            || "-".to_owned(),
            |weight| match (weight.low(), weight.high()) {
                (low, high) if low == high => low.to_string(),
                (low, high) => format!("{low}–{high}"),
            },
        );
        writeln!(out, "{code} | {weight} | {}", domain.title).unwrap();
        objectives(&domain.objectives, 1, out);
    }
}

fn objectives(list: &[Objective], depth: usize, out: &mut String) {
    for objective in list {
        let code = objective.code.as_ref().map_or("-", Text::as_str);
        writeln!(out, "{:width$}{code} | {}", "", objective.text, width = depth * 2).unwrap();
        objectives(&objective.children, depth + 1, out);
    }
}

#[test]
fn outlines_are_read_as_a_person_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outlines");
    let mut sources: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.retain(|path| path.extension().is_some_and(|ending| ending != "expected"));
    sources.sort();
    assert!(sources.len() >= 25, "only {} outlines", sources.len());
    let mut wrong = String::new();
    for source in sources {
        let expected = std::fs::read_to_string(format!("{}.expected", source.display())).unwrap();
        let found = shown(&source);
        if found != expected {
            write!(wrong, "\n--- {}\nexpected\n{expected}found\n{found}", source.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
