//! Published exam outlines, read from their texts, against the table of what they hold.
//!
//! The texts lie beside the project where the shared data is; elsewhere the test says that it is skipped.

#![expect(clippy::print_stderr, reason = "a skip must be seen")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Blueprint, Ctid, Severity};

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

fn context() -> Context {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    Context::new(namespace, namespace)
}

fn import(path: &std::path::Path) -> Blueprint {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let file = SourceFile::new(name.clone(), std::fs::read(path).unwrap());
    let mut reading = read(Kind::Blueprint, file, &context(), None, &NoProgress);
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    assert_eq!(reading.records.blueprints.len(), 1, "{name}");
    reading.records.blueprints.remove(0)
}

/// Domain → (weight, competencies).
type Outline = BTreeMap<String, (String, Vec<String>)>;

fn expected() -> BTreeMap<String, Outline> {
    let table = std::fs::read_to_string(shared("exams/cncf/cncf_blueprints.tsv").unwrap()).unwrap();
    let mut exams: BTreeMap<String, Outline> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let outline = exams.entry(cells[0].to_lowercase()).or_default();
        let domain = outline.entry(cells[2].to_owned()).or_insert((cells[3].to_owned(), Vec::new()));
        if let Some(text) = cells.get(4).map(|text| text.trim()).filter(|text| !text.is_empty()) {
            domain.1.push(text.to_owned());
        }
    }
    exams
}

fn outline(blueprint: &Blueprint) -> Outline {
    let weight =
        |domain: &credway_model::Domain| domain.weight.map_or_else(String::new, |weight| weight.low().to_string());
    let texts =
        |domain: &credway_model::Domain| domain.objectives.iter().map(|objective| objective.text.to_string()).collect();
    blueprint.domains.iter().map(|domain| (domain.title.to_string(), (weight(domain), texts(domain)))).collect()
}

#[test]
fn sixteen_outlines_hold_what_the_table_says() {
    let Some(folder) = shared("exams/cncf") else { return };
    let expected = expected();
    let mut differences = Vec::new();
    let mut files = 0;
    let mut competencies = 0;
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending != "tsv")) {
        files += 1;
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        let readme = name.ends_with("readme.md");
        let exam = if name.contains("cba") { "cba" } else { name.split('_').next().unwrap() };
        let blueprint = import(path);
        let mut wanted = expected[exam].clone();
        if readme {
            // The README names domains only.
            wanted.values_mut().for_each(|domain| domain.1.clear());
        }
        let got = outline(&blueprint);
        competencies += got.values().map(|domain| domain.1.len()).sum::<usize>();
        for (title, domain) in &wanted {
            match got.get(title) {
                None => differences.push(format!("{name}: no domain “{title}”, but {:?}", got.keys())),
                Some(found) if found.0 != domain.0 => {
                    differences.push(format!("{name}: {title} weighs {} not {}", found.0, domain.0))
                }
                Some(found) => {
                    for text in domain.1.iter().filter(|text| !found.1.contains(text)) {
                        differences.push(format!("{name}: {title} lacks “{text}”; it has {:?}", found.1));
                    }
                    for text in found.1.iter().filter(|text| !domain.1.contains(text)) {
                        differences.push(format!("{name}: {title} has “{text}” too many"));
                    }
                }
            }
        }
        for title in got.keys().filter(|title| !wanted.contains_key(*title)) {
            differences.push(format!("{name}: domain “{title}” too many"));
        }
        println!("{name}: {} {:?}", blueprint.title, blueprint.version.as_ref().map(credway_model::Text::as_str));
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    assert_eq!((files, competencies), (16, 290));
}
