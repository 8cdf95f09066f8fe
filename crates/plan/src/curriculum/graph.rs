//! A curriculum as a graph: a vertex for each course, an arrow from what is required to what requires it.

/// How a course requires another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequisiteKind {
    /// To be passed in an earlier term.
    Prerequisite,
    /// To be taken in the same term or earlier.
    Corequisite,
    /// To be taken in the same term.
    StrictCorequisite,
}

/// One course requires another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Requisite {
    /// Index of the course that is required.
    pub required: usize,
    /// Index of the course that requires it.
    pub course: usize,
    /// How.
    pub kind: RequisiteKind,
}

/// Why a graph cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurriculumError {
    /// A requisite names a course that is not there.
    #[error("a requisite names course {index}, but there are {courses} courses")]
    NoCourse {
        /// The index that was named.
        index: usize,
        /// How many courses there are.
        courses: usize,
    },
}

/// Courses and their requisites. Repeated requisites count once; between two courses there is one arrow whatever the
/// kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurriculumGraph {
    pub(super) requisites: Vec<Requisite>,
    /// By course: those that require it, ascending.
    pub(super) next: Vec<Vec<usize>>,
    /// By course: those it requires, ascending.
    pub(super) before: Vec<Vec<usize>>,
}

impl CurriculumGraph {
    /// The graph of `courses` courses and these requisites, in any order.
    ///
    /// # Errors
    /// [`CurriculumError::NoCourse`] where a requisite names an index that is no course.
    pub fn new(courses: usize, requisites: impl IntoIterator<Item = Requisite>) -> Result<Self, CurriculumError> {
        let mut requisites: Vec<Requisite> = requisites.into_iter().collect();
        requisites.sort_unstable();
        requisites.dedup();
        let (mut next, mut before) = (vec![Vec::new(); courses], vec![Vec::new(); courses]);
        for requisite in &requisites {
            let index = requisite.required.max(requisite.course);
            if index >= courses {
                return Err(CurriculumError::NoCourse { index, courses });
            }
            // Requisites are sorted, so that repeated arrows follow one another.
            if next[requisite.required].last() != Some(&requisite.course) {
                next[requisite.required].push(requisite.course);
                before[requisite.course].push(requisite.required);
            }
        }
        Ok(Self { requisites, next, before })
    }

    /// How many courses there are.
    #[must_use]
    pub fn courses(&self) -> usize {
        self.next.len()
    }

    /// How many arrows there are.
    #[must_use]
    pub fn arrows(&self) -> usize {
        self.next.iter().map(Vec::len).sum()
    }

    /// The requisites, each once, in order.
    #[must_use]
    pub fn requisites(&self) -> &[Requisite] {
        &self.requisites
    }

    /// Courses at the end of a chain of at least two that are not of the major: nothing the major needs comes after them.
    #[must_use]
    pub fn dead_ends(&self, of_major: impl Fn(usize) -> bool) -> Vec<usize> {
        let ends = |course: &usize| self.next[*course].is_empty() && !self.before[*course].is_empty();
        (0..self.courses()).filter(ends).filter(|course| !of_major(*course)).collect()
    }

    /// The courses such that each comes behind what it requires; none where there is a circle.
    pub(super) fn order(&self) -> Option<Vec<usize>> {
        let mut waiting: Vec<usize> = self.before.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..self.courses()).filter(|course| waiting[*course] == 0).collect();
        let mut at = 0;
        while let Some(&course) = order.get(at) {
            at += 1;
            for &after in &self.next[course] {
                waiting[after] -= 1;
                if waiting[after] == 0 {
                    order.push(after);
                }
            }
        }
        (order.len() == self.courses()).then_some(order)
    }
}
