//! Comments: said, worded anew soon after, taken back; whom they name is told.

use std::sync::atomic::{AtomicI64, Ordering};

use credway_model::{CommentSubject, NotificationKind, Role};
use credway_workflow::HistoryFilter;
use jiff::{SignedDuration, Timestamp};

use crate::college::{College, is_forbidden, is_missing, is_refused, noon};

static MINUTES: AtomicI64 = AtomicI64::new(0);

/// A clock of this story alone.
fn clock() -> Timestamp {
    noon() + SignedDuration::from_mins(MINUTES.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_comment_from_first_to_last() {
    let college = College::at(clock).await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    let ben = college.member("Ben Second", Role::FacultyReviewer).await;
    let advisor = college.member("Ada Advisor", Role::Advisor).await;
    let employer = college.member("Eli Employer", Role::EmployerReviewer).await;
    let course = college.card(&college.owner, "O1", "1.1").await.course.id;
    let subject = CommentSubject::Course(course);

    assert!(is_forbidden(&advisor.comment(&subject, "hello").await));
    assert!(is_forbidden(&employer.comments(&subject).await));
    assert!(is_refused(&ann.comment(&subject, "  ").await));
    assert!(is_refused(&ann.comment(&subject, &"x".repeat(4_001)).await));
    assert!(is_refused(&ann.comment(&subject, "@Ada Advisor, look").await), "who cannot see it cannot be named");
    assert!(is_missing(&ann.comment(&CommentSubject::Outcome { course, outcome: course }, "no such outcome").await));
    assert_eq!(ann.comments(&subject).await.unwrap().lines.len(), 0, "nothing of all that was written");

    let id = ann.comment(&subject, "@Ben Second:\nsee <b>lab</b> 3").await.unwrap();
    assert_eq!(ben.unread_notifications().await.unwrap(), 1);
    let told = ben.notifications().await.unwrap().notifications.remove(0);
    assert_eq!(
        (told.kind, told.address.as_str()),
        (NotificationKind::Mentioned, format!("/comments/{subject}").as_str())
    );
    assert!(!told.words.as_str().contains("lab"), "never what was said");
    assert!(is_missing(&ann.mark_read(Some(&told.id)).await), "another’s notification");
    ben.mark_read(Some(&told.id)).await.unwrap();
    assert_eq!(ben.unread_notifications().await.unwrap(), 0);
    let seen = ben.comments(&subject).await.unwrap().lines.remove(0);
    assert_eq!(seen.text.as_deref(), Some("@Ben Second:\nsee <b>lab</b> 3"));
    assert!(!seen.may_edit && !seen.may_withdraw);

    MINUTES.store(14, Ordering::SeqCst);
    assert!(is_missing(&ben.reword_comment(&subject, &id, "mine now").await), "another’s comment");
    assert!(is_missing(&ben.withdraw_comment(&subject, &id).await));
    assert!(is_missing(&ann.reword_comment(&CommentSubject::Crosswalk(college.crosswalk), &id, "elsewhere").await));
    ann.reword_comment(&subject, &id, "@Ben Second: see lab 4").await.unwrap();
    assert_eq!(ben.unread_notifications().await.unwrap(), 0, "who was named before is not told again");
    let line = ben.comments(&subject).await.unwrap().lines.remove(0);
    assert_eq!(line.earlier[0].1, "@Ben Second:\nsee <b>lab</b> 3");

    MINUTES.store(16, Ordering::SeqCst);
    assert!(is_refused(&ann.reword_comment(&subject, &id, "too late").await));
    ann.withdraw_comment(&subject, &id).await.unwrap();
    let line = ben.comments(&subject).await.unwrap().lines.remove(0);
    assert_eq!((line.text, line.earlier.len(), line.person.as_str()), (None, 0, "Ann First"));
    assert!(is_missing(&ann.withdraw_comment(&subject, &id).await), "once is enough");

    let filter = HistoryFilter { kind: Some("commented".to_owned()), ..HistoryFilter::default() };
    let lines = college.owner.history(&filter).await.unwrap();
    assert_eq!(lines.len(), 3, "said, worded anew, withdrawn");
    assert!(lines.iter().all(|line| !line.summary.contains("lab")), "the history holds no text");
}
