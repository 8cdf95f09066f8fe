//! What the stories share: a fresh database of each kind, and a small college to tell them about.
#![allow(dead_code, unreachable_pub, reason = "every test binary uses its own part of this")]

use credway_model::{
    AwardRequirements, Blueprint, CatalogueYear, Change, ChangeKind, Course, Crosswalk, Ctid, Decision, Domain,
    Objective, OfferedTerm, Origin, Outcome, OutcomeKind, OutcomeLevel, Person, Place, Program, ProgramCourse,
    ProgramKind, RequirementRow, Source, SourceId, Text, Verdict, WeightRange,
};
use credway_store::{Stamp, Store, Work};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Database};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A database that is there for one story and gone after it.
pub struct Bench {
    pub url: String,
    _folder: Option<TempDir>,
    server: Option<(String, String)>,
}

impl Bench {
    pub fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("credway.db").display());
        Self { url, _folder: Some(folder), server: None }
    }

    /// A fresh database on the server CREDWAY_TEST_POSTGRES names; sorted as in a language where that can be had, so
    /// that an order that depends on the server's language shows. Without a server: a failure in CI, elsewhere a
    /// visible skip.
    #[expect(clippy::print_stderr, reason = "a skip must be seen")]
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("CREDWAY_TEST_POSTGRES") else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "CI must set CREDWAY_TEST_POSTGRES");
            eprintln!("SKIPPED on PostgreSQL: CREDWAY_TEST_POSTGRES is not set (tools/postgres-for-tests start)");
            return None;
        };
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("credway_test_{}_{number}", std::process::id());
        let connection = Database::connect(&server).await.unwrap();
        connection.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
        let plain = format!("CREATE DATABASE {name} TEMPLATE template0");
        let sorted = format!("{plain} LOCALE_PROVIDER icu ICU_LOCALE 'en-US' ENCODING 'UTF8'");
        if connection.execute_unprepared(&sorted).await.is_err() {
            connection.execute_unprepared(&plain).await.unwrap();
        }
        let (start, _) = server.rsplit_once('/').unwrap();
        Some(Self { url: format!("{start}/{name}"), _folder: None, server: Some((server, name)) })
    }

    /// One database of every kind there is here.
    pub async fn all() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        all.extend(Self::postgres().await);
        all
    }

    pub async fn store(&self) -> Store {
        Store::open(&self.url).await.unwrap().with_salt(|| "grain".to_owned())
    }

    pub async fn remove(self) {
        if let Some((server, name)) = &self.server {
            let connection = Database::connect(server).await.unwrap();
            connection.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

pub fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

pub fn person(name: &str) -> Person {
    Person(text(name))
}

pub fn at(minute: i64) -> Timestamp {
    Timestamp::from_microsecond(1_790_000_000_000_000 + minute * 60_000_000).unwrap()
}

pub fn stamp(minute: i64) -> Stamp {
    Stamp { person: person("Ada Vale"), at: at(minute), reason: None, origin: None }
}

/// Adds decisions and the line of the history that tells of them.
pub async fn decide(work: &Work, crosswalk: &Ctid, decisions: &[Decision]) {
    work.append_decisions(crosswalk, decisions).await.unwrap();
    let Some(last) = decisions.last() else { return };
    let change = Change {
        at: last.at,
        person: last.person.clone(),
        kind: ChangeKind::Decided,
        subject_kind: "crosswalk".to_owned(),
        subject: *crosswalk,
        summary: text("decided"),
        reason: last.reason.clone(),
        origin: Some(text("terminal")),
        content: None,
    };
    work.append_change(&change).await.unwrap();
}

pub fn college() -> Ctid {
    "ce-00000000-0000-4000-8000-000000000001".parse().unwrap()
}

pub fn ctid(kind: &str, key: &str) -> Ctid {
    Ctid::derive(&college(), kind, key)
}

pub fn source(name: &str, content: &str) -> Source {
    let hex: String = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Source {
        id: SourceId::from_hex(&hex).unwrap(),
        name: text(name),
        encoding: "UTF-8".to_owned(),
        bytes: content.as_bytes().to_vec(),
        fields: vec![("title".to_owned(), "Course title".to_owned())],
    }
}

pub fn origin(source: &Source, row: u32) -> Option<Origin> {
    Some(Origin::new(source.id.clone(), Place::Row { row, column: None }))
}

pub fn outcome(code: &str, number: u32, statement: &str) -> Outcome {
    Outcome {
        ctid: ctid("outcome", &format!("{code}/{number}")),
        code: Some(text(&number.to_string())),
        kind: OutcomeKind::Outcome,
        statement: text(statement),
        path: vec![text("Networks")],
        level: Some(OutcomeLevel::Reinforced),
        assessed_by: None,
        place: Place::Row { row: number, column: Some("Outcome \u{0} “odd”".to_owned()) },
    }
}

pub fn course(code: &str, title: &str, outcomes: Vec<Outcome>) -> Course {
    Course {
        ctid: ctid("course", code),
        organization: college(),
        code: code.parse().unwrap(),
        title: text(title),
        credits: Some("3.5".parse().unwrap()),
        lecture_hours: None,
        lab_hours: Some("2".parse().unwrap()),
        contact_hours: None,
        description: Some(text("Students harden Ämter and 100% of the hosts_they own!")),
        prerequisites: None,
        corequisites: None,
        requisites: Some("MATH 1314 [C] or consent \"departmental approval\"".parse().unwrap()),
        offered: vec![OfferedTerm::Fall, OfferedTerm::Other(text("odd years"))],
        catalogue_year: Some(CatalogueYear(text("2026-2027"))),
        outcomes,
        origin: None,
    }
}

pub fn objective(key: &str, children: Vec<Objective>) -> Objective {
    Objective {
        ctid: ctid("objective", key),
        code: Some(text(key)),
        text: text(&format!("Explain matter {key}")),
        children,
        place: Place::Line { line: 4, column: None },
    }
}

pub fn blueprint(version: &str, objectives: Vec<Objective>) -> Blueprint {
    let domain = |key: &str, weight: Option<WeightRange>, objectives| Domain {
        ctid: ctid("domain", &format!("{version}/{key}")),
        code: None,
        title: text(key),
        weight,
        objectives,
        place: Place::Pointer("/domains/0".to_owned()),
    };
    let weight = WeightRange::between("12.5".parse().unwrap(), "20".parse().unwrap()).unwrap();
    Blueprint {
        ctid: ctid("blueprint", version),
        title: text("Guard+"),
        version: Some(text(version)),
        effective: Some("2026-01-31".parse().unwrap()),
        retires: None,
        domains: vec![
            domain("Threats", Some(weight), objectives),
            domain("Empty", None, Vec::new()),
            domain(
                "Risk",
                Some(WeightRange::exactly("80".parse().unwrap())),
                vec![objective(&format!("{version}-9"), Vec::new())],
            ),
        ],
        origin: None,
    }
}

pub fn nested(version: &str) -> Vec<Objective> {
    let key = |number: &str| format!("{version}-{number}");
    vec![
        objective(
            &key("1"),
            vec![
                objective(&key("1.1"), vec![objective(&key("1.1.a"), Vec::new())]),
                objective(&key("1.2"), Vec::new()),
            ],
        ),
        objective(&key("2"), Vec::new()),
    ]
}

/// Requirements with a row of many kinds.
pub fn requirements() -> AwardRequirements {
    let row = |name: &str, under: &str, needs: &str, courses: &str| RequirementRow {
        name: Some(text(name)),
        under: Text::new(under).ok(),
        needs: needs.parse().unwrap(),
        courses: courses.parse().ok(),
        grade: None,
        overlay: false,
    };
    let rows = [
        row("Core", "", "1 of these", ""),
        row("Security", "Core", "all", "SEC 110, SEC 210"),
        row("Writing", "Core", "3 credits", "marked \"writing “intensive”\" but not SEC 110"),
        row("Most sports", "", "at most 2 credits", "SPRT courses"),
    ];
    AwardRequirements::from_rows(text("Network Security AAS"), None, &rows).0
}

pub fn program(courses: &[&str]) -> Program {
    Program {
        ctid: ctid("program", "security"),
        organization: college(),
        kind: ProgramKind::Program,
        title: text("Network Security"),
        award: Some(text("AAS")),
        cip: Some(text("11.1003")),
        soc: vec![text("15-1212")],
        catalogue_year: None,
        total_credits: Some("60".parse().unwrap()),
        courses: courses
            .iter()
            .map(|code| ProgramCourse { course: ctid("course", code), group: Some(text("Core")) })
            .collect(),
        requirements: Some(requirements()),
        origin: None,
    }
}

pub fn crosswalk(version: &str) -> Crosswalk {
    let (program, blueprint) = (ctid("program", "security"), ctid("blueprint", version));
    Crosswalk { ctid: Crosswalk::identify(&program, &blueprint), program, blueprint, begun: at(0) }
}

pub fn decision(statement: Ctid, target: Ctid, who: &str, verdict: Verdict, minute: i64) -> Decision {
    Decision {
        statement,
        target,
        person: person(who),
        verdict,
        level: Some(OutcomeLevel::Introduced),
        reason: Some(text("Lab 4 covers it")),
        at: at(minute),
        settles: false,
        undoes: false,
        judged: credway_model::Judged { statement: text("Harden a host"), target: text("Explain matter") },
    }
}

/// A college with two courses, a blueprint, a program and a crosswalk, committed.
pub async fn furnish(store: &Store) {
    let work = store.write().await.unwrap();
    let courses = [
        course("SEC 110", "Defence", vec![outcome("SEC 110", 1, "Harden a host"), outcome("SEC 110", 2, "Read a log")]),
        course("SEC 210", "Offence", vec![outcome("SEC 210", 1, "Test a network")]),
    ];
    work.put_courses(&courses, &stamp(0)).await.unwrap();
    work.put_program(&program(&["SEC 110", "SEC 210"]), &stamp(0)).await.unwrap();
    work.put_blueprint(&blueprint("701", nested("701")), &stamp(0)).await.unwrap();
    work.put_crosswalk(&crosswalk("701")).await.unwrap();
    work.commit().await.unwrap();
}
