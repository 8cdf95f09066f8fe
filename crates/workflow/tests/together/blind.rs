//! While somebody reviews blindly, nothing tells them what others said, until they have said their own.

use credway_model::{CommentSubject, ReviewPart, Role, Verdict};
use credway_workflow::{
    ExportFormat, HistoryFilter, Kind, MatrixFilter, ReviewBy, ReviewFilter, ReviewOrder, ReviewShow, Workbench,
};

use crate::college::{College, FULL, account, import, imported};

/// Everything of the crosswalk that somebody can ask for, by name.
async fn all_answers(college: &College, who: &Workbench, subject: &CommentSubject) -> Vec<(String, String)> {
    let crosswalk = &college.crosswalk;
    let json = |name: &str, value: serde_json::Value| (name.to_owned(), value.to_string());
    let mut answers = Vec::new();
    for show in [ReviewShow::Open, ReviewShow::Disputed, ReviewShow::Decided, ReviewShow::All] {
        for by in [ReviewBy::Objective, ReviewBy::Course] {
            let filter = ReviewFilter { show, by, ..ReviewFilter::default() };
            let page = who.review(crosswalk, &filter).await.unwrap();
            answers.push(json(&format!("review {show:?} {by:?}"), serde_json::to_value(page).unwrap()));
        }
    }
    for order in [ReviewOrder::Probability, ReviewOrder::Useful] {
        let filter = ReviewFilter { order, ..ReviewFilter::default() };
        let page = who.review(crosswalk, &filter).await.unwrap();
        answers.push(json(&format!("review {order:?}"), serde_json::to_value(page).unwrap()));
    }
    if let Ok(learning) = who.learning().await {
        // Its counts are called so for everybody; that they stay as they were is what tells nothing.
        let counts = serde_json::to_string(&learning).unwrap().replace("rejected", "turned down");
        answers.push(("learning".to_owned(), counts));
    }
    if let CommentSubject::Pair { statement, target, .. } = subject {
        let why = who.explain(crosswalk, statement, target, false).await.unwrap();
        answers.push(json("explanation", serde_json::to_value(why).unwrap()));
    }
    let matrix = who.matrix(crosswalk, &MatrixFilter::default()).await.unwrap();
    answers.push(json("matrix", serde_json::to_value(matrix).unwrap()));
    let mut coverage = serde_json::to_value(who.coverage(crosswalk).await.unwrap()).unwrap();
    // The formula is the same for everybody, and speaks of partial alignments.
    coverage.as_object_mut().unwrap().remove("formula");
    answers.push(json("coverage", coverage));
    for format in [ExportFormat::Json, ExportFormat::Csv, ExportFormat::Html] {
        let file = who.export_crosswalk(crosswalk, format).await.unwrap();
        let words = String::from_utf8_lossy(&file.bytes).into_owned();
        answers.push((format!("export {format:?}"), without_history(&words).to_owned()));
    }
    let history = who.history(&HistoryFilter::default()).await.unwrap();
    answers.push(json("history", serde_json::to_value(history).unwrap()));
    answers.push(json("home", serde_json::to_value(who.home().await.unwrap()).unwrap()));
    answers.push(json("crosswalks", serde_json::to_value(who.crosswalks().await.unwrap()).unwrap()));
    let comments = serde_json::to_value(who.comments(subject).await.unwrap().lines).unwrap();
    answers.push(json("comments", comments));
    for head in who.signoffs().await.unwrap().all {
        let mut page = serde_json::to_value(who.signoff(&head.id).await.unwrap()).unwrap();
        page.as_object_mut().unwrap().remove("history");
        answers.push(json("sign-off", page));
    }
    if let Ok(revisions) = who.revisions(crosswalk, None).await {
        answers.push(json("revisions", serde_json::to_value(revisions).unwrap()));
    }
    for line in who.shares(crosswalk).await.map(|page| page.lines).unwrap_or_default() {
        answers.push(json("sheet", serde_json::to_value(who.sheet(&line.id).await.unwrap()).unwrap()));
    }
    let packet = who.coverage_preview(crosswalk).await.unwrap().html;
    answers.push(("packet".to_owned(), without_history(&packet).to_owned()));
    let course = college.card(&college.owner, "O1", "1.1").await.course.id;
    let course = serde_json::to_value(who.course(&course.to_string()).await.unwrap()).unwrap();
    answers.push(json("course", course));
    answers
}

/// A report up to the number of the last line of the history, which every word of anybody moves.
fn without_history(report: &str) -> &str {
    report.split("History when this was printed").next().unwrap_or(report)
}

/// What gives the first reviewer's word away.
const TELLING: [&str; 4] = ["Zephyrine", "rejected", "qwertyreason", "zxcvbcomment"];

#[tokio::test]
async fn a_blind_reviewer_sees_nothing_of_another_until_their_own_word() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let first = college.member("Zephyrine Quill", Role::FacultyReviewer).await;
    let second = college.member("Ben Second", Role::ProgramLead).await;
    college.member("Eli Employer", Role::EmployerReviewer).await;
    let until = "2026-12-01".parse().unwrap();
    lead.share_sheet(&college.crosswalk, account("Eli Employer"), until).await.unwrap();
    college.say(&college.owner, ("O2", "2.1"), FULL, false).await.unwrap();
    let signoff = lead.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    lead.return_signoff(&signoff, None, credway_model::Text::new("again").unwrap()).await.unwrap();
    college.give(&lead, "Ben Second", ReviewPart::Second).await;
    let card = college.card(&college.owner, "O1", "1.1").await;
    let subject =
        CommentSubject::Pair { crosswalk: college.crosswalk, statement: card.statement, target: card.objective.id };
    let before = all_answers(&college, &second, &subject).await;
    college.say_all(&first, Verdict::Rejected).await;
    first.comment(&subject, "zxcvbcomment").await.unwrap();

    let seen_by_lead: String = all_answers(&college, &lead, &subject).await.into_iter().map(|one| one.1).collect();
    for word in TELLING {
        assert!(seen_by_lead.contains(word), "the lead sees {word}, so that its absence below means something");
    }
    for ((name, answer), (_, before)) in all_answers(&college, &second, &subject).await.into_iter().zip(before) {
        // The legend of the report to print explains the word to everybody.
        for word in TELLING.into_iter().filter(|word| !(name == "export Html" && *word == "rejected")) {
            assert!(!answer.contains(word), "{name} tells “{word}”: {answer}");
        }
        assert_eq!(answer, before, "{name} is what it was before anybody said anything, to every number");
    }
    assert!(second.comments(&subject).await.unwrap().hidden);
    let blind = college.card(&second, "O1", "1.1").await;
    assert!(blind.hidden && blind.decisions.is_empty());

    college.say(&second, ("O1", "1.1"), FULL, false).await.unwrap();
    let card = college.card(&second, "O1", "1.1").await;
    assert_eq!((card.hidden, card.decisions.len(), card.standing.word()), (false, 2, "disputed"));
    assert_eq!(second.comments(&subject).await.unwrap().lines.len(), 1);
    assert!(college.card(&second, "O2", "2.1").await.decisions.is_empty(), "other pairs stay hidden");
    assert_eq!(second.crosswalks().await.unwrap()[0].disputed, 1);

    // What is taken back is hidden anew, and the answer to taking it back tells nothing.
    let stands = second.undo(&college.crosswalk, card.statement, card.objective.id).await.unwrap();
    assert_eq!(stands.word(), "open");
    assert!(college.card(&second, "O1", "1.1").await.hidden);
}

#[tokio::test]
async fn only_what_was_given_blindly_is_hidden() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let first = college.member("Zephyrine Quill", Role::FacultyReviewer).await;
    let second = college.member("Ben Second", Role::FacultyReviewer).await;
    let domains = lead.crosswalk_domains(&college.crosswalk).await.unwrap();
    let scope = credway_model::ReviewScope { domain: Some(domains[0].id), ..college.whole() };
    let account = crate::college::account("Ben Second");
    let request = credway_workflow::AssignRequest { scope, account, part: ReviewPart::Second, due: None };
    let id = lead.assign(&request).await.unwrap();
    college.say_all(&first, Verdict::Rejected).await;
    assert!(college.card(&second, "O1", "1.1").await.hidden);
    let other = college.card(&second, "O2", "2.1").await;
    assert_eq!((other.hidden, other.decisions.len()), (false, 1));
    lead.end_assignment(&id).await.unwrap();
    assert_eq!(college.card(&second, "O1", "1.1").await.decisions.len(), 1, "nothing is hidden once it ended");
}

const DECISIONS: &str = "program,blueprint,course,outcome,objective,decision,strength,reviewer\n\
    Security,Guard,SEC 110,O1,1.1,accept,full,";

#[tokio::test]
async fn a_file_of_decisions_and_what_is_said_of_the_whole_are_kept_back_too() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let second = college.member("Ben Second", Role::FacultyReviewer).await;
    let before = college.store.read().await.unwrap().sources().await.unwrap();
    import(&college.owner, Kind::Decisions, &format!("{DECISIONS}Zephyrine\n")).await;
    let files = college.store.read().await.unwrap().sources().await.unwrap();
    let fresh = files.iter().find(|file| before.iter().all(|one| one.id != file.id)).unwrap();
    let decisions = fresh.id.to_string();
    let objective = college.owner.find_objective(&college.crosswalk, "1.1").await.unwrap();
    let wider = [
        CommentSubject::Crosswalk(college.crosswalk),
        CommentSubject::Objective { crosswalk: college.crosswalk, objective },
    ];
    for subject in &wider {
        lead.comment(subject, "zxcvbcomment").await.unwrap();
        assert_eq!(second.comments(subject).await.unwrap().lines.len(), 1);
    }
    assert!(second.source_excerpt(&decisions, None).await.is_ok());
    let id = college.give(&lead, "Ben Second", ReviewPart::Second).await;
    for subject in &wider {
        let page = second.comments(subject).await.unwrap();
        assert_eq!((page.hidden, page.lines.len()), (true, 0));
        assert_eq!(lead.comments(subject).await.unwrap().lines.len(), 1);
    }
    assert!(second.source_excerpt(&decisions, None).await.is_err());
    let others = files.iter().filter(|file| file.id.to_string() != decisions);
    for file in others {
        assert!(second.source_excerpt(&file.id.to_string(), None).await.is_ok(), "{}", file.name);
    }
    lead.end_assignment(&id).await.unwrap();
    assert!(second.source_excerpt(&decisions, None).await.is_ok());
    assert_eq!(second.comments(&wider[0]).await.unwrap().lines.len(), 1);
}

#[tokio::test]
async fn nobody_decides_in_the_name_of_somebody_with_an_account() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    college.member("Ben Second", Role::FacultyReviewer).await;
    let answer = imported(&lead, Kind::Decisions, &format!("{DECISIONS}Ben Second\n")).await;
    let codes: Vec<&str> = answer.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!((answer.written, codes), (false, vec!["reference.reviewer-account"]));
    for name in ["", "Lena Lead", "Somebody Else"] {
        assert!(imported(&lead, Kind::Decisions, &format!("{DECISIONS}{name}\n")).await.written, "{name}");
    }
    let owner = imported(&college.owner, Kind::Decisions, &format!("{DECISIONS}Ben Second\n")).await;
    assert!(owner.written, "who has the database brings in what was decided before");
}
