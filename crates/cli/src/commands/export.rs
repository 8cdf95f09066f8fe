//! `export`: files to a path or to standard output.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::bail;
use credway_model::Ctid;
use credway_workflow::{ExportFormat, Exported, ReportForm, Workbench};
use serde_json::json;

use crate::arguments::{ExportWhat, Format};
use crate::files::Readers;
use crate::screen::Screen;
use crate::words::wrapped;
use crate::{Ended, files};

pub(super) async fn run(screen: &Screen, workbench: &Workbench, what: &ExportWhat) -> anyhow::Result<Ended> {
    if let Some(out) = what.out() {
        files::may_be_written(workbench, out)?;
    }
    match what {
        ExportWhat::Blueprint { id, format, out } => {
            let exported = match Format::of(*format, out.as_deref(), Format::Json) {
                Format::Json if screen.json && out.is_none() => {
                    screen.document(&workbench.export_blueprint(id).await?)?;
                    return Ok(Ended::Done);
                }
                Format::Json => json_file(&workbench.export_blueprint(id).await?)?,
                Format::Csv => workbench.export_blueprint_csv(id).await?,
                _ => bail!("a blueprint is exported as JSON or CSV: take --format json or --format csv"),
            };
            deliver(screen, &exported, out.as_deref())
        }
        ExportWhat::Crosswalk { pair, format, out } => {
            let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
            let otherwise = if screen.json && out.is_none() { Format::Json } else { Format::Xlsx };
            let format = match Format::of(*format, out.as_deref(), otherwise) {
                Format::Json => ExportFormat::Json,
                Format::Csv => ExportFormat::Csv,
                Format::Xlsx => ExportFormat::Xlsx,
                Format::Pdf => ExportFormat::Pdf,
                Format::Docx => ExportFormat::Docx,
                Format::Html => ExportFormat::Html,
            };
            deliver(screen, &workbench.export_crosswalk(&crosswalk, format).await?, out.as_deref())
        }
        ExportWhat::History { out } => {
            let exported = Exported {
                file_name: "history.jsonl".to_owned(),
                media_type: "application/jsonl",
                bytes: workbench.export_audit().await?.into_bytes(),
                losses: Vec::new(),
            };
            deliver(screen, &exported, out.as_deref())
        }
        ExportWhat::Coverage { pair, format, out } => {
            let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
            let otherwise = if screen.json && out.is_none() { Format::Json } else { Format::Pdf };
            let form = match Format::of(*format, out.as_deref(), otherwise) {
                Format::Pdf => ReportForm::Pdf,
                Format::Docx => ReportForm::Docx,
                Format::Xlsx => ReportForm::Xlsx,
                Format::Html => ReportForm::Html,
                Format::Json => return coverage_json(screen, workbench, &crosswalk, out.as_deref()).await,
                Format::Csv => bail!("a coverage report has no CSV form: take --format xlsx for its tables"),
            };
            deliver(screen, &workbench.export_coverage(&crosswalk, form).await?, out.as_deref())
        }
        ExportWhat::Courses { program, out } => {
            deliver(screen, &workbench.export_courses(program).await?, out.as_deref())
        }
        ExportWhat::Requirements { program, out } => {
            deliver(screen, &workbench.export_requirements(program).await?, out.as_deref())
        }
        ExportWhat::Outcomes { program, out } => {
            deliver(screen, &workbench.export_outcomes(program).await?, out.as_deref())
        }
    }
}

/// The coverage answer as it is, for programs.
async fn coverage_json(
    screen: &Screen,
    workbench: &Workbench,
    crosswalk: &Ctid,
    out: Option<&Path>,
) -> anyhow::Result<Ended> {
    let report = serde_json::to_value(workbench.coverage(crosswalk).await?)?;
    let exported = Exported { file_name: "coverage.json".to_owned(), ..json_file(&report)? };
    deliver(screen, &exported, out)
}

fn json_file(value: &serde_json::Value) -> anyhow::Result<Exported> {
    let bytes = format!("{}\n", serde_json::to_string_pretty(value)?).into_bytes();
    let file_name = "blueprint.json".to_owned();
    Ok(Exported { file_name, media_type: "application/json", bytes, losses: Vec::new() })
}

/// Writes the file and says what it could not carry.
pub(super) fn deliver(screen: &Screen, exported: &Exported, out: Option<&Path>) -> anyhow::Result<Ended> {
    match out {
        Some(path) => {
            files::write(path, &exported.bytes, Readers::AsUsual)?;
            screen.line(format!("{} bytes written to {}", exported.bytes.len(), path.display()))?;
            screen.document(&json!({ "file": path, "bytes": exported.bytes.len(), "losses": exported.losses }))?;
        }
        None if screen.json => print_document(screen, exported)?,
        None if std::str::from_utf8(&exported.bytes).is_err() && std::io::stdout().is_terminal() => {
            bail!(
                "this form is nothing for a terminal: say where it goes, for example --out \"{}\"",
                exported.file_name
            )
        }
        None => screen.bytes(&exported.bytes)?,
    }
    if !screen.json {
        for loss in &exported.losses {
            screen.talk(wrapped(&format!("not carried: {loss}"), screen.prose(), "", 2));
        }
    }
    Ok(if exported.losses.is_empty() { Ended::Done } else { Ended::Findings })
}

/// The file as the one document of `--json`: as it is where it is JSON, as its member `content` where it is text.
fn print_document(screen: &Screen, exported: &Exported) -> anyhow::Result<()> {
    let Ok(content) = std::str::from_utf8(&exported.bytes) else {
        bail!("this form cannot stand in a JSON document: say where it goes with --out");
    };
    if exported.media_type == "application/json" {
        return screen.document(&serde_json::from_str::<serde_json::Value>(content)?);
    }
    screen.document(&json!({ "file": null, "bytes": content.len(), "losses": exported.losses, "content": content }))
}
