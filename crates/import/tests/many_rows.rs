//! Plausible files with very many rows are read in time that grows with their length, whatever their rows have in
//! common: one code, the same words, one parent. Read row against row, each of these takes minutes.

use std::time::{Duration, Instant};

use credway_import::{Context, Kind, NoProgress, Reading, SourceFile, read};
use credway_model::Ctid;

const ROWS: usize = 50_000;

/// Far above what a debug build on a busy machine takes (a second or two), far below what comparing every row with
/// every other takes.
const LONGEST: Duration = Duration::from_secs(40);

fn check(kind: Kind, head: &str, row: impl Fn(usize) -> String) -> Reading {
    let mut text = format!("{head}\n");
    for number in 0..ROWS {
        text.push_str(&row(number));
        text.push('\n');
    }
    let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
    let context = Context::new(namespace, namespace);
    let file = SourceFile::new("many.csv".to_owned(), text.into_bytes());
    let begin = Instant::now();
    let reading = read(kind, file, &context, None, &NoProgress);
    let took = begin.elapsed();
    assert!(took < LONGEST, "{ROWS} rows under “{head}” took {took:?}");
    reading
}

#[test]
fn courses_of_one_code() {
    let reading = check(Kind::Courses, "Code,Name", |number| format!("ABCD 1,Title {number}"));
    assert_eq!(reading.records.courses.len(), ROWS);
}

#[test]
fn outcomes_of_one_cell_that_say_the_same() {
    let reading = check(Kind::Courses, "code,title,outcomes", |number| match number {
        0 => format!("A 1,T,{}", "x;".repeat(9_000)),
        number => format!("A 1{number},T,"),
    });
    assert_eq!(reading.records.courses[0].outcomes.len(), 9_000);
}

#[test]
fn objectives_that_say_the_same() {
    let reading = check(Kind::Blueprint, "credential,domain,weight,objective", |_| "X,D,100%,Same words".to_owned());
    assert_eq!(reading.records.blueprints[0].domains[0].objectives.len(), ROWS);
}

#[test]
fn objectives_below_one_parent() {
    let head = "credential,domain,weight,objective_code,objective,parent_code";
    let reading = check(Kind::Blueprint, head, |number| match number {
        0 => "X,D,100%,c0,First,".to_owned(),
        number => format!("X,D,100%,c{number},Words {number},c{}", if number < ROWS / 2 { 0 } else { ROWS / 2 - 1 }),
    });
    let top = &reading.records.blueprints[0].domains[0].objectives;
    assert_eq!((top.len(), top[0].children.len()), (1, ROWS / 2 - 1));
    assert_eq!(top[0].children[ROWS / 2 - 2].children.len(), ROWS / 2);
}

#[test]
fn domains() {
    let reading = check(Kind::Blueprint, "credential,domain,objective", |number| format!("X,D{number},Words {number}"));
    assert_eq!(reading.records.blueprints[0].domains.len(), ROWS);
}

#[test]
fn exams() {
    let reading = check(Kind::Blueprint, "credential,domain,objective", |number| format!("X{number},D,Words"));
    assert_eq!(reading.records.blueprints.len(), ROWS);
}

#[test]
fn credentials() {
    let reading = check(Kind::Credential, "title,type", |number| format!("Credential {number},badge"));
    assert_eq!(reading.records.credentials.len(), ROWS);
}

#[test]
fn organizations() {
    let reading = check(Kind::Organization, "name,kind", |number| format!("College {number},college"));
    assert_eq!(reading.records.organizations.len(), ROWS);
}

#[test]
fn competencies_with_parents() {
    let reading = check(Kind::Framework, "code,statement,parent_code", |number| match number {
        0 => "s0,Words,".to_owned(),
        number => format!("s{number},Words {number},s{}", number - 1),
    });
    let framework = &reading.records.frameworks[0];
    assert_eq!(framework.competencies[ROWS - 1].parent, Some(framework.competencies[ROWS - 2].ctid));
}

#[test]
fn programs() {
    let reading = check(Kind::Program, "program,course", |number| format!("Program {number},A 1"));
    assert_eq!(reading.records.programs.len(), ROWS);
}

#[test]
fn courses_of_one_program() {
    let reading = check(Kind::Program, "program,course", |number| format!("Program,A {number}"));
    assert_eq!(reading.records.programs[0].courses.len(), ROWS);
}
