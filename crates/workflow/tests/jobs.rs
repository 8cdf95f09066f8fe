//! Long work across the end of a server: it is begun again, with the rights its owner has then, and stopped when asked.

use std::time::Duration;

use credway_model::{Account, AccountId, AccountState, Ctid, Grant, Person, Role, Text};
use credway_store::{Credentials, GivenGrant, Job, JobState, Store};
use credway_workflow::{
    ActorStanding, ImportProgress, ImportRequest, JobFailure, Kind, Options, Outcome, Pace, SourceFile, UploadLimits,
    UploadState, WorkItem, Workbench, Worker, WorkflowError,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

const PROGRAMS: &str = "organization,program,award,course\nTest College,Security,AAS,ITSY 1300\n";
const COURSES: &str = "organization,code,title,credits\nTest College,ITSY 1300,Information Security,3\n";
const OUTCOMES: &str = "organization,course,code,kind,statement\n\
    Test College,ITSY 1300,O1,outcome,Configure a firewall to filter network traffic\n";
const BLUEPRINT: &str = "credential,version,domain_code,domain,weight,objective_code,objective\n\
    Harbor Guard,HG-1,1,Networks,100%,,\n\
    Harbor Guard,HG-1,1,Networks,,1.1,Configure a firewall to filter network traffic\n";

struct NoProgress;

impl ImportProgress for NoProgress {
    fn advance(&self, _done: u64, _total: u64) {}
}

fn person(name: &str) -> Person {
    Person(Text::new(name).unwrap())
}

fn request(kind: Kind, content: &str) -> ImportRequest {
    ImportRequest {
        kind,
        file: SourceFile::new(format!("{}.csv", kind.word()), content.as_bytes().to_vec()),
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: None,
    }
}

/// A college in a file, its store, and who has it before them.
struct College {
    _folder: TempDir,
    workbench: Workbench,
    store: Store,
}

impl College {
    async fn new() -> Self {
        Self::with(OUTCOMES, BLUEPRINT).await
    }

    async fn with(outcomes: &str, blueprint: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let database = format!("sqlite:{}", folder.path().join("credway.db").display());
        let workbench = Workbench::open(&Options { database: database.clone(), create: true }).await.unwrap();
        let workbench = workbench.by(&person("Ada"));
        workbench.begin_institution("Test College", None).await.unwrap();
        for (kind, content) in [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, outcomes),
            (Kind::Program, PROGRAMS),
            (Kind::Blueprint, blueprint),
        ] {
            let answer = workbench.import(&request(kind, content), &NoProgress).await.unwrap();
            assert!(answer.written, "{:?}", answer.findings);
        }
        Self { _folder: folder, store: Store::open_existing(&database).await.unwrap(), workbench }
    }

    /// A worker that takes `slots` pieces of work at a time and soon hears the silence of others.
    fn worker(&self, slots: usize) -> Worker {
        let pace = Pace {
            slots,
            poll: Duration::from_millis(50),
            silence: SignedDuration::from_secs(60),
            pauses: [SignedDuration::ZERO; 2],
            ..Pace::default()
        };
        Worker::new(self.workbench.clone(), told, pace)
    }

    async fn ids(&self) -> (Ctid, Ctid, Ctid) {
        let work = self.store.read().await.unwrap();
        let program = work.programs().await.unwrap()[0].clone();
        let blueprint = work.blueprints().await.unwrap()[0].ctid;
        (program.organization, program.ctid, blueprint)
    }

    /// Work that a server was at which is no longer there.
    async fn orphan(&self, attempts: u32) -> String {
        let (_, program, blueprint) = self.ids().await;
        let long_ago = Timestamp::now() - SignedDuration::from_mins(5);
        let job = Job {
            id: format!("orphan-{attempts}"),
            kind: "align".to_owned(),
            payload: format!("{{\"program\":\"{program}\",\"blueprint\":\"{blueprint}\"}}"),
            title: "Aligning".to_owned(),
            owner: None,
            person: person("Ada"),
            origin: None,
            acts: None,
            state: JobState::Running,
            stop: false,
            done: 1,
            total: 2,
            attempts,
            worker: Some("gone".to_owned()),
            heartbeat: Some(long_ago),
            not_before: long_ago,
            result: None,
            failure: None,
            created: long_ago,
            started: Some(long_ago),
            ended: None,
        };
        let work = self.store.write().await.unwrap();
        work.put_job(&job).await.unwrap();
        work.commit().await.unwrap();
        job.id
    }

    /// The workbench in the hands of somebody with an account.
    async fn member(&self, number: u128, role: Option<Role>) -> (Workbench, AccountId) {
        let id: AccountId = format!("00000000-0000-4000-8000-{number:012}").parse().unwrap();
        let account = Account {
            id,
            person: person(&format!("Member {number}")),
            email: None,
            state: AccountState::Active,
            created: Timestamp::now(),
        };
        let work = self.store.write().await.unwrap();
        work.put_account(&account, &Credentials::default()).await.unwrap();
        if let Some(role) = role {
            work.give(&given(id, role, self.ids().await.0)).await.unwrap();
        }
        work.commit().await.unwrap();
        let actor = self.workbench.actor_of(id, Text::new("browser").ok()).await.unwrap();
        assert!(matches!(actor.standing(), ActorStanding::Member { .. }));
        (self.workbench.acting(actor), id)
    }

    async fn ended(&self, worker: &Worker, id: &str) -> WorkItem {
        worker.wait(id, Duration::from_secs(60)).await;
        self.workbench.work_item(id, worker).await.unwrap()
    }
}

fn given(account: AccountId, role: Role, institution: Ctid) -> GivenGrant {
    let grant = Grant { role, institution, program: None };
    GivenGrant { account, grant, origin: "given".to_owned(), by: person("Ada"), at: Timestamp::now() }
}

fn told(error: WorkflowError) -> JobFailure {
    let status = if matches!(error, WorkflowError::Forbidden { .. }) { 403 } else { 422 };
    JobFailure { status, heading: String::new(), message: error.to_string(), hint: String::new(), findings: Vec::new() }
}

fn failure(item: WorkItem) -> JobFailure {
    item.end.unwrap().unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn work_of_a_server_that_was_killed_is_done_by_the_next_but_not_for_ever() {
    let college = College::new().await;
    let (first, last) = (college.orphan(1).await, college.orphan(3).await);
    let worker = college.worker(2);
    worker.set_out();
    let done = college.ended(&worker, &first).await;
    assert_eq!((done.state, done.attempts), (JobState::Done, 2));
    assert!(matches!(done.end, Some(Ok(Outcome::Crosswalk(_)))));
    let failed = college.ended(&worker, &last).await;
    assert_eq!(failed.state, JobState::Failed);
    assert!(failure(failed).message.contains("begun 3 times"));
    let counts = college.workbench.work_counts().await.unwrap();
    assert_eq!((counts[&JobState::Done], counts[&JobState::Failed], counts[&JobState::Queued]), (1, 1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_done_with_the_rights_its_owner_has_when_it_begins() {
    let college = College::new().await;
    let (lead, account) = college.member(1, Some(Role::ProgramLead)).await;
    let (idle, institution) = (college.worker(0), college.ids().await.0);
    let kept = lead.queue_align("Security", "Harbor Guard HG-1", &idle).await.unwrap();
    let worker = college.worker(1);
    worker.set_out();
    assert_eq!(college.ended(&worker, &kept).await.state, JobState::Done);

    worker.leave(Duration::from_secs(5)).await;
    let lost = lead.queue_align("Security", "Harbor Guard HG-1", &idle).await.unwrap();
    let work = college.store.write().await.unwrap();
    work.take(account, &given(account, Role::ProgramLead, institution).grant, "given").await.unwrap();
    work.commit().await.unwrap();
    let worker = college.worker(1);
    worker.set_out();
    let refused = failure(college.ended(&worker, &lost).await);
    assert_eq!(refused.status, 403, "{refused:?}");

    worker.leave(Duration::from_secs(5)).await;
    let (lead, account) = college.member(2, Some(Role::ProgramLead)).await;
    let late = lead.queue_align("Security", "Harbor Guard HG-1", &idle).await.unwrap();
    let work = college.store.write().await.unwrap();
    let (mut suspended, credentials) = work.account(account).await.unwrap().unwrap();
    suspended.state = AccountState::Suspended;
    work.put_account(&suspended, &credentials).await.unwrap();
    work.commit().await.unwrap();
    let worker = college.worker(1);
    worker.set_out();
    let refused = failure(college.ended(&worker, &late).await);
    assert!(refused.message.contains("suspended"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limited_token_limits_the_work_too_and_strangers_find_nothing() {
    let college = College::new().await;
    let (lead, _) = college.member(1, Some(Role::ProgramLead)).await;
    let (stranger, _) = college.member(2, Some(Role::ProgramLead)).await;
    let (administrator, _) = college.member(3, Some(Role::Administrator)).await;
    let idle = college.worker(0);
    let work = lead.queue_align("Security", "Harbor Guard HG-1", &idle).await.unwrap();
    assert!(lead.work_item(&work, &idle).await.unwrap().own);
    let items = |of: Workbench| {
        let idle = idle.clone();
        async move { of.work_items(&idle).await.unwrap().len() }
    };
    assert_eq!(
        (items(lead.clone()).await, items(stranger.clone()).await, items(administrator.clone()).await),
        (1, 0, 1)
    );
    assert!(!administrator.work_item(&work, &idle).await.unwrap().own);
    let said = |error: WorkflowError, id: &str| error.to_string().replace(id, "");
    let theirs = said(stranger.work_item(&work, &idle).await.unwrap_err(), &work);
    assert_eq!(theirs, said(stranger.work_item("none", &idle).await.unwrap_err(), "none"));
    assert!(stranger.stop_work(&work, &idle).await.is_err());
    assert_eq!(lead.work_item(&work, &idle).await.unwrap().state, JobState::Queued);
    lead.stop_work(&work, &idle).await.unwrap();
    assert_eq!(lead.work_item(&work, &idle).await.unwrap().state, JobState::Cancelled);

    let acts = vec![credway_model::Action::Align, credway_model::Action::ReadCatalogue];
    let limited = lead.acting(lead.actor().clone().only(acts));
    limited.queue_align("Security", "Harbor Guard HG-1", &idle).await.unwrap();
    let jobs = college.store.read().await.unwrap().jobs(credway_store::JobsOf::Everybody, 1).await.unwrap();
    assert_eq!(jobs[0].acts.as_ref().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_ends_in_order_puts_its_work_back() {
    let (mut outcomes, mut blueprint) = (OUTCOMES.to_owned(), BLUEPRINT.to_owned());
    for number in 2..400 {
        outcomes +=
            &format!("Test College,ITSY 1300,O{number},outcome,Explain matter {number} of networks and hosts\n");
        blueprint += &format!("Harbor Guard,HG-1,1,Networks,,1.{number},Compare the matters {number} of hosts\n");
    }
    let college = College::with(&outcomes, &blueprint).await;
    let worker = college.worker(1);
    let work = college.workbench.queue_align("Security", "Harbor Guard HG-1", &worker).await.unwrap();
    while college.workbench.work_item(&work, &worker).await.unwrap().state == JobState::Queued {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    worker.leave(Duration::from_secs(30)).await;
    let left = college.workbench.work_item(&work, &worker).await.unwrap();
    assert_eq!((left.state, left.attempts), (JobState::Queued, 0), "it was broken off in order");
    let next = college.worker(1);
    next.set_out();
    assert_eq!(college.ended(&next, &work).await.state, JobState::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_outlives_the_server_and_is_its_owners_alone() {
    let college = College::new().await;
    let more = COURSES.replace("ITSY 1300,Information Security", "ITSY 2301,Firewalls");
    let (lead, _) = college.member(1, Some(Role::Administrator)).await;
    let (stranger, _) = college.member(2, Some(Role::Administrator)).await;
    let limits = UploadLimits { largest_file: 1_000, waiting_per_person: more.len() };
    let token = lead.keep_upload(&request(Kind::Courses, &more), limits).await.unwrap();
    let much = lead.keep_upload(&request(Kind::Courses, &more), limits).await.unwrap_err().to_string();
    assert!(much.contains("1 of your files") && much.contains("/work"), "{much}");
    assert!(stranger.keep_upload(&request(Kind::Courses, &more), limits).await.is_ok(), "their own does not count");
    let large = UploadLimits { largest_file: 10, waiting_per_person: 1_000 };
    assert!(lead.keep_upload(&request(Kind::Courses, &more), large).await.is_err());

    let first = college.worker(1);
    let reading = lead.queue_reading(&token, &first).await.unwrap().unwrap();
    assert_eq!(college.ended(&first, &reading).await.state, JobState::Done);
    let read = lead.upload(&token).await.unwrap().unwrap();
    assert_eq!(read.state, UploadState::Read);
    assert_eq!(first.prepared(&token, read.version).unwrap().answer.counts, (1, 0, 0));
    first.leave(Duration::from_secs(5)).await;

    let second = college.worker(1);
    assert!(stranger.upload(&token).await.unwrap().is_none());
    assert!(stranger.queue_reading(&token, &second).await.unwrap().is_none());
    assert!(stranger.queue_import(&token, &second).await.unwrap().is_none());
    stranger.forget_upload(&token, &second).await.unwrap();
    assert!(second.prepared(&token, read.version).is_none(), "another server has not read it");
    let again = lead.queue_reading(&token, &second).await.unwrap().unwrap();
    assert_eq!(college.ended(&second, &again).await.state, JobState::Done);
    assert!(second.prepared(&token, read.version).is_some());
    let import = lead.queue_import(&token, &second).await.unwrap().unwrap();
    assert_eq!(lead.queue_import(&token, &second).await.unwrap().as_ref(), Some(&import), "begun once");
    assert_eq!(college.ended(&second, &import).await.state, JobState::Done);
    let written = lead.upload(&token).await.unwrap().unwrap();
    assert_eq!(written.state, UploadState::Written);
    assert_eq!(written.answer().unwrap().unwrap().counts, (1, 0, 0));
    assert!(lead.keep_upload(&request(Kind::Courses, &more), limits).await.is_ok(), "what is imported does not count");
}
