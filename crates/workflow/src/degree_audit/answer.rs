//! What an audit tells, in words and figures: requirement by requirement, then the totals, then what counts nowhere.

use credway_model::{Asks, AwardRequirements, Course, Ctid, Finding, Program, Requirement, Text};
use credway_plan::{
    AuditException, AuditLine, AwardAudit, CREDITS_OF_A_COURSE, CourseRecord, ExceptionKind, LineState, SharedBetween,
    TotalKind, WhyNot,
};
use serde::Serialize;

use crate::catalogue::{CatalogueCourses, RequirementPiece, pieces};
use crate::import_requirements::award_name;

/// A course taken, as the audit takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedCourse {
    /// The course of the catalogue.
    pub id: Option<Ctid>,
    /// Code.
    pub code: String,
    /// Title in the catalogue.
    pub title: Option<String>,
    /// Credits.
    pub credits: String,
    /// Where the credits are from: `file`, `catalogue` or `assumed`.
    pub credits_from: &'static str,
    /// The grade as it is written.
    pub grade: Option<String>,
    /// Whether it was passed.
    pub passed: bool,
    /// `here`, `transfer` or `prior learning`.
    pub source: &'static str,
}

impl AuditedCourse {
    /// Whether its credits are an assumption.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.credits_from == "assumed"
    }
}

/// How a requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementState {
    /// It is met.
    Met,
    /// Something is missing.
    Missing,
    /// It counts as met by an exception.
    Waived,
    /// It is not needed, for other parts were chosen.
    NotChosen,
}

impl RequirementState {
    /// The word of its class on pages.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missing => "missing",
            Self::Waived => "waived",
            Self::NotChosen => "other",
        }
    }

    /// The word shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missing => "missing",
            Self::Waived => "waived",
            Self::NotChosen => "not needed",
        }
    }
}

/// A course that counts for a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedCourse {
    /// Its number among the courses, from 0.
    pub course: usize,
    /// Code.
    pub code: String,
    /// Whether it counts for another requirement of the award, too.
    pub shared: bool,
    /// Who decided that it counts here, and why, where the requirement itself does not hold it.
    pub exception: Option<String>,
}

/// A requirement with what counts there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedRequirement {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Its name.
    pub name: Option<String>,
    /// What it asks for, without its courses.
    pub asks: String,
    /// The courses that may count: why a course counts here.
    pub from: Vec<RequirementPiece>,
    /// The least grade of each, in points.
    pub grade: Option<String>,
    /// How it stands.
    pub state: RequirementState,
    /// What is missing, in words.
    pub missing: Option<String>,
    /// Who waived it, and why.
    pub waived: Option<String>,
    /// The courses that count.
    pub counted: Vec<CountedCourse>,
}

/// A total with what there is of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedTotal {
    /// Which.
    pub name: &'static str,
    /// Credits asked for.
    pub wanted: String,
    /// Credits that count.
    pub have: String,
    /// Credits that are missing; absent where none are.
    pub missing: Option<String>,
    /// Whether some of them are assumed.
    pub assumed: bool,
}

/// The grade point average over the graded courses taken here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedAverage {
    /// Asked for.
    pub wanted: String,
    /// What it is; absent where nothing is graded.
    pub have: Option<String>,
    /// Whether it is enough.
    pub met: bool,
}

/// A course that counts for no requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UncountedCourse {
    /// Its number among the courses, from 0.
    pub course: usize,
    /// Code.
    pub code: String,
    /// Whether it counts towards the totals all the same.
    pub in_totals: bool,
    /// Why, as a sentence.
    pub why: String,
}

/// One program's audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProgramAudit {
    /// The program.
    pub program: Ctid,
    /// Title and award.
    pub name: String,
    /// Year of its catalogue.
    pub catalogue_year: Option<String>,
    /// Whether everything is met.
    pub met: bool,
    /// The requirements, each before its parts.
    pub requirements: Vec<AuditedRequirement>,
    /// The totals that are asked for.
    pub totals: Vec<AuditedTotal>,
    /// The average, where one is asked for.
    pub average: Option<AuditedAverage>,
    /// What counts for no requirement.
    pub uncounted: Vec<UncountedCourse>,
}

/// An exception that was taken into account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedException {
    /// Title and award of the program.
    pub program: String,
    /// Name of the requirement.
    pub requirement: String,
    /// The course that may count; absent where the requirement is waived.
    pub course: Option<String>,
    /// Who decided it.
    pub who: String,
    /// Why.
    pub why: String,
    /// Whether the answer rests on it.
    pub used: bool,
}

/// What counts for two programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharedCredits {
    /// The programs.
    pub programs: [String; 2],
    /// Credits that may.
    pub at_most: String,
    /// Credits that do.
    pub have: String,
}

/// What an audit tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditAnswer {
    /// Whether every program is met, and nothing of the files was left out.
    pub complete: bool,
    /// The programs.
    pub programs: Vec<ProgramAudit>,
    /// The courses taken.
    pub courses: Vec<AuditedCourse>,
    /// The exceptions.
    pub exceptions: Vec<AuditedException>,
    /// What counts for two programs, where that is limited.
    pub shared: Vec<SharedCredits>,
    /// What a person should know.
    pub findings: Vec<Finding>,
}

/// Sums of credits that differ by less are equal.
const EQUAL: f64 = 1e-6;

pub(super) struct Telling<'a> {
    pub(super) programs: &'a [(Program, AwardRequirements)],
    pub(super) catalogue: &'a [Course],
    /// By program.
    pub(super) exceptions: &'a [Vec<AuditException>],
    pub(super) shares: &'a [SharedBetween],
    pub(super) courses: &'a [AuditedCourse],
    pub(super) records: &'a [CourseRecord],
}

impl Telling<'_> {
    /// The answer, without the courses and findings.
    pub(super) fn tell(&self, audits: &[AwardAudit]) -> AuditAnswer {
        let programs: Vec<ProgramAudit> =
            audits.iter().enumerate().map(|(at, audit)| self.program(at, audit)).collect();
        AuditAnswer {
            complete: programs.iter().all(|program| program.met),
            exceptions: (0..self.programs.len()).flat_map(|at| self.exceptions_of(at, &programs[at])).collect(),
            shared: self.shares.iter().map(|share| self.shared(share, &programs)).collect(),
            programs,
            courses: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn program(&self, at: usize, audit: &AwardAudit) -> ProgramAudit {
        let (program, requirements) = &self.programs[at];
        let catalogue = CatalogueCourses::of(program, self.catalogue);
        let mut nodes = Vec::new();
        walk(&requirements.root, Vec::new(), &mut nodes);
        // What is above all has no row of its own: its parts stand at the top.
        let hidden = usize::from(requirements.root.name.is_none() && requirements.root.choice().is_none());
        let lines = nodes.iter().zip(&audit.lines).skip(hidden);
        let lines = lines.map(|((path, requirement), line)| AuditedRequirement {
            depth: line.depth - hidden.min(line.depth),
            missing: missing(requirement, path, line, (&nodes, &audit.lines)),
            from: requirement.choice().map(|choice| pieces(&choice.courses, &catalogue)).unwrap_or_default(),
            counted: self.counted(at, path, requirement, line),
            ..requirement_line(requirement, line)
        });
        ProgramAudit {
            program: program.ctid,
            name: award_name(program).to_string(),
            catalogue_year: program.catalogue_year.as_ref().map(|year| year.0.to_string()),
            met: audit.met,
            requirements: lines.collect(),
            totals: audit.totals.iter().map(|total| self.total(total)).collect(),
            average: audit.average.map(average),
            uncounted: audit.unplaced.iter().map(|one| self.uncounted(one)).collect(),
        }
    }

    fn counted(&self, at: usize, path: &[usize], requirement: &Requirement, line: &AuditLine) -> Vec<CountedCourse> {
        let counted = |placed: &credway_plan::Placed| {
            let record = &self.records[placed.record];
            let own = requirement.choice().is_some_and(|choice| {
                let graded = choice.grade.zip(record.grade).is_none_or(|(least, grade)| grade >= least);
                graded && choice.courses.holds(record)
            });
            let exception = self.exceptions[at].iter().filter(|_| !own).find(|exception| {
                exception.path == path && matches!(&exception.kind, ExceptionKind::Counts(code) if *code == record.code)
            });
            CountedCourse {
                course: placed.record,
                code: self.courses[placed.record].code.clone(),
                shared: placed.shared,
                exception: exception.map(|exception| format!("{}: {}", exception.who.name(), exception.why)),
            }
        };
        line.placed.iter().map(counted).collect()
    }

    fn total(&self, total: &credway_plan::Total) -> AuditedTotal {
        let short = total.wanted.value() - total.have;
        AuditedTotal {
            name: match total.kind {
                TotalKind::All => "Credits in all",
                TotalKind::Residency => "Credits taken here",
                TotalKind::UpperDivision => "Credits of the upper division",
            },
            wanted: total.wanted.to_string(),
            have: figure(total.have),
            missing: (short > EQUAL).then(|| figure(short)),
            assumed: self.courses.iter().any(AuditedCourse::is_assumed),
        }
    }

    fn uncounted(&self, one: &credway_plan::Unplaced) -> UncountedCourse {
        let why = match &one.why {
            WhyNot::NotPassed => "It was not passed.".to_owned(),
            WhyNot::Repeated => "Another attempt at it counts.".to_owned(),
            WhyNot::Excluded => "It may not count beside another one that does.".to_owned(),
            WhyNot::Limit(name) => format!("The limit “{name}” is reached."),
            WhyNot::TransferCap => "The limit of credits from elsewhere is reached.".to_owned(),
            WhyNot::PriorLearningCap => "The limit of credits for prior learning is reached.".to_owned(),
            WhyNot::OtherAward => "It counts for another program, and no more may be shared.".to_owned(),
            WhyNot::GradeTooLow => {
                "Its grade is below what the requirements ask for; it counts towards the totals.".to_owned()
            }
            WhyNot::FreeElective => "No requirement needs it; it counts towards the totals.".to_owned(),
        };
        UncountedCourse {
            course: one.record,
            code: self.courses[one.record].code.clone(),
            in_totals: matches!(one.why, WhyNot::GradeTooLow | WhyNot::FreeElective),
            why,
        }
    }

    fn exceptions_of(&self, at: usize, audit: &ProgramAudit) -> Vec<AuditedException> {
        let (program, requirements) = &self.programs[at];
        let told = |exception: &AuditException| {
            let name = named(&requirements.root, &exception.path).unwrap_or_default();
            let line = audit.requirements.iter().find(|line| line.name.as_ref() == Some(&name));
            let course = match &exception.kind {
                ExceptionKind::Waived => None,
                ExceptionKind::Counts(code) => Some(code.to_string()),
            };
            let used = line.is_some_and(|line| match &course {
                None => line.state == RequirementState::Waived,
                Some(code) => line.counted.iter().any(|one| one.exception.is_some() && one.code == *code),
            });
            AuditedException {
                program: award_name(program).to_string(),
                requirement: name,
                course,
                who: exception.who.name().to_owned(),
                why: exception.why.to_string(),
                used,
            }
        };
        self.exceptions[at].iter().map(told).collect()
    }

    fn shared(&self, share: &SharedBetween, programs: &[ProgramAudit]) -> SharedCredits {
        let (one, other) = (&programs[share.awards.0], &programs[share.awards.1]);
        let counts = |program: &ProgramAudit, course: usize| {
            let placed = program.requirements.iter().any(|line| line.counted.iter().any(|one| one.course == course));
            placed || program.uncounted.iter().any(|one| one.course == course && one.in_totals)
        };
        let both = (0..self.records.len()).filter(|course| counts(one, *course) && counts(other, *course));
        let steps: u32 = both.map(|course| self.records[course].credits.steps()).sum();
        SharedCredits {
            programs: [one.name.clone(), other.name.clone()],
            at_most: share.at_most.to_string(),
            have: figure(f64::from(steps) / 100.0),
        }
    }
}

/// The requirements with their paths, each before its parts: the order of the audit's lines.
type Nodes<'a> = Vec<(Vec<usize>, &'a Requirement)>;

fn walk<'a>(requirement: &'a Requirement, path: Vec<usize>, nodes: &mut Nodes<'a>) {
    nodes.push((path.clone(), requirement));
    for (at, part) in requirement.parts().iter().enumerate() {
        walk(part, path.iter().copied().chain([at]).collect(), nodes);
    }
}

/// The name of the requirement at a path.
fn named(root: &Requirement, path: &[usize]) -> Option<String> {
    let found = path.iter().try_fold(root, |requirement, at| requirement.parts().get(*at))?;
    found.name.as_ref().map(Text::to_string)
}

fn requirement_line(requirement: &Requirement, line: &AuditLine) -> AuditedRequirement {
    let (state, waived) = match &line.state {
        LineState::Met => (RequirementState::Met, None),
        LineState::Missing => (RequirementState::Missing, None),
        LineState::NotChosen => (RequirementState::NotChosen, None),
        LineState::Waived { who, why } => (RequirementState::Waived, Some(format!("{}: {why}", who.name()))),
    };
    AuditedRequirement {
        depth: line.depth,
        name: requirement.name.as_ref().map(Text::to_string),
        asks: requirement.needs().to_string(),
        from: Vec::new(),
        grade: requirement.choice().and_then(|choice| choice.grade).map(|grade| grade.to_string()),
        state,
        missing: None,
        waived,
        counted: Vec::new(),
    }
}

/// What a requirement misses: courses, credits, or parts.
fn missing(
    requirement: &Requirement,
    path: &[usize],
    line: &AuditLine,
    (nodes, lines): (&Nodes<'_>, &[AuditLine]),
) -> Option<String> {
    if line.state != LineState::Missing {
        return None;
    }
    let plural = |count: f64, one: &str| {
        let shown = figure(count);
        if shown == "1" { format!("1 {one}") } else { format!("{shown} {one}s") }
    };
    Some(match &requirement.asks {
        Asks::Courses { .. } => plural((line.missing / CREDITS_OF_A_COURSE).ceil(), "course"),
        Asks::Credits { .. } => plural(line.missing, "credit"),
        Asks::Every(of) | Asks::Some { of, .. } => {
            let wanted = if let Asks::Some { count, .. } = &requirement.asks { usize::from(*count) } else { of.len() };
            let own = nodes
                .iter()
                .zip(lines)
                .filter(|((other, _), _)| other.len() == path.len() + 1 && other.starts_with(path));
            let met = own.filter(|(_, line)| matches!(line.state, LineState::Met | LineState::Waived { .. })).count();
            format!("{} of {wanted} parts", wanted.saturating_sub(met))
        }
    })
}

fn average(average: credway_plan::Average) -> AuditedAverage {
    let wanted = f64::from(average.wanted.hundredths());
    AuditedAverage {
        wanted: average.wanted.to_string(),
        have: average.have.map(|have| format!("{:.2}", have / 100.0)),
        met: average.have.is_some_and(|have| have + EQUAL >= wanted),
    }
}

/// A sum of credits with at most two places.
fn figure(value: f64) -> String {
    let two = format!("{value:.2}");
    two.trim_end_matches('0').trim_end_matches('.').to_owned()
}
