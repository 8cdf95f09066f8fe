//! What people decide holds as long as what they decided on: rewording, taking away, undoing, importing again.

use credway_import::NoProgress;
use credway_model::{Ctid, Person, Severity, Strength, Text, Verdict};
use credway_workflow::{
    CandidateCard, CoverageReport, DEFAULT_LIMITS, DecideRequest, ImportAnswer, ImportRequest, Kind, Options,
    ReviewFilter, ReviewShow, SourceFile, StandingWord, Workbench,
};

const FULL: Verdict = Verdict::Accepted(Strength::Full);
const COURSES: &str = "code,title\nSEC 110,Defence\n";
const OUTCOMES: &str = "course,code,statement\nSEC 110,O1,Configure a firewall\nSEC 110,O2,Read a log\n";
const PROGRAM: &str = "program,course\nSecurity,SEC 110\n";
const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure firewalls\n\
    Guard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";

fn person(name: &str) -> Person {
    Person(Text::new(name).unwrap())
}

/// A college with one course against one exam, aligned; its folder goes with it.
struct College {
    workbench: Workbench,
    crosswalk: Ctid,
    _folder: tempfile::TempDir,
}

impl College {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("decisions.db").display());
        let workbench = Workbench::open(&Options { database, create: true }).await.unwrap();
        workbench.by(&person("Ada")).begin_institution("Pier College", None).await.unwrap();
        let ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let mut college = Self { workbench, crosswalk: ctid, _folder: folder };
        for (kind, text) in [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, OUTCOMES),
            (Kind::Program, PROGRAM),
            (Kind::Blueprint, BLUEPRINT),
        ] {
            assert!(college.import(kind, text, &[]).await.written);
        }
        college.crosswalk = college
            .workbench
            .by(&person("Ada"))
            .align("Security", "Guard", DEFAULT_LIMITS, &())
            .await
            .unwrap()
            .crosswalk;
        college
    }

    async fn import(&self, kind: Kind, text: &str, accept: &[&str]) -> ImportAnswer {
        let request = ImportRequest {
            kind,
            file: SourceFile::new("file.csv".to_owned(), text.as_bytes().to_vec()),
            mapping: None,
            organization: None,
            into: None,
            accept: accept.iter().map(|code| (*code).to_owned()).collect(),
            reason: None,
        };
        self.workbench.by(&person("Ada")).import(&request, &NoProgress).await.unwrap()
    }

    async fn card(&self, code: &str, who: &str) -> CandidateCard {
        let objective = self.workbench.find_objective(&self.crosswalk, code).await.unwrap();
        let filter = ReviewFilter { show: ReviewShow::All, focus: Some(objective), ..ReviewFilter::default() };
        let page = self.workbench.by(&person(who)).review(&self.crosswalk, &filter).await.unwrap();
        page.candidates.into_iter().find(|card| card.outcome_code.as_deref() == Some("O1")).unwrap()
    }

    async fn say(&self, who: &str, code: &str, verdict: Verdict, settles: bool) -> StandingWord {
        let card = self.card(code, who).await;
        let (statement, target) = (card.statement, card.objective.id);
        let request = DecideRequest { statement, target, verdict, level: None, reason: None, settles };
        self.workbench.by(&person(who)).decide(&self.crosswalk, request).await.unwrap()
    }

    async fn undo(&self, who: &str, code: &str) -> StandingWord {
        let card = self.card(code, who).await;
        self.workbench.by(&person(who)).undo(&self.crosswalk, card.statement, card.objective.id).await.unwrap()
    }

    async fn coverage(&self) -> CoverageReport {
        self.workbench.coverage(&self.crosswalk).await.unwrap()
    }

    async fn total(&self) -> f64 {
        self.coverage().await.total.unwrap()
    }
}

fn says(answer: &ImportAnswer, code: &str, severity: Severity) -> bool {
    answer.findings.iter().any(|finding| finding.code == code && finding.severity == severity)
}

#[tokio::test]
async fn what_was_decided_does_not_carry_over_to_other_words() {
    let college = College::new().await;
    assert_eq!(college.say("Ann", "1.1", FULL, false).await, StandingWord::Full);
    assert_eq!(college.total().await, 60.0);
    let same = OUTCOMES.replace("Configure a firewall", "Configure a firewall.");
    assert!(!says(&college.import(Kind::Outcomes, &same, &[]).await, "decision.reworded", Severity::Warning));
    assert_eq!(college.total().await, 60.0, "a full stop changes nothing");

    let open = college.coverage().await.crosswalk.open;
    let other = OUTCOMES.replace("Configure a firewall", "Bake sourdough bread");
    let answer = college.import(Kind::Outcomes, &other, &[]).await;
    assert!(answer.written && says(&answer, "decision.reworded", Severity::Warning), "{:?}", answer.findings);
    assert_eq!(college.total().await, 0.0);
    assert_eq!(college.coverage().await.crosswalk.open, open + 1, "the pair waits for review again");
    let card = college.card("1.1", "Ann").await;
    assert!(card.reworded && card.probability.is_none() && card.own_word.is_none());
    assert!(card.statement_segments.iter().all(|segment| segment.mark.is_none()), "no evidence of words that are gone");
    let earlier = card.decisions[0].judged.clone().unwrap();
    assert_eq!(earlier, ("Configure a firewall".to_owned(), "Configure firewalls".to_owned()));
    college.import(Kind::Outcomes, OUTCOMES, &[]).await;
    assert_eq!(college.total().await, 60.0, "the words are back, and so is what was decided on them");
}

#[tokio::test]
async fn nothing_decided_goes_without_a_word() {
    let college = College::new().await;
    college.say("Ann", "1.1", FULL, false).await;
    let without = "credential,domain_code,domain,weight,objective_code,objective\n\
        Guard,1,Networks,60%,,\nGuard,1,Networks,,1.2,Draw a network\nGuard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";
    let answer = college.import(Kind::Blueprint, without, &[]).await;
    assert!(!answer.written && says(&answer, "decision.statement-gone", Severity::Error), "{:?}", answer.findings);
    assert!(says(&answer, "record.gone", Severity::Warning));
    assert_eq!(college.total().await, 60.0);
    let answer = college.import(Kind::Blueprint, without, &["decision.statement-gone"]).await;
    assert!(answer.written);
    let report = college.coverage().await;
    assert_eq!((report.total, report.crosswalk.decided), (Some(0.0), 0));
    assert_eq!(report.orphans.len(), 2, "an outcome accepted for what is gone is an orphan");

    let domains = "credential,domain,weight\nGuard,networks,60%\nGuard,LOGS,40%\n";
    let answer = college.import(Kind::Blueprint, domains, &[]).await;
    assert!(says(&answer, "blueprint.objectives-kept", Severity::Note), "{:?}", answer.findings);
    assert_eq!(college.coverage().await.statements.len(), 2);
    let gone = college.import(Kind::Outcomes, "course,code,statement\nSEC 110,O3,Write a rule\n", &[]).await;
    assert!(says(&gone, "record.gone", Severity::Warning), "{:?}", gone.findings);
    let courses = college.import(Kind::Courses, COURSES, &[]).await;
    assert!(courses.findings.is_empty(), "a course without outcomes in the file keeps its own");
}

#[tokio::test]
async fn undoing_goes_back_step_by_step() {
    let college = College::new().await;
    let partial = Verdict::Accepted(Strength::Partial);
    for verdict in [FULL, partial, Verdict::Rejected] {
        college.say("Ann", "1.1", verdict, false).await;
    }
    assert_eq!(college.undo("Ann", "1.1").await, StandingWord::Partial);
    assert_eq!(college.undo("Ann", "1.1").await, StandingWord::Full);
    assert_eq!(college.undo("Ann", "1.1").await, StandingWord::Open);
    let card = college.card("1.1", "Ann").await;
    let nothing =
        college.workbench.by(&person("Ann")).undo(&college.crosswalk, card.statement, card.objective.id).await;
    assert!(nothing.is_err());

    college.say("Ann", "1.1", FULL, false).await;
    assert_eq!(college.say("Ben", "1.1", Verdict::Rejected, false).await, StandingWord::Disputed);
    assert_eq!(college.say("Cy", "1.1", FULL, true).await, StandingWord::Full);
    assert_eq!(college.undo("Cy", "1.1").await, StandingWord::Disputed, "the disagreement is back");
}

#[tokio::test]
async fn a_file_of_decisions_counts_once() {
    let college = College::new().await;
    let rows = "program,blueprint,course,outcome,objective,decision,strength,reviewer\n\
        Security,Guard,SEC 110,O1,1.1,reject,,Ben\nSecurity,Guard,SEC 110,O1,1.1,accept,full,Ben\n";
    assert_eq!(college.import(Kind::Decisions, rows, &[]).await.counts(), (2, 0, 0));
    assert_eq!(college.import(Kind::Decisions, rows, &[]).await.counts(), (0, 0, 2));
    assert_eq!(college.total().await, 60.0);
    college.say("Ben", "1.1", Verdict::Rejected, false).await;
    let older = "program,blueprint,course,outcome,objective,decision,strength,reviewer,date\n\
        Security,Guard,SEC 110,O1,1.1,accept,full,Ben,2025-01-01\n";
    assert_eq!(college.import(Kind::Decisions, older, &[]).await.counts(), (1, 0, 0));
    assert_eq!(college.total().await, 0.0, "an older word does not override a newer one");
    let later = older.replace("2025-01-01", "2099-01-01");
    let answer = college.import(Kind::Decisions, &later, &[]).await;
    assert!(!answer.written && says(&answer, "date.future", Severity::Error));
}
