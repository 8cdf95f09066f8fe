//! Writes what the scorer is trained from and measured on: for every query of the development gold sets its short list,
//! with the numbers of each pair. Run by `tools/scorer/train.sh`.
//!
//! Usage: `pair_features features GOLD OUT [model=DIR] [setting=value …]`, with GOLD the folder that `tools/peers/gold_tables.py` writes. Columns:
//! set, query, targets that are right (short-listed or not),
//! rank in the short list, label, then the features. Sets named `foreign …` have queries without a right answer: their
//! subject is not that of the candidates. Sets named `mwsu …` and `esco …` are for measuring only.
//!
//! Usage: `pair_features crosswalk GOLD OUT [model=DIR]`, once the scorer is fitted. Columns: set, statement, target, label, log odds seen
//! from the statement, log odds seen from the target.

use std::io::Write;

use credway_align::{
    Bert, FEATURE_NAMES, LabelledStatement, Limits, ModelFiles, PairFeatures, Settings, Statement, crosswalk_odds,
    pair_features,
};

/// Queries, the candidates they are ranked against, and which are right.
struct GoldSet {
    name: String,
    ids: Vec<String>,
    queries: Vec<LabelledStatement>,
    candidates: Vec<Statement>,
}

/// Targets on a short list.
const KEEP: usize = 40;

/// The candidates a crosswalk keeps.
const LIMITS: Limits = Limits { per_target: 12, per_statement: 3 };

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().ok_or("say what to write: features or crosswalk")?;
    let folder = arguments.next().ok_or("give the folder with the gold tables")?;
    let out = arguments.next().ok_or("give the file to write")?;
    let mut sets = sets(std::path::Path::new(&folder))?;
    let foreign = foreign(&sets);
    sets.extend(foreign);
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    let mut rest: Vec<String> = arguments.collect();
    let model = rest.iter().position(|one| one.starts_with("model=")).map(|at| rest.remove(at));
    let model = model.map(|one| model_of(std::path::Path::new(&one["model=".len()..]))).transpose()?;
    match what.as_str() {
        "features" => {
            let start = if model.is_some() { Settings::embedded_deep() } else { Settings::embedded() };
            write_features(&mut file, &sets, &settings(start, rest.into_iter())?, model.as_ref())
        }
        "crosswalk" => write_crosswalks(&mut file, &sets, model.as_ref()),
        other => Err(format!("cannot write {other}").into()),
    }
}

/// The tables of every set, in order of name.
fn sets(folder: &std::path::Path) -> Result<Vec<GoldSet>, Box<dyn std::error::Error>> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|one| one.path())).collect::<Result<_, _>>()?;
    names.sort();
    names.iter().map(|path| set(path)).collect()
}

fn set(path: &std::path::Path) -> Result<GoldSet, Box<dyn std::error::Error>> {
    let rows = |name: &str| -> std::io::Result<Vec<Vec<String>>> {
        let text = std::fs::read_to_string(path.join(name))?;
        Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
    };
    let statement = |row: &[String]| Statement { text: row[1].clone(), context: row[2].clone() };
    let (queries, candidates) = (rows("queries.tsv")?, rows("candidates.tsv")?);
    let index: std::collections::BTreeMap<&str, usize> =
        candidates.iter().enumerate().map(|(at, row)| (row[0].as_str(), at)).collect();
    let gold = |row: &[String]| row[3].split('|').filter_map(|id| index.get(id).copied()).collect();
    Ok(GoldSet {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        ids: queries.iter().map(|row| row[0].clone()).collect(),
        queries: queries.iter().map(|row| LabelledStatement { statement: statement(row), gold: gold(row) }).collect(),
        candidates: candidates.iter().map(|row| statement(row)).collect(),
    })
}

fn model_of(folder: &std::path::Path) -> Result<Bert, Box<dyn std::error::Error>> {
    let read = |name: &str| std::fs::read(folder.join(name));
    let (config, vocabulary, weights) = (read("config.json")?, read("vocab.txt")?, read("model.safetensors")?);
    Ok(Bert::read(ModelFiles { config: &config, vocabulary: &vocabulary, weights: &weights })?)
}

fn settings(
    mut settings: Settings,
    arguments: impl Iterator<Item = String>,
) -> Result<Settings, Box<dyn std::error::Error>> {
    for argument in arguments {
        let (name, value) = argument.split_once('=').ok_or("give settings as name=value")?;
        let value: f32 = value.parse()?;
        match name {
            "lexical" => settings.lexical = value,
            "deep" => settings.deep = value,
            "encoded" => settings.encoded = value,
            "context_vector" => settings.context_vector = value,
            "context_term" => settings.context_term = value,
            _ => return Err(format!("no setting {name}").into()),
        }
    }
    Ok(settings)
}

fn statements(set: &GoldSet) -> Vec<Statement> {
    set.queries.iter().map(|query| query.statement.clone()).collect()
}

fn write_features(
    file: &mut impl Write,
    sets: &[GoldSet],
    settings: &Settings,
    model: Option<&Bert>,
) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(file, "set\tquery\tgold\trank\tlabel\t{}", FEATURE_NAMES.join("\t"))?;
    for set in sets {
        let lists = pair_features(&statements(set), &set.candidates, KEEP, settings, model, &())?;
        for ((id, query), list) in set.ids.iter().zip(&set.queries).zip(&lists) {
            write_list(file, &set.name, id, query, list)?;
        }
    }
    Ok(())
}

fn write_crosswalks(
    file: &mut impl Write,
    sets: &[GoldSet],
    model: Option<&Bert>,
) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(file, "set\tstatement\ttarget\tlabel\tforth\tback")?;
    for set in sets {
        for pair in crosswalk_odds(&statements(set), &set.candidates, LIMITS, model, &())? {
            let label = u8::from(set.queries[pair.query].gold.contains(&pair.target));
            writeln!(
                file,
                "{}\t{}\t{}\t{label}\t{}\t{}",
                set.name, set.ids[pair.query], pair.target, pair.forth, pair.back
            )?;
        }
    }
    Ok(())
}

fn write_list(
    file: &mut impl Write,
    set: &str,
    id: &str,
    query: &LabelledStatement,
    list: &[PairFeatures],
) -> std::io::Result<()> {
    for (rank, pair) in list.iter().enumerate() {
        let label = u8::from(query.gold.contains(&pair.target));
        write!(file, "{set}\t{id}\t{}\t{rank}\t{label}", query.gold.len())?;
        for value in pair.features {
            write!(file, "\t{value}")?;
        }
        writeln!(file)?;
    }
    Ok(())
}

/// Queries of one set against the candidates of another that treats something else: nothing there is right.
fn foreign(sets: &[GoldSet]) -> Vec<GoldSet> {
    let cross = |name: &str, queries: &GoldSet, candidates: &GoldSet| GoldSet {
        name: format!("foreign {name}"),
        ids: (0..300).map(|at| format!("f{at}")).collect(),
        queries: queries
            .queries
            .iter()
            .filter(|query| !speaks_of_computing(&query.statement))
            .take(300)
            .map(|query| LabelledStatement { statement: query.statement.clone(), gold: Vec::new() })
            .collect(),
        candidates: candidates.candidates.clone(),
    };
    let of = |name: &str| sets.iter().find(|set| set.name == name);
    let (Some(onet), Some(nice), Some(csf), Some(cip)) = (of("onet"), of("nice"), of("csf"), of("cip")) else {
        return Vec::new();
    };
    vec![
        cross("onet-csf", onet, csf),
        cross("onet-nice", onet, nice),
        cross("cip-csf", cip, csf),
        cross("cip-nice", cip, nice),
    ]
}

/// Whether a statement may be about the subject of the security frameworks after all.
fn speaks_of_computing(statement: &Statement) -> bool {
    let text = format!("{} {}", statement.text, statement.context).to_lowercase();
    [
        "comput",
        "information",
        "data",
        "secur",
        "network",
        "system",
        "software",
        "risk",
        "polic",
        "legal",
        "law",
        "manage",
        "plan",
        "electron",
        "communicat",
        "technolog",
        "train",
        "teach",
        "test",
        "record",
        "intelligence",
        "math",
        "audit",
        "contract",
        "physical",
        "monitor",
        "access",
        "present",
        "write",
        "maint",
    ]
    .iter()
    .any(|word| text.contains(word))
}
