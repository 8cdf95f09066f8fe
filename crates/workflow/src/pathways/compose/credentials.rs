//! The credentials on the way: their requirement trees over the courses of the plan, and their totals.

use std::borrow::Cow;

use credway_model::{
    Asks, AwardRequirements, CourseChoice, CourseSet, Credits, Ctid, Pathway, PathwayRole, Requirement,
};
use credway_plan::pathway::{Credential, Leaf, Need, Node, Problem};

use super::super::material::{Material, MaterialCredential};
use super::Said;
use super::courses::{PlannedCourse, Taken, by_ctid};
use super::open::lies_within;

/// A set that a requirement chooses from.
pub(super) struct Chosen {
    pub(super) courses: CourseSet,
    /// The credits it takes of it, in hundredths; courses are counted as three credits.
    pub(super) credits: u32,
    /// Whether it asks for a number of courses.
    pub(super) by_course: bool,
    /// Whether its courses may count elsewhere, too.
    pub(super) overlay: bool,
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
    let (credits, by_course, from) = match &root.asks {
        Asks::Every(parts) | Asks::Some { of: parts, .. } => return parts.iter().flat_map(choices).collect(),
        Asks::Courses { count, from } => (u32::from(*count) * 300, true, from),
        Asks::Credits { credits, from } => (credits.steps(), false, from),
    };
    vec![Chosen { courses: from.courses.clone(), credits, by_course, overlay: from.overlay }]
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
) {
    let institutions = reside(chosen.iter().map(|index| &material.credentials[*index]), taken, problem);
    for (index, institution) in chosen.iter().zip(institutions) {
        let credential = &material.credentials[*index];
        let component = &material.pathway.components[credential.component];
        let name = component.name.as_str();
        let required = requirements(credential);
        presume(credential, name, &required, said);
        if credential.component == target {
            problem.target = problem.credentials.len();
            mark_upper(material, &required, taken, problem);
        }
        let units = |credits: Option<Credits>| credits.map_or(0, |credits| credits.steps() / unit);
        let root = node(&required.root, name, &|set| taken.of_set(material, set), unit);
        let limits =
            required.limits.iter().map(|limit| (taken.of_set(material, &limit.courses), limit.at_most.steps() / unit));
        presume_residence(credential, &required, taken, (name, said));
        problem.credentials.push(Credential {
            name: name.to_owned(),
            total: units(required.total),
            institution,
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
}

/// Says what is taken for granted of a credential's requirements.
fn presume(credential: &MaterialCredential, name: &str, required: &AwardRequirements, said: &mut Said) {
    if credential.requirements.is_none() {
        said.assume(
            format!("Requirements of {name}"),
            format!("every one of its {} listed courses", credential.listed.len()),
            "the program has no requirement tree",
        );
    }
    if asks_for_grades(&required.root) {
        said.assume(
            "Grades",
            "every course is passed with the least grade that its requirement asks for",
            "assumed for this plan; a plan has no grades",
        );
    }
    if required.average.is_some() {
        said.note(format!("“{name}” asks for a grade point average, which no plan can promise."));
    }
}

fn asks_for_grades(requirement: &Requirement) -> bool {
    match &requirement.asks {
        Asks::Every(of) | Asks::Some { of, .. } => of.iter().any(asks_for_grades),
        Asks::Courses { from, .. } | Asks::Credits { from, .. } => from.grade.is_some(),
    }
}

/// Says which courses teach where, for residency: a number an institution. Gives the numbers of those that award the credentials.
fn reside<'a>(
    credentials: impl Iterator<Item = &'a MaterialCredential>,
    taken: &Taken,
    problem: &mut Problem,
) -> Vec<usize> {
    let mut known: Vec<Ctid> = Vec::new();
    let mut number = |institution: Ctid| {
        known.iter().position(|one| *one == institution).unwrap_or_else(|| {
            known.push(institution);
            known.len() - 1
        })
    };
    for (course, planned) in problem.courses.iter_mut().zip(&taken.courses) {
        course.institution = number(planned.organization);
    }
    problem.done_in_residence.clone_from(&problem.done);
    credentials.map(|credential| number(credential.program.organization)).collect()
}

/// Says what is taken for granted of courses passed already at the institution.
fn presume_residence(
    credential: &MaterialCredential,
    required: &AwardRequirements,
    taken: &Taken,
    (name, said): (&str, &mut Said),
) {
    let Some(residency) = required.residency else { return };
    let there =
        |(course, done): &(&PlannedCourse, &bool)| **done && course.organization == credential.program.organization;
    let passed = taken.courses.iter().zip(&taken.done).filter(there);
    let credits: u32 = passed.map(|(course, _)| course.credits).sum();
    if credits > 0 {
        said.assume(
            format!("Residency of {name}"),
            format!("{} of {residency} credits are passed already", f64::from(credits) / 100.0),
            "courses passed already count as taken at the institution that teaches them",
        );
    }
}

/// What counts as upper division: the target's rule says so for every credential.
fn mark_upper(material: &Material, required: &AwardRequirements, taken: &Taken, problem: &mut Problem) {
    let (upper, by_ctid) = (required.upper_courses(), by_ctid(material));
    for (course, planned) in problem.courses.iter_mut().zip(&taken.courses) {
        course.upper = match &planned.open {
            Some(open) => lies_within(open, &upper),
            None => planned.ctid.and_then(|ctid| by_ctid.get(&ctid)).is_some_and(|found| upper.holds(*found)),
        };
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
