//! Agreement of two reviewers: Cohen's κ, and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Decision, Person, Strength, Verdict};

/// How two reviewers agree on the pairs both have a word on.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The two, in order of name.
    pub reviewers: (Person, Person),
    /// Pairs both have a word on.
    pub pairs: usize,
    /// Share on which they say the same (full, partial, rejected), 0 to 1.
    pub observed: f64,
    /// Cohen's κ, −1 to 1: (observed − expected) ÷ (1 − expected), expected from each one's own shares of the three
    /// words; absent where both always say one and the same word, for then there is nothing to correct for.
    /// Source: Cohen, "A coefficient of agreement for nominal scales", 1960.
    pub kappa: Option<f64>,
    /// 95 % confidence interval of κ, from low to high within −1 to 1; absent where κ is, and where every pair speaks the
    /// same way, for then its width cannot be told. κ ± 1.96 · √variance, with p the shares of the pairs by the two
    /// words, a and b each one's own shares, o observed and e expected:
    /// variance = {Σ pᵢᵢ [(1 − e) − (aᵢ + bᵢ)(1 − o)]² + (1 − o)² Σᵢ≠ⱼ pᵢⱼ (bᵢ + aⱼ)² − (o·e − 2e + o)²} ÷ {n (1 − e)⁴}.
    /// It holds for many pairs; with fewer than about thirty it is too narrow.
    /// Source: Fleiss, Cohen and Everitt, "Large sample standard errors of kappa and weighted kappa", 1969.
    pub interval: Option<(f64, f64)>,
    /// Pairs on which they differ.
    pub disagreements: Vec<Disagreement>,
}

/// One pair on which two reviewers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The course statement.
    pub statement: Ctid,
    /// The blueprint statement.
    pub target: Ctid,
    /// What the first says.
    pub first: Verdict,
    /// What the second says.
    pub second: Verdict,
}

type Words = BTreeMap<(Ctid, Ctid), Verdict>;

/// Agreement of every two reviewers who share a pair, in order of names. `decisions` are those in force, in the
/// order taken; each person's latest word on a pair counts, and settling decisions are left out: they were taken in
/// knowledge of the others.
#[must_use]
pub fn agreements(decisions: &[Decision]) -> Vec<Agreement> {
    let mut words: BTreeMap<&Person, Words> = BTreeMap::new();
    for decision in decisions.iter().filter(|decision| !decision.settles) {
        let own = words.entry(&decision.person).or_default();
        match decision.verdict {
            Verdict::Withdrawn => own.remove(&(decision.statement, decision.target)),
            verdict => own.insert((decision.statement, decision.target), verdict),
        };
    }
    let people: Vec<(&Person, &Words)> = words.iter().map(|(person, own)| (*person, own)).collect();
    let mut agreements = Vec::new();
    for (index, (first, first_words)) in people.iter().enumerate() {
        for (second, second_words) in &people[index + 1..] {
            agreements.extend(agreement((first, first_words), (second, second_words)));
        }
    }
    agreements
}

fn agreement(first: (&Person, &Words), second: (&Person, &Words)) -> Option<Agreement> {
    let shared: Vec<(Ctid, Ctid, Verdict, Verdict)> = first
        .1
        .iter()
        .filter_map(|(pair, verdict)| second.1.get(pair).map(|other| (pair.0, pair.1, *verdict, *other)))
        .collect();
    if shared.is_empty() {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of reviewed pairs are small")]
    let share = |count: usize| count as f64 / shared.len() as f64;
    let observed = share(shared.iter().filter(|(_, _, one, other)| one == other).count());
    let words = [Verdict::Accepted(Strength::Full), Verdict::Accepted(Strength::Partial), Verdict::Rejected];
    let expected: f64 = words
        .iter()
        .map(|word| {
            let one = share(shared.iter().filter(|pair| pair.2 == *word).count());
            one * share(shared.iter().filter(|pair| pair.3 == *word).count())
        })
        .sum();
    let shares = words
        .map(|one| words.map(|other| share(shared.iter().filter(|pair| (pair.2, pair.3) == (one, other)).count())));
    let used: BTreeSet<usize> = shared
        .iter()
        .flat_map(|pair| [pair.2, pair.3])
        .filter_map(|verdict| words.iter().position(|word| *word == verdict))
        .collect();
    let kappa = (used.len() > 1).then(|| (observed - expected) / (1.0 - expected));
    Some(Agreement {
        reviewers: (first.0.clone(), second.0.clone()),
        pairs: shared.len(),
        observed,
        kappa,
        interval: kappa.and_then(|kappa| interval(kappa, &shares, shared.len())),
        disagreements: shared
            .iter()
            .filter(|(_, _, one, other)| one != other)
            .map(|(statement, target, first, second)| Disagreement {
                statement: *statement,
                target: *target,
                first: *first,
                second: *second,
            })
            .collect(),
    })
}

/// The 95 % interval of κ from the shares of pairs by the two words; see [`Agreement::interval`].
fn interval(kappa: f64, shares: &[[f64; 3]; 3], pairs: usize) -> Option<(f64, f64)> {
    let first = shares.map(|row| row.iter().sum::<f64>());
    let second = [0, 1, 2].map(|column: usize| shares.iter().map(|row| row[column]).sum::<f64>());
    let observed: f64 = (0..3).map(|at| shares[at][at]).sum();
    let expected: f64 = (0..3).map(|at| first[at] * second[at]).sum();
    let square = |value: f64| value * value;
    let mut variance = -square(observed * expected - 2.0 * expected + observed);
    for (one, row) in shares.iter().enumerate() {
        for (other, share) in row.iter().enumerate() {
            variance += if one == other {
                share * square((1.0 - expected) - (first[one] + second[one]) * (1.0 - observed))
            } else {
                share * square((1.0 - observed) * (second[one] + first[other]))
            };
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of reviewed pairs are small")]
    let count = pairs as f64;
    let error = (variance / (count * square(square(1.0 - expected)))).sqrt();
    (error.is_finite() && error > 1e-9).then(|| ((kappa - 1.96 * error).max(-1.0), (kappa + 1.96 * error).min(1.0)))
}

/// κ with its interval and what it means, in words.
/// Source of the words: Landis and Koch, "The measurement of observer agreement for categorical data", 1977.
#[must_use]
pub fn kappa_words(kappa: Option<f64>, interval: Option<(f64, f64)>) -> String {
    let Some(kappa) = kappa else {
        return "not defined: both always gave the same one decision, so chance cannot be told from agreement"
            .to_owned();
    };
    let meaning = match kappa {
        value if value < 0.0 => "less agreement than chance would give",
        value if value <= 0.20 => "slight agreement beyond chance",
        value if value <= 0.40 => "fair agreement beyond chance",
        value if value <= 0.60 => "moderate agreement beyond chance",
        value if value <= 0.80 => "substantial agreement beyond chance",
        _ => "almost perfect agreement beyond chance",
    };
    let between = interval.map_or_else(String::new, |(low, high)| format!(" (95 % interval {low:.2} to {high:.2})"));
    format!("{kappa:.2}{between}, {meaning}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_model::Text;

    fn decide(person: &str, target: usize, verdict: Verdict) -> Decision {
        let ctid = |number: usize| format!("ce-00000000-0000-4000-8000-{number:012}").parse().unwrap();
        Decision {
            statement: ctid(1),
            target: ctid(target),
            person: Person(Text::new(person).unwrap()),
            verdict,
            level: None,
            reason: None,
            at: "2026-11-23T00:00:00Z".parse().unwrap(),
            settles: false,
            undoes: false,
            judged: credway_model::Judged {
                statement: Text::new("Set up a firewall").unwrap(),
                target: Text::new("Firewalls").unwrap(),
            },
        }
    }

    /// Cohen's κ by hand: 50 pairs, both yes 20, both no 15, only first yes 5, only second yes 10:
    /// observed 0.7, expected 0.5 × 0.6 + 0.5 × 0.4 = 0.5, κ = 0.4.
    #[test]
    fn kappa_matches_the_textbook() {
        let yes = Verdict::Accepted(Strength::Full);
        let mut decisions = Vec::new();
        for target in 0..50 {
            let (one, two) = match target {
                0..20 => (yes, yes),
                20..35 => (Verdict::Rejected, Verdict::Rejected),
                35..40 => (yes, Verdict::Rejected),
                _ => (Verdict::Rejected, yes),
            };
            decisions.push(decide("Ada", target, one));
            decisions.push(decide("Ben", target, two));
        }
        decisions.push(decide("Cy", 77, yes));
        let result = agreements(&decisions);
        assert_eq!(result.len(), 1);
        assert_eq!((result[0].pairs, result[0].disagreements.len()), (50, 15));
        assert!((result[0].kappa.unwrap() - 0.4).abs() < 1e-12);
        // By hand: {0.02743 + 0.02547 − 0.0025} ÷ {50 × 0.0625} = 0.016128, whose root is 0.126996.
        let (low, high) = result[0].interval.unwrap();
        assert!((low - (0.4 - 1.96 * 0.126_996)).abs() < 1e-5 && (high - (0.4 + 1.96 * 0.126_996)).abs() < 1e-5);
        let same: Vec<_> = ["Ada", "Ben"].map(|person| decide(person, 1, yes)).into();
        assert_eq!(agreements(&same)[0].kappa, None);
    }

    #[test]
    fn kappa_is_said_in_words_with_its_number() {
        for (kappa, expected) in [
            (Some(-0.1), "-0.10, less agreement than chance would give"),
            (Some(0.4), "0.40, fair agreement beyond chance"),
            (Some(0.61), "0.61, substantial agreement beyond chance"),
            (Some(1.0), "1.00, almost perfect agreement beyond chance"),
        ] {
            assert_eq!(kappa_words(kappa, None), expected);
        }
        let whole = kappa_words(Some(0.4), Some((0.151, 0.649)));
        assert_eq!(whole, "0.40 (95 % interval 0.15 to 0.65), fair agreement beyond chance");
        assert!(kappa_words(None, None).starts_with("not defined"));
    }
}
