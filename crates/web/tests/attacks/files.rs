//! Files that come in and go out: paths, names, formulas.

use axum::http::StatusCode;

use crate::two_colleges::Who;
use crate::{site, who};

/// A workbook whose one sheet unpacks to far more than it is: stored by run lengths, it would be gigabytes.
pub(crate) fn workbook_bomb() -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" sheetId=\"1\"/></sheets></workbook>"),
    ];
    for (name, text) in parts {
        archive.start_file(name, packed).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.start_file("xl/worksheets/sheet1.xml", packed).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..1_200 {
        archive.write_all(&blanks).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn no_path_leads_out_of_the_assets_or_the_templates() {
    let (site, _) = site().await;
    let lead = who("Program lead of Harbor College");
    for name in [
        "..%2f..%2fCargo.toml",
        "..%252fsite.css",
        "%2e%2e%2fsrc%2flib.rs",
        "..%5c..%5cCargo.toml",
        "%2fetc%2fpasswd",
        "site.css%00.png",
        "....%2f%2f",
    ] {
        for folder in ["/assets", "/import/templates"] {
            let answer = site.get(lead, &format!("{folder}/{name}")).await;
            assert!(answer.status.is_client_error(), "{folder}/{name}: {}", answer.status);
            assert!(!answer.body.contains("[package]") && !answer.body.contains("root:"), "{name}");
        }
    }
}

#[tokio::test]
async fn a_files_name_is_no_header_and_no_path() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Harbor College");
    for name in ["../../../etc/passwd", "a.csv\\\"; filename=\\\"evil.html", "C:\\\\windows\\\\evil.csv", ".csv"] {
        let sent =
            site.upload(lead, "/import/preview", (name, b"code,title\nENGL 1301,Composition\n"), "courses").await;
        assert!(!sent.status.is_server_error(), "{name}");
        if sent.status == StatusCode::SEE_OTHER {
            let page = site.get(lead, sent.location()).await;
            assert!(!page.body.contains("etc/passwd") && !page.body.contains("windows\\"), "{name}");
        }
    }
    // A title with quotes and line ends names the file that is made of it.
    let program = "program,course\n\"Evil\"\"; filename=\"\"x.html\"\"\r\nSet-Cookie: x=1\",ITSY 1300\n";
    let owner = &site.owner;
    let sent = site.upload(lead, "/import/preview", ("p.csv", program.as_bytes()), "program").await;
    let token = sent.location().rsplit('/').next().unwrap().to_owned();
    site.post(lead, "/import", &[("token", &token)]).await;
    let made = owner.programs().await.unwrap().into_iter().find(|one| one.title.contains("Evil"));
    let made = made.expect("the program was imported").id.to_string();
    let crosswalk =
        owner.align(&made, "Harbor Guard HG-1", credway_workflow::DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
    for form in ["csv", "json", "html", "xlsx"] {
        let file = site.get(lead, &format!("/crosswalks/{crosswalk}/export?format={form}")).await;
        let disposition = file.header("content-disposition");
        assert_eq!(file.status, StatusCode::OK, "{form}");
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert!(
            disposition.starts_with("attachment; ") && disposition.ends_with(&format!(".{form}\"")),
            "{disposition}"
        );
        assert!(file.cookies().is_empty() && file.header("x-content-type-options") == "nosniff");
    }
    assert_eq!(colleges.places.len(), 3);
}

#[tokio::test]
async fn no_cell_of_an_export_runs_as_a_formula() {
    let (site, colleges) = site().await;
    let lead = who("Program lead of Harbor College");
    let place = &colleges.places[0];
    let (statement, target) = (place.pair.0.to_string(), place.pair.1.to_string());
    let decide = format!("/crosswalks/{}/decide", place.crosswalk);
    for formula in ["=HYPERLINK(\"http://evil.example\")", "+1+1", "-2+3", "@SUM(1)", "\t=1+1"] {
        let word = [("statement", statement.as_str()), ("target", &target), ("verdict", "full"), ("reason", formula)];
        let answer = site.post(lead, &decide, &word).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{formula}: {}", answer.body);
        let file = site.get(lead, &format!("/crosswalks/{}/export?format=csv", place.crosswalk)).await;
        let bare = formula.trim();
        assert!(file.body.contains(&bare[1..4]), "the reason is in the export: {formula}");
        for cell in file.body.split([',', '\n', '\r']) {
            let cell = cell.trim_start_matches('"').trim_start();
            let number = cell.trim_end_matches(['"', '%']).parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@']), "{formula} → {cell}");
        }
    }
}

#[tokio::test]
async fn files_are_handed_out_to_nobody_who_has_not_signed_in() {
    let (site, colleges) = site().await;
    let place = &colleges.places[0];
    for address in [
        format!("/crosswalks/{}/export?format=csv", place.crosswalk),
        format!("/crosswalks/{}/coverage/export?format=html", place.crosswalk),
        format!("/sources/{}", place.source),
        "/import/templates/courses.csv".to_owned(),
    ] {
        let answer = site.get(&Who::default(), &address).await;
        assert!(answer.location().starts_with("/sign-in?to="), "{address}: {}", answer.status);
    }
}
