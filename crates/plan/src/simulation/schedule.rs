//! What a learner takes in a term: a list schedule over the courses of the plan.
//!
//! First what the plan has by this term and is not passed, the longest chains first, up to the most load. Only where that
//! leaves room that the plan had filled (a course must wait for what it requires), or falls below the least load, courses
//! of later terms come forward. Who passed everything so far takes exactly what the plan says. Priorities by the longest
//! chain behind: Graham, “Bounds on multiprocessing timing anomalies”, SIAM Journal on Applied Mathematics 17, 1969, who
//! also shows why list schedules are not monotone: for a single learner a failed course may, rarely, do no harm.

use crate::simulation::route::{Asked, Route};

/// The courses of a term, as they are chosen.
pub(super) struct Choice<'a> {
    route: &'a Route<'a>,
    held: &'a [bool],
    /// By course: whether the credentials it comes after are awarded.
    open: &'a [bool],
    term: usize,
    /// Credits held before the term.
    standing: u32,
    load: u32,
    chosen: Vec<usize>,
}

impl<'a> Choice<'a> {
    /// What a learner who holds these courses, and to whom those are open, takes in a term.
    pub(super) fn of(route: &'a Route, (held, open): (&'a [bool], &'a [bool]), term: usize) -> Vec<usize> {
        let most = route.problem.most_load_of(term);
        if most == 0 {
            return Vec::new();
        }
        let standing = route.credits(held);
        let mut choice = Choice { route, held, open, term, standing, load: 0, chosen: Vec::new() };
        for stop in &route.order {
            if route.stops[*stop].planned <= term {
                choice.take(*stop, most);
            }
        }
        let least = route.problem.least_load_of(term);
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
            let offered = self.route.problem.offers(found.course, self.term);
            if !offered || !self.open[group[at]] || self.standing < found.standing {
                return;
            }
            for asked in &found.requisites {
                if self.meets(asked, &group) {
                    continue;
                }
                match asked.beside.iter().find(|way| !self.held[**way]) {
                    Some(way) => group.push(*way),
                    None => return,
                }
            }
            at += 1;
        }
        let credits: u32 = group.iter().map(|stop| self.route.stops[*stop].credits).sum();
        if self.load + credits <= room {
            self.load += credits;
            self.chosen.extend(group);
        }
    }

    fn meets(&self, asked: &Asked, group: &[usize]) -> bool {
        asked.before.iter().any(|way| self.held[*way])
            || asked.beside.iter().any(|way| self.held[*way] || self.chosen.contains(way) || group.contains(way))
    }
}
