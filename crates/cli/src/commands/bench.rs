//! `bench`: figures of quality and speed.

use std::path::Path;

use credway_workflow::{BenchmarkFiles, Engine, Workbench};

use crate::arguments::Bench;
use crate::progress::Bar;
use crate::screen::Screen;
use crate::settings::Settings;
use crate::{Ended, files};

pub(super) fn run(screen: &Screen, settings: &Settings, what: &Bench) -> anyhow::Result<Ended> {
    match what {
        Bench::Requisites { courses } => requisites(screen, courses),
        Bench::Align { queries, candidates, engine } => {
            align(screen, settings.engine_named(engine)?.as_ref(), queries, candidates)
        }
        Bench::Bacp { curriculum } => bacp(screen, curriculum),
        Bench::Nearest { queries, candidates } => nearest(screen, queries, candidates),
    }
}

fn requisites(screen: &Screen, courses: &Path) -> anyhow::Result<Ended> {
    let figures = Workbench::benchmark_requisites(&files::text(courses)?)?;
    screen
        .line(format!("{} texts, {} of them with other words behind the requisites", figures.texts, figures.prose))?;
    screen.line(format!(
        "understood fully {} ({:.1} %), partly {}, not {}; {} can be read in two ways",
        figures.fully,
        figures.share_fully * 100.0,
        figures.partly,
        figures.not,
        figures.ambiguous
    ))?;
    let share =
        figures.share_fully_without_prose.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0));
    screen.line(format!("of the {} texts without other words, fully {share}", figures.texts - figures.prose))?;
    screen.line(format!("{:.0} texts/s, {:.2} s", figures.texts_per_second, figures.seconds))?;
    screen.document(&figures)?;
    Ok(Ended::Done)
}

fn bacp(screen: &Screen, curriculum: &Path) -> anyhow::Result<Ended> {
    let figures = Workbench::benchmark_bacp(&files::text(curriculum)?)?;
    let periods = figures.assignment.values().max().copied().unwrap_or(0);
    for period in 1..=periods {
        let courses: Vec<&str> =
            figures.assignment.iter().filter(|(_, of)| **of == period).map(|(course, _)| course.as_str()).collect();
        screen.line(format!("period {period}: {}", courses.join(", ")))?;
    }
    let proof = if figures.proved { "proved to be the least" } else { "not proved" };
    screen.line(format!("fullest period {}, bound {}, {proved}", figures.optimum, figures.bound, proved = proof))?;
    screen.line(format!("{:.3} s of processor time", figures.cpu_seconds))?;
    screen.document(&figures)?;
    Ok(Ended::Done)
}

fn align(screen: &Screen, engine: &dyn Engine, queries: &Path, candidates: &Path) -> anyhow::Result<Ended> {
    let tables = BenchmarkFiles { queries: files::text(queries)?, candidates: files::text(candidates)? };
    let bar = Bar::new("Ranking");
    let figures = Workbench::benchmark_engine(engine, &tables, &bar)?;
    drop(bar);
    let report = &figures.report;
    screen.line(format!("{}: {} queries", figures.engine, report.n))?;
    screen.line(format!("hit@1 {:.3}  hit@5 {:.3}  hit@10 {:.3}", report.hit1, report.hit5, report.hit10))?;
    screen.line(format!("MRR {:.3} (95 % interval {:.3} to {:.3})", report.mrr, report.mrr_low, report.mrr_high))?;
    screen.line(format!(
        "calibration error of the best answer {:.3}; honest probabilities would show {:.3}; calibrated on the other queries {:.3}",
        report.ece_top1, report.ece_top1_honest, report.ece_top1_learned
    ))?;
    for point in report.reliability.iter().filter(|point| point.answers > 0) {
        screen.line(format!(
            "  stated {:.2} to {:.2}: {} answers, mean {:.3}, right {:.3}",
            point.from,
            point.from + 0.1,
            point.answers,
            point.stated,
            point.right
        ))?;
    }
    for point in &report.abstention {
        let precision = point.precision.map_or_else(|| "–".to_owned(), |precision| format!("{precision:.3}"));
        screen.line(format!("  from {:.2}: answers {:.3}, right {precision}", point.confidence, point.share))?;
    }
    screen.line(format!(
        "{:.0} statements/s, {:.0} pairs/s, {:.2} s",
        figures.statements_per_second, figures.pairs_per_second, figures.seconds
    ))?;
    screen.document(&figures)?;
    Ok(Ended::Done)
}

fn nearest(screen: &Screen, queries: &Path, candidates: &Path) -> anyhow::Result<Ended> {
    let tables = BenchmarkFiles { queries: files::text(queries)?, candidates: files::text(candidates)? };
    let bar = Bar::new("Comparing");
    let figures = Workbench::benchmark_nearest(&tables, &bar)?;
    drop(bar);
    screen.line(format!(
        "{} queries, {} candidates, the {} nearest",
        figures.queries, figures.candidates, figures.kept
    ))?;
    screen.line(format!(
        "{:.0} statements/s, {:.0} pairs/s, {:.1} billion multiplications and additions/s, {:.2} s",
        figures.statements_per_second,
        figures.pairs_per_second,
        figures.operations_per_second / 1e9,
        figures.seconds
    ))?;
    screen.line(format!("digest of the answer {}", figures.digest))?;
    screen.document(&figures)?;
    Ok(Ended::Done)
}
