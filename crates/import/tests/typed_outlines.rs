//! An outline typed in two columns reads the same as text and as a PDF set in letters of one width.

use std::path::Path;

use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Ctid, Place};

/// Title, weight and objectives of every domain, and where the first domain stands.
fn domains(name: &str) -> (Vec<(String, String, Vec<String>)>, Place) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/documents").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let file = SourceFile::new(name, bytes);
    let reading = read(Kind::Blueprint, file, &Context::new(namespace, namespace), None, &NoProgress);
    let joined = reading.findings.iter().find(|finding| finding.code == "blueprint.title-joined").unwrap();
    let blueprint = &reading.records.blueprints[0];
    let domain = |domain: &credway_model::Domain| {
        let weight = domain.weight.map(|weight| weight.to_string()).unwrap_or_default();
        let objectives = domain.objectives.iter().map(|objective| objective.text.to_string()).collect();
        (domain.title.to_string(), weight, objectives)
    };
    (blueprint.domains.iter().map(domain).collect(), joined.place.clone())
}

#[test]
fn letters_of_one_width_keep_their_grid() {
    let (text, at_line) = domains("harbour-pilot.txt");
    assert_eq!(text.iter().map(|(_, _, objectives)| objectives.len()).collect::<Vec<_>>(), [3, 3, 2, 3]);
    assert_eq!(text[3].0, "Signals, Lights and Radio");
    assert!(matches!(at_line, Place::Line { line: 18, .. }), "{at_line}");
    let (pdf, on_page) = domains("harbour-pilot-typst.pdf");
    assert_eq!(pdf, text);
    assert!(matches!(on_page, Place::Pages(_)), "{on_page}");
}
