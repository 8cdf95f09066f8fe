//! Reports that Credway exported are told from data, whatever they are imported as.

use credway_import::{Context, Kind, NoProgress, SourceFile, read};
use credway_model::{Ctid, Person, Text};
use credway_workflow::{ExportFormat, Options, ReportForm, Workbench};

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_report_is_refused_by_its_own_name_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("reports.db").display());
    let workbench = Workbench::open(&Options { database, create: true }).await.unwrap();
    let summary = workbench.by(&Person(Text::new("Ada Ramos").unwrap())).load_sample(&()).await.unwrap();
    let crosswalk = summary.coverage[0].crosswalk.id;
    let mut files = Vec::new();
    use ExportFormat::{Csv, Docx, Html, Json, Pdf, Xlsx};
    for format in [Xlsx, Pdf, Docx, Html, Csv, Json] {
        files.push(workbench.export_crosswalk(&crosswalk, format).await.unwrap());
    }
    for form in [ReportForm::Xlsx, ReportForm::Pdf, ReportForm::Docx, ReportForm::Html] {
        files.push(workbench.export_coverage(&crosswalk, form).await.unwrap());
    }
    let ctid = |last: u32| -> Ctid { format!("ce-00000000-0000-4000-8000-{last:012}").parse().unwrap() };
    for file in files {
        for kind in Kind::ALL {
            let source = SourceFile::new(file.file_name.clone(), file.bytes.clone());
            let reading = read(kind, source, &Context::new(ctid(1), ctid(2)), None, &NoProgress);
            let codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code.as_str()).collect();
            assert_eq!(codes, ["file.own-report"], "{} as {kind:?}", file.file_name);
        }
    }
}
