//! What was signed cannot be bent: by hand it is named, and a name taken away changes nothing.

use credway_store::Store;

use crate::college::*;

#[tokio::test]
async fn what_was_signed_and_bent_by_hand_is_named() {
    let college = College::new().await;
    let people = college.people().await;
    let id = college.approved(&people).await;
    let subject = college.crosswalk;
    let before = college.workbench.by(&person("Ada")).verify_signoffs(None).await.unwrap();
    assert_eq!((before[0].signatures, before[0].faults.len()), (5, 0));
    let bend = format!("UPDATE revision SET content = replace(content, '60.0', '90.0') WHERE subject = '{subject}'");
    college.by_hand(&["DROP TRIGGER revision_no_update", &bend]).await;
    let found = people[0].verify_signoffs(Some(&subject)).await.unwrap();
    let faults = found[0].faults.join("\n");
    assert!(faults.contains("revision 1 is not what was signed") && faults.contains("Dee signed"), "{faults}");
    assert!(!people[0].signoff(&id).await.unwrap().faults.is_empty(), "its page says so too");
    let unbend = format!("UPDATE revision SET content = replace(content, '90.0', '60.0') WHERE subject = '{subject}'");
    college
        .by_hand(&[
            &unbend,
            "DROP TRIGGER signoff_entry_no_update",
            "UPDATE signoff_entry SET role = 'dean' WHERE number = 1",
        ])
        .await;
    let found = people[0].verify_signoffs(None).await.unwrap();
    assert_eq!(found[0].faults.len(), 1, "{:?}", found[0].faults);
    assert!(found[0].faults[0].contains("of the history"), "{:?}", found[0].faults);
}

#[tokio::test]
async fn nobody_signs_what_was_bent() {
    let college = College::new().await;
    let people = college.people().await;
    let id = people[1].begin_signoff(&college.crosswalk, None, None).await.unwrap();
    let bend = format!("UPDATE revision SET content = '{{}}' WHERE subject = '{}'", college.crosswalk);
    college.by_hand(&["DROP TRIGGER revision_no_update", &bend]).await;
    refused(sign(&people[0], &id, None).await, "is not what was signed");
}

#[tokio::test]
async fn a_name_that_is_taken_away_bends_nothing() {
    let college = College::new().await;
    let people = college.people().await;
    let id = college.approved(&people).await;
    let before = people[0].signoff(&id).await.unwrap();
    let store = Store::open(&college.url).await.unwrap();
    let work = store.write().await.unwrap();
    for name in ["Ada", "Fay"] {
        work.rename_person(&person(name), &person(&format!("Erased {name}"))).await.unwrap();
    }
    work.commit().await.unwrap();
    let after = people[3].signoff(&id).await.unwrap();
    assert_eq!((after.digest, after.since.len(), after.faults.len()), (before.digest, 0, 0));
    assert_eq!(after.steps[0].signatures[0].person, "Erased Fay");
    assert!(people[3].verify_signoffs(None).await.unwrap()[0].faults.is_empty());
}
