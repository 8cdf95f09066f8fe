//! Sums of columns with a constant, and rows made of them under the rule they come from.

use crate::pathway::rule::Rule;
use crate::solver::{Column, Model, Solved};

/// A sum of columns and a constant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sum {
    constant: f64,
    terms: Vec<(Column, f64)>,
}

impl Sum {
    /// A number.
    pub(super) fn number(constant: u32) -> Self {
        Self { constant: f64::from(constant), terms: Vec::new() }
    }

    /// A column.
    pub(super) fn column(column: Column) -> Self {
        Self { constant: 0.0, terms: vec![(column, 1.0)] }
    }

    /// Adds a sum so many times.
    pub(super) fn add(&mut self, factor: f64, other: &Self) {
        self.constant += factor * other.constant;
        self.terms.extend(other.terms.iter().map(|(column, times)| (*column, factor * times)));
    }

    /// This sum and so many times another.
    pub(super) fn plus(mut self, factor: f64, other: &Self) -> Self {
        self.add(factor, other);
        self
    }

    /// The number it is when no column is in it.
    pub(super) fn constant(&self) -> f64 {
        self.constant
    }

    /// What it comes to in a solution.
    pub(super) fn value(&self, solved: &Solved) -> f64 {
        self.terms.iter().fold(self.constant, |sum, (column, factor)| sum + factor * solved.of(*column))
    }

    /// Its columns, each once, without those that cancel out.
    pub(super) fn terms(&self) -> Vec<(Column, f64)> {
        let mut sorted = self.terms.clone();
        sorted.sort_by_key(|(column, _)| *column);
        let mut terms: Vec<(Column, f64)> = Vec::with_capacity(sorted.len());
        for (column, factor) in sorted {
            match terms.last_mut() {
                Some(last) if last.0 == column => last.1 += factor,
                _ => terms.push((column, factor)),
            }
        }
        terms.retain(|(_, factor)| *factor != 0.0);
        terms
    }
}

/// A row of a draft.
#[derive(Clone)]
struct DraftRow {
    rule: Rule,
    low: f64,
    high: f64,
    terms: Vec<(Column, f64)>,
}

/// A model whose rows know the rule they come from, so that rules can be left out.
#[derive(Clone, Default)]
pub(super) struct Draft {
    columns: Model,
    rows: Vec<DraftRow>,
}

impl Draft {
    /// A column that is 0 or 1.
    pub(super) fn binary(&mut self) -> Sum {
        Sum::column(self.columns.binary())
    }

    /// A column that is a whole number from 0.
    pub(super) fn whole(&mut self, high: f64) -> Sum {
        Sum::column(self.columns.whole(0.0, high))
    }

    /// A column from 0 to a bound.
    pub(super) fn up_to(&mut self, high: f64) -> Sum {
        Sum::column(self.columns.between(0.0, high))
    }

    /// The sum is at least so much. A row that always holds is left out; one that never does stays, without columns.
    pub(super) fn at_least(&mut self, rule: Rule, sum: &Sum, low: f64) {
        let (low, terms) = (low - sum.constant, sum.terms());
        if !terms.is_empty() || low > 0.0 {
            self.rows.push(DraftRow { rule, low, high: f64::INFINITY, terms });
        }
    }

    /// The sum is at most so much.
    pub(super) fn at_most(&mut self, rule: Rule, sum: &Sum, high: f64) {
        let (high, terms) = (high - sum.constant, sum.terms());
        if !terms.is_empty() || high < 0.0 {
            self.rows.push(DraftRow { rule, low: f64::NEG_INFINITY, high, terms });
        }
    }

    /// Whether a row can never hold.
    pub(super) fn is_contradictory(&self) -> bool {
        self.contradicts(|_| true)
    }

    /// Whether a row whose rule passes can never hold.
    pub(super) fn contradicts(&self, passes: impl Fn(Rule) -> bool) -> bool {
        self.rows.iter().any(|row| row.terms.is_empty() && passes(row.rule))
    }

    /// The rules of its rows, each once, in their order.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.rows.iter().map(|row| row.rule).filter(|rule| rule.can_be_dropped()).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// The model with the rows whose rule passes.
    pub(super) fn model(&self, passes: impl Fn(Rule) -> bool) -> Model {
        let mut model = self.columns.clone();
        for row in self.rows.iter().filter(|row| passes(row.rule) && !row.terms.is_empty()) {
            model.row(row.low, row.high, row.terms.clone());
        }
        model
    }

    /// The model in which rows of the rules that pass may be broken at a price, with what to pay and the rule of each row.
    pub(super) fn elastic(&self, passes: impl Fn(Rule) -> bool) -> (Model, Vec<(Column, f64)>, Vec<Rule>) {
        let mut model = self.columns.relaxed();
        let mut prices = Vec::new();
        let rows: Vec<&DraftRow> = self.rows.iter().filter(|row| passes(row.rule)).collect();
        for row in &rows {
            let mut terms = row.terms.clone();
            if row.rule.can_be_dropped() {
                let breach = model.between(0.0, f64::INFINITY);
                terms.push((breach, if row.low.is_finite() { 1.0 } else { -1.0 }));
                prices.push((breach, 1.0));
            }
            model.row(row.low, row.high, terms);
        }
        (model, prices, rows.into_iter().map(|row| row.rule).collect())
    }
}
