//! A new version of a blueprint as a memo: what changed, who must look at what, what goes on, and what coverage is lost.

use jiff::civil::Date;

use super::figures::{count, day, percent, plural, share};
use super::model::{Cell, Column, Fact, Part, Report, Section, Table};

/// Number of the two versions among the sources.
const VERSIONS: Option<usize> = Some(1);
/// Number of the decisions among the sources.
const DECISIONS: Option<usize> = Some(2);

/// A new version of a blueprint, as the memo needs it. Coverages and weights in per cent.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeAnswer {
    /// The institution, if named.
    pub institution: Option<String>,
    /// The old version.
    pub old: String,
    /// The new version.
    pub new: String,
    /// Last day the old version is examined.
    pub retires: Option<Date>,
    /// First day the new version is examined.
    pub effective: Option<Date>,
    /// Day of the memo.
    pub made: Date,
    /// Moment at which decisions were read, for people.
    pub computed: String,
    /// How many statements became what: word, what it means, how many.
    pub counts: Vec<(String, String, usize)>,
    /// Domains with their weights as published: old title, old weight, new title, new weight.
    pub domains: Vec<[String; 4]>,
    /// Every statement that is not the same: kind, old words, new words, what else is to be said.
    pub statements: Vec<[String; 4]>,
    /// By program.
    pub programs: Vec<ChangeAnswerProgram>,
}

/// What a new version means for a program.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeAnswerProgram {
    /// The program.
    pub name: String,
    /// What cannot be told, as a sentence; then nothing else is.
    pub hidden: Option<String>,
    /// Coverage of the old version.
    pub before: Option<f64>,
    /// Coverage of the new version as it stands.
    pub today: Option<f64>,
    /// Coverage of the new version once what is unchanged is carried over.
    pub carried: Option<f64>,
    /// Coverage if moreover all is confirmed as it stood.
    pub confirmed: Option<f64>,
    /// How many rows were carried over, can be, are decided anew, are to confirm, are lost.
    pub rows: [usize; 5],
    /// Courses that need somebody: code and title, rows to confirm, rows lost.
    pub courses: Vec<(String, usize, usize)>,
    /// Rows to look at: course and statement, old statement, new statement, what stood, whose word, what to do.
    pub to_look_at: Vec<[String; 6]>,
    /// What rests on the old crosswalk: sign-off, shares, as sentences.
    pub rests: Vec<String>,
}

/// A new version of a blueprint as a memo.
#[must_use]
pub fn change_report(answer: &ChangeAnswer) -> Report {
    let mut sections = vec![
        section("What changed", "Kinds", kinds(answer)),
        section("Domains and weights", "Domains", domains(answer)),
        section("Statements that are not the same", "Statements", statements(answer)),
    ];
    for program in &answer.programs {
        sections.push(section(&format!("For {}", program.name), "Programs", program_parts(program)));
    }
    if answer.programs.is_empty() {
        let words = "No program is aligned to the old version.".to_owned();
        sections.push(section("Programs", "Programs", vec![Part::Paragraph(words)]));
    }
    Report {
        title: format!("From {} to {}: what changed", answer.old, answer.new),
        language: "en-US",
        made: answer.made,
        foot: format!("{} to {}, {}", answer.old, answer.new, day(answer.made)),
        wide: true,
        facts: facts(answer),
        lead: vec![Part::Paragraph(
            "Decisions go on by themselves only where a statement has the same words in both versions. All else waits for \
             a person. A likeness that Credway sees decides nothing."
                .to_owned(),
        )],
        sections,
        sources_heading: "Sources".to_owned(),
        sources: vec![
            format!("Exam blueprints {} and {}, as imported.", answer.old, answer.new),
            format!("Decisions of named reviewers as they stood on {}.", answer.computed),
        ],
    }
}

fn section(heading: &str, sheet: &str, parts: Vec<Part>) -> Section {
    Section { heading: heading.to_owned(), level: 1, sheet: sheet.to_owned(), parts }
}

fn facts(answer: &ChangeAnswer) -> Vec<Fact> {
    let fact = |term: &str, value: String, source| Fact { term: term.to_owned(), value, source };
    let date = |date: Option<Date>| date.map_or_else(|| "not given by the source".to_owned(), day);
    let institution = answer.institution.iter().map(|name| fact("Institution", name.clone(), None));
    institution
        .chain([
            fact("Old version", answer.old.clone(), VERSIONS),
            fact("Examined until", date(answer.retires), VERSIONS),
            fact("New version", answer.new.clone(), VERSIONS),
            fact("Examined from", date(answer.effective), VERSIONS),
            fact("Programs aligned to the old version", answer.programs.len().to_string(), DECISIONS),
        ])
        .collect()
}

fn table(caption: &str, source: Option<usize>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Part {
    Part::Table(Table { caption: caption.to_owned(), source, columns, rows, total: None })
}

fn kinds(answer: &ChangeAnswer) -> Vec<Part> {
    let rows =
        answer.counts.iter().map(|(kind, means, number)| vec![Cell::words(kind), Cell::words(means), count(*number)]);
    let columns = vec![Column::text("Kind", 14), Column::text("Means", 70), Column::number("Matches", 16)];
    vec![table("Statements of both versions, by what became of them", VERSIONS, columns, rows.collect())]
}

fn domains(answer: &ChangeAnswer) -> Vec<Part> {
    if answer.domains.is_empty() {
        return vec![Part::Paragraph("Neither version has domains.".to_owned())];
    }
    let rows = answer.domains.iter().map(|row| row.iter().map(Cell::words).collect());
    let columns = vec![
        Column::text("Old domain", 36),
        Column::text("Old weight", 14),
        Column::text("New domain", 36),
        Column::text("New weight", 14),
    ];
    vec![table("Domains side by side", VERSIONS, columns, rows.collect())]
}

fn statements(answer: &ChangeAnswer) -> Vec<Part> {
    if answer.statements.is_empty() {
        return vec![Part::Paragraph("Every statement is the same in both versions.".to_owned())];
    }
    let rows = answer.statements.iter().map(|row| row.iter().map(Cell::words).collect());
    let columns = vec![
        Column::text("Became", 10),
        Column::text("Old statement", 36),
        Column::text("New statement", 36),
        Column::text("Note", 18),
    ];
    let caption = plural(answer.statements.len(), "match that is not the same", "matches that are not the same");
    vec![table(&caption, VERSIONS, columns, rows.collect())]
}

fn program_parts(program: &ChangeAnswerProgram) -> Vec<Part> {
    if let Some(hidden) = &program.hidden {
        return vec![Part::Note(hidden.clone())];
    }
    let [carried, to_carry, decided, to_confirm, lost] = program.rows;
    let mut parts = Vec::new();
    if let (Some(before), Some(after)) = (program.before, program.carried) {
        let words = if before > after {
            format!(
                "{} of the exam’s weight is no longer covered until people have looked at it.",
                points(before - after)
            )
        } else {
            "No coverage is lost by what goes on by itself.".to_owned()
        };
        parts.push(Part::Note(words));
    }
    parts.push(Part::Paragraph(format!(
        "{} carried over, {} can be carried over; {} decided anew; {} to confirm; {} lost with the statement.",
        plural(carried, "row is", "rows are"),
        to_carry,
        decided,
        to_confirm,
        lost
    )));
    let figure = |what: &str, value: Option<f64>| vec![Cell::words(what), share(value, "no total")];
    let rows = vec![
        figure("Old version, as it stands", program.before),
        figure("New version, as it stands", program.today),
        figure("New version, with what is unchanged carried over", program.carried),
        figure("New version, if all is confirmed as it stood", program.confirmed),
    ];
    let columns = vec![Column::text("Coverage", 70), Column::percent("Of the exam", 30)];
    parts.push(table("Coverage before and after", DECISIONS, columns, rows));
    parts.extend(courses(program));
    parts.extend(to_look_at(program));
    parts.extend(program.rests.iter().map(|words| Part::Note(words.clone())));
    parts
}

fn points(value: f64) -> String {
    percent(value)
}

fn courses(program: &ChangeAnswerProgram) -> Vec<Part> {
    if program.courses.is_empty() {
        return vec![Part::Paragraph("No course needs anybody’s look.".to_owned())];
    }
    let rows =
        program.courses.iter().map(|(name, confirm, lost)| vec![Cell::words(name), count(*confirm), count(*lost)]);
    let columns =
        vec![Column::text("Course", 60), Column::number("Rows to confirm", 20), Column::number("Rows lost", 20)];
    vec![table("Courses whose teachers must look", DECISIONS, columns, rows.collect())]
}

fn to_look_at(program: &ChangeAnswerProgram) -> Vec<Part> {
    if program.to_look_at.is_empty() {
        return Vec::new();
    }
    let rows = program.to_look_at.iter().map(|row| row.iter().map(Cell::words).collect());
    let columns = vec![
        Column::text("Course statement", 26),
        Column::text("Old statement", 22),
        Column::text("New statement", 22),
        Column::text("Stood", 8),
        Column::text("Whose word", 11),
        Column::text("To do", 11),
    ];
    vec![table("Rows to look at", DECISIONS, columns, rows.collect())]
}
