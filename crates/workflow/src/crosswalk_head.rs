//! A crosswalk in one line, as lists and the tops of its pages show it.

use std::collections::{BTreeMap, BTreeSet};

use credway_align::Coverage;
use credway_model::{Action, Blueprint, Crosswalk, Ctid, Program, Standing};
use credway_store::Work;
use serde::Serialize;

use crate::coverage_report::tidy;
use crate::crosswalk_data::CrosswalkData;
use crate::what_stands::Pair;
use crate::{Named, Workbench, WorkflowError};

/// A crosswalk in one line.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkHead {
    /// Identifier.
    pub id: Ctid,
    /// The program or collection.
    pub program: Named,
    /// The blueprint version.
    pub blueprint: Named,
    /// Total coverage in per cent; absent when some weights are missing.
    pub coverage: Option<f64>,
    /// Total coverage by assessed statements only.
    pub coverage_assessed: Option<f64>,
    /// Pairs that wait for a word: suggestions nobody has one on, and pairs reworded since they were decided.
    pub open: usize,
    /// Pairs somebody has a word on.
    pub decided: usize,
    /// Pairs on which reviewers disagree.
    pub disputed: usize,
    /// Blueprint statements that are not fully covered.
    pub gaps: usize,
    /// Courses.
    pub courses: usize,
    /// Statements at the end of the outline.
    pub statements: usize,
    /// Last day the blueprint version is examined, when that day is past.
    pub retired: Option<String>,
}

/// What the line is made of.
struct Parts<'a> {
    crosswalk: &'a Crosswalk,
    program: &'a Program,
    blueprint: &'a Blueprint,
    standings: &'a BTreeMap<Pair, Standing>,
    coverage: Coverage,
    open: usize,
}

impl Workbench {
    /// The line of a crosswalk that was read whole; `suggested` are the pairs that the engine suggests.
    pub(crate) fn crosswalk_head(&self, data: &CrosswalkData, suggested: impl Iterator<Item = Pair>) -> CrosswalkHead {
        let words = data.words();
        self.line(Parts {
            crosswalk: &data.crosswalk,
            program: &data.program,
            blueprint: &data.blueprint,
            standings: &data.standings,
            coverage: data.coverage(),
            open: open(&data.standings, &data.reworded, suggested.filter(|pair| words.know(*pair))),
        })
    }

    /// The lines of the crosswalks that are wanted and may be read.
    pub(crate) async fn heads(
        &self,
        work: &Work,
        wanted: impl Fn(&Crosswalk) -> bool,
    ) -> Result<Vec<CrosswalkHead>, WorkflowError> {
        let reach = self.reach(work, Action::ReadCrosswalk).await?;
        let mut heads = Vec::new();
        for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| wanted(crosswalk)) {
            let brief = self.crosswalk_brief(work, &crosswalk.ctid).await?;
            if !reach.holds(brief.program.organization, Some(brief.program.ctid)) {
                continue;
            }
            heads.push(self.line(Parts {
                crosswalk: &brief.crosswalk,
                program: &brief.program,
                blueprint: &brief.blueprint,
                standings: &brief.standings,
                coverage: brief.coverage(),
                open: open(&brief.standings, &brief.reworded, brief.suggested.keys().copied()),
            }));
        }
        Ok(heads)
    }

    fn line(&self, parts: Parts<'_>) -> CrosswalkHead {
        let Parts { crosswalk, program, blueprint, standings, coverage, open } = parts;
        let today = self.today();
        let count = |wanted: fn(&Standing) -> bool| standings.values().filter(|standing| wanted(standing)).count();
        CrosswalkHead {
            id: crosswalk.ctid,
            program: Named { id: program.ctid, name: program.title.to_string() },
            blueprint: Named { id: blueprint.ctid, name: blueprint.name() },
            coverage: coverage.total.map(tidy),
            coverage_assessed: coverage.total_assessed.map(tidy),
            open,
            decided: count(|standing| *standing != Standing::Open),
            disputed: count(|standing| *standing == Standing::Disputed),
            gaps: coverage.gaps().len(),
            courses: program.courses.len(),
            statements: coverage.statements.len(),
            retired: blueprint.retires.filter(|last| *last < today).map(|last| last.to_string()),
        }
    }
}

/// How many pairs wait for a word: those suggested on which nobody has one, and those reworded since they were decided.
pub(crate) fn open(
    standings: &BTreeMap<Pair, Standing>,
    reworded: &BTreeSet<Pair>,
    suggested: impl Iterator<Item = Pair>,
) -> usize {
    let open = |pair: &Pair| standings.get(pair).is_none_or(|standing| *standing == Standing::Open);
    reworded.len() + suggested.filter(|pair| open(pair) && !reworded.contains(pair)).count()
}
