//! What the form of an audit brings: courses taken as a file or pasted, exceptions, further programs, what to assume.

use axum::extract::Multipart;
use credway_workflow::{AuditRequest, AuditShare, SourceFile};

use crate::error_page::Failure;

/// The form's fields as the person gave them.
#[derive(Clone, Default)]
pub(super) struct AuditFields {
    /// The courses taken, as they were pasted or stand in the file.
    pub(super) taken: String,
    pub(super) exceptions: String,
    /// Identifiers of further programs.
    pub(super) with: Vec<String>,
    pub(super) share: String,
    pub(super) assume: String,
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

impl AuditFields {
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
                let file_name = field.file_name().unwrap_or_default().to_owned();
                let file_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
                let bytes = field.bytes().await.map_err(broken)?;
                if !(file_name.is_empty() && bytes.is_empty()) {
                    fields.file = Some((file_name, bytes.to_vec()));
                }
                continue;
            }
            let value = field.text().await.map_err(broken)?;
            match name.as_str() {
                "taken" => fields.taken = value,
                "exceptions" => fields.exceptions = value,
                "with" => fields.with.push(value),
                "share" => fields.share = value.trim().to_owned(),
                "assume" => fields.assume = value.trim().to_owned(),
                _ => {}
            }
        }
        Ok(fields)
    }

    /// What to audit, or what is wrong with the form, field by field.
    pub(super) fn request(&self, program: &str) -> Result<AuditRequest, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &'static str, sentence: String| errors.push(FieldError { field, sentence });
        let pasted = !self.taken.trim().is_empty();
        let taken = match (&self.file, pasted) {
            (Some(_), true) => {
                wrong("taken", "Choose a file or paste the courses, not both.".to_owned());
                None
            }
            (None, false) => {
                wrong("taken", "Paste the courses taken, or choose a file with them.".to_owned());
                None
            }
            (Some((name, bytes)), false) => Some(SourceFile::new(name.clone(), bytes.clone())),
            (None, true) => Some(SourceFile::new("courses taken", self.taken.clone().into_bytes())),
        };
        let figure = |given: &str| (!given.is_empty()).then(|| given.parse::<credway_model::Credits>()).transpose();
        let share = figure(&self.share).unwrap_or_else(|error| {
            wrong("share", format!("The credits that may be shared cannot be taken: {error}."));
            None
        });
        let assume_credits = figure(&self.assume).unwrap_or_else(|error| {
            wrong("assume", format!("The credits to assume cannot be taken: {error}."));
            None
        });
        let programs: Vec<String> = std::iter::once(program.to_owned()).chain(self.with.iter().cloned()).collect();
        let share = share.map(|at_most| pairs(&programs, at_most)).unwrap_or_default();
        let exceptions = (!self.exceptions.trim().is_empty())
            .then(|| SourceFile::new("exceptions", self.exceptions.clone().into_bytes()));
        match taken {
            Some(taken) if errors.is_empty() => Ok(AuditRequest { programs, taken, exceptions, share, assume_credits }),
            _ => Err(errors),
        }
    }
}

/// The same limit between any two of the programs.
fn pairs(programs: &[String], at_most: credway_model::Credits) -> Vec<AuditShare> {
    let pairs = programs.iter().enumerate().flat_map(|(at, one)| programs[at + 1..].iter().map(move |two| (one, two)));
    pairs.map(|(one, two)| AuditShare { programs: (one.clone(), two.clone()), at_most }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named() {
        let fields = |taken: &str, share: &str, assume: &str| AuditFields {
            taken: taken.to_owned(),
            share: share.to_owned(),
            assume: assume.to_owned(),
            ..AuditFields::default()
        };
        let errors = fields("", "many", "3 credits").request("p").unwrap_err();
        assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["taken", "share", "assume"]);
        let both = AuditFields { file: Some(("a.csv".to_owned(), b"code".to_vec())), ..fields("code", "", "") };
        assert_eq!(both.request("p").unwrap_err()[0].field, "taken");
    }

    #[test]
    fn a_limit_holds_between_any_two() {
        let fields = AuditFields {
            taken: "code".to_owned(),
            share: "9".to_owned(),
            with: vec!["q".to_owned(), "r".to_owned()],
            ..AuditFields::default()
        };
        let request = fields.request("p").unwrap();
        let pairs: Vec<(&str, &str)> =
            request.share.iter().map(|one| (one.programs.0.as_str(), one.programs.1.as_str())).collect();
        assert_eq!(pairs, [("p", "q"), ("p", "r"), ("q", "r")]);
    }
}
