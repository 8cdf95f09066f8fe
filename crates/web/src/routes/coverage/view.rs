//! The coverage report as its template shows it: figures in words, and the picture's measures.

use credway_workflow::{CoverageReport, DomainLine, GapLine, ObjectiveName, ReviewerAgreement, StatementLine};

use crate::routes::review::{objective_name, shorten};
use crate::words;

/// One domain, in the table and in the picture.
pub(super) struct DomainView<'a> {
    pub(super) line: &'a DomainLine,
    /// Number and title.
    pub(super) name: String,
    /// The same, short enough for the picture.
    pub(super) short: String,
    pub(super) weight: String,
    pub(super) coverage: String,
    pub(super) assessed: String,
    /// Length of the bar's outline, in per cent of the picture: in proportion to the weight.
    pub(super) track: String,
    /// Length of what is covered, in per cent of the picture.
    pub(super) covered: String,
    /// Length of what is assessed, in per cent of the picture.
    pub(super) measured: String,
    /// Where its text and its bar stand, in pixels from the top.
    pub(super) text_at: usize,
    pub(super) bar_at: usize,
}

/// A gap with its figures in words.
pub(super) struct GapView<'a> {
    pub(super) line: &'a GapLine,
    pub(super) name: String,
    pub(super) lost: String,
    pub(super) score: &'static str,
}

/// A statement with its figures in words.
pub(super) struct StatementView<'a> {
    pub(super) line: &'a StatementLine,
    pub(super) name: String,
    pub(super) share: String,
    pub(super) score: &'static str,
    pub(super) score_assessed: &'static str,
    /// Share × score, in per cent of the exam.
    pub(super) product: String,
}

/// How two reviewers agree, in words.
pub(super) struct AgreementView<'a> {
    pub(super) line: &'a ReviewerAgreement,
    pub(super) pairs: String,
    pub(super) observed: String,
    pub(super) kappa: String,
}

/// Everything on the page below its frame.
pub(super) struct CoverageView<'a> {
    pub(super) report: &'a CoverageReport,
    pub(super) total: Option<String>,
    pub(super) total_assessed: Option<String>,
    pub(super) domains: Vec<DomainView<'a>>,
    /// Height of the picture in pixels.
    pub(super) height: usize,
    /// What the picture shows, as a sentence.
    pub(super) picture: String,
    pub(super) gaps: Vec<GapView<'a>>,
    pub(super) redundant: Vec<StatementView<'a>>,
    pub(super) untested: Vec<StatementView<'a>>,
    pub(super) statements: Vec<StatementView<'a>>,
    pub(super) agreement: Vec<AgreementView<'a>>,
    pub(super) computed: String,
}

/// Height of a domain's part of the picture, in pixels.
const BAND: usize = 44;

impl<'a> CoverageView<'a> {
    pub(super) fn new(report: &'a CoverageReport) -> Self {
        let heaviest = report.domains.iter().filter_map(|line| line.weight).fold(0.0_f64, f64::max);
        let domains: Vec<DomainView<'a>> =
            report.domains.iter().enumerate().map(|(index, line)| domain(index, line, heaviest)).collect();
        let said: Vec<String> =
            domains.iter().map(|one| format!("{}: {}, assessed {}", one.name, one.coverage, one.assessed)).collect();
        Self {
            total: report.total.map(words::percent),
            total_assessed: report.total_assessed.map(words::percent),
            height: domains.len() * BAND,
            picture: said.join("; "),
            domains,
            gaps: report.gaps.iter().map(gap).collect(),
            redundant: report.redundant.iter().map(statement).collect(),
            untested: report.taught_not_assessed.iter().map(statement).collect(),
            statements: report.statements.iter().map(statement).collect(),
            agreement: report.agreement.iter().map(agreement).collect(),
            computed: words::moment(&report.computed_at),
            report,
        }
    }
}

/// Number and words of an objective.
pub(super) fn full_name(objective: &ObjectiveName) -> String {
    match &objective.code {
        Some(code) => format!("{code} {}", objective.text),
        None => objective.text.clone(),
    }
}

fn percent_or_absent(value: Option<f64>) -> String {
    value.map_or_else(|| "not given".to_owned(), words::percent)
}

fn domain(index: usize, line: &DomainLine, heaviest: f64) -> DomainView<'_> {
    let name = line.code.as_ref().map_or_else(|| line.title.clone(), |code| format!("{code} {}", line.title));
    let track = match line.weight {
        Some(weight) if heaviest > 0.0 => 100.0 * weight / heaviest,
        _ => 100.0,
    };
    let length = |share: f64| format!("{:.2}%", track * share / 100.0);
    DomainView {
        short: shorten(&name, 40),
        weight: line.weight_published.clone().unwrap_or_else(|| percent_or_absent(line.weight)),
        coverage: words::percent(line.coverage),
        assessed: words::percent(line.coverage_assessed),
        track: length(100.0),
        covered: length(line.coverage),
        measured: length(line.coverage_assessed),
        text_at: index * BAND + 15,
        bar_at: index * BAND + 22,
        name,
        line,
    }
}

fn gap(line: &GapLine) -> GapView<'_> {
    GapView {
        name: objective_name(line.objective.code.as_deref(), &line.objective.text),
        lost: line.lost.map_or_else(|| "not known".to_owned(), words::percent),
        score: score_words(line.score),
        line,
    }
}

fn statement(line: &StatementLine) -> StatementView<'_> {
    StatementView {
        name: full_name(&line.objective),
        share: line.share.map_or_else(|| "not known".to_owned(), exact),
        score: score_figure(line.score),
        score_assessed: score_figure(line.score_assessed),
        product: line.share.map_or_else(|| "not known".to_owned(), |share| exact(share * line.score)),
        line,
    }
}

/// A score in words.
pub(in crate::routes) fn score_words(score: f64) -> &'static str {
    match score {
        score if score >= 1.0 => "fully covered",
        score if score > 0.0 => "partly covered",
        _ => "not covered",
    }
}

/// A score as a figure: 0, ½ or 1.
fn score_figure(score: f64) -> &'static str {
    match score {
        score if score >= 1.0 => "1",
        score if score > 0.0 => "½",
        _ => "0",
    }
}

/// A figure with enough places to add up by hand.
fn exact(value: f64) -> String {
    format!("{value:.4}")
}

fn agreement(line: &ReviewerAgreement) -> AgreementView<'_> {
    AgreementView {
        pairs: words::plural(line.pairs, "pair", "pairs"),
        observed: words::percent(line.observed * 100.0),
        kappa: credway_align::kappa_words(line.kappa, line.kappa_low.zip(line.kappa_high)),
        line,
    }
}
