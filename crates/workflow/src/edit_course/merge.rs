//! Two people changed the same thing: what only one of them changed is taken, what both changed differently is a clash
//! that a person settles. Nothing is overwritten without being shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// Fields by name with their values in their one form; an absent field is an empty one.
pub(crate) type Fields = BTreeMap<String, String>;

/// A field that both changed, each in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Clash {
    pub(crate) field: String,
    pub(crate) mine: String,
    pub(crate) theirs: String,
}

/// What comes of two changes of the same state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    /// All fields; where there is a clash, with what is mine.
    pub(crate) fields: Fields,
    /// Fields that only I changed.
    pub(crate) taken: Vec<String>,
    /// Fields that only the others changed.
    pub(crate) kept: Vec<String>,
    /// Fields that both changed differently.
    pub(crate) clashes: Vec<Clash>,
}

/// What `mine` and `theirs` make of `base` together. A field that `mine` does not name is as it was in `base`.
///
/// Fields named `outcome.ID.…` belong together: an outcome whose statement is empty is taken away, and taking away what
/// the other changed is a clash of its statement.
pub(crate) fn merge(base: &Fields, mine: &Fields, theirs: &Fields) -> Merged {
    let mut merged = Merged::default();
    let names: BTreeSet<&String> = base.keys().chain(mine.keys()).chain(theirs.keys()).collect();
    let value = |of: &Fields, name: &str| of.get(name).cloned().unwrap_or_default();
    let own = |name: &str| mine.get(name).cloned().unwrap_or_else(|| value(base, name));
    let gone: BTreeSet<&str> = names.iter().filter_map(|name| group(name)).collect();
    for group in gone {
        let statement = format!("{group}.statement");
        let (before, here, there) = (value(base, &statement), own(&statement), value(theirs, &statement));
        if before.is_empty() || here.is_empty() == there.is_empty() {
            continue;
        }
        let of_group = || names.iter().filter(|name| self::group(name) == Some(group));
        let touched = if here.is_empty() {
            of_group().any(|name| value(theirs, name) != value(base, name))
        } else {
            of_group().any(|name| own(name) != value(base, name))
        };
        if touched {
            merged.clashes.push(Clash { field: statement, mine: here, theirs: there });
        }
    }
    for name in names {
        let (before, here, there) = (value(base, name), own(name), value(theirs, name));
        if merged.clashes.iter().any(|clash| clash.field == *name) {
            merged.fields.insert(name.clone(), here);
            continue;
        }
        let (is_mine, result) = if here == there || before == there {
            (here != there, here.clone())
        } else if before == here {
            merged.kept.push(name.clone());
            (false, there.clone())
        } else {
            merged.clash(name, &here, &there);
            (false, here.clone())
        };
        if is_mine {
            merged.taken.push(name.clone());
        }
        merged.fields.insert(name.clone(), result);
    }
    merged.settle_groups();
    merged
}

impl Merged {
    fn clash(&mut self, name: &str, mine: &str, theirs: &str) {
        let covered = |clash: &Clash| {
            clash.field == name
                || (group(name).is_some()
                    && group(&clash.field) == group(name)
                    && (clash.mine.is_empty() || clash.theirs.is_empty()))
        };
        if !self.clashes.iter().any(covered) {
            self.clashes.push(Clash { field: name.to_owned(), mine: mine.to_owned(), theirs: theirs.to_owned() });
        }
    }

    /// Where an outcome's being there is the clash, its other fields are as whoever keeps it has them, and are not told
    /// of by themselves; an outcome without a statement has no other fields.
    fn settle_groups(&mut self) {
        let clashing: BTreeSet<String> = self
            .clashes
            .iter()
            .filter(|clash| clash.mine.is_empty() || clash.theirs.is_empty())
            .filter_map(|clash| group(&clash.field).map(str::to_owned))
            .collect();
        for list in [&mut self.taken, &mut self.kept] {
            list.retain(|name| group(name).is_none_or(|group| !clashing.contains(group)));
        }
        let gone: BTreeSet<String> = self
            .fields
            .iter()
            .filter(|(name, value)| value.is_empty() && name.ends_with(".statement"))
            .filter_map(|(name, _)| group(name).map(str::to_owned))
            .filter(|group| !clashing.contains(group))
            .collect();
        self.fields.retain(|name, _| group(name).is_none_or(|group| !gone.contains(group)));
    }
}

/// The outcome a field belongs to: `outcome.ID` of `outcome.ID.level`.
fn group(name: &str) -> Option<&str> {
    let (group, _) = name.rsplit_once('.')?;
    group.contains('.').then_some(group)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(words: &str) -> Fields {
        words
            .split(';')
            .filter(|pair| !pair.trim().is_empty())
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect()
    }

    /// Fields, what only I changed, what only they changed, clashes as `field: mine/theirs`.
    fn check((base, mine, theirs): (&str, &str, &str), expected: &str, taken: &str, kept: &str, clashes: &str) {
        let merged = merge(&fields(base), &fields(mine), &fields(theirs));
        let said: Vec<String> =
            merged.clashes.iter().map(|one| format!("{}: {}/{}", one.field, one.mine, one.theirs)).collect();
        let case = format!("{base} | {mine} | {theirs}");
        assert_eq!(merged.fields, fields(expected), "{case}");
        assert_eq!(
            (merged.taken.join(" "), merged.kept.join(" "), said.join(" ")),
            (taken.to_owned(), kept.to_owned(), clashes.to_owned()),
            "{case}"
        );
    }

    #[test]
    fn fields_merge_one_by_one() {
        check(("t=a;c=1", "t=a;c=1", "t=a;c=1"), "t=a;c=1", "", "", "");
        check(("t=a;c=1", "t=b;c=1", "t=a;c=1"), "t=b;c=1", "t", "", "");
        check(("t=a;c=1", "t=a;c=1", "t=a;c=2"), "t=a;c=2", "", "c", "");
        check(("t=a;c=1", "t=b;c=1", "t=a;c=2"), "t=b;c=2", "t", "c", "");
        check(("t=a;c=1", "t=b;c=1", "t=b;c=1"), "t=b;c=1", "", "", "");
        check(("t=a;c=1", "t=b;c=1", "t=d;c=2"), "t=b;c=2", "", "c", "t: b/d");
        check(("t=a", "t=", "t=a"), "t=", "t", "", "");
        check(("t=a", "t=", "t=b"), "t=", "", "", "t: /b");
        check(("t=a", "t=b", "t="), "t=b", "", "", "t: b/");
        check(("t=a;c=1", "t=b", "t=a;c=1"), "t=b;c=1", "t", "", "");
        check(("", "c=1", ""), "c=1", "c", "", "");
    }

    #[test]
    fn an_outcome_goes_or_stays_as_a_whole() {
        let base = "outcome.X.statement=a;outcome.X.level=1";
        check((base, "outcome.X.statement=", base), "", "outcome.X.statement", "", "");
        check((base, base, ""), "", "", "outcome.X.level outcome.X.statement", "");
        check((base, "outcome.X.statement=", ""), "", "", "outcome.X.level", "");
        // I take away what they changed.
        let theirs = "outcome.X.statement=a;outcome.X.level=2";
        check(
            (base, "outcome.X.statement=", theirs),
            "outcome.X.statement=;outcome.X.level=2",
            "",
            "",
            "outcome.X.statement: /a",
        );
        // They took away what I changed.
        let mine = "outcome.X.statement=a;outcome.X.level=2";
        check((base, mine, ""), "outcome.X.statement=a;outcome.X.level=2", "", "", "outcome.X.statement: a/");
        check(
            (base, "outcome.X.statement=b;outcome.X.level=1", ""),
            "outcome.X.statement=b;outcome.X.level=",
            "",
            "",
            "outcome.X.statement: b/",
        );
        // Both reworded it.
        check(
            (base, "outcome.X.statement=b", "outcome.X.statement=c;outcome.X.level=1"),
            "outcome.X.statement=b;outcome.X.level=1",
            "",
            "",
            "outcome.X.statement: b/c",
        );
        // New ones do not meet.
        check(
            ("", "new.1.statement=a", "outcome.Y.statement=b"),
            "new.1.statement=a;outcome.Y.statement=b",
            "new.1.statement",
            "outcome.Y.statement",
            "",
        );
    }
}
