//! The sample college from files to coverage: the main job, as a test.

use credway_model::{Person, Text, Verdict};
use credway_workflow::{DecideRequest, Options, ReviewFilter, StandingWord, Workbench};

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
    assert_eq!(imported.len(), 9, "a second import of the same files changes nothing");
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
