//! Blueprints as tables: what their weights and columns come to.

use credway_import::{Context, Kind, NoProgress, Reading, SourceFile, read};
use credway_model::{Ctid, Finding, Severity};

fn import(kind: Kind, text: &str) -> Reading {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let context = Context::new(namespace, namespace);
    let file = SourceFile::new("b.csv".to_owned(), text.as_bytes().to_vec());
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

#[test]
fn rows_that_repeat_an_objective_with_something_finer_are_one_objective() {
    let reading = import(
        Kind::Blueprint,
        "Certification,Domain,Weight,Task,Knowledge Statement\nRigger,Mooring,40%,Choose lines,Kinds of nylon\n\
         Rigger,Mooring,40%,Choose lines,Kinds of wire\nRigger,Mooring,40%,Tie knots,Bowlines\n\
         Rigger,Cargo,60%,Fill in a manifest,Forms\n",
    );
    assert_eq!(said(&reading.findings), []);
    let domain = &reading.records.blueprints[0].domains[0];
    let shown: Vec<(&str, Vec<&str>)> = domain
        .objectives
        .iter()
        .map(|one| (one.text.as_str(), one.children.iter().map(|child| child.text.as_str()).collect()))
        .collect();
    assert_eq!(shown, [("Choose lines", vec!["Kinds of nylon", "Kinds of wire"]), ("Tie knots", vec!["Bowlines"])]);
}

#[test]
fn an_objective_that_stands_twice_is_worth_a_look() {
    let head = "credential,domain,weight,objective,Remark\n";
    let reading =
        import(Kind::Blueprint, &format!("{head}Rigger,Mooring,100%,Choose lines,a\nRigger,Mooring,,Choose lines,b\n"));
    let place = "row 3, column “objective”".to_owned();
    assert!(said(&reading.findings).contains(&("blueprint.objective-repeated", Severity::Warning, place)));
    assert_eq!(reading.records.blueprints[0].domains[0].objectives.len(), 2);
}

#[test]
fn a_column_of_sources_is_said_to_stay_with_the_file() {
    for (kind, text) in [
        (Kind::Blueprint, "credential,domain,weight,source\nRigger,Mooring,100%,https://example.org\n"),
        (Kind::Organization, "name,source\nPier College,https://example.org\n"),
    ] {
        let reading = import(kind, text);
        assert_eq!(said(&reading.findings), [("mapping.source-kept", Severity::Note, "whole file".to_owned())]);
        assert!(reading.mapping.unwrap().selector("source").is_none());
    }
}
