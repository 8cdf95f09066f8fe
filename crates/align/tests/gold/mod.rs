//! The development gold sets under `../shared/data`, read for training and for measuring; absent on a user's machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use credway_align::{LabelledStatement, Statement};

/// Queries, the candidates they are ranked against, and which are right.
pub(crate) struct GoldSet {
    /// Name.
    pub(crate) name: String,
    /// Queries with their right candidates.
    pub(crate) queries: Vec<LabelledStatement>,
    /// Candidates.
    pub(crate) candidates: Vec<Statement>,
}

/// The folder with the data, where it is there.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    folder.is_dir().then_some(folder)
}

type Row = BTreeMap<String, String>;

/// The rows of a tab-separated table without quoting, by column name.
fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let names: Vec<String> = lines.next().unwrap_or_default().split('\t').map(str::to_owned).collect();
    lines.map(|line| names.iter().cloned().zip(line.split('\t').map(|cell| cell.trim().to_owned())).collect()).collect()
}

fn statement(text: &str, context: &str) -> Statement {
    Statement { text: text.to_owned(), context: context.to_owned() }
}

/// An order that is the same everywhere and has nothing to do with the alphabet (FNV-1a of the text).
fn shuffled(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_by_cached_key(|text| {
        text.bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    });
    texts
}

/// Gathers `(query, gold index)` pairs into queries.
fn gather(pairs: Vec<(Statement, Option<usize>)>) -> Vec<LabelledStatement> {
    let mut found: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (query, gold) in pairs {
        found.entry((query.text, query.context)).or_default().extend(gold);
    }
    found
        .into_iter()
        .filter(|(_, gold)| !gold.is_empty())
        .map(|((text, context), mut gold)| {
            gold.sort_unstable();
            gold.dedup();
            LabelledStatement { statement: Statement { text, context }, gold }
        })
        .collect()
}

fn sample(queries: Vec<LabelledStatement>, most: usize) -> Vec<LabelledStatement> {
    let key = |query: &LabelledStatement| format!("{}\t{}", query.statement.text, query.statement.context);
    let mut by_key: BTreeMap<String, LabelledStatement> =
        queries.into_iter().map(|query| (key(&query), query)).collect();
    let order = shuffled(by_key.keys().cloned().collect());
    order.iter().take(most).filter_map(|key| by_key.remove(key)).collect()
}

/// O*NET task → detailed work activity, a sample of `most` tasks.
pub(crate) fn onet(data: &Path, most: usize) -> GoldSet {
    let activities = rows(&data.join("onet/DWA Reference.txt"));
    let index: BTreeMap<&str, usize> =
        activities.iter().enumerate().map(|(at, row)| (row["DWA ID"].as_str(), at)).collect();
    let pairs = rows(&data.join("onet/Tasks to DWAs.dev.txt"));
    let pairs = pairs.iter().map(|row| (statement(&row["Task"], ""), index.get(row["DWA ID"].as_str()).copied()));
    GoldSet {
        name: "onet".to_owned(),
        queries: sample(gather(pairs.collect()), most),
        candidates: activities.iter().map(|row| statement(&row["DWA Title"], "")).collect(),
    }
}

/// NICE knowledge, skill or ability → competency.
pub(crate) fn nice(data: &Path) -> GoldSet {
    let table = rows(&data.join("gold/nice_k_to_competency.dev.tsv"));
    let mut names: Vec<&str> = table.iter().map(|row| row["competency"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let pairs =
        table.iter().map(|row| (statement(&row["ksa"], ""), names.binary_search(&row["competency"].as_str()).ok()));
    GoldSet {
        name: "nice".to_owned(),
        queries: gather(pairs.collect()),
        candidates: names.iter().map(|name| statement(name, "")).collect(),
    }
}

/// NIST Cybersecurity Framework subcategory (within its category) → SP 800-53 control.
pub(crate) fn csf(data: &Path) -> GoldSet {
    let controls = rows(&data.join("gold/nist800-53-r5-controls.tsv"));
    let index: BTreeMap<&str, usize> =
        controls.iter().enumerate().map(|(at, row)| (row["control"].as_str(), at)).collect();
    let table = rows(&data.join("gold/nist_csf11_to_80053r5.dev.tsv"));
    let pairs = table.iter().map(|row| {
        let category = row["category"].split(" (").next().unwrap_or_default();
        (statement(&row["subcategory_text"], category), index.get(row["control"].as_str()).copied())
    });
    GoldSet {
        name: "csf".to_owned(),
        queries: gather(pairs.collect()),
        candidates: controls.iter().map(|row| statement(&row["text"], &row["name"])).collect(),
    }
}

/// CIP program definition → SOC occupation description, a sample of `most` programs.
pub(crate) fn cip(data: &Path, most: usize) -> GoldSet {
    let table = rows(&data.join("gold/cip2020_to_soc2018_text.dev.tsv"));
    let occupations: BTreeMap<&str, (&str, &str)> = table
        .iter()
        .map(|row| (row["soc"].as_str(), (row["soc_title"].as_str(), row["soc_description"].as_str())))
        .collect();
    let index: BTreeMap<&str, usize> = occupations.keys().enumerate().map(|(at, code)| (*code, at)).collect();
    let pairs = table
        .iter()
        .map(|row| (statement(&row["cip_definition"], &row["cip_title"]), index.get(row["soc"].as_str()).copied()));
    GoldSet {
        name: "cip".to_owned(),
        queries: sample(gather(pairs.collect()), most),
        candidates: occupations.values().map(|(title, text)| statement(text, title)).collect(),
    }
}

/// Course outcome or topic → standard item within the same standard and kind: measured on, never trained on.
pub(crate) fn mwsu(data: &Path) -> Vec<GoldSet> {
    let items = rows(&data.join("gold/mwsu_standard_items.tsv"));
    let pairs = rows(&data.join("gold/mwsu_dev.tsv"));
    let last = |path: &str| path.rsplit(" > ").next().unwrap_or_default().to_owned();
    let mut kinds: Vec<(&str, &str)> =
        pairs.iter().map(|row| (row["standard"].as_str(), row["kind"].as_str())).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let set = |(standard, kind): (&str, &str)| {
        let same = |row: &&Row| row["standard"] == standard && row["kind"] == kind;
        let pool: Vec<&Row> = items.iter().filter(same).collect();
        let index: BTreeMap<(&str, &str), usize> = pool
            .iter()
            .enumerate()
            .map(|(at, row)| ((row["knowledge_area"].as_str(), row["id"].as_str()), at))
            .collect();
        let linked = pairs.iter().filter(same).map(|row| {
            let key = (row["knowledge_area"].as_str(), row["id"].as_str());
            (statement(&row["course_text"], &last(&row["course_topic_path"])), index.get(&key).copied())
        });
        GoldSet {
            name: format!("mwsu {standard} {kind}"),
            queries: gather(linked.collect()),
            candidates: pool.iter().map(|row| statement(&row["text"], &last(&row["area_names"]))).collect(),
        }
    };
    kinds.into_iter().map(set).collect()
}
