//! What holds for every pair of outlines.

use std::collections::BTreeMap;

use credway_align::{Became, ChangeNote, OutlineChange, OutlineLine, compare_outlines};
use proptest::prelude::*;

use crate::{line, outline};

const WORDS: [&str; 14] = [
    "configure",
    "firewall",
    "explain",
    "the",
    "backup",
    "restore",
    "policy",
    "and",
    "network",
    "attack",
    "e.g.",
    "cloud",
    "key",
    "rotate",
];

/// Outlines of few words, nested up to three deep, so that much is alike.
fn outlines() -> impl Strategy<Value = Vec<OutlineLine>> {
    let text = proptest::collection::vec(0..WORDS.len(), 1..6)
        .prop_map(|words| words.into_iter().map(|at| WORDS[at]).collect::<Vec<_>>().join(" "));
    proptest::collection::vec((text, 0_usize..4, proptest::option::of(1_u8..9)), 0..14).prop_map(|lines| {
        let mut made: Vec<OutlineLine> = Vec::new();
        for (text, back, code) in lines {
            let above = made.len().checked_sub(back).filter(|above| back > 0 && *above < made.len());
            made.push(OutlineLine { text, code: code.map(|code| code.to_string()), above, heading: above.is_none() });
        }
        made
    })
}

fn shapes(change: &OutlineChange) -> Vec<(Became, Vec<usize>, Vec<usize>)> {
    let mut shapes: Vec<_> =
        change.matches.iter().map(|found| (found.kind, found.old.clone(), found.new.clone())).collect();
    shapes.sort();
    shapes
}

fn statements(side: &[OutlineLine]) -> Vec<usize> {
    side.iter().enumerate().filter(|(_, line)| !line.heading).map(|(at, _)| at).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_outline_beside_itself_is_the_same(one in outlines()) {
        let change = compare_outlines(&one, &one);
        for found in &change.matches {
            prop_assert_eq!(found.kind, Became::Same);
            prop_assert_eq!(&found.old, &found.new);
            prop_assert!(found.notes.is_empty() && found.unchanged);
        }
        prop_assert_eq!(change.matches.len(), statements(&one).len());
    }

    #[test]
    fn every_statement_is_in_one_match_and_pieces_are_pieces(old in outlines(), new in outlines()) {
        let change = compare_outlines(&old, &new);
        let mut seen: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
        for found in &change.matches {
            seen[0].extend(&found.old);
            seen[1].extend(&found.new);
            prop_assert_eq!((found.removed.len(), found.added.len()), (found.old.len(), found.new.len()));
            for (side, lines, marks) in [(&old, &found.old, &found.removed), (&new, &found.new, &found.added)] {
                for (at, spans) in lines.iter().zip(marks) {
                    prop_assert!(spans.iter().all(|span| span.of(&side[*at].text).is_some_and(|piece| !piece.is_empty())));
                }
            }
            prop_assert!((0.0..=1.0).contains(&found.likeness));
            let sizes = (found.old.len(), found.new.len());
            let fits = match found.kind {
                Became::Same | Became::Reworded | Became::Moved => sizes == (1, 1),
                Became::Split => sizes.0 == 1 && sizes.1 > 1,
                Became::Merged => sizes.0 > 1 && sizes.1 == 1,
                Became::New => sizes == (0, 1),
                Became::Gone => sizes == (1, 0),
            };
            prop_assert!(fits);
        }
        seen.iter_mut().for_each(|side| side.sort_unstable());
        prop_assert_eq!(&seen[0], &statements(&old));
        prop_assert_eq!(&seen[1], &statements(&new));
    }

    #[test]
    fn swapping_the_sides_swaps_the_kinds(old in outlines(), new in outlines()) {
        let there = shapes(&compare_outlines(&old, &new));
        let mut back: Vec<_> = shapes(&compare_outlines(&new, &old))
            .into_iter()
            .map(|(kind, one, other)| (kind.swapped(), other, one))
            .collect();
        back.sort();
        prop_assert_eq!(there, back);
    }
}

#[test]
fn a_number_that_changes_after_an_insertion_is_a_note() {
    let numbered = |texts: &[&str]| {
        let mut lines = outline(&[("Security", texts.to_vec())]);
        for (at, line) in lines.iter_mut().enumerate().skip(1) {
            line.code = Some(format!("1.{at}"));
        }
        lines
    };
    let old = numbered(&["Install a firewall", "Rotate keys", "Write a policy"]);
    let new = numbered(&["Install a firewall", "Test restores from backup", "Rotate keys.", "Write a policy"]);
    let change = compare_outlines(&old, &new);
    let kinds: Vec<(Became, &[ChangeNote])> =
        change.matches.iter().map(|found| (found.kind, found.notes.as_slice())).collect();
    assert_eq!(
        kinds,
        [
            (Became::Same, [].as_slice()),
            (Became::New, &[]),
            (Became::Same, &[ChangeNote::Renumbered, ChangeNote::Respelled]),
            (Became::Same, &[ChangeNote::Renumbered]),
        ]
    );
    assert!(change.matches[2].unchanged, "punctuation is nothing a reviewer read differently");
}

#[test]
fn what_goes_along_with_its_parent_is_the_same_and_a_renamed_domain_moves_nothing() {
    let old = [
        line("Attacks", None, true),
        line("Compare social engineering techniques", Some(0), false),
        line("Phishing", Some(1), false),
        line("Shoulder surfing", Some(1), false),
        line("Operations", None, true),
        line("Read logs", Some(4), false),
        line("Rotate keys", Some(4), false),
    ];
    let new = [
        line("Threats", None, true),
        line("Map an attack surface", Some(0), false),
        line("Security operations and response", None, true),
        line("Read logs", Some(2), false),
        line("Rotate keys", Some(2), false),
        line("Compare social engineering techniques", Some(2), false),
        line("Phishing", Some(5), false),
        line("Shoulder surfing", Some(5), false),
    ];
    let change = compare_outlines(&old, &new);
    let of = |text: &str| change.matches.iter().find(|found| found.old.iter().any(|at| old[*at].text == text)).unwrap();
    assert_eq!(of("Read logs").kind, Became::Same);
    assert_eq!(of("Compare social engineering techniques").kind, Became::Moved);
    assert_eq!(
        (of("Phishing").kind, of("Phishing").notes.as_slice()),
        (Became::Same, [ChangeNote::WithItsParent].as_slice())
    );
    assert!(change.headings.contains(&(4, 2)), "{:?}", change.headings);
}

#[test]
fn the_same_words_twice_stay_where_they_were() {
    let old = outline(&[("One", vec!["Troubleshoot", "Plan"]), ("Two", vec!["Troubleshoot", "Build"])]);
    let new = outline(&[("Two", vec!["Build", "Troubleshoot"]), ("One", vec!["Plan", "Troubleshoot"])]);
    assert!(compare_outlines(&old, &new).matches.iter().all(|found| found.kind == Became::Same));
}

/// Four thousand statements, a third of them changed: in seconds even without optimisation, and never all with all.
#[test]
fn large_outlines_are_compared_in_bounded_time() {
    let subjects = ["router", "ledger", "turbine", "vaccine", "contract", "sensor", "archive", "bridge"];
    let verbs = ["Configure", "Explain", "Audit", "Repair", "Plan", "Measure"];
    let statement = |at: usize| {
        format!("{} the {} number w{} for site s{}", verbs[at % 6], subjects[at % 8], at * 7919 % 9973, at / 40)
    };
    let side = |changed: bool| {
        let mut by_domain: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for at in 0..4_000 {
            let text = statement(at);
            let text = if changed && at % 3 == 0 { format!("{text} and write a report") } else { text };
            by_domain.entry(at / 100).or_default().push(text);
        }
        let titles: Vec<String> = by_domain.keys().map(|domain| format!("Domain d{domain}")).collect();
        let domains: Vec<(&str, Vec<&str>)> = titles
            .iter()
            .zip(by_domain.values())
            .map(|(title, texts)| (title.as_str(), texts.iter().map(String::as_str).collect()))
            .collect();
        outline(&domains)
    };
    let change = compare_outlines(&side(false), &side(true));
    let count = |kind: Became| change.matches.iter().filter(|found| found.kind == kind).count();
    assert_eq!((count(Became::Same), count(Became::Reworded)), (2_666, 1_334));
}
