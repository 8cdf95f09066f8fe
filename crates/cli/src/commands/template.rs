//! `template`: a file to fill.

use std::path::Path;

use clap::ValueEnum;
use credway_workflow::{Mapping, TemplateForm, template, template_file};
use serde_json::{Value, json};

use super::export::deliver;
use super::import::kind;
use crate::Ended;
use crate::arguments::TemplateFormat;
use crate::screen::Screen;

/// Prints or writes the template of a kind.
pub(super) fn run(
    screen: &Screen,
    word: &str,
    format: Option<TemplateFormat>,
    out: Option<&Path>,
) -> anyhow::Result<Ended> {
    let kind = kind(word)?;
    let ending = || TemplateFormat::from_str(out?.extension()?.to_str()?, true).ok();
    let form = match format.or_else(ending) {
        Some(TemplateFormat::Xlsx) => TemplateForm::Xlsx,
        Some(TemplateFormat::Csv) | None => TemplateForm::Csv,
    };
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
