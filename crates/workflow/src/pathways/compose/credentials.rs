//! The credentials on the way: their requirement trees over the courses of the plan, their totals, and what of the pathway's
//! conditions asks for exams and other credentials.

use std::borrow::Cow;

use credway_model::{Asks, AwardRequirements, CourseChoice, CourseSet, Credits, Pathway, PathwayRole, Requirement};
use credway_plan::pathway::{Credential, Leaf, Need, Node, Problem};

use super::super::material::{Material, MaterialCredential};
use super::Said;
use super::courses::{Facts, Taken};
use crate::WorkflowError;

/// A set that a requirement chooses from, with the credits it takes of it, in hundredths; courses are counted as three credits.
pub(super) struct Chosen {
    pub(super) courses: CourseSet,
    pub(super) credits: u32,
}

/// What a credential requires: its program's tree, or every course the program lists.
pub(crate) fn requirements(credential: &MaterialCredential) -> Cow<'_, AwardRequirements> {
    if let Some(requirements) = &credential.requirements {
        return Cow::Borrowed(requirements);
    }
    let program = &credential.program;
    let each = credential.listed.iter().map(|code| Requirement {
        name: None,
        asks: Asks::Courses {
            count: 1,
            from: CourseChoice { courses: CourseSet::Listed(vec![code.clone()]), grade: None, overlay: false },
        },
    });
    let root = Requirement { name: None, asks: Asks::Every(each.collect()) };
    Cow::Owned(AwardRequirements {
        catalogue_year: program.catalogue_year.clone(),
        total: program.total_credits,
        ..AwardRequirements::of_tree(program.title.clone(), root)
    })
}

/// Every set that a tree chooses from.
pub(super) fn choices(root: &Requirement) -> Vec<Chosen> {
    match &root.asks {
        Asks::Every(parts) | Asks::Some { of: parts, .. } => parts.iter().flat_map(choices).collect(),
        Asks::Courses { count, from } => {
            vec![Chosen { courses: from.courses.clone(), credits: u32::from(*count) * 300 }]
        }
        Asks::Credits { credits, from } => vec![Chosen { courses: from.courses.clone(), credits: credits.steps() }],
    }
}

/// By component: whether a target waits for it, directly or not; itself included.
pub(super) fn waited_for(pathway: &Pathway, target: usize) -> Vec<bool> {
    let edges = credway_plan::pathway_edges(pathway);
    let mut waited = vec![false; pathway.components.len()];
    let mut open = vec![target];
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut waited[index], true) {
            open.extend(&edges[index]);
        }
    }
    waited
}

/// The credentials that are planned with a target: itself, what it waits for, and every exit and entry that is no other destination.
/// In the order of the pathway.
pub(super) fn on_the_way(material: &Material, target: usize) -> Vec<usize> {
    let pathway = &material.pathway;
    let waited = waited_for(pathway, target);
    let belongs = |one: &MaterialCredential| {
        let component = &pathway.components[one.component];
        waited[one.component]
            || (!component.is(PathwayRole::Destination)
                && (component.is(PathwayRole::OffRamp) || component.is(PathwayRole::OnRamp)))
    };
    (0..material.credentials.len()).filter(|index| belongs(&material.credentials[*index])).collect()
}

/// Fills in the credentials of the problem.
pub(super) fn fill(
    material: &Material,
    chosen: &[usize],
    target: usize,
    taken: &Taken,
    (unit, problem, said): (u32, &mut Problem, &mut Said),
) -> Result<(), WorkflowError> {
    for index in chosen {
        let credential = &material.credentials[*index];
        let component = &material.pathway.components[credential.component];
        let required = requirements(credential);
        if credential.requirements.is_none() {
            said.assume(
                format!("Requirements of {}", component.name),
                format!("every one of its {} listed courses", credential.listed.len()),
                "the program has no requirement tree",
            );
        }
        if required.average.is_some() {
            said.note(format!("“{}” asks for a grade point average, which no plan can promise.", component.name));
        }
        if credential.component == target {
            problem.target = problem.credentials.len();
            at_home(material, credential, &required, taken, problem);
        }
        let units = |credits: Option<Credits>| credits.map_or(0, |credits| credits.steps() / unit);
        let root = node(&required.root, component.name.as_str(), &|set| taken.of_set(material, set), unit);
        let limits =
            required.limits.iter().map(|limit| (taken.of_set(material, &limit.courses), limit.at_most.steps() / unit));
        problem.credentials.push(Credential {
            name: component.name.to_string(),
            total: units(required.total),
            residency: units(required.residency),
            upper: units(required.upper_division),
            root,
            shared: units(required.most_shared),
            valued: component.is(PathwayRole::OffRamp) || component.is(PathwayRole::Destination),
            exams: Vec::new(),
            credentials: Vec::new(),
            needs: Vec::new(),
            limits: limits.collect(),
            prior_limit: required.most_prior_learning.map(|most| most.steps() / unit),
        });
        problem.exclusions.extend(
            required.exclusions.iter().map(|set| taken.of_set(material, set)).filter(|courses| courses.len() > 1),
        );
    }
    Ok(())
}

/// What counts for the target's residency and upper division.
fn at_home(
    material: &Material,
    target: &MaterialCredential,
    required: &AwardRequirements,
    taken: &Taken,
    problem: &mut Problem,
) {
    let upper = required.upper_courses();
    for (course, planned) in problem.courses.iter_mut().zip(&taken.courses) {
        course.home = planned.organization.is_none_or(|owner| owner == target.program.organization);
        let found = planned.ctid.and_then(|ctid| material.catalogue.iter().find(|found| found.ctid == ctid));
        course.upper = found.is_some_and(|found| upper.holds(&Facts(found)));
    }
}

fn node(requirement: &Requirement, above: &str, of_set: &dyn Fn(&CourseSet) -> Vec<usize>, unit: u32) -> Node {
    let name = requirement.name.as_ref().map(ToString::to_string);
    let leaf = |need: Need, from: &CourseChoice| {
        let name = name.clone().unwrap_or_else(|| from.courses.to_string());
        Node::Leaf(Leaf { name, courses: of_set(&from.courses), need, overlay: from.overlay })
    };
    let named = || name.clone().unwrap_or_else(|| above.to_owned());
    let parts = |parts: &[Requirement]| parts.iter().map(|part| node(part, &named(), of_set, unit)).collect();
    match &requirement.asks {
        Asks::Every(of) => Node::Every { name: named(), of: parts(of) },
        Asks::Some { count, of } => Node::Choice { name: named(), any: usize::from(*count), of: parts(of) },
        Asks::Courses { count, from } => leaf(Need::Courses(u32::from(*count)), from),
        Asks::Credits { credits, from } => leaf(Need::Credits(credits.steps().div_ceil(unit)), from),
    }
}
