//! The default engine as its callers see it, on statements of our own.

use std::sync::atomic::{AtomicU64, Ordering};

use credway_align::{
    Cancelled, Candidate, Engine, LabelledStatement, Limits, Progress, ShippedEngine, Statement, benchmark,
};
use credway_model::BloomLevel;

const LIMITS: Limits = Limits { per_target: 4, per_statement: 2 };

fn statement(text: &str, context: &str) -> Statement {
    Statement { text: text.to_owned(), context: context.to_owned() }
}

/// Course statement and index of the objective it teaches; the last two teach none.
const TAUGHT: [(&str, &str, Option<usize>); 12] = [
    ("Subnet an IPv4 address range and check the result with ping.", "Networking", Some(0)),
    ("Tell symmetric from asymmetric encryption and say when each fits.", "Security", Some(1)),
    ("Write a plan for answering a ransomware attack and rehearse it.", "Security operations", Some(2)),
    ("Restore a server from last night's backup.", "Systems administration", Some(3)),
    ("Set permissions by role so that nobody has more rights than the job needs.", "Security", Some(4)),
    ("Join several tables in one SQL query.", "Databases", Some(5)),
    ("Find the cause of a slow wireless network.", "Networking", Some(6)),
    ("Warn colleagues of phishing mail and test what they remember.", "Security", Some(7)),
    ("Scan hosts for known vulnerabilities and rank what is found.", "Security operations", Some(8)),
    ("Script a nightly task in Bash.", "Linux", Some(9)),
    ("Weld two steel plates in the overhead position.", "Welding", None),
    ("Read a sonnet aloud with its stresses in place.", "Literature", None),
];

const ASKED: [(&str, &str); 10] = [
    ("Calculate network addresses, subnet masks and host ranges.", "Network concepts"),
    ("Compare cryptographic methods, keys and their uses.", "Cryptography"),
    ("Prepare for, contain and recover from security incidents.", "Incident response"),
    ("Implement backup and restore procedures.", "Operations"),
    ("Apply least privilege and role-based access control.", "Access management"),
    ("Retrieve data from related tables with queries.", "Data"),
    ("Troubleshoot wireless connectivity and performance.", "Network troubleshooting"),
    ("Carry out security awareness training, including simulated phishing.", "Governance"),
    ("Perform vulnerability scanning and prioritize remediation.", "Vulnerability management"),
    ("Automate administrative tasks with shell scripts.", "Automation"),
];

fn both() -> (Vec<Statement>, Vec<Statement>) {
    let taught = TAUGHT.iter().map(|(text, context, _)| statement(text, context)).collect();
    (taught, ASKED.iter().map(|(text, context)| statement(text, context)).collect())
}

fn crosswalk() -> Vec<Candidate> {
    let (taught, asked) = both();
    ShippedEngine::plain().crosswalk(&taught, &asked, LIMITS, &()).unwrap()
}

#[test]
fn what_belongs_together_ranks_first() {
    let (taught, asked) = both();
    let ranked = ShippedEngine::plain().rank(&taught, &asked, 3, &()).unwrap();
    let found: Vec<bool> =
        TAUGHT.iter().zip(&ranked).filter_map(|((.., gold), row)| gold.map(|gold| row[0].target == gold)).collect();
    assert!(found.iter().filter(|right| **right).count() >= 9, "{found:?}");
    let alone = ShippedEngine::plain().rank(&taught, &asked, 1, &()).unwrap();
    for (row, alone) in ranked.iter().zip(&alone) {
        assert_eq!(row[0], alone[0], "how many are asked for changes nothing");
        assert_eq!(row.len(), 3);
        assert!(row.windows(2).all(|two| two[0].probability >= two[1].probability));
    }
}

#[test]
fn it_says_when_it_does_not_know() {
    let engine = ShippedEngine::plain();
    for candidate in crosswalk() {
        assert_eq!(candidate.suggested, candidate.probability >= engine.confidence());
        if TAUGHT[candidate.query].2.is_none() {
            assert!(!candidate.suggested, "{candidate:?}");
        }
    }
    let suggested: Vec<Candidate> = crosswalk().into_iter().filter(|candidate| candidate.suggested).collect();
    assert!(suggested.len() >= 5, "{suggested:?}");
    let right = suggested.iter().filter(|one| TAUGHT[one.query].2 == Some(one.target)).count();
    assert!(right * 10 >= suggested.len() * 8, "{right} of {}", suggested.len());
}

#[test]
fn a_crosswalk_keeps_the_best_of_both_sides_once_and_in_order() {
    let candidates = crosswalk();
    let key = |one: &Candidate| (one.target, std::cmp::Reverse(one.probability), one.query);
    assert!(candidates.windows(2).all(|two| key(&two[0]) < key(&two[1])));
    for target in 0..ASKED.len() {
        assert!(candidates.iter().filter(|one| one.target == target).count() >= LIMITS.per_target);
    }
    for query in 0..TAUGHT.len() {
        assert!(candidates.iter().filter(|one| one.query == query).count() >= LIMITS.per_statement);
    }
    let mut pairs: Vec<(usize, usize)> = candidates.iter().map(|one| (one.query, one.target)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    assert_eq!(pairs.len(), candidates.len());
}

#[test]
fn the_probability_of_a_pair_is_the_same_from_both_sides() {
    let (taught, asked) = both();
    let turned = Limits { per_target: LIMITS.per_statement, per_statement: LIMITS.per_target };
    let back = ShippedEngine::plain().crosswalk(&asked, &taught, turned, &()).unwrap();
    let mut back: Vec<_> = back.iter().map(|one| (one.target, one.query, one.probability)).collect();
    let mut forth: Vec<_> = crosswalk().iter().map(|one| (one.query, one.target, one.probability)).collect();
    back.sort_unstable();
    forth.sort_unstable();
    assert_eq!(forth, back);
}

#[test]
fn evidence_and_depth_come_with_a_candidate() {
    let candidates = crosswalk();
    let pair = candidates.iter().find(|one| (one.query, one.target) == (8, 8)).unwrap();
    assert_eq!((pair.taught, pair.asked), (Some(BloomLevel::Evaluate), Some(BloomLevel::Analyze)));
    let pieces: Vec<(&str, &str)> = pair
        .evidence
        .iter()
        .map(|one| (one.statement.of(TAUGHT[8].0).unwrap(), one.target.of(ASKED[8].0).unwrap()))
        .collect();
    assert!(
        pieces.iter().any(|(one, other)| one.contains("vulnerabilities") && other.contains("vulnerability")),
        "{pieces:?}"
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let (taught, asked) = both();
    // Long enough that several threads really share the work.
    let many: Vec<Statement> = (0..600)
        .map(|at| {
            let (one, other) = (&taught[at % taught.len()], &asked[at / 7 % asked.len()]);
            statement(&format!("{} {} {at}", one.text, other.text), &one.context)
        })
        .collect();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let engine = ShippedEngine::plain();
            let candidates = engine.crosswalk(&many, &asked, LIMITS, &()).unwrap();
            format!("{candidates:?} {:?}", engine.rank(&asked, &many, 50, &()).unwrap())
        })
    };
    assert_eq!(run(1), run(2));
    assert_eq!(run(2), run(5));
}

#[test]
fn odd_input_is_taken_quietly() {
    let engine = ShippedEngine::plain();
    let (taught, asked) = both();
    assert!(engine.crosswalk(&[], &asked, LIMITS, &()).unwrap().is_empty());
    assert!(engine.crosswalk(&taught, &[], LIMITS, &()).unwrap().is_empty());
    assert_eq!(engine.rank(&taught, &[], 5, &()).unwrap(), vec![Vec::new(); taught.len()]);
    let odd = ["", " ", "?!…", "日本語", "\u{0}\u{fffd}", "a".repeat(50_000).as_str()].map(|text| statement(text, ""));
    for candidate in engine.crosswalk(&odd, &odd, LIMITS, &()).unwrap() {
        assert!(candidate.evidence.iter().all(|one| one.statement.of(&odd[candidate.query].text).is_some()));
    }
    let none = Limits { per_target: 0, per_statement: 0 };
    assert!(engine.crosswalk(&taught, &asked, none, &()).unwrap().is_empty());
}

struct Listener {
    seen: AtomicU64,
    stop: bool,
}

impl Progress for Listener {
    fn advance(&self, done: u64, total: u64) {
        assert!(done <= total);
        self.seen.store(done, Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.stop
    }
}

#[test]
fn progress_is_told_and_work_can_be_stopped() {
    let (taught, asked) = both();
    let listener = Listener { seen: AtomicU64::new(0), stop: false };
    ShippedEngine::plain().crosswalk(&taught, &asked, LIMITS, &listener).unwrap();
    assert_eq!(listener.seen.into_inner(), (taught.len() + asked.len()) as u64);
    let listener = Listener { seen: AtomicU64::new(0), stop: true };
    assert_eq!(ShippedEngine::plain().crosswalk(&taught, &asked, LIMITS, &listener).err(), Some(Cancelled));
    assert_eq!(ShippedEngine::plain().rank(&taught, &asked, 1, &listener).err(), Some(Cancelled));
}

#[test]
fn the_name_tells_the_weights() {
    let name = ShippedEngine::plain().name();
    assert!(name.starts_with("default ") && name.ends_with(')') && name.len() > 20, "{name}");
}

#[test]
fn the_benchmark_reports_what_was_ranked() {
    let (taught, asked) = both();
    let queries: Vec<LabelledStatement> = taught
        .into_iter()
        .zip(TAUGHT)
        .map(|(statement, (.., gold))| LabelledStatement { statement, gold: gold.into_iter().collect() })
        .collect();
    let report = benchmark(&queries, &asked, &ShippedEngine::plain(), &()).unwrap();
    assert_eq!((report.n, report.pairs, report.abstention.len()), (12, 120, 20));
    assert!(report.hit1 >= 0.7 && report.hit1 <= report.hit5 && report.hit5 <= 10.0 / 12.0 + 1e-9);
    assert!(report.mrr_low <= report.mrr && report.mrr <= report.mrr_high);
    let first = &report.abstention[0];
    assert_eq!((first.share, first.precision), (1.0, Some(report.hit1)));
    assert!(report.abstention.windows(2).all(|two| two[0].share >= two[1].share));
}
