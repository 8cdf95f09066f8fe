//! What a learner takes in a term: a list schedule over the courses of the plan.
//!
//! First what the plan has by this term and is not passed, the longest chains first, up to the most load. Only where that
//! leaves room that the plan had filled (a course must wait for what it requires), or falls below the least load, courses
//! of later terms come forward. Who passed everything so far takes exactly what the plan says. Priorities by the longest
//! chain behind: Graham, “Bounds on multiprocessing timing anomalies”, SIAM Journal on Applied Mathematics 17, 1969, who
//! also shows why list schedules are not monotone: for a single learner a failed course may, rarely, do no harm.

use crate::pathway::Season;
use crate::simulation::route::Route;

/// The courses of a term, as they are chosen.
pub(super) struct Choice<'a> {
    route: &'a Route<'a>,
    held: &'a [bool],
    season: Season,
    most: u32,
    load: u32,
    chosen: Vec<usize>,
}

impl<'a> Choice<'a> {
    /// What a learner who holds these courses takes in a term.
    pub(super) fn of(route: &'a Route, held: &'a [bool], term: usize) -> Vec<usize> {
        let season = Season::of(term);
        let most = route.problem.most_load[season.index()];
        let mut choice = Choice { route, held, season, most, load: 0, chosen: Vec::new() };
        for stop in &route.order {
            if route.stops[*stop].planned <= term {
                choice.take(*stop, most);
            }
        }
        let least = if season == Season::Summer { 0 } else { route.problem.least_load };
        for stop in route.forward.iter().filter(|stop| route.stops[**stop].planned > term) {
            let room = if choice.load < least { most } else { route.load(term).min(most) };
            if choice.load < room {
                choice.take(*stop, room);
            }
        }
        choice.chosen
    }

    /// Takes a course with the corequisites it lacks, where all that is possible within a load.
    fn take(&mut self, stop: usize, room: u32) {
        if self.held[stop] || self.chosen.contains(&stop) {
            return;
        }
        let mut group = vec![stop];
        let mut at = 0;
        while at < group.len() {
            let found = &self.route.stops[group[at]];
            let open = found.offered[self.season.index()];
            let met = |clause: &Vec<usize>| clause.iter().any(|way| self.held[*way]);
            if !open || !found.prerequisites.iter().all(met) {
                return;
            }
            for way in &found.corequisites {
                if !self.held[*way] && !self.chosen.contains(way) && !group.contains(way) {
                    group.push(*way);
                }
            }
            at += 1;
        }
        let credits: u32 = group.iter().map(|stop| self.route.stops[*stop].credits).sum();
        if self.load + credits <= room.min(self.most) {
            self.load += credits;
            self.chosen.extend(group);
        }
    }
}
