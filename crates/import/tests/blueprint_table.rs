//! Blueprints as tables: what their weights and columns come to.

use credway_import::{Context, Kind, NoProgress, Reading, SourceFile, read};
use credway_model::{Ctid, Finding, Severity};

fn import(kind: Kind, text: &str) -> Reading {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let context = Context::new(namespace, namespace);
    let file = SourceFile { name: "b.csv".to_owned(), bytes: text.as_bytes().to_vec() };
    read(kind, file, &context, None, &NoProgress)
}

fn said(findings: &[Finding]) -> Vec<(&str, Severity, String)> {
    findings.iter().map(|one| (one.code.as_str(), one.severity, one.place.to_string())).collect()
}

#[test]
fn one_end_of_a_range_is_no_weight() {
    for column in ["weight_low", "weight_high"] {
        let reading = import(Kind::Blueprint, &format!("credential,domain,{column}\nRigger,Mooring,100\n"));
        let place = format!("row 2, column “{column}”");
        assert_eq!(said(&reading.findings)[0], ("blueprint.weight-invalid", Severity::Error, place));
        assert_eq!(reading.records.blueprints[0].domains[0].weight, None);
    }
}

#[test]
fn fractions_are_said_to_be_fractions() {
    let hint = |first: &str, second: &str| {
        let text = format!("credential,domain,weight\nRigger,Mooring,{first}\nRigger,Cargo,{second}\n");
        let finding = import(Kind::Blueprint, &text).findings.remove(0);
        assert_eq!((finding.code.as_str(), finding.severity), ("blueprint.weights-total", Severity::Error));
        finding.hint
    };
    assert!(hint("0.4", "0.6").starts_with("Multiply them by 100"));
    assert!(hint("40", "50").starts_with("Compare with the publisher"));
}

#[test]
fn words_that_name_no_assessment_are_no_assessment() {
    let head = "course,code,statement,assessed_by\n";
    for none in ["N/A", "none", "n/a", "-", "No", "TBD", "Not assessed."] {
        let reading = import(Kind::Outcomes, &format!("{head}A 1,O1,Explain risk,{none}\n"));
        let place = "row 2, column “assessed_by”".to_owned();
        assert_eq!(said(&reading.findings), [("record.not-assessed", Severity::Warning, place)], "{none}");
        assert_eq!(reading.records.outcomes[0].assessed_by, None);
    }
    let reading = import(Kind::Outcomes, &format!("{head}A 1,O1,Explain risk,No-notes exam\n"));
    assert_eq!(reading.records.outcomes[0].assessed_by.as_ref().unwrap().as_str(), "No-notes exam");
}
