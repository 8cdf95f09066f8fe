//! Decisions from a file: each on the statements it names, as words of the person it names.

use std::collections::{BTreeMap, BTreeSet};

use credway_import::DecisionRecord;
use credway_model::{
    Action, Change, ChangeKind, Crosswalk, Ctid, Decision, Finding, Judged, Person, Place, Text, Verdict,
};
use credway_store::Written;
use jiff::Span;

use crate::WorkflowError;
use crate::align_program::plain;
use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::import_writing::Writing;

/// A decision of the file with the crosswalk it belongs to, and whether its row gives a date.
struct Given {
    crosswalk: Ctid,
    decision: Decision,
    dated: bool,
}

type Crosswalks = BTreeMap<(String, String), Option<CrosswalkData>>;

impl Writing<'_> {
    /// Appends decisions, their references resolved; those that are there already are left out.
    pub(crate) async fn decisions(&mut self, records: &[DecisionRecord]) -> Result<Vec<Finding>, WorkflowError> {
        let mut findings = Vec::new();
        let mut crosswalks = Crosswalks::new();
        let mut given: Vec<Given> = Vec::new();
        let others = self.others_with_accounts().await?;
        for record in records {
            if let Some(name) = record.reviewer.as_ref().filter(|name| others.contains(name.as_str())) {
                findings.push(self.unresolved(
                    "reference.reviewer-account",
                    &record.place,
                    format!("{name} has an account here: what they decide is theirs to say."),
                    "Let them decide it themselves, or leave the reviewer empty to decide it in your own name.",
                ));
                continue;
            }
            let key = (record.program.to_string(), record.blueprint.to_string());
            if !crosswalks.contains_key(&key) {
                let data = self.named_crosswalk(&key, &record.place, &mut findings).await?;
                crosswalks.insert(key.clone(), data);
            }
            let Some(Some(data)) = crosswalks.get(&key) else { continue };
            match self.resolve(data, record) {
                Err(finding) => findings.push(*finding),
                Ok(decision) => {
                    let crosswalk = data.crosswalk.ctid;
                    given.push(Given { crosswalk, decision, dated: record.at.is_some() });
                }
            }
        }
        findings.extend(self.spelled_otherwise(&reviewers(&crosswalks, &given)));
        let mut fresh: BTreeMap<Ctid, Vec<Decision>> = BTreeMap::new();
        for (one, known) in given.iter().zip(already_there(&crosswalks, &given)) {
            let written = if known { Written::Unchanged } else { Written::Created };
            let name = format!("{} by {}", verdict_words(one.decision.verdict), one.decision.person.name());
            self.line("decision", one.crosswalk, name, written, Vec::new());
            if !known {
                fresh.entry(one.crosswalk).or_default().push(one.decision.clone());
            }
        }
        self.append(fresh).await?;
        Ok(findings)
    }

    async fn named_crosswalk(
        &self,
        (program, blueprint): &(String, String),
        place: &Place,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<CrosswalkData>, WorkflowError> {
        match self.crosswalk_for(program, blueprint).await {
            Ok(data) => Ok(Some(data)),
            Err(error @ (WorkflowError::NotFound { .. } | WorkflowError::Ambiguous { .. })) => {
                findings.push(self.unresolved(
                    "reference.crosswalk",
                    place,
                    format!("The row names a crosswalk that cannot be found: {error}."),
                    "Import the program and the blueprint first, and write both as they are titled there.",
                ));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn append(&self, fresh: BTreeMap<Ctid, Vec<Decision>>) -> Result<(), WorkflowError> {
        for (crosswalk, decisions) in fresh {
            crate::signoff::must_be_open(self.work, &crosswalk).await?;
            self.work.append_decisions(&crosswalk, &decisions).await?;
            self.work
                .append_change(&Change {
                    at: self.stamp.at,
                    person: self.stamp.person.clone(),
                    kind: ChangeKind::Decided,
                    subject_kind: "crosswalk".to_owned(),
                    subject: crosswalk,
                    summary: plain(&format!("{} decisions from {}", decisions.len(), self.file)),
                    reason: self.stamp.reason.clone(),
                    origin: self.stamp.origin.clone(),
                    content: None,
                })
                .await?;
        }
        Ok(())
    }

    /// The crosswalk of a program and a blueprint named in a file, begun if need be.
    async fn crosswalk_for(&self, program: &str, blueprint: &str) -> Result<CrosswalkData, WorkflowError> {
        let program = self.desk.named_program(self.work, program, Action::ImportDecisions).await?;
        let blueprint = crate::institution::find_blueprint(self.work, blueprint).await?;
        let ctid = Crosswalk::identify(&program.ctid, &blueprint.ctid);
        if self.work.crosswalk(&ctid).await?.is_none() {
            let crosswalk = Crosswalk { ctid, program: program.ctid, blueprint: blueprint.ctid, begun: self.stamp.at };
            self.work.put_crosswalk(&crosswalk).await?;
        }
        CrosswalkData::read(self.work, &ctid).await
    }

    /// The finding of a row that names what is not there.
    fn stray(&self, code: &str, place: &Place, message: String, hint: &str) -> Box<Finding> {
        Box::new(self.unresolved(code, place, message, hint))
    }

    fn resolve(&self, data: &CrosswalkData, record: &DecisionRecord) -> Result<Decision, Box<Finding>> {
        let statement = self.statement(data, record)?;
        let target = self.target(data, record)?;
        // A day later than today's is a day that has begun somewhere on earth at most.
        let latest = self.stamp.at.saturating_add(Span::new().hours(24)).unwrap_or(self.stamp.at);
        if let Some(at) = record.at.filter(|at| *at > latest) {
            let message = format!("The decision is dated {}, which is to come.", at.strftime("%Y-%m-%d"));
            return Err(self.stray("date.future", &record.place, message, "Correct the date, or leave it empty."));
        }
        let words = data.words();
        let judged = |words: Option<&&str>| plain(words.copied().unwrap_or_default());
        Ok(Decision {
            judged: Judged {
                statement: judged(words.statements.get(&statement)),
                target: judged(words.targets.get(&target)),
            },
            statement,
            target,
            person: Person(record.reviewer.clone().unwrap_or_else(|| self.stamp.person.0.clone())),
            verdict: record.verdict,
            level: record.level,
            reason: record.reason.clone(),
            at: record.at.unwrap_or(self.stamp.at),
            settles: record.settles,
            undoes: false,
        })
    }

    fn statement(&self, data: &CrosswalkData, record: &DecisionRecord) -> Result<Ctid, Box<Finding>> {
        let statements = course_statements(&data.courses);
        let own: Vec<_> = statements.iter().filter(|statement| statement.course.code == record.course).collect();
        if own.is_empty() {
            let message = format!("Program “{}” has no course {}.", data.program.title, record.course);
            return Err(self.stray(
                "reference.course",
                &record.place,
                message,
                "Correct the code, or add the course to the program.",
            ));
        }
        let Some(wanted) = &record.outcome else {
            return own.iter().find(|statement| statement.outcome.is_none()).map(|statement| statement.id).ok_or_else(
                || {
                    let message = format!("{} has outcomes, but the row names none.", record.course);
                    self.stray("reference.outcome", &record.place, message, "Give the outcome's code or its words.")
                },
            );
        };
        let is = |text: Option<&Text>| text == Some(wanted);
        let found: Vec<_> = own
            .iter()
            .filter(|one| one.outcome.is_some_and(|outcome| is(outcome.code.as_ref()) || is(Some(&outcome.statement))))
            .collect();
        match found.as_slice() {
            // Of several editions of a course in one collection, the first is meant.
            [first, rest @ ..] if rest.iter().all(|other| other.course.ctid != first.course.ctid) => Ok(first.id),
            [] => {
                let message = format!("{} has no outcome “{wanted}”.", record.course);
                let hint = "Give the outcome's code or its words, exactly.";
                Err(self.stray("reference.outcome", &record.place, message, hint))
            }
            several => {
                let message = format!("“{wanted}” names {} statements of {}.", several.len(), record.course);
                Err(self.stray("reference.outcome", &record.place, message, "Give the outcome's words."))
            }
        }
    }

    fn target(&self, data: &CrosswalkData, record: &DecisionRecord) -> Result<Ctid, Box<Finding>> {
        let items = data.blueprint.items();
        let found: Vec<_> = items
            .iter()
            .filter(|item| item.code == Some(&record.objective) || *item.text == record.objective)
            .collect();
        match found.as_slice() {
            [item] => Ok(item.ctid),
            [] => {
                let message = format!("“{}” has no objective “{}”.", data.blueprint.name(), record.objective);
                Err(self.stray(
                    "reference.objective",
                    &record.place,
                    message,
                    "Give the objective's code or its words, exactly.",
                ))
            }
            several => {
                let message = format!(
                    "“{}” names {} objectives of “{}”.",
                    record.objective,
                    several.len(),
                    data.blueprint.name()
                );
                Err(self.stray("reference.objective", &record.place, message, "Give the objective's code."))
            }
        }
    }
}

/// Everybody whose words are there or come in.
fn reviewers<'d>(crosswalks: &'d Crosswalks, given: &'d [Given]) -> BTreeSet<&'d Person> {
    let known = crosswalks.values().flatten().flat_map(|data| &data.decisions);
    known.map(|one| &one.person).chain(given.iter().map(|one| &one.decision.person)).collect()
}

/// For each decision of a file, whether it is there already: a dated one as the very same entry; undated ones of a person
/// on a pair as the person's latest words on it, in the order of the file.
fn already_there(crosswalks: &Crosswalks, given: &[Given]) -> Vec<bool> {
    let key = |one: &Decision| (one.statement, one.target, one.person.clone());
    let mut history: BTreeMap<_, Vec<&Decision>> = BTreeMap::new();
    for data in crosswalks.values().flatten() {
        for decision in &data.decisions {
            history.entry((data.crosswalk.ctid, key(decision))).or_default().push(decision);
        }
    }
    let mut undated: BTreeMap<_, Vec<&Decision>> = BTreeMap::new();
    for one in given.iter().filter(|one| !one.dated) {
        undated.entry((one.crosswalk, key(&one.decision))).or_default().push(&one.decision);
    }
    let mut before: Vec<&Given> = Vec::new();
    let mut known = Vec::new();
    for one in given {
        let at = (one.crosswalk, key(&one.decision));
        let own = history.get(&at).map(Vec::as_slice).unwrap_or_default();
        known.push(if one.dated {
            let entry = |other: &Decision| same_word(other, &one.decision) && other.at == one.decision.at;
            own.iter().any(|other| entry(other))
                || before.iter().any(|other| {
                    other.crosswalk == one.crosswalk && key(&other.decision) == at.1 && entry(&other.decision)
                })
        } else {
            let words = &undated[&at];
            let latest = own.len().checked_sub(words.len()).map(|from| &own[from..]);
            latest.is_some_and(|latest| latest.iter().zip(words).all(|(one, other)| same_word(one, other)))
        });
        before.push(one);
    }
    known
}

/// Whether two decisions on one pair say the same. What was judged is left aside: a file that is read again after a
/// statement was reworded does not speak about the new words.
fn same_word(one: &Decision, other: &Decision) -> bool {
    let said = |decision: &Decision| (decision.verdict, decision.level, decision.settles, decision.undoes);
    said(one) == said(other) && one.reason == other.reason
}

/// A decision in words: the verdict, or that it takes the one before back.
pub(crate) fn decision_words(decision: &Decision) -> String {
    if decision.undoes { "undone".to_owned() } else { verdict_words(decision.verdict) }
}

/// A verdict in words.
pub(crate) fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Accepted(strength) => format!("accepted ({})", strength.word()),
        Verdict::Rejected => "rejected".to_owned(),
        Verdict::Withdrawn => "withdrawn".to_owned(),
    }
}
