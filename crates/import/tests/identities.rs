//! What keeps its identifier when a file is corrected, and so keeps the decisions people took on it; and that two
//! things never share one.

use std::collections::BTreeMap;

use credway_import::{Context, Kind, NoProgress, Reading, Records, SourceFile, read};
use credway_model::{Course, Ctid, Severity};

fn context() -> Context {
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    Context::new(namespace, namespace)
}

fn import(kind: Kind, text: &str) -> Reading {
    let file = SourceFile::new("f.csv".to_owned(), text.as_bytes().to_vec());
    read(kind, file, &context(), None, &NoProgress)
}

fn records(kind: Kind, text: &str) -> Records {
    let reading = import(kind, text);
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    reading.records
}

/// The identifiers of a blueprint's domains and objectives by their words.
fn identifiers(text: &str) -> BTreeMap<String, Ctid> {
    let mut records = records(Kind::Blueprint, text);
    let blueprint = records.blueprints.remove(0);
    let domains = blueprint.domains.iter().map(|domain| (domain.title.to_string(), domain.ctid));
    let objectives = blueprint.items().into_iter().map(|item| (item.text.to_string(), item.ctid)).collect::<Vec<_>>();
    domains.chain(objectives).collect()
}

const HEAD: &str = "credential,domain_code,domain,weight,objective_code,objective,parent_code\n";

fn coded(domain: &str, second: &str) -> BTreeMap<String, Ctid> {
    identifiers(&format!(
        "{HEAD}Rigger,1,{domain},100%,,,\nRigger,1,{domain},,1.1,Choose lines,\n\
         Rigger,1,{domain},,1.2,{second},\nRigger,1,{domain},,1.2.1,Splice a rope,1.2\n\
         Rigger,1,{domain},,,Keep a log,1.2\n"
    ))
}

#[test]
fn correcting_the_title_of_a_domain_with_a_code_leaves_everything_the_same() {
    let (before, after) = (coded("Safe moorig", "Tie knots"), coded("Safe mooring", "Tie knots"));
    assert_eq!(before["Safe moorig"], after["Safe mooring"]);
    for stays in ["Choose lines", "Tie knots", "Splice a rope", "Keep a log"] {
        assert_eq!(before[stays], after[stays], "{stays}");
    }
}

#[test]
fn correcting_the_words_of_an_objective_with_a_code_leaves_it_and_what_is_below_the_same() {
    let (before, after) = (coded("Mooring", "Tie nots"), coded("Mooring", "Tie knots"));
    assert_eq!(before["Tie nots"], after["Tie knots"]);
    for stays in ["Mooring", "Choose lines", "Splice a rope", "Keep a log"] {
        assert_eq!(before[stays], after[stays], "{stays}");
    }
}

/// Without codes the words are all there is: correcting them makes another objective, and the title of a domain without
/// a code is part of what its objectives are known by. Everything else stays.
#[test]
fn without_codes_words_are_what_a_thing_is_known_by() {
    let read = |domain: &str, objective: &str| {
        identifiers(&format!(
            "credential,domain,weight,objective\nRigger,{domain},40%,{objective}\nRigger,{domain},,Choose lines\n\
             Rigger,Cargo,60%,Fill in a manifest\n"
        ))
    };
    let before = read("Mooring", "Tie nots");
    let words = read("Mooring", "Tie knots");
    assert_ne!(before["Tie nots"], words["Tie knots"]);
    assert_eq!(before["Choose lines"], words["Choose lines"]);
    let title = read("Safe mooring", "Tie nots");
    assert_ne!(before["Choose lines"], title["Choose lines"]);
    assert_eq!(before["Fill in a manifest"], title["Fill in a manifest"]);
}

#[test]
fn an_objective_put_in_the_middle_changes_no_other() {
    for codes in [["1.1", "1.2", "1.3"], ["", "", ""]] {
        let row = |at: usize, words: &str| format!("Rigger,1,Mooring,100%,{},{words},\n", codes[at]);
        let two = identifiers(&format!("{HEAD}{}{}", row(0, "Choose lines"), row(2, "Tie knots")));
        let three =
            identifiers(&format!("{HEAD}{}{}{}", row(0, "Choose lines"), row(1, "Read tides"), row(2, "Tie knots")));
        for stays in ["Mooring", "Choose lines", "Tie knots"] {
            assert_eq!(two[stays], three[stays], "{codes:?} {stays}");
        }
    }
}

/// Codes that run through the whole outline say by themselves which objective is meant: the title of a domain without a
/// code may be corrected. Codes that begin anew in every domain need the title, and correcting it makes other objectives
/// rather than mixing those of two domains.
#[test]
fn in_domains_without_codes_objectives_numbered_through_stay_when_a_title_is_corrected() {
    let head = "credential,domain,weight,objective_code,objective\n";
    let read = |domain: &str, codes: [&str; 2]| {
        identifiers(&format!(
            "{head}Rigger,{domain},40%,{},Choose lines\nRigger,Cargo,60%,{},Fill in a manifest\n",
            codes[0], codes[1]
        ))
    };
    let (before, after) = (read("Safe moorig", ["1.1", "2.1"]), read("Safe mooring", ["1.1", "2.1"]));
    assert_eq!(before["Choose lines"], after["Choose lines"]);
    assert_eq!(before["Fill in a manifest"], after["Fill in a manifest"]);
    let (before, after) = (read("Safe moorig", ["A", "A"]), read("Safe mooring", ["A", "A"]));
    assert_ne!(before["Choose lines"], after["Choose lines"]);
    assert_ne!(before["Choose lines"], after["Fill in a manifest"]);
    assert_eq!(before["Fill in a manifest"], after["Fill in a manifest"]);
}

/// A publisher that puts an objective in the middle and numbers the rest anew moves every code to other words: the code
/// is what the publisher calls it by, so identifiers follow the codes, and the difference of the words is in the preview.
#[test]
fn identifiers_follow_codes_that_are_given_to_other_words() {
    let before = coded("Mooring", "Tie knots");
    let after = coded("Mooring", "Read tides");
    assert_eq!(before["Tie knots"], after["Read tides"]);
}

#[test]
fn a_heading_without_a_code_is_no_part_of_what_a_coded_objective_below_it_is_known_by() {
    let read = |heading: &str| {
        let json = format!(
            r#"{{"title":"Rigger","version":null,"domains":[{{"code":"1","title":"Mooring","weight":100,"objectives":[
              {{"code":null,"text":"{heading}","children":[{{"code":"1.1","text":"Choose lines","children":[]}}]}}]}}]}}"#
        );
        let file = SourceFile::new("f.json".to_owned(), json.into_bytes());
        let reading = read(Kind::Blueprint, file, &context(), None, &NoProgress);
        reading.records.blueprints[0].domains[0].objectives[0].children[0].ctid
    };
    assert_eq!(read("Lins"), read("Lines"));
}

#[test]
fn a_slash_inside_a_name_makes_no_two_things_one() {
    let head = "credential,version,domain,weight\n";
    let records = records(Kind::Blueprint, &format!("{head}A/B,C,D,100%\nA,B/C,D,100%\nA,B,D/E,100%\n"));
    let ids: Vec<Ctid> = records.blueprints.iter().map(|blueprint| blueprint.ctid).collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    let read = import(Kind::Program, "program,award,course\nArt,Music/AA,A 1\nArt/Music,AA,A 1\n");
    let programs = &read.records.programs;
    let namespace = context().namespace;
    let ctid = |at: usize| programs[at].program(namespace, &namespace, Vec::new()).ctid;
    assert_ne!(ctid(0), ctid(1));
    let read = import(Kind::Courses, "code,title,catalogue_year\nB/C 1,One,A\nC 1,Two,A/B\n");
    assert_ne!(read.records.courses[0].ctid, read.records.courses[1].ctid);
}

/// Names without a slash are known as they always were, so that databases in use find their things again.
#[test]
fn keys_without_a_slash_are_as_before() {
    let namespace = context().namespace;
    let blueprint = &records(Kind::Blueprint, &format!("{HEAD}Rigger,,Mooring,100%,,Tie knots,\n")).blueprints[0];
    assert_eq!(blueprint.ctid, Ctid::derive(&namespace, "blueprint", "Rigger/"));
    assert_eq!(blueprint.domains[0].ctid, Ctid::derive(&blueprint.ctid, "domain", "Mooring"));
    let objective = &blueprint.domains[0].objectives[0];
    assert_eq!(objective.ctid, Ctid::derive(&blueprint.ctid, "objective", "Mooring/Tie knots"));
    let course = &records(Kind::Courses, "code,title,catalogue_year\nA 1,One,2026-2027\n").courses[0];
    assert_eq!(course.ctid, Ctid::derive(&namespace, "course", "2026-2027/A 1"));
}

/// The first entry of a code bears the code alone, further ones their titles too: a row put between them, or two further
/// rows that change places, changes no identifier. Which entry is the first is still the order of the file.
#[test]
fn a_further_entry_of_a_course_code_is_known_by_its_title() {
    let read = |rows: &str| {
        let reading = import(Kind::Courses, &format!("Course Code,Name\nA 1,Topics\n{rows}"));
        let name = |course: &Course| (course.title.to_string(), course.ctid);
        reading.records.courses.iter().map(name).collect::<BTreeMap<_, _>>()
    };
    let before = read("A 1,Topics: sails\nA 1,Topics: tides\n");
    let after = read("A 1,Topics: ropes\nA 1,Topics: tides\nA 1,Topics: sails\n");
    for stays in ["Topics", "Topics: sails", "Topics: tides"] {
        assert_eq!(before[stays], after[stays], "{stays}");
    }
    let same = import(Kind::Courses, "Course Code,Name\nA 1,Topics\nA 1,Topics\nA 1,Topics\n").records.courses;
    assert!(same[0].ctid != same[1].ctid && same[1].ctid != same[2].ctid && same[0].ctid != same[2].ctid);
}

/// What the importer cannot know, whether an organization of that name is there, it hands over to be looked up.
#[test]
fn organizations_that_rows_name_are_handed_over_with_their_first_row() {
    let head = "organization,code,title\n";
    let records = records(
        Kind::Courses,
        &format!("{head},A 1,One\nTest Collage,A 2,Two\nTest Collage,A 3,Three\nPier,A 4,Four\n"),
    );
    let named: Vec<(&str, String)> =
        records.named_organizations.iter().map(|one| (one.name.as_str(), one.place.to_string())).collect();
    assert_eq!(
        named,
        [
            ("Pier", "row 5, column “organization”".to_owned()),
            ("Test Collage", "row 3, column “organization”".to_owned())
        ]
    );
    assert_eq!(records.named_organizations[1].ctid, records.courses[1].organization);
}
