//! What programs require, from a table into the database and back, and a learner's courses audited against it.

use credway_model::{Person, Severity, Text};
use credway_workflow::{
    AuditAnswer, AuditRequest, AuditShare, ImportAnswer, ImportRequest, Kind, Options, RequirementState, SourceFile,
    Workbench,
};

const COURSES: &str = "code,title,credits,catalogue_year\nITSY 1300,Basics,3,2026\nITSY 2301,Networks,3,2026\nITSE 1301,Programming,4,2026\n\
    HIST 1301,History I,3,2026\nHIST 3301,Craft,3,2026\nENGL 1301,Composition,3,2026\nOLD 1000,Without credits,,2026\n";
const PROGRAMS: &str = "program,award,catalogue_year,course\nCyber,AAS,2026,ITSY 1300\nCyber,AAS,2026,ITSY 2301\nHistory,BA,2026,HIST 1301\n";
const REQUIREMENTS: &str = "program,requirement,under,needs,courses,least_grade,overlay\n\
    Cyber AAS,Core,,all,\"ITSY 1300, ITSY 2301\",C,\n\
    Cyber AAS,Choice,,1 of these,,,\n\
    Cyber AAS,Past,Choice,3 credits,HIST courses but not HIST 3301,,\n\
    Cyber AAS,Code,Choice,1 course,ITSE 1300-1399,,\n\
    Cyber AAS,Writing,,1 course,\"marked \"\"writing\"\"\",,yes\n\
    Cyber AAS,,,total 12 credits,,,\n\
    Cyber AAS,,,average 2.00,,,\n\
    History,Core,,all,\"HIST 1301, HIST 3301\",,\n";

async fn college() -> Workbench {
    let options = Options { database: "sqlite::memory:".to_owned(), create: true };
    let workbench = Workbench::open(&options).await.unwrap().by(&Person(Text::new("Ada Ramos").unwrap()));
    workbench.begin_institution("Pier College", None).await.unwrap();
    for (kind, text) in [(Kind::Courses, COURSES), (Kind::Program, PROGRAMS)] {
        assert!(import(&workbench, kind, text).await.written);
    }
    workbench
}

async fn import(workbench: &Workbench, kind: Kind, text: &str) -> ImportAnswer {
    let request = ImportRequest {
        kind,
        file: SourceFile::new(format!("{}.csv", kind.word()), text.as_bytes().to_vec()),
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: None,
    };
    workbench.import(&request, &credway_import::NoProgress).await.unwrap()
}

fn codes(answer: &ImportAnswer) -> Vec<(&str, Severity)> {
    answer.findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

#[tokio::test]
async fn requirements_are_set_once_kept_and_written_back() {
    let workbench = college().await;
    let first = import(&workbench, Kind::Requirements, REQUIREMENTS).await;
    assert!(first.written, "{:?}", first.findings);
    assert_eq!(codes(&first), [("requirements.marks", Severity::Note)]);
    assert_eq!((first.records["requirement"], first.counts()), (8, (0, 2, 0)));
    let core = first.changes[0].differences.iter().find(|one| one.field == "requirements/Core").unwrap();
    assert_eq!(core.after.as_deref(), Some("all of ITSY 1300, ITSY 2301, each with 2.00 points or more"));
    assert_eq!(import(&workbench, Kind::Requirements, REQUIREMENTS).await.counts(), (0, 0, 2), "nothing new");
    assert_eq!(
        import(&workbench, Kind::Program, PROGRAMS).await.counts(),
        (0, 0, 2),
        "programs keep what they require"
    );
    let exported = workbench.export_requirements("Cyber").await.unwrap();
    assert!(exported.losses.is_empty());
    let text = String::from_utf8(exported.bytes).unwrap();
    assert_eq!(text.lines().count(), 8);
    assert!(
        text.contains("Pier College,Cyber,AAS,2026,Past,Choice,3 credits,HIST courses but not HIST 3301,,"),
        "{text}"
    );
    assert_eq!(import(&workbench, Kind::Requirements, &text).await.counts(), (0, 0, 1), "{text}");
    let page = workbench.program("Cyber").await.unwrap().requirements.unwrap();
    let lines: Vec<(usize, Option<&str>, &str)> =
        page.lines.iter().map(|line| (line.depth, line.name.as_deref(), line.asks.as_str())).collect();
    assert_eq!(lines[2], (1, Some("Past"), "3 credits"));
    assert_eq!(page.lines[0].courses[0].title.as_deref(), Some("Basics"));
    assert_eq!(page.whole[0].0, "12 credits in all");
}

#[tokio::test]
async fn what_cannot_be_set_is_said_with_its_place() {
    let workbench = college().await;
    let check = async |row: &str, code: &str, place: &str| {
        let head = "program,requirement,under,needs,courses,least_grade\n";
        let answer = import(&workbench, Kind::Requirements, &format!("{head}{row}")).await;
        let found: Vec<(String, String)> =
            answer.findings.iter().map(|one| (one.code.clone(), one.place.to_string())).collect();
        assert_eq!(found, [(code.to_owned(), place.to_owned())], "{row}");
        assert!(answer.findings.iter().all(|finding| !finding.hint.is_empty()));
        assert_eq!(answer.written, answer.findings[0].severity < Severity::Error, "{row}");
    };
    check("Art,Core,,all,ITSY 1300,", "reference.program", "row 2").await;
    check("Cyber,Core,,all,ITSY 13OO and,", "requirements.courses-unread", "row 2, column courses").await;
    check("Cyber,Core,,some,ITSY 1300,", "requirements.needs-unread", "row 2, column needs").await;
    check("Cyber,Core,,all,ITSY 1300,E+", "requirements.grade-unread", "row 2, column least_grade").await;
    check("Cyber,Core,Basis,all,ITSY 1300,", "requirements.parent-unknown", "row 2, column under").await;
    check("Cyber,Core,Core,all,,", "requirements.circle", "row 2, column under").await;
    check("Cyber,Core,,2 courses,ITSY 1300,", "requirements.count", "row 2, column needs").await;
    check("Cyber,Core,,1 course,ITSY 9999,", "requirements.course-unknown", "row 2, column courses").await;
    check("Cyber,Core,,1 course,ZOO courses,", "requirements.no-course", "row 2, column courses").await;
    check("Cyber,Core,,all,ITSY 1300,\nCyber AAS,More,,all,ITSY 2301,", "requirements.program-repeated", "row 3").await;
    let kept = workbench.export_requirements("Cyber").await.unwrap();
    assert!(String::from_utf8(kept.bytes).unwrap().contains("ZOO courses"), "what the catalogue lacks is kept");
}

fn request(programs: &[&str], taken: &str) -> AuditRequest {
    AuditRequest {
        programs: programs.iter().map(|name| (*name).to_owned()).collect(),
        taken: SourceFile::new("taken.csv", taken.as_bytes().to_vec()),
        exceptions: None,
        share: Vec::new(),
        assume_credits: None,
    }
}

async fn audit(workbench: &Workbench, request: &AuditRequest) -> AuditAnswer {
    workbench.audit_program(request).await.unwrap()
}

/// Of each requirement its name, state, courses that count, and what is missing.
fn told(answer: &AuditAnswer, program: usize) -> Vec<String> {
    let line = |line: &credway_workflow::AuditedRequirement| {
        let counted: Vec<&str> = line.counted.iter().map(|one| one.code.as_str()).collect();
        let missing = line.missing.clone().unwrap_or_default();
        format!("{} {} [{}] {missing}", line.name.clone().unwrap_or_default(), line.state.word(), counted.join(", "))
    };
    answer.programs[program].requirements.iter().map(line).collect()
}

#[tokio::test]
async fn a_learner_is_audited_and_nothing_is_written() {
    let workbench = college().await;
    import(&workbench, Kind::Requirements, REQUIREMENTS).await;
    let before = workbench.export_audit().await.unwrap();
    let taken = "code,credits,grade,passed,source,marks\nITSY 1300,,B,,,\nITSY 2301,,D,,,\nHIST 3301,,A,,,writing\nHIST 1301,,,yes,transfer,\n";
    let answer = audit(&workbench, &request(&["Cyber"], taken)).await;
    assert_eq!(
        told(&answer, 0),
        [
            "Core missing [ITSY 1300] 1 course",
            "Choice met [] ",
            "Past met [HIST 1301] ",
            "Code not needed [] ",
            "Writing met [HIST 3301] ",
        ]
    );
    let program = &answer.programs[0];
    assert!(!answer.complete && !program.met);
    assert_eq!((program.totals[0].have.as_str(), program.totals[0].missing.as_deref()), ("12", None));
    assert_eq!(program.average.as_ref().unwrap().have.as_deref(), Some("2.67"));
    assert_eq!(program.uncounted[0].code, "ITSY 2301");
    assert!(program.uncounted[0].why.contains("grade"), "{:?}", program.uncounted);
    assert_eq!(answer.courses[0].credits_from, "catalogue");
    assert_eq!(workbench.export_audit().await.unwrap(), before);
}

#[tokio::test]
async fn exceptions_are_told_with_who_and_why() {
    let workbench = college().await;
    import(&workbench, Kind::Requirements, REQUIREMENTS).await;
    let taken = "code,grade\nITSY 1300,B\nHIST 3301,A\nENGL 1301,B\nITSE 1301,C\n";
    let exceptions = "requirement,course,who,why\nCore,HIST 3301,Dean Ada,equal\nWriting,,Dean Bo,wrote a book\nNone,,Bo,x\nChoice,ENGL 1301,Bo,x\n";
    let asked = AuditRequest {
        exceptions: Some(SourceFile::new("exceptions.csv", exceptions.as_bytes().to_vec())),
        ..request(&["Cyber"], taken)
    };
    let answer = audit(&workbench, &asked).await;
    let [core, .., writing] = answer.programs[0].requirements.as_slice() else { panic!("five requirements") };
    assert_eq!(core.state, RequirementState::Met);
    assert_eq!(core.counted[1].exception.as_deref(), Some("Dean Ada: equal"));
    assert_eq!((writing.state, writing.waived.as_deref()), (RequirementState::Waived, Some("Dean Bo: wrote a book")));
    assert!(answer.programs[0].met && !answer.complete, "two exceptions name nothing that could change");
    assert!(answer.exceptions.iter().all(|one| one.used) && answer.exceptions.len() == 2);
    let unclear = answer.findings.iter().filter(|finding| finding.code == "learner.exception-unclear").count();
    assert_eq!(unclear, 2, "{:?}", answer.findings);
}

#[tokio::test]
async fn two_programs_share_no_more_than_they_may() {
    let workbench = college().await;
    import(&workbench, Kind::Requirements, REQUIREMENTS).await;
    let taken = "code,marks\nITSY 1300,\nITSY 2301,\nHIST 1301,writing\nHIST 3301,\nENGL 1301,writing\n";
    let free = audit(&workbench, &request(&["Cyber", "History"], taken)).await;
    assert!(free.complete, "{:?}", (told(&free, 0), told(&free, 1)));
    let share = AuditShare { programs: ("cyber".to_owned(), "History".to_owned()), at_most: "0".parse().unwrap() };
    let asked = AuditRequest { share: vec![share], ..request(&["Cyber", "History"], taken) };
    let strict = audit(&workbench, &asked).await;
    assert!(!strict.complete);
    assert_eq!((strict.shared[0].have.as_str(), strict.shared[0].at_most.as_str()), ("0", "0"));
}

#[tokio::test]
async fn assumed_credits_are_said_wherever_they_count() {
    let workbench = college().await;
    import(&workbench, Kind::Requirements, REQUIREMENTS).await;
    let taken = "code\nOLD 1000\n";
    let left_out = audit(&workbench, &request(&["Cyber"], taken)).await;
    assert_eq!(left_out.findings[0].code, "learner.no-credits");
    assert!(left_out.courses.is_empty());
    let asked = AuditRequest { assume_credits: "3".parse().ok(), ..request(&["Cyber"], taken) };
    let assumed = audit(&workbench, &asked).await;
    assert_eq!(
        (assumed.findings[0].code.as_str(), assumed.courses[0].credits_from),
        ("learner.credits-assumed", "assumed")
    );
    assert!(assumed.programs[0].totals[0].assumed);
}

#[tokio::test]
async fn what_cannot_be_audited_is_refused_in_words() {
    let workbench = college().await;
    let refused = |programs: &'static [&'static str]| {
        let workbench = workbench.clone();
        async move { workbench.audit_program(&request(programs, "code\n")).await.unwrap_err().to_string() }
    };
    assert!(refused(&["Cyber"]).await.contains("nobody has said yet"));
    assert!(refused(&["Art"]).await.contains("Art"));
    import(&workbench, Kind::Requirements, REQUIREMENTS).await;
    assert!(refused(&["Cyber", "Cyber AAS"]).await.contains("named twice"));
}
