//! From rows that name their parents to a tree, no deeper than is taken.

use std::collections::BTreeMap;

use credway_model::{Finding, Place, Severity, Text};

use super::draft::{DEEPEST, DraftDomain, DraftObjective};

/// An objective that waits for the rest of its domain.
pub(super) struct Waiting {
    pub(super) objective: DraftObjective,
    pub(super) parent: Parent,
}

/// What an objective hangs on.
pub(super) enum Parent {
    /// The domain.
    None,
    /// The objective of this code, named at this place.
    Code(Text, Place),
    /// The objective at this index.
    At(usize),
}

/// A domain with its objectives still flat.
pub(super) struct Flat {
    pub(super) domain: DraftDomain,
    pub(super) objectives: Vec<Waiting>,
    /// Where an objective stands first among them, by code and words.
    pub(super) known: BTreeMap<(Option<Text>, Text), usize>,
}

impl Flat {
    pub(super) const fn of(domain: DraftDomain) -> Self {
        Self { domain, objectives: Vec::new(), known: BTreeMap::new() }
    }

    /// Appends an objective and says where it is.
    pub(super) fn push(&mut self, objective: DraftObjective, parent: Parent) -> usize {
        let at = self.objectives.len();
        if !matches!(parent, Parent::At(_)) {
            self.known.entry((objective.code.clone(), objective.text.clone())).or_insert(at);
        }
        self.objectives.push(Waiting { objective, parent });
        at
    }
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
        let mut parent = match &waiting.parent {
            Parent::None => None,
            Parent::At(above) => Some(*above),
            Parent::Code(code, place) => {
                let above = first.get(code).copied();
                if above.is_none() {
                    findings.push(orphan(code, flat, place));
                }
                above
            }
        };
        if let Some(above) = parent.filter(|above| levels[*above] == DEEPEST) {
            findings.push(too_deep(&waiting.objective.place));
            parent = parents[above];
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
        let title = text("Domain".to_owned());
        let domain = DraftDomain { code: None, title, weight: None, objectives: Vec::new(), place: Place::Whole };
        let mut flat = Flat::of(domain);
        for number in 0..100_000 {
            let (code, words) = (Some(text(format!("c{number}"))), text(format!("Words {number}")));
            let objective = DraftObjective { code, text: words, children: Vec::new(), place: Place::Whole };
            let above = text(format!("c{}", i64::from(number) - 1));
            flat.push(objective, if number == 0 { Parent::None } else { Parent::Code(above, Place::Whole) });
        }
        let mut findings = Vec::new();
        let nested = nest(flat, &mut findings);
        assert_eq!(depth(&nested.objectives), DEEPEST);
        assert_eq!(findings.len(), 100_000 - DEEPEST);
        assert_eq!((findings[0].code.as_str(), findings[0].severity), ("blueprint.too-deep", Severity::Error));
    }
}
