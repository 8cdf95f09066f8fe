//! Edits of an outline written for this test, each with its kind.

use std::collections::BTreeSet;

use credway_align::{Became, OutlineLine, compare_outlines};

use crate::outline;

type Expected = (String, BTreeSet<String>, BTreeSet<String>);

/// Both outlines and what became of every statement: kind, old words, new words.
fn table() -> ([Vec<OutlineLine>; 2], Vec<Expected>) {
    let mut sides: [Vec<(&str, Vec<&str>)>; 2] = [Vec::new(), Vec::new()];
    let mut expected = Vec::new();
    for row in include_str!("edits.tsv").lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let texts = |at: usize| -> Vec<&str> {
            let cell = cells.get(at).copied().unwrap_or_default();
            cell.split(" || ").filter(|text| !text.is_empty()).collect()
        };
        for (side, domain, texts) in [(0, 1, texts(2)), (1, 3, texts(4))] {
            let Some(domain) = cells.get(domain).copied().filter(|domain| !domain.is_empty()) else { continue };
            let at = sides[side].iter().position(|(title, _)| *title == domain).unwrap_or_else(|| {
                sides[side].push((domain, Vec::new()));
                sides[side].len() - 1
            });
            sides[side][at].1.extend(texts);
        }
        let set = |at: usize| texts(at).into_iter().map(str::to_owned).collect();
        expected.push((cells[0].to_owned(), set(2), set(4)));
    }
    (sides.map(|side| outline(&side)), expected)
}

#[test]
fn the_edits_are_recognised() {
    let ([old, new], expected) = table();
    let change = compare_outlines(&old, &new);
    let words = |side: &[OutlineLine], lines: &[usize]| lines.iter().map(|at| side[*at].text.clone()).collect();
    let found: Vec<Expected> = change
        .matches
        .iter()
        .map(|found| (found.kind.word().to_owned(), words(&old, &found.old), words(&new, &found.new)))
        .collect();
    let missed: Vec<&Expected> = expected.iter().filter(|edit| !found.contains(edit)).collect();
    let instead: Vec<&Expected> = found.iter().filter(|one| !expected.contains(one)).collect();
    assert!(missed.is_empty(), "{} of {} missed: {missed:#?}\ninstead: {instead:#?}", missed.len(), expected.len());
    for kind in Became::ALL {
        assert!(change.matches.iter().any(|found| found.kind == kind), "{}", kind.word());
    }
}
