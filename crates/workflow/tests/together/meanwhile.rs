//! Rights that are lost while long work goes on are lost for what it would have written.

use credway_import::Progress;
use credway_model::{AccountId, AccountState, Action, Role};
use credway_store::Store;
use credway_workflow::{DEFAULT_LIMITS, ImportRequest, Kind, Pace, SourceFile, Worker, WorkflowError};

use crate::college::{College, account, is_forbidden};

const MORE: &str = "code,title,credits\nSEC 990,More,3\n";

/// What becomes of somebody as soon as the file is read, or the engine is at work.
struct Meanwhile {
    database: String,
    account: AccountId,
    suspended: bool,
}

impl Meanwhile {
    fn strike(&self) {
        let (database, account, suspended) = (self.database.clone(), self.account, self.suspended);
        let write = move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let store = Store::open_existing(&database).await.unwrap();
                let work = store.write().await.unwrap();
                if suspended {
                    let (mut there, credentials) = work.account(account).await.unwrap().unwrap();
                    there.state = AccountState::Suspended;
                    work.put_account(&there, &credentials).await.unwrap();
                }
                for given in work.grants(account).await.unwrap() {
                    if !suspended {
                        work.take(account, &given.grant, &given.origin).await.unwrap();
                    }
                }
                work.commit().await.unwrap();
            });
        };
        std::thread::spawn(write).join().unwrap();
    }
}

impl Progress for Meanwhile {
    fn advance(&self, done: u64, total: u64) {
        if done >= total {
            self.strike();
        }
    }
}

impl credway_align::Progress for Meanwhile {
    fn advance(&self, _done: u64, _total: u64) {
        self.strike();
    }
}

fn more() -> ImportRequest {
    let file = SourceFile::new("more.csv".to_owned(), MORE.as_bytes().to_vec());
    let (kind, accept) = (Kind::Courses, Vec::new());
    ImportRequest { kind, file, mapping: None, organization: None, into: None, accept, reason: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_or_demoted_while_a_file_is_read_writes_nothing() {
    let college = College::new().await;
    let before = college.store.read().await.unwrap().sources().await.unwrap().len();
    for (name, suspended) in [("Lena Lead", true), ("Dora Demoted", false)] {
        let lead = college.member(name, Role::ProgramLead).await;
        let meanwhile = Meanwhile { database: college.database.clone(), account: account(name), suspended };
        let refused = lead.import(&more(), &meanwhile).await;
        if suspended {
            assert!(refused.unwrap_err().to_string().contains("suspended"));
        } else {
            assert!(is_forbidden(&refused));
        }
    }
    assert_eq!(college.store.read().await.unwrap().sources().await.unwrap().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_or_demoted_while_the_engine_works_writes_nothing() {
    let college = College::new().await;
    for (name, suspended) in [("Lena Lead", true), ("Dora Demoted", false)] {
        let lead = college.member(name, Role::ProgramLead).await;
        let before = college.owner.history(&Default::default()).await.unwrap().len();
        let meanwhile = Meanwhile { database: college.database.clone(), account: account(name), suspended };
        let refused = lead.align("Security", "Guard", DEFAULT_LIMITS, &meanwhile).await;
        if suspended {
            assert!(refused.unwrap_err().to_string().contains("suspended"));
        } else {
            assert!(matches!(refused, Err(WorkflowError::Forbidden { action: Action::Align, .. })));
        }
        assert_eq!(college.owner.history(&Default::default()).await.unwrap().len(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_queues_work_without_end() {
    let college = College::new().await;
    let lead = college.member("Lena Lead", Role::ProgramLead).await;
    let other = college.member("Olga Other", Role::ProgramLead).await;
    let idle =
        Worker::new(college.owner.clone(), |_| unreachable!("it is at no work"), Pace { slots: 0, ..Pace::default() });
    let mut last = String::new();
    for _ in 0..20 {
        last = lead.queue_align("Security", "Guard", &idle).await.unwrap();
    }
    let refused = lead.queue_align("Security", "Guard", &idle).await.unwrap_err().to_string();
    assert!(refused.contains("20 pieces of your work"), "{refused}");
    assert!(other.queue_align("Security", "Guard", &idle).await.is_ok(), "theirs are their own");
    let work = college.store.write().await.unwrap();
    work.stop_job(&last, "{}", crate::college::noon()).await.unwrap();
    work.commit().await.unwrap();
    assert!(lead.queue_align("Security", "Guard", &idle).await.is_ok(), "what is over does not count");
}
