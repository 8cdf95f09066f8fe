//! A pathway of a small college: imported, found wanting, planned by hand-worked figures; changed by hand in `editing`.

mod editing;

use credway_import::NoProgress;
use credway_model::{Person, Text};
use credway_workflow::{
    ImportAnswer, ImportRequest, Kind, NoPlanProgress, Options, PathwayPlan, PlanProgress, PlanWishes, PlansCompared,
    SourceFile, WishFields, Workbench, WorkflowError,
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
    let (own, other, heard) = (("Part", &part), ("Full", &usual), [NoPlanProgress, NoPlanProgress]);
    let PlansCompared::Both(compared) = college.owner.compare_plans("Way", own, other, heard).await.unwrap() else {
        panic!()
    };
    let months = compared.figures.iter().find(|line| line.what == "To the destination").unwrap();
    // One course a term: SEC 1101, NET 1101 …, five terms of study with a summer or two between.
    assert!(months.first == Some(9.0) && months.difference > Some(6.0), "{months:?}");
    assert!(!compared.courses.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_that_lead_nowhere_are_refused_with_a_hint() {
    let college = College::new().await;
    for fields in [
        WishFields { to: "nowhere".to_owned(), ..WishFields::default() },
        WishFields { to: "guard".to_owned(), ..WishFields::default() },
    ] {
        let refused = college.owner.plan_pathway("Way", &fields.read().unwrap(), NoPlanProgress).await.unwrap_err();
        assert!(matches!(refused, WorkflowError::Refused { .. }), "{refused}");
    }
    assert!(college.owner.plan_pathway("No way", &PlanWishes::default(), NoPlanProgress).await.is_err());
}

/// Whoever waits for a plan, until time is over.
struct Over(bool);

impl PlanProgress for Over {
    fn ended(&mut self, _: &'static str, _: bool) {}

    fn cancelled(&self) -> bool {
        self.0
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_plan_is_not_lost_where_the_other_is_late() {
    let college = College::new().await;
    let usual = PlanWishes::default();
    let part = WishFields { most: "3".to_owned(), ..WishFields::default() }.read().unwrap();
    let (own, other) = (("Part", &part), ("Full", &usual));
    let alone = college.owner.compare_plans("Way", own, other, [Over(false), Over(true)]).await.unwrap();
    let PlansCompared::OwnAlone(plan) = alone else { panic!("{alone:?}") };
    assert!(plan.found && plan.proved() && plan.terms.iter().all(|term| term.credits <= 3.0), "{plan:#?}");
    let late = college.owner.compare_plans("Way", own, other, [Over(true), Over(false)]).await.unwrap_err();
    assert!(matches!(late, WorkflowError::Late), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_not_there_are_said_at_their_fields() {
    let college = College::new().await;
    let wishes = WishFields {
        done: "SEC 1101, XYZ 9".to_owned(),
        want: "XYZ 8".to_owned(),
        drop: "XYZ 7 in fall, SEC 1102 in fall".to_owned(),
        held: "nothing, certificate".to_owned(),
        require: "guard, certificate".to_owned(),
        ..WishFields::default()
    };
    let refused = college.owner.plan_pathway("Way", &wishes.read().unwrap(), NoPlanProgress).await.unwrap_err();
    let WorkflowError::Wishes(faults) = refused else { panic!("{refused}") };
    let said: Vec<(&str, bool)> = faults
        .iter()
        .zip(["XYZ 9", "XYZ 8", "XYZ 7", "nothing", "certificate"])
        .map(|(fault, name)| (fault.field, fault.message.contains(name)))
        .collect();
    assert_eq!(said, ["done", "want", "drop", "held", "require"].map(|field| (field, true)), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn why_there_is_no_plan_is_told_in_credits_and_terms_of_the_calendar() {
    let college = College::new().await;
    let half = "code,title,credits,prerequisites,terms_offered\nSEC 1190,Seminar,1.5,,fall;spring;summer\n";
    assert!(college.import(Kind::Courses, half).await.written);
    // Five courses of 3 credits and the seminar take six terms of at most 3.
    let wishes = WishFields {
        want: "SEC 1190".to_owned(),
        most: "3".to_owned(),
        terms: "3".to_owned(),
        ..WishFields::default()
    };
    let plan = college.plan(wishes).await;
    let no_plan = plan.no_plan.unwrap();
    let rules: Vec<&str> = no_plan.conflict.iter().map(|rule| rule.sentence.as_str()).collect();
    assert!(rules.contains(&"You hold Degree by the end of summer 2028."), "{rules:?}");
    for rule in
        rules.iter().chain(no_plan.ways_out.iter().flatten().map(|rule| &*rule.sentence).collect::<Vec<_>>().iter())
    {
        assert!(!rule.contains(" term ") && !rule.contains("30 credits"), "{rule}");
        assert!(!rule.contains("You take at most") || rule.contains("at most 3 credits in"), "{rule}");
    }
    let longer = no_plan.loosenings.iter().find(|line| line.contains("more terms")).unwrap();
    assert!(longer.ends_with("you could hold Degree by the end of summer 2029."), "{longer}");
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
