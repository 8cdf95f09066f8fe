//! Slowing down whoever guesses. A try counts as a failure before it is checked, so that many at once count as many;
//! where it was right, that is taken back.

use std::net::IpAddr;

use credway_identity::throttle::waits_until;
use credway_identity::{Attempt, Failures, SecretDigest, secret};
use credway_model::AccountId;
use credway_store::{Attempts, Work};
use jiff::Timestamp;

use crate::{Workbench, WorkflowError};

impl Workbench {
    /// The attempt as it is counted: `device` is the cookie of a browser that signed in before, if it has one.
    pub(super) async fn attempt(
        &self,
        name: &str,
        account: Option<AccountId>,
        device: Option<&str>,
        address: IpAddr,
    ) -> Result<Attempt, WorkflowError> {
        let mut known: Option<SecretDigest> = None;
        if let (Some(account), Some(device)) = (account, device) {
            let digest = secret::digest(device);
            if self.store.read().await?.is_known_device(digest.as_str(), account).await? {
                known = Some(digest);
            }
        }
        Ok(Attempt::new(name, known, address))
    }

    /// Counts the attempt, or refuses it where it must wait.
    pub(super) async fn count_attempt(&self, attempt: &Attempt) -> Result<(), WorkflowError> {
        let now = self.now();
        let work = self.store.write().await?;
        let mut asked = Vec::new();
        for counter in attempt.asked() {
            asked.extend(work.attempts(&counter.key()).await?.map(failures));
        }
        if let Some(until) = waits_until(&asked, now) {
            return Err(WorkflowError::Wait { seconds: seconds_until(until, now) });
        }
        for counter in attempt.counted() {
            let before = work.attempts(&counter.key()).await?.map(failures);
            work.put_attempts(&counter.key(), &kept(Failures::one_more(before, &counter, now))).await?;
        }
        work.commit().await?;
        Ok(())
    }

    /// Takes the attempt's failure back: it was right to the last factor.
    pub(super) async fn forgive(&self, work: &Work, attempt: &Attempt) -> Result<(), WorkflowError> {
        for counter in attempt.forgiven() {
            work.forget_attempts(&counter.key()).await?;
        }
        let source = attempt.of_source();
        if let Some(before) = work.attempts(&source.key()).await?.map(failures) {
            work.put_attempts(&source.key(), &kept(before.one_less(&source))).await?;
        }
        Ok(())
    }
}

const fn failures(attempts: Attempts) -> Failures {
    Failures { count: attempts.failures, since: attempts.since, until: attempts.until }
}

const fn kept(failures: Failures) -> Attempts {
    Attempts { failures: failures.count, since: failures.since, until: failures.until }
}

/// Whole seconds, at least one.
fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0).max(1)
}
