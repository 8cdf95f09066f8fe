//! `demo` and `serve`: the sample college, its summary, and the site.

use std::net::SocketAddr;

use credway_model::Person;
use credway_workflow::{LogLevel, SampleSummary, ServeSettings, Workbench};
use serde_json::json;

use super::{person, say_next};
use crate::arguments::Arguments;
use crate::progress::Bar;
use crate::screen::{Screen, Tone};
use crate::{Ended, Serve, shown};

/// The database of the sample college when none is named.
pub(super) const DATABASE: &str = "sqlite:credway-demo.db";

pub(super) async fn run(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    serve: Serve,
    address: Option<SocketAddr>,
) -> anyhow::Result<Ended> {
    let person = person(arguments)?;
    let bar = Bar::new("Loading and aligning the sample college");
    let summary = workbench.load_sample(&bar).await?;
    drop(bar);
    show(screen, workbench, &summary)?;
    screen.document(&document(&summary))?;
    if !screen.json {
        screen.talk("");
    }
    say_next(arguments, screen, workbench, DATABASE).await?;
    match address {
        Some(address) => {
            let mut settings = ServeSettings::at(address);
            // Who looks at the sample looks at the pages, not at the log.
            settings.log.level = LogLevel::Warn;
            serve_site(screen, serve, workbench, person, settings, false).await
        }
        // The findings of the sample are there to be seen; nothing went wrong.
        None => Ok(Ended::Done),
    }
}

fn show(screen: &Screen, workbench: &Workbench, summary: &SampleSummary) -> anyhow::Result<()> {
    let counts: Vec<String> = ["course", "outcome", "program", "credential", "blueprint", "decision"]
        .iter()
        .filter_map(|kind| summary.counts.get(*kind).map(|count| format!("{count} {kind}s")))
        .collect();
    screen.line(screen.tone(Tone::Strong, &summary.institution))?;
    screen.sentence(&format!("{} in {}", counts.join(", "), workbench.database()), "  ", 2)?;
    for report in &summary.coverage {
        screen.line("")?;
        shown::coverage(screen, report, 3)?;
    }
    let warnings: Vec<_> =
        summary.findings.iter().filter(|finding| finding.severity > credway_model::Severity::Note).cloned().collect();
    if !screen.json && !warnings.is_empty() {
        screen.talk("");
        screen.findings(&warnings);
    }
    Ok(())
}

/// The summary as JSON: counts, coverage by crosswalk, top gaps.
fn document(summary: &SampleSummary) -> serde_json::Value {
    let crosswalks: Vec<_> = summary
        .coverage
        .iter()
        .map(|report| {
            json!({
                "crosswalk": report.crosswalk.id,
                "program": report.crosswalk.program.name,
                "blueprint": report.crosswalk.blueprint.name,
                "total": report.total,
                "total_assessed": report.total_assessed,
                "domains": report.domains.iter().map(|domain| json!({
                    "title": domain.title, "weight": domain.weight, "coverage": domain.coverage
                })).collect::<Vec<_>>(),
                "gaps": report.gaps.iter().take(5).collect::<Vec<_>>(),
                "open": report.crosswalk.open,
                "disputed": report.crosswalk.disputed,
            })
        })
        .collect();
    json!({
        "institution": summary.institution,
        "counts": summary.counts,
        "coverage": crosswalks,
        "alignments": summary.alignments,
        "findings": crate::json::findings(&summary.findings),
    })
}

/// Serves the site until the person stops it. With `--json`, `announce` makes the address the one document.
pub(super) async fn serve_site(
    screen: &Screen,
    serve: Serve,
    workbench: &Workbench,
    person: Person,
    settings: ServeSettings,
    announce: bool,
) -> anyhow::Result<Ended> {
    if !settings.accounts {
        screen.talk(format!("Acting as {}; choose another name with --as.", person.name()));
    }
    let workbench = workbench.clone().for_serving(&settings)?;
    let first = match settings.accounts && !workbench.has_administrator().await? {
        true => Some(workbench.first_administrator().await?),
        false => None,
    };
    let (strong, plain) = (screen.tone(Tone::Strong, "Open"), "Stop with Ctrl-C.");
    let announced = screen.json && announce;
    let told = settings.clone();
    let ready = Box::new(move |address: SocketAddr| {
        use std::io::Write;
        let origin = told.origin(address);
        if announced {
            let mut document = json!({ "address": format!("{origin}/") });
            if let Some(link) = &first {
                document["first_administrator"] = format!("{origin}/invitation#{}", link.secret.reveal()).into();
            }
            let _ = writeln!(std::io::stdout(), "{document}");
        }
        // Nobody is left to tell when standard error is gone.
        let _ = writeln!(std::io::stderr(), "{strong} {origin}/  {plain}");
        if let Some(link) = &first {
            let _ = writeln!(
                std::io::stderr(),
                "There is no administrator yet. Whoever opens this link first becomes one; it is good once, for a day:\n  \
                 {origin}/invitation#{}",
                link.secret.reveal()
            );
        }
    });
    serve(workbench, person, settings, ready).await?;
    Ok(Ended::Done)
}
