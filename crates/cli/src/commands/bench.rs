//! `bench`: figures of quality and speed.

use credway_workflow::{BenchmarkFiles, Workbench};

use crate::arguments::Bench;
use crate::progress::Bar;
use crate::screen::Screen;
use crate::{Ended, files};

pub(super) fn run(screen: &Screen, what: &Bench) -> anyhow::Result<Ended> {
    let Bench::Align { queries, candidates, engine: _ } = what;
    let tables = BenchmarkFiles { queries: files::text(queries)?, candidates: files::text(candidates)? };
    let bar = Bar::new("Ranking");
    let figures = Workbench::benchmark_default_engine(&tables, &bar)?;
    drop(bar);
    let report = &figures.report;
    screen.line(format!("{}: {} queries", figures.engine, report.n))?;
    screen.line(format!("hit@1 {:.3}  hit@5 {:.3}  hit@10 {:.3}", report.hit1, report.hit5, report.hit10))?;
    screen.line(format!("MRR {:.3} (95 % interval {:.3} to {:.3})", report.mrr, report.mrr_low, report.mrr_high))?;
    screen.line(format!("calibration error of the best answer {:.3}", report.ece_top1))?;
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
