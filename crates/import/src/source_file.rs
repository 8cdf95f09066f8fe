//! A file as the caller hands it over, read as a document once however often it is asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use credway_documents::{Document, Form};
use credway_model::Finding;

use crate::{Progress, document};

/// What is said of pages that are pictures.
const PICTURES: [&str; 2] = ["document.scan", "document.page-without-text"];

/// A file as the caller hands it over. Copies share what was read of it.
#[derive(Clone)]
pub struct SourceFile {
    /// Name, without folders.
    pub name: String,
    /// Content.
    pub bytes: Arc<Vec<u8>>,
    /// The program that recognised its text, where it was pictures.
    pub recognised_by: Option<String>,
    read: Arc<OnceLock<(Option<Document>, Vec<Finding>)>>,
}

impl SourceFile {
    /// A file of this name (without folders) and content.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: Arc::new(bytes.into()), recognised_by: None, read: Arc::default() }
    }

    /// The same file with the text of its pictures, as a program recognised it.
    #[must_use]
    pub fn recognised(&self, bytes: Vec<u8>, by: impl Into<String>) -> Self {
        Self { recognised_by: Some(by.into()), ..Self::new(self.name.clone(), bytes) }
    }

    /// Whether it is a document written for people (PDF, DOCX, HTML) rather than a table or a text.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.form().is_some()
    }

    /// Whether it is a PDF of which pages are pictures without text.
    #[must_use]
    pub fn has_pictures(&self, progress: &dyn Progress) -> bool {
        let mut findings = Vec::new();
        if self.form() == Some(Form::Pdf) {
            self.document(Form::Pdf, progress, &mut findings);
        }
        findings.iter().any(|finding| PICTURES.contains(&finding.code.as_str()))
    }

    /// How the file is kept, where it is a document.
    pub(crate) fn form(&self) -> Option<Form> {
        Form::of(&self.name, &self.bytes)
    }

    /// The document, or the findings that say why there is none. What was stopped is read anew the next time.
    pub(crate) fn document(
        &self,
        form: Form,
        progress: &dyn Progress,
        findings: &mut Vec<Finding>,
    ) -> Option<&Document> {
        if self.read.get().is_none() {
            let mut said = Vec::new();
            let read = document::read(form, &self.bytes, progress, &mut said);
            if progress.cancelled() {
                findings.extend(said);
                return None;
            }
            // Whoever was first has read the same.
            drop(self.read.set((read, said)));
        }
        let (document, said) = self.read.get()?;
        findings.extend(said.iter().cloned());
        document.as_ref()
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SourceFile({}, {} bytes)", self.name, self.bytes.len())
    }
}
