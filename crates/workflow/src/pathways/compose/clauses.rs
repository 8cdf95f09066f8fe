//! A condition as clauses: each is met by any one of its components, and all must be. What clauses cannot say is left, part by part.

use credway_model::{ComponentKey, PathwayCondition};

/// The most clauses a part of a condition is written out to.
const MOST_CLAUSES: usize = 100;

/// A condition as far as clauses say it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clauses<'a> {
    pub(super) of: Vec<Vec<&'a ComponentKey>>,
    /// Parts that are left, with why.
    pub(super) left: Vec<(&'a PathwayCondition, Why)>,
}

/// Why a part of a condition is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It asks for credits, for absence, or for what only people judge.
    Unsayable,
    /// Written out it has more clauses than are taken.
    TooMany,
}

impl Why {
    /// The reason, behind “which”.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Unsayable => "is not planned",
            Self::TooMany => "has too many combinations to be planned",
        }
    }
}

impl<'a> Clauses<'a> {
    /// The clauses of a condition.
    pub(super) fn of(condition: &'a PathwayCondition) -> Self {
        if let PathwayCondition::All(parts) = condition {
            let mut all = Self::default();
            for part in parts.iter().map(Self::of) {
                all.of.extend(part.of);
                all.left.extend(part.left);
            }
            return all;
        }
        match written(condition) {
            Ok(of) => Self { of, left: Vec::new() },
            Err(why) => Self { of: Vec::new(), left: vec![(condition, why)] },
        }
    }
}

/// Clauses that say a condition in full.
fn written(condition: &PathwayCondition) -> Result<Vec<Vec<&ComponentKey>>, Why> {
    match condition {
        PathwayCondition::Component(key) => Ok(vec![vec![key]]),
        PathwayCondition::All(parts) => {
            Ok(parts.iter().map(written).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
        }
        PathwayCondition::Any(parts) => any(parts.iter()),
        // All of them, where that is how many are asked for; otherwise any that many of them cannot all be missing.
        PathwayCondition::AtLeast(number, parts) => {
            let missing = (parts.len() + 1).saturating_sub(usize::from(*number));
            if combinations(parts.len(), missing) > MOST_CLAUSES {
                return Err(Why::TooMany);
            }
            let mut clauses = Vec::new();
            for chosen in choices(parts.len(), missing) {
                clauses.extend(any(chosen.into_iter().map(|index| &parts[index]))?);
                if clauses.len() > MOST_CLAUSES {
                    return Err(Why::TooMany);
                }
            }
            Ok(clauses)
        }
        PathwayCondition::Credits(..) | PathwayCondition::Not(_) | PathwayCondition::Constraint(_) => {
            Err(Why::Unsayable)
        }
    }
}

/// Clauses of which one of several parts meets all.
fn any<'a>(parts: impl Iterator<Item = &'a PathwayCondition>) -> Result<Vec<Vec<&'a ComponentKey>>, Why> {
    let mut clauses: Vec<Vec<&ComponentKey>> = vec![Vec::new()];
    for part in parts {
        let of_part = written(part)?;
        if clauses.len() * of_part.len() > MOST_CLAUSES {
            return Err(Why::TooMany);
        }
        clauses = clauses.iter().flat_map(|one| of_part.iter().map(move |other| [&one[..], other].concat())).collect();
    }
    Ok(clauses)
}

/// How many choices there are of so many of some things; no more than one above what is taken is counted.
fn combinations(of: usize, number: usize) -> usize {
    let mut count = 1_usize;
    for place in 0..number.min(of.saturating_sub(number)) {
        count = count.saturating_mul(of - place) / (place + 1);
        if count > MOST_CLAUSES {
            return MOST_CLAUSES + 1;
        }
    }
    count
}

/// Every choice of so many of the first numbers.
fn choices(of: usize, number: usize) -> Vec<Vec<usize>> {
    if number == 0 {
        return vec![Vec::new()];
    }
    (number..=of)
        .flat_map(|last| {
            choices(last - 1, number - 1).into_iter().map(move |mut one| {
                one.push(last - 1);
                one
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, clauses: &[&str], left: &[(&str, Why)]) {
        let condition: PathwayCondition = line.parse().unwrap();
        let found = Clauses::of(&condition);
        let of: Vec<String> =
            found.of.iter().map(|one| one.iter().map(|key| key.as_str()).collect::<Vec<_>>().join("|")).collect();
        assert_eq!(of, clauses, "{line}");
        let rest: Vec<(String, Why)> = found.left.iter().map(|(part, why)| (part.to_string(), *why)).collect();
        let left: Vec<(String, Why)> = left.iter().map(|(part, why)| ((*part).to_owned(), *why)).collect();
        assert_eq!(rest, left, "{line}");
    }

    #[test]
    fn conditions_become_clauses() {
        check("a and (b or c)", &["a", "b|c"], &[]);
        check("a or (b and c)", &["a|b", "a|c"], &[]);
        check("2 of (a, b, c)", &["a|b", "a|c", "b|c"], &[]);
        check("3 of (a, b, c)", &["a", "b", "c"], &[]);
        check("1 of (a, b, c)", &["a|b|c"], &[]);
    }

    #[test]
    fn what_clauses_cannot_say_is_left_and_the_rest_holds() {
        check("not a", &[], &[("not a", Why::Unsayable)]);
        check("a and 3 credits of (b)", &["a"], &[("3 credits of (b)", Why::Unsayable)]);
        check("a and if \"an average of 2.5\" and b", &["a", "b"], &[("if \"an average of 2.5\"", Why::Unsayable)]);
        check("a and (b or not c)", &["a"], &[("b or not c", Why::Unsayable)]);
    }

    #[test]
    fn what_has_too_many_combinations_is_left_before_they_are_made() {
        let keys: Vec<String> = (0..30).map(|number| format!("c{number}")).collect();
        let many = format!("15 of ({})", keys.join(", "));
        check(&many, &[], &[(&many, Why::TooMany)]);
        check(&format!("a and {many}"), &["a"], &[(&many, Why::TooMany)]);
        let half: Vec<String> = keys.chunks(3).map(|three| format!("({})", three.join(" and "))).collect();
        let wide = half.join(" or ");
        check(&wide, &[], &[(&wide, Why::TooMany)]);
        // 100 clauses are taken, and one more is not.
        assert_eq!([combinations(100, 1), combinations(101, 1), combinations(30, 29)], [100, 101, 30]);
    }
}
