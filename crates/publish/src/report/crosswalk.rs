//! The crosswalk as a report: domain by domain, which course statements meet which objectives.

use credway_model::{OutcomeLevel, Standing, Strength};

use super::figures::{bar, day, grouped, named, percent, plural, share};
use super::model::{Cell, Column, Fact, Part, Report, Section, Table};
use crate::PublishError;
use crate::crosswalk::{CrosswalkReport, CrosswalkRow, DomainCoverage, level, reviewers};

/// Up to as many pairs, decided and suggested together, a report shows the suggestions nobody has a word on; above,
/// they are counted. People read a report; thousands of open suggestions are read on the review pages.
pub const ROWS_WITH_SUGGESTIONS: usize = 2_000;

/// Number of the blueprint among the sources.
const BLUEPRINT: Option<usize> = Some(1);
/// Number of the decisions among the sources.
const DECISIONS: Option<usize> = Some(2);

/// The crosswalk as a report. It shows every pair that is accepted or disputed, and the open suggestions while there are
/// not too many ([`ROWS_WITH_SUGGESTIONS`]); what it leaves out is counted in it.
///
/// # Errors
/// [`PublishError::Dangling`].
pub fn crosswalk_report(crosswalk: &CrosswalkReport) -> Result<Report, PublishError> {
    let shown = shown(crosswalk)?;
    let title = format!("{} × {}", crosswalk.program, crosswalk.blueprint);
    let mut sections = vec![
        Section {
            heading: "By domain".to_owned(),
            level: 1,
            sheet: "Domains".to_owned(),
            parts: domains(&crosswalk.domains),
        },
        Section {
            heading: "Objectives and the course statements that meet them".to_owned(),
            level: 1,
            sheet: "Summary".to_owned(),
            parts: vec![Part::Paragraph(shown.said)],
        },
    ];
    for (number, domain) in crosswalk.domains.iter().enumerate() {
        sections.push(domain_section(crosswalk, number, domain, &shown.rows)?);
    }
    Ok(Report {
        language: "en-US",
        made: crosswalk.generated,
        foot: format!("{title}, {}", day(crosswalk.generated)),
        title: format!("Crosswalk: {title}"),
        wide: true,
        facts: facts(crosswalk),
        lead: vec![Part::Paragraph(format!(
            "{} Only pairs that every reviewer with a word on them accepts count. Suggestions and disputed pairs count for nothing. {}",
            crosswalk.weighting, crosswalk.formula
        ))],
        sections,
        sources_heading: "Sources".to_owned(),
        sources: sources(crosswalk),
    })
}

/// The pairs that are shown, by objective, and what is said about the others.
struct Shown<'a> {
    rows: Vec<Vec<&'a CrosswalkRow>>,
    said: String,
}

fn shown(crosswalk: &CrosswalkReport) -> Result<Shown<'_>, PublishError> {
    let suggestion = |row: &CrosswalkRow| row.standing == Standing::Open && row.suggested;
    let stands = |row: &CrosswalkRow| matches!(row.standing, Standing::Accepted { .. } | Standing::Disputed);
    let count = |is: &dyn Fn(&CrosswalkRow) -> bool| crosswalk.rows.iter().filter(|row| is(row)).count();
    let (standing, suggested) = (count(&stands), count(&suggestion));
    let with_suggestions = standing + suggested <= ROWS_WITH_SUGGESTIONS;
    let rejected = count(&|row| row.standing == Standing::Rejected);
    let mut rows = vec![Vec::new(); crosswalk.objectives.len()];
    for row in &crosswalk.rows {
        crosswalk.resolve(row)?;
        if stands(row) || (with_suggestions && suggestion(row)) {
            rows[row.objective].push(row);
        }
    }
    let open = plural(suggested, "open suggestion", "open suggestions");
    let left_out = plural(rejected, "rejected pair", "rejected pairs");
    let said = if with_suggestions {
        format!(
            "Shown are {} accepted or disputed and {open}. Left out: {left_out}.",
            plural(standing, "pair", "pairs")
        )
    } else {
        format!(
            "Shown are {} accepted or disputed. Left out: {left_out}, and {open}, too many to read here.",
            plural(standing, "pair", "pairs")
        )
    };
    Ok(Shown { rows, said })
}

fn facts(crosswalk: &CrosswalkReport) -> Vec<Fact> {
    let fact = |term: &str, value: String, source| Fact { term: term.to_owned(), value, source };
    let total = |value: Option<f64>| value.map_or_else(|| "no total".to_owned(), percent);
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(|| "not given by the source".to_owned(), day);
    let institution = crosswalk.institution.iter().map(|name| fact("Institution", name.clone(), None));
    institution
        .chain([
            fact("Program", crosswalk.program.clone(), None),
            fact("Exam blueprint", crosswalk.blueprint.clone(), BLUEPRINT),
            fact("Examined from", date(crosswalk.effective), BLUEPRINT),
            fact("Examined until", date(crosswalk.retires), BLUEPRINT),
            fact("Covered, of the exam’s weight", total(crosswalk.total), DECISIONS),
            fact("Covered and assessed in a course", total(crosswalk.total_assessed), DECISIONS),
            fact("Objectives not fully covered", grouped(crosswalk.gaps.len()), DECISIONS),
            fact("Suggestions by", crosswalk.engine.clone(), None),
        ])
        .collect()
}

fn domains(domains: &[DomainCoverage]) -> Vec<Part> {
    if domains.is_empty() {
        return vec![Part::Paragraph("This blueprint has no domains.".to_owned())];
    }
    let rows = domains.iter().map(|domain| {
        vec![Cell::words(name(domain)), weight(domain), bar(domain.coverage), bar(domain.assessed_coverage)]
    });
    vec![Part::Table(Table {
        caption: "Weight in the exam and coverage of each domain".to_owned(),
        source: BLUEPRINT,
        columns: vec![
            Column::text("Domain", 44),
            Column::percent("Weight", 16),
            Column::percent("Covered", 20),
            Column::percent("Assessed", 20),
        ],
        rows: rows.collect(),
        total: None,
    })]
}

fn name(domain: &DomainCoverage) -> String {
    named(domain.code.as_deref(), &domain.title)
}

fn weight(domain: &DomainCoverage) -> Cell {
    match (domain.weight_published, domain.weight) {
        (Some(words), Some(value)) => Cell::Figure { words: words.to_string(), value },
        (Some(words), None) => Cell::words(words.to_string()),
        (None, value) => share(value, "not given"),
    }
}

fn domain_section(
    crosswalk: &CrosswalkReport,
    number: usize,
    domain: &DomainCoverage,
    shown: &[Vec<&CrosswalkRow>],
) -> Result<Section, PublishError> {
    let mut rows = Vec::new();
    for (objective, pairs) in crosswalk.objectives.iter().zip(shown).filter(|(objective, _)| objective.domain == number)
    {
        let head = named(objective.code.as_deref(), &objective.text);
        if pairs.is_empty() {
            let nothing = std::iter::repeat_n(Cell::Empty, 4);
            rows.push([Cell::words(head), Cell::words("no course")].into_iter().chain(nothing).collect());
            continue;
        }
        for row in pairs {
            rows.push(pair(crosswalk, &head, row)?);
        }
    }
    let heading = name(domain);
    let table = Table {
        caption: format!("{heading}: objectives and course statements"),
        source: DECISIONS,
        columns: vec![
            Column::text("Objective", 25),
            Column::text("Course", 8),
            Column::text("Course statement", 25),
            Column::text("What stands", 11),
            Column::text("Assessed by", 10),
            Column::text("Reviewers", 21),
        ],
        rows,
        total: None,
    };
    let parts = if table.rows.is_empty() {
        vec![Part::Paragraph("This domain has no objectives.".to_owned())]
    } else {
        vec![Part::Table(table)]
    };
    Ok(Section { heading, level: 2, sheet: "By objective".to_owned(), parts })
}

fn pair(crosswalk: &CrosswalkReport, objective: &str, row: &CrosswalkRow) -> Result<Vec<Cell>, PublishError> {
    let (_, _, course) = crosswalk.resolve(row)?;
    let level = level(row).map(|level| format!(", {}", OutcomeLevel::word(level))).unwrap_or_default();
    let stands = match row.standing {
        Standing::Accepted { strength: Strength::Full, .. } => format!("accepted in full{level}"),
        Standing::Accepted { strength: Strength::Partial, .. } => format!("accepted in part{level}"),
        Standing::Disputed => "disputed".to_owned(),
        Standing::Rejected => "rejected".to_owned(),
        Standing::Open => "suggested, open".to_owned(),
    };
    Ok(vec![
        Cell::words(objective),
        Cell::words(&course.code),
        Cell::words(named(row.outcome_code.as_deref(), &row.statement)),
        Cell::words(stands),
        Cell::words(row.assessed_by.clone().unwrap_or_default()),
        Cell::words(reviewers(&row.decisions)),
    ])
}

fn sources(crosswalk: &CrosswalkReport) -> Vec<String> {
    let dates = match (crosswalk.effective, crosswalk.retires) {
        (Some(from), Some(until)) => format!("examined from {} to {}", day(from), day(until)),
        (Some(from), None) => format!("examined from {}", day(from)),
        (None, Some(until)) => format!("last examined on {}", day(until)),
        (None, None) => "its source gives no dates".to_owned(),
    };
    vec![
        format!("Exam blueprint {}: {dates}.", crosswalk.blueprint),
        format!("Decisions of named reviewers as they stood on {}.", day(crosswalk.generated)),
    ]
}
