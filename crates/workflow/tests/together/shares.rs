//! An employer sees the sheet that was shared with them, as long as it is shared, and nothing else.

use credway_model::{BallotWord, Ctid, Role, Verdict};
use credway_workflow::SheetPage;

use crate::college::{College, FULL, account, is_forbidden, is_missing, is_refused, person};

#[tokio::test]
async fn a_sheet_is_shared_answered_and_taken_back() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    let eli = college.member("Eli Employer", Role::EmployerReviewer).await;
    let rival = college.member("Rita Rival", Role::EmployerReviewer).await;
    college.say(&ann, ("O1", "1.1"), FULL, false).await.unwrap();
    college.say(&ann, ("O2", "2.1"), FULL, false).await.unwrap();
    college.say(&lead, ("O2", "2.1"), Verdict::Rejected, false).await.unwrap();
    let until = "2026-12-01".parse().unwrap();
    assert!(is_forbidden(&ann.share_sheet(&college.crosswalk, account("Eli Employer"), until).await));
    assert!(is_refused(&lead.share_sheet(&college.crosswalk, account("Ann First"), until).await), "no employer");
    let past = "2026-11-22".parse().unwrap();
    assert!(is_refused(&lead.share_sheet(&college.crosswalk, account("Eli Employer"), past).await));
    assert!(eli.shared_with_me().await.unwrap().is_empty());
    let id = lead.share_sheet(&college.crosswalk, account("Eli Employer"), until).await.unwrap();
    assert!(is_refused(&lead.share_sheet(&college.crosswalk, account("Eli Employer"), until).await), "once");
    assert_eq!(eli.unread_notifications().await.unwrap(), 1);

    assert_eq!(eli.shared_with_me().await.unwrap().len(), 1);
    let sheet: SheetPage = eli.sheet(&id).await.unwrap();
    assert_eq!(
        (sheet.domains[0].coverage, sheet.domains[1].coverage),
        ("taught in full", "not taught"),
        "disputed counts for nothing"
    );
    assert_eq!(sheet.domains[0].skills[0].courses, ["Defence"]);
    let told = serde_json::to_string(&sheet).unwrap().to_lowercase();
    for word in
        ["ann first", "lena", "owner", "qwertyreason", "probab", "disput", "rejected", "o1", "configure a firewall"]
    {
        assert!(!told.contains(word), "the sheet tells “{word}”: {told}");
    }
    assert!(is_forbidden(&eli.shares(&college.crosswalk).await));
    assert!(is_missing(&rival.sheet(&id).await), "another employer");
    assert!(is_missing(&ann.sheet(&id).await), "a reviewer, with whom it was not shared");
    assert!(rival.shared_with_me().await.unwrap().is_empty());

    let (domain, skill) = (sheet.domains[1].row, sheet.domains[0].skills[0].row);
    eli.cast_ballot(&id, domain, BallotWord::Missing, credway_model::Text::new("Log tools").ok()).await.unwrap();
    eli.cast_ballot(&id, skill, BallotWord::NotNeeded, None).await.unwrap();
    eli.cast_ballot(&id, skill, BallotWord::Agree, None).await.unwrap();
    let elsewhere: Ctid = college.card(&college.owner, "O1", "1.1").await.statement;
    assert!(is_missing(&eli.cast_ballot(&id, elsewhere, BallotWord::Agree, None).await), "no row of the sheet");
    assert!(is_missing(&rival.cast_ballot(&id, skill, BallotWord::Agree, None).await));
    assert!(
        is_forbidden(&lead.cast_ballot(&id, skill, BallotWord::Agree, None).await),
        "nobody answers for the employer"
    );
    let line = &lead.shares(&college.crosswalk).await.unwrap().lines[0];
    let mut said: Vec<_> = line.ballots.iter().map(|one| (one.name.as_str(), one.word)).collect();
    said.sort_unstable();
    assert_eq!(said, [("Configure firewalls", BallotWord::Agree), ("Logs", BallotWord::Missing)]);
    assert_eq!(lead.unread_notifications().await.unwrap(), 1, "told once, not for every word");

    assert!(is_missing(&ann.revoke_share(&id).await) && is_missing(&eli.revoke_share(&id).await));
    lead.revoke_share(&id).await.unwrap();
    assert!(
        is_missing(&eli.sheet(&id).await) && is_missing(&eli.cast_ballot(&id, skill, BallotWord::Agree, None).await)
    );
    assert!(eli.shared_with_me().await.unwrap().is_empty());
    let none = eli.sheet(&college.crosswalk).await.unwrap_err().to_string();
    let gone = eli.sheet(&id).await.unwrap_err().to_string();
    assert_eq!(
        none.replace(&college.crosswalk.to_string(), "?"),
        gone.replace(&id.to_string(), "?"),
        "as if it had never been"
    );
}

#[tokio::test]
async fn a_share_ends_with_its_last_day() {
    fn later() -> jiff::Timestamp {
        "2026-12-02T00:00:00Z".parse().unwrap()
    }
    let college = College::at(later).await;
    let eli = college.member("Eli Employer", Role::EmployerReviewer).await;
    let share = credway_model::Share {
        id: Ctid::derive(&college.crosswalk, "share", "1"),
        crosswalk: college.crosswalk,
        account: account("Eli Employer"),
        until: "2026-12-01".parse().unwrap(),
        by: person("Lena"),
        at: later(),
        revoked: None,
    };
    let put = async |share: &credway_model::Share| {
        let work = college.store.write().await.unwrap();
        work.put_share(share).await.unwrap();
        work.commit().await.unwrap();
    };
    put(&share).await;
    assert!(is_missing(&eli.sheet(&share.id).await) && eli.shared_with_me().await.unwrap().is_empty());
    put(&credway_model::Share { until: "2026-12-02".parse().unwrap(), ..share.clone() }).await;
    eli.sheet(&share.id).await.unwrap();
}
