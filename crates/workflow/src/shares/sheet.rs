//! The sheet itself: what somebody who finishes the program will have been taught of what a certification asks. It
//! names no reviewer, no probability and no dispute, and nothing of the college besides its courses by title.

use std::collections::BTreeMap;

use credway_model::{Ballot, BallotWord, Ctid, Share, Text};
use credway_store::Work;
use serde::Serialize;

use crate::WorkflowError;
use crate::crosswalk_data::CrosswalkData;

/// A skill: a statement of the certification that is taught.
#[derive(Clone, Debug, Serialize)]
pub struct SheetSkill {
    /// The row.
    pub row: Ctid,
    /// The statement.
    pub text: String,
    /// Whether only part of it is taught.
    pub partly: bool,
    /// Titles of the courses that teach it.
    pub courses: Vec<String>,
    /// What who reads it said about it.
    pub ballot: Option<(BallotWord, Option<String>)>,
}

/// A domain of the certification.
#[derive(Clone, Debug, Serialize)]
pub struct SheetDomain {
    /// The row.
    pub row: Ctid,
    /// Title.
    pub title: String,
    /// Weight as the publisher writes it.
    pub weight: Option<String>,
    /// How much of it is taught, in words.
    pub coverage: &'static str,
    /// What of it is taught.
    pub skills: Vec<SheetSkill>,
    /// What who reads it said about it.
    pub ballot: Option<(BallotWord, Option<String>)>,
}

/// The sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetPage {
    /// The share.
    pub id: Ctid,
    /// The institution.
    pub institution: Option<String>,
    /// The program.
    pub program: String,
    /// The certification.
    pub certification: String,
    /// The last day it can be read, ISO 8601.
    pub until: String,
    /// Its domains.
    pub domains: Vec<SheetDomain>,
    /// Whether who reads it may say something about its rows.
    pub answers: bool,
    /// Whether what others said is kept back, since who reads it reviews the crosswalk blindly.
    pub hidden: bool,
}

/// The name of the institution whose program it is.
pub(super) async fn institution(work: &Work, data: &CrosswalkData) -> Result<Option<String>, WorkflowError> {
    let organizations = work.organizations().await?;
    let own = organizations.into_iter().find(|one| one.ctid == data.program.organization);
    Ok(own.map(|one| one.name.to_string()))
}

pub(super) fn page(
    data: &CrosswalkData,
    share: &Share,
    ballots: Vec<Ballot>,
    institution: Option<String>,
    answers: bool,
) -> SheetPage {
    let hidden = data.is_veiled();
    let ballots = if hidden && !answers { Vec::new() } else { ballots };
    let ballots: BTreeMap<Ctid, (BallotWord, Option<String>)> =
        ballots.into_iter().map(|one| (one.row, (one.word, one.note.map(|note| note.to_string())))).collect();
    let coverage = data.coverage();
    let titles: BTreeMap<Ctid, String> =
        data.courses.iter().map(|course| (course.ctid, course.title.to_string())).collect();
    let items = data.blueprint.items();
    let texts: BTreeMap<Ctid, &Text> = items.iter().map(|item| (item.ctid, item.text)).collect();
    let domains = data.blueprint.domains.iter().zip(&coverage.domains).enumerate();
    let domains = domains.map(|(index, (domain, line))| SheetDomain {
        row: domain.ctid,
        title: domain.title.to_string(),
        weight: domain.weight.map(|weight| weight.to_string()),
        coverage: words(line.coverage),
        skills: coverage
            .statements
            .iter()
            .filter(|statement| statement.domain == index && statement.score > 0.0 && statement.target != domain.ctid)
            .map(|statement| {
                let mut courses: Vec<String> =
                    statement.courses.iter().filter_map(|course| titles.get(course).cloned()).collect();
                courses.sort();
                SheetSkill {
                    row: statement.target,
                    text: texts.get(&statement.target).map(ToString::to_string).unwrap_or_default(),
                    partly: statement.score < 1.0,
                    courses,
                    ballot: ballots.get(&statement.target).cloned(),
                }
            })
            .collect(),
        ballot: ballots.get(&domain.ctid).cloned(),
    });
    SheetPage {
        id: share.id,
        institution,
        program: data.program.title.to_string(),
        certification: data.blueprint.name(),
        until: share.until.to_string(),
        domains: domains.collect(),
        answers,
        hidden,
    }
}

/// The rows that the sheet shows: every domain, and the statements that are taught.
pub(super) fn rows(data: &CrosswalkData) -> Vec<Ctid> {
    let coverage = data.coverage();
    let taught = coverage.statements.iter().filter(|statement| statement.score > 0.0).map(|one| one.target);
    data.blueprint.domains.iter().map(|domain| domain.ctid).chain(taught).collect()
}

/// What a row says.
pub(super) fn row_name(data: &CrosswalkData, row: &Ctid) -> Option<String> {
    if let Some(domain) = data.blueprint.domains.iter().find(|one| one.ctid == *row) {
        return Some(domain.title.to_string());
    }
    data.blueprint.items().iter().find(|item| item.ctid == *row).map(|item| item.text.to_string())
}

/// How much of a domain is taught, of 100 per cent.
fn words(coverage: f64) -> &'static str {
    match coverage {
        all if all >= 99.5 => "taught in full",
        most if most >= 75.0 => "mostly taught",
        half if half >= 40.0 => "taught in part",
        some if some > 0.0 => "a little of it taught",
        _ => "not taught",
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn coverage_is_put_into_words() {
        for (coverage, expected) in [
            (100.0, "taught in full"),
            (99.0, "mostly taught"),
            (75.0, "mostly taught"),
            (50.0, "taught in part"),
            (39.9, "a little of it taught"),
            (0.0, "not taught"),
        ] {
            assert_eq!(words(coverage), expected);
        }
    }
}
