//! The degree audited by course.

use credway_workflow::{AuditRequest, SourceFile};

use crate::catalogue::{college, shared};

#[tokio::test(flavor = "multi_thread")]
async fn a_published_degree_is_audited_by_course() {
    let Some(data) = shared() else { return };
    let (workbench, requirements) = college(&data).await;
    // Everything but SEC 490, and both electives from the same four courses; ACT 301 failed once and taken again.
    let core = requirements.iter().filter(|one| one.len() == 1).map(|one| one[0].as_str());
    let mut taken = "code,grade\nACT 301,F\nCSC 450,A\nACT 476,B\n".to_owned();
    core.filter(|code| *code != "SEC 490").for_each(|code| taken.push_str(&format!("{code},B\n")));
    let request = AuditRequest {
        programs: vec!["Cybersecurity BS".to_owned()],
        taken: SourceFile::new("taken.csv", taken.into_bytes()),
        exceptions: None,
        share: Vec::new(),
        assume_credits: "3".parse().ok(),
    };
    let answer = workbench.audit_program(&request).await.unwrap();
    let told: Vec<(Option<&str>, &str, usize, Option<&str>)> = answer.programs[0]
        .requirements
        .iter()
        .map(|line| (line.name.as_deref(), line.state.word(), line.counted.len(), line.missing.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("Core"), "missing", 15, Some("1 course")),
            (Some("Elective 1"), "met", 1, None),
            (Some("Elective 2"), "met", 1, None),
        ]
    );
    assert_eq!(answer.programs[0].uncounted.len(), 1, "the failed attempt");
    assert!(answer.courses.iter().all(|course| course.is_assumed() && course.id.is_some()));
    assert_eq!(answer.findings.iter().filter(|one| one.code == "learner.credits-assumed").count(), 1);
    let course = workbench.program("Cybersecurity BS").await.unwrap().courses.into_iter().next().unwrap();
    assert_eq!(course.credits, None, "what is assumed is not written");
}
