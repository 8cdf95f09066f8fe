//! Everything a crosswalk is made of, read once: program, blueprint, course statements, decisions, what stands.

use std::collections::{BTreeMap, BTreeSet};

use credway_align::{Coverage, StandingPair, Statement, TaughtStatement, coverage};
use credway_model::{Blueprint, BlueprintItem, Course, Crosswalk, Ctid, Decision, Outcome, Program, Standing, Text};
use credway_store::{CourseFilter, ProposedPairs, Work};

use crate::WorkflowError;
use crate::veil::{Veil, Whereabouts};
use crate::what_stands::{Pair, WhatStands, Words};

/// A course statement with its course: an outcome or topic, or the course itself where only its description (or
/// nothing but its title) could be read.
#[derive(Clone, Copy)]
pub(crate) struct CourseStatement<'a> {
    pub(crate) id: Ctid,
    pub(crate) course: &'a Course,
    pub(crate) outcome: Option<&'a Outcome>,
}

impl<'a> CourseStatement<'a> {
    /// The words that are aligned.
    pub(crate) fn text(&self) -> &'a str {
        match self.outcome {
            Some(outcome) => outcome.statement.as_str(),
            None => self.course.description.as_ref().unwrap_or(&self.course.title).as_str(),
        }
    }

    /// What stands above it: course title, then topics.
    fn context(&self) -> String {
        let topics = self.outcome.map(|outcome| outcome.path.as_slice()).unwrap_or_default();
        std::iter::once(&self.course.title).chain(topics).map(Text::as_str).collect::<Vec<_>>().join(": ")
    }

    /// What it is: `outcome`, `topic`, or the course's `description` or mere `title`.
    pub(crate) fn kind(&self) -> &'static str {
        match self.outcome {
            Some(outcome) => outcome.kind.word(),
            None if self.course.description.is_some() => "description",
            None => "title",
        }
    }

    pub(crate) fn assessed(&self) -> bool {
        self.outcome.is_some_and(|outcome| outcome.assessed_by.is_some())
    }
}

/// The statements of `courses`, in order; a course without outcomes and topics stands for itself.
pub(crate) fn course_statements(courses: &[Course]) -> Vec<CourseStatement<'_>> {
    courses
        .iter()
        .flat_map(|course| {
            let own = course.outcomes.is_empty().then_some(CourseStatement { id: course.ctid, course, outcome: None });
            let outcomes = course.outcomes.iter().map(move |outcome| CourseStatement {
                id: outcome.ctid,
                course,
                outcome: Some(outcome),
            });
            own.into_iter().chain(outcomes)
        })
        .collect()
}

/// As the engine takes them.
pub(crate) fn engine_statements(statements: &[CourseStatement<'_>]) -> Vec<Statement> {
    statements
        .iter()
        .map(|statement| Statement { text: statement.text().to_owned(), context: statement.context() })
        .collect()
}

/// As the engine takes them.
pub(crate) fn engine_targets(items: &[BlueprintItem<'_>]) -> Vec<Statement> {
    items
        .iter()
        .map(|item| Statement {
            text: item.text.to_string(),
            context: item.path.iter().map(|above| above.as_str()).collect::<Vec<_>>().join(": "),
        })
        .collect()
}

/// Everything a crosswalk is made of.
pub(crate) struct CrosswalkData {
    pub(crate) crosswalk: Crosswalk,
    pub(crate) program: Program,
    pub(crate) blueprint: Blueprint,
    pub(crate) courses: Vec<Course>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) standings: BTreeMap<Pair, Standing>,
    /// Pairs decided on before one of their statements was reworded.
    pub(crate) reworded: BTreeSet<Pair>,
    /// What is kept from who looks at it.
    veil: Option<Veil>,
}

impl CrosswalkData {
    /// Reads the crosswalk with this identifier, with everybody's words: for what is recorded, not for what is shown.
    pub(crate) async fn read(work: &Work, crosswalk: &Ctid) -> Result<Self, WorkflowError> {
        let (crosswalk, program, blueprint) = parts(work, crosswalk).await?;
        let courses = program_courses(work, &program).await?;
        let decisions = work.decisions(&crosswalk.ctid).await?;
        let WhatStands { standings, reworded } = WhatStands::of(&decisions, &words(&courses, &blueprint));
        Ok(Self { crosswalk, program, blueprint, courses, decisions, standings, reworded, veil: None })
    }

    /// The same as somebody sees it who may not see all of it yet.
    pub(crate) fn veiled(mut self, veil: Veil) -> Self {
        let places = self.whereabouts();
        let mut decisions = std::mem::take(&mut self.decisions);
        veil.lay(&mut decisions, &self.words(), &places);
        let stands = WhatStands::of(&decisions, &self.words());
        Self { decisions, standings: stands.standings, reworded: stands.reworded, veil: Some(veil), ..self }
    }

    /// Whether it is looked at by somebody who reviews some of it blindly.
    pub(crate) fn is_veiled(&self) -> bool {
        self.veil.is_some()
    }

    /// Whether others' words on a pair are kept from who looks, until they have given theirs.
    pub(crate) fn is_blind(&self, places: &Whereabouts, pair: Pair) -> bool {
        self.veil.as_ref().is_some_and(|veil| veil.covers(places, pair))
    }

    /// Where its statements stand.
    pub(crate) fn whereabouts(&self) -> Whereabouts {
        Whereabouts {
            courses: course_statements(&self.courses).iter().map(|one| (one.id, one.course.ctid)).collect(),
            domains: domains(&self.blueprint),
        }
    }

    /// What people call it.
    pub(crate) fn name(&self) -> String {
        format!("{} × {}", self.program.title, self.blueprint.name())
    }

    /// The words of all statements.
    pub(crate) fn words(&self) -> Words<'_> {
        words(&self.courses, &self.blueprint)
    }

    pub(crate) fn standing(&self, statement: Ctid, target: Ctid) -> Standing {
        self.standings.get(&(statement, target)).copied().unwrap_or(Standing::Open)
    }

    /// Coverage as it stands.
    pub(crate) fn coverage(&self) -> Coverage {
        self.coverage_if(&self.blueprint, &self.standings)
    }

    /// Coverage of a blueprint by this program's courses if this stood.
    pub(crate) fn coverage_if(&self, blueprint: &Blueprint, standings: &BTreeMap<Pair, Standing>) -> Coverage {
        let taught: Vec<TaughtStatement> = course_statements(&self.courses)
            .iter()
            .map(|statement| TaughtStatement {
                statement: statement.id,
                course: statement.course.ctid,
                assessed: statement.assessed(),
            })
            .collect();
        coverage_as_it_stands(blueprint, &taught, standings)
    }
}

/// What a crosswalk's coverage and its line in a list are computed from, without the words of its courses.
pub(crate) struct CrosswalkBrief {
    pub(crate) crosswalk: Crosswalk,
    pub(crate) program: Program,
    pub(crate) blueprint: Blueprint,
    pub(crate) taught: Vec<TaughtStatement>,
    pub(crate) standings: BTreeMap<Pair, Standing>,
    /// Pairs decided on before one of their statements was reworded.
    pub(crate) reworded: BTreeSet<Pair>,
    /// Pairs the engine suggests.
    pub(crate) suggested: ProposedPairs,
}

impl CrosswalkBrief {
    /// Reads the crosswalk with this identifier, with everybody's words.
    pub(crate) async fn read(work: &Work, crosswalk: &Ctid) -> Result<Self, WorkflowError> {
        Self::read_under(work, crosswalk, None).await
    }

    /// Reads the crosswalk with this identifier as somebody sees it who may not see all of it yet.
    pub(crate) async fn read_under(work: &Work, crosswalk: &Ctid, veil: Option<&Veil>) -> Result<Self, WorkflowError> {
        let (crosswalk, program, blueprint) = parts(work, crosswalk).await?;
        let heads = work.taught(&program.ctid).await?.into_iter();
        let taught = heads.map(|head| TaughtStatement {
            statement: head.statement,
            course: head.course,
            assessed: head.assessed,
        });
        let taught: Vec<TaughtStatement> = taught.collect();
        let known: BTreeSet<Ctid> = taught.iter().map(|statement| statement.statement).collect();
        let mut decisions = work.decisions(&crosswalk.ctid).await?;
        let decided: BTreeSet<Ctid> =
            decisions.iter().map(|one| one.statement).filter(|one| known.contains(one)).collect();
        let texts = work.statement_words(&decided.into_iter().collect::<Vec<_>>()).await?;
        let texts = texts.iter().map(|(ctid, text)| (*ctid, text.as_str())).collect();
        let words = Words::new(texts, &blueprint.items());
        if let Some(veil) = veil {
            let courses = taught.iter().map(|statement| (statement.statement, statement.course)).collect();
            veil.lay(&mut decisions, &words, &Whereabouts { courses, domains: domains(&blueprint) });
        }
        let WhatStands { standings, reworded } = WhatStands::of(&decisions, &words);
        let mut suggested = work.proposed_pairs(&crosswalk.ctid, true).await?;
        suggested.retain(|pair, _| known.contains(&pair.0) && words.targets.contains_key(&pair.1));
        Ok(Self { crosswalk, program, blueprint, taught, standings, reworded, suggested })
    }

    /// Coverage as it stands.
    pub(crate) fn coverage(&self) -> Coverage {
        coverage_as_it_stands(&self.blueprint, &self.taught, &self.standings)
    }
}

/// The domain of every statement of a blueprint, domains themselves included.
pub(crate) fn domains(blueprint: &Blueprint) -> BTreeMap<Ctid, Ctid> {
    blueprint.items().iter().map(|item| (item.ctid, blueprint.domains[item.domain].ctid)).collect()
}

/// The crosswalk with its program and blueprint.
async fn parts(work: &Work, crosswalk: &Ctid) -> Result<(Crosswalk, Program, Blueprint), WorkflowError> {
    let Some(crosswalk) = work.crosswalk(crosswalk).await? else {
        return Err(WorkflowError::NotFound {
            what: "crosswalk",
            given: crosswalk.to_string(),
            hint: "align a program to a blueprint first".to_owned(),
        });
    };
    let missing = |what, id: Ctid| WorkflowError::NotFound {
        what,
        given: id.to_string(),
        hint: "the crosswalk names it, but it is not in the database: run `credway doctor`".to_owned(),
    };
    let program = work.program(&crosswalk.program).await?.ok_or_else(|| missing("program", crosswalk.program))?;
    let blueprint =
        work.blueprint(&crosswalk.blueprint).await?.ok_or_else(|| missing("blueprint", crosswalk.blueprint))?;
    Ok((crosswalk, program, blueprint))
}

fn coverage_as_it_stands(
    blueprint: &Blueprint,
    taught: &[TaughtStatement],
    standings: &BTreeMap<Pair, Standing>,
) -> Coverage {
    let pairs: Vec<StandingPair> = standings
        .iter()
        .map(|((statement, target), standing)| StandingPair {
            statement: *statement,
            target: *target,
            standing: *standing,
        })
        .collect();
    coverage(blueprint, taught, &pairs)
}

/// The courses of a program, in the program's order.
pub(crate) async fn program_courses(work: &Work, program: &Program) -> Result<Vec<Course>, WorkflowError> {
    let filter = CourseFilter { program: Some(program.ctid), ..CourseFilter::default() };
    let mut courses: BTreeMap<Ctid, Course> =
        work.courses(&filter).await?.into_iter().map(|course| (course.ctid, course)).collect();
    Ok(program.courses.iter().filter_map(|entry| courses.remove(&entry.course)).collect())
}

/// The words of the statements of these courses and of this blueprint.
fn words<'a>(courses: &'a [Course], blueprint: &'a Blueprint) -> Words<'a> {
    let statements = course_statements(courses);
    Words::new(statements.iter().map(|statement| (statement.id, statement.text())).collect(), &blueprint.items())
}
