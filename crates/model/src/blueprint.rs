//! Exam blueprints: the weighted, versioned outline of what a certification's exam tests.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Ctid, Origin, Percent, Place, Text};

/// The share of the exam a domain has: one figure, or the range its publisher gives.
///
/// Units: per cent of the exam, 0 to 100; `low` ≤ `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WeightRange {
    low: Percent,
    high: Percent,
}

/// A range whose low end is above its high end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the weight range {low}–{high} % runs backwards")]
pub struct WeightRangeError {
    /// Low end.
    pub low: Percent,
    /// High end.
    pub high: Percent,
}

impl WeightRange {
    /// A single weight.
    #[must_use]
    pub const fn exactly(weight: Percent) -> Self {
        Self { low: weight, high: weight }
    }

    /// A range of weights.
    ///
    /// # Errors
    /// [`WeightRangeError`] when it runs backwards.
    pub fn between(low: Percent, high: Percent) -> Result<Self, WeightRangeError> {
        if low <= high { Ok(Self { low, high }) } else { Err(WeightRangeError { low, high }) }
    }

    /// Low end.
    #[must_use]
    pub const fn low(self) -> Percent {
        self.low
    }

    /// High end.
    #[must_use]
    pub const fn high(self) -> Percent {
        self.high
    }

    /// Middle of the range, in per cent: the weight used where one figure is needed.
    #[must_use]
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low.value(), self.high.value())
    }
}

impl std::fmt::Display for WeightRange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.low == self.high {
            formatter.pad(&format!("{} %", self.low))
        } else {
            formatter.pad(&format!("{}–{} %", self.low, self.high))
        }
    }
}

/// What the weights of a blueprint come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightTotal {
    /// No domain has a weight.
    NoneGiven,
    /// Some domains have no weight: how many.
    SomeMissing(usize),
    /// Every domain has one, and 100 % lies within the sum of lows and the sum of highs.
    Complete,
    /// Every domain has one, but they cannot come to 100 %: the sums of lows and highs, in hundredths of a per cent.
    Off {
        /// Sum of the low ends.
        low: u32,
        /// Sum of the high ends.
        high: u32,
    },
}

/// One line of an exam outline below a domain; may hold finer ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Identifier.
    pub ctid: Ctid,
    /// The publisher's number, for example `1.2`.
    pub code: Option<Text>,
    /// The statement.
    pub text: Text,
    /// Finer objectives, in order.
    pub children: Vec<Objective>,
    /// Where it stands in the source.
    pub place: Place,
}

/// A top-level section of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Identifier.
    pub ctid: Ctid,
    /// The publisher's number.
    pub code: Option<Text>,
    /// Title.
    pub title: Text,
    /// Share of the exam; absent when the source gives none.
    pub weight: Option<WeightRange>,
    /// Objectives in order; empty where the publisher names domains only.
    pub objectives: Vec<Objective>,
    /// Where it stands in the source.
    pub place: Place,
}

/// One version of the outline of a certification's exam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blueprint {
    /// Identifier.
    pub ctid: Ctid,
    /// Title of the credential it examines.
    pub title: Text,
    /// Version or exam code, as the publisher writes it.
    pub version: Option<Text>,
    /// First day the version is examined.
    pub effective: Option<Date>,
    /// Last day the version is examined.
    pub retires: Option<Date>,
    /// Domains in order.
    pub domains: Vec<Domain>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}

/// A statement of a blueprint that courses can be aligned to, with what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlueprintItem<'a> {
    /// Identifier of the objective, or of the domain where the domain has no objectives.
    pub ctid: Ctid,
    /// Index of its domain.
    pub domain: usize,
    /// The publisher's number.
    pub code: Option<&'a Text>,
    /// The statement.
    pub text: &'a Text,
    /// Titles above it, outermost first (the domain, then coarser objectives).
    pub path: Vec<&'a Text>,
    /// 0 for a top-level objective or a domain, 1 below that, and so on.
    pub nesting: usize,
}

impl Blueprint {
    /// Says anew where everything in it stands.
    pub fn move_places(&mut self, to: &mut dyn FnMut(&Place) -> Place) {
        fn objectives(list: &mut [Objective], to: &mut dyn FnMut(&Place) -> Place) {
            for objective in list {
                objective.place = to(&objective.place);
                objectives(&mut objective.children, to);
            }
        }
        if let Some(origin) = &mut self.origin {
            origin.place = to(&origin.place);
        }
        for domain in &mut self.domains {
            domain.place = to(&domain.place);
            objectives(&mut domain.objectives, to);
        }
    }

    /// Title and version as people say them: `CompTIA Security+ SY0-701`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.title),
            None => self.title.to_string(),
        }
    }

    /// What the weights come to; nothing is repaired.
    #[must_use]
    pub fn weight_total(&self) -> WeightTotal {
        let weights: Vec<WeightRange> = self.domains.iter().filter_map(|domain| domain.weight).collect();
        if weights.is_empty() {
            return WeightTotal::NoneGiven;
        }
        if weights.len() < self.domains.len() {
            return WeightTotal::SomeMissing(self.domains.len() - weights.len());
        }
        let low: u32 = weights.iter().map(|weight| weight.low.steps()).sum();
        let high: u32 = weights.iter().map(|weight| weight.high.steps()).sum();
        if low <= 10_000 && high >= 10_000 { WeightTotal::Complete } else { WeightTotal::Off { low, high } }
    }

    /// Every statement that courses can be aligned to, in document order: all objectives at every depth, and a domain
    /// itself where it has no objectives.
    #[must_use]
    pub fn items(&self) -> Vec<BlueprintItem<'_>> {
        fn walk<'a>(objective: &'a Objective, domain: usize, path: &[&'a Text], items: &mut Vec<BlueprintItem<'a>>) {
            items.push(BlueprintItem {
                ctid: objective.ctid,
                domain,
                code: objective.code.as_ref(),
                text: &objective.text,
                path: path.to_vec(),
                nesting: path.len() - 1,
            });
            let mut below = path.to_vec();
            below.push(&objective.text);
            for child in &objective.children {
                walk(child, domain, &below, items);
            }
        }
        let mut items = Vec::new();
        for (index, domain) in self.domains.iter().enumerate() {
            if domain.objectives.is_empty() {
                items.push(BlueprintItem {
                    ctid: domain.ctid,
                    domain: index,
                    code: domain.code.as_ref(),
                    text: &domain.title,
                    path: Vec::new(),
                    nesting: 0,
                });
            }
            for objective in &domain.objectives {
                walk(objective, index, &[&domain.title], &mut items);
            }
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(weight: Option<&str>) -> Domain {
        Domain {
            ctid: "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap(),
            code: None,
            title: Text::new("Domain").unwrap(),
            weight: weight.map(|weight| match weight.split_once('-') {
                Some((low, high)) => WeightRange::between(low.parse().unwrap(), high.parse().unwrap()).unwrap(),
                None => WeightRange::exactly(weight.parse().unwrap()),
            }),
            objectives: Vec::new(),
            place: Place::Whole,
        }
    }

    fn check(weights: &[Option<&str>], expected: &WeightTotal) {
        let blueprint = Blueprint {
            ctid: "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a12".parse().unwrap(),
            title: Text::new("Exam").unwrap(),
            version: None,
            effective: None,
            retires: None,
            domains: weights.iter().map(|weight| domain(*weight)).collect(),
            origin: None,
        };
        assert_eq!(blueprint.weight_total(), *expected);
    }

    #[test]
    fn weights_are_added_not_repaired() {
        check(&[Some("40"), Some("12.5"), Some("26.25"), Some("21.25")], &WeightTotal::Complete);
        check(&[Some("25-30"), Some("35-40"), Some("30-35")], &WeightTotal::Complete);
        check(&[Some("50"), Some("47")], &WeightTotal::Off { low: 9_700, high: 9_700 });
        check(&[Some("50"), None], &WeightTotal::SomeMissing(1));
        check(&[None, None], &WeightTotal::NoneGiven);
    }
}
