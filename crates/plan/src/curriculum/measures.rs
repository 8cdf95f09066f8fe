//! Blocking, delay, centrality and complexity of every course, and their sums.

use std::fmt;

use super::closure::Reach;
use super::graph::CurriculumGraph;

/// How a college divides its year: a course of a quarter is two thirds as long as one of a semester.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermSystem {
    /// Semesters.
    #[default]
    Semester,
    /// Quarters: complexity is two thirds of the sum, rounded to one decimal place course by course.
    Quarter,
}

/// A complexity in tenths: whole numbers for semesters, one decimal place for quarters. Not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complexity {
    tenths: u64,
}

impl Complexity {
    /// Of a course: delay + blocking, times ⅔ in quarters, rounded to tenths (which is never a tie).
    fn of(delay: u64, blocking: u64, system: TermSystem) -> Self {
        let sum = delay + blocking;
        let tenths = match system {
            TermSystem::Semester => sum * 10,
            TermSystem::Quarter => (sum * 20 * 2 + 3) / 6,
        };
        Self { tenths }
    }

    /// In tenths.
    #[must_use]
    pub const fn tenths(self) -> u64 {
        self.tenths
    }
}

impl fmt::Display for Complexity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.tenths / 10, self.tenths % 10);
        let text = if rest == 0 { whole.to_string() } else { format!("{whole}.{rest}") };
        formatter.pad(&text)
    }
}

/// What hangs on one course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CourseMeasures {
    /// How many courses cannot be reached without it: those that require it, directly or through others.
    pub blocking: u64,
    /// How many courses the longest chain through it has, itself included; 1 for a course without requisites that none
    /// requires.
    pub delay: u64,
    /// Sum of the lengths (in courses) of all chains from a course that requires nothing to one that nothing requires on
    /// which it stands, neither first nor last. Absent where the number is larger than 2¹²⁸ − 1.
    pub centrality: Option<u128>,
    /// Delay + blocking; see [`TermSystem`].
    pub complexity: Complexity,
}

/// What hangs on the courses of a curriculum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureMeasures {
    /// By course.
    pub courses: Vec<CourseMeasures>,
    /// Their sums.
    pub total: CourseMeasures,
    /// Courses of the longest chain; 0 where there are no courses.
    pub longest: u64,
}

impl CurriculumGraph {
    /// The measures of every course, in time linear in courses and arrows (blocking: arrows × courses ÷ 64).
    ///
    /// With n chains of total length l that lead to a course from the beginning and n′, l′ from it to the end, the course
    /// itself counted in both: delay = longest to it + longest from it − 1; centrality = n·l′ + l·n′ − n·n′ for a course
    /// that requires and is required, otherwise 0. Absent where the requisites go round in a circle: see
    /// [`CurriculumGraph::circles`].
    ///
    /// ```
    /// use credway_plan::{CurriculumGraph, Requisite, RequisiteKind::Prerequisite, TermSystem};
    /// let chain = [(0, 1), (1, 2)].map(|(required, course)| Requisite { required, course, kind: Prerequisite });
    /// let measures = CurriculumGraph::new(3, chain)?.measures(TermSystem::Semester).expect("no circle");
    /// assert_eq!(measures.total.complexity.to_string(), "12");
    /// assert_eq!(measures.courses[1].centrality, Some(3));
    /// # Ok::<(), credway_plan::CurriculumError>(())
    /// ```
    #[must_use]
    pub fn measures(&self, system: TermSystem) -> Option<StructureMeasures> {
        let order = self.order()?;
        let backwards: Vec<usize> = order.iter().rev().copied().collect();
        let (to, from) = (Chains::along(&order, &self.before), Chains::along(&backwards, &self.next));
        let reach = self.reach(&backwards);
        let mut courses = Vec::with_capacity(self.courses());
        for course in 0..self.courses() {
            let blocking = reach.count(course) as u64;
            let delay = to.longest[course] + from.longest[course] - 1;
            let inner = !self.before[course].is_empty() && !self.next[course].is_empty();
            let centrality = if inner { to.through(&from, course) } else { Some(0) };
            let complexity = Complexity::of(delay, blocking, system);
            courses.push(CourseMeasures { blocking, delay, centrality, complexity });
        }
        let longest = to.longest.iter().copied().max().unwrap_or(0);
        Some(StructureMeasures { total: total(&courses), courses, longest })
    }

    /// Who is reached from whom by at least one arrow; `backwards`: the courses, each before what it requires.
    pub(super) fn reach(&self, backwards: &[usize]) -> Reach {
        let mut reach = Reach::none(self.courses());
        for &course in backwards {
            for &after in &self.next[course] {
                reach.insert(course, after);
                reach.follow(course, after);
            }
        }
        reach
    }
}

fn total(courses: &[CourseMeasures]) -> CourseMeasures {
    let zero = CourseMeasures { blocking: 0, delay: 0, centrality: Some(0), complexity: Complexity::default() };
    courses.iter().fold(zero, |sum, course| CourseMeasures {
        blocking: sum.blocking + course.blocking,
        delay: sum.delay + course.delay,
        centrality: sum.centrality.zip(course.centrality).and_then(|(sum, more)| sum.checked_add(more)),
        complexity: Complexity { tenths: sum.complexity.tenths + course.complexity.tenths },
    })
}

/// The chains that lead to each course from the beginning, or from the end.
struct Chains {
    /// Courses of the longest.
    longest: Vec<u64>,
    /// How many there are, and how many courses they have together; absent where too large.
    all: Vec<Option<(u128, u128)>>,
}

impl Chains {
    /// `order`: each course behind its `neighbours`.
    fn along(order: &[usize], neighbours: &[Vec<usize>]) -> Self {
        let mut chains = Self { longest: vec![1; order.len()], all: vec![Some((1, 1)); order.len()] };
        for &course in order {
            let nearest = &neighbours[course];
            if nearest.is_empty() {
                continue;
            }
            chains.longest[course] = 1 + nearest.iter().map(|near| chains.longest[*near]).max().unwrap_or(0);
            chains.all[course] = nearest.iter().try_fold((0_u128, 0_u128), |(number, length), near| {
                let (more, longer) = chains.all[*near]?;
                // Each chain gets one course longer.
                Some((number.checked_add(more)?, length.checked_add(longer)?.checked_add(more)?))
            });
        }
        chains
    }

    /// Courses of all chains through the course together, those of `onward` being from it to the end.
    fn through(&self, onward: &Self, course: usize) -> Option<u128> {
        let ((number, length), (onwards, rest)) = self.all[course].zip(onward.all[course])?;
        // As each chain to it holds the course itself, length ≥ number: the difference is not negative.
        number.checked_mul(rest)?.checked_add((length - number).checked_mul(onwards)?)
    }
}
