//! Pages that are pictures: an outside program recognises their text, and the document is read again with it.
//!
//! Only where the person asked for it (`--ocr`): what is recognised may be wrong, so the import says so. The program is
//! OCRmyPDF or one that is called like it. It refuses nothing the reader would take: its result is read like any file.

mod program;

use credway_import::{Context, Progress, Reading, SourceFile, read};
use credway_model::{Finding, Place, Severity};

use crate::{ImportRequest, Workbench, WorkflowError};

use program::Ended;
pub use program::Ocr;

impl Workbench {
    /// The same workbench, which has the text of pictures recognised by `ocr` when a document is imported.
    #[must_use]
    pub fn with_ocr(mut self, ocr: Option<Ocr>) -> Self {
        self.ocr = ocr;
        self
    }

    /// The file that an import reads: the given one, or with `--ocr`, where it has pages that are pictures, the one with
    /// their text.
    ///
    /// # Errors
    /// [`WorkflowError::Cancelled`].
    pub async fn recognised(&self, file: SourceFile, progress: &dyn Progress) -> Result<SourceFile, WorkflowError> {
        let Some(ocr) = &self.ocr else { return Ok(file) };
        if !file.has_pictures(progress) {
            return Ok(file);
        }
        match ocr.recognise(&file.bytes, progress).await {
            Ok(bytes) => Ok(file.recognised(bytes, ocr.name())),
            Err(Ended::Stopped) => Err(WorkflowError::Cancelled),
            Err(Ended::Failed(_)) => Ok(file),
        }
    }

    /// Reads the file of an import; with `--ocr`, where pages are pictures, with their text.
    pub(crate) async fn read_pictures(
        &self,
        request: &ImportRequest,
        context: &Context,
        progress: &dyn Progress,
    ) -> Result<Reading, WorkflowError> {
        let read = |file: SourceFile| read(request.kind, file, context, request.mapping.as_ref(), progress);
        let mut reading = read(request.file.clone());
        let say = |code: &str, severity, message: String, hint: &str| {
            Finding::new(code, severity, Place::Whole, message, hint).in_file(&request.file.name)
        };
        let mut recognised_by = request.file.recognised_by.clone();
        let asked = recognised_by.is_none() && self.ocr.is_some() && request.file.has_pictures(progress);
        if let Some(ocr) = self.ocr.as_ref().filter(|_| asked) {
            match ocr.recognise(&request.file.bytes, progress).await {
                Ok(bytes) => {
                    recognised_by = Some(ocr.name().to_owned());
                    reading = read(request.file.recognised(bytes, ocr.name()));
                }
                Err(Ended::Stopped) => return Err(WorkflowError::Cancelled),
                Err(Ended::Failed(why)) => {
                    let message = format!("{} recognised no text: {why}.", ocr.name());
                    let hint = "Have the text recognised yourself and import the result, or import without --ocr.";
                    reading.findings.push(say("document.ocr-failed", Severity::Error, message, hint));
                }
            }
        }
        if let Some(name) = recognised_by {
            let message = format!("The text of pages that are pictures was recognised by {name}.");
            let hint = "It may hold errors: compare it with the pages. The file is kept with the recognised text; put a \
                        course right on the preview or with --correct COURSE.FIELD=VALUE.";
            reading.findings.insert(0, say("document.ocr", Severity::Warning, message, hint));
        }
        Ok(reading)
    }
}
