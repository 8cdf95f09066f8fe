//! A blueprint in our own JSON.

use credway_import::{Context, Kind, NoProgress, Reading, SourceFile, guess, read};
use credway_model::{Blueprint, Ctid, Finding, Severity};

fn import(json: &str) -> Reading {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let context = Context::new(namespace, namespace);
    let file = SourceFile::new("b.json".to_owned(), json.as_bytes().to_vec());
    read(Kind::Blueprint, file, &context, None, &NoProgress)
}

fn said(findings: &[Finding]) -> Vec<(&str, Severity, String)> {
    findings.iter().map(|one| (one.code.as_str(), one.severity, one.place.to_string())).collect()
}

#[test]
fn what_is_wrong_has_its_pointer() {
    let reading = import(
        r#"{"title":"Rigger","effective":"soon","editor":"Ada","domains":[
            {"title":"Mooring","weight":40,"objectives":[{"code":"1.1","children":[]}]},
            {"title":"Cargo","weight":60,"objectives":[{"code":1,"text":"Fill in a manifest"}]}]}"#,
    );
    assert_eq!(
        said(&reading.findings),
        [
            ("date.invalid", Severity::Error, "pointer /effective".to_owned()),
            ("record.missing", Severity::Error, "pointer /domains/0/objectives/0".to_owned()),
            ("mapping.unread", Severity::Note, "whole file".to_owned()),
        ]
    );
    let blueprint = &reading.records.blueprints[0];
    assert_eq!(blueprint.domains[1].objectives[0].code.as_ref().unwrap().as_str(), "1");
}

#[test]
fn nesting_ends_at_the_deepest_level() {
    let mut nested = r#"{"text":"Words","children":[]}"#.to_owned();
    for _ in 0..40 {
        nested = format!(r#"{{"text":"Words","children":[{nested}]}}"#);
    }
    let reading =
        import(&format!(r#"{{"title":"T","domains":[{{"title":"D","weight":100,"objectives":[{nested}]}}]}}"#));
    assert_eq!(reading.findings.len(), 41 - 12);
    assert!(reading.findings.iter().all(|one| one.code == "blueprint.too-deep" && one.severity == Severity::Error));
    let items = reading.records.blueprints[0].items();
    assert_eq!((items.len(), items.iter().map(|item| item.nesting).max()), (41, Some(11)));
}

#[test]
fn another_list_of_objects_is_a_table() {
    let json = r#"[{"credential":"T","domain":"D","weight":100,"objective":"Words"}]"#;
    assert_eq!(import(json).records.blueprints[0].domains[0].objectives.len(), 1);
    let file = |text: &str| SourceFile::new("b.json".to_owned(), text.as_bytes().to_vec());
    assert!(guess(Kind::Blueprint, &file(json)).is_some());
    assert!(guess(Kind::Blueprint, &file(r#"{"title":"T","domains":[{"title":"D"}]}"#)).is_none());
}

/// The JSON is what `export blueprint --format json` writes of the table, identifiers aside.
#[test]
fn the_exported_shape_reads_back_equal_to_the_table_it_came_from() {
    let table = "credential,version,effective,domain_code,domain,weight,objective_code,objective,parent_code\n\
        Rigger,R-2,2026-01-06,1,Mooring,35-40%,,,\nRigger,R-2,2026-01-06,1,Mooring,,1.1,Choose lines,\n\
        Rigger,R-2,2026-01-06,1,Mooring,,1.1.1,Read a load table,1.1\nRigger,R-2,2026-01-06,,Cargo,62.25%,,,\n\
        Rigger,R-2,2026-01-06,,Cargo,,,Fill in a manifest,\n";
    let json = r#"{"id":"ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11","title":"Rigger","version":"R-2",
        "effective":"2026-01-06","retires":null,"domains":[
        {"id":"x","code":"1","title":"Mooring","weight":37.5,"weight_low":35,"weight_high":40,"objectives":[
          {"id":"x","code":"1.1","text":"Choose lines","children":[
            {"id":"x","code":"1.1.1","text":"Read a load table","children":[]}]}]},
        {"id":"x","code":null,"title":"Cargo","weight":62.25,"objectives":[
          {"id":"x","code":null,"text":"Fill in a manifest","children":[]}]}]}"#;
    let reading = import(json);
    assert_eq!(said(&reading.findings), []);
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let context = Context::new(namespace, namespace);
    let file = SourceFile::new("b.csv".to_owned(), table.as_bytes().to_vec());
    let expected = read(Kind::Blueprint, file, &context, None, &NoProgress).records.blueprints.remove(0);
    let got = &reading.records.blueprints[0];
    assert_eq!((got.ctid, got.name(), got.effective), (expected.ctid, expected.name(), expected.effective));
    let domains = |blueprint: &Blueprint| {
        let domains = blueprint.domains.iter();
        domains.map(|one| (one.ctid, one.code.clone(), one.title.clone(), one.weight)).collect::<Vec<_>>()
    };
    assert_eq!(domains(got), domains(&expected));
    assert_eq!(got.items(), expected.items());
}
