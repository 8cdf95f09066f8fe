//! `export`: files to a path or to standard output.

use std::path::Path;

use anyhow::bail;
use credway_workflow::{ExportFormat, Exported};
use serde_json::json;

use super::existing;
use crate::arguments::{Arguments, ExportWhat, Format};
use crate::screen::Screen;
use crate::{Ended, files};

pub(super) async fn run(arguments: &Arguments, screen: &Screen, what: &ExportWhat) -> anyhow::Result<Ended> {
    let workbench = existing(arguments).await?;
    match what {
        ExportWhat::Blueprint { id, format: Format::Json, out } => {
            let blueprint = workbench.export_blueprint(id).await?;
            let bytes = format!("{}\n", serde_json::to_string_pretty(&blueprint)?);
            match out {
                Some(path) => files::write(path, bytes.as_bytes())?,
                None => screen.bytes(bytes.as_bytes())?,
            }
            Ok(Ended::Done)
        }
        ExportWhat::Blueprint { id, format: Format::Csv, out } => {
            deliver(screen, &workbench.export_blueprint_csv(id).await?, out.as_deref())
        }
        ExportWhat::Blueprint { format: Format::Xlsx, .. } => bail!("a blueprint is exported as json or csv"),
        ExportWhat::Crosswalk { pair, format, out } => {
            let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
            let format = match format {
                Format::Json => ExportFormat::Json,
                Format::Csv => ExportFormat::Csv,
                Format::Xlsx => ExportFormat::Xlsx,
            };
            deliver(screen, &workbench.export_crosswalk(&crosswalk, format).await?, out.as_deref())
        }
        ExportWhat::Courses { program, out } => {
            deliver(screen, &workbench.export_courses(program).await?, out.as_deref())
        }
        ExportWhat::Outcomes { program, out } => {
            deliver(screen, &workbench.export_outcomes(program).await?, out.as_deref())
        }
    }
}

/// Writes the file and says what it could not carry.
fn deliver(screen: &Screen, exported: &Exported, out: Option<&Path>) -> anyhow::Result<Ended> {
    match out {
        Some(path) => {
            files::write(path, &exported.bytes)?;
            screen.line(format!("{} bytes written to {}", exported.bytes.len(), path.display()))?;
            screen.document(&json!({ "file": path, "bytes": exported.bytes.len(), "losses": exported.losses }))?;
        }
        None => screen.bytes(&exported.bytes)?,
    }
    for loss in &exported.losses {
        screen.talk(format!("not carried: {loss}"));
    }
    Ok(if exported.losses.is_empty() { Ended::Done } else { Ended::Findings })
}
