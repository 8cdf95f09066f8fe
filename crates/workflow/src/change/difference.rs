//! What became of every statement of a blueprint, as an answer: kinds, words that differ, domains with their weights.

use std::collections::BTreeMap;

use credway_align::{Became, ChangeMatch, ChangeNote};
use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Action, Blueprint, Ctid, Finding, Span, Text};
use serde::Serialize;

use super::outline::{Comparison, Outline};
use crate::institution::find_blueprint;
use crate::long_work::short_work;
use crate::permission::About;
use crate::{Workbench, WorkflowError, segments};

/// A piece of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangePiece {
    /// Its words; all pieces of a statement together are the statement.
    pub text: String,
    /// Whether the other side has not these words.
    pub differs: bool,
}

/// A statement of one side of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedStatement {
    /// Identifier; meaningful where the version is in the database.
    pub id: Ctid,
    /// The publisher's number.
    pub code: Option<String>,
    /// The statement.
    pub text: String,
    /// Title of its domain.
    pub domain: String,
    /// Coarser statements above it, outermost first.
    pub path: Vec<String>,
    /// The statement cut where it differs.
    pub pieces: Vec<ChangePiece>,
}

/// What became of a statement, or of several that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeItem {
    /// `same`, `reworded`, `moved`, `split`, `merged`, `new` or `gone`.
    pub kind: &'static str,
    /// What identifies the old statements to somebody outside: the code where it is the only one of its version, else
    /// the words.
    pub old: Vec<String>,
    /// The new statements, likewise.
    pub new: Vec<String>,
    /// How alike both sides are, 0 to 1; no probability.
    pub likeness: f64,
    /// Whether both sides have the same letters and digits, so that decisions can be carried over.
    pub unchanged: bool,
    /// What else is to be said, as sentences.
    pub notes: Vec<String>,
    /// The old statements in full.
    pub old_statements: Vec<ChangedStatement>,
    /// The new statements in full.
    pub new_statements: Vec<ChangedStatement>,
}

/// A domain of one version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedDomain {
    /// The publisher's number.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Middle of its weight, per cent of the exam.
    pub weight: Option<f64>,
    /// Weight as published.
    pub weight_published: Option<String>,
}

/// A domain beside its later version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DomainChange {
    /// In the old version; none where it is new.
    pub old: Option<ChangedDomain>,
    /// In the new version; none where it is gone.
    pub new: Option<ChangedDomain>,
}

/// A version that is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedVersion {
    /// Title and version.
    pub name: String,
    /// First day examined.
    pub effective: Option<String>,
    /// Last day examined.
    pub retires: Option<String>,
}

/// How many of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: &'static str,
    /// How many matches.
    pub count: usize,
}

/// A blueprint beside its later version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlueprintDifference {
    /// The old version; several where a file holds several blueprints.
    pub old: Vec<ChangedVersion>,
    /// The new version.
    pub new: Vec<ChangedVersion>,
    /// How many of each kind, all kinds, in order.
    pub counts: Vec<KindCount>,
    /// Every statement of both versions, once, in the order of the new version.
    pub items: Vec<ChangeItem>,
    /// Domains side by side.
    pub domains: Vec<DomainChange>,
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub enum ChangeSource {
    /// A file with a blueprint.
    File(SourceFile),
    /// A blueprint of the database: “title version”, title, version or identifier.
    Named(String),
}

/// Reads two files and says what became of every statement, with the findings of both readings.
///
/// # Errors
/// [`WorkflowError::Refused`] where one of them holds no blueprint.
pub fn compare_blueprint_files(
    old: SourceFile,
    new: SourceFile,
) -> Result<(BlueprintDifference, Vec<Finding>), WorkflowError> {
    let (old, mut findings) = blueprints_of(old)?;
    let (new, others) = blueprints_of(new)?;
    findings.extend(others);
    Ok((difference(&old, &new, &Comparison::of(&old, &new)), findings))
}

impl Workbench {
    /// Says what became of every statement of a blueprint, of which at least one side is in the database.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`], [`WorkflowError::Refused`] where a file holds no
    /// blueprint.
    pub async fn compare_blueprints(
        &self,
        old: ChangeSource,
        new: ChangeSource,
    ) -> Result<(BlueprintDifference, Vec<Finding>), WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        let mut findings = Vec::new();
        let mut sides = Vec::new();
        for source in [old, new] {
            sides.push(match source {
                ChangeSource::File(file) => {
                    let (blueprints, found) = blueprints_of(file)?;
                    findings.extend(found);
                    blueprints
                }
                ChangeSource::Named(given) => vec![find_blueprint(&work, &given).await?],
            });
        }
        drop(work);
        let comparison = compared(&sides[0], &sides[1]).await?;
        Ok((difference(&sides[0], &sides[1], &comparison), findings))
    }
}

/// The comparison, made beside other requests.
pub(super) async fn compared(old: &[Blueprint], new: &[Blueprint]) -> Result<Comparison, WorkflowError> {
    let (old, new) = (old.to_vec(), new.to_vec());
    short_work(move || Ok(Comparison::of(&old, &new))).await
}

/// The blueprints of a file, whoever owns them.
fn blueprints_of(file: SourceFile) -> Result<(Vec<Blueprint>, Vec<Finding>), WorkflowError> {
    let nobody = Ctid::from_uuid(uuid::Uuid::nil());
    let name = file.name.clone();
    let reading = read(Kind::Blueprint, file, &Context::new(nobody, nobody), None, &NoProgress);
    if reading.records.blueprints.is_empty() {
        let worst = reading.findings.iter().max_by_key(|finding| finding.severity);
        let why = worst.map_or("it has no blueprint", |finding| finding.message.trim_end_matches('.'));
        return Err(WorkflowError::Refused {
            message: format!("{name} cannot be compared: {why}"),
            hint: format!("see what is read of it with `credway import blueprint {name} --preview`"),
        });
    }
    Ok((reading.records.blueprints, reading.findings))
}

/// The answer made of a comparison.
pub(super) fn difference(old: &[Blueprint], new: &[Blueprint], comparison: &Comparison) -> BlueprintDifference {
    let items: Vec<ChangeItem> = comparison.change.matches.iter().map(|found| item(found, comparison)).collect();
    let count = |kind: Became| items.iter().filter(|item| item.kind == kind.word()).count();
    BlueprintDifference {
        counts: Became::ALL.map(|kind| KindCount { kind: kind.word(), count: count(kind) }).to_vec(),
        domains: domains(old, new, comparison),
        items,
        old: old.iter().map(version).collect(),
        new: new.iter().map(version).collect(),
    }
}

fn version(blueprint: &Blueprint) -> ChangedVersion {
    ChangedVersion {
        name: blueprint.name(),
        effective: blueprint.effective.map(|date| date.to_string()),
        retires: blueprint.retires.map(|date| date.to_string()),
    }
}

fn item(found: &ChangeMatch, comparison: &Comparison) -> ChangeItem {
    let side = |outline: &Outline, lines: &[usize], marks: &[Vec<Span>]| -> Vec<ChangedStatement> {
        lines.iter().zip(marks).map(|(at, spans)| statement(outline, *at, spans)).collect()
    };
    ChangeItem {
        kind: found.kind.word(),
        old: found.old.iter().map(|at| comparison.old.name(*at)).collect(),
        new: found.new.iter().map(|at| comparison.new.name(*at)).collect(),
        likeness: (found.likeness * 1e4).round() / 1e4,
        unchanged: found.unchanged,
        notes: found.notes.iter().map(|note| note_words(*note, found, comparison)).collect(),
        old_statements: side(&comparison.old, &found.old, &found.removed),
        new_statements: side(&comparison.new, &found.new, &found.added),
    }
}

fn statement(outline: &Outline, at: usize, spans: &[Span]) -> ChangedStatement {
    let line = &outline.lines[at];
    ChangedStatement {
        id: outline.ids[at],
        code: line.code.clone(),
        text: line.text.clone(),
        domain: outline.domains[at].clone(),
        path: outline.path(at),
        pieces: segments(&line.text, spans)
            .into_iter()
            .map(|piece| ChangePiece { text: piece.text, differs: piece.mark.is_some() })
            .collect(),
    }
}

fn note_words(note: ChangeNote, found: &ChangeMatch, comparison: &Comparison) -> String {
    let code = |outline: &Outline, lines: &[usize]| {
        lines.first().and_then(|at| outline.lines[*at].code.clone()).unwrap_or_else(|| "no number".to_owned())
    };
    match note {
        ChangeNote::Renumbered => {
            format!("Renumbered from {} to {}.", code(&comparison.old, &found.old), code(&comparison.new, &found.new))
        }
        ChangeNote::Respelled => "Only capitals, blanks or punctuation differ.".to_owned(),
        ChangeNote::AlsoMoved => "It stands in another place, too.".to_owned(),
        ChangeNote::AlsoReworded => "Some words differ, too.".to_owned(),
        ChangeNote::WithItsParent => "It moved along with what it stands under.".to_owned(),
    }
}

fn domains(old: &[Blueprint], new: &[Blueprint], comparison: &Comparison) -> Vec<DomainChange> {
    let of = |blueprints: &[Blueprint]| -> BTreeMap<Ctid, ChangedDomain> {
        let all = blueprints.iter().flat_map(|blueprint| &blueprint.domains);
        all.map(|domain| {
            let shown = ChangedDomain {
                code: domain.code.as_ref().map(Text::to_string),
                title: domain.title.to_string(),
                weight: domain.weight.map(credway_model::WeightRange::middle),
                weight_published: domain.weight.map(|weight| weight.to_string()),
            };
            (domain.ctid, shown)
        })
        .collect()
    };
    let (mut before, after) = (of(old), of(new));
    let headings = comparison.change.headings.iter().copied();
    let single = comparison.change.matches.iter().filter_map(|found| Some((*found.old.first()?, *found.new.first()?)));
    let goes_on: BTreeMap<Ctid, Ctid> =
        headings.chain(single).map(|(one, other)| (comparison.new.ids[other], comparison.old.ids[one])).collect();
    let mut found: Vec<DomainChange> = new
        .iter()
        .flat_map(|blueprint| &blueprint.domains)
        .map(|domain| DomainChange {
            old: goes_on.get(&domain.ctid).and_then(|one| before.remove(one)),
            new: after.get(&domain.ctid).cloned(),
        })
        .collect();
    let gone = old.iter().flat_map(|blueprint| &blueprint.domains).filter_map(|domain| before.remove(&domain.ctid));
    found.extend(gone.map(|domain| DomainChange { old: Some(domain), new: None }));
    found
}
