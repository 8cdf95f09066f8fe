//! What is counted, in the text that Prometheus reads (OpenMetrics 1.0).
//!
//! Labels have few values: methods and outcomes are lists of ours, routes are patterns. No person, address or
//! identifier is a label.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::process;

/// Upper bounds of the classes of durations, in seconds; the last requests end at 30 (the longest one may take).
const DURATIONS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// How an attempt to sign in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignIn {
    /// The person is in.
    Done,
    /// Name, password, second factor or the provider's word did not hold.
    Refused,
    /// The account is locked for a while.
    Locked,
}

/// Where a piece of long work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Nobody works on it yet.
    Waiting,
    /// It is being done.
    Running,
    /// It came to its end.
    Done,
    /// It failed.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl From<credway_workflow::JobState> for JobState {
    fn from(state: credway_workflow::JobState) -> Self {
        use credway_workflow::JobState as Kept;
        match state {
            Kept::Queued => Self::Waiting,
            Kept::Running => Self::Running,
            Kept::Done => Self::Done,
            Kept::Failed => Self::Failed,
            Kept::Cancelled => Self::Cancelled,
        }
    }
}

macro_rules! label_word {
    ($kind:ident { $($member:ident = $word:literal),+ }) => {
        impl EncodeLabelValue for $kind {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
                encoder.write_str(match self { $(Self::$member => $word),+ })
            }
        }
    };
}
label_word!(SignIn { Done = "done", Refused = "refused", Locked = "locked" });
label_word!(JobState {
    Waiting = "waiting", Running = "running", Done = "done", Failed = "failed", Cancelled = "cancelled"
});

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: SignIn,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: JobState,
}

/// The counters of one server. Cheap to clone: all clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Counted>);

struct Counted {
    registry: Registry,
    requests: Family<Request, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    refused: Counter,
    connections: Gauge,
    sign_ins: Family<Outcome, Counter>,
    jobs: Family<State, Gauge>,
    memory: Gauge,
}

fn histogram() -> Histogram {
    Histogram::new(DURATIONS)
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("credway");
        let requests = Family::<Request, Counter>::default();
        registry.register("requests", "Requests answered, by route pattern", requests.clone());
        let durations = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register_with_unit(
            "request_duration",
            "Time until an answer begins",
            Unit::Seconds,
            durations.clone(),
        );
        let refused = Counter::default();
        registry.register("requests_over_rate", "Requests refused because there were too many", refused.clone());
        let connections = Gauge::default();
        registry.register("connections", "Connections open", connections.clone());
        let sign_ins = Family::<Outcome, Counter>::default();
        registry.register("sign_ins", "Attempts to sign in", sign_ins.clone());
        let jobs = Family::<State, Gauge>::default();
        registry.register("jobs", "Pieces of long work", jobs.clone());
        let memory = Gauge::default();
        registry.register_with_unit("resident_memory", "Memory the process holds", Unit::Bytes, memory.clone());
        let version = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", version);
        Self(Arc::new(Counted { registry, requests, durations, refused, connections, sign_ins, jobs, memory }))
    }

    /// Counts a request.
    pub(super) fn request(&self, method: &'static str, route: &str, status: u16, duration: Duration) {
        let route = route.to_owned();
        self.0.durations.get_or_create(&Route { route: route.clone() }).observe(duration.as_secs_f64());
        self.0.requests.get_or_create(&Request { method, route, status }).inc();
    }

    /// Counts a request that came too soon after others.
    pub(crate) fn over_rate(&self) {
        self.0.refused.inc();
    }

    /// Counts a connection until what is given back goes.
    pub(crate) fn connection(&self) -> OpenConnection {
        self.0.connections.inc();
        OpenConnection(self.0.connections.clone())
    }

    /// Counts an attempt to sign in.
    pub fn sign_in(&self, outcome: SignIn) {
        self.0.sign_ins.get_or_create(&Outcome { outcome }).inc();
    }

    /// Says how many pieces of long work are in a state.
    pub fn jobs(&self, state: JobState, count: u64) {
        self.0.jobs.get_or_create(&State { state }).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Everything counted, as text.
    pub(crate) fn text(&self) -> String {
        if let Some(bytes) = process::resident_memory() {
            self.0.memory.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        // A text in memory takes everything.
        let _ = encode(&mut text, &self.0.registry);
        text
    }
}

/// A connection that is counted as long as this lives.
pub(crate) struct OpenConnection(Gauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_stands_in_the_text() {
        let metrics = Metrics::new();
        metrics.request("GET", "/courses/{course}", 200, Duration::from_millis(7));
        metrics.request("GET", "/courses/{course}", 200, Duration::from_millis(700));
        metrics.over_rate();
        metrics.sign_in(SignIn::Refused);
        metrics.jobs(JobState::Waiting, 3);
        let open = metrics.connection();
        let text = metrics.text();
        for line in [
            "credway_requests_total{method=\"GET\",route=\"/courses/{course}\",status=\"200\"} 2",
            "credway_request_duration_seconds_bucket{le=\"0.01\",route=\"/courses/{course}\"} 1",
            "credway_request_duration_seconds_count{route=\"/courses/{course}\"} 2",
            "credway_requests_over_rate_total 1",
            "credway_sign_ins_total{outcome=\"refused\"} 1",
            "credway_jobs{state=\"waiting\"} 3",
            "credway_connections 1",
            "# UNIT credway_resident_memory_bytes bytes",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
        drop(open);
        assert!(metrics.text().contains("credway_connections 0\n"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_memory_of_this_process_is_known() {
        assert!(process::resident_memory().unwrap() > 1024 * 1024);
    }
}
