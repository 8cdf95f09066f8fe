//! A list scheduler: period by period, courses by urgency, each period filled to its cap as exactly as can be.
//!
//! It only ever shows that a cap can be kept; what it does not find proves nothing. It tries again with other
//! urgencies, drawn from a fixed generator: the same curriculum gives the same periods everywhere.

use crate::bacp::Curriculum;

/// So many tries: some tens of milliseconds at the usual size.
const TRIES: u64 = 3000;

/// By course: its period, in a curriculum whose fullest period is no fuller than a cap; absent when none was found.
pub(super) fn schedule(curriculum: &Curriculum, windows: &[(usize, usize)], cap: u32) -> Option<Vec<usize>> {
    let tails = tails(curriculum);
    (0..TRIES).find_map(|seed| {
        let mut numbers = Numbers(seed);
        let urgency: Vec<u64> = windows
            .iter()
            .zip(&tails)
            .map(|((_, last), tail)| {
                let slack = (curriculum.periods - last) as u64 * 64 + tail.min(&63);
                slack + if seed == 0 { 0 } else { numbers.below(8 + seed % 128) }
            })
            .collect();
        let periods = Try { curriculum, windows, cap, urgency }.periods()?;
        curriculum.fullest(&periods).is_some_and(|fullest| fullest <= cap).then_some(periods)
    })
}

/// By course: the load of the courses that come directly or indirectly after it.
fn tails(curriculum: &Curriculum) -> Vec<u64> {
    let count = curriculum.courses.len();
    let mut after = vec![vec![false; count]; count];
    for _ in 0..count {
        let mut moved = false;
        for (earlier, later) in &curriculum.before {
            let mut behind = after[*later].clone();
            behind[*later] = true;
            for (held, new) in after[*earlier].iter_mut().zip(behind) {
                moved |= new && !*held;
                *held |= new;
            }
        }
        if !moved {
            break;
        }
    }
    let load = |course: &usize| u64::from(curriculum.loads[*course]);
    after.iter().map(|after| (0..count).filter(|course| after[*course]).map(|course| load(&course)).sum()).collect()
}

/// A linear congruential generator (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

struct Try<'a> {
    curriculum: &'a Curriculum,
    windows: &'a [(usize, usize)],
    cap: u32,
    urgency: Vec<u64>,
}

impl Try<'_> {
    fn periods(&self) -> Option<Vec<usize>> {
        let count = self.curriculum.courses.len();
        let mut periods = vec![usize::MAX; count];
        let mut left: u32 = self.curriculum.loads.iter().sum();
        for period in 0..self.curriculum.periods {
            let chosen = self.fill(period, left, &periods)?;
            for course in chosen {
                periods[course] = period;
                left -= self.curriculum.loads[course];
            }
        }
        (left == 0 && !periods.contains(&usize::MAX)).then_some(periods)
    }

    /// The courses of a period: those that cannot wait, and of the others a most urgent set that fills it well enough for
    /// the rest to fit into the periods after it.
    fn fill(&self, period: usize, left: u32, periods: &[usize]) -> Option<Vec<usize>> {
        let Curriculum { loads, before, count, load, .. } = self.curriculum;
        let free = |course: &usize| {
            let (first, _) = self.windows[*course];
            periods[*course] == usize::MAX
                && first <= period
                && before.iter().all(|(earlier, later)| later != course || periods[*earlier] < period)
        };
        let (mut chosen, mut open): (Vec<usize>, Vec<usize>) =
            (0..loads.len()).filter(free).partition(|course| self.windows[*course].1 == period);
        open.sort_by_key(|course| (std::cmp::Reverse(self.urgency[*course]), *course));
        let after = u32::try_from(self.curriculum.periods - period - 1).ok()?;
        let least = left.saturating_sub(after * self.cap).max(load.0);
        let mut sum: u32 = chosen.iter().map(|course| loads[*course]).sum();
        if sum > self.cap {
            return None;
        }
        // By index of the open courses from one on: the loads that the courses from there on can still add.
        let mut reach = vec![1_u128; open.len() + 1];
        for index in (0..open.len()).rev() {
            reach[index] = reach[index + 1] | (reach[index + 1] << loads[open[index]].min(127));
        }
        let fits = |sum: u32, from: usize| {
            (least.max(sum)..=self.cap).any(|load| load - sum < 128 && reach[from] >> (load - sum) & 1 == 1)
        };
        for (index, course) in open.iter().enumerate() {
            let most = chosen.len() < count.1 as usize;
            if most && sum + loads[*course] <= self.cap && fits(sum + loads[*course], index + 1) {
                sum += loads[*course];
                chosen.push(*course);
            }
        }
        (sum >= least && chosen.len() >= count.0 as usize && chosen.len() <= count.1 as usize).then_some(chosen)
    }
}
