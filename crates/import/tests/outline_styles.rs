//! Any outline, written in any of the usual styles, is read back the same.

use std::fmt::Write as _;

use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Ctid, Objective, Severity};
use proptest::prelude::*;

/// A statement with those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    text: String,
    below: Vec<String>,
}

/// Title, weight, objectives.
type Outline = Vec<(String, u32, Vec<Node>)>;

const WORDS: [&str; 16] = [
    "lines", "knots", "cargo", "tides", "ropes", "cranes", "berths", "signals", "engines", "charts", "pumps",
    "anchors", "lamps", "holds", "winches", "ferries",
];
const VERBS: [&str; 8] = ["Choose", "Describe", "Inspect", "Compare", "Repair", "Plan", "Explain", "Stow"];

fn phrase() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5);
    (prop::sample::select(&VERBS[..]), words).prop_map(|(verb, words)| format!("{verb} {}", words.join(" ")))
}

/// Two to five domains whose weights come to 100 and whose titles differ.
fn outline() -> impl Strategy<Value = Outline> {
    let node = (phrase(), prop::collection::vec(phrase(), 0..4)).prop_map(|(text, below)| Node { text, below });
    let domain = (phrase(), 1_u32..20, prop::collection::vec(node, 1..5));
    prop::collection::vec(domain, 2..6).prop_map(|mut domains| {
        let before: u32 = domains.iter().skip(1).map(|(_, weight, _)| weight).sum();
        domains[0].1 = 100 - before;
        for (number, (title, ..)) in domains.iter_mut().enumerate() {
            title.push_str([" ashore", " aboard", " at sea", " in port", " by night"][number]);
        }
        domains
    })
}

/// A style: how a domain, an objective and a statement below it are written, by their numbers.
struct Style {
    name: &'static str,
    domain: fn(usize, &str, u32) -> String,
    objective: fn(usize, usize, &str) -> String,
    below: fn(usize, &str) -> String,
    /// Whether a table of weights stands on top and the headings have none.
    table: bool,
}

const ORDINALS: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];

fn letter(number: usize) -> char {
    char::from(b'A' + u8::try_from(number).unwrap())
}

const STYLES: [Style; 9] = [
    Style {
        name: "numbers.txt",
        domain: |n, title, weight| format!("{}.0 {title} ({weight}%)", n + 1),
        objective: |n, at, text| format!("{}.{} {text}", n + 1, at + 1),
        below: |_, text| format!("• {text}"),
        table: false,
    },
    Style {
        name: "share-first.txt",
        domain: |_, title, weight| format!("{weight}% - {title}"),
        objective: |_, _, text| format!("  • {text}"),
        below: |_, text| format!("    - {text}"),
        table: false,
    },
    Style {
        name: "domains.txt",
        domain: |n, title, weight| format!("Domain {}: {title} ({weight} % of the exam)", n + 1),
        objective: |_, at, text| format!("Task {}: {text}", at + 1),
        below: |_, text| format!(" » {text}"),
        table: false,
    },
    Style {
        name: "letters.txt",
        domain: |n, title, weight| format!("{}. {title} ..... {weight}%", ORDINALS[n]),
        objective: |_, at, text| format!("{}. {text}", letter(at)),
        below: |at, text| format!("{}. {text}", at + 1),
        table: false,
    },
    Style {
        name: "indented.txt",
        domain: |n, title, weight| format!("{}. {title} – {weight}%", n + 1),
        objective: |_, at, text| format!("   {}) {text}", letter(at).to_ascii_lowercase()),
        below: |_, text| format!("      • {text}"),
        table: false,
    },
    Style {
        name: "codes.txt",
        domain: |n, title, weight| format!("{weight}%  {}.0 {title}", n + 1),
        objective: |n, at, text| format!("{}.{} {text}", n + 1, at + 1),
        below: |_, text| format!("   o {text}"),
        table: false,
    },
    Style {
        name: "table.txt",
        domain: |n, title, _| format!("{}.0 {title}", n + 1),
        objective: |n, at, text| format!("{}.{} {text}", n + 1, at + 1),
        below: |_, text| format!("  – {text}"),
        table: true,
    },
    Style {
        name: "headings.md",
        domain: |_, title, weight| format!("## {title} ({weight}%)"),
        objective: |_, _, text| format!("- {text}"),
        below: |_, text| format!("  - {text}"),
        table: false,
    },
    Style {
        name: "deep-headings.md",
        domain: |n, title, weight| format!("## {}. {title} ({weight}%)", n + 1),
        objective: |n, at, text| format!("### {}.{} {text}", n + 1, at + 1),
        below: |at, text| format!("{}. {text}", at + 1),
        table: false,
    },
];

fn written(outline: &Outline, style: &Style) -> String {
    let mut text = if style.name.ends_with("md") { "# ".to_owned() } else { String::new() };
    text.push_str("Harbor Hand Exam Outline\n\n");
    if style.table {
        text.push_str("Domain                                             Weight\n");
        for (number, (title, weight, _)) in outline.iter().enumerate() {
            writeln!(text, "{}.0 {title:60}{weight}%", number + 1).unwrap();
        }
        writeln!(text, "{:64}100%\n", "Total").unwrap();
    }
    for (number, (title, weight, nodes)) in outline.iter().enumerate() {
        writeln!(text, "{}", (style.domain)(number, title, *weight)).unwrap();
        for (at, node) in nodes.iter().enumerate() {
            writeln!(text, "{}", (style.objective)(number, at, &node.text)).unwrap();
            for (at, below) in node.below.iter().enumerate() {
                writeln!(text, "{}", (style.below)(at, below)).unwrap();
            }
        }
    }
    text
}

/// A Markdown table, which has no third level.
fn table(outline: &Outline) -> String {
    let mut text = "# Harbor Hand Exam Outline\n\n| Domain | Weight | Objectives |\n|---|--:|---|\n".to_owned();
    for (title, weight, nodes) in outline {
        let cell: Vec<&str> = nodes.iter().map(|node| node.text.as_str()).collect();
        writeln!(text, "| {title} | {weight} | {} |", cell.join("; ")).unwrap();
    }
    text
}

fn read_back(name: &str, text: &str) -> Result<Outline, String> {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let file = SourceFile::new(name.to_owned(), text.as_bytes().to_vec());
    let reading = read(Kind::Blueprint, file, &Context::new(namespace, namespace), None, &NoProgress);
    // Two equal statements are reported, which is right.
    let said = |code: &str| code != "blueprint.objective-repeated";
    let found: Vec<_> =
        reading.findings.iter().filter(|one| one.severity > Severity::Note && said(&one.code)).collect();
    if !found.is_empty() {
        return Err(format!("{found:?}"));
    }
    let node = |objective: &Objective| Node {
        text: objective.text.to_string(),
        below: objective.children.iter().map(|below| below.text.to_string()).collect(),
    };
    let domains = reading.records.blueprints.iter().flat_map(|blueprint| &blueprint.domains).map(|domain| {
        let weight = domain.weight.map_or(0, |weight| weight.low().steps() / 100);
        (domain.title.to_string(), weight, domain.objectives.iter().map(node).collect())
    });
    Ok(domains.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_outline_is_read_the_same_in_every_style(outline in outline()) {
        for style in &STYLES {
            let text = written(&outline, style);
            prop_assert_eq!(read_back(style.name, &text), Ok(outline.clone()), "{}\n{}", style.name, text);
        }
        let flat: Outline = outline
            .iter()
            .map(|(title, weight, nodes)| {
                let nodes = nodes.iter().map(|node| Node { text: node.text.clone(), below: Vec::new() });
                (title.clone(), *weight, nodes.collect())
            })
            .collect();
        let text = table(&outline);
        prop_assert_eq!(read_back("table.md", &text), Ok(flat), "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in "([#|•*()%.:0-9A-Ca-civxIVX½é\u{f0b7}\t \n-]{0,12}(Domain 1: |1\\.1 |20% |\\| |\n|---\\|---\n|Task )?){0,20}") {
        for name in ["a.txt", "a.md"] {
            let _ = read_back(name, &format!("Title Outline\n{text}"));
        }
    }
}
