//! What the requests told: how long each kind took, and what went wrong.

use std::collections::BTreeMap;
use std::time::Duration;

/// What a reviewer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Home,
    Review,
    Coverage,
    Matrix,
    Course,
    Decide,
}

/// The mix: of ten requests four look at the review, three give a word, one each looks elsewhere.
const MIX: [Kind; 10] = [
    Kind::Review,
    Kind::Decide,
    Kind::Review,
    Kind::Home,
    Kind::Decide,
    Kind::Matrix,
    Kind::Review,
    Kind::Decide,
    Kind::Coverage,
    Kind::Course,
];

impl Kind {
    pub(crate) fn of(step: usize) -> Self {
        MIX[step % MIX.len()]
    }
}

#[derive(Default)]
pub(crate) struct Told {
    times: BTreeMap<Kind, Vec<Duration>>,
    errors: BTreeMap<String, u64>,
}

impl Told {
    pub(crate) fn note(&mut self, kind: Kind, time: Duration, answer: Result<(), String>) {
        self.times.entry(kind).or_default().push(time);
        if let Err(why) = answer {
            *self.errors.entry(format!("{kind:?}: {why}")).or_default() += 1;
        }
    }

    #[expect(clippy::print_stdout, reason = "what it finds is printed")]
    pub(crate) fn show(&self, seconds: u64) {
        println!("{:10} {:>8} {:>9} {:>9} {:>9} {:>9}", "kind", "requests", "p50 ms", "p95 ms", "p99 ms", "most ms");
        let all: Vec<Duration> = self.times.values().flatten().copied().collect();
        for (name, times) in self.times.iter().map(|(kind, times)| (format!("{kind:?}"), times.clone())) {
            line(&name, times);
        }
        let requests = all.len();
        line("all", all);
        println!("requests a second {:.1}", requests as f64 / seconds as f64);
        println!("errors {}", self.errors.values().sum::<u64>());
        for (why, times) in &self.errors {
            println!("  {times} × {why}");
        }
    }
}

#[expect(clippy::print_stdout, reason = "what it finds is printed")]
fn line(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    };
    println!("{name:10} {:>8} {:>9.1} {:>9.1} {:>9.1} {:>9.1}", times.len(), at(0.50), at(0.95), at(0.99), at(1.0));
}
