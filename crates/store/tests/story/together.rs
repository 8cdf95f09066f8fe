//! Working together: what is given, said, told and shared comes back as it was put.

use credway_model::*;
use credway_store::{Credentials, Store};

use crate::support::{at, crosswalk, ctid, person, text};

/// Writes one of everything, changes it, and reads it back.
pub(crate) async fn together(store: &Store) {
    let ann = AccountId::from_uuid(ctid("account", "ann").uuid());
    let work = store.write().await.unwrap();
    let account = Account { id: ann, person: person("Ann"), email: None, state: AccountState::Active, created: at(1) };
    work.put_account(&account, &Credentials::default()).await.unwrap();
    let mut given = Assignment {
        id: ctid("assignment", "1"),
        scope: ReviewScope { crosswalk: crosswalk("701").ctid, domain: Some(ctid("domain", "1")), course: None },
        account: ann,
        part: ReviewPart::Second,
        due: Some("2026-12-01".parse().unwrap()),
        by: person("Lena"),
        at: at(2),
        end: None,
    };
    work.put_assignment(&given).await.unwrap();
    assert_eq!(work.assignments_to(ann).await.unwrap(), [given.clone()]);
    given.end = Some(AssignmentEnd { at: at(3), by: person("Ann"), done: true });
    work.put_assignment(&given).await.unwrap();
    assert_eq!(work.assignments_of(&given.scope.crosswalk).await.unwrap(), [given.clone()]);
    assert_eq!(work.assignment(&given.id).await.unwrap(), Some(given));

    let pair =
        CommentSubject::Pair { crosswalk: crosswalk("701").ctid, statement: ctid("a", "1"), target: ctid("a", "2") };
    let said = CommentText::new("Zwei\nZeilen, é").unwrap();
    let mut comment = Comment {
        id: ctid("comment", "1"),
        subject: pair,
        person: person("Ann"),
        account: Some(ann),
        at: at(4),
        edited: None,
        withdrawn: None,
        text: Some(said.clone()),
    };
    work.put_comment(&comment).await.unwrap();
    work.keep_wording(&comment.id, at(5), &said).await.unwrap();
    work.keep_wording(&comment.id, at(6), &said).await.unwrap();
    assert_eq!(work.wordings(&comment.id).await.unwrap(), [(at(5), said.clone()), (at(6), said)]);
    work.forget_wordings(&comment.id).await.unwrap();
    comment.withdrawn = Some(at(7));
    comment.text = None;
    work.put_comment(&comment).await.unwrap();
    assert_eq!(work.comments(&pair).await.unwrap(), [comment.clone()]);
    assert_eq!(work.comments_within("pair", &pair.within()).await.unwrap().len(), 1);
    assert_eq!(work.comments(&CommentSubject::Crosswalk(pair.within())).await.unwrap(), []);
    notifications(&work, ann).await;

    let share = Share {
        id: ctid("share", "1"),
        crosswalk: crosswalk("701").ctid,
        account: ann,
        until: "2026-12-31".parse().unwrap(),
        by: person("Lena"),
        at: at(8),
        revoked: Some(at(9)),
    };
    work.put_share(&share).await.unwrap();
    assert_eq!(work.shares_with(ann).await.unwrap(), std::slice::from_ref(&share));
    assert_eq!(work.shares_of(&share.crosswalk).await.unwrap(), std::slice::from_ref(&share));
    let ballot = |word| Ballot { share: share.id, row: ctid("a", "2"), word, note: Some(text("more")), at: at(9) };
    work.put_ballot(&ballot(BallotWord::Missing)).await.unwrap();
    work.put_ballot(&ballot(BallotWord::NotNeeded)).await.unwrap();
    assert_eq!(work.ballots(&share.id).await.unwrap(), [ballot(BallotWord::NotNeeded)]);
    work.commit().await.unwrap();
}

async fn notifications(work: &credway_store::Work, ann: AccountId) {
    let told = |key: &str, minute, mailed| Notification {
        id: ctid("notification", key),
        account: ann,
        kind: NotificationKind::Mentioned,
        at: at(minute),
        address: "/comments/x".to_owned(),
        words: text("Lena names you"),
        read: None,
        mailed,
        tries: 0,
    };
    work.put_notification(&told("1", 4, Mailed::Waiting)).await.unwrap();
    work.put_notification(&told("2", 5, Mailed::Unwanted)).await.unwrap();
    assert_eq!(work.unread_notifications(ann).await.unwrap(), 2);
    assert_eq!(work.waiting_mail(at(0), 10).await.unwrap(), [told("1", 4, Mailed::Waiting)]);
    let waiting = told("1", 4, Mailed::Waiting);
    assert!(work.claim_mail(&waiting, at(5)).await.unwrap());
    assert!(!work.claim_mail(&waiting, at(5)).await.unwrap(), "of two servers one gets it");
    assert_eq!(work.waiting_mail(at(5), 10).await.unwrap(), []);
    let lost = told("1", 4, Mailed::Sending(at(5)));
    assert_eq!(work.waiting_mail(at(6), 10).await.unwrap(), std::slice::from_ref(&lost), "not heard of since");
    assert!(work.claim_mail(&lost, at(6)).await.unwrap() && !work.claim_mail(&lost, at(6)).await.unwrap());
    work.note_mailed(&ctid("notification", "1"), Mailed::Sent, 2).await.unwrap();
    assert_eq!(work.waiting_mail(at(0), 10).await.unwrap(), []);
    let other = AccountId::from_uuid(ctid("account", "ben").uuid());
    assert_eq!(work.mark_read(other, Some(&ctid("notification", "1")), at(6)).await.unwrap(), 0, "not theirs");
    assert_eq!(work.mark_read(ann, Some(&ctid("notification", "1")), at(6)).await.unwrap(), 1);
    assert_eq!(work.mark_read(ann, None, at(7)).await.unwrap(), 1, "what was read stays read");
    let kept = work.notifications(ann, 10).await.unwrap();
    assert_eq!(kept.iter().map(|one| (one.read, one.tries)).collect::<Vec<_>>(), [(Some(at(7)), 0), (Some(at(6)), 2)]);
    work.replace_mail_wishes(ann, &[NotificationKind::Shared, NotificationKind::Assigned]).await.unwrap();
    work.replace_mail_wishes(ann, &[NotificationKind::Assigned]).await.unwrap();
    assert_eq!(work.mail_wishes(ann).await.unwrap(), [NotificationKind::Assigned]);
}
