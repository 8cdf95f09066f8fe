//! Why a pair was proposed and who said what on it: how both statements are read, what each number adds, the engine and
//! its version, the decisions, and how far the reviewers of the crosswalk agree.
//!
//! It is worked out when it is asked for, with the engine of today; what was proposed earlier keeps the name of the
//! engine that proposed it. What a blind reviewer may not see yet is not told here either.

mod said;

use credway_align::{Abbreviations, contributions, kappa_words, rare_words_in_common, things_named};
use credway_model::{Action, Ctid, Standing};
use credway_store::ProposalFilter;
use serde::Serialize;

use crate::coverage_report::reviewer_agreement;
use crate::crosswalk_data::{CrosswalkData, course_statements, engine_statements, engine_targets};
use crate::long_work::short_work;
use crate::permission::About;
use crate::{CandidateCard, DecisionLine, StandingWord};
use crate::{CourseName, Named, ObjectiveName, ReviewFilter, ReviewShow, Workbench, WorkflowError};

pub(crate) use said::reads_as;
pub use said::{AbbreviationLine, ListLine, Said, ScopeLine, VerbLine};

/// The engine's reasons for what it thinks of a pair.
#[derive(Clone, Debug, Serialize)]
pub struct Reasons {
    /// The engine of today, by name and version.
    pub engine: String,
    /// What it thinks today, 0 to 1.
    pub probability: f64,
    /// The reasons in one sentence.
    pub sentence: String,
    /// The rarest words both statements have, at most six.
    pub words_in_common: Vec<String>,
    /// What each number adds, the weightiest first.
    pub contributions: Vec<ContributionLine>,
}

/// What one number of a pair adds.
#[derive(Clone, Debug, Serialize)]
pub struct ContributionLine {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: f32,
    /// What it adds to the log odds; below 0 where it speaks against.
    pub log_odds: f64,
    /// In words.
    pub words: String,
}

/// How two reviewers of the crosswalk agree, in one line.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementLine {
    /// One reviewer.
    pub first: String,
    /// The other.
    pub second: String,
    /// Pairs both judged.
    pub pairs: usize,
    /// Cohen's κ; absent where it is not defined.
    pub kappa: Option<f64>,
    /// Its 95 % interval; absent where it cannot be told.
    pub kappa_interval: Option<(f64, f64)>,
    /// The same in words.
    pub words: String,
}

/// A pair with everything that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct PairExplained {
    /// The crosswalk.
    pub crosswalk: Named,
    /// The course statement.
    pub statement: Ctid,
    /// The course.
    pub course: CourseName,
    /// Code of the outcome; absent where the course stands for itself.
    pub outcome_code: Option<String>,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// How the course statement is read.
    pub statement_said: Said,
    /// How the blueprint statement is read.
    pub objective_said: Said,
    /// How much of what the blueprint statement asks about the course statement names, as a sentence; absent where it asks about one
    /// thing only.
    pub asked_named: Option<String>,
    /// What stands.
    pub standing: StandingWord,
    /// Whether others' words are kept back until who looks has given theirs.
    pub hidden: bool,
    /// The engine that proposed it, by name and version; absent where a person added it.
    pub proposed_by: Option<String>,
    /// What that engine thought of it, 0 to 1.
    pub proposed_probability: Option<f64>,
    /// What the engine of today thinks, and why.
    pub reasons: Reasons,
    /// Who said what, oldest first.
    pub decisions: Vec<DecisionLine>,
    /// Who settled a disagreement on it, if somebody did and it still holds.
    pub settled_by: Option<String>,
    /// How the reviewers of the crosswalk agree, two by two.
    pub agreement: Vec<AgreementLine>,
}

impl Workbench {
    /// Everything that is known of a pair, as who acts may see it. `blind`: others' words are kept back until who acts has
    /// given theirs, although they need not be, for somebody who chose to review so.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when the pair does not belong to the crosswalk.
    pub async fn explain(
        &self,
        crosswalk: &Ctid,
        statement: &Ctid,
        target: &Ctid,
        blind: bool,
    ) -> Result<PairExplained, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::Review, About::Crosswalk(crosswalk)).await?;
        let data = self.crosswalk_data(&work, crosswalk).await?;
        let wanted = ProposalFilter {
            statements: Some(vec![*statement]),
            targets: Some(vec![*target]),
            ..ProposalFilter::default()
        };
        let proposal = work.proposals(crosswalk, &wanted).await?.into_iter().next();
        let engine = self.engine_of(&work, &data.program.organization).await?;
        drop(work);
        let card = self.card_of(crosswalk, statement, target, blind).await?;
        let asked = Asked::find(&data, statement, target)?;
        let read = move || {
            let (known, pair) = (asked.abbreviations(), asked.at);
            let said =
                (Said::of(&asked.statements[pair.0].text, &known), Said::of(&asked.targets[pair.1].text, &known));
            Ok((asked.reasons(&*engine)?, said, asked.asked_named()))
        };
        let (reasons, (statement_said, objective_said), asked_named) = short_work(read).await?;
        let settled = card.decisions.iter().rfind(|one| one.settles && one.judged.is_none());
        let is_settled = !card.hidden && !matches!(data.standing(*statement, *target), Standing::Open);
        Ok(PairExplained {
            crosswalk: Named { id: *crosswalk, name: data.name() },
            statement: *statement,
            asked_named,
            statement_said,
            objective_said,
            proposed_by: proposal.as_ref().map(|proposal| proposal.engine.clone()),
            proposed_probability: proposal.as_ref().map(|proposal| proposal.probability.value()),
            reasons,
            settled_by: settled.filter(|_| is_settled).map(|one| one.person.clone()),
            agreement: if card.hidden { Vec::new() } else { agreement(&data) },
            standing: card.standing,
            hidden: card.hidden,
            course: card.course,
            outcome_code: card.outcome_code,
            objective: card.objective,
            decisions: card.decisions,
        })
    }

    /// The pair as the review shows it; a pair nobody proposed or judged yet is a card too.
    async fn card_of(
        &self,
        crosswalk: &Ctid,
        statement: &Ctid,
        target: &Ctid,
        blind: bool,
    ) -> Result<CandidateCard, WorkflowError> {
        let filter = ReviewFilter { show: ReviewShow::All, focus: Some(*target), blind, ..ReviewFilter::default() };
        let page = self.review(crosswalk, &filter).await?;
        page.candidates
            .into_iter()
            .find(|card| card.statement == *statement)
            .ok_or_else(|| not_a_pair(statement, target))
    }
}

fn not_a_pair(statement: &Ctid, target: &Ctid) -> WorkflowError {
    WorkflowError::NotFound {
        what: "pair",
        given: format!("{statement} / {target}"),
        hint: "it is neither proposed nor decided on: choose one of the review".to_owned(),
    }
}

/// The pair among the statements of its crosswalk.
struct Asked {
    statements: Vec<credway_align::Statement>,
    targets: Vec<credway_align::Statement>,
    at: (usize, usize),
}

impl Asked {
    fn find(data: &CrosswalkData, statement: &Ctid, target: &Ctid) -> Result<Self, WorkflowError> {
        let statements = course_statements(&data.courses);
        let items = data.blueprint.items();
        let at = statements.iter().position(|one| one.id == *statement);
        let target_at = items.iter().position(|item| item.ctid == *target);
        let (Some(at), Some(target_at)) = (at, target_at) else { return Err(not_a_pair(statement, target)) };
        Ok(Self { statements: engine_statements(&statements), targets: engine_targets(&items), at: (at, target_at) })
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.statements.iter().chain(&self.targets).map(|statement| statement.text.as_str())
    }

    /// How much of what the blueprint statement asks about the course statement names.
    fn asked_named(&self) -> Option<String> {
        let (named, all) = things_named(&self.statements[self.at.0].text, &self.targets[self.at.1].text);
        let words = match named {
            0 => "none".to_owned(),
            some if some == all => "all".to_owned(),
            some => some.to_string(),
        };
        (all > 1).then(|| {
            format!("The objective asks about {all} things; the course statement's own words name {words} of them. Other words may mean the same.")
        })
    }

    /// The abbreviations both documents define.
    fn abbreviations(&self) -> Abbreviations {
        Abbreviations::of(self.texts())
    }

    fn reasons(&self, engine: &dyn credway_align::Engine) -> Result<Reasons, WorkflowError> {
        let readings = engine
            .read_pairs(&self.statements, &self.targets, &[self.at], &())
            .map_err(|_| WorkflowError::Cancelled)?;
        let (one, other) = (&self.statements[self.at.0].text, &self.targets[self.at.1].text);
        let Some(reading) = readings.first() else {
            return Err(WorkflowError::Cancelled);
        };
        let contributions: Vec<ContributionLine> = contributions(reading, &engine.weights(), one, other)
            .into_iter()
            .map(|one| ContributionLine {
                name: one.name.to_owned(),
                value: one.value,
                log_odds: (one.log_odds * 1e4).round() / 1e4,
                words: one.words,
            })
            .collect();
        let words_in_common = rare_words_in_common(one, other, self.texts());
        Ok(Reasons {
            engine: engine.name(),
            probability: reading.probability().value(),
            sentence: sentence(&contributions, &words_in_common),
            words_in_common,
            contributions,
        })
    }
}

/// The reasons as one sentence: what speaks for it, then the words in common, then what speaks against it.
fn sentence(contributions: &[ContributionLine], in_common: &[String]) -> String {
    let (speak_for, against): (Vec<&ContributionLine>, Vec<&ContributionLine>) =
        contributions.iter().partition(|one| one.log_odds > 0.0);
    let mut pieces: Vec<String> = speak_for.iter().take(4).map(|one| one.words.clone()).collect();
    if !in_common.is_empty() {
        pieces.push(format!("rare words in common: {}", in_common.join(", ")));
    }
    pieces.extend(against.iter().take(2).map(|one| format!("against it: {}", one.words)));
    if pieces.is_empty() { "nothing much speaks for or against it".to_owned() } else { pieces.join("; ") }
}

fn agreement(data: &CrosswalkData) -> Vec<AgreementLine> {
    reviewer_agreement(data)
        .into_iter()
        .map(|one| AgreementLine {
            first: one.reviewers.0.name().to_owned(),
            second: one.reviewers.1.name().to_owned(),
            pairs: one.pairs,
            words: kappa_words(one.kappa, one.interval),
            kappa: one.kappa.map(crate::coverage_report::tidy),
            kappa_interval: one
                .interval
                .map(|(low, high)| (crate::coverage_report::tidy(low), crate::coverage_report::tidy(high))),
        })
        .collect()
}
