//! Whether credentials are awarded by each term: columns for those whose term matters, because courses come after them or
//! because they are to come early. All other credentials need no such columns.

use std::collections::BTreeMap;

use crate::pathway::credential::Held;
use crate::pathway::exams::certified_by;
use crate::pathway::holdings::Holdings;
use crate::pathway::plan::StageName;
use crate::pathway::problem::Problem;
use crate::pathway::requirements::{Award, held_at, requirement_rows};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};
use crate::pathway::windows::Windows;

/// By credential and term: whether it is awarded by the end of the term; absent where the term does not matter.
pub(super) struct AwardTerms {
    by: Vec<Option<Vec<Sum>>>,
}

impl AwardTerms {
    /// Makes the columns with their rows. By exam, whether it is sat at all, absent where only first terms are looked at; by
    /// term, whether the target is awarded, absent where it is one credential among others.
    pub(super) fn draft(
        problem: &Problem,
        (windows, holdings): (&Windows, &Holdings),
        (sat, target): (Option<&[Sum]>, Option<&[Sum]>),
        draft: &mut Draft,
    ) -> Self {
        let mut by = vec![None; problem.credentials.len()];
        by[problem.target] = target.map(<[Sum]>::to_vec);
        let mut drafting = Drafting { problem, windows, holdings, sat, certified: BTreeMap::new(), by };
        let mut asked: Vec<usize> = problem.courses.iter().flat_map(|course| &course.after).copied().collect();
        // Without the end of the plan, exits do not matter.
        if problem.order.contains(&StageName::Exits) && target.is_some() {
            asked.extend(problem.exits());
        }
        asked.sort_unstable();
        asked.dedup();
        asked.into_iter().for_each(|credential| drafting.credential(credential, draft));
        Self { by: drafting.by }
    }

    /// By term: whether a credential is awarded by its end; absent where the term does not matter.
    pub(super) fn of(&self, credential: usize) -> Option<&[Sum]> {
        self.by[credential].as_deref()
    }

    /// Terms that end before the valued credentials on the way are awarded, summed; where no columns say so, as if none
    /// ever were.
    pub(super) fn exits(&self, problem: &Problem) -> Sum {
        let mut exits = Sum::default();
        for credential in problem.exits() {
            #[expect(clippy::cast_precision_loss, reason = "a number of terms")]
            let horizon = problem.horizon as f64;
            exits = exits.plus(horizon, &Sum::number(1));
            let Some(columns) = self.of(credential).filter(|_| problem.order.contains(&StageName::Exits)) else {
                continue;
            };
            // What is awarded by the end of the plan stays so.
            for term in 0..problem.horizon {
                exits.add(-1.0, &columns[term.min(columns.len() - 1)]);
            }
        }
        exits
    }
}

/// Columns on the way.
struct Drafting<'a> {
    problem: &'a Problem,
    windows: &'a Windows,
    holdings: &'a Holdings,
    sat: Option<&'a [Sum]>,
    /// By exam and term: whether its certification is held.
    certified: BTreeMap<(usize, usize), Sum>,
    by: Vec<Option<Vec<Sum>>>,
}

impl Drafting<'_> {
    /// A credential, those it builds on first.
    fn credential(&mut self, index: usize, draft: &mut Draft) {
        if self.by[index].is_some() || self.problem.holds_credential(index) {
            return;
        }
        let clauses = self.problem.credentials[index].clauses(index);
        for way in clauses.iter().flat_map(|(_, ways)| ways) {
            if let Held::Credential(other) = way {
                self.credential(*other, draft);
            }
        }
        let (problem, holdings) = (self.problem, self.holdings);
        let first = self.windows.awards[index].unwrap_or(holdings.terms);
        let columns: Vec<Sum> =
            (0..holdings.terms).map(|term| if term < first { Sum::default() } else { draft.binary() }).collect();
        for (earlier, later) in columns.iter().zip(&columns[1..]) {
            draft.at_least(Rule::Structure, &later.clone().plus(-1.0, earlier), 0.0);
        }
        for (term, awarded) in columns.iter().enumerate().skip(first) {
            let award = Award { credential: index, term, awarded };
            requirement_rows(problem, holdings, &award, draft);
            for (rule, ways) in &clauses {
                let mut held = Sum::default();
                ways.iter().for_each(|way| held.add(1.0, &self.held(*way, term, draft)));
                draft.at_least(*rule, &held.plus(-1.0, awarded), 0.0);
            }
        }
        self.by[index] = Some(columns);
    }

    /// Whether something is held by the end of a term.
    fn held(&mut self, way: Held, term: usize, draft: &mut Draft) -> Sum {
        match way {
            Held::Course(course) => held_at(self.holdings, course, term),
            Held::Credential(other) if self.problem.holds_credential(other) => Sum::number(1),
            Held::Credential(other) => self.by[other].as_ref().map_or_else(Sum::default, |by| by[term].clone()),
            Held::Exam(exam) => {
                let (problem, holdings, sat) = (self.problem, self.holdings, self.sat);
                let held = || certified_by(problem, holdings, (exam, term), sat, draft);
                self.certified.entry((exam, term)).or_insert_with(held).clone()
            }
        }
    }
}

/// Rows of courses that come after awards: what is taken by the end of a term had the award a term earlier.
pub(super) fn after_rows(
    problem: &Problem,
    windows: &Windows,
    holdings: &Holdings,
    awards: &AwardTerms,
    draft: &mut Draft,
) {
    for (first, members) in &holdings.classes.members {
        #[expect(clippy::cast_precision_loss, reason = "a number of courses")]
        let size = members.len() as f64;
        for term in windows.terms_of(problem, *first) {
            let mut taken = held_at(holdings, *first, term);
            if let Some(prior) = &holdings.prior[*first] {
                taken.add(-1.0, prior);
            }
            for credential in problem.courses[*first].after.iter().filter(|after| !problem.holds_credential(**after)) {
                let room = Sum::default().plus(size, &awarded_before(awards, *credential, term));
                draft.at_least(Rule::AfterAward(*credential), &room.plus(-1.0, &taken), 0.0);
            }
        }
    }
}

/// The same of all courses of a term together: with parts of an award in a relaxed model, credits say more.
pub(super) fn after_loads(problem: &Problem, holdings: &Holdings, awards: &AwardTerms, draft: &mut Draft) {
    for credential in (0..problem.credentials.len()).filter(|credential| !problem.holds_credential(*credential)) {
        let comes_after = |first: &usize| problem.courses[*first].after.contains(&credential);
        let members = &holdings.classes.members;
        let later: Vec<usize> = members.iter().map(|(first, _)| *first).filter(comes_after).collect();
        for term in (0..holdings.terms).filter(|_| !later.is_empty()) {
            let most = f64::from(problem.most_load_of(term));
            let mut room = Sum::default().plus(most, &awarded_before(awards, credential, term));
            for first in &later {
                room.add(-f64::from(problem.courses[*first].credits), &holdings.taken(*first, term));
            }
            draft.at_least(Rule::Structure, &room, 0.0);
        }
    }
}

fn awarded_before(awards: &AwardTerms, credential: usize, term: usize) -> Sum {
    let columns = awards.of(credential).zip(term.checked_sub(1));
    columns.map_or_else(Sum::default, |(columns, before)| columns[before].clone())
}
