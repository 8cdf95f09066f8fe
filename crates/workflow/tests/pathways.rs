//! A pathway of a small college: imported, found wanting, planned by hand-worked figures, changed by hand and taken back.

use credway_import::NoProgress;
use credway_model::{Ctid, Person, Text};
use credway_workflow::{
    ComponentEdit, ComponentFields, ImportAnswer, ImportRequest, Kind, NoPlanProgress, Options, PathwayEdited,
    PathwayPlan, PlanWishes, SourceFile, WishFields, Workbench, WorkflowError,
};

/// Two chains of two; SEC 1102 teaches most of the exam, and is offered in spring only.
const COURSES: &str = "code,title,credits,prerequisites,terms_offered\n\
    SEC 1101,Begin,3,,fall;spring\nSEC 1102,Defend,3,SEC 1101,spring\nNET 1101,Wire,3,,fall;spring\n\
    NET 1102,Route,3,NET 1101 or consent of the chair,fall;spring\nART 1101,Draw,3,,fall;spring;summer\n";
const OUTCOMES: &str =
    "course,code,statement\nSEC 1101,O1,Name a threat\nSEC 1102,O1,Configure a firewall\nNET 1102,O1,Read a log\n";
const PROGRAMS: &str = "program,award,total_credits,course\nSecurity,Certificate,6,SEC 1101\nSecurity,Certificate,6,SEC 1102\n\
    Security,AAS,15,SEC 1101\nSecurity,AAS,15,SEC 1102\nSecurity,AAS,15,NET 1101\nSecurity,AAS,15,NET 1102\n";
const REQUIREMENTS: &str = "program,requirement,under,needs,courses\n\
    Security AAS,Core,,all,\"SEC 1101, SEC 1102, NET 1101, NET 1102\"\nSecurity AAS,,,total 15 credits,\n";
const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure firewalls\nGuard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";
const CREDENTIALS: &str =
    "title,type,awarded_for,validity_months,cost_usd,source\nGuard,certification,assessment,36,100,a list\n";
const DECISIONS: &str = "program,blueprint,course,outcome,objective,decision,strength\n\
    Security AAS,Guard,SEC 1102,O1,1.1,accept,full\nSecurity AAS,Guard,NET 1102,O1,2.1,accept,partial\n";
const PATHWAY: &str = "pathway,key,kind,name,stands_for,condition,roles,embedding,readiness,amount_usd,source\n\
    Way,,tuition per credit,,,,,,,10,a list\nWay,,fee per term,,,,,,,5,a list\n\
    Way,certificate,credential,Certificate,Security Certificate,,off-ramp,M6,,30000,a survey\n\
    Way,guard,assessment,Guard exam,Guard,certificate,off-ramp,M1,60,,\n\
    Way,degree,credential,Degree,Security AAS,certificate,destination,,,,\n";

struct College {
    owner: Workbench,
    _folder: tempfile::TempDir,
}

impl College {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("pathways.db").display());
        let clock = || "2026-11-27T12:00:00Z".parse().unwrap();
        let workbench = Workbench::open_at(&Options { database, create: true }, clock).await.unwrap();
        let owner = workbench.by(&Person(Text::new("Ada").unwrap()));
        owner.begin_institution("Pier College", None).await.unwrap();
        let college = Self { owner, _folder: folder };
        for (kind, text) in [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, OUTCOMES),
            (Kind::Program, PROGRAMS),
            (Kind::Requirements, REQUIREMENTS),
            (Kind::Blueprint, BLUEPRINT),
            (Kind::Credential, CREDENTIALS),
            (Kind::Decisions, DECISIONS),
            (Kind::Pathway, PATHWAY),
        ] {
            let answer = college.import(kind, text).await;
            assert!(answer.written, "{kind:?}: {:?}", answer.findings);
        }
        college
    }

    async fn import(&self, kind: Kind, text: &str) -> ImportAnswer {
        let request = ImportRequest {
            kind,
            file: SourceFile::new("file.csv".to_owned(), text.as_bytes().to_vec()),
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        };
        self.owner.import(&request, &NoProgress).await.unwrap()
    }

    async fn plan(&self, fields: WishFields) -> PathwayPlan {
        let wishes = fields.read().unwrap();
        self.owner.plan_pathway("Way", &wishes, NoPlanProgress).await.unwrap()
    }
}

/// What happens in each term, in short.
fn terms(plan: &PathwayPlan) -> Vec<String> {
    plan.terms
        .iter()
        .map(|term| {
            let mut parts: Vec<&str> = term.courses.iter().map(|course| course.code.as_str()).collect();
            parts.extend(term.exams.iter().map(|exam| exam.name.as_str()));
            parts.extend(term.awards.iter().map(String::as_str));
            parts.sort_unstable();
            format!("{}: {}", term.name, parts.join(", "))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_usual_plan_is_the_quickest_with_its_exits_proved() {
    let college = College::new().await;
    let plan = college.plan(WishFields::default()).await;
    assert!(plan.found && plan.stages.iter().all(|stage| stage.proved), "{plan:#?}");
    // SEC 1102 needs SEC 1101 and is offered in spring; 15 credits take ART 1101 or an elective besides.
    assert_eq!((plan.months, plan.credits, plan.cost), (Some(9), Some(15.0), Some(160.0)));
    assert_eq!(plan.terms.len(), 2);
    assert!(terms(&plan)[1].contains("Certificate") && terms(&plan)[1].contains("Degree"), "{:?}", terms(&plan));
    let exits: Vec<_> = plan.exits.iter().map(|exit| (exit.key.as_str(), exit.months, exit.audited)).collect();
    assert_eq!(exits, [("certificate", Some(9), Some(true)), ("degree", Some(9), Some(true)), ("guard", None, None)]);
    assert_eq!(plan.exits[0].wage, Some(30_000.0));
    // 60 % by SEC 1102 in full, 20 % by NET 1102 in part.
    assert_eq!(plan.exits[1].coverage, [("Guard exam".to_owned(), 80.0)]);
    assert_eq!(plan.exits[2].could_be_sat.as_deref(), Some("summer 2028"));
    assert!(plan.notes.iter().any(|note| note.contains("consent of the chair")), "{:?}", plan.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exam_that_becomes_required_is_placed_where_it_is_covered() {
    let college = College::new().await;
    let plan = college.plan(WishFields { require: "guard".to_owned(), ..WishFields::default() }).await;
    let (term, exam) = plan.terms.iter().find_map(|term| Some((term.number, term.exams.first()?.clone()))).unwrap();
    assert!(term >= 3 && exam.coverage >= 60.0 && exam.fee == Some(100.0), "{term} {exam:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_held_and_dropped_changes_the_plan() {
    let college = College::new().await;
    let done = college
        .plan(WishFields {
            done: "SEC 1101, NET 1101".to_owned(),
            from: "spring 2027".to_owned(),
            ..WishFields::default()
        })
        .await;
    assert_eq!((done.months, done.credits), (Some(4), Some(9.0)), "{:?}", terms(&done));
    let held = college.plan(WishFields { held: "certificate".to_owned(), ..WishFields::default() }).await;
    assert!(held.exits.iter().all(|exit| exit.key != "certificate"));
    let late = college.plan(WishFields { drop: "SEC 1101 in fall".to_owned(), ..WishFields::default() }).await;
    assert_eq!(late.months, Some(21), "{:?}", terms(&late));
    let nothing = college.plan(WishFields { drop: "SEC 1102 in spring".to_owned(), ..WishFields::default() }).await;
    assert!(!nothing.found);
    let no_plan = nothing.no_plan.unwrap();
    assert!(!no_plan.conflict.is_empty(), "{no_plan:?}");
    assert!(no_plan.loosenings.iter().any(|line| line.contains("SEC 1102")), "{no_plan:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_plans_stand_side_by_side() {
    let college = College::new().await;
    let usual = PlanWishes::default();
    let part = WishFields { most: "3".to_owned(), ..WishFields::default() }.read().unwrap();
    let compared = college.owner.compare_plans("Way", ("Full", &usual), ("Part", &part), NoPlanProgress).await.unwrap();
    let months = compared.figures.iter().find(|line| line.what == "To the destination").unwrap();
    // One course a term: SEC 1101, NET 1101 …, five terms of study with a summer or two between.
    assert!(months.first == Some(9.0) && months.difference > Some(6.0), "{months:?}");
    assert!(!compared.courses.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_that_lead_nowhere_are_refused_with_a_hint() {
    let college = College::new().await;
    for fields in [
        WishFields { done: "XYZ 9".to_owned(), ..WishFields::default() },
        WishFields { to: "nowhere".to_owned(), ..WishFields::default() },
        WishFields { to: "guard".to_owned(), ..WishFields::default() },
        WishFields { held: "nothing".to_owned(), ..WishFields::default() },
    ] {
        let refused = college.owner.plan_pathway("Way", &fields.read().unwrap(), NoPlanProgress).await.unwrap_err();
        assert!(matches!(refused, WorkflowError::Refused { .. }), "{refused}");
    }
    assert!(college.owner.plan_pathway("No way", &PlanWishes::default(), NoPlanProgress).await.is_err());
}

async fn way(college: &College) -> (Ctid, u32) {
    let page = college.owner.pathway("Way").await.unwrap();
    (page.head.id, page.revision)
}

fn job() -> ComponentFields {
    ComponentFields {
        kind: "job".to_owned(),
        name: "Support technician".to_owned(),
        condition: "certificate".to_owned(),
        roles: vec!["off-ramp".to_owned()],
        ..ComponentFields::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_added_renamed_refused_and_taken_back() {
    let college = College::new().await;
    let (id, base) = way(&college).await;
    let add = ComponentEdit { base, key: None, fields: job(), reason: None };
    assert_eq!(college.owner.edit_component(&id, &add).await.unwrap(), PathwayEdited::Saved(base + 1));
    let rename = ComponentEdit {
        base: base + 1,
        key: Some("certificate".to_owned()),
        fields: ComponentFields {
            key: "first-award".to_owned(),
            kind: "credential".to_owned(),
            name: "Certificate".to_owned(),
            stands_for: "Security Certificate".to_owned(),
            roles: vec!["off-ramp".to_owned()],
            ..ComponentFields::default()
        },
        reason: None,
    };
    assert_eq!(college.owner.edit_component(&id, &rename).await.unwrap(), PathwayEdited::Saved(base + 2));
    let page = college.owner.pathway("Way").await.unwrap();
    let conditions: Vec<_> = page.components.iter().filter_map(|one| one.condition.as_deref()).collect();
    assert_eq!(conditions, ["first-award"; 3]);
    assert!(page.picture.contains("Support technician"));
    // What others wait for is not taken away; what a form older than somebody's change says is not written.
    assert!(college.owner.remove_component(&id, "first-award", base + 2).await.is_err());
    assert!(college.owner.edit_component(&id, &ComponentEdit { base, ..rename.clone() }).await.is_err());
    let undone = college.owner.undo_pathway(&id, base + 2).await.unwrap();
    assert_eq!(undone, PathwayEdited::Saved(base + 3));
    assert!(college.owner.pathway("Way").await.unwrap().components.iter().any(|one| one.key == "certificate"));
    assert!(college.owner.undo_pathway(&id, base).await.is_err(), "it was changed since");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_written() {
    let college = College::new().await;
    let (id, base) = way(&college).await;
    let fields = ComponentFields {
        key: "degree".to_owned(),
        kind: "wish".to_owned(),
        condition: "certificate and nowhere".to_owned(),
        stands_for: "Nothing".to_owned(),
        readiness: "120".to_owned(),
        wage: "1000".to_owned(),
        embedding: "M99".to_owned(),
        ..ComponentFields::default()
    };
    let edit = ComponentEdit { base, key: None, fields, reason: None };
    let PathwayEdited::Wrong(faults) = college.owner.edit_component(&id, &edit).await.unwrap() else { panic!() };
    let mut fields: Vec<&str> = faults.iter().map(|fault| fault.field).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["condition", "embedding", "key", "kind", "name", "readiness", "wage_source"]);
    assert_eq!(way(&college).await.1, base);
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_twice_changes_nothing_and_faults_are_found_at_their_rows() {
    let college = College::new().await;
    let again = college.import(Kind::Pathway, PATHWAY).await;
    assert!(again.changes.iter().all(|line| line.written == "unchanged"), "{:?}", again.changes);
    let broken = "pathway,key,kind,name,stands_for,condition,roles\n\
        Bad,a,course,A,SEC 1101,b,\nBad,b,course,B,SEC 9,a,\nBad,c,credential,C,Security AAS,,destination\n";
    let answer = college.import(Kind::Pathway, broken).await;
    let mut codes: Vec<&str> = answer.findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        ["pathway.circle", "pathway.circle", "pathway.dead-end", "pathway.dead-end", "reference.component"]
    );
    let unknown = college
        .import(
            Kind::Pathway,
            "pathway,kind,name
Bad,thing,D
",
        )
        .await;
    assert!(!unknown.written && unknown.findings[0].code == "pathway.kind-unknown", "{:?}", unknown.findings);
}
