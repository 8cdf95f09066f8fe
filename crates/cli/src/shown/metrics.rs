//! The structure of curricula: a line a course, or a line a file.

use credway_workflow::{CurriculumMetrics, CurriculumTotal, PlanTerms};

use crate::screen::{Screen, Tone};
use crate::table::{Last, show};
use crate::words::counted;

/// What is not known.
const ABSENT: &str = "–";

/// A curriculum course by course, with its sums.
pub(crate) fn metrics(screen: &Screen, metrics: &CurriculumMetrics) -> anyhow::Result<()> {
    let Some(total) = &metrics.total else { return Ok(()) };
    screen.line(screen.tone(Tone::Strong, &metrics.title.join(" · ")))?;
    let planned = total.terms.is_some();
    let mut rows = vec![heads("id", planned)];
    for course in &metrics.courses {
        let name = [course.code.as_str(), course.name.as_deref().unwrap_or_default()];
        let name: Vec<&str> = name.into_iter().filter(|word| !word.is_empty()).collect();
        let figures = [
            course.credits.clone().unwrap_or_else(|| ABSENT.to_owned()),
            figure(course.delay),
            figure(course.blocking),
            figure(course.centrality),
            figure(course.complexity),
            figure(course.requisite_distance),
        ];
        rows.push(row(&course.id, &name.join(" "), figures, planned));
    }
    rows.push(row("", "total", figures(total), planned));
    right(&mut rows);
    show(screen, &rows, Last::Words)?;
    if let Some(longest) = total.longest_chain {
        screen.line(format!("longest chain: {}", counted(usize::try_from(longest)?, "course")))?;
    }
    if let Some(said) = total.terms.as_ref().and_then(spread) {
        screen.sentence(&said, "", 2)?;
    }
    Ok(())
}

/// Requisites of a program that are no arrows.
pub(crate) fn not_counted(screen: &Screen, sentences: &[String]) -> anyhow::Result<()> {
    if sentences.is_empty() {
        return Ok(());
    }
    screen.line("")?;
    screen.line(screen.tone(Tone::Strong, "Not counted, since no single course of the program is needed"))?;
    sentences.iter().try_for_each(|sentence| screen.sentence(sentence, "  ", 2))
}

/// A line for each of several files.
pub(crate) fn metrics_of_files(screen: &Screen, measured: &[(String, CurriculumMetrics)]) -> anyhow::Result<()> {
    let mut rows = vec![heads("courses", true)];
    rows[0][1] = "file".to_owned();
    for (file, metrics) in measured {
        let none = || [ABSENT; 6].map(str::to_owned);
        let total = metrics.total.as_ref();
        let courses = total.map_or_else(|| ABSENT.to_owned(), |total| total.courses.to_string());
        rows.push(row(&courses, file, total.map_or_else(none, figures), true));
    }
    right(&mut rows);
    show(screen, &rows, Last::Words)
}

fn heads(first: &str, planned: bool) -> Vec<String> {
    let figures = ["credits", "delay", "blocking", "centrality", "complexity", "distance"].map(str::to_owned);
    row(first, "course", figures, planned)
}

/// One row; the distance to requisites only where there is a plan.
fn row(first: &str, words: &str, figures: [String; 6], planned: bool) -> Vec<String> {
    let shown = figures.into_iter().take(if planned { 6 } else { 5 });
    [first.to_owned(), words.to_owned()].into_iter().chain(shown).collect()
}

fn figures(total: &CurriculumTotal) -> [String; 6] {
    [
        figure(total.credits),
        figure(total.delay),
        figure(total.blocking),
        figure(total.centrality),
        figure(total.complexity),
        figure(total.requisite_distance),
    ]
}

fn figure(figure: Option<impl ToString>) -> String {
    figure.map_or_else(|| ABSENT.to_owned(), |figure| figure.to_string())
}

/// Sets the figures to the right of their columns.
fn right(rows: &mut [Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    for column in (0..columns).filter(|column| *column != 1) {
        let widest = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        for row in rows.iter_mut() {
            row[column] = format!("{:>widest$}", row[column]);
        }
    }
}

/// How even the terms are; absent where credits are not known.
fn spread(terms: &PlanTerms) -> Option<String> {
    let (average, deviation) = (terms.average?, terms.deviation?);
    Some(format!(
        "{}: {average:.2} credits on average, least {} in term {}, most {} in term {}, standard deviation {deviation:.2}",
        counted(terms.by_term.len(), "term"),
        terms.min?,
        terms.min_term?,
        terms.max?,
        terms.max_term?
    ))
}
