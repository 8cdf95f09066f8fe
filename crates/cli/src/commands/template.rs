//! `template`: a file to fill.

use std::path::Path;

use anyhow::bail;
use clap::ValueEnum;
use credway_workflow::{EXCEPTIONS_TEMPLATE, Exported, Mapping, TAKEN_TEMPLATE, TemplateForm, template, template_file};
use serde_json::{Value, json};

use super::export::deliver;
use super::import::kind;
use crate::Ended;
use crate::arguments::TemplateFormat;
use crate::screen::Screen;

/// The template of a file of an audit, which is never imported.
fn learner_file(word: &str) -> Option<Exported> {
    let text = match word {
        "taken" => TAKEN_TEMPLATE,
        "exceptions" => EXCEPTIONS_TEMPLATE,
        _ => return None,
    };
    Some(Exported {
        file_name: format!("{word}-template.csv"),
        media_type: "text/csv; charset=utf-8",
        bytes: text.as_bytes().to_vec(),
        losses: Vec::new(),
    })
}

/// Prints or writes the template of a kind.
pub(super) fn run(
    screen: &Screen,
    word: &str,
    format: Option<TemplateFormat>,
    out: Option<&Path>,
) -> anyhow::Result<Ended> {
    let ending = || TemplateFormat::from_str(out?.extension()?.to_str()?, true).ok();
    let form = match format.or_else(ending) {
        Some(TemplateFormat::Xlsx) => TemplateForm::Xlsx,
        Some(TemplateFormat::Csv) | None => TemplateForm::Csv,
    };
    if let Some(file) = learner_file(word) {
        if form == TemplateForm::Xlsx {
            bail!("the files of an audit are CSV: take --format csv");
        }
        if let Some(out) = out {
            crate::files::is_no_database(out)?;
        }
        return deliver(screen, &file, out);
    }
    let kind = kind(word)?;
    if screen.json && out.is_none() && form == TemplateForm::Csv {
        let fields: Vec<Value> = Mapping::known_fields(kind)
            .into_iter()
            .map(|(name, required)| json!({ "name": name, "required": required }))
            .collect();
        screen.document(&json!({ "kind": kind, "fields": fields, "template": template(kind) }))?;
        return Ok(Ended::Done);
    }
    if let Some(out) = out {
        crate::files::is_no_database(out)?;
    }
    deliver(screen, &template_file(kind, form)?, out)
}
