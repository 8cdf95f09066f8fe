//! Coverage of a blueprint by weight, computed so that a person can do it again by hand.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Blueprint, Ctid, Objective, Standing, Strength};

mod weighting;

pub use weighting::Weighting;
use weighting::{count_equally, weights};

/// The formula, as shown on pages and in files.
pub const COVERAGE_FORMULA: &str = "Each domain's weight is split equally among its objectives, and an objective's share equally among the finer \
     ones below it. A statement at the end of the outline scores 1 when a full alignment to it (or to an objective \
     above it) is accepted, ½ when only partial ones are, 0 otherwise. Coverage of a domain = sum of share × score ÷ \
     sum of shares, as a percentage. Total = sum over domains of weight × coverage ÷ sum of weights; a weight given as a range \
     counts with its middle. Where the outline publishes no weights at all, every statement at its end has the same share: \
     coverage = sum of scores ÷ number of statements, as a percentage.";

/// A course statement, as coverage needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaughtStatement {
    /// The outcome, topic, or course taken by its description.
    pub statement: Ctid,
    /// Its course.
    pub course: Ctid,
    /// Whether the source names an assessment for it.
    pub assessed: bool,
}

/// What stands for a pair of statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingPair {
    /// The course statement.
    pub statement: Ctid,
    /// The blueprint statement.
    pub target: Ctid,
    /// What stands.
    pub standing: Standing,
}

/// Coverage of one domain.
#[derive(Clone, Debug, PartialEq)]
pub struct DomainCoverage {
    /// The domain.
    pub domain: Ctid,
    /// Weight used, in per cent of the exam; absent where the source gives none.
    pub weight: Option<f64>,
    /// Coverage, 0 to 100 %.
    pub coverage: f64,
    /// Coverage by assessed statements only, 0 to 100 %.
    pub assessed: f64,
    /// Statements at the end of the outline.
    pub statements: usize,
    /// Those with a full score.
    pub covered: usize,
    /// Those with a half score.
    pub partly: usize,
}

/// Coverage of one statement at the end of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementCoverage {
    /// The objective, or the domain without objectives.
    pub target: Ctid,
    /// Index of its domain.
    pub domain: usize,
    /// Its share of the whole exam in per cent; absent where there is no total.
    pub share: Option<f64>,
    /// Its share of its domain, 0 to 1.
    pub share_of_domain: f64,
    /// Score: 0, ½ or 1.
    pub score: f64,
    /// Score by assessed statements only.
    pub assessed_score: f64,
    /// Courses with an accepted alignment to it, in order of identifier.
    pub courses: Vec<Ctid>,
}

impl StatementCoverage {
    /// What the exam loses here, in per cent of the whole: share × (1 − score).
    #[must_use]
    pub fn lost(&self) -> Option<f64> {
        self.share.map(|share| share * (1.0 - self.score))
    }
}

/// Coverage of a blueprint by a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// How the domains are weighted.
    pub weighting: Weighting,
    /// Total, 0 to 100 %; absent when some weights are missing or there is nothing to cover.
    pub total: Option<f64>,
    /// Total by assessed statements only.
    pub total_assessed: Option<f64>,
    /// By domain, in order.
    pub domains: Vec<DomainCoverage>,
    /// By statement at the end of the outline, in order.
    pub statements: Vec<StatementCoverage>,
    /// Course statements with no accepted alignment, in the order given.
    pub orphans: Vec<Ctid>,
}

impl Coverage {
    /// Statements not fully covered, those that lose most weight first, then in order of the outline.
    #[must_use]
    pub fn gaps(&self) -> Vec<&StatementCoverage> {
        let mut gaps: Vec<&StatementCoverage> =
            self.statements.iter().filter(|statement| statement.score < 1.0).collect();
        let lost = |statement: &StatementCoverage| {
            statement.lost().unwrap_or(statement.share_of_domain * (1.0 - statement.score))
        };
        gaps.sort_by(|left, right| lost(right).total_cmp(&lost(left)));
        gaps
    }

    /// Statements that `courses` or more courses cover.
    #[must_use]
    pub fn redundant(&self, courses: usize) -> Vec<&StatementCoverage> {
        self.statements.iter().filter(|statement| statement.courses.len() >= courses).collect()
    }

    /// Statements that are taught, but by no statement with an assessment.
    #[must_use]
    pub fn taught_not_assessed(&self) -> Vec<&StatementCoverage> {
        self.statements.iter().filter(|statement| statement.score > 0.0 && statement.assessed_score == 0.0).collect()
    }
}

/// What is accepted for one target.
#[derive(Default)]
struct Accepted {
    strength: Option<Strength>,
    assessed: Option<Strength>,
    courses: BTreeSet<Ctid>,
}

/// Computes coverage from what stands; only accepted pairs whose course statement is in `taught` count.
///
/// Formula: [`COVERAGE_FORMULA`]. Ranges: percentages 0 to 100. Pairs on statements or targets that are not in
/// `taught` or `blueprint` are left out: they belong to another program or version.
#[must_use]
pub fn coverage(blueprint: &Blueprint, taught: &[TaughtStatement], pairs: &[StandingPair]) -> Coverage {
    let accepted = accepted_by_target(taught, pairs);
    let mut statements = Vec::new();
    for (index, domain) in blueprint.domains.iter().enumerate() {
        let mut walk = Walk { accepted: &accepted, domain: index, statements: &mut statements };
        if domain.objectives.is_empty() {
            walk.leaf(domain.ctid, 1.0, &[]);
        }
        walk.objectives(&domain.objectives, 1.0, &[]);
    }
    let (weighting, weights) = weights(blueprint, &statements);
    let whole: f64 = weights.iter().flatten().sum();
    if weighting == Weighting::EqualPerStatement {
        count_equally(&mut statements);
    }
    for statement in &mut statements {
        statement.share = match weighting {
            Weighting::Incomplete => None,
            _ => weights[statement.domain].map(|weight| statement.share_of_domain * weight / whole * 100.0),
        };
    }
    let domains: Vec<DomainCoverage> = blueprint
        .domains
        .iter()
        .enumerate()
        .map(|(index, domain)| domain_coverage(domain.ctid, index, weights[index], &statements))
        .collect();
    let total = |part: fn(&DomainCoverage) -> f64| {
        let complete = weighting != Weighting::Incomplete && whole > 0.0;
        complete.then(|| domains.iter().map(|domain| domain.weight.unwrap_or(0.0) * part(domain)).sum::<f64>() / whole)
    };
    Coverage {
        weighting,
        total: total(|domain| domain.coverage),
        total_assessed: total(|domain| domain.assessed),
        orphans: orphans(taught, pairs),
        domains,
        statements,
    }
}

/// Gathers the accepted alignments by blueprint statement.
fn accepted_by_target(taught: &[TaughtStatement], pairs: &[StandingPair]) -> BTreeMap<Ctid, Accepted> {
    let taught: BTreeMap<Ctid, &TaughtStatement> =
        taught.iter().map(|statement| (statement.statement, statement)).collect();
    let mut accepted: BTreeMap<Ctid, Accepted> = BTreeMap::new();
    for pair in pairs {
        let (Standing::Accepted { strength, .. }, Some(statement)) = (pair.standing, taught.get(&pair.statement))
        else {
            continue;
        };
        let entry = accepted.entry(pair.target).or_default();
        entry.strength = entry.strength.max(Some(strength));
        if statement.assessed {
            entry.assessed = entry.assessed.max(Some(strength));
        }
        entry.courses.insert(statement.course);
    }
    accepted
}

/// Walks the outline down to its ends, carrying what is accepted above.
struct Walk<'a> {
    accepted: &'a BTreeMap<Ctid, Accepted>,
    domain: usize,
    statements: &'a mut Vec<StatementCoverage>,
}

impl Walk<'_> {
    fn objectives(&mut self, objectives: &[Objective], share: f64, above: &[Ctid]) {
        #[expect(clippy::cast_precision_loss, reason = "an outline has far fewer than 2^52 objectives")]
        let share = share / objectives.len() as f64;
        for objective in objectives {
            if objective.children.is_empty() {
                self.leaf(objective.ctid, share, above);
            } else {
                let mut deeper = above.to_vec();
                deeper.push(objective.ctid);
                self.objectives(&objective.children, share, &deeper);
            }
        }
    }

    fn leaf(&mut self, target: Ctid, share_of_domain: f64, above: &[Ctid]) {
        let counting: Vec<&Accepted> =
            above.iter().chain([&target]).filter_map(|ctid| self.accepted.get(ctid)).collect();
        let score = |strength: Option<Strength>| strength.map_or(0.0, Strength::score);
        let courses: BTreeSet<Ctid> = counting.iter().flat_map(|accepted| accepted.courses.iter().copied()).collect();
        self.statements.push(StatementCoverage {
            target,
            domain: self.domain,
            share: None,
            share_of_domain,
            score: score(counting.iter().filter_map(|accepted| accepted.strength).max()),
            assessed_score: score(counting.iter().filter_map(|accepted| accepted.assessed).max()),
            courses: courses.into_iter().collect(),
        });
    }
}

fn domain_coverage(
    domain: Ctid,
    index: usize,
    weight: Option<f64>,
    statements: &[StatementCoverage],
) -> DomainCoverage {
    let own: Vec<&StatementCoverage> = statements.iter().filter(|statement| statement.domain == index).collect();
    let percent = |score: fn(&StatementCoverage) -> f64| {
        own.iter().map(|statement| statement.share_of_domain * score(statement)).sum::<f64>() * 100.0
    };
    DomainCoverage {
        domain,
        weight,
        coverage: percent(|statement| statement.score),
        assessed: percent(|statement| statement.assessed_score),
        statements: own.len(),
        covered: own.iter().filter(|statement| statement.score >= 1.0).count(),
        partly: own.iter().filter(|statement| statement.score > 0.0 && statement.score < 1.0).count(),
    }
}

fn orphans(taught: &[TaughtStatement], pairs: &[StandingPair]) -> Vec<Ctid> {
    let aligned: BTreeSet<Ctid> = pairs
        .iter()
        .filter(|pair| matches!(pair.standing, Standing::Accepted { .. }))
        .map(|pair| pair.statement)
        .collect();
    taught.iter().map(|statement| statement.statement).filter(|statement| !aligned.contains(statement)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_model::{Domain, Place, Text, WeightRange};

    fn ctid(number: u32) -> Ctid {
        format!("ce-00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    fn objective(number: u32, children: Vec<Objective>) -> Objective {
        Objective {
            ctid: ctid(number),
            code: None,
            text: Text::new("Objective").unwrap(),
            children,
            place: Place::Whole,
        }
    }

    fn domain(number: u32, weight: Option<&str>, objectives: Vec<Objective>) -> Domain {
        let weight = weight.map(|weight| WeightRange::exactly(weight.parse().unwrap()));
        let title = Text::new("Domain").unwrap();
        Domain { ctid: ctid(number), code: None, title, weight, objectives, place: Place::Whole }
    }

    fn blueprint(weights: [Option<&str>; 2]) -> Blueprint {
        Blueprint {
            ctid: ctid(1),
            title: Text::new("Exam").unwrap(),
            version: None,
            effective: None,
            retires: None,
            domains: vec![
                domain(
                    10,
                    weights[0],
                    vec![objective(11, vec![]), objective(12, vec![objective(13, vec![]), objective(14, vec![])])],
                ),
                domain(20, weights[1], vec![]),
            ],
            origin: None,
        }
    }

    fn pair(statement: u32, target: u32, strength: Strength) -> StandingPair {
        let standing = Standing::Accepted { strength, level: None, strengths_differ: false };
        StandingPair { statement: ctid(statement), target: ctid(target), standing }
    }

    fn taught(statement: u32, assessed: bool) -> TaughtStatement {
        TaughtStatement { statement: ctid(statement), course: ctid(statement + 100), assessed }
    }

    /// By hand: domain 1 weighs 60: shares ½ (11), ¼ (13), ¼ (14). Full on 11 = ½; partial on 12 gives ½ to 13 and 14
    /// = ¼; full on 13 lifts it to 1: ½ + ¼·1 + ¼·½ = 0.875. Domain 2 weighs 40: partial = 0.5.
    /// Total = (60 × 87.5 + 40 × 50) ÷ 100 = 72.5. Assessed only (statement 1 alone): 60 × 50 ÷ 100 = 30.
    #[test]
    fn a_person_gets_the_same_number_by_hand() {
        let pairs = [
            pair(1, 11, Strength::Full),
            pair(2, 12, Strength::Partial),
            pair(3, 13, Strength::Full),
            pair(3, 20, Strength::Partial),
            StandingPair { standing: Standing::Disputed, ..pair(3, 14, Strength::Full) },
            pair(99, 14, Strength::Full),
        ];
        let taught = [taught(1, true), taught(2, false), taught(3, false), taught(4, true)];
        let result = coverage(&blueprint([Some("60"), Some("40")]), &taught, &pairs);
        assert_eq!(result.total, Some(72.5));
        assert_eq!(result.total_assessed, Some(30.0));
        assert_eq!(result.domains[0].coverage, 87.5);
        assert_eq!(result.orphans, [ctid(4)]);
        let gaps: Vec<_> = result.gaps().iter().map(|gap| (gap.target, gap.lost())).collect();
        assert_eq!(gaps, [(ctid(20), Some(20.0)), (ctid(14), Some(7.5))]);
        assert_eq!(result.redundant(2).iter().map(|statement| statement.target).collect::<Vec<_>>(), [ctid(13)]);
        assert_eq!(result.taught_not_assessed().len(), 3);
    }

    #[test]
    fn the_formula_says_how_statements_count_without_weights() {
        assert!(COVERAGE_FORMULA.contains("no weights at all, every statement at its end has the same share"));
    }

    #[test]
    fn missing_weights_are_said_not_invented() {
        let none: [StandingPair; 0] = [];
        assert_eq!(coverage(&blueprint([Some("60"), None]), &[], &none).total, None);
        let unweighted = coverage(&blueprint([None, None]), &[], &[]);
        assert_eq!((unweighted.weighting, unweighted.total), (Weighting::EqualPerStatement, Some(0.0)));
        // Three statements in domain 1 (one of them beside two finer ones) and one in domain 2: a quarter each.
        let quarter = coverage(&blueprint([None, None]), &[taught(1, true)], &[pair(1, 11, Strength::Full)]);
        assert!((quarter.total.unwrap() - 25.0).abs() < 1e-9, "every statement counts the same");
        assert!(quarter.statements.iter().all(|statement| (statement.share.unwrap() - 25.0).abs() < 1e-9));
        let off = coverage(&blueprint([Some("60"), Some("37")]), &[taught(1, true)], &[pair(1, 20, Strength::Full)]);
        assert_eq!(off.weighting, Weighting::PublishedOff);
        assert!((off.total.unwrap() - 37.0 / 97.0 * 100.0).abs() < 1e-9);
    }
}
