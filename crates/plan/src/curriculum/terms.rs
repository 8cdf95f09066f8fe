//! What a term plan adds to the structure: how far courses stand from what they require, and how even the terms are.

use super::graph::CurriculumGraph;

/// What is known of a course in a term plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlannedCourse {
    /// Credits in hundredths of a credit hour, where known.
    pub credits: Option<u32>,
    /// Number of its term, where planned.
    pub term: Option<u32>,
}

/// Credits of one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermCredits {
    /// Number of the term.
    pub term: u32,
    /// How many courses it has.
    pub courses: usize,
    /// Credits in hundredths; absent where those of a course are not known.
    pub credits: Option<u64>,
}

/// How the credits lie over the terms in which something is planned.
#[derive(Clone, Debug, PartialEq)]
pub struct TermLoads {
    /// Term by term, ascending.
    pub terms: Vec<TermCredits>,
    /// Mean credits of a term; this and what follows are absent where credits of a planned course are not known.
    pub average: Option<f64>,
    /// The first of the terms with the fewest credits.
    pub least: Option<TermCredits>,
    /// The first of the terms with the most credits.
    pub most: Option<TermCredits>,
    /// Standard deviation of the terms' credits, of the terms as the whole population: √(Σ(c − mean)² ÷ n).
    pub deviation: Option<f64>,
}

/// The credits term by term; absent where no course has a term. Courses without a term are left out.
#[must_use]
pub fn term_loads(courses: &[PlannedCourse]) -> Option<TermLoads> {
    let mut planned: Vec<(u32, Option<u32>)> =
        courses.iter().filter_map(|course| Some((course.term?, course.credits))).collect();
    planned.sort_unstable();
    let terms: Vec<TermCredits> = planned
        .chunk_by(|one, other| one.0 == other.0)
        .map(|chunk| TermCredits {
            term: chunk[0].0,
            courses: chunk.len(),
            credits: chunk.iter().map(|(_, credits)| credits.map(u64::from)).sum(),
        })
        .collect();
    if terms.is_empty() {
        return None;
    }
    let known: Option<Vec<u64>> = terms.iter().map(|term| term.credits).collect();
    let (average, deviation) = known.as_deref().map(mean_and_deviation).unzip();
    let all = known.is_some();
    let least = terms.iter().min_by_key(|term| term.credits).filter(|_| all).copied();
    let most = terms.iter().rev().max_by_key(|term| term.credits).filter(|_| all).copied();
    Some(TermLoads { terms, average, least, most, deviation })
}

/// Of figures in hundredths, in whole units. Sums are taken in whole numbers, so that no order of adding shows.
fn mean_and_deviation(hundredths: &[u64]) -> (f64, f64) {
    let number = hundredths.len() as u128;
    let sum: u128 = hundredths.iter().map(|one| u128::from(*one)).sum();
    let squares: u128 = hundredths.iter().map(|one| u128::from(*one).pow(2)).sum();
    // n² · variance = n · Σx² − (Σx)², which is not negative.
    let spread = number * squares - sum * sum;
    #[expect(clippy::cast_precision_loss, reason = "shown figures, far below 2^53")]
    let [number, sum, spread] = [number, sum, spread].map(|figure| figure as f64);
    (sum / number / 100.0, spread.sqrt() / number / 100.0)
}

/// By course: the sum of how many terms it stands behind each of the courses it requires (0 where it requires none);
/// negative where it stands before them. Absent where it or one of them has no term.
#[must_use]
pub fn requisite_distances(graph: &CurriculumGraph, courses: &[PlannedCourse]) -> Vec<Option<i64>> {
    let term = |course: usize| courses.get(course).and_then(|course| course.term).map(i64::from);
    let distance = |course: usize| {
        let required = &graph.before[course];
        required.iter().map(|required| Some(term(course)? - term(*required)?)).sum()
    };
    (0..graph.courses()).map(distance).collect()
}
