//! What an institution decides teaches its engine, and can be taken back; a pair is explained; the review goes in the
//! order asked for.

use std::collections::BTreeMap;

use credway_import::NoProgress;
use credway_model::{Ctid, Person, Strength, Text, Verdict};
use credway_workflow::{
    CandidateCard, DecideRequest, HistoryFilter, ImportRequest, Kind, LearnedState, Limits, Options, ReviewFilter,
    ReviewOrder, ReviewPage, ReviewShow, SourceFile, Workbench, WorkflowError,
};

const VERBS: [&str; 3] = ["Configure", "Explain", "Evaluate"];
const TOPICS: [&str; 6] = ["firewalls", "databases", "welding seams", "payroll records", "soil samples", "sonnets"];
const LIMITS: Limits = Limits { per_target: 12, per_statement: 6 };

fn person(name: &str) -> Person {
    Person(Text::new(name).unwrap())
}

/// Six courses, one a topic, each with three outcomes; an exam that asks every verb of every topic.
async fn college() -> (Workbench, Ctid, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("learning.db").display());
    let workbench = Workbench::open(&Options { database, create: true }).await.unwrap().by(&person("Ada"));
    workbench.begin_institution("Pier College", None).await.unwrap();
    let mut courses = "code,title\n".to_owned();
    let mut outcomes = "course,code,statement\n".to_owned();
    let mut program = "program,course\n".to_owned();
    let mut blueprint = "credential,domain_code,domain,weight,objective_code,objective\n".to_owned();
    for (at, topic) in TOPICS.iter().enumerate() {
        let code = format!("ABC {}", 110 + at);
        courses.push_str(&format!("{code},Work with {topic}\n"));
        program.push_str(&format!("Work,{code}\n"));
        blueprint.push_str(&format!("Guard,{at},Domain {at},,,\n"));
        for (number, verb) in VERBS.iter().enumerate() {
            outcomes.push_str(&format!("{code},O{number},\"{verb} the usual {topic}\"\n"));
            blueprint.push_str(&format!(
                "Guard,{at},Domain {at},,{at}.{number},\"{verb} {topic} (PQR), excluding old ones\"\n"
            ));
        }
    }
    for (kind, text) in
        [(Kind::Courses, courses), (Kind::Outcomes, outcomes), (Kind::Program, program), (Kind::Blueprint, blueprint)]
    {
        let request = ImportRequest {
            kind,
            file: SourceFile::new("file.csv".to_owned(), text.into_bytes()),
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        };
        let answer = workbench.import(&request, &NoProgress).await.unwrap();
        assert!(answer.written, "{:?}", answer.findings);
    }
    let crosswalk = workbench.align("Work", "Guard", LIMITS, &()).await.unwrap().crosswalk;
    (workbench, crosswalk, folder)
}

/// Every candidate, page by page in the order asked for, with the objective of each page.
async fn candidates(workbench: &Workbench, crosswalk: &Ctid, order: ReviewOrder) -> Vec<CandidateCard> {
    let filter = ReviewFilter { show: ReviewShow::All, order, ..ReviewFilter::default() };
    let mut page: ReviewPage = workbench.review(crosswalk, &filter).await.unwrap();
    let mut found = page.candidates.clone();
    while let Some(focus) = page.next {
        page = workbench.review(crosswalk, &ReviewFilter { focus: Some(focus), ..filter.clone() }).await.unwrap();
        found.extend(page.candidates.clone());
    }
    found
}

fn words(card: &CandidateCard) -> (String, String) {
    let statement: String = card.statement_segments.iter().map(|piece| piece.text.as_str()).collect();
    (statement, card.objective.text.clone())
}

/// A college where the verb is all that matters, which the shipped engine does not think.
fn same_verb(card: &CandidateCard) -> bool {
    let (statement, objective) = words(card);
    statement.split(' ').next() == objective.split(' ').next()
}

async fn decide(workbench: &Workbench, crosswalk: &Ctid, card: &CandidateCard, accept: bool) {
    let request = DecideRequest {
        statement: card.statement,
        target: card.objective.id,
        verdict: if accept { Verdict::Accepted(Strength::Full) } else { Verdict::Rejected },
        level: None,
        reason: None,
        settles: false,
    };
    workbench.decide(crosswalk, request).await.unwrap();
}

#[tokio::test]
async fn what_is_decided_teaches_the_engine_and_can_be_taken_back() {
    let (workbench, crosswalk, _folder) = college().await;
    let all = candidates(&workbench, &crosswalk, ReviewOrder::Blueprint).await;
    let institution = workbench.find_learning(None).await.unwrap();
    let early = workbench.learn(&institution).await.unwrap_err();
    assert!(
        matches!(&early, WorkflowError::Refused { message, .. } if message.contains("it takes 60 decisions")),
        "{early}"
    );
    for card in &all {
        decide(&workbench, &crosswalk, card, same_verb(card)).await;
    }
    let learned = workbench.learn(&institution).await.unwrap();
    let latest = learned.latest.as_ref().unwrap();
    assert_eq!((latest.version, learned.state), (1, LearnedState::InUse), "{latest:?}");
    assert_eq!(latest.lesson.accepted + latest.lesson.rejected, all.len());
    assert!(latest.lesson.after.log_loss < latest.lesson.before.log_loss);
    assert!(latest.until.is_some() && learned.engine.ends_with(" + learned 1"), "{}", learned.engine);

    let before: BTreeMap<(Ctid, Ctid), Option<f64>> =
        all.iter().map(|card| ((card.statement, card.objective.id), card.probability)).collect();
    let summary = workbench.align("Work", "Guard", LIMITS, &()).await.unwrap();
    assert_eq!(summary.engine, learned.engine);
    let after = candidates(&workbench, &crosswalk, ReviewOrder::Blueprint).await;
    let moved = after.iter().filter(|card| card.engine.as_deref() == Some(learned.engine.as_str()));
    let up = moved.filter(|card| same_verb(card) && card.probability > before[&(card.statement, card.objective.id)]);
    assert!(up.count() * 2 > all.iter().filter(|card| same_verb(card)).count());

    let forgotten = workbench.forget_learned(&institution).await.unwrap();
    assert_eq!(forgotten.state, LearnedState::TakenBack);
    assert_eq!(forgotten.engine, workbench.engine_name());
    assert!(workbench.forget_learned(&institution).await.is_err());
    assert_eq!(workbench.learn(&institution).await.unwrap().latest.unwrap().version, 2);
    let told = workbench.history(&HistoryFilter::default()).await.unwrap();
    let told: Vec<&str> =
        told.iter().map(|line| line.summary.as_str()).filter(|line| line.contains("learned")).collect();
    assert_eq!(told.len(), 3, "{told:?}");
}

#[tokio::test]
async fn a_pair_is_explained_in_words() {
    let (workbench, crosswalk, _folder) = college().await;
    let all = candidates(&workbench, &crosswalk, ReviewOrder::Probability).await;
    let card = &all[0];
    // Who chose to review blind is told nothing until they have given their own word.
    let own_choice = workbench.explain(&crosswalk, &card.statement, &card.objective.id, true).await.unwrap();
    assert!(
        own_choice.hidden
            && own_choice.decisions.is_empty()
            && own_choice.settled_by.is_none()
            && own_choice.agreement.is_empty()
    );
    decide(&workbench, &crosswalk, card, true).await;
    let why = workbench.explain(&crosswalk, &card.statement, &card.objective.id, false).await.unwrap();
    assert_eq!(why.proposed_probability, card.probability);
    assert!((why.reasons.probability - card.probability.unwrap()).abs() < 1e-9, "{:?}", why.reasons);
    assert!(!why.reasons.contributions.is_empty() && !why.reasons.words_in_common.is_empty(), "{:?}", why.reasons);
    assert_eq!(why.decisions.len(), 1);
    let left_out = &why.objective_said.scope[0];
    assert_eq!((left_out.kind, left_out.what.as_deref()), ("leaves_out", Some("old ones")));
    let unknown = workbench.explain(&crosswalk, &card.objective.id, &card.statement, false).await;
    assert!(matches!(unknown, Err(WorkflowError::NotFound { .. })));
}

#[tokio::test]
async fn the_review_goes_in_the_order_asked_for() {
    let (workbench, crosswalk, _folder) = college().await;
    let first = |cards: &[CandidateCard]| -> Vec<Option<f64>> {
        let mut seen = Vec::new();
        let heads = cards.iter().filter(|card| {
            let new = !seen.contains(&card.objective.id);
            seen.push(card.objective.id);
            new
        });
        heads.map(|card| card.probability).collect()
    };
    let probable = candidates(&workbench, &crosswalk, ReviewOrder::Probability).await;
    let heads = first(&probable);
    assert!(heads.windows(2).all(|two| two[0] >= two[1]), "{heads:?}");
    let useful = candidates(&workbench, &crosswalk, ReviewOrder::Useful).await;
    assert_eq!(useful.len(), probable.len());
    let again = candidates(&workbench, &crosswalk, ReviewOrder::Useful).await;
    assert_eq!(useful.iter().map(words).collect::<Vec<_>>(), again.iter().map(words).collect::<Vec<_>>());
    // An objective with nothing left to show does not end the review: the rest goes on from its head.
    let filter = ReviewFilter { order: ReviewOrder::Useful, ..ReviewFilter::default() };
    let page = workbench.review(&crosswalk, &filter).await.unwrap();
    for card in &page.candidates {
        decide(&workbench, &crosswalk, card, true).await;
    }
    let done = workbench.review(&crosswalk, &ReviewFilter { focus: page.focus_id, ..filter.clone() }).await.unwrap();
    let head = workbench.review(&crosswalk, &filter).await.unwrap();
    assert!(done.candidates.is_empty() && head.focus_id != page.focus_id);
    assert_eq!(done.next, head.focus_id);
}
