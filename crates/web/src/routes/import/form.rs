//! What the import form brings: a file or a pasted outline, what it holds, and where it goes.

use axum::extract::Multipart;
use credway_model::Text;
use credway_workflow::{ImportRequest, Kind, SourceFile};

use crate::error_page::Failure;

/// Name given to a pasted outline: the reader for plain text takes it.
const PASTED: &str = "pasted-outline.txt";

/// The form's fields as the person gave them, so that the form can be shown again with them.
#[derive(Clone, Debug, Default)]
pub(super) struct ImportFields {
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) organization: String,
    pub(super) into: String,
    pub(super) reason: String,
    file: Option<(String, Vec<u8>)>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldError {
    /// The field's name, which is also the identifier of its control.
    pub(super) field: &'static str,
    /// What to do, as a sentence.
    pub(super) sentence: String,
}

impl ImportFields {
    /// Reads the form.
    ///
    /// # Errors
    /// When the form is no form.
    pub(super) async fn read(mut form: Multipart) -> Result<Self, Failure> {
        let broken = |error: axum::extract::multipart::MultipartError| {
            Failure::refused(
                format!("The form could not be read: {}.", error.body_text()),
                "Go back and send it again.",
            )
        };
        let mut fields = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let file_name = plain_name(field.file_name().unwrap_or_default());
                let bytes = field.bytes().await.map_err(broken)?;
                if !(file_name.is_empty() && bytes.is_empty()) {
                    fields.file = Some((file_name, bytes.to_vec()));
                }
                continue;
            }
            let value = field.text().await.map_err(broken)?;
            match name.as_str() {
                "kind" => fields.kind = value,
                "text" => fields.text = value,
                "organization" => fields.organization = value,
                "into" => fields.into = value,
                "reason" => fields.reason = value,
                _ => {}
            }
        }
        Ok(fields)
    }

    /// Whether a file was chosen.
    pub(super) fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// What to import, or what is wrong with the form, field by field.
    pub(super) fn request(&self) -> Result<ImportRequest, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &'static str, sentence: String| errors.push(FieldError { field, sentence });
        let kind = Kind::read(&self.kind);
        if kind.is_none() {
            wrong("kind", "Choose what the file holds.".to_owned());
        }
        let pasted = !self.text.trim().is_empty();
        let file = match (&self.file, pasted) {
            (Some(_), true) => {
                wrong("text", "Choose a file or paste an outline, not both.".to_owned());
                None
            }
            (None, false) => {
                wrong("file", "Choose a file, or paste a blueprint’s outline below.".to_owned());
                None
            }
            (Some((name, bytes)), false) if bytes.is_empty() => {
                wrong("file", format!("“{name}” is empty: choose another file."));
                None
            }
            (Some((name, bytes)), false) => Some(SourceFile::new(name.clone(), bytes.clone())),
            (None, true) if kind.is_some_and(|kind| kind != Kind::Blueprint) => {
                wrong(
                    "text",
                    "Only a blueprint’s outline can be pasted: choose “Exam blueprint”, or a file.".to_owned(),
                );
                None
            }
            (None, true) => Some(SourceFile::new(PASTED.to_owned(), self.text.clone().into_bytes())),
        };
        if !self.into.trim().is_empty() && kind.is_some_and(|kind| kind != Kind::Courses) {
            wrong("into", "Only courses can be put into a collection: leave this empty.".to_owned());
        }
        let reason = match self.reason.trim() {
            "" => None,
            given => match Text::new(given) {
                Ok(reason) => Some(reason),
                Err(error) => {
                    wrong("reason", format!("The reason cannot be taken: {error}."));
                    None
                }
            },
        };
        match (kind, file) {
            (Some(kind), Some(file)) if errors.is_empty() => Ok(ImportRequest {
                kind,
                file,
                mapping: None,
                organization: given(&self.organization),
                into: given(&self.into),
                accept: Vec::new(),
                reason,
            }),
            _ => Err(errors),
        }
    }
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The file's name without folders: some browsers send the whole path.
fn plain_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(kind: &str, text: &str, file: Option<&str>) -> ImportFields {
        ImportFields {
            kind: kind.to_owned(),
            text: text.to_owned(),
            file: file.map(|content| ("a.csv".to_owned(), content.as_bytes().to_vec())),
            ..ImportFields::default()
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        for (given, expected) in [
            (fields("", "", None), vec!["kind", "file"]),
            (fields("courses", "", None), vec!["file"]),
            (fields("courses", "1. A", None), vec!["text"]),
            (fields("blueprint", "1. A", Some("x")), vec!["text"]),
            (fields("courses", "", Some("")), vec!["file"]),
            (ImportFields { into: "Set".to_owned(), ..fields("blueprint", "1. A", None) }, vec!["into"]),
        ] {
            let errors = given.request().unwrap_err();
            assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_pasted_outline_is_a_file_of_its_own() {
        let request = fields("blueprint", "1.0 Concepts 40%", None).request().unwrap();
        assert_eq!((request.kind, request.file.name.as_str()), (Kind::Blueprint, PASTED));
        assert_eq!(plain_name("C:\\files\\courses.csv"), "courses.csv");
    }
}
