//! `change`: what a new version of a blueprint or a changed catalogue touches, what goes on, and the memo.

use std::path::Path;

use anyhow::{Context, bail};
use credway_workflow::{BlueprintChange, CarriedOver, ReportForm, Workbench};
use serde_json::json;

use super::export::deliver;
use crate::arguments::ChangeArguments;
use crate::screen::Screen;
use crate::words::counted;
use crate::{Ended, files, shown};

pub(super) async fn run(screen: &Screen, workbench: &Workbench, arguments: &ChangeArguments) -> anyhow::Result<Ended> {
    if arguments.catalogue {
        let stale = workbench.catalogue_changes().await?;
        shown::stale(screen, &stale)?;
        screen.document(&json!({ "crosswalks": stale }))?;
        return Ok(if stale.is_empty() { Ended::Done } else { Ended::Findings });
    }
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else { bail!("name the old and the new version") };
    if let Some(memo) = &arguments.memo {
        files::may_be_written(workbench, memo)?;
    }
    if let Some(program) = &arguments.program {
        if arguments.carry {
            return carried(screen, "carried over", &workbench.carry_over(old, new, program).await?);
        }
        if arguments.take_back {
            return carried(screen, "taken back", &workbench.take_back_carried(old, new, program).await?);
        }
    }
    if let Some(memo) = &arguments.memo {
        return deliver(screen, &workbench.export_change(old, new, form_of(memo)?).await?, Some(memo));
    }
    let mut change = workbench.blueprint_change(old, new).await?;
    if let Some(program) = &arguments.program {
        only(&mut change, program)?;
    }
    shown::difference(screen, &change.difference)?;
    shown::impact(screen, &change)?;
    screen.document(&change)?;
    Ok(Ended::Done)
}

fn carried(screen: &Screen, what: &str, answer: &CarriedOver) -> anyhow::Result<Ended> {
    screen.line(format!(
        "{} on {} {what} (crosswalk {})",
        counted(answer.decisions, "decision"),
        counted(answer.pairs, "pair"),
        answer.crosswalk
    ))?;
    screen.document(answer)?;
    Ok(Ended::Done)
}

/// Leaves one program.
fn only(change: &mut BlueprintChange, program: &str) -> anyhow::Result<()> {
    let is = |name: &str| name.eq_ignore_ascii_case(program.trim());
    change.programs.retain(|one| is(&one.program.name) || is(&one.program.id.to_string()));
    if change.programs.is_empty() {
        bail!("no program “{program}” is aligned to {}; see `credway list crosswalks`", change.old_version.name);
    }
    Ok(())
}

fn form_of(memo: &Path) -> anyhow::Result<ReportForm> {
    let ending = memo.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    match ending.as_deref().context("the memo's name needs an ending: .pdf, .docx, .xlsx or .html")? {
        "pdf" => Ok(ReportForm::Pdf),
        "docx" => Ok(ReportForm::Docx),
        "xlsx" => Ok(ReportForm::Xlsx),
        "html" => Ok(ReportForm::Html),
        other => bail!("a memo has no form “{other}”: take .pdf, .docx, .xlsx or .html"),
    }
}
