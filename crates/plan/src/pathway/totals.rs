//! Rows of a credential's credits: in all, in residence, of upper division, and the limits on what counts.
//!
//! Limits on what counts towards the total either lie within each other or apart, so that what counts of each is a column
//! of its own; the limit on prior learning cuts across them: with it, no more counts than without any prior learning and
//! that limit on top (the rank of a polymatroid truncated on a part; Edmonds 1970).

use std::collections::BTreeSet;

use crate::pathway::holdings::Holdings;
use crate::pathway::problem::Problem;
use crate::pathway::requirements::Award;
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// Credits in all, in residence and of upper division: what is held by the end of the award's term.
pub(super) fn total_rows(problem: &Problem, holdings: &Holdings, award: &Award, draft: &mut Draft) {
    let credential = &problem.credentials[award.credential];
    let ask =
        |needed: u32, sum: Sum, done: u32| sum.plus(1.0, &Sum::number(done)).plus(-f64::from(needed), award.awarded);
    let mut total = Counting { problem, holdings, award, prior: true }.credits(draft);
    if let (Some(limit), true) = (credential.prior_limit, holdings.prior.iter().any(Option::is_some)) {
        let without = Counting { problem, holdings, award, prior: false }.credits(draft);
        // A column of its own, so that the limit asks for nothing where the total is given up.
        let counts = draft.up_to(f64::from(credential.total));
        draft.at_least(Rule::Structure, &total.plus(-1.0, &counts), 0.0);
        let most = without.plus(1.0, &Sum::number(limit)).plus(-1.0, &counts);
        draft.at_least(Rule::PriorCountLimit(award.credential), &most, 0.0);
        total = counts;
    }
    draft.at_least(Rule::TotalCredits(award.credential), &ask(credential.total, total, 0), 0.0);
    let term = i32::try_from(award.term).unwrap_or(i32::MAX - 1);
    if credential.residency > 0 {
        let resides = |course: usize| problem.courses[course].institution == credential.institution;
        let mut taken = holdings.credits(problem, term, resides);
        for (course, awarded) in holdings.prior.iter().enumerate().filter(|(course, _)| resides(*course)) {
            if let Some(awarded) = awarded {
                taken.add(-f64::from(problem.courses[course].credits), awarded);
            }
        }
        let done = problem.credits_done(|course| resides(course) && problem.resided(course));
        draft.at_least(Rule::Residency(award.credential), &ask(credential.residency, taken, done), 0.0);
    }
    if credential.upper > 0 {
        let is_upper = |course: usize| problem.courses[course].upper;
        let upper = holdings.credits(problem, term, is_upper);
        let upper = ask(credential.upper, upper, problem.credits_done(is_upper));
        draft.at_least(Rule::UpperDivision(award.credential), &upper, 0.0);
    }
}

/// Credits that count towards a total.
struct Counting<'a> {
    problem: &'a Problem,
    holdings: &'a Holdings,
    award: &'a Award<'a>,
    /// Whether credits for prior learning are among them.
    prior: bool,
}

impl Counting<'_> {
    fn credits(&self, draft: &mut Draft) -> Sum {
        let limits = &self.problem.credentials[self.award.credential].limits;
        let mut sets: Vec<(usize, BTreeSet<usize>)> =
            limits.iter().enumerate().map(|(index, (courses, _))| (index, courses.iter().copied().collect())).collect();
        // Narrow ones first: what they let through is what counts in a wider one.
        sets.sort_by_key(|(index, set)| (set.len(), *index));
        let mut limited: BTreeSet<usize> = BTreeSet::new();
        let mut through: Vec<(BTreeSet<usize>, Sum)> = Vec::new();
        for (index, set) in sets {
            let (inside, outside): (Vec<_>, Vec<_>) = through.into_iter().partition(|(inner, _)| inner.is_subset(&set));
            through = outside;
            let mut room = self.held(|course| set.contains(&course) && !limited.contains(&course));
            inside.iter().for_each(|(_, counts)| room.add(1.0, counts));
            let counts = draft.up_to(self.most(&set));
            draft.at_least(Rule::Structure, &room.plus(-1.0, &counts), 0.0);
            draft.at_most(Rule::CountLimit(self.award.credential, index), &counts, f64::from(limits[index].1));
            limited.extend(&set);
            through.push((set, counts));
        }
        let mut credits = self.held(|course| !limited.contains(&course));
        through.iter().for_each(|(_, counts)| credits.add(1.0, counts));
        credits
    }

    /// Credits of all courses of a set.
    fn most(&self, set: &BTreeSet<usize>) -> f64 {
        set.iter().map(|course| f64::from(self.problem.courses[*course].credits)).sum()
    }

    /// Credits held, of the courses that pass.
    fn held(&self, passes: impl Fn(usize) -> bool) -> Sum {
        let Self { problem, holdings, award, prior } = *self;
        let term = i32::try_from(award.term).unwrap_or(i32::MAX - 1);
        let mut credits = holdings.credits(problem, term, &passes);
        if !prior {
            for (course, awarded) in holdings.prior.iter().enumerate().filter(|(course, _)| passes(*course)) {
                if let Some(awarded) = awarded {
                    credits.add(-f64::from(problem.courses[course].credits), awarded);
                }
            }
        }
        credits.plus(1.0, &Sum::number(problem.credits_done(passes)))
    }
}
