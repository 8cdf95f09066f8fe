//! What counts in a credential, as the checker sees it: the outline by what a plan says counts where, and credits by what
//! is held.

use std::collections::BTreeSet;

use crate::pathway::credential::{Credential, Leaf, Need, Node};
use crate::pathway::plan::Awarded;
use crate::pathway::problem::Problem;

/// Goes through what counts where; gives what is wrong with it.
pub(super) fn outline(
    problem: &Problem,
    credential: &Credential,
    award: &Awarded,
    held: &BTreeSet<usize>,
) -> Vec<String> {
    let mut words = Vec::new();
    let leaves: Vec<&Leaf> = credential.every_leaf().collect();
    // By leaf: how many courses and credits count in it.
    let mut counted = vec![(0_usize, 0_u32); leaves.len()];
    let mut times = vec![0_u32; problem.courses.len()];
    for counts in &award.counted {
        let Some(leaf) = leaves.get(counts.leaf) else {
            words.push(format!("leaf {} does not exist", counts.leaf));
            continue;
        };
        let mut once = BTreeSet::new();
        for course in &counts.courses {
            if !leaf.courses.contains(course) || !held.contains(course) || !once.insert(*course) {
                words.push(format!("course {course} does not count in {}", leaf.name));
                continue;
            }
            counted[counts.leaf].0 += 1;
            counted[counts.leaf].1 += problem.courses[*course].credits;
            times[*course] += u32::from(!leaf.overlay);
        }
    }
    let met: Vec<bool> = leaves
        .iter()
        .zip(&counted)
        .map(|(leaf, (courses, credits))| match leaf.need {
            Need::Courses(needed) => *courses >= needed as usize,
            Need::Credits(needed) => *credits >= needed,
        })
        .collect();
    if let Err(unmet) = walk(&credential.root, &mut met.iter().copied()) {
        words.push(format!("{unmet} is not met"));
    }
    words.extend(twice(problem, credential, &times));
    words
}

/// Whether a part is met, by the leaves in their order; else the name of what is not.
fn walk(node: &Node, met: &mut dyn Iterator<Item = bool>) -> Result<(), String> {
    match node {
        Node::Leaf(leaf) => {
            if met.next() == Some(true) {
                return Ok(());
            }
            Err(leaf.name.clone())
        }
        Node::Every { of, .. } => {
            // All parts are gone through, so that each leaf is read.
            let parts: Vec<Result<(), String>> = of.iter().map(|part| walk(part, met)).collect();
            parts.into_iter().collect()
        }
        Node::Choice { name, any, of } => {
            let parts: Vec<bool> = of.iter().map(|part| walk(part, met).is_ok()).collect();
            if parts.into_iter().filter(|met| *met).count() >= *any {
                return Ok(());
            }
            Err(name.clone())
        }
    }
}

/// How often courses count.
fn twice(problem: &Problem, credential: &Credential, times: &[u32]) -> Vec<String> {
    let mut words = Vec::new();
    let mut credits = 0;
    for (course, times) in times.iter().enumerate() {
        if *times > 2 {
            words.push(format!("{} counts {times} times", problem.courses[course].code));
        }
        if *times == 2 {
            credits += problem.courses[course].credits;
        }
    }
    if credits > credential.shared {
        words.push(format!("{credits} credits count twice, but {} may", credential.shared));
    }
    words
}

/// Most credits that count towards the total of a credential, of what is held and of what of it is prior learning.
///
/// Course by course a credit counts where no limit that lists the course is used up; limits nest, so that no order of
/// courses gives more. What is no prior learning comes first, since it uses up one limit less.
pub(super) fn credits(problem: &Problem, credential: &Credential, held: &BTreeSet<usize>, prior: &[usize]) -> u32 {
    let mut left: Vec<u32> = credential.limits.iter().map(|(_, most)| *most).collect();
    let mut prior_left = credential.prior_limit.unwrap_or(u32::MAX);
    let (earned, awarded): (Vec<usize>, Vec<usize>) = held.iter().partition(|course| !prior.contains(course));
    let mut sum = 0;
    for (course, is_prior) in
        earned.into_iter().map(|course| (course, false)).chain(awarded.into_iter().map(|course| (course, true)))
    {
        let lists: Vec<usize> = (0..left.len()).filter(|index| credential.limits[*index].0.contains(&course)).collect();
        let mut counts = lists.iter().map(|index| left[*index]).fold(problem.courses[course].credits, u32::min);
        if is_prior {
            counts = counts.min(prior_left);
            prior_left -= counts;
        }
        lists.into_iter().for_each(|index| left[index] -= counts);
        sum += counts;
    }
    sum
}
