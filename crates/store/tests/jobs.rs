//! Long work and the files it is about, on both databases: who takes what, what becomes of work whose server was ended,
//! and what a wish to stop does.

mod support;

use credway_model::AccountId;
use credway_store::{Job, JobEnd, JobState, JobsOf, Store, Upload, UploadState};
use support::*;

fn account(number: u128) -> AccountId {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

fn job(id: &str, minute: i64) -> Job {
    Job {
        id: id.to_owned(),
        kind: "align".to_owned(),
        payload: "{}".to_owned(),
        title: "Aligning “Ämter”".to_owned(),
        owner: Some(account(1)),
        person: person("Ada Vale"),
        origin: Some(text("browser")),
        acts: Some(vec!["align".to_owned()]),
        state: JobState::Queued,
        stop: false,
        done: 0,
        total: 0,
        attempts: 0,
        worker: None,
        heartbeat: None,
        not_before: at(minute),
        result: None,
        failure: None,
        created: at(minute),
        started: None,
        ended: None,
    }
}

async fn queue(store: &Store, job: &Job) {
    let work = store.write().await.unwrap();
    work.put_job(job).await.unwrap();
    work.commit().await.unwrap();
}

async fn claim(store: &Store, id: &str, worker: &str, minute: i64) -> Option<Job> {
    let work = store.write_aside().await.unwrap();
    let claimed = work.claim_job(id, worker, at(minute)).await.unwrap();
    work.commit().await.unwrap();
    claimed
}

async fn read(store: &Store, id: &str) -> Job {
    store.read().await.unwrap().job(id).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_a_piece_of_work_one_gets_it() {
    for bench in Bench::all().await {
        let stores = [bench.store().await, bench.store().await];
        let ids: Vec<String> = (0..12).map(|number| format!("job-{number:02}")).collect();
        for id in &ids {
            queue(&stores[0], &job(id, 0)).await;
        }
        let mut takers = Vec::new();
        for taker in 0..6 {
            let (store, ids) = (stores[taker % 2].clone(), ids.clone());
            takers.push(tokio::spawn(async move {
                let mut got = Vec::new();
                for id in ids {
                    got.extend(claim(&store, &id, &format!("server-{taker}"), 1).await.map(|job| job.id));
                }
                got
            }));
        }
        let mut got = Vec::new();
        for taker in takers {
            got.extend(taker.await.unwrap());
        }
        got.sort_unstable();
        assert_eq!(got, ids, "each is taken once");
        assert!(read(&stores[0], &ids[0]).await.worker.is_some());
        for store in stores {
            store.close().await.unwrap();
        }
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_is_read_back_as_it_was_queued_and_taken_in_its_order() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        let (second, first) = (job("a", 2), job("b", 1));
        let wanted = Job { worker: Some("other".to_owned()), ..job("c", 0) };
        for one in [&second, &first, &wanted] {
            queue(&store, one).await;
        }
        assert_eq!(read(&store, "a").await, second);
        let work = store.read().await.unwrap();
        let next = |minute, patience| work.next_job("me", at(minute), at(patience));
        assert_eq!(next(0, -10).await.unwrap(), None, "none may be begun, but one that another server is wanted for");
        assert_eq!(work.next_job("other", at(0), at(-10)).await.unwrap().as_deref(), Some("c"));
        assert_eq!(next(3, -10).await.unwrap().as_deref(), Some("b"));
        assert_eq!(next(3, 0).await.unwrap().as_deref(), Some("c"), "it has waited long enough for the other");
        let mine = work.jobs(JobsOf::Account(account(1)), 2).await.unwrap();
        assert_eq!(mine.iter().map(|job| job.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(work.jobs(JobsOf::Account(account(2)), 9).await.unwrap().is_empty());
        assert_eq!(work.jobs(JobsOf::Everybody, 9).await.unwrap().len(), 3);
        assert_eq!(work.job_counts().await.unwrap()[&JobState::Queued], 3);
        drop(work);
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_whose_server_was_ended_is_put_back_and_that_server_cannot_end_it() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        queue(&store, &job("a", 0)).await;
        claim(&store, "a", "dead", 1).await.unwrap();
        let work = store.write_aside().await.unwrap();
        assert!(work.silent_jobs(at(1)).await.unwrap().is_empty(), "it was just heard of");
        assert_eq!(work.beat("a", "dead", (3, 10), at(2)).await.unwrap(), Some(false));
        assert!(work.silent_jobs(at(2)).await.unwrap().is_empty());
        let silent = work.silent_jobs(at(3)).await.unwrap();
        assert_eq!((silent[0].done, silent[0].total, silent[0].attempts), (3, 10, 1));
        assert!(work.put_back_job("a", "dead", at(4), true).await.unwrap());
        work.commit().await.unwrap();

        let again = claim(&store, "a", "alive", 5).await.unwrap();
        assert_eq!((again.attempts, again.done, again.state), (2, 0, JobState::Running));
        let work = store.write_aside().await.unwrap();
        assert_eq!(work.beat("a", "dead", (9, 10), at(6)).await.unwrap(), None);
        assert!(!work.end_job("a", "dead", &JobEnd::Done("{}".to_owned()), at(6)).await.unwrap());
        assert!(!work.put_back_job("a", "dead", at(6), false).await.unwrap());
        assert!(work.put_back_job("a", "alive", at(6), false).await.unwrap());
        work.commit().await.unwrap();
        assert_eq!(read(&store, "a").await.attempts, 1, "an attempt that was broken off in order does not count");
        claim(&store, "a", "alive", 7).await.unwrap();
        let work = store.write_aside().await.unwrap();
        assert!(work.end_job("a", "alive", &JobEnd::Done("{}".to_owned()), at(8)).await.unwrap());
        work.sweep_jobs(at(8)).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(read(&store, "a").await.state, JobState::Done);
        let work = store.write_aside().await.unwrap();
        work.sweep_jobs(at(9)).await.unwrap();
        work.commit().await.unwrap();
        assert!(store.read().await.unwrap().job("a").await.unwrap().is_none());
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_to_stop_ends_what_waits_and_is_told_to_what_is_under_way() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        for id in ["waits", "runs"] {
            queue(&store, &job(id, 0)).await;
        }
        claim(&store, "runs", "server", 1).await.unwrap();
        let work = store.write_aside().await.unwrap();
        for id in ["waits", "runs", "none"] {
            work.stop_job(id, "\"stopped\"", at(2)).await.unwrap();
        }
        work.commit().await.unwrap();
        let waits = read(&store, "waits").await;
        assert_eq!((waits.state, waits.failure.as_deref()), (JobState::Cancelled, Some("\"stopped\"")));
        assert!(claim(&store, "waits", "server", 3).await.is_none());
        let work = store.write_aside().await.unwrap();
        assert_eq!(work.beat("runs", "server", (1, 2), at(3)).await.unwrap(), Some(true));
        assert!(work.end_job("runs", "server", &JobEnd::Cancelled("{}".to_owned()), at(4)).await.unwrap());
        work.stop_job("runs", "again", at(5)).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(read(&store, "runs").await.failure.as_deref(), Some("{}"), "what is over stays as it is");
        store.close().await.unwrap();
        bench.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_server_long_work_is_heard_of_while_somebody_writes() {
    let Some(bench) = Bench::postgres().await else { return };
    let store = bench.store().await;
    queue(&store, &job("a", 0)).await;
    let writing = store.write().await.unwrap();
    let started = std::time::Instant::now();
    claim(&store, "a", "server", 1).await.unwrap();
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    drop(writing);
    store.close().await.unwrap();
    bench.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_waits_changes_and_goes() {
    for bench in Bench::all().await {
        let store = bench.store().await;
        let mut upload = Upload {
            token: "token".to_owned(),
            owner: Some(account(1)),
            name: "courses.csv".to_owned(),
            size: 3,
            request: "{}".to_owned(),
            version: 0,
            state: UploadState::Waiting,
            stopped: false,
            job: None,
            answer: None,
            created: at(0),
            expires: at(30),
        };
        let work = store.write().await.unwrap();
        work.put_upload(&upload, &[0, 159, 255]).await.unwrap();
        assert_eq!(work.upload("token", at(29)).await.unwrap(), Some(upload.clone()));
        assert_eq!(work.upload("token", at(30)).await.unwrap(), None, "its time is over");
        assert_eq!(work.upload_bytes("token").await.unwrap(), Some(vec![0, 159, 255]));
        assert_eq!(work.upload_bytes("other").await.unwrap(), None);
        (upload.version, upload.state, upload.job) = (1, UploadState::Writing, Some("job".to_owned()));
        work.change_upload(&upload).await.unwrap();
        assert_eq!(work.waiting_uploads(Some(account(1)), at(0)).await.unwrap(), [upload.clone()]);
        assert!(work.waiting_uploads(Some(account(2)), at(0)).await.unwrap().is_empty());
        assert!(work.waiting_uploads(None, at(0)).await.unwrap().is_empty());
        assert!(!work.has_passed(at(40), at(0)).await.unwrap());
        work.sweep_uploads(at(40)).await.unwrap();
        assert!(work.upload("token", at(0)).await.unwrap().is_some(), "it is being imported");
        work.release_upload("token", "another").await.unwrap();
        assert_eq!(work.upload("token", at(0)).await.unwrap().unwrap().state, UploadState::Writing);
        work.release_upload("token", "job").await.unwrap();
        work.note_stop("token").await.unwrap();
        let released = work.upload("token", at(0)).await.unwrap().unwrap();
        assert_eq!((released.state, released.stopped), (UploadState::Read, true));
        work.empty_upload("token").await.unwrap();
        assert_eq!(work.upload_bytes("token").await.unwrap(), Some(Vec::new()));
        upload.state = UploadState::Written;
        work.change_upload(&upload).await.unwrap();
        assert!(work.waiting_uploads(Some(account(1)), at(0)).await.unwrap().is_empty());
        work.prolong_upload("token", at(50)).await.unwrap();
        work.sweep_uploads(at(40)).await.unwrap();
        assert!(work.upload("token", at(40)).await.unwrap().is_some());
        work.forget_upload("token").await.unwrap();
        assert!(work.upload("token", at(0)).await.unwrap().is_none());
        work.commit().await.unwrap();
        store.close().await.unwrap();
        bench.remove().await;
    }
}
