//! The rules: who may know whom, and what may stand where.

use std::fmt;

use crate::imports::{Imported, imported};
use crate::source::{Source, codes, is_code, is_whole_word};
use crate::workspace::{Crate, FINDINGS, Workspace};

const MODEL: &[&str] = &["model"];
const ENGINES: &[&str] = &["align", "plan", "rules", "evidence"];
const ADAPTERS: &[&str] = &["identity", "import", "store", "warehouse", "publish"];
/// Leaves that adapters use: what documents are made of (`documents`), how pages are set (`typeset`), published
/// standards' types (`wire`).
const LEAVES: &[&str] = &["documents", "typeset", "wire"];
const FACES: &[&str] = &["cli", "web"];
const BINARY: &str = "credway";
/// Crates that make findings.
const FINDERS: &[&str] = &["model", "documents", "import", "publish", "workflow"];

/// Files over the limit, each with the reason it is not split.
const LONG_FILES: &[(&str, &str)] = &[];
/// Most lines a file has.
const LONGEST_FILE: usize = 400;

/// What `model` and the engines may not name: clock, randomness, environment, file, network, database, async.
const OUTSIDE: &[&str] = &[
    "std::time",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "rand::",
    "getrandom",
    "new_v4",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "File::open",
    "tokio",
    "sea_orm",
    "sqlx",
    "async fn",
];
/// Packages that `model` and the engines may not need.
const OUTSIDE_PACKAGES: &[&str] =
    &["tokio", "sea-orm", "sea-orm-migration", "sqlx", "rand", "getrandom", "axum", "reqwest"];
/// The solver's packages, and the one crate that may need them.
const SOLVER: &[&str] = &["highs", "highs-sys", "good_lp"];
const SOLVER_OWNER: &str = "plan";
/// How a transaction is opened.
const TRANSACTIONS: &[&str] = &[".begin(", "Store::write", ".write().await", "TransactionTrait"];
/// What faces may not name.
const DATABASE: &[&str] = &["sea_orm", "sqlx", "credway_store"];
/// The files in which addresses are registered: the one that asks for a rule with each, and those of what is no page
/// (whether the server is well, and its numbers, which are served elsewhere).
const ROUTING: &[&str] =
    &["crates/web/src/routing.rs", "crates/web/src/observe/health.rs", "crates/web/src/observe/operations.rs"];
/// Where handlers stand.
const HANDLERS: &[&str] = &["crates/web/src/routes/", "crates/web/src/api/"];
/// How an address is registered without a rule.
const UNRULED: &[&str] = &[".route(", ".route_service(", ".nest(", ".nest_service("];

/// How SQL begins.
const SQL: &[&str] =
    &["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "ALTER TABLE", "DROP TABLE", "UPDATE \"", "PRAGMA "];

/// One broken rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Name of the rule.
    pub(crate) rule: &'static str,
    /// The file.
    pub(crate) file: String,
    /// Line, from 1, where there is one.
    pub(crate) line: Option<usize>,
    /// What is wrong.
    pub(crate) what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        write!(formatter, "[{}] {}{line}: {}", self.rule, self.file, self.what)
    }
}

/// Every violation, by crate and file.
pub(crate) fn check(workspace: &Workspace) -> Vec<Violation> {
    let mut found = Vec::new();
    for one in &workspace.crates {
        arrows(one, &mut found);
        pure(one, &mut found);
        solver(one, &mut found);
        transactions(one, &mut found);
        faces(one, &mut found);
        addresses(one, &mut found);
        for source in &one.sources {
            opening(source, &mut found);
        }
    }
    long_files(workspace, LONG_FILES, &mut found);
    map(workspace, &mut found);
    guide(workspace, &mut found);
    found
}

/// The crates a crate may know, or `None` for a crate the map does not name.
fn may_know(name: &str) -> Option<Vec<&'static str>> {
    let layers = |layers: &[&[&'static str]]| layers.concat();
    Some(match name {
        "model" | "solve" => Vec::new(),
        name if ENGINES.contains(&name) => layers(&[MODEL, &["solve"]]),
        name if ADAPTERS.contains(&name) => layers(&[MODEL, ENGINES, LEAVES]),
        name if LEAVES.contains(&name) => layers(&[MODEL]),
        "workflow" => layers(&[MODEL, ENGINES, ADAPTERS]),
        name if FACES.contains(&name) => layers(&[MODEL, ENGINES, &["workflow"]]),
        BINARY => layers(&[MODEL, FACES, &["workflow"]]),
        _ => return None,
    })
}

/// model ← engines ← adapters ← workflow ← faces; nothing else knows anything.
fn arrows(one: &Crate, found: &mut Vec<Violation>) {
    let rule = "arrows";
    let manifest = format!("crates/{}/Cargo.toml", one.name);
    let Some(known) = may_know(&one.name) else {
        let what = format!("the map has no place for the crate “{}”", one.name);
        found.push(Violation { rule, file: manifest, line: None, what });
        return;
    };
    for dependency in one.dependencies(true) {
        if let Some(name) = dependency.strip_prefix("credway-")
            && !known.contains(&name)
        {
            let what = format!("“{}” may not know “{name}”", one.name);
            found.push(Violation { rule, file: manifest.clone(), line: None, what });
        }
    }
    for source in &one.sources {
        for (at, _) in source.code.match_indices("credway_") {
            let named = &source.code[at + "credway_".len()..];
            let end = named.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(named.len());
            let (name, whole) =
                (&named[..end], !named[end..].starts_with(|letter: char| letter == '_' || letter.is_alphanumeric()));
            let is_crate = whole && (may_know(name).is_some() || name == one.name);
            if is_crate && name != one.name && !known.contains(&name) {
                let line = Some(source.code[..at].matches('\n').count() + 1);
                let what = format!("“{}” may not know “{name}”", one.name);
                found.push(Violation { rule, file: source.path.clone(), line, what });
            }
        }
    }
}

/// Law 1: `model` and the engines know no clock, randomness, environment, file, network, database, async.
fn pure(one: &Crate, found: &mut Vec<Violation>) {
    if !MODEL.contains(&one.name.as_str()) && !ENGINES.contains(&one.name.as_str()) {
        return;
    }
    let rule = "law 1: nouns and engines know nothing outside";
    for package in one.dependencies(false).into_iter().filter(|package| OUTSIDE_PACKAGES.contains(&package.as_str())) {
        let file = format!("crates/{}/Cargo.toml", one.name);
        found.push(Violation { rule, file, line: None, what: format!("depends on {package}") });
    }
    let test_only = test_only_files(one);
    for source in one.sources.iter().filter(|source| !source.is_test_file() && !test_only.contains(&source.path)) {
        words(rule, source, &source.code, OUTSIDE, found);
        groups(rule, source, OUTSIDE, found);
    }
}

/// The solver is built from C++, which takes minutes: it stays behind one crate.
fn solver(one: &Crate, found: &mut Vec<Violation>) {
    if one.name == SOLVER_OWNER {
        return;
    }
    for package in one.dependencies(true).into_iter().filter(|package| SOLVER.contains(&package.as_str())) {
        let file = format!("crates/{}/Cargo.toml", one.name);
        let what = format!("depends on {package}");
        found.push(Violation { rule: "only plan knows the solver", file, line: None, what });
    }
}

/// What a `use` with a group names though the words do not stand there one after another.
fn groups(rule: &'static str, source: &Source, forbidden: &[&str], found: &mut Vec<Violation>) {
    for Imported { path, declaration, line } in imported(source) {
        let names = |text: &str, word: &str| text.match_indices(word).any(|(at, _)| is_whole_word(text, at, word));
        for word in forbidden.iter().filter(|word| names(&path, word) && !names(&declaration, word)) {
            let what = format!("“{word}” may not stand here");
            found.push(Violation { rule, file: source.path.clone(), line: Some(line), what });
        }
    }
}

/// Files of modules declared as `#[cfg(test)] mod name;`.
fn test_only_files(one: &Crate) -> Vec<String> {
    let mut files = Vec::new();
    for source in &one.sources {
        let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (at, mark) in source.code.match_indices("#[cfg(test)]") {
            let after = source.code[at + mark.len()..].trim_start();
            if let Some(name) =
                after.strip_prefix("mod ").and_then(|rest| rest.split_once(';')).map(|(name, _)| name.trim())
                && !name.contains('{')
            {
                files.push(format!("{folder}/{name}.rs"));
            }
        }
    }
    files
}

/// Law 8: transactions open only in `workflow` (the store itself offers them).
fn transactions(one: &Crate, found: &mut Vec<Violation>) {
    if matches!(one.name.as_str(), "workflow" | "store") {
        return;
    }
    for source in &one.sources {
        words("law 8: transactions open only in workflow", source, &source.code, TRANSACTIONS, found);
    }
}

/// Law 8: faces hold no SQL.
fn faces(one: &Crate, found: &mut Vec<Violation>) {
    if !FACES.contains(&one.name.as_str()) && one.name != BINARY {
        return;
    }
    let rule = "law 8: faces hold no SQL";
    // The rules themselves name what they forbid.
    for source in one.sources.iter().filter(|source| !source.path.contains("/tests/structure/")) {
        words(rule, source, &source.code, DATABASE, found);
        words(rule, source, &source.code_and_strings, SQL, found);
    }
}

/// Every address has a rule, since it is registered with one; and what a handler does is done by who asks, since it is
/// given a visit, never the server's own state.
fn addresses(one: &Crate, found: &mut Vec<Violation>) {
    if one.name != "web" {
        return;
    }
    for source in one.sources.iter().filter(|source| !source.is_test_file() && !ROUTING.contains(&source.path.as_str()))
    {
        words("addresses are registered with a rule", source, &source.code, UNRULED, found);
    }
    for source in one.sources.iter().filter(|source| HANDLERS.iter().any(|folder| source.path.starts_with(folder))) {
        // The guard stands before the handlers and is given the state itself.
        if source.path != "crates/web/src/routes/mod.rs" {
            words(
                "handlers take a visit",
                source,
                &source.code,
                &["State<AppState>", "State(", "Extension<Visitor>"],
                found,
            );
        }
    }
}

fn words(rule: &'static str, source: &Source, text: &str, forbidden: &[&str], found: &mut Vec<Violation>) {
    for word in forbidden {
        for line in source.lines_with(text, word, true) {
            let what = format!("“{}” may not stand here", word.trim());
            found.push(Violation { rule, file: source.path.clone(), line: Some(line), what });
        }
    }
}

/// Every file says first what it is.
fn opening(source: &Source, found: &mut Vec<Violation>) {
    if !source.text.starts_with("//!") {
        let what = "the file does not open with “//!”".to_owned();
        found.push(Violation { rule: "opening", file: source.path.clone(), line: Some(1), what });
    }
}

/// No file is longer than the limit, save those with a reason; and no reason outlives its file.
pub(crate) fn long_files(workspace: &Workspace, allowed: &[(&str, &str)], found: &mut Vec<Violation>) {
    let rule = "length";
    let mut needed = Vec::new();
    for source in workspace.crates.iter().flat_map(|one| &one.sources) {
        let lines = source.text.lines().count();
        if lines <= LONGEST_FILE {
            continue;
        }
        needed.push(source.path.as_str());
        if !allowed.iter().any(|(path, reason)| *path == source.path && !reason.is_empty()) {
            let what = format!("{lines} lines; at most {LONGEST_FILE}: split it by concept");
            found.push(Violation { rule, file: source.path.clone(), line: None, what });
        }
    }
    for (path, _) in allowed.iter().filter(|(path, _)| !needed.contains(path)) {
        let what = "needs no exception any more; take it off the list".to_owned();
        found.push(Violation { rule, file: (*path).to_owned(), line: None, what });
    }
}

/// ARCHITECTURE.md names every crate (as `crates/NAME`), and none that is not there.
fn map(workspace: &Workspace, found: &mut Vec<Violation>) {
    let mut say = |what: String| {
        found.push(Violation { rule: "map", file: "ARCHITECTURE.md".to_owned(), line: None, what });
    };
    let named: Vec<&str> = workspace
        .architecture
        .split("crates/")
        .skip(1)
        .map(|rest| rest.split(|letter: char| !letter.is_ascii_lowercase()).next().unwrap_or_default())
        .filter(|name| !name.is_empty())
        .collect();
    for one in workspace.crates.iter().filter(|one| !named.contains(&one.name.as_str())) {
        say(format!("does not name crates/{}", one.name));
    }
    for name in named.iter().filter(|name| !workspace.crates.iter().any(|one| one.name == **name)) {
        say(format!("names crates/{name}, which is not there"));
    }
}

/// The guide explains every finding code, and none that is not there.
fn guide(workspace: &Workspace, found: &mut Vec<Violation>) {
    let rule = "guide";
    let explained: Vec<&str> = workspace.findings.split('`').filter(|word| is_code(word)).collect();
    let mut made = Vec::new();
    let finders = workspace.crates.iter().filter(|one| FINDERS.contains(&one.name.as_str()));
    for source in finders.flat_map(|one| &one.sources).filter(|source| !source.is_test_file()) {
        for (code, line) in codes(source) {
            made.push(code);
            if !explained.contains(&code) {
                let what = format!("{FINDINGS} does not explain `{code}`");
                found.push(Violation { rule, file: source.path.clone(), line: Some(line), what });
            }
        }
    }
    for code in explained.iter().filter(|code| !made.contains(code)) {
        let what = format!("explains `{code}`, which is not there");
        found.push(Violation { rule, file: FINDINGS.to_owned(), line: None, what });
    }
}
