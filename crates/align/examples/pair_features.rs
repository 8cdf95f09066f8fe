//! Writes what the scorer is trained from and measured on: for every query of the development gold sets its short list,
//! with the numbers of each pair. Run by `tools/scorer/train.sh`.
//!
//! Usage: `pair_features features OUT [setting=value …]`. Columns: set, query, targets that are right (short-listed or not),
//! rank in the short list, label, then the features. Sets named `foreign …` have queries without a right answer: their
//! subject is not that of the candidates. Sets named `mwsu …` are for measuring only.
//!
//! Usage: `pair_features crosswalk OUT`, once the scorer is fitted. Columns: set, statement, target, label, log odds seen
//! from the statement, log odds seen from the target.

use std::io::Write;

use credway_align::{
    FEATURE_NAMES, LabelledStatement, Limits, PairFeatures, Settings, Statement, crosswalk_odds, pair_features,
};

#[path = "../tests/gold/mod.rs"]
mod gold;

use gold::GoldSet;

/// Targets on a short list.
const KEEP: usize = 40;

/// The candidates a crosswalk keeps.
const LIMITS: Limits = Limits { per_target: 12, per_statement: 3 };

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().ok_or("say what to write: features or crosswalk")?;
    let out = arguments.next().ok_or("give the file to write")?;
    let data = gold::shared().ok_or("the folder shared/data is not there")?;
    let mut sets = vec![gold::onet(&data, 3_000), gold::nice(&data), gold::csf(&data), gold::cip(&data, 1_200)];
    let foreign = foreign(&sets);
    sets.extend(foreign);
    sets.extend(gold::mwsu(&data));
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    match what.as_str() {
        "features" => write_features(&mut file, &sets, &settings(arguments)?),
        "crosswalk" => write_crosswalks(&mut file, &sets),
        other => Err(format!("cannot write {other}").into()),
    }
}

fn settings(arguments: impl Iterator<Item = String>) -> Result<Settings, Box<dyn std::error::Error>> {
    let mut settings = Settings::embedded();
    for argument in arguments {
        let (name, value) = argument.split_once('=').ok_or("give settings as name=value")?;
        let value: f32 = value.parse()?;
        match name {
            "lexical" => settings.lexical = value,
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
) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(file, "set\tquery\tgold\trank\tlabel\t{}", FEATURE_NAMES.join("\t"))?;
    for set in sets {
        let lists = pair_features(&statements(set), &set.candidates, KEEP, settings, &())?;
        for (number, (query, list)) in set.queries.iter().zip(&lists).enumerate() {
            write_list(file, &set.name, number, query, list)?;
        }
    }
    Ok(())
}

fn write_crosswalks(file: &mut impl Write, sets: &[GoldSet]) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(file, "set\tstatement\ttarget\tlabel\tforth\tback")?;
    for set in sets {
        for pair in crosswalk_odds(&statements(set), &set.candidates, LIMITS, &())? {
            let label = u8::from(set.queries[pair.query].gold.contains(&pair.target));
            writeln!(file, "{}\t{}\t{}\t{label}\t{}\t{}", set.name, pair.query, pair.target, pair.forth, pair.back)?;
        }
    }
    Ok(())
}

fn write_list(
    file: &mut impl Write,
    set: &str,
    number: usize,
    query: &LabelledStatement,
    list: &[PairFeatures],
) -> std::io::Result<()> {
    for (rank, pair) in list.iter().enumerate() {
        let label = u8::from(query.gold.contains(&pair.target));
        write!(file, "{set}\t{number}\t{}\t{rank}\t{label}", query.gold.len())?;
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
        queries: queries
            .queries
            .iter()
            .filter(|query| !speaks_of_computing(&query.statement))
            .take(300)
            .map(|query| LabelledStatement { statement: query.statement.clone(), gold: Vec::new() })
            .collect(),
        candidates: candidates.candidates.clone(),
    };
    let [onet, nice, csf, cip] = sets else { return Vec::new() };
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
