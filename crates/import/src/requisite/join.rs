//! What belongs to what: operands and the joints between them become one tree.
//!
//! The rules, in order:
//! 1. a slash binds closest: "ITAL 1301 / ITAL 1101" is one or the other;
//! 2. "either … or …" and "both … and …" hold their operands together;
//! 3. a comma is the "and" or "or" that ends its list; commas alone are "and"; a comma after a finished "or" is "and",
//!    and "A, B, or consent" is (A and B) or consent, and counts as ambiguous;
//! 4. ", and" and ", or" part more than "and" and "or" do: "A or B, and C" is (A or B) and C;
//! 5. "and" binds closer than "or", and the text counts as ambiguous, except where an "or" brings a consent or an
//!    equivalent (then it stands against all before it), and where a standing or admission begins and every "or" is
//!    between courses (then the "or" binds closer). Where the "or" is between courses of one subject and the "and" is
//!    not, the "or" binds closer too, and the text still counts as ambiguous.

use credway_model::{ConditionKind, Requisite};

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Comma,
    And,
    Or,
    CommaAnd,
    CommaOr,
    Slash,
}

/// An operand, with the joint before it (that of the first counts for nothing).
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub(super) joint: Joint,
    pub(super) tree: Requisite,
    /// It began with "either" (`Some(false)`) or "both" (`Some(true)`).
    pub(super) holds: Option<bool>,
}

/// The tree of the operands; absent where there are none or it would be too large.
pub(super) fn join(operands: Vec<Operand>, ambiguous: &mut bool) -> Option<Requisite> {
    let operands = held(slashed(operands)?)?;
    let kinds = way_out_of_list(&operands, commas(&operands, ambiguous), ambiguous);
    let weak: Vec<Option<bool>> = kinds.iter().map(|(all, weak)| weak.then_some(*all)).collect();
    let strong_differs = kinds
        .iter()
        .skip(1)
        .any(|(all, weak)| !weak && kinds.iter().skip(1).any(|(other, weak)| *weak && other != all));
    let trees: Vec<Requisite> = operands.into_iter().map(|operand| operand.tree).collect();
    if !strong_differs {
        return mixed(trees, &kinds.iter().map(|(all, _)| *all).collect::<Vec<_>>(), ambiguous);
    }
    let mut groups: Vec<(bool, Vec<Requisite>, Vec<bool>)> = Vec::new();
    for (index, tree) in trees.into_iter().enumerate() {
        match (weak[index], groups.last_mut()) {
            (None, Some((_, trees, joints))) if index > 0 => {
                trees.push(tree);
                joints.push(kinds[index].0);
            }
            (all, _) => groups.push((all.unwrap_or(true), vec![tree], vec![true])),
        }
    }
    let joints: Vec<bool> = groups.iter().map(|(all, _, _)| *all).collect();
    let parts = groups.into_iter().map(|(_, trees, joints)| mixed(trees, &joints, ambiguous)).collect::<Option<_>>()?;
    mixed(parts, &joints, ambiguous)
}

/// Joins by joints that may differ; `true` is "and".
fn mixed(trees: Vec<Requisite>, joints: &[bool], ambiguous: &mut bool) -> Option<Requisite> {
    let joints = joints.get(1..).unwrap_or(&[]);
    if joints.iter().all(|all| *all) {
        return Requisite::all(trees).ok();
    }
    if joints.iter().all(|all| !*all) {
        return Requisite::any(trees).ok();
    }
    let begins = matches!(
        trees.first(),
        Some(Requisite::Condition { kind: ConditionKind::Standing | ConditionKind::Admission, .. })
    );
    let between_courses =
        joints.iter().enumerate().all(|(at, all)| *all || is_courses(&trees[at]) && is_courses(&trees[at + 1]));
    if begins && between_courses {
        return runs(trees, joints, false);
    }
    let mild = joints
        .iter()
        .enumerate()
        .all(|(at, all)| *all || is_way_out(&trees[at + 1]) && !joints[at + 1..].contains(&true));
    *ambiguous |= !mild;
    let or_binds = alike(&trees, joints, false) && !alike(&trees, joints, true);
    runs(trees, joints, !or_binds)
}

/// Whether the courses at every such joint are of one subject.
fn alike(trees: &[Requisite], joints: &[bool], joint: bool) -> bool {
    let subject = |tree: &Requisite| match (tree, tree.parts().first()) {
        (Requisite::Course(course), _) | (Requisite::Any(_), Some(Requisite::Course(course))) => {
            Some(course.code.subject().to_owned())
        }
        _ => None,
    };
    let same = |at: usize| subject(&trees[at]).is_some_and(|one| subject(&trees[at + 1]) == Some(one));
    (0..joints.len()).filter(|at| joints[*at] == joint).all(same)
}

/// Runs of the joint that binds closer become one part each.
fn runs(trees: Vec<Requisite>, joints: &[bool], closer: bool) -> Option<Requisite> {
    let mut groups: Vec<Vec<Requisite>> = Vec::new();
    for (index, tree) in trees.into_iter().enumerate() {
        match groups.last_mut() {
            Some(group) if index > 0 && joints[index - 1] == closer => group.push(tree),
            _ => groups.push(vec![tree]),
        }
    }
    let make = |all: bool, parts| if all { Requisite::all(parts) } else { Requisite::any(parts) };
    let parts = groups.into_iter().map(|group| make(closer, group)).collect::<Result<Vec<_>, _>>().ok()?;
    make(!closer, parts).ok()
}

fn is_courses(tree: &Requisite) -> bool {
    let equivalent = |part: &Requisite| matches!(part, Requisite::Condition { kind: ConditionKind::Equivalent, .. });
    if let Requisite::Any(parts) = tree {
        return parts.as_slice().iter().all(|part| is_courses(part) || equivalent(part));
    }
    matches!(tree, Requisite::Course(_)) || (!tree.parts().is_empty() && tree.parts().iter().all(is_courses))
}

/// What catalogues offer instead of everything before it.
fn is_way_out(tree: &Requisite) -> bool {
    matches!(tree, Requisite::Condition { kind: ConditionKind::Consent | ConditionKind::Equivalent, .. })
}

fn slashed(operands: Vec<Operand>) -> Option<Vec<Operand>> {
    let mut done: Vec<Operand> = Vec::new();
    for operand in operands {
        match done.last_mut() {
            Some(before) if operand.joint == Joint::Slash => {
                before.tree = Requisite::any(vec![before.tree.clone(), operand.tree]).ok()?;
            }
            _ => done.push(operand),
        }
    }
    Some(done)
}

/// Takes together what "either" and "both" hold: up to the last operand joined by their own word.
fn held(operands: Vec<Operand>) -> Option<Vec<Operand>> {
    let mut done: Vec<Operand> = Vec::new();
    let mut rest = operands.into_iter().peekable();
    while let Some(mut first) = rest.next() {
        if let Some(all) = first.holds.take() {
            let mut parts = vec![first.tree];
            let own = |joint: Joint| match joint {
                Joint::And => all,
                Joint::Or | Joint::CommaOr => !all,
                _ => false,
            };
            while let Some(next) = rest.next_if(|next| own(next.joint) && next.holds.is_none()) {
                parts.push(next.tree);
            }
            first.tree = if all { Requisite::all(parts) } else { Requisite::any(parts) }.ok()?;
        }
        done.push(first);
    }
    Some(done)
}

/// Of every operand's joint, whether it is "and", and whether it parts weakly.
fn commas(operands: &[Operand], ambiguous: &mut bool) -> Vec<(bool, bool)> {
    let own = |joint: Joint| match joint {
        Joint::And => Some((true, false)),
        Joint::Or => Some((false, false)),
        Joint::CommaAnd => Some((true, true)),
        Joint::CommaOr => Some((false, true)),
        Joint::Comma | Joint::Slash => None,
    };
    let mut kinds = Vec::with_capacity(operands.len());
    for (index, operand) in operands.iter().enumerate() {
        let ahead = operands[index..].iter().find_map(|later| own(later.joint));
        let behind = operands[..index].iter().skip(1).rev().find_map(|earlier| own(earlier.joint));
        kinds.push(match (index, own(operand.joint), ahead, behind) {
            (0, ..) => (true, false),
            (_, Some(kind), ..) => kind,
            (1, None, Some((false, _)), None) if stands_first(operands) => (true, true),
            (_, None, Some(kind), None) => {
                *ambiguous |= !kind.0 && matches!(operands[index - 1].tree, Requisite::Any(_));
                kind
            }
            (_, None, Some(kind), Some(before)) => {
                *ambiguous |= kind.0 != before.0 && !kind.1;
                kind
            }
            (_, None, None, Some((true, _)) | None) => (true, true),
            (_, None, None, Some((false, _))) => {
                *ambiguous = true;
                (true, true)
            }
        });
    }
    kinds
}

/// "A, B, or consent": catalogues mean all of the list, or the consent instead; read so, and called ambiguous.
fn way_out_of_list(operands: &[Operand], kinds: Vec<(bool, bool)>, ambiguous: &mut bool) -> Vec<(bool, bool)> {
    let Some((last, list)) = operands.split_last() else { return kinds };
    let listed = list.len() > 1 && list.iter().skip(1).all(|operand| operand.joint == Joint::Comma);
    if !listed || !is_way_out(&last.tree) || !matches!(last.joint, Joint::Or | Joint::CommaOr) {
        return kinds;
    }
    *ambiguous = true;
    let mut kinds = vec![(true, false); list.len()];
    kinds.push((false, true));
    kinds
}

/// "Graduate standing, MARK 6361 or 6362": the standing is no item of the list of courses.
fn stands_first(operands: &[Operand]) -> bool {
    let standing = matches!(
        operands[0].tree,
        Requisite::Condition { kind: ConditionKind::Standing | ConditionKind::Admission | ConditionKind::Degree, .. }
    );
    standing
        && operands[1..].iter().all(|operand| is_courses(&operand.tree) || is_way_out(&operand.tree))
        && is_courses(&operands[1].tree)
}
