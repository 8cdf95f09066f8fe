//! A plan of study: what to take when, where one can get off and with what, what it costs, and what was taken for granted.

use jiff::civil::Date;

use super::figures::{day, plural};
use super::model::{Cell, Column, Fact, Part, Report, Section, Table};

/// A plan of study, every figure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyPlan {
    /// The institution, if named.
    pub institution: Option<String>,
    /// The pathway.
    pub pathway: String,
    /// Where it leads.
    pub destination: String,
    /// Day it is made.
    pub made: Date,
    /// Whether it is proved that no other plan is better.
    pub proved: bool,
    /// Months, cost and credits in all, as far as they are known.
    pub figures: Vec<(String, String)>,
    /// Courses passed already, and those that credit is awarded for.
    pub held: Vec<(String, String)>,
    /// Terms: name, credits, cost, and what happens in it: what, title, credits.
    pub terms: Vec<StudyTerm>,
    /// Exits: name, after, months, credits, cost, wage, degree audit.
    pub exits: Vec<[String; 7]>,
    /// What each objective came to: objective, value, proof.
    pub stages: Vec<[String; 3]>,
    /// What was taken for granted: what, value, source.
    pub assumptions: Vec<[String; 3]>,
    /// What could not be planned.
    pub notes: Vec<String>,
}

/// A term of a plan of study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyTerm {
    /// `fall 2026`.
    pub name: String,
    /// Credits and cost, in words.
    pub about: String,
    /// What happens: code or kind, title, credits.
    pub rows: Vec<[String; 3]>,
}

/// A plan of study as a report.
#[must_use]
pub fn study_report(plan: &StudyPlan) -> Report {
    let mut sections: Vec<Section> = plan.terms.iter().map(term).collect();
    sections.push(section("Where you can get off", vec![exits(plan)]));
    sections.push(section("How good the plan is", vec![stages(plan)]));
    sections.push(section("Taken for granted", assumptions(plan)));
    Report {
        title: format!("Plan of study: {}", plan.destination),
        language: "en-US",
        made: plan.made,
        foot: format!("{}, {}", plan.pathway, day(plan.made)),
        wide: false,
        facts: facts(plan),
        lead: vec![Part::Paragraph(lead(plan.proved))],
        sections,
        sources_heading: "Sources".to_owned(),
        sources: vec![format!(
            "The college's programs, courses and reviewed crosswalks as they stood on {}.",
            day(plan.made)
        )],
    }
}

/// How good the plan is, and what it is not.
fn lead(proved: bool) -> String {
    let good = if proved {
        "No other plan is better by the objectives below, in their order, for what was wished."
    } else {
        "This is the best plan found in the time given. By the objectives below, in their order, another may be better: how much better \
         at most, their table says."
    };
    format!("{good} It is no promise: courses can be full, and exams can be failed. Talk it over with your advisor.")
}

fn facts(plan: &StudyPlan) -> Vec<Fact> {
    let fact = |(term, value): (String, String)| Fact { term, value, source: None };
    let institution = plan.institution.iter().map(|name| ("Institution".to_owned(), name.clone()));
    institution
        .chain([("Pathway".to_owned(), plan.pathway.clone())])
        .chain(plan.figures.iter().cloned())
        .chain(plan.held.iter().cloned())
        .map(fact)
        .collect()
}

fn section(heading: &str, parts: Vec<Part>) -> Section {
    Section { heading: heading.to_owned(), level: 1, sheet: "Plan".to_owned(), parts }
}

fn term(term: &StudyTerm) -> Section {
    let rows = term.rows.iter().map(|row| row.iter().map(Cell::words).collect()).collect();
    let columns =
        vec![Column::text("Course, exam or award", 24), Column::text("Title", 62), Column::text("Credits", 14)];
    let about = plural(term.rows.len(), "entry", "entries");
    let caption = format!("{}: {about}, {}", term.name, term.about);
    section(&term.name, vec![table(&caption, columns, rows)])
}

fn exits(plan: &StudyPlan) -> Part {
    if plan.exits.is_empty() {
        return Part::Paragraph("The plan has no exit before its end.".to_owned());
    }
    let rows = plan.exits.iter().map(|row| row.iter().map(Cell::words).collect()).collect();
    let columns = vec![
        Column::text("Exit", 26),
        Column::text("After", 14),
        Column::text("Months", 9),
        Column::text("Credits", 9),
        Column::text("Cost by then", 13),
        Column::text("Wage a year", 15),
        Column::text("Degree audit", 14),
    ];
    table("What you hold where you get off", columns, rows)
}

fn stages(plan: &StudyPlan) -> Part {
    let rows = plan.stages.iter().map(|row| row.iter().map(Cell::words).collect()).collect();
    let columns = vec![Column::text("Objective", 44), Column::text("Value", 16), Column::text("Proof", 40)];
    table("Objectives, first things first", columns, rows)
}

fn assumptions(plan: &StudyPlan) -> Vec<Part> {
    let mut parts = Vec::new();
    if plan.assumptions.is_empty() {
        parts.push(Part::Paragraph("Nothing.".to_owned()));
    } else {
        let rows = plan.assumptions.iter().map(|row| row.iter().map(Cell::words).collect()).collect();
        let columns = vec![Column::text("What", 28), Column::text("Value", 34), Column::text("Source", 38)];
        parts.push(table("Assumptions with their sources", columns, rows));
    }
    parts.extend(plan.notes.iter().map(|note| Part::Paragraph(note.clone())));
    parts
}

fn table(caption: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Part {
    Part::Table(Table { caption: caption.to_owned(), source: None, columns, rows, total: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(proved: bool) -> StudyPlan {
        let words = |texts: [&str; 3]| texts.map(str::to_owned);
        StudyPlan {
            institution: Some("Lantern Bay".to_owned()),
            pathway: "Harbor way".to_owned(),
            destination: "AAS".to_owned(),
            made: jiff::civil::date(2026, 11, 27),
            proved,
            figures: vec![("Months".to_owned(), "21".to_owned())],
            held: vec![("Passed already".to_owned(), "ENGL 1301".to_owned())],
            terms: vec![StudyTerm {
                name: "fall 2027".to_owned(),
                about: "3 credits, $282".to_owned(),
                rows: vec![words(["ITSY 1300", "Fundamentals", "3"])],
            }],
            exits: vec![
                ["Certificate", "fall 2027", "4", "3", "$282", "not known", "requirements met"].map(str::to_owned),
            ],
            stages: vec![words(["cost in dollars", "282", if proved { "proved" } else { "no better than 94" }])],
            assumptions: vec![words(["Tuition a credit", "$94", "invented"])],
            notes: vec!["A note.".to_owned()],
        }
    }

    #[test]
    fn every_word_of_the_plan_is_in_the_report() {
        let texts = study_report(&plan(true)).texts().join("\n");
        for word in ["Harbor way", "ENGL 1301", "fall 2027", "ITSY 1300", "Certificate", "invented", "A note."] {
            assert!(texts.contains(word), "{word}");
        }
    }

    #[test]
    fn a_plan_is_called_best_only_where_that_is_proved() {
        let [proved, found] = [true, false].map(|proved| study_report(&plan(proved)).texts().join("\n"));
        assert!(proved.contains("No other plan is better") && !proved.contains("may be better"), "{proved}");
        assert!(found.contains("best plan found in the time given") && !found.contains("No other plan"), "{found}");
        assert!(found.contains("no better than 94") && !found.contains("proved"), "{found}");
    }
}
