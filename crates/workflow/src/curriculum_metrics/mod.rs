//! The structure of a curriculum: what hangs on each course, whether the requisites can be met, and how even the terms of a degree
//! plan are. [`curriculum_metrics`] takes it from a file, `Workbench::program_structure` from the database. Nothing is kept.

mod findings;
mod program;

use credway_import::{
    CurriculumCourse, CurriculumReading, CurriculumRecord, RequisiteColumn, SourceFile, SystemType, limit_findings,
    read_curriculum,
};
use credway_model::Finding;
use credway_plan::{
    Complexity, CourseMeasures, CurriculumGraph, PlannedCourse, Requisite, RequisiteKind, TermCredits, TermSystem,
    requisite_distances, term_loads,
};
use serde::{Serialize, Serializer};

use crate::WorkflowError;

pub use program::ProgramStructure;

/// What is asked about a curriculum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetricsRequest {
    /// Count in quarters whatever the file says.
    pub quarter: bool,
    /// Prefixes of the major's courses: where there are some, dead ends are looked for.
    pub major: Vec<String>,
}

/// The structure of a curriculum.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CurriculumMetrics {
    /// Curriculum, degree plan and institution, as far as the file names them.
    #[serde(skip)]
    pub title: Vec<String>,
    /// Course by course, in the order of the file.
    pub courses: Vec<CourseStructure>,
    /// The whole; absent where the file could not be read as a curriculum.
    pub total: Option<CurriculumTotal>,
    /// What a person should know.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// What hangs on a course. Measures are absent where requisites go round in a circle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CourseStructure {
    /// `Course ID`.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Courses of the longest chain through it.
    pub delay: Option<u64>,
    /// How many courses need it, directly or through others.
    pub blocking: Option<u64>,
    /// Sum of the lengths of all whole chains on which it stands, neither first nor last; absent also where too large.
    pub centrality: Option<u128>,
    /// Delay + blocking; in quarters two thirds of it, to one decimal place.
    pub complexity: Option<ShownComplexity>,
    /// Terms between it and each of the courses it requires, added up; absent where a term is not known.
    pub requisite_distance: Option<i64>,
    /// Prefix and number.
    #[serde(skip)]
    pub code: String,
    /// Credit hours.
    #[serde(skip)]
    pub credits: Option<String>,
}

/// The sums of a curriculum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurriculumTotal {
    /// How many courses.
    pub courses: usize,
    /// Credit hours; absent where those of a course are not known.
    pub credits: Option<f64>,
    /// Sum of the delays.
    pub delay: Option<u64>,
    /// Sum of the blocking.
    pub blocking: Option<u64>,
    /// Sum of the centralities.
    pub centrality: Option<u128>,
    /// Sum of the complexities.
    pub complexity: Option<ShownComplexity>,
    /// Whether it counts in quarters.
    pub quarter: bool,
    /// Courses of the longest chain.
    pub longest_chain: Option<u64>,
    /// Sum of the requisite distances; absent where one is not known.
    pub requisite_distance: Option<i64>,
    /// Requisites that follow from others.
    pub extraneous_requisites: Option<usize>,
    /// The terms of a degree plan; absent where no course has one.
    pub terms: Option<PlanTerms>,
}

/// How credits lie over the terms. Figures are absent where credits are not known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanTerms {
    /// Mean credits of a term.
    pub average: Option<f64>,
    /// Credits of the lightest term.
    pub min: Option<f64>,
    /// Its number.
    pub min_term: Option<u32>,
    /// Credits of the heaviest term.
    pub max: Option<f64>,
    /// Its number.
    pub max_term: Option<u32>,
    /// Standard deviation, the terms being the whole population.
    pub deviation: Option<f64>,
    /// Term by term.
    pub by_term: Vec<TermLoad>,
}

/// A term of a degree plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermLoad {
    /// Number.
    pub term: u32,
    /// How many courses.
    pub courses: usize,
    /// Credit hours.
    pub credits: Option<f64>,
}

/// A complexity as it is written: a whole number in semesters, with a decimal place in quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownComplexity {
    complexity: Complexity,
    quarter: bool,
}

impl std::fmt::Display for ShownComplexity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = self.complexity.tenths();
        let text = if self.quarter { format!("{}.{}", tenths / 10, tenths % 10) } else { self.complexity.to_string() };
        formatter.pad(&text)
    }
}

impl Serialize for ShownComplexity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tenths = self.complexity.tenths();
        if self.quarter {
            serializer.serialize_f64(hundredths(tenths * 10))
        } else {
            serializer.serialize_u64(tenths / 10)
        }
    }
}

/// A count of hundredths as a shown figure.
fn hundredths(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a shown figure, far below 2^53")]
    let count = count as f64;
    count / 100.0
}

/// Measures the curriculum or degree plan in a file of CurricularAnalytics. A file that is none gives findings and no
/// courses.
///
/// # Errors
/// [`WorkflowError::Defect`] only.
pub fn curriculum_metrics(file: &SourceFile, request: &MetricsRequest) -> Result<CurriculumMetrics, WorkflowError> {
    let CurriculumReading { curriculum, findings } = read_curriculum(file);
    let Some(curriculum) = curriculum else { return Ok(CurriculumMetrics { findings, ..Default::default() }) };
    let measured = measure(&curriculum, request)?;
    let found = measured.findings.into_iter().map(|finding| finding.in_file(&file.name));
    Ok(CurriculumMetrics { findings: findings.into_iter().chain(found).collect(), ..measured })
}

/// Measures a curriculum, with findings at its rows.
fn measure(curriculum: &CurriculumRecord, request: &MetricsRequest) -> Result<CurriculumMetrics, WorkflowError> {
    let graph = graph(curriculum)?;
    let planned = planned(&curriculum.courses);
    let quarter = request.quarter || curriculum.system == Some(SystemType::Quarter);
    let measures = graph.measures(if quarter { TermSystem::Quarter } else { TermSystem::Semester });
    let distances = requisite_distances(&graph, &planned);
    let of = |measures: &CourseMeasures| ShownComplexity { complexity: measures.complexity, quarter };
    let courses = curriculum.courses.iter().enumerate().map(|(index, course)| {
        let measured = measures.as_ref().map(|measures| measures.courses[index]);
        structure(course, measured, measured.as_ref().map(of), distances[index])
    });
    let total = measures.as_ref().map(|measures| measures.total);
    let credits: Option<u64> = planned.iter().map(|course| course.credits.map(u64::from)).sum();
    let total = CurriculumTotal {
        courses: planned.len(),
        credits: credits.map(hundredths),
        delay: total.map(|total| total.delay),
        blocking: total.map(|total| total.blocking),
        centrality: total.and_then(|total| total.centrality),
        complexity: total.as_ref().map(of),
        quarter,
        longest_chain: measures.as_ref().map(|measures| measures.longest),
        requisite_distance: if planned.iter().any(|course| course.term.is_some()) {
            distances.iter().copied().sum()
        } else {
            None
        },
        extraneous_requisites: graph.extraneous().map(|found| found.len()),
        terms: terms(&planned),
    };
    let found = findings::of_structure(curriculum, &graph, &total, request);
    let names = [&curriculum.name, &curriculum.degree_plan, &curriculum.institution];
    Ok(CurriculumMetrics {
        title: names.into_iter().flatten().map(ToString::to_string).collect(),
        courses: courses.collect(),
        total: Some(total),
        findings: limit_findings(found),
    })
}

fn graph(curriculum: &CurriculumRecord) -> Result<CurriculumGraph, WorkflowError> {
    let requisites = curriculum.requisites.iter().map(|one| Requisite {
        required: one.required,
        course: one.course,
        kind: match one.column {
            RequisiteColumn::Prerequisites => RequisiteKind::Prerequisite,
            RequisiteColumn::Corequisites => RequisiteKind::Corequisite,
            RequisiteColumn::StrictCorequisites => RequisiteKind::StrictCorequisite,
        },
    });
    CurriculumGraph::new(curriculum.courses.len(), requisites).map_err(WorkflowError::defect)
}

fn planned(courses: &[CurriculumCourse]) -> Vec<PlannedCourse> {
    let plan = |course: &CurriculumCourse| PlannedCourse {
        credits: course.credits.map(credway_model::Credits::steps),
        term: course.term,
    };
    courses.iter().map(plan).collect()
}

fn structure(
    course: &CurriculumCourse,
    measured: Option<CourseMeasures>,
    complexity: Option<ShownComplexity>,
    requisite_distance: Option<i64>,
) -> CourseStructure {
    let code = [&course.prefix, &course.number].map(|part| part.as_ref().map(ToString::to_string));
    CourseStructure {
        id: course.id.to_string(),
        name: course.name.as_ref().map(ToString::to_string),
        delay: measured.map(|measured| measured.delay),
        blocking: measured.map(|measured| measured.blocking),
        centrality: measured.and_then(|measured| measured.centrality),
        complexity,
        requisite_distance: course.term.and(requisite_distance),
        code: code.into_iter().flatten().collect::<Vec<_>>().join(" "),
        credits: course.credits.map(|credits| credits.to_string()),
    }
}

fn terms(planned: &[PlannedCourse]) -> Option<PlanTerms> {
    let loads = term_loads(planned)?;
    let credits = |term: Option<TermCredits>| term.and_then(|term| term.credits).map(hundredths);
    let by_term = loads.terms.iter().map(|term| TermLoad {
        term: term.term,
        courses: term.courses,
        credits: term.credits.map(hundredths),
    });
    Some(PlanTerms {
        average: loads.average,
        min: credits(loads.least),
        min_term: loads.least.map(|term| term.term),
        max: credits(loads.most),
        max_term: loads.most.map(|term| term.term),
        deviation: loads.deviation,
        by_term: by_term.collect(),
    })
}
