//! Reads a planning instance from JSON: the shape of the public planner benchmark (`data/planning/synth`).
//!
//! Refuses a file as a whole when a name in it leads nowhere: a plan for half a catalogue would look like a plan.

use serde::Deserialize;
use std::collections::BTreeMap;

use crate::pathway::credential::{Credential, Leaf, Need, Node};
use crate::pathway::problem::{Clause, Course, Domain, Exam, Problem};

/// Why an instance could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstanceError {
    /// Not JSON of this shape.
    #[error("the file is not a planning instance: {0}")]
    Shape(String),
    /// A name leads nowhere.
    #[error("{place}: the course “{code}” is not among the courses; add it there or take it out here")]
    UnknownCourse {
        /// JSON pointer.
        place: String,
        /// The name.
        code: String,
    },
    /// A course is listed twice.
    #[error("{place}: the course “{code}” is listed twice; keep one of them")]
    Twice {
        /// JSON pointer.
        place: String,
        /// The name.
        code: String,
    },
    /// A leaf says neither how many courses nor how many credits.
    #[error("{place}: the requirement says neither `k` (courses) nor `cr` (credits)")]
    NoNeed {
        /// JSON pointer.
        place: String,
    },
    /// There is no credential.
    #[error("/progs: there is no credential to reach")]
    NoCredential,
}

/// Fee for a credit of prior learning in the benchmark, which does not write it into the file.
const PRIOR_LEARNING_FEE: u32 = 60;
/// Level from which a course is of upper division in the benchmark.
const UPPER_DIVISION: u32 = 300;
/// Name of the credential to reach in the benchmark; where none bears it, the last one is.
const TARGET: &str = "BS";

#[derive(Deserialize)]
struct WireInstance {
    courses: Vec<WireCourse>,
    progs: Vec<WireCredential>,
    certs: Vec<WireExam>,
    #[serde(rename = "H")]
    horizon: usize,
    cap: WireCaps,
    minload: u32,
    need_certs: u32,
    done: Vec<String>,
    cpl: BTreeMap<String, serde::de::IgnoredAny>,
    cplmax: u32,
    termfee: u32,
}

#[derive(Deserialize)]
struct WireCourse {
    id: String,
    cr: u32,
    lvl: u32,
    inst: String,
    off: String,
    pre: Vec<Vec<String>>,
    co: Vec<String>,
    rate: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct WireCaps {
    f: u32,
    s: u32,
    u: u32,
}

#[derive(Deserialize)]
struct WireCredential {
    n: String,
    total: u32,
    resid: u32,
    ud: u32,
    groups: Vec<WireLeaf>,
    tree: Vec<WireNested>,
    share: u32,
    value: u32,
}

#[derive(Deserialize)]
struct WireLeaf {
    n: String,
    k: Option<u32>,
    cr: Option<u32>,
    s: Vec<String>,
    #[serde(default)]
    overlay: u32,
}

#[derive(Deserialize)]
struct WireNested {
    n: String,
    any: usize,
    kids: Vec<WireLeaf>,
}

#[derive(Deserialize)]
struct WireExam {
    n: String,
    fee: u32,
    theta: u32,
    doms: Vec<WireDomain>,
    value: u32,
}

#[derive(Deserialize)]
struct WireDomain {
    w: u32,
    s: BTreeMap<String, u32>,
}

/// Reads a planning instance.
///
/// The shape is that of `data/planning/synth`: `courses` (`id`, `cr`, `lvl`, `inst`: `U` is home, `off`: letters of `F`,
/// `S`, `U`, `pre` in conjunctive form, `co`, `rate`), `progs` (`groups` with `k` courses or `cr` credits of `s`; `tree`
/// with `any` of `kids`), `certs` (`theta` per cent), `H` terms, `cap` by season, `minload`, `need_certs`, `done`, `cpl`,
/// `cplmax`, `termfee`. The credential to reach is the one named `BS`, else the last.
///
/// # Errors
/// [`InstanceError`], with the place as a JSON pointer or as line and column.
pub fn read_instance(text: &str) -> Result<Problem, InstanceError> {
    let wire: WireInstance = serde_json::from_str(text).map_err(|error| InstanceError::Shape(error.to_string()))?;
    let names = Names::of(&wire.courses)?;
    let mut courses = Vec::with_capacity(wire.courses.len());
    for (index, course) in wire.courses.iter().enumerate() {
        courses.push(read_course(course, &names, &format!("/courses/{index}"))?);
    }
    let mut credentials = Vec::with_capacity(wire.progs.len());
    for (index, credential) in wire.progs.iter().enumerate() {
        credentials.push(read_credential(credential, &names, &format!("/progs/{index}"))?);
    }
    let named = credentials.iter().position(|credential| credential.name == TARGET);
    let target = named.or(credentials.len().checked_sub(1)).ok_or(InstanceError::NoCredential)?;
    let mut exams = Vec::with_capacity(wire.certs.len());
    for (index, exam) in wire.certs.iter().enumerate() {
        exams.push(read_exam(exam, &names, &format!("/certs/{index}"))?);
    }
    let mut done = vec![false; courses.len()];
    for course in names.all(&wire.done, "/done")? {
        done[course] = true;
    }
    let mut prior_learning = vec![false; courses.len()];
    for code in wire.cpl.keys() {
        let course = names.one(code, "/cpl")?;
        prior_learning[course] = !done[course];
    }
    Ok(Problem {
        courses,
        credentials,
        target,
        exams,
        horizon: wire.horizon,
        most_load: [wire.cap.f, wire.cap.s, wire.cap.u],
        least_load: wire.minload,
        exams_needed: wire.need_certs,
        done,
        prior_learning,
        prior_learning_limit: wire.cplmax,
        prior_learning_fee: PRIOR_LEARNING_FEE,
        term_fee: wire.termfee,
        ..Problem::default()
    })
}

/// Codes of courses and their indexes.
struct Names<'a>(BTreeMap<&'a str, usize>);

impl<'a> Names<'a> {
    fn of(courses: &'a [WireCourse]) -> Result<Self, InstanceError> {
        let mut names = BTreeMap::new();
        for (index, course) in courses.iter().enumerate() {
            if names.insert(course.id.as_str(), index).is_some() {
                let (place, code) = (format!("/courses/{index}/id"), course.id.clone());
                return Err(InstanceError::Twice { place, code });
            }
        }
        Ok(Self(names))
    }

    fn one(&self, code: &str, place: &str) -> Result<usize, InstanceError> {
        let unknown = || InstanceError::UnknownCourse { place: place.to_owned(), code: code.to_owned() };
        self.0.get(code).copied().ok_or_else(unknown)
    }

    fn all(&self, codes: &[String], place: &str) -> Result<Vec<usize>, InstanceError> {
        let mut courses = Vec::with_capacity(codes.len());
        for (index, code) in codes.iter().enumerate() {
            let course = self.one(code, &format!("{place}/{index}"))?;
            // A course that is named twice in a set is in it once.
            if !courses.contains(&course) {
                courses.push(course);
            }
        }
        Ok(courses)
    }
}

fn read_course(wire: &WireCourse, names: &Names, place: &str) -> Result<Course, InstanceError> {
    let mut requisites = Vec::with_capacity(wire.pre.len() + wire.co.len());
    for (index, clause) in wire.pre.iter().enumerate() {
        let before = names.all(clause, &format!("{place}/pre/{index}"))?;
        requisites.push(Clause { before, ..Clause::default() });
    }
    for course in names.all(&wire.co, &format!("{place}/co"))? {
        requisites.push(Clause { beside: vec![course], ..Clause::default() });
    }
    Ok(Course {
        code: wire.id.clone(),
        credits: wire.cr,
        upper: wire.lvl >= UPPER_DIVISION,
        institution: usize::from(wire.inst != "U"),
        offered: ['F', 'S', 'U'].map(|letter| wire.off.contains(letter)),
        requisites,
        rate: wire.rate,
        ..Course::default()
    })
}

fn read_leaf(wire: &WireLeaf, names: &Names, place: &str) -> Result<Leaf, InstanceError> {
    let need = match (wire.k, wire.cr) {
        (Some(courses), _) => Need::Courses(courses),
        (None, Some(credits)) => Need::Credits(credits),
        (None, None) => return Err(InstanceError::NoNeed { place: place.to_owned() }),
    };
    let courses = names.all(&wire.s, &format!("{place}/s"))?;
    Ok(Leaf { name: wire.n.clone(), courses, need, overlay: wire.overlay != 0 })
}

fn read_leaves(wire: &[WireLeaf], names: &Names, place: &str) -> Result<Vec<Node>, InstanceError> {
    let read = |(index, leaf)| read_leaf(leaf, names, &format!("{place}/{index}")).map(Node::Leaf);
    wire.iter().enumerate().map(read).collect()
}

fn read_credential(wire: &WireCredential, names: &Names, place: &str) -> Result<Credential, InstanceError> {
    let mut of = read_leaves(&wire.groups, names, &format!("{place}/groups"))?;
    for (index, choice) in wire.tree.iter().enumerate() {
        let parts = read_leaves(&choice.kids, names, &format!("{place}/tree/{index}/kids"))?;
        of.push(Node::Choice { name: choice.n.clone(), any: choice.any, of: parts });
    }
    Ok(Credential {
        name: wire.n.clone(),
        total: wire.total,
        residency: wire.resid,
        upper: wire.ud,
        root: Node::Every { name: wire.n.clone(), of },
        shared: wire.share,
        valued: wire.value != 0,
        ..Credential::default()
    })
}

fn read_exam(wire: &WireExam, names: &Names, place: &str) -> Result<Exam, InstanceError> {
    let mut domains = Vec::with_capacity(wire.doms.len());
    for (index, domain) in wire.doms.iter().enumerate() {
        let place = format!("{place}/doms/{index}/s");
        let mut strengths = Vec::with_capacity(domain.s.len());
        for (code, strength) in &domain.s {
            strengths.push((names.one(code, &place)?, *strength));
        }
        domains.push(Domain { weight: domain.w, strengths });
    }
    let (name, fee, threshold, valued) = (wire.n.clone(), wire.fee, wire.theta, wire.value != 0);
    Ok(Exam { name, fee, threshold, domains, valued, ..Exam::default() })
}
