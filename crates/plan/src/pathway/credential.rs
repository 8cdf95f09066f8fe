//! Requirements of a credential: a tree whose leaves are sets of courses, and what else must be held.

use crate::pathway::rule::Rule;

/// How much of a set of courses is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// So many courses.
    Courses(u32),
    /// So many credits.
    Credits(u32),
}

/// A requirement at the end of a credential's outline: some of a set of courses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What people call it.
    pub name: String,
    /// The courses that may count.
    pub courses: Vec<usize>,
    /// How much of them is needed.
    pub need: Need,
    /// Whether a course may count here besides counting elsewhere, without using up the limit of shared credits.
    pub overlay: bool,
}

/// A part of a credential's requirements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Some of a set of courses.
    Leaf(Leaf),
    /// Some of several parts.
    Choice {
        /// What people call it.
        name: String,
        /// So many of the parts must be met.
        any: usize,
        /// The parts.
        of: Vec<Node>,
    },
    /// All of several parts.
    Every {
        /// What people call it.
        name: String,
        /// The parts.
        of: Vec<Node>,
    },
}

impl Default for Node {
    fn default() -> Self {
        Self::Every { name: String::new(), of: Vec::new() }
    }
}

impl Node {
    /// The parts of a choice or of a whole; of a leaf none.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Leaf(_) => &[],
            Self::Choice { of, .. } | Self::Every { of, .. } => of,
        }
    }

    /// Itself and every part below, each before its own parts.
    #[must_use]
    pub fn every_node(&self) -> Vec<&Self> {
        let mut nodes = vec![self];
        self.parts().iter().for_each(|part| nodes.extend(part.every_node()));
        nodes
    }

    /// Itself and every part below, to be changed: calls `change` with each, before its parts.
    pub(super) fn change_every(&mut self, change: &mut dyn FnMut(&mut Self)) {
        change(self);
        match self {
            Self::Leaf(_) => {}
            Self::Choice { of, .. } | Self::Every { of, .. } => {
                of.iter_mut().for_each(|part| part.change_every(change));
            }
        }
    }

    /// The leaves that must all be met where this is met: those not below a choice.
    pub(super) fn certain_leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Leaf(leaf) => vec![leaf],
            Self::Choice { .. } => Vec::new(),
            Self::Every { of, .. } => of.iter().flat_map(Self::certain_leaves).collect(),
        }
    }
}

/// Something that can be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A certification, by its exam: sat in the same term or earlier, or held from the beginning.
    Exam(usize),
    /// A credential: awarded at the end of the same term or earlier, or held from the beginning.
    Credential(usize),
    /// A course: finished by the end of the term, or credit for prior learning.
    Course(usize),
}

/// A credential with its requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credential {
    /// What people call it.
    pub name: String,
    /// Credits in all.
    pub total: u32,
    /// Number of the institution that awards it.
    pub institution: usize,
    /// Credits taken at that institution by then: neither transferred nor awarded for prior learning.
    pub residency: u32,
    /// Credits of upper division.
    pub upper: u32,
    /// What must be met.
    pub root: Node,
    /// Most credits that may count in two leaves.
    pub shared: u32,
    /// Whether holding it is worth something by itself.
    pub valued: bool,
    /// Indexes of certifications that must be held when it is awarded: their exams are sat in the same term or earlier.
    pub exams: Vec<usize>,
    /// Indexes of credentials that must be awarded by then.
    pub credentials: Vec<usize>,
    /// What else must be held by then: of each list any one thing. A list without any asks for nothing.
    pub needs: Vec<Vec<Held>>,
    /// Of these courses at most so many credits count towards `total`. Two lists have no course in common, or one lies
    /// within the other.
    pub limits: Vec<(Vec<usize>, u32)>,
    /// Most credits awarded for prior learning that count towards `total`.
    pub prior_limit: Option<u32>,
}

impl Credential {
    /// What must be held when it is awarded, besides its outline: of each list any one thing, with the rule it comes from.
    /// `index` is that of the credential.
    pub(super) fn clauses(&self, index: usize) -> Vec<(Rule, Vec<Held>)> {
        let exams = self.exams.iter().map(|exam| (Rule::Certifications(index), vec![Held::Exam(*exam)]));
        let others = self.credentials.iter().map(|other| (Rule::Credentials(index), vec![Held::Credential(*other)]));
        let needs = self.needs.iter().enumerate().filter(|(_, ways)| !ways.is_empty());
        let needs = needs.map(|(place, ways)| (Rule::Needs(index, place), ways.clone()));
        exams.chain(others).chain(needs).collect()
    }

    /// What must be held when it is awarded, whatever else is.
    pub(super) fn certain(&self) -> impl Iterator<Item = Held> {
        let single = |(_, ways): (Rule, Vec<Held>)| if let [one] = ways[..] { Some(one) } else { None };
        self.clauses(0).into_iter().filter_map(single)
    }

    /// All leaves in the order of the outline: how [`super::Counted`] and rules number them.
    pub fn every_leaf(&self) -> impl Iterator<Item = &Leaf> {
        self.root.every_node().into_iter().filter_map(|node| match node {
            Node::Leaf(leaf) => Some(leaf),
            _ => None,
        })
    }

    /// All choices in the order of the outline, each with its name and how many of its parts must be met: how rules
    /// number them.
    pub fn every_choice(&self) -> impl Iterator<Item = (&str, usize)> {
        self.root.every_node().into_iter().filter_map(|node| match node {
            Node::Choice { name, any, .. } => Some((name.as_str(), *any)),
            _ => None,
        })
    }
}
