//! When a credential can be awarded at the soonest, by when each of its courses can be held: presolve for courses that come
//! after an award.

use crate::pathway::credential::{Credential, Held, Need, Node};
use crate::pathway::problem::{Exam, Problem};
use crate::pathway::windows::{BEFORE, most_credits_at_start};

/// No plan of so many terms awards a credential before the end of this term; absent where none awards it at all. `held` says
/// by course, `awards` by credential, what no plan has sooner.
pub(super) fn earliest_award(
    problem: &Problem,
    index: usize,
    (held, awards): (&[Option<i32>], &[Option<usize>]),
    terms: usize,
) -> Option<usize> {
    let credential = &problem.credentials[index];
    let mut from = met(problem, &credential.root, held)?.max(by_loads(problem, credential, terms)?);
    for (_, ways) in credential.clauses(index) {
        let first = |way: &Held| match *way {
            Held::Exam(exam) if problem.holds_exam(exam) => Some(BEFORE),
            Held::Exam(exam) => sitting(problem, &problem.exams[exam], held, terms),
            Held::Credential(other) if problem.holds_credential(other) => Some(BEFORE),
            Held::Credential(other) => awards[other].and_then(|term| i32::try_from(term).ok()),
            Held::Course(course) => held[course],
        };
        from = from.max(ways.iter().filter_map(first).min()?);
    }
    let from = usize::try_from(from).unwrap_or(0);
    (from < terms).then_some(from)
}

/// The first term by whose end there could be credits enough, were every term full.
fn by_loads(problem: &Problem, credential: &Credential, terms: usize) -> Option<i32> {
    let mut credits = most_credits_at_start(problem);
    let term = (0..terms).find(|term| {
        credits += u64::from(problem.most_load_of(*term));
        credits >= u64::from(credential.total)
    });
    term.and_then(|term| i32::try_from(term).ok())
}

/// The first term in which an exam could be sat.
fn sitting(problem: &Problem, exam: &Exam, held: &[Option<i32>], terms: usize) -> Option<i32> {
    let ready = |term: i32| {
        let before = |course: usize| held[course].is_some_and(|first| first < term);
        let covered = exam.domains.iter().map(|domain| {
            let strengths = domain.strengths.iter().filter(|(course, _)| before(*course));
            domain.weight * strengths.map(|(_, strength)| *strength).sum::<u32>().min(100)
        });
        covered.sum::<u32>() >= exam.threshold * 100 && exam.not_before.iter().all(|course| before(*course))
    };
    (problem.first_sitting()..terms).filter_map(|term| i32::try_from(term).ok()).find(|term| ready(*term))
}

/// The first term by whose end a part of an outline can be met.
fn met(problem: &Problem, node: &Node, held: &[Option<i32>]) -> Option<i32> {
    match node {
        Node::Leaf(leaf) => {
            let mut terms: Vec<(i32, u32)> = leaf
                .courses
                .iter()
                .filter_map(|course| Some((held[*course]?, problem.courses[*course].credits)))
                .collect();
            terms.sort_unstable();
            let (needed, of_one): (u32, fn(u32) -> u32) = match leaf.need {
                Need::Courses(count) => (count, |_| 1),
                Need::Credits(credits) => (credits, |credits| credits),
            };
            let mut sum = 0;
            let mut enough = terms.into_iter().find(|(_, credits)| {
                sum += of_one(*credits);
                sum >= needed
            });
            if needed == 0 {
                enough = Some((BEFORE, 0));
            }
            enough.map(|(term, _)| term)
        }
        Node::Every { of, .. } => {
            of.iter().try_fold(BEFORE, |latest, part| Some(latest.max(met(problem, part, held)?)))
        }
        Node::Choice { any: 0, .. } => Some(BEFORE),
        Node::Choice { any, of, .. } => {
            let mut parts: Vec<i32> = of.iter().filter_map(|part| met(problem, part, held)).collect();
            parts.sort_unstable();
            parts.get(any - 1).copied()
        }
    }
}
