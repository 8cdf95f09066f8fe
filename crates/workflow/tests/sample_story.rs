//! The sample college from files to coverage: the main job, as a test.

use credway_model::{Person, Text, Verdict};
use credway_workflow::{
    ChangeSetOutcome, Counting, DecideRequest, FindCourses, FindRequest, Options, ReachRequest, ReviewFilter,
    StandingWord, Workbench,
};

fn person(name: &str) -> Person {
    Person(Text::new(name).unwrap())
}

async fn workbench(folder: &tempfile::TempDir) -> Workbench {
    let database = format!("sqlite:{}", folder.path().join("story.db").display());
    Workbench::open(&Options { database, create: true }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_college_is_loaded_aligned_and_reviewed() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let ada = person("Ada Ramos");
    let summary = workbench.by(&ada).load_sample(&()).await.unwrap();
    assert_eq!(summary.counts["course"], 60);
    assert_eq!(summary.counts["decision"], 98);
    assert_eq!(summary.coverage.len(), 3);
    assert!(summary.findings.iter().any(|finding| finding.code == "credential.type-completion"));
    for report in &summary.coverage {
        let total = report.total.unwrap();
        assert!(total > 0.0 && total < 100.0, "{}: {total}", report.crosswalk.program.name);
        let by_hand: f64 = report.statements.iter().map(|line| line.share.unwrap() * line.score).sum();
        assert!((by_hand - total).abs() < 1e-4, "shares times scores are the total");
        assert!(report.crosswalk.open > 0, "something is left to review");
    }

    let again = workbench.by(&ada).load_sample(&()).await.unwrap();
    assert_eq!(again.coverage[0].total, summary.coverage[0].total);
    let imported = workbench
        .history(&credway_workflow::HistoryFilter { kind: Some("imported".to_owned()), ..Default::default() })
        .await
        .unwrap();
    assert_eq!(imported.len(), 11, "a second import of the same files changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_counts_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let ada = person("Ada Ramos");
    let summary = workbench.by(&ada).load_sample(&()).await.unwrap();
    let before = &summary.coverage[0];
    let crosswalk = before.crosswalk.id;
    let page = workbench.by(&ada).review(&crosswalk, &ReviewFilter::default()).await.unwrap();
    let card = page.candidates.first().expect("a suggestion is open");
    let text: String = card.statement_segments.iter().map(|segment| segment.text.as_str()).collect();
    assert!(!text.is_empty() && card.suggested);
    let request = DecideRequest {
        statement: card.statement,
        target: card.objective.id,
        verdict: Verdict::Accepted(credway_model::Strength::Full),
        level: None,
        reason: None,
        settles: false,
    };
    assert_eq!(workbench.by(&ada).decide(&crosswalk, request).await.unwrap(), StandingWord::Full);
    let after = workbench.coverage(&crosswalk).await.unwrap();
    assert!(after.total.unwrap() >= before.total.unwrap());
    assert_eq!(after.crosswalk.open, before.crosswalk.open - 1);
    let word = workbench.by(&ada).undo(&crosswalk, card.statement, card.objective.id).await.unwrap();
    assert_eq!(word, StandingWord::Open);
    assert_eq!(workbench.coverage(&crosswalk).await.unwrap().total, before.total);
    assert!(workbench.by(&ada).undo(&crosswalk, card.statement, card.objective.id).await.is_err());
}

/// What the answer promises is what coverage says once its changes are made: here the statement nearest each objective is
/// accepted for it in full, as if it had been rewritten.
#[tokio::test(flavor = "multi_thread")]
async fn a_set_of_changes_brings_the_coverage_it_promises_and_one_less_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let ada = person("Ada Ramos");
    let summary = workbench.by(&ada).load_sample(&()).await.unwrap();
    let before = &summary.coverage[0];
    let crosswalk = before.crosswalk.id;
    let wanted = before.total.unwrap() + 12.0;
    let request = ReachRequest { total: Some(wanted), ..ReachRequest::default() };
    let answer = workbench.change_set(&crosswalk, &request).await.unwrap();
    let again = workbench.change_set(&crosswalk, &request).await.unwrap();
    assert_eq!(serde_json::to_string(&answer).unwrap(), serde_json::to_string(&again).unwrap());
    assert_eq!(answer.outcome, ChangeSetOutcome::Reached);
    assert!(answer.proved && answer.proof.contains("So fewer will not do"), "{}", answer.proof);
    assert_eq!(answer.changes, answer.courses.iter().map(|course| course.changes.len()).sum::<usize>());
    assert_eq!(answer.effort, answer.courses.iter().map(|course| course.effort).sum::<u32>());
    assert!(answer.before == before.total && answer.after.unwrap() >= wanted - 1e-6);
    for change in answer.courses.iter().flat_map(|course| &course.changes) {
        for objective in &change.objectives {
            let word = DecideRequest {
                statement: change.statement_id.unwrap(),
                target: objective.id,
                verdict: Verdict::Accepted(credway_model::Strength::Full),
                level: None,
                reason: None,
                settles: true,
            };
            workbench.by(&ada).decide(&crosswalk, word).await.unwrap();
        }
    }
    let after = workbench.coverage(&crosswalk).await.unwrap();
    assert!((after.total.unwrap() - answer.after.unwrap()).abs() < 1e-5, "{:?} {:?}", after.total, answer.after);
    let now = workbench.change_set(&crosswalk, &request).await.unwrap();
    assert_eq!((now.changes, now.outcome), (0, ChangeSetOutcome::Reached));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_reached_is_answered_with_the_most_and_what_binds() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let summary = workbench.by(&person("Ada Ramos")).load_sample(&()).await.unwrap();
    let crosswalk = summary.coverage[0].crosswalk.id;
    let request = ReachRequest {
        total: Some(100.0),
        each_domain: Some(100.0),
        most_per_course: Some(1),
        counting: Counting::Assessed,
        ..ReachRequest::default()
    };
    let answer = workbench.change_set(&crosswalk, &request).await.unwrap();
    assert_eq!((answer.outcome, answer.changes), (ChangeSetOutcome::OutOfReach, 0));
    assert!(answer.proved && answer.most.unwrap() < 100.0);
    assert!(answer.sentence.contains("The most that can be reached is"), "{}", answer.sentence);
    let binding = answer.domains.iter().filter(|domain| domain.most.is_some()).count();
    assert_eq!(binding > 0, answer.sentence.contains("holds it back"));
    let astray = ReachRequest { leave: vec!["NOPE 1".to_owned()], ..request };
    let refused = workbench.change_set(&crosswalk, &astray).await.unwrap_err().to_string();
    assert!(refused.contains("NOPE 1"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_finder_ranks_what_a_program_covers_and_counts_decisions_as_facts() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(&folder).await;
    let summary = workbench.by(&person("Ada Ramos")).load_sample(&()).await.unwrap();
    let program = summary.coverage[0].crosswalk.program.clone();
    let request = FindRequest { courses: FindCourses::Program(program.id.to_string()), ..FindRequest::default() };
    let answer = workbench.find_covered(&request, &()).await.unwrap();
    assert_eq!(answer.found.len(), 3);
    assert!(answer.found.windows(2).all(|two| two[0].expected >= two[1].expected));
    let own = answer.found.iter().find(|line| line.crosswalk == Some(summary.coverage[0].crosswalk.id)).unwrap();
    assert_eq!(own.id, answer.found[0].id, "a program covers its own exam best");
    assert!((own.accepted - summary.coverage[0].total.unwrap()).abs() < 1e-5, "decisions are facts");
    for line in &answer.found {
        assert!(line.low <= line.expected && line.expected <= line.high && line.high <= 100.0);
        assert!((line.statements.iter().map(|one| one.share).sum::<f64>() - 100.0).abs() < 1e-3);
        assert_eq!(line.counts.iter().sum::<usize>(), line.statements.len());
    }
    let codes = FindRequest { courses: FindCourses::Codes(vec!["HIST *".to_owned()]), ..FindRequest::default() };
    let history = workbench.find_covered(&codes, &()).await.unwrap();
    assert!(history.courses > 0 && history.found.iter().all(|line| line.crosswalk.is_none() && line.accepted == 0.0));
    let nothing = FindRequest { courses: FindCourses::Codes(vec!["NOPE".to_owned()]), ..FindRequest::default() };
    assert!(workbench.find_covered(&nothing, &()).await.is_err());
    let astray = FindRequest { against: vec!["No such outline".to_owned()], ..request };
    assert!(workbench.find_covered(&astray, &()).await.unwrap_err().to_string().contains("No such outline"));
}
