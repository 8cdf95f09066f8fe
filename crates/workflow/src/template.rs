//! Templates: what a file of each kind looks like, to be filled; as CSV, or as a workbook that explains its columns.

use credway_import::{ABOUT_HEADS, ABOUT_SHEET, Kind, template, template_columns, template_rows};
use credway_publish::{TemplateSheets, template_xlsx};

use crate::report::XLSX;
use crate::{Exported, WorkflowError};

/// Form of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateForm {
    /// Heads and example rows.
    Csv,
    /// The same, with a second sheet that explains the columns.
    Xlsx,
}

/// Widths of the sheet that explains the columns, in characters.
const ABOUT_WIDTHS: [f64; 5] = [18.0, 9.0, 16.0, 60.0, 36.0];

/// The template of a kind of file. It is imported as it is, without a finding, from either form to the same records.
///
/// # Errors
/// [`WorkflowError::Publish`].
pub fn template_file(kind: Kind, form: TemplateForm) -> Result<Exported, WorkflowError> {
    let name = format!("{}-template", kind.word());
    Ok(match form {
        TemplateForm::Csv => Exported {
            file_name: format!("{name}.csv"),
            media_type: "text/csv; charset=utf-8",
            bytes: template(kind).as_bytes().to_vec(),
            losses: Vec::new(),
        },
        TemplateForm::Xlsx => {
            Exported { file_name: format!("{name}.xlsx"), media_type: XLSX, bytes: workbook(kind)?, losses: Vec::new() }
        }
    })
}

fn workbook(kind: Kind) -> Result<Vec<u8>, WorkflowError> {
    let columns = template_columns(kind);
    let rows = template_rows(kind);
    let yes = |truth: bool| if truth { "yes" } else { "no" };
    let about = columns.iter().map(|column| {
        let (required, there) = (yes(column.required), if column.in_template { "yes" } else { "may be added" });
        vec![column.name, required, there, column.holds, column.example.as_str()]
    });
    let own = columns.iter().filter(|column| column.in_template);
    Ok(template_xlsx(&TemplateSheets {
        title: kind.word(),
        columns: own.map(|column| (column.name, column.figure)).collect(),
        rows: rows.get(1..).unwrap_or_default(),
        about: ABOUT_SHEET,
        about_heads: ABOUT_HEADS.into_iter().zip(ABOUT_WIDTHS).collect(),
        about_rows: about.collect(),
    })?)
}

#[cfg(test)]
mod tests {
    use credway_import::{Context, NoProgress, Reading, SourceFile, read};
    use credway_model::Ctid;

    use super::*;

    fn reading(kind: Kind, form: TemplateForm) -> Reading {
        let ctid = |last: u32| -> Ctid { format!("ce-00000000-0000-4000-8000-{last:012}").parse().unwrap() };
        let file = template_file(kind, form).unwrap();
        // Blueprints and frameworks may be titled by their file; the name is then the same.
        let source = SourceFile::new("template.any", file.bytes);
        read(kind, source, &Context::new(ctid(1), ctid(2)), None, &NoProgress)
    }

    /// The records without their places, which differ by the sheet, and sources, which differ by their digest.
    fn records(kind: Kind, reading: &Reading) -> String {
        let sheet = format!("Sheet {{ sheet: \"{}\", ", kind.word());
        format!("{:?}", reading.records).replace(reading.source.id.as_str(), "").replace(&sheet, "Row { ")
    }

    #[test]
    fn what_is_exported_has_the_columns_of_the_templates() {
        let heads = |kind| template_rows(kind).remove(0);
        assert_eq!(heads(Kind::Courses), credway_publish::COURSE_COLUMNS);
        assert_eq!(heads(Kind::Outcomes), credway_publish::OUTCOME_COLUMNS);
        // Exported blueprints have more: what the template leaves to be added.
        for column in credway_publish::BLUEPRINT_COLUMNS {
            assert!(template_columns(Kind::Blueprint).iter().any(|one| one.name == *column), "{column}");
        }
    }

    #[test]
    fn a_workbook_template_is_imported_like_the_csv_and_without_a_finding() {
        for kind in Kind::ALL {
            let (csv, xlsx) = (reading(kind, TemplateForm::Csv), reading(kind, TemplateForm::Xlsx));
            assert_eq!(records(kind, &csv), records(kind, &xlsx), "{kind:?}");
            assert_eq!((&csv.findings, &xlsx.findings), (&Vec::new(), &Vec::new()), "{kind:?}");
            assert_eq!(csv.mapping, xlsx.mapping, "{kind:?}");
            let again = template_file(kind, TemplateForm::Xlsx).unwrap();
            assert_eq!(again.bytes, template_file(kind, TemplateForm::Xlsx).unwrap().bytes, "{kind:?}");
        }
    }
}
