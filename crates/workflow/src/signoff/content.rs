//! What is signed: a crosswalk's whole content at a time, in a form of its own that does not change when the nouns do.
//!
//! Persons stand in it by the identifiers under which the database knows them, and decisions by their numbers: their
//! names and reasons are kept once, elsewhere, and can be taken away on request without what was signed becoming
//! something else. The history binds every decision, so that its number says as much as its words.

use std::collections::{BTreeMap, BTreeSet};

use credway_align::COVERAGE_FORMULA;
use credway_model::{
    AwardRequirements, Ctid, Decision, Finding, OutcomeLevel, Person, RequirementRow, Standing, Text, Verdict, in_force,
};
use credway_store::Work;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::WorkflowError;
use crate::coverage_report::tidy;
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::what_stands::Pair;

/// The form of the content; another form gets another number.
const FORM: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedContent {
    pub(crate) form: u32,
    pub(crate) crosswalk: Ctid,
    pub(crate) program: SignedProgram,
    pub(crate) blueprint: SignedBlueprint,
    pub(crate) pairs: Vec<SignedPair>,
    pub(crate) coverage: SignedCoverage,
    pub(crate) checks: Vec<SignedCheck>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedProgram {
    pub(crate) ctid: Ctid,
    pub(crate) organization: Ctid,
    pub(crate) title: String,
    pub(crate) award: Option<String>,
    pub(crate) catalogue_year: Option<String>,
    pub(crate) total_credits: Option<String>,
    /// What the award requires, row by row; none in what was signed before requirements were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) requirements: Vec<SignedRequirement>,
    pub(crate) courses: Vec<SignedCourse>,
}

/// A requirement as a row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedRequirement {
    pub(crate) name: String,
    pub(crate) line: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedCourse {
    pub(crate) ctid: Ctid,
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) credits: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) statements: Vec<SignedStatement>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedStatement {
    pub(crate) ctid: Ctid,
    pub(crate) code: Option<String>,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) level: Option<OutcomeLevel>,
    pub(crate) assessed_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedBlueprint {
    pub(crate) ctid: Ctid,
    pub(crate) name: String,
    pub(crate) effective: Option<String>,
    pub(crate) retires: Option<String>,
    pub(crate) domains: Vec<SignedDomain>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedDomain {
    pub(crate) ctid: Ctid,
    pub(crate) code: Option<String>,
    pub(crate) title: String,
    /// As the publisher gives it.
    pub(crate) weight: Option<String>,
    /// Per cent of the domain.
    pub(crate) coverage: Option<f64>,
    pub(crate) objectives: Vec<SignedObjective>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedObjective {
    pub(crate) ctid: Ctid,
    pub(crate) code: Option<String>,
    pub(crate) text: String,
    pub(crate) nesting: usize,
}

/// A pair that somebody has a word on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedPair {
    pub(crate) statement: Ctid,
    pub(crate) target: Ctid,
    pub(crate) stands: Standing,
    /// The words of those who decided, in the order in which they were given.
    pub(crate) words: Vec<SignedWord>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedWord {
    /// Number of the decision.
    pub(crate) decision: u64,
    /// Identifier of the person.
    pub(crate) person: String,
    #[serde(flatten)]
    pub(crate) verdict: Verdict,
    pub(crate) level: Option<OutcomeLevel>,
    /// Whether a reason was given.
    pub(crate) reasoned: bool,
    pub(crate) settles: bool,
    pub(crate) at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedCoverage {
    /// Per cent of the exam.
    pub(crate) total: Option<f64>,
    pub(crate) total_assessed: Option<f64>,
    pub(crate) weighting: String,
    pub(crate) formula: String,
}

/// What was found when completeness was checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SignedCheck {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl SignedContent {
    /// What would be signed now.
    pub(crate) async fn now(work: &Work, data: &CrosswalkData, checks: &[Finding]) -> Result<Self, WorkflowError> {
        let numbered = work.numbered_decisions(&data.crosswalk.ctid).await?;
        let persons: BTreeSet<Person> = numbered.iter().map(|(_, decision)| decision.person.clone()).collect();
        let persons = work.person_identifiers(&persons).await?;
        let coverage = data.coverage();
        Ok(Self {
            form: FORM,
            crosswalk: data.crosswalk.ctid,
            program: program(data),
            blueprint: blueprint(data, &coverage),
            pairs: pairs(data, &numbered, &persons),
            coverage: SignedCoverage {
                total: coverage.total.map(tidy),
                total_assessed: coverage.total_assessed.map(tidy),
                weighting: coverage.weighting.sentence().to_owned(),
                formula: COVERAGE_FORMULA.to_owned(),
            },
            checks: checks
                .iter()
                .map(|check| SignedCheck { code: check.code.clone(), message: check.message.clone() })
                .collect(),
        })
    }

    /// The content of a revision as it was kept.
    pub(crate) fn kept(content: &str) -> Result<Self, WorkflowError> {
        Ok(serde_json::from_str(content)?)
    }

    /// The identifiers of the persons it names.
    pub(crate) fn persons(&self) -> BTreeSet<String> {
        self.pairs.iter().flat_map(|pair| &pair.words).map(|word| word.person.clone()).collect()
    }
}

fn words(text: Option<&Text>) -> Option<String> {
    text.map(Text::to_string)
}

fn program(data: &CrosswalkData) -> SignedProgram {
    let program = &data.program;
    let all = course_statements(&data.courses);
    let courses = data.courses.iter().map(|course| {
        let entry = program.courses.iter().find(|entry| entry.course == course.ctid);
        let own = all.iter().filter(|statement| statement.course.ctid == course.ctid);
        SignedCourse {
            ctid: course.ctid,
            code: course.code.to_string(),
            title: course.title.to_string(),
            credits: course.credits.map(|credits| credits.to_string()),
            group: entry.and_then(|entry| words(entry.group.as_ref())),
            statements: own
                .map(|statement| SignedStatement {
                    ctid: statement.id,
                    code: statement.outcome.and_then(|outcome| words(outcome.code.as_ref())),
                    kind: statement.kind().to_owned(),
                    text: statement.text().to_owned(),
                    level: statement.outcome.and_then(|outcome| outcome.level),
                    assessed_by: statement.outcome.and_then(|outcome| words(outcome.assessed_by.as_ref())),
                })
                .collect(),
        }
    });
    SignedProgram {
        ctid: program.ctid,
        organization: program.organization,
        title: program.title.to_string(),
        award: words(program.award.as_ref()),
        catalogue_year: program.catalogue_year.as_ref().map(|year| year.0.to_string()),
        total_credits: program.total_credits.map(|credits| credits.to_string()),
        requirements: program.requirements.iter().flat_map(AwardRequirements::rows).map(signed_requirement).collect(),
        courses: courses.collect(),
    }
}

fn signed_requirement(row: RequirementRow) -> SignedRequirement {
    SignedRequirement { name: row.label(), line: row.line() }
}

fn blueprint(data: &CrosswalkData, coverage: &credway_align::Coverage) -> SignedBlueprint {
    let blueprint = &data.blueprint;
    let items = blueprint.items();
    let domains = blueprint.domains.iter().enumerate().map(|(number, domain)| SignedDomain {
        ctid: domain.ctid,
        code: words(domain.code.as_ref()),
        title: domain.title.to_string(),
        weight: domain.weight.map(|weight| weight.to_string()),
        coverage: coverage.domains.get(number).map(|line| tidy(line.coverage)),
        objectives: items
            .iter()
            .filter(|item| item.domain == number && item.ctid != domain.ctid)
            .map(|item| SignedObjective {
                ctid: item.ctid,
                code: words(item.code),
                text: item.text.to_string(),
                nesting: item.nesting,
            })
            .collect(),
    });
    SignedBlueprint {
        ctid: blueprint.ctid,
        name: blueprint.name(),
        effective: blueprint.effective.map(|day| day.to_string()),
        retires: blueprint.retires.map(|day| day.to_string()),
        domains: domains.collect(),
    }
}

/// Every pair somebody has a word on, with the words in force on what both statements say today.
fn pairs(data: &CrosswalkData, numbered: &[(u64, Decision)], persons: &BTreeMap<Person, String>) -> Vec<SignedPair> {
    let today = data.words();
    let mut by_pair: BTreeMap<Pair, Vec<&(u64, Decision)>> = BTreeMap::new();
    for one in numbered.iter().filter(|(_, decision)| today.hold(decision)) {
        by_pair.entry((one.1.statement, one.1.target)).or_default().push(one);
    }
    let signed = |(pair, numbered): (Pair, Vec<&(u64, Decision)>)| {
        let force = in_force(numbered.iter().map(|(_, decision)| decision));
        let number_of = |decision: &Decision| {
            numbered.iter().find(|(_, other)| std::ptr::eq(other, decision)).map_or(0, |(number, _)| *number)
        };
        let words: Vec<SignedWord> = force
            .into_iter()
            .map(|decision| SignedWord {
                decision: number_of(decision),
                person: persons.get(&decision.person).cloned().unwrap_or_default(),
                verdict: decision.verdict,
                level: decision.level,
                reasoned: decision.reason.is_some(),
                settles: decision.settles,
                at: decision.at,
            })
            .collect();
        let stands = data.standing(pair.0, pair.1);
        (!words.is_empty()).then_some(SignedPair { statement: pair.0, target: pair.1, stands, words })
    };
    by_pair.into_iter().filter_map(signed).collect()
}
