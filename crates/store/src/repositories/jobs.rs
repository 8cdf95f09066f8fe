//! Long work: queued, claimed by one server, told on, ended, put back. Every step names the state it comes from, so that
//! of two servers that take it one finds nothing to do; a server that lost a piece of work cannot end it any more.

use std::collections::BTreeMap;

use credway_model::{AccountId, Person, Text};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, UpdateStatement};
use serde::{Deserialize, Serialize};

use crate::entities::job::{JOB, job_values, large, maybe_moment, read_job};
use crate::work::{Work, capped, count, select};
use crate::{Result, value};

/// Where a piece of long work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for a server to take it.
    Queued,
    /// A server is at it.
    Running,
    /// It came to its end.
    Done,
    /// It ended without its answer.
    Failed,
    /// It was stopped on request.
    Cancelled,
}

impl JobState {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more happens to it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// One piece of long work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Identifier; random, since it stands in addresses.
    pub id: String,
    /// What kind of work.
    pub kind: String,
    /// What it is about, as JSON of its kind.
    pub payload: String,
    /// What it is called on pages.
    pub title: String,
    /// Whose it is; nobody's account where the site has none.
    pub owner: Option<AccountId>,
    /// In whose name it is done.
    pub person: Person,
    /// From where it was asked for.
    pub origin: Option<Text>,
    /// The words of the only acts it may do, where it was asked for by a program with a limited token.
    pub acts: Option<Vec<String>>,
    /// Where it stands.
    pub state: JobState,
    /// Whether it should stop.
    pub stop: bool,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 while unknown.
    pub total: u64,
    /// How often it was begun.
    pub attempts: u32,
    /// The server that is at it; while it is queued, the one that should take it before others.
    pub worker: Option<String>,
    /// When that server last said it is at it.
    pub heartbeat: Option<Timestamp>,
    /// When it may be begun.
    pub not_before: Timestamp,
    /// What came of it, as JSON of its kind.
    pub result: Option<String>,
    /// Why it failed, as JSON.
    pub failure: Option<String>,
    /// When it was queued.
    pub created: Timestamp,
    /// When it was last begun.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
}

/// Whose work is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobsOf {
    /// Everybody's.
    Everybody,
    /// One account's.
    Account(AccountId),
}

/// How a piece of work ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// With this result.
    Done(String),
    /// Not, for this reason.
    Failed(String),
    /// Stopped on request, in these words.
    Cancelled(String),
}

impl JobEnd {
    fn parts(&self) -> (JobState, Option<&String>, Option<&String>) {
        match self {
            Self::Done(result) => (JobState::Done, Some(result), None),
            Self::Failed(failure) => (JobState::Failed, None, Some(failure)),
            Self::Cancelled(failure) => (JobState::Cancelled, None, Some(failure)),
        }
    }
}

impl Work {
    /// Queues a piece of work.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_job(&self, job: &Job) -> Result<()> {
        self.insert(&JOB, vec![job_values(job)?]).await
    }

    /// The work of this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn job(&self, id: &str) -> Result<Option<Job>> {
        self.fetch_one(&JOB, value::text(id), read_job).await
    }

    /// The latest work, newest first, at most `limit` pieces.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn jobs(&self, of: JobsOf, limit: u64) -> Result<Vec<Job>> {
        let mut query = select(&JOB);
        if let JobsOf::Account(account) = of {
            query.and_where(Expr::col("owner").eq(value::text(account)));
        }
        query.order_by("created", Order::Desc).order_by("id", Order::Asc).limit(capped(limit));
        self.fetch(&JOB, &query, read_job).await
    }

    /// The work that `worker` should take next at this moment: the oldest that may be begun. What another server is
    /// wanted for is left to it unless it has been waiting since before `patience`.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn next_job(&self, worker: &str, at: Timestamp, patience: Timestamp) -> Result<Option<String>> {
        let mine = Expr::col("worker").is_null().or(Expr::col("worker").eq(worker));
        let left = Expr::col("not_before").lte(value::moment(patience));
        let mut query = Query::select();
        query
            .column("id")
            .from(JOB.name)
            .and_where(Expr::col("state").eq(JobState::Queued.word()))
            .and_where(Expr::col("not_before").lte(value::moment(at)))
            .and_where(mine.or(left))
            .order_by("not_before", Order::Asc)
            .order_by("created", Order::Asc)
            .order_by("id", Order::Asc)
            .limit(1);
        let rows = self.rows(&query).await?;
        Ok(rows.first().map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Takes a queued piece of work for `worker`; nothing when another was faster.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn claim_job(&self, id: &str, worker: &str, at: Timestamp) -> Result<Option<Job>> {
        let mut update = step(id, JobState::Queued);
        update
            .value("state", JobState::Running.word())
            .value("worker", worker)
            .value("heartbeat", value::moment(at))
            .value("started", value::moment(at))
            .value("attempts", Expr::col("attempts").add(1))
            .value("done", 0_i64)
            .value("total", 0_i64);
        if self.execute(&update).await?.rows_affected() == 1 { self.job(id).await } else { Ok(None) }
    }

    /// Says that `worker` is still at it and how far it is. Answers whether it should stop; nothing when it is no longer
    /// that worker's.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn beat(&self, id: &str, worker: &str, (done, total): (u64, u64), at: Timestamp) -> Result<Option<bool>> {
        let mut update = held(id, worker);
        update.value("heartbeat", value::moment(at)).value("done", large(done)).value("total", large(total));
        if self.execute(&update).await?.rows_affected() == 0 {
            return Ok(None);
        }
        Ok(self.job(id).await?.map(|job| job.stop))
    }

    /// Asks a piece of work to stop. What nobody has begun is over at once, in these words; what is under way is stopped
    /// by its server.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn stop_job(&self, id: &str, words: &str, at: Timestamp) -> Result<()> {
        let mut queued = step(id, JobState::Queued);
        end(&mut queued, &JobEnd::Cancelled(words.to_owned()), at);
        queued.value("stop", true);
        if self.execute(&queued).await?.rows_affected() == 0 {
            let running = step(id, JobState::Running).value("stop", true).to_owned();
            self.execute(&running).await?;
        }
        Ok(())
    }

    /// Ends what `worker` is at. Answers whether it was still that worker's; when not, nothing is changed, and what the
    /// worker did must not be kept.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn end_job(&self, id: &str, worker: &str, how: &JobEnd, at: Timestamp) -> Result<bool> {
        let mut update = held(id, worker);
        end(&mut update, how, at);
        if matches!(how, JobEnd::Done(_)) {
            update.value("done", Expr::col("total"));
        }
        Ok(self.execute(&update).await?.rows_affected() == 1)
    }

    /// Puts back what `worker` is at, to be begun again by whoever comes first. `counted` says whether the attempt that
    /// ends counts. Answers whether it was still that worker's.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_back_job(&self, id: &str, worker: &str, not_before: Timestamp, counted: bool) -> Result<bool> {
        let mut update = held(id, worker);
        update
            .value("state", JobState::Queued.word())
            .value("worker", value::maybe_text::<String>(None))
            .value("heartbeat", maybe_moment(None))
            .value("not_before", value::moment(not_before));
        if !counted {
            update.value("attempts", Expr::col("attempts").sub(1));
        }
        Ok(self.execute(&update).await?.rows_affected() == 1)
    }

    /// What is under way but was not heard of since `before`: its server was ended.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn silent_jobs(&self, before: Timestamp) -> Result<Vec<Job>> {
        let query = select(&JOB)
            .and_where(Expr::col("state").eq(JobState::Running.word()))
            .and_where(Expr::col("heartbeat").lt(value::moment(before)))
            .order_by("id", Order::Asc)
            .to_owned();
        self.fetch(&JOB, &query, read_job).await
    }

    /// How many pieces of an account's work are not over.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn open_jobs(&self, account: AccountId) -> Result<u64> {
        let mut query = count(&JOB);
        query
            .and_where(Expr::col("owner").eq(value::text(account)))
            .and_where(Expr::col("state").is_in([JobState::Queued.word(), JobState::Running.word()]));
        self.number(&query).await
    }

    /// How many pieces of work are in each state.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn job_counts(&self) -> Result<BTreeMap<JobState, u64>> {
        let mut counts: BTreeMap<JobState, u64> = JobState::ALL.into_iter().map(|state| (state, 0)).collect();
        let mut query = Query::select();
        query.column("state").expr(Expr::cust("COUNT(*)")).from(JOB.name).group_by_col("state");
        for row in self.rows(&query).await? {
            let (word, count): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            if let Some(state) = JobState::ALL.into_iter().find(|state| state.word() == word) {
                counts.insert(state, count.unsigned_abs());
            }
        }
        Ok(counts)
    }
}

/// A change of the work of this identifier, while it is in this state.
fn step(id: &str, from: JobState) -> UpdateStatement {
    let mut update = Query::update();
    update.table(JOB.name).and_where(Expr::col("id").eq(id)).and_where(Expr::col("state").eq(from.word()));
    update
}

/// A change of what `worker` is at.
fn held(id: &str, worker: &str) -> UpdateStatement {
    step(id, JobState::Running).and_where(Expr::col("worker").eq(worker)).to_owned()
}

fn end(update: &mut UpdateStatement, how: &JobEnd, at: Timestamp) {
    let (state, result, failure) = how.parts();
    update
        .value("state", state.word())
        .value("result", value::maybe_text(result))
        .value("failure", value::maybe_text(failure))
        .value("ended", value::moment(at));
}
