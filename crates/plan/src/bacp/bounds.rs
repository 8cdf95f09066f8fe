//! Windows of courses and a bound by arithmetic.

use crate::bacp::Curriculum;

/// By course: the first and the last period it can lie in; absent when some course has none, or prerequisites go round.
pub(super) fn windows(curriculum: &Curriculum) -> Option<Vec<(usize, usize)>> {
    let last = curriculum.periods.checked_sub(1)?;
    let mut windows = vec![(0, last); curriculum.courses.len()];
    // A chain is no longer than there are courses; what still moves then goes round in a circle.
    for _ in 0..=curriculum.courses.len() {
        let mut moved = false;
        for (earlier, later) in &curriculum.before {
            let (first, last) = (windows[*earlier].0 + 1, windows[*later].1.checked_sub(1)?);
            moved |= first > windows[*later].0 || last < windows[*earlier].1;
            windows[*later].0 = windows[*later].0.max(first);
            windows[*earlier].1 = windows[*earlier].1.min(last);
        }
        if !moved {
            return windows.iter().all(|(first, last)| first <= last).then_some(windows);
        }
    }
    None
}

/// The fullest period is no lighter than this: the heaviest course, and the courses that must lie between two periods
/// spread evenly over them.
pub(super) fn least_fullest(curriculum: &Curriculum, windows: &[(usize, usize)]) -> u32 {
    let mut bound = curriculum.load.0.max(curriculum.loads.iter().copied().max().unwrap_or(0));
    for from in 0..curriculum.periods {
        for to in from..curriculum.periods {
            let inside =
                windows.iter().zip(&curriculum.loads).filter(|((first, last), _)| from <= *first && *last <= to);
            let load: u32 = inside.map(|(_, load)| *load).sum();
            let periods = u32::try_from(to - from + 1).unwrap_or(u32::MAX);
            bound = bound.max(load.div_ceil(periods));
        }
    }
    bound
}
