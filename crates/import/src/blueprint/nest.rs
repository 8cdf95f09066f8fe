//! From rows that name their parents to a tree, no deeper than is taken.

use std::collections::BTreeMap;

use credway_model::{Finding, Place, Severity, Text};

use super::draft::{DEEPEST, DraftDomain, DraftObjective};

/// An objective that waits for the rest of its domain.
pub(super) struct Waiting {
    pub(super) objective: DraftObjective,
    pub(super) parent: Option<(Text, Place)>,
}

/// A domain with its objectives still flat.
pub(super) struct Flat {
    pub(super) domain: DraftDomain,
    pub(super) objectives: Vec<Waiting>,
}

/// Hangs objectives on their parents; one whose parent does not stand before it stays at the top, and one that would
/// hang too deep is put beside its parent, each with a finding.
pub(super) fn nest(flat: Flat, findings: &mut Vec<Finding>) -> DraftDomain {
    let parents = parents(&flat, findings);
    let mut objectives: Vec<Option<DraftObjective>> =
        flat.objectives.into_iter().map(|waiting| Some(waiting.objective)).collect();
    // From the last to the first: a parent always stands before its children, which so gather in reverse.
    for index in (0..objectives.len()).rev() {
        let Some(mut objective) = objectives[index].take() else { continue };
        objective.children.reverse();
        match parents[index].and_then(|parent| objectives[parent].as_mut()) {
            Some(parent) => parent.children.push(objective),
            None => objectives[index] = Some(objective),
        }
    }
    DraftDomain { objectives: objectives.into_iter().flatten().collect(), ..flat.domain }
}

/// For each objective the one it hangs on, which always stands before it.
fn parents(flat: &Flat, findings: &mut Vec<Finding>) -> Vec<Option<usize>> {
    let mut first: BTreeMap<&Text, usize> = BTreeMap::new();
    let mut parents: Vec<Option<usize>> = Vec::new();
    let mut levels: Vec<usize> = Vec::new();
    for (index, waiting) in flat.objectives.iter().enumerate() {
        let mut parent = None;
        if let Some((code, place)) = &waiting.parent {
            parent = first.get(code).copied();
            match parent {
                None => findings.push(orphan(code, flat, place)),
                Some(above) if levels[above] == DEEPEST => {
                    findings.push(too_deep(place));
                    parent = parents[above];
                }
                Some(_) => {}
            }
        }
        levels.push(parent.map_or(1, |parent| levels[parent] + 1));
        parents.push(parent);
        if let Some(code) = &waiting.objective.code {
            first.entry(code).or_insert(index);
        }
    }
    parents
}

fn orphan(code: &Text, flat: &Flat, place: &Place) -> Finding {
    Finding::new(
        "record.parent",
        Severity::Error,
        place.clone(),
        format!("The parent {code} does not stand before this objective in “{}”.", flat.domain.title),
        "Put the parent's row first, or correct its code.",
    )
}

/// The error of an objective below more levels than are taken.
pub(super) fn too_deep(place: &Place) -> Finding {
    Finding::new(
        "blueprint.too-deep",
        Severity::Error,
        place.clone(),
        format!("The objective stands below {DEEPEST} others, deeper than is taken."),
        "Look whether the parents' codes are right: each row here may name the row before it.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(objectives: &[DraftObjective]) -> usize {
        objectives.iter().map(|objective| 1 + depth(&objective.children)).max().unwrap_or(0)
    }

    #[test]
    fn a_chain_of_parents_ends_at_the_deepest_level() {
        let text = |words: String| Text::new(&words).unwrap();
        let objectives = (0..100_000).map(|number| Waiting {
            objective: DraftObjective {
                code: Some(text(format!("c{number}"))),
                text: text(format!("Words {number}")),
                children: Vec::new(),
                place: Place::Whole,
            },
            parent: (number > 0).then(|| (text(format!("c{}", number - 1)), Place::Whole)),
        });
        let title = text("Domain".to_owned());
        let domain = DraftDomain { code: None, title, weight: None, objectives: Vec::new(), place: Place::Whole };
        let mut findings = Vec::new();
        let nested = nest(Flat { domain, objectives: objectives.collect() }, &mut findings);
        assert_eq!(depth(&nested.objectives), DEEPEST);
        assert_eq!(findings.len(), 100_000 - DEEPEST);
        assert_eq!((findings[0].code.as_str(), findings[0].severity), ("blueprint.too-deep", Severity::Error));
    }
}
