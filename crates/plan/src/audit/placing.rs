//! The placing of courses as a mixed-integer model.
//!
//! k(p, r): the record r counts for the award p. y(p, l, r) ≤ k(p, r): it counts for the leaf l. Σ over leaves that are no overlay of
//! y ≤ k + s, with s the credits that are shared within the award, limited. d(l) ≥ need − Σ worth · y is what a leaf misses; a node
//! misses the sum over the children that are chosen: c(i) ≥ missing(i) − most(i) · (1 − z(i)), Σ z = how many are asked for. Limits,
//! exclusions, caps and shares are rows over k; totals miss t ≥ wanted − Σ credits · k.

use credway_model::{AwardRequirements, CourseSet, Credits};

use super::leaves::{Shape, Tree, lacking};
use super::{AuditError, AuditedAward, CourseRecord, CreditSource, SharedBetween, TotalKind};
use crate::solver::{Column, Ended, Model, Patience};

/// How long the solver may take: an audit is asked for by somebody who waits.
const PATIENCE: Patience = Patience::of(20.0);
/// A sum of credits below this is none: credits are kept to a hundredth.
const NOTHING: f64 = 1e-4;

/// Which records count, and where.
pub(super) struct Placing {
    /// For each record, whether it counts for the award.
    pub(super) counts: Vec<bool>,
    /// For each leaf, the records that count there.
    pub(super) at: Vec<Vec<usize>>,
}

/// A sum of columns and a constant, with the most it can come to.
struct Sum {
    terms: Vec<(Column, f64)>,
    constant: f64,
    most: f64,
}

/// The columns of an award.
struct Columns {
    /// For each record, absent where it was not passed.
    counts: Vec<Option<Column>>,
    /// For each leaf the records that may count there.
    places: Vec<Vec<(usize, Column)>>,
    /// Records that are shared within the award.
    shared: Vec<(usize, Column)>,
    missing: Sum,
    short: Vec<Column>,
}

/// Places the records.
pub(super) fn place(
    awards: &[AuditedAward<'_>],
    trees: &[Tree<'_>],
    shared: &[SharedBetween],
    records: &[CourseRecord],
) -> Result<Vec<Placing>, AuditError> {
    let mut model = Model::default();
    let columns: Vec<Columns> =
        awards.iter().zip(trees).map(|(award, tree)| build(&mut model, award.requirements, tree, records)).collect();
    for limit in shared {
        share(&mut model, &columns, limit, records);
    }
    let missing: Vec<(Column, f64)> = columns.iter().flat_map(|one| one.missing.terms.clone()).collect();
    let short: Vec<(Column, f64)> =
        columns.iter().flat_map(|one| one.short.iter().map(|column| (*column, 1.0))).collect();
    let shared: Vec<(Column, f64)> = columns
        .iter()
        .flat_map(|one| one.shared.iter().map(|(record, column)| (*column, records[*record].credits.value())))
        .collect();
    let places: Vec<(Column, f64)> =
        columns.iter().flat_map(|one| one.places.iter().flatten().map(|(_, column)| (*column, 1.0))).collect();
    let counts: Vec<(Column, f64)> =
        columns.iter().flat_map(|one| one.counts.iter().flatten().map(|column| (*column, -1.0))).collect();
    let mut last = None;
    for objective in [&missing, &short, &shared, &places, &counts] {
        let solved = model.solve(objective, false, PATIENCE)?;
        if solved.ended != Ended::Optimal {
            return Err(AuditError::Unproved);
        }
        let value: f64 = objective.iter().map(|(column, factor)| factor * solved.of(*column)).sum();
        model.row(f64::NEG_INFINITY, value + NOTHING, objective.clone());
        last = Some(solved);
    }
    let solved = last.ok_or(AuditError::Unproved)?;
    let yes = |column: &Column| solved.of(*column) > 0.5;
    Ok(columns
        .iter()
        .map(|one| Placing {
            counts: one.counts.iter().map(|column| column.as_ref().is_some_and(yes)).collect(),
            at: one
                .places
                .iter()
                .map(|places| places.iter().filter(|(_, column)| yes(column)).map(|(record, _)| *record).collect())
                .collect(),
        })
        .collect())
}

fn build(model: &mut Model, award: &AwardRequirements, tree: &Tree<'_>, records: &[CourseRecord]) -> Columns {
    let counts: Vec<Option<Column>> = records.iter().map(|record| record.passed.then(|| model.binary())).collect();
    let places: Vec<Vec<(usize, Column)>> = tree
        .leaves
        .iter()
        .map(|leaf| {
            let may = records.iter().enumerate().filter(|(at, record)| counts[*at].is_some() && leaf.takes(record));
            may.map(|(at, _)| (at, model.binary())).collect()
        })
        .collect();
    for (at, column) in places.iter().flatten() {
        if let Some(counts) = counts[*at] {
            model.row(f64::NEG_INFINITY, 0.0, vec![(*column, 1.0), (counts, -1.0)]);
        }
    }
    let shared = once(model, award, tree, &counts, &places, records);
    let least: Vec<Column> = tree
        .leaves
        .iter()
        .zip(&places)
        .map(|(leaf, places)| {
            let misses = model.between(0.0, leaf.need);
            let mut terms = vec![(misses, 1.0)];
            terms.extend(places.iter().map(|(at, column)| (*column, leaf.worth(&records[*at]))));
            model.row(leaf.need, f64::INFINITY, terms);
            misses
        })
        .collect();
    let missing = node(model, tree, 0, &least);
    limits(model, award, &counts, records);
    let short = totals(model, award, &counts, records);
    Columns { counts, places, shared, missing, short }
}

/// A record counts for one leaf that is no overlay, and for a second one where credits may be shared.
fn once(
    model: &mut Model,
    award: &AwardRequirements,
    tree: &Tree<'_>,
    counts: &[Option<Column>],
    places: &[Vec<(usize, Column)>],
    records: &[CourseRecord],
) -> Vec<(usize, Column)> {
    let mut shared = Vec::new();
    for (at, column) in counts.iter().enumerate() {
        let Some(column) = column else { continue };
        let own = tree.leaves.iter().zip(places).filter(|(leaf, _)| !leaf.choice.overlay);
        let own = own.flat_map(|(_, places)| places.iter().filter(|(record, _)| *record == at));
        let mut terms: Vec<(Column, f64)> = own.map(|(_, place)| (*place, 1.0)).collect();
        if terms.len() < 2 {
            continue;
        }
        terms.push((*column, -1.0));
        if award.most_shared.is_some() {
            let twice = model.binary();
            terms.push((twice, -1.0));
            shared.push((at, twice));
        }
        model.row(f64::NEG_INFINITY, 0.0, terms);
    }
    if let Some(most) = award.most_shared {
        let terms = shared.iter().map(|(at, column)| (*column, records[*at].credits.value())).collect();
        model.row(f64::NEG_INFINITY, most.value(), terms);
    }
    shared
}

/// What a node misses.
fn node(model: &mut Model, tree: &Tree<'_>, at: usize, least: &[Column]) -> Sum {
    let one = &tree.nodes[at];
    if one.waived.is_some() {
        return Sum { terms: Vec::new(), constant: 0.0, most: 0.0 };
    }
    let (count, children) = match &one.shape {
        Shape::Leaf(leaf) => {
            let need = tree.leaves[*leaf].need;
            return Sum { terms: vec![(least[*leaf], 1.0)], constant: 0.0, most: need };
        }
        Shape::Some(count, children) => (*count, children),
    };
    let sums: Vec<Sum> = children.iter().map(|child| node(model, tree, *child, least)).collect();
    let constant = lacking(count, children.len());
    if count >= children.len() {
        return Sum {
            constant: constant + sums.iter().map(|sum| sum.constant).sum::<f64>(),
            most: constant + sums.iter().map(|sum| sum.most).sum::<f64>(),
            terms: sums.into_iter().flat_map(|sum| sum.terms).collect(),
        };
    }
    let mut chosen = Vec::new();
    let mut terms = Vec::new();
    let mut most: Vec<f64> = Vec::new();
    for sum in sums {
        let (picked, misses) = (model.binary(), model.between(0.0, sum.most));
        // misses ≥ sum − most · (1 − picked)
        let mut row = sum.terms;
        row.extend([(picked, sum.most), (misses, -1.0)]);
        model.row(f64::NEG_INFINITY, sum.most - sum.constant, row);
        chosen.push((picked, 1.0));
        terms.push((misses, 1.0));
        most.push(sum.most);
    }
    let wanted = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    model.row(wanted, wanted, chosen);
    most.sort_by(|one, other| other.total_cmp(one));
    Sum { terms, constant, most: constant + most.iter().take(count).sum::<f64>() }
}

/// Repeats, exclusions, limits of sets and caps by where the credit comes from.
fn limits(model: &mut Model, award: &AwardRequirements, counts: &[Option<Column>], records: &[CourseRecord]) {
    let mut at_most = |most: f64, factor: &dyn Fn(&CourseRecord) -> f64| {
        let terms = counts.iter().zip(records).filter_map(|(column, record)| {
            let factor = factor(record);
            column.filter(|_| factor > 0.0).map(|column| (column, factor))
        });
        let terms: Vec<(Column, f64)> = terms.collect();
        if !terms.is_empty() {
            model.row(f64::NEG_INFINITY, most, terms);
        }
    };
    let mut seen: Vec<&str> = Vec::new();
    for record in records.iter().filter(|record| !record.repeatable) {
        if !seen.contains(&record.code.as_str()) {
            seen.push(record.code.as_str());
            at_most(1.0, &|other| f64::from(u8::from(other.code == record.code && !other.repeatable)));
        }
    }
    for set in &award.exclusions {
        at_most(1.0, &|record| f64::from(u8::from(set.holds(record))));
    }
    let credits = |record: &CourseRecord, counted: bool| if counted { record.credits.value() } else { 0.0 };
    for limit in &award.limits {
        at_most(limit.at_most.value(), &|record| credits(record, limit.courses.holds(record)));
    }
    for (cap, source) in
        [(award.most_transferred, CreditSource::Transferred), (award.most_prior_learning, CreditSource::PriorLearning)]
    {
        if let Some(cap) = cap {
            at_most(cap.value(), &|record| credits(record, record.from == source));
        }
    }
}

/// A total that an award asks for.
pub(super) struct Wanted {
    pub(super) kind: TotalKind,
    pub(super) credits: Credits,
    upper: CourseSet,
}

impl Wanted {
    /// Whether a record brings credits to it.
    pub(super) fn takes(&self, record: &CourseRecord) -> bool {
        match self.kind {
            TotalKind::All => true,
            TotalKind::Residency => record.from == CreditSource::Here,
            TotalKind::UpperDivision => self.upper.holds(record),
        }
    }
}

/// The totals that an award asks for.
pub(super) fn wanted(award: &AwardRequirements) -> Vec<Wanted> {
    let asked = [
        (TotalKind::All, award.total),
        (TotalKind::Residency, award.residency),
        (TotalKind::UpperDivision, award.upper_division),
    ];
    let wanted = asked.into_iter().filter_map(|(kind, credits)| Some((kind, credits?)));
    wanted.map(|(kind, credits)| Wanted { kind, credits, upper: award.upper_courses() }).collect()
}

/// What each total misses.
fn totals(
    model: &mut Model,
    award: &AwardRequirements,
    counts: &[Option<Column>],
    records: &[CourseRecord],
) -> Vec<Column> {
    let mut short = Vec::new();
    for wanted in wanted(award) {
        let credits = wanted.credits.value();
        let misses = model.between(0.0, credits);
        let mut terms = vec![(misses, 1.0)];
        let bringing = counts.iter().zip(records).filter(|(_, record)| wanted.takes(record));
        terms.extend(bringing.filter_map(|(column, record)| Some(((*column)?, record.credits.value()))));
        model.row(credits, f64::INFINITY, terms);
        short.push(misses);
    }
    short
}

/// Between two awards at most so many credits count for both.
fn share(model: &mut Model, columns: &[Columns], limit: &SharedBetween, records: &[CourseRecord]) {
    let (one, other) = (&columns[limit.awards.0], &columns[limit.awards.1]);
    let mut both = Vec::new();
    for (at, record) in records.iter().enumerate() {
        if let (Some(first), Some(second)) = (one.counts[at], other.counts[at]) {
            let twice = model.between(0.0, 1.0);
            model.row(f64::NEG_INFINITY, 1.0, vec![(first, 1.0), (second, 1.0), (twice, -1.0)]);
            both.push((twice, record.credits.value()));
        }
    }
    model.row(f64::NEG_INFINITY, limit.at_most.value(), both);
}
