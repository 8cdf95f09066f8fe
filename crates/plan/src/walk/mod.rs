//! Whether a pathway can be walked at all, by its structure alone: what waits for itself, what nothing leads to, what leads
//! nowhere, and exits with which nobody holds anything.
//!
//! It refuses to judge what needs courses, credits or terms: that is the planner's (`pathway/`). Conditions are read as they
//! are met at best: a constraint in words may hold, and what must not be reached may be left out.

mod fault;

use std::collections::BTreeMap;

use credway_model::{ComponentKey, ComponentKind, EmbeddingModel, Pathway, PathwayCondition, PathwayRole};

pub use fault::{FaultKind, PathwayFault};

/// What is wrong with a pathway, component by component in their order, then with the whole.
#[must_use]
pub fn pathway_faults(pathway: &Pathway) -> Vec<PathwayFault> {
    let graph = Graph::of(pathway);
    let reached = graph.reached(pathway);
    let leads = graph.leads_on(pathway);
    let mut faults = Vec::new();
    for (index, component) in pathway.components.iter().enumerate() {
        let mut say = |kind| faults.push(PathwayFault { component: Some(index), kind });
        let named = component.condition.iter().flat_map(PathwayCondition::components);
        named.filter(|key| graph.index(key).is_none()).for_each(|key| say(FaultKind::UnknownKey(key.clone())));
        if component.condition.as_ref().is_some_and(contradicts_itself) {
            say(FaultKind::Contradiction);
        } else if !reached[index] {
            say(graph.circle(pathway, &reached, index).map_or(FaultKind::Unreachable, FaultKind::Circle));
        }
        let ends = component.is(PathwayRole::Destination) || component.is(PathwayRole::OffRamp);
        // Credit for a certification leads into the program that the course is part of.
        let counts = component.embedding == Some(EmbeddingModel::PriorLearning);
        if !ends && !counts && !leads[index] {
            say(FaultKind::DeadEnd);
        }
        if component.is(PathwayRole::OffRamp) && !is_worth_something(component.kind) {
            say(FaultKind::EmptyExit);
        }
        if component.kind == ComponentKind::Assessment && component.stands_for.is_none() {
            say(FaultKind::ExamUnknown);
        }
        if component.kind == ComponentKind::Credential && component.stands_for.is_none() && ends {
            say(FaultKind::ExitUnproved);
        }
        let required = is_required(pathway, &component.key);
        match component.embedding {
            Some(model) if model.requires_exam() && !required => say(FaultKind::NotRequired(model)),
            Some(model @ EmbeddingModel::AlignedOptional) if required => say(FaultKind::NotOptional(model)),
            _ => {}
        }
    }
    if pathway.with_role(PathwayRole::Destination).next().is_none() {
        faults.push(PathwayFault { component: None, kind: FaultKind::NoDestination });
    }
    faults
}

/// How far from the beginning each component stands: 0 where nothing comes before it, otherwise one more than the furthest of
/// those its condition names. Components that wait for one another are followed round once, from the first of them in order: what
/// would lead back to it counts as if it did not wait for it.
#[must_use]
pub fn pathway_levels(pathway: &Pathway) -> Vec<usize> {
    let graph = Graph::of(pathway);
    let mut levels = vec![None; pathway.components.len()];
    for index in 0..pathway.components.len() {
        graph.level(index, &mut levels, &mut Vec::new());
    }
    levels.into_iter().map(Option::unwrap_or_default).collect()
}

/// By component: which components its condition names, each once, in the order in which they are named.
#[must_use]
pub fn pathway_edges(pathway: &Pathway) -> Vec<Vec<usize>> {
    Graph::of(pathway).needs
}

const fn is_worth_something(kind: ComponentKind) -> bool {
    matches!(kind, ComponentKind::Credential | ComponentKind::Assessment | ComponentKind::Job)
}

/// Whether a condition can never hold because it asks for a component and for its absence.
fn contradicts_itself(condition: &PathwayCondition) -> bool {
    let PathwayCondition::All(parts) = condition else { return false };
    let without = parts.iter().filter_map(|part| match part {
        PathwayCondition::Not(inner) => Some(inner.as_ref()),
        _ => None,
    });
    without.into_iter().any(|inner| parts.contains(inner))
}

/// Whether some credential cannot be had without a component.
fn is_required(pathway: &Pathway, key: &ComponentKey) -> bool {
    let credentials = pathway.components.iter().filter(|one| one.kind == ComponentKind::Credential);
    credentials.filter_map(|one| one.condition.as_ref()).any(|condition| condition.cannot_do_without(key))
}

struct Graph<'a> {
    places: BTreeMap<&'a ComponentKey, usize>,
    /// By component: those its condition names.
    needs: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn of(pathway: &'a Pathway) -> Self {
        let places: BTreeMap<_, _> =
            pathway.components.iter().enumerate().map(|(index, one)| (&one.key, index)).collect();
        let needs = pathway.components.iter().map(|component| {
            let mut named = Vec::new();
            for key in component.condition.iter().flat_map(PathwayCondition::components) {
                if let Some(index) = places.get(key).filter(|index| !named.contains(*index)) {
                    named.push(*index);
                }
            }
            named
        });
        let needs = needs.collect();
        Self { places, needs }
    }

    fn index(&self, key: &ComponentKey) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// Which components can be reached, one after the other; what must not be reached is taken as left out.
    fn reached(&self, pathway: &Pathway) -> Vec<bool> {
        let mut reached = vec![false; pathway.components.len()];
        loop {
            let mut more = false;
            for (index, component) in
                pathway.components.iter().enumerate().filter(|(index, _)| !reached[*index]).collect::<Vec<_>>()
            {
                let holds = component.condition.as_ref().is_none_or(|condition| self.at_best(condition, &reached));
                reached[index] = holds;
                more |= holds;
            }
            if !more {
                return reached;
            }
        }
    }

    fn at_best(&self, condition: &PathwayCondition, reached: &[bool]) -> bool {
        let is = |key: &ComponentKey| self.index(key).is_some_and(|index| reached[index]);
        match condition {
            PathwayCondition::Component(key) => is(key),
            PathwayCondition::All(parts) => parts.iter().all(|part| self.at_best(part, reached)),
            PathwayCondition::Any(parts) => parts.iter().any(|part| self.at_best(part, reached)),
            PathwayCondition::AtLeast(number, parts) => {
                parts.iter().filter(|part| self.at_best(part, reached)).count() >= usize::from(*number)
            }
            PathwayCondition::Credits(_, keys) => keys.iter().any(is),
            PathwayCondition::Not(_) | PathwayCondition::Constraint(_) => true,
        }
    }

    /// By component: whether something that is a destination or an exit waits for it, directly or not.
    fn leads_on(&self, pathway: &Pathway) -> Vec<bool> {
        let mut leads = vec![false; pathway.components.len()];
        let ends = |index: usize| {
            let component = &pathway.components[index];
            component.is(PathwayRole::Destination) || component.is(PathwayRole::OffRamp)
        };
        let mut open: Vec<usize> = (0..pathway.components.len()).filter(|index| ends(*index)).collect();
        while let Some(index) = open.pop() {
            for needed in &self.needs[index] {
                if !leads[*needed] {
                    leads[*needed] = true;
                    open.push(*needed);
                }
            }
        }
        leads
    }

    /// The components that wait for one another among those that an unreached one waits for; none where it waits for nothing of
    /// the kind.
    fn circle(&self, pathway: &Pathway, reached: &[bool], from: usize) -> Option<Vec<ComponentKey>> {
        let mut walked = vec![from];
        loop {
            let at = *walked.last()?;
            let next = self.needs[at].iter().copied().find(|needed| !reached[*needed])?;
            if let Some(begin) = walked.iter().position(|index| *index == next) {
                let circle = &walked[begin..];
                return circle
                    .contains(&from)
                    .then(|| circle.iter().map(|index| pathway.components[*index].key.clone()).collect());
            }
            walked.push(next);
        }
    }

    fn level(&self, index: usize, levels: &mut Vec<Option<usize>>, above: &mut Vec<usize>) -> Option<usize> {
        if levels[index].is_some() || above.contains(&index) {
            return levels[index];
        }
        above.push(index);
        let furthest = self.needs[index].iter().filter_map(|needed| self.level(*needed, levels, above)).max();
        above.pop();
        levels[index] = Some(furthest.map_or(0, |level| level + 1));
        levels[index]
    }
}

#[cfg(test)]
mod tests;
