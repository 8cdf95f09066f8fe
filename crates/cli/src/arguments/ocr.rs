//! What commands take that may have text in pictures recognised.

use credway_workflow::Ocr;

/// Recognising the text of scanned pages.
#[derive(Debug, clap::Args)]
pub(crate) struct OcrArguments {
    /// Have the text of PDF pages that are pictures recognised by an outside program; it must be checked
    #[arg(long)]
    ocr: bool,
    /// The program for --ocr, called like OCRmyPDF: its name or path
    #[arg(long, value_name = "PROGRAM", env = "CREDWAY_OCR", default_value = "ocrmypdf", hide_env_values = true)]
    ocr_program: String,
}

impl OcrArguments {
    /// The program, where it was asked for; a failure where it is not there.
    pub(crate) fn program(&self) -> anyhow::Result<Option<Ocr>> {
        Ok(self.ocr.then(|| Ocr::find(&self.ocr_program)).transpose()?)
    }
}
