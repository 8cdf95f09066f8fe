//! Rows of proposals. Evidence is kept as JSON, one list of five numbers a pair: start and end in the course statement,
//! start and end in the blueprint statement, likeness in ten-thousandths.

use credway_model::{Ctid, EvidencePair, Probability, Proposal, Span};
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, flag, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "proposal",
    columns: &[
        text("crosswalk"),
        text("target"),
        text("statement"),
        whole("probability"),
        flag("suggested"),
        text("evidence"),
        text("taught"),
        text("asked"),
        text("engine"),
    ],
    keys: 3,
    unread: 0,
    page: 2_000,
};

pub(crate) fn values(crosswalk: &Value, proposal: &Proposal) -> Result<Values> {
    let pairs: Vec<[u32; 5]> = proposal
        .evidence
        .iter()
        .map(|pair| {
            let (one, two) = (pair.statement, pair.target);
            [one.start, one.end, two.start, two.end, u32::from(pair.likeness.steps())]
        })
        .collect();
    Ok(vec![
        crosswalk.clone(),
        value::text(proposal.target),
        value::text(proposal.statement),
        Value::Int(Some(i32::from(proposal.probability.steps()))),
        Value::Bool(Some(proposal.suggested)),
        value::json(&pairs)?,
        value::maybe_text(proposal.taught.map(|level| level.word()).as_ref()),
        value::maybe_text(proposal.asked.map(|level| level.word()).as_ref()),
        value::text(&proposal.engine),
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Proposal> {
    row.skip();
    let (target, statement): (Ctid, Ctid) = (row.parse()?, row.parse()?);
    Ok(Proposal {
        statement,
        target,
        probability: probability(row)?,
        suggested: row.get()?,
        evidence: evidence(row)?,
        taught: row.maybe_word()?,
        asked: row.maybe_word()?,
        engine: row.get()?,
    })
}

fn steps(row: &Reader<'_>, steps: u32) -> Result<Probability> {
    match u16::try_from(steps) {
        Ok(steps) if steps <= 10_000 => Ok(Probability::from_steps(steps)),
        _ => Err(row.wrong(format!("{steps} is outside 0 to 10000"))),
    }
}

/// A probability in ten-thousandths.
pub(crate) fn probability(row: &mut Reader<'_>) -> Result<Probability> {
    let count = row.count()?;
    steps(row, count)
}

fn evidence(row: &mut Reader<'_>) -> Result<Vec<EvidencePair>> {
    let pairs: Vec<[u32; 5]> = row.json()?;
    let read = |[start, end, target_start, target_end, likeness]: [u32; 5]| {
        Ok(EvidencePair {
            statement: Span { start, end },
            target: Span { start: target_start, end: target_end },
            likeness: steps(row, likeness)?,
        })
    };
    pairs.into_iter().map(read).collect()
}
