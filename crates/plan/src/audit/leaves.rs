//! The tree of requirements with its leaves numbered, and what each exception changes in it.

use credway_model::{Asks, CourseChoice, Person, Requirement, Text};

use super::{AuditError, AuditedAward, CREDITS_OF_A_COURSE, CourseRecord, ExceptionKind};

/// A leaf: so many courses or credits of a choice.
pub(super) struct Leaf<'a> {
    /// Its choice.
    pub(super) choice: &'a CourseChoice,
    /// What it needs, in credits; courses count as three.
    pub(super) need: f64,
    /// Whether courses are counted rather than their credits.
    pub(super) by_course: bool,
    /// Courses that count by an exception, by code.
    excepted: Vec<&'a str>,
}

impl Leaf<'_> {
    /// Whether a course may count here.
    pub(super) fn takes(&self, record: &CourseRecord) -> bool {
        if self.excepted.contains(&record.code.as_str()) {
            return true;
        }
        let graded = match (self.choice.grade, record.grade) {
            (Some(least), Some(grade)) => grade >= least,
            _ => true,
        };
        graded && self.choice.courses.holds(record)
    }

    /// Whether the choice holds a course whose grade is too low.
    pub(super) fn takes_but_for_its_grade(&self, record: &CourseRecord) -> bool {
        !self.takes(record) && self.choice.courses.holds(record)
    }

    /// What a course brings, in credits.
    pub(super) fn worth(&self, record: &CourseRecord) -> f64 {
        if self.by_course { CREDITS_OF_A_COURSE } else { record.credits.value() }
    }
}

/// What stands at a node.
pub(super) enum Shape {
    /// A leaf, by number.
    Leaf(usize),
    /// So many of the children, by number of the node.
    Some(usize, Vec<usize>),
}

/// A node of the tree.
pub(super) struct Node<'a> {
    pub(super) requirement: &'a Requirement,
    /// How deep it stands, from 0.
    pub(super) depth: usize,
    pub(super) shape: Shape,
    /// Who waived it, and why.
    pub(super) waived: Option<(&'a Person, &'a Text)>,
}

/// The nodes in the order of the source, the root first.
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) leaves: Vec<Leaf<'a>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(award: &AuditedAward<'a>) -> Result<Self, AuditError> {
        let mut tree = Self { nodes: Vec::new(), leaves: Vec::new() };
        tree.grow(&award.requirements.root, 0);
        for exception in award.exceptions {
            let node = tree.at(&exception.path).ok_or_else(|| {
                AuditError::Nowhere(format!("the exception “{}” names a requirement that is not there", exception.why))
            })?;
            match (&exception.kind, &tree.nodes[node].shape) {
                (ExceptionKind::Waived, _) => tree.nodes[node].waived = Some((&exception.who, &exception.why)),
                (ExceptionKind::Counts(code), Shape::Leaf(leaf)) => {
                    let leaf = *leaf;
                    tree.leaves[leaf].excepted.push(code.as_str());
                }
                (ExceptionKind::Counts(_), Shape::Some(..)) => {
                    let words = "names a requirement with parts: name the part for which the course counts";
                    return Err(AuditError::Nowhere(format!("the exception “{}” {words}", exception.why)));
                }
            }
        }
        Ok(tree)
    }

    fn grow(&mut self, requirement: &'a Requirement, depth: usize) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node { requirement, depth, shape: Shape::Leaf(0), waived: None });
        let parts = |tree: &mut Self, of: &'a [Requirement]| -> Vec<usize> {
            of.iter().map(|part| tree.grow(part, depth + 1)).collect()
        };
        let shape = match &requirement.asks {
            Asks::Every(of) => Shape::Some(of.len(), parts(self, of)),
            Asks::Some { count, of } => Shape::Some(usize::from(*count), parts(self, of)),
            Asks::Courses { count, from } => self.leaf(from, f64::from(*count) * CREDITS_OF_A_COURSE, true),
            Asks::Credits { credits, from } => self.leaf(from, credits.value(), false),
        };
        self.nodes[at].shape = shape;
        at
    }

    fn leaf(&mut self, choice: &'a CourseChoice, need: f64, by_course: bool) -> Shape {
        self.leaves.push(Leaf { choice, need, by_course, excepted: Vec::new() });
        Shape::Leaf(self.leaves.len() - 1)
    }

    fn at(&self, path: &[usize]) -> Option<usize> {
        path.iter().try_fold(0, |node, part| match &self.nodes[node].shape {
            Shape::Some(_, children) => children.get(*part).copied(),
            Shape::Leaf(_) => None,
        })
    }

    /// What a node misses, in credits, when its leaves have so much; the children that are missed least count where a choice is
    /// to be made, the earlier one of equals.
    pub(super) fn missing(&self, node: usize, have: &[f64]) -> f64 {
        let one = &self.nodes[node];
        if one.waived.is_some() {
            return 0.0;
        }
        match &one.shape {
            Shape::Leaf(leaf) => (self.leaves[*leaf].need - have[*leaf]).max(0.0),
            Shape::Some(count, children) => {
                let chosen = self.chosen(*count, children, have);
                let there: f64 = chosen.iter().map(|child| self.missing(*child, have)).sum();
                there + lacking(*count, children.len())
            }
        }
    }

    /// The children that count: those that miss least, in order of the source where equal.
    pub(super) fn chosen(&self, count: usize, children: &[usize], have: &[f64]) -> Vec<usize> {
        let mut order: Vec<usize> = children.to_vec();
        order.sort_by(|one, other| self.missing(*one, have).total_cmp(&self.missing(*other, have)));
        order.truncate(count);
        order
    }
}

/// What is missing because more parts are asked for than there are: a course for each.
pub(super) fn lacking(count: usize, parts: usize) -> f64 {
    let short = u32::try_from(count.saturating_sub(parts)).unwrap_or(u32::MAX);
    f64::from(short) * CREDITS_OF_A_COURSE
}
