//! The coverage answer as a report.

use super::answer::{CoverageAgreement, CoverageAnswer, CoverageDomain, CoverageGap, CoverageStatement};
use super::figures::{bar, count, day, exact, percent, plural, score, share};
use super::model::{Cell, Column, Fact, Part, Report, Section, Table};

/// Number of the blueprint among the sources.
const BLUEPRINT: Option<usize> = Some(1);
/// Number of the decisions among the sources.
const DECISIONS: Option<usize> = Some(2);

/// The coverage of a blueprint by a program as a report.
#[must_use]
pub fn coverage_report(answer: &CoverageAnswer) -> Report {
    Report {
        title: format!("Coverage of {} by {}", answer.blueprint, answer.program),
        language: "en-US",
        made: answer.made,
        foot: format!("{} by {}, {}", answer.blueprint, answer.program, day(answer.made)),
        wide: false,
        facts: facts(answer),
        lead: lead(answer),
        sections: vec![
            section("By domain", "Domains", domains(&answer.domains)),
            section("Gaps, the heaviest first", "Gaps", gaps(&answer.gaps)),
            section("Taught but not assessed", "Not assessed", untested(&answer.untested)),
            section("Covered by three or more courses", "Several courses", redundant(&answer.redundant)),
            section("Course statements that meet nothing in this exam", "No alignment", orphans(answer)),
            section("Agreement of reviewers", "Agreement", agreement(&answer.agreement)),
            section("Compute it again by hand", "By hand", by_hand(answer)),
        ],
        sources_heading: "Sources".to_owned(),
        sources: sources(answer),
    }
}

fn section(heading: &str, sheet: &str, parts: Vec<Part>) -> Section {
    Section { heading: heading.to_owned(), level: 1, sheet: sheet.to_owned(), parts }
}

fn facts(answer: &CoverageAnswer) -> Vec<Fact> {
    let fact = |term: &str, value: String, source| Fact { term: term.to_owned(), value, source };
    let total = |value: Option<f64>| value.map_or_else(|| "no total".to_owned(), percent);
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(|| "not given by the source".to_owned(), day);
    let institution = answer.institution.iter().map(|name| fact("Institution", name.clone(), None));
    institution
        .chain([
            fact("Program", answer.program.clone(), None),
            fact("Exam blueprint", answer.blueprint.clone(), BLUEPRINT),
            fact("Examined from", date(answer.effective), BLUEPRINT),
            fact("Examined until", date(answer.retires), BLUEPRINT),
            fact("Covered, of the exam’s weight", total(answer.total), DECISIONS),
            fact("Covered and assessed in a course", total(answer.total_assessed), DECISIONS),
            fact("Open suggestions", plural(answer.open, "pair", "pairs"), DECISIONS),
            fact("Disputed", plural(answer.disputed, "pair", "pairs"), DECISIONS),
        ])
        .collect()
}

fn lead(answer: &CoverageAnswer) -> Vec<Part> {
    let mut parts = Vec::new();
    if let (true, Some(last)) = (answer.retired, answer.retires) {
        parts.push(Part::Note(format!("Retired: this version was last examined on {}.", day(last))));
    }
    if answer.total.is_none() {
        parts.push(Part::Note("There is no total. The domains below stand for themselves.".to_owned()));
    }
    parts.push(Part::Paragraph(format!(
        "{} Only alignments accepted by a named reviewer count. Suggestions and disputed pairs count for nothing.",
        answer.weighting
    )));
    parts
}

fn domains(domains: &[CoverageDomain]) -> Vec<Part> {
    if domains.is_empty() {
        return said("This blueprint has no domains.");
    }
    let rows = domains.iter().map(|domain| {
        let weight = match &domain.weight_published {
            Some(words) => {
                domain.weight.map_or_else(|| Cell::words(words), |value| Cell::Figure { words: words.clone(), value })
            }
            None => share(domain.weight, "not given"),
        };
        vec![
            Cell::words(&domain.name),
            weight,
            bar(domain.coverage),
            bar(domain.assessed),
            count(domain.statements),
            count(domain.covered),
            count(domain.partly),
        ]
    });
    vec![Part::Table(Table {
        caption: "Weight in the exam and coverage of each domain".to_owned(),
        source: BLUEPRINT,
        columns: vec![
            Column::text("Domain", 30),
            Column::percent("Weight", 11),
            Column::percent("Covered", 16),
            Column::percent("Assessed", 16),
            Column::number("Objectives", 13),
            Column::number("Full", 7),
            Column::number("Partly", 8),
        ],
        rows: rows.collect(),
        total: None,
    })]
}

fn gaps(gaps: &[CoverageGap]) -> Vec<Part> {
    if gaps.is_empty() {
        return said("No gap: every objective is fully covered.");
    }
    let rows = gaps.iter().map(|gap| {
        vec![
            Cell::words(&gap.name),
            Cell::words(&gap.domain),
            share(gap.lost, "not known"),
            Cell::words(if gap.score > 0.0 { "partly covered" } else { "not covered" }),
            count(gap.open),
        ]
    });
    vec![Part::Table(Table {
        caption: plural(gaps.len(), "objective is not fully covered", "objectives are not fully covered"),
        source: DECISIONS,
        columns: vec![
            Column::text("Objective", 42),
            Column::text("Domain", 24),
            Column::percent("Weight lost", 11),
            Column::text("Now", 12),
            Column::number("Open suggestions", 13),
        ],
        rows: rows.collect(),
        total: None,
    })]
}

fn untested(statements: &[CoverageStatement]) -> Vec<Part> {
    if statements.is_empty() {
        return said("Every covered objective has an assessment in at least one course.");
    }
    vec![
        Part::Paragraph("A course teaches these, but no aligned outcome names an assessment.".to_owned()),
        with_courses(
            statements,
            plural(statements.len(), "objective is taught but not assessed", "objectives are taught but not assessed"),
        ),
    ]
}

fn redundant(statements: &[CoverageStatement]) -> Vec<Part> {
    if statements.is_empty() {
        return said("No objective is covered by three or more courses.");
    }
    let why = "Repetition may be wanted (introduce, reinforce, master) or may be time to win back.";
    let caption = plural(statements.len(), "objective is covered", "objectives are covered") + " several times";
    vec![Part::Paragraph(why.to_owned()), with_courses(statements, caption)]
}

fn with_courses(statements: &[CoverageStatement], caption: String) -> Part {
    let rows = statements.iter().map(|one| vec![Cell::words(&one.name), Cell::words(one.courses.join(", "))]);
    Part::Table(Table {
        caption,
        source: DECISIONS,
        columns: vec![Column::text("Objective", 65), Column::text("Courses", 35)],
        rows: rows.collect(),
        total: None,
    })
}

fn orphans(answer: &CoverageAnswer) -> Vec<Part> {
    if answer.orphans.is_empty() {
        return said("Every course statement has an accepted alignment.");
    }
    let rows = answer.orphans.iter().map(|orphan| {
        vec![
            Cell::words(&orphan.course),
            Cell::words(orphan.outcome.clone().unwrap_or_default()),
            Cell::words(&orphan.statement),
        ]
    });
    vec![Part::Table(Table {
        caption: plural(answer.orphans.len(), "statement", "statements") + " without an accepted alignment",
        source: DECISIONS,
        columns: vec![Column::text("Course", 14), Column::text("Outcome", 12), Column::text("Course statement", 74)],
        rows: rows.collect(),
        total: None,
    })]
}

fn agreement(pairs: &[CoverageAgreement]) -> Vec<Part> {
    if pairs.is_empty() {
        return said("No two reviewers have judged the same pair yet.");
    }
    let mut parts = Vec::new();
    for one in pairs {
        let CoverageAgreement { first, second, kappa, .. } = one;
        parts.push(Part::Paragraph(format!(
            "{first} and {second} both judged {}; they said the same on {}. Cohen’s κ {kappa}.",
            plural(one.pairs, "pair", "pairs"),
            percent(one.observed),
        )));
        if one.disagreements.is_empty() {
            continue;
        }
        let rows = one
            .disagreements
            .iter()
            .map(|pair| [&pair.statement, &pair.objective, &pair.first, &pair.second].map(Cell::words).to_vec());
        parts.push(Part::Table(Table {
            caption: format!("Pairs on which {first} and {second} differ"),
            source: DECISIONS,
            columns: vec![
                Column::text("Course statement", 36),
                Column::text("Objective", 36),
                Column::text(first, 14),
                Column::text(second, 14),
            ],
            rows: rows.collect(),
            total: None,
        }));
    }
    parts
}

fn by_hand(answer: &CoverageAnswer) -> Vec<Part> {
    let rows = answer.statements.iter().map(|one| {
        vec![
            Cell::words(&one.name),
            Cell::words(&one.domain),
            exact(one.share),
            score(one.score),
            score(one.score_assessed),
            Cell::words(one.courses.join(", ")),
            exact(one.share.map(|share| share * one.score)),
        ]
    });
    let total = answer.total.map(|total| {
        let empty = std::iter::repeat_n(Cell::Empty, 5);
        std::iter::once(Cell::words("Total")).chain(empty).chain([exact(Some(total))]).collect()
    });
    let formula = Part::Paragraph(answer.formula.clone());
    if answer.statements.is_empty() {
        return vec![formula];
    }
    vec![
        formula,
        Part::Table(Table {
            caption: "Shares are in per cent of the exam; the last column adds up to the total".to_owned(),
            source: DECISIONS,
            columns: vec![
                Column::text("Objective", 34),
                Column::text("Domain", 20),
                Column::number("Share", 10),
                Column::number("Score", 8),
                Column::number("Assessed", 11),
                Column::text("Courses", 15),
                Column::number("Share × score", 12),
            ],
            rows: rows.collect(),
            total,
        }),
    ]
}

fn sources(answer: &CoverageAnswer) -> Vec<String> {
    let dates = match (answer.effective, answer.retires) {
        (Some(from), Some(until)) => format!("examined from {} to {}", day(from), day(until)),
        (Some(from), None) => format!("examined from {}", day(from)),
        (None, Some(until)) => format!("last examined on {}", day(until)),
        (None, None) => "its source gives no dates".to_owned(),
    };
    vec![
        format!("Exam blueprint {}: {dates}.", answer.blueprint),
        format!("Decisions of named reviewers as they stood on {}.", answer.computed),
    ]
}

fn said(words: &str) -> Vec<Part> {
    vec![Part::Paragraph(words.to_owned())]
}
