//! Two people edit a course: fields merge, clashes are shown and nothing is lost.

use std::collections::BTreeMap;

use credway_model::Role;
use credway_workflow::{CourseEdit, CourseForm, CoursePage, EditAnswer, HistoryFilter, Workbench};

use crate::college::{College, FULL, is_forbidden, is_refused};

fn edit(base: u32, fields: &[(&str, &str)]) -> CourseEdit {
    let fields: BTreeMap<String, String> = fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    CourseEdit { base, fields, reason: None }
}

#[track_caller]
fn saved(answer: EditAnswer) -> credway_workflow::CourseSaved {
    match answer {
        EditAnswer::Saved(saved) => saved,
        EditAnswer::Form(form) => panic!("not saved: {form:?}"),
    }
}

#[track_caller]
fn form(answer: EditAnswer) -> CourseForm {
    match answer {
        EditAnswer::Form(form) => *form,
        EditAnswer::Saved(saved) => panic!("saved: {saved:?}"),
    }
}

async fn page(who: &Workbench, id: &str) -> CoursePage {
    who.course(id).await.unwrap()
}

fn value(page: &CoursePage, label: &str) -> (Option<String>, Option<String>) {
    let value = page.values.iter().find(|value| value.label == label).unwrap();
    (value.value.clone(), value.place.clone())
}

#[tokio::test]
async fn what_two_people_change_is_merged_or_shown() {
    let college = College::new().await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    let ben = college.member("Ben Second", Role::FacultyReviewer).await;
    let advisor = college.member("Ada Advisor", Role::Advisor).await;
    let card = college.card(&college.owner, "O1", "1.1").await;
    let id = card.course.id.to_string();
    let outcome = format!("outcome.{}.statement", card.statement);
    assert!(is_forbidden(&advisor.course_form(&id).await));
    assert!(is_forbidden(&advisor.edit_course(&id, &edit(1, &[])).await));
    let begun = ann.course_form(&id).await.unwrap();
    let base = begun.revision;
    college.say(&ben, ("O1", "1.1"), FULL, false).await.unwrap();

    // Each changes another field of the same revision.
    saved(ann.edit_course(&id, &edit(base, &[("title", "Network defence"), ("credits", "3.0")])).await.unwrap());
    let second = saved(ben.edit_course(&id, &edit(base, &[("title", "Defence"), ("credits", "4")])).await.unwrap());
    assert_eq!(
        (second.revision, second.changed, second.merged),
        (base + 2, vec!["Credits".to_owned()], vec!["Title".to_owned()])
    );
    let now = page(&ann, &id).await;
    assert_eq!((now.course.title.as_str(), value(&now, "Credits").0.as_deref()), ("Network defence", Some("4")));
    assert_eq!(value(&now, "Credits").1.as_deref(), Some("by hand"), "it stands in no file");
    assert_eq!(value(&now, "Description").1, None);

    // The same form sent again writes nothing.
    let again = saved(ben.edit_course(&id, &edit(base, &[("title", "Defence"), ("credits", "4")])).await.unwrap());
    assert!(!again.written && again.revision == base + 2);

    // Both changed the title: nothing is written, and both are shown.
    let clash =
        form(ben.edit_course(&id, &edit(base, &[("title", "Defending"), ("description", "New")])).await.unwrap());
    assert_eq!((clash.clashes[0].mine.as_str(), clash.clashes[0].theirs.as_str()), ("Defending", "Network defence"));
    assert_eq!((clash.revision, clash.others), (base + 2, vec!["Ann First".to_owned(), "Ben Second".to_owned()]));
    assert_eq!(page(&ann, &id).await.course.title, "Network defence");
    let chosen = edit(clash.revision, &[("title", "Defending"), ("description", "New")]);
    saved(ben.edit_course(&id, &chosen).await.unwrap());
    assert_eq!(page(&ann, &id).await.course.title, "Defending");

    // A reworded outcome says whose words wait again; one taken away meanwhile is a clash.
    let base = base + 3;
    let reworded = saved(ann.edit_course(&id, &edit(base, &[(&outcome, "Tune a firewall")])).await.unwrap());
    assert_eq!(reworded.waiting, 1, "Ben’s word was on other words");
    let clash = form(ben.edit_course(&id, &edit(base, &[(&outcome, "")])).await.unwrap());
    assert_eq!((clash.clashes[0].mine.as_str(), clash.clashes[0].theirs.as_str()), ("", "Tune a firewall"));
    saved(ben.edit_course(&id, &edit(clash.revision, &[(&outcome, "")])).await.unwrap());
    assert_eq!(page(&ann, &id).await.outcomes.len(), 1);
    let clash = form(ann.edit_course(&id, &edit(base + 1, &[(&outcome, "Tune firewalls")])).await.unwrap());
    assert_eq!(clash.clashes[0].theirs, "", "it is gone there");
    saved(ann.edit_course(&id, &edit(clash.revision, &[(&outcome, "Tune firewalls")])).await.unwrap());
    let back = page(&ann, &id).await;
    assert!(back.outcomes.iter().any(|one| one.id == card.statement && one.statement == "Tune firewalls"));
    let filter = HistoryFilter { kind: Some("revised".to_owned()), ..HistoryFilter::default() };
    let lines = college.owner.history(&filter).await.unwrap();
    assert!(
        lines.iter().any(|line| line.person == "Ben Second") && lines.iter().any(|line| line.person == "Ann First")
    );
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_at_its_field() {
    let college = College::new().await;
    let ann = college.member("Ann First", Role::FacultyReviewer).await;
    let id = college.card(&college.owner, "O1", "1.1").await.course.id.to_string();
    let base = ann.course_form(&id).await.unwrap().revision;
    for (name, given) in [("title", " "), ("credits", "three"), ("lab_hours", "-1"), ("new.1.level", "expert")] {
        let answer = form(ann.edit_course(&id, &edit(base, &[(name, given)])).await.unwrap());
        let of_outcomes = answer.outcomes.iter().flat_map(|outcome| &outcome.fields);
        let faulty: Vec<&str> = answer
            .fields
            .iter()
            .chain(of_outcomes)
            .filter(|one| one.fault.is_some())
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!((faulty, answer.revision), (vec![name], base), "{given}");
    }
    for name in ["organization", "ctid", "code", "outcome.x.statement", "new.9.statement", "origin"] {
        assert!(is_refused(&ann.edit_course(&id, &edit(base, &[(name, "x")])).await), "{name}");
    }
    assert!(is_refused(&ann.edit_course(&id, &edit(99, &[("title", "x")])).await));
    assert_eq!(ann.course_form(&id).await.unwrap().revision, base, "nothing of that was written");
    let added = [
        ("new.1.statement", "Write a rule"),
        ("new.1.level", "M"),
        ("offered", "Fall; odd years"),
        ("prerequisites", "SEC 100 with C"),
    ];
    saved(ann.edit_course(&id, &edit(base, &added)).await.unwrap());
    saved(ann.edit_course(&id, &edit(base, &added)).await.unwrap());
    let now = page(&ann, &id).await;
    assert_eq!(now.outcomes.len(), 3, "sent twice, it is added once");
    assert_eq!((now.outcomes[2].level.as_deref(), now.outcomes[2].place.as_str()), (Some("mastered"), "by hand"));
    assert_eq!(value(&now, "Offered").0.as_deref(), Some("fall, odd years"));
    assert!(now.requisites.is_some(), "what is required is understood anew");
}
