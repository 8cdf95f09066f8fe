//! Sign-offs: from begun to approved, what is refused, what a change makes, and that what was signed cannot be bent.

use credway_import::NoProgress;
use credway_model::{
    Account, AccountId, AccountState, Ctid, Grant, Person, Role, SignoffPlan, SignoffStep, StepAsks, Strength, Text,
    Verdict,
};
use credway_store::{Credentials, GivenGrant, Store};
use credway_workflow::{
    Actor, DEFAULT_LIMITS, DecideRequest, DelegateRequest, ImportRequest, Kind, Options, ReportForm,
    SignRequest, SigningRight, SourceFile, Workbench, WorkflowError,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, Database};

const FULL: Verdict = Verdict::Accepted(Strength::Full);
const COURSES: &str = "code,title,credits\nSEC 110,Defence,3\n";
const OUTCOMES: &str = "course,code,statement\nSEC 110,O1,Configure a firewall\nSEC 110,O2,Read a log\n";
const PROGRAM: &str = "program,course\nSecurity,SEC 110\n";
const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure firewalls\n\
    Guard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";

fn person(name: &str) -> Person {
    Person(text(name))
}

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

fn day(day: &str) -> Date {
    day.parse().unwrap()
}

/// The moment of all tests: Nov 23, 2026.
fn clock() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// Eight months later.
fn later() -> Timestamp {
    "2027-07-23T12:00:00Z".parse().unwrap()
}

/// A college with one course against one exam, aligned and decided; its folder goes with it.
struct College {
    workbench: Workbench,
    crosswalk: Ctid,
    institution: Ctid,
    url: String,
    folder: tempfile::TempDir,
}

impl College {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("signoff.db").display());
        let workbench = Self::open(&url, clock).await;
        let institution = workbench.by(&person("Ada")).begin_institution("Pier College", None).await.unwrap().id;
        let crosswalk = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let mut college = Self { workbench, crosswalk, institution, url, folder };
        let files =
            [(Kind::Courses, COURSES), (Kind::Outcomes, OUTCOMES), (Kind::Program, PROGRAM), (Kind::Blueprint, BLUEPRINT)];
        for (kind, words) in files {
            college.import(kind, words).await.unwrap();
        }
        let owner = college.workbench.by(&person("Ada"));
        college.crosswalk = owner.align("Security", "Guard", DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
        college.decide("Ada", "1.1", "O1", FULL).await.unwrap();
        college
    }

    async fn open(url: &str, clock: fn() -> Timestamp) -> Workbench {
        Workbench::open_at(&Options { database: url.to_owned(), create: true }, clock).await.unwrap()
    }

    async fn import(&self, kind: Kind, words: &str) -> Result<bool, WorkflowError> {
        let request = ImportRequest {
            kind,
            file: SourceFile::new("file.csv".to_owned(), words.as_bytes().to_vec()),
            mapping: None,
            organization: None,
            into: None,
            accept: vec!["blueprint.weights-total".to_owned()],
            reason: None,
        };
        Ok(self.workbench.by(&person("Ada")).import(&request, &NoProgress).await?.written)
    }

    async fn decide(&self, who: &str, code: &str, outcome: &str, verdict: Verdict) -> Result<(), WorkflowError> {
        let workbench = self.workbench.by(&person(who));
        let target = workbench.find_objective(&self.crosswalk, code).await?;
        let statement = workbench.find_outcome(&self.crosswalk, &format!("SEC 110/{outcome}")).await?;
        let request = DecideRequest { statement, target, verdict, level: None, reason: None, settles: false };
        workbench.decide(&self.crosswalk, request).await.map(drop)
    }

    /// An account with these roles at the college, and the workbench in its hands.
    async fn member(&self, name: &str, roles: &[Role]) -> Workbench {
        let id = account(name);
        let store = Store::open(&self.url).await.unwrap();
        let work = store.write().await.unwrap();
        let made = Account { id, person: person(name), email: None, state: AccountState::Active, created: clock() };
        work.put_account(&made, &Credentials::default()).await.unwrap();
        let grants: Vec<Grant> =
            roles.iter().map(|role| Grant { role: *role, institution: self.institution, program: None }).collect();
        for grant in &grants {
            let given =
                GivenGrant { account: id, grant: *grant, origin: "given".to_owned(), by: person("Ada"), at: clock() };
            work.give(&given).await.unwrap();
        }
        work.commit().await.unwrap();
        store.close().await.unwrap();
        self.workbench.acting(Actor::member(person(name), id, grants, None))
    }

    /// The people of the usual steps: reviewer, lead, registrar, dean.
    async fn people(&self) -> [Workbench; 4] {
        [
            self.member("Fay", &[Role::FacultyReviewer]).await,
            self.member("Lee", &[Role::ProgramLead]).await,
            self.member("Rae", &[Role::Registrar]).await,
            self.member("Dee", &[Role::Dean]).await,
        ]
    }

    /// Begun by Lee and signed by everybody; the sign-off's identifier.
    async fn approved(&self, people: &[Workbench; 4]) -> Ctid {
        let id = people[1].begin_signoff(&self.crosswalk, None, None).await.unwrap();
        for (signer, date) in
            [(&people[0], None), (&people[1], None), (&people[2], None), (&people[3], None), (&people[2], Some("2026-11-20"))]
        {
            sign(signer, &id, date).await.unwrap();
        }
        assert_eq!(people[0].signoff(&id).await.unwrap().head.state, "approved");
        id
    }

    /// What somebody does who can write to the database itself.
    async fn by_hand(&self, statements: &[&str]) {
        let connection = Database::connect(&self.url).await.unwrap();
        for statement in statements {
            connection.execute_unprepared(statement).await.unwrap();
        }
        connection.close().await.unwrap();
    }
}

fn account(name: &str) -> AccountId {
    let bytes: Vec<u8> = name.bytes().chain(std::iter::repeat(b'.')).take(16).collect();
    AccountId::from_uuid(uuid::Uuid::from_slice(&bytes).unwrap())
}

async fn request(signer: &Workbench, id: &Ctid, date: Option<&str>) -> SignRequest {
    let page = signer.signoff(id).await.unwrap();
    SignRequest { step: page.turn.unwrap_or(0), digest: page.digest, right: None, date: date.map(day), note: None }
}

async fn sign(signer: &Workbench, id: &Ctid, date: Option<&str>) -> Result<(), WorkflowError> {
    signer.sign_signoff(id, request(signer, id, date).await).await
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, WorkflowError>, words: &str) {
    let error = result.unwrap_err();
    assert!(matches!(error, WorkflowError::Refused { .. }), "{error:?}");
    assert!(error.to_string().contains(words), "“{words}” is not in: {error}");
}

#[tokio::test]
async fn from_begun_to_approved_and_to_the_next_revision() {
    let college = College::new().await;
    let people = college.people().await;
    let lead = &people[1];
    let ready = lead.prepare_signoff(&college.crosswalk).await.unwrap();
    assert!(ready.ready && ready.before.is_none(), "{:?}", ready.checks);
    let id = college.approved(&people).await;
    let page = people[0].signoff(&id).await.unwrap();
    assert_eq!((page.digest.as_str(), page.head.revision), (ready.digest.as_str(), 1));
    assert_eq!((page.since.len(), page.faults.len()), (0, 0));
    assert_eq!(page.steps[4].signatures[0].date.as_deref(), Some("2026-11-20"));
    assert_eq!(page.figures.coverage, Some(60.0));

    // Nothing of it can be changed while it is approved.
    refused(college.decide("Ada", "2.1", "O2", FULL).await, "is approved and stays as it is; reopen it");
    let owner = college.workbench.by(&person("Ada"));
    refused(owner.align("Security", "Guard", DEFAULT_LIMITS, &()).await, "is approved");
    let (statement, target) = (
        owner.find_outcome(&college.crosswalk, "SEC 110/O1").await.unwrap(),
        owner.find_objective(&college.crosswalk, "1.1").await.unwrap(),
    );
    refused(owner.undo(&college.crosswalk, statement, target).await, "is approved");
    let decisions = "program,blueprint,course,outcome,objective,decision,strength\n\
        Security,Guard,SEC 110,O2,2.1,accept,full\n";
    refused(college.import(Kind::Decisions, decisions).await, "is approved");
    refused(lead.begin_signoff(&college.crosswalk, None, None).await, "is approved");

    // A course that is edited does not change what was approved; the page says what differs.
    college.import(Kind::Outcomes, &OUTCOMES.replace("Read a log", "Read an event log")).await.unwrap();
    let page = people[0].signoff(&id).await.unwrap();
    let since = page.since.iter().filter(|one| one.part == "Course statements");
    let since: Vec<_> = since.map(|one| (one.what.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
    assert_eq!(since, [("SEC 110 O2", Some("Read a log"), Some("Read an event log"))]);
    assert_eq!(page.digest, ready.digest);

    lead.reopen_signoff(&id, text("logs are taught now")).await.unwrap();
    refused(lead.reopen_signoff(&id, text("again")).await, "only what was approved is reopened");
    college.decide("Ada", "2.1", "O2", FULL).await.unwrap();
    let next = lead.prepare_signoff(&college.crosswalk).await.unwrap();
    let (revision, changes) = next.before.unwrap();
    assert_eq!(revision, 1);
    let said: Vec<String> = changes
        .iter()
        .map(|one| format!("{}: {}: {:?} → {:?}", one.part, one.what, one.before, one.after))
        .collect();
    for expected in [
        "Course statements: SEC 110 O2: Some(\"Read a log\") → Some(\"Read an event log\")",
        "Decisions: SEC 110 O2 → 2.1: None → Some(\"accepted in full; by Ada (decision 2)\")",
        "Coverage: Whole exam: Some(\"60.0 %\") → Some(\"100.0 %\")",
        "Coverage: Domain 2: Some(\"0.0 %\") → Some(\"100.0 %\")",
    ] {
        assert!(said.iter().any(|line| line == expected), "{expected} is not in {said:#?}");
    }
    let second = lead.begin_signoff(&college.crosswalk, Some(&next.digest), None).await.unwrap();
    let page = lead.signoff(&second).await.unwrap();
    assert_eq!((page.head.revision, page.before.unwrap().0), (2, 1));
    let first = lead.signoff(&id).await.unwrap();
    assert_eq!((first.head.state, first.digest), ("reopened", ready.digest), "what was approved stays");
    let store = Store::open(&college.url).await.unwrap();
    let audit = store.read().await.unwrap().audit().await.unwrap();
    assert_eq!(audit.broken, None);
    assert!(lead.verify_signoffs(None).await.unwrap().iter().all(|one| one.faults.is_empty()));
}

#[tokio::test]
async fn who_may_sign_what() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, rae, dee] = &people;
    let advisor = college.member("Avi", &[Role::Advisor]).await;
    assert!(matches!(
        fay.begin_signoff(&college.crosswalk, None, None).await,
        Err(WorkflowError::Forbidden { .. })
    ));
    refused(lee.begin_signoff(&college.crosswalk, Some("0"), None).await, "no longer what would be signed");
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    assert_eq!(fay.signoffs().await.unwrap().waiting.len(), 1);
    assert_eq!((dee.signoffs().await.unwrap().waiting.len(), lee.signoffs().await.unwrap().begun.len()), (0, 1));
    refused(sign(dee, &id, None).await, "this step is signed by Faculty reviewer");
    assert!(matches!(sign(&advisor, &id, None).await, Err(WorkflowError::Forbidden { .. })));
    let stale = SignRequest { digest: "0".repeat(64), ..request(fay, &id, None).await };
    refused(fay.sign_signoff(&id, stale).await, "what you read is no longer what would be signed");
    let other = SignRequest { step: 3, ..request(dee, &id, None).await };
    refused(dee.sign_signoff(&id, other).await, "not this step’s turn");
    sign(fay, &id, None).await.unwrap();
    let again = SignRequest { step: 0, ..request(fay, &id, None).await };
    refused(fay.sign_signoff(&id, again).await, "not this step’s turn");
    sign(lee, &id, None).await.unwrap();
    // At another institution, or in another program, the role counts for nothing.
    let elsewhere: Ctid = "ce-00000000-0000-4000-8000-000000000009".parse().unwrap();
    for grant in [
        Grant { role: Role::Registrar, institution: elsewhere, program: None },
        Grant { role: Role::Registrar, institution: college.institution, program: Some(elsewhere) },
    ] {
        let stranger = college.workbench.acting(Actor::member(person("Sol"), account("Sol"), vec![grant], None));
        assert!(matches!(stranger.signoff(&id).await, Err(WorkflowError::Hidden)));
        let given = request(rae, &id, None).await;
        assert!(matches!(stranger.sign_signoff(&id, given).await, Err(WorkflowError::Forbidden { .. })));
    }
    sign(rae, &id, None).await.unwrap();
    sign(dee, &id, None).await.unwrap();
    refused(sign(dee, &id, None).await, "asks for the day");
    refused(sign(dee, &id, Some("2026-11-24")).await, "is to come");
    sign(dee, &id, Some("2026-11-20")).await.unwrap();
    refused(sign(dee, &id, None).await, "waits for no signature");
}

#[tokio::test]
async fn a_quorum_takes_as_many_people_and_nobody_twice() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, ..] = &people;
    let gus = college.member("Gus", &[Role::FacultyReviewer, Role::Dean]).await;
    let step = |title: &str, role, quorum| SignoffStep {
        title: text(title),
        roles: vec![role],
        quorum,
        asks: StepAsks::Signature,
    };
    let steps = vec![step("Faculty", Role::FacultyReviewer, 2), step("Dean", Role::Dean, 1)];
    let plan = SignoffPlan::new(steps.clone(), false).unwrap();
    assert!(matches!(fay.set_signoff_plan(&college.institution, &plan).await, Err(WorkflowError::Forbidden { .. })));
    lee.set_signoff_plan(&college.institution, &plan).await.unwrap();
    assert!(lee.signoff_plans().await.unwrap()[0].set);
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    // The plan may change: this sign-off keeps the one it began with.
    lee.set_signoff_plan(&college.institution, &SignoffPlan::new(steps[..1].to_vec(), true).unwrap()).await.unwrap();
    sign(fay, &id, None).await.unwrap();
    assert_eq!(fay.signoffs().await.unwrap().waiting.len(), 0, "it waits for others");
    refused(sign(fay, &id, None).await, "Fay has signed this step already");
    sign(&gus, &id, None).await.unwrap();
    assert_eq!(gus.signoff(&id).await.unwrap().turn, Some(1));
    refused(sign(&gus, &id, None).await, "Gus has signed step “Faculty”");
    sign(&people[3], &id, None).await.unwrap();
    assert_eq!(fay.signoff(&id).await.unwrap().head.state, "approved");
}

#[tokio::test]
async fn a_return_makes_later_signatures_void_and_the_beginning_opens_it() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, rae, _] = &people;
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    refused(fay.return_signoff(&id, Some(0), text("x")).await, "a step before this one");
    sign(fay, &id, None).await.unwrap();
    sign(lee, &id, None).await.unwrap();
    refused(fay.return_signoff(&id, Some(0), text("x")).await, "signed by Registrar");
    rae.return_signoff(&id, Some(1), text("the credits are wrong")).await.unwrap();
    let page = rae.signoff(&id).await.unwrap();
    assert_eq!(page.turn, Some(1));
    assert_eq!((page.steps[0].signatures[0].void, page.steps[1].signatures[0].void), (false, true));
    assert_eq!(page.events[0].reason, "the credits are wrong");
    sign(lee, &id, None).await.unwrap();
    refused(college.decide("Ada", "2.1", "O2", FULL).await, "is being signed and waits for “Registrar”");
    rae.return_signoff(&id, None, text("logs are missing")).await.unwrap();
    assert_eq!(rae.signoff(&id).await.unwrap().head.state, "returned");
    let again = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    assert_eq!(lee.signoff(&again).await.unwrap().head.revision, 1, "the same content is the same revision");
    lee.return_signoff(&again, None, text("too early")).await.unwrap();
    college.decide("Ada", "2.1", "O2", FULL).await.unwrap();
    let third = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    let page = lee.signoff(&third).await.unwrap();
    assert_eq!((page.head.revision, page.before.is_none()), (2, true), "nothing was approved before");
}

#[tokio::test]
async fn a_delegation_lets_sign_between_its_days_for_as_long_as_it_stands() {
    let college = College::new().await;
    let people = college.people().await;
    let [fay, lee, rae, dee] = &people;
    let give = |to: &str, role, first: &str, last: &str| DelegateRequest {
        to: to.to_owned(),
        role,
        institution: college.institution,
        program: None,
        first: day(first),
        last: day(last),
    };
    refused(dee.delegate(&give("Lee", Role::Registrar, "2026-11-01", "2026-11-30")).await, "not yours to give");
    refused(dee.delegate(&give("Nobody", Role::Dean, "2026-11-01", "2026-11-30")).await, "nobody else here");
    refused(dee.delegate(&give("Rae", Role::Dean, "2026-12-01", "2026-11-30")).await, "run backwards");
    college.member("Avi", &[Role::Advisor]).await;
    refused(dee.delegate(&give("Avi", Role::Dean, "2026-11-01", "2026-11-30")).await, "does not sign at that");
    let id = lee.begin_signoff(&college.crosswalk, None, None).await.unwrap();
    for signer in [fay, lee, rae] {
        sign(signer, &id, None).await.unwrap();
    }
    let sub = college.member("Sub", &[Role::FacultyReviewer]).await;
    refused(sign(&sub, &id, None).await, "signed by Dean");
    dee.delegate(&give("Sub", Role::Dean, "2026-11-24", "2026-11-30")).await.unwrap();
    refused(sign(&sub, &id, None).await, "signed by Dean");
    dee.delegate(&give("Sub", Role::Dean, "2026-11-01", "2026-11-23")).await.unwrap();
    let rights = sub.signoff(&id).await.unwrap().rights;
    assert_eq!(rights.iter().map(|right| right.on_behalf_of.clone()).collect::<Vec<_>>(), [Some(person("Dee"))]);
    // Rae, who signed as registrar, may not be the dean's hand in the same sign-off.
    dee.delegate(&give("Rae", Role::Dean, "2026-11-01", "2026-11-30")).await.unwrap();
    refused(sign(rae, &id, None).await, "Rae has signed step “Registrar”");
    // Another's delegation is nobody else's.
    let stolen = SigningRight { on_behalf_of: None, ..rights[0].clone() };
    let wrong = SignRequest { right: Some(stolen), ..request(fay, &id, None).await };
    refused(fay.sign_signoff(&id, wrong).await, "signed by Dean");
    // Withdrawn, it holds no more; eight months later it is over.
    let lines = dee.delegations().await.unwrap().lines;
    let own = lines.iter().find(|line| line.to == "Sub" && line.holds).unwrap().delegation.id.clone();
    assert!(matches!(sub.withdraw_delegation(&own).await, Err(WorkflowError::NotFound { .. })));
    let then = College::open(&college.url, later).await;
    let grants = vec![Grant { role: Role::FacultyReviewer, institution: college.institution, program: None }];
    let sub_then = then.acting(Actor::member(person("Sub"), account("Sub"), grants, None));
    assert!(sub_then.signoff(&id).await.unwrap().rights.is_empty());
    let chosen = SignRequest { right: Some(rights[0].clone()), ..request(&sub, &id, None).await };
    sub.sign_signoff(&id, chosen).await.unwrap();
    let page = sub.signoff(&id).await.unwrap();
    let signature = &page.steps[3].signatures[0];
    assert_eq!((signature.person.as_str(), signature.on_behalf_of.as_deref()), ("Sub", Some("Dee")));
    dee.withdraw_delegation(&own).await.unwrap();
    refused(dee.withdraw_delegation(&own).await, "withdrawn already");
    assert!(sub.signoff(&id).await.unwrap().rights.is_empty());
    drop(college.folder);
}

#[tokio::test]
async fn what_is_known_to_bounce_does_not_begin() {
    let college = College::new().await;
    let lead = college.member("Lee", &[Role::ProgramLead]).await;
    college.decide("Ben", "1.1", "O1", Verdict::Rejected).await.unwrap();
    let error = lead.begin_signoff(&college.crosswalk, None, None).await.unwrap_err();
    let WorkflowError::Findings(findings) = error else { panic!("{error:?}") };
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert!(codes.contains(&"signoff.disputed") && codes.contains(&"signoff.nothing-accepted"), "{codes:?}");
    assert!(codes.iter().all(|code| credway_workflow::finding_codes().iter().any(|(known, _)| known == code)));
    college.decide("Ben", "1.1", "O1", FULL).await.unwrap();
    assert!(college.import(Kind::Blueprint, &BLUEPRINT.replace("40%", "30%")).await.unwrap());
    let checks = lead.prepare_signoff(&college.crosswalk).await.unwrap().checks;
    let weights = checks.iter().find(|check| check.code == "signoff.weights").unwrap();
    assert_eq!(weights.message, "The weights come to 90 %, not 100 %.");
}

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
    college.by_hand(&[&unbend, "DROP TRIGGER signoff_entry_no_update", "UPDATE signoff_entry SET role = 'dean' WHERE number = 1"]).await;
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
async fn the_reports_say_who_signed_what() {
    let college = College::new().await;
    let owner = college.workbench.by(&person("Ada"));
    let plain = owner.export_coverage(&college.crosswalk, ReportForm::Html).await.unwrap();
    assert!(!String::from_utf8(plain.bytes).unwrap().contains("Sign-off"), "none was begun");
    let people = college.people().await;
    let id = college.approved(&people).await;
    let page = owner.signoff(&id).await.unwrap();
    let coverage = owner.export_coverage(&college.crosswalk, ReportForm::Html).await.unwrap();
    let crosswalk = owner.crosswalk_preview(&college.crosswalk).await.unwrap();
    for html in [String::from_utf8(coverage.bytes).unwrap(), crosswalk.html] {
        for expected in ["Sign-off", "Revision 1: approved.", "Fay", "Registrar", "decided on", &page.digest, &page.history.1]
        {
            assert!(html.contains(expected), "{expected} is not in {html}");
        }
        assert!(!html.contains("differs from what was"));
    }
    college.import(Kind::Outcomes, &OUTCOMES.replace("Read a log", "Read an event log")).await.unwrap();
    let html = owner.coverage_preview(&college.crosswalk).await.unwrap().html;
    assert!(html.contains("differs from what was approved as revision 1"), "{html}");
    for form in [ReportForm::Pdf, ReportForm::Docx, ReportForm::Xlsx] {
        assert!(!owner.export_coverage(&college.crosswalk, form).await.unwrap().bytes.is_empty());
    }
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
