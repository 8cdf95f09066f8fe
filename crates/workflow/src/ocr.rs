//! Pages that are pictures: an outside program recognises their text, and the document is read again with it.
//!
//! Only where the person asked for it (`--ocr`): what is recognised may be wrong, so the import says so. The program is
//! OCRmyPDF or one that is called like it. It refuses nothing the reader would take: its result is read like any file.

mod program;

use credway_import::{Context, Kind, Progress, Reading, SourceFile, read};
use credway_model::{Finding, Place, Severity};

use crate::{ImportRequest, Workbench, WorkflowError};

use program::Ended;
pub use program::Ocr;

/// What the reader says of pages that are pictures.
const PICTURES: [&str; 2] = ["document.scan", "document.page-without-text"];

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
    pub async fn recognised(
        &self,
        kind: Kind,
        file: SourceFile,
        progress: &dyn Progress,
    ) -> Result<SourceFile, WorkflowError> {
        let Some(ocr) = self.ocr.as_ref().filter(|_| is_pdf(&file.bytes)) else { return Ok(file) };
        let Err(findings) = credway_import::table(kind, &file) else { return Ok(file) };
        if !speaks_of_pictures(&findings) {
            return Ok(file);
        }
        match ocr.recognise(&file.bytes, progress).await {
            Ok(bytes) => Ok(SourceFile { bytes, ..file }),
            Err(Ended::Stopped) => Err(WorkflowError::Cancelled),
            Err(Ended::Failed(_)) => Ok(file),
        }
    }

    /// What was read, or with `--ocr`, where pages are pictures, what is read with their text.
    pub(crate) async fn read_pictures(
        &self,
        request: &ImportRequest,
        context: &Context,
        mut reading: Reading,
        progress: &dyn Progress,
    ) -> Result<Reading, WorkflowError> {
        let asked = is_pdf(&request.file.bytes) && speaks_of_pictures(&reading.findings);
        let Some(ocr) = self.ocr.as_ref().filter(|_| asked) else { return Ok(reading) };
        let say = |code: &str, severity, message: String, hint: &str| {
            Finding::new(code, severity, Place::Whole, message, hint).in_file(&request.file.name)
        };
        match ocr.recognise(&request.file.bytes, progress).await {
            Ok(bytes) => {
                let file = SourceFile { name: request.file.name.clone(), bytes };
                let mut again = read(request.kind, file, context, request.mapping.as_ref(), progress);
                let message = format!("The text of pages that are pictures was recognised by {}.", ocr.name());
                let hint = "It may hold errors: compare it with the pages. The file is kept with the recognised text; put \
                            a course right with --correct COURSE.FIELD=VALUE.";
                again.findings.insert(0, say("document.ocr", Severity::Warning, message, hint));
                Ok(again)
            }
            Err(Ended::Stopped) => Err(WorkflowError::Cancelled),
            Err(Ended::Failed(why)) => {
                let message = format!("{} recognised no text: {why}.", ocr.name());
                let hint = "Have the text recognised yourself and import the result, or import without --ocr.";
                reading.findings.push(say("document.ocr-failed", Severity::Error, message, hint));
                Ok(reading)
            }
        }
    }
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..1_024).unwrap_or(bytes).windows(5).any(|part| part == b"%PDF-")
}

fn speaks_of_pictures(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| PICTURES.contains(&finding.code.as_str()))
}
