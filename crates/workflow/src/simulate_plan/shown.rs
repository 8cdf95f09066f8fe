//! The answer of a simulation, with names in the place of indexes, credits and money in the units people name.

use credway_plan::pathway::{Problem, Season};
use credway_plan::simulation::{Assumptions, Bar, Distribution, Ending, Estimate, Measures, Simulation, Step};
use serde::Serialize;

use crate::simulate_plan::{SimulationRequest, SimulationUnits};

/// What became of learners who follow a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanSimulation {
    /// So many learners.
    pub learners: u32,
    /// The seed: the same one gives the same document.
    pub seed: u64,
    /// What was assumed.
    pub assumptions: SimulationAssumptions,
    /// Name of the credential to reach.
    pub target: String,
    /// Months the plan takes when all goes well.
    pub planned_months: u32,
    /// Those who reach the target.
    pub reached: SimulatedMeasures,
    /// All learners.
    pub everyone: SimulatedMeasures,
    /// Who holds which credential, by term.
    pub credentials: Vec<SimulatedStep>,
    /// Who passed which exam, by term.
    pub exams: Vec<SimulatedStep>,
    /// How walks ended; the shares sum to 1.
    pub endings: Vec<SimulatedEnding>,
    /// What ten points less of a course's pass rate do, the costliest course first.
    pub costly: Vec<SimulatedCourse>,
}

/// What was assumed. Rates are from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulationAssumptions {
    /// Of courses without a rate of their own.
    pub pass_rate: f64,
    /// How many courses have a rate of their own.
    pub own_pass_rates: usize,
    /// Of exams.
    pub exam_pass_rate: f64,
    /// Sittings after the first, at most.
    pub retakes: u32,
    /// What they cost, in dollars or the instance's money; the exam's fee when absent.
    pub retake_fee: Option<u32>,
    /// Of stopping out before a term.
    pub stop_out: f64,
    /// Of coming back.
    pub return_rate: f64,
    /// After so many terms.
    pub away_terms: usize,
    /// Terms after which somebody is told as still studying.
    pub most_terms: usize,
    /// Months from the start of a year to the end of its fall, spring and summer.
    pub term_ends_in_months: [u32; 3],
}

/// Months, credits and cost of some learners.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedMeasures {
    /// So many.
    pub learners: u64,
    /// Months to the end of their last term; absent, like the others, for fewer than two learners.
    pub months: Option<Distribution>,
    /// Credits attempted.
    pub credits: Option<SimulatedDistribution>,
    /// Cost, in dollars or the instance's money.
    pub cost: Option<SimulatedDistribution>,
}

/// How credits or cost are distributed over learners; the members mean what those of [`Distribution`] do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedDistribution {
    /// Mean.
    pub mean: Estimate,
    /// 10th percentile.
    pub tenth: Estimate,
    /// Median.
    pub median: Estimate,
    /// 90th percentile.
    pub ninetieth: Estimate,
    /// The histogram, from the least value to the greatest.
    pub bars: Vec<SimulatedBar>,
}

/// A bar of a histogram of credits or cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SimulatedBar {
    /// Least value, inclusive.
    pub from: f64,
    /// Greatest value, inclusive.
    pub to: f64,
    /// Learners.
    pub learners: u64,
    /// Their share of those counted, 0 to 1.
    pub share: Estimate,
}

/// A credential or an exam, by term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedStep {
    /// Its name.
    pub name: String,
    /// Term by term.
    pub by_term: Vec<SimulatedTerm>,
}

/// Who got somewhere by the end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SimulatedTerm {
    /// The term, counted from 0.
    pub term: usize,
    /// Months from the start to its end.
    pub months: u32,
    /// The share of all learners, 0 to 1.
    pub share: Estimate,
}

/// How walks ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedEnding {
    /// `target`, `exit` (stopped out with a credential), `certification` (with that alone), `nothing`,
    /// `failed` (no sitting is left of an exam that the target needs) or `studying`.
    pub ending: &'static str,
    /// The best credential held, of an exit.
    pub credential: Option<String>,
    /// The share of all learners.
    pub share: Estimate,
}

impl SimulatedEnding {
    /// How it ended, as a sentence's end about a learner.
    #[must_use]
    pub fn words(&self) -> String {
        let credential = self.credential.as_deref().unwrap_or_default();
        match self.ending {
            "target" => format!("reaches {credential}"),
            "exit" => format!("stops out with {credential}"),
            "certification" => "stops out with a certification".to_owned(),
            "nothing" => "stops out with nothing".to_owned(),
            "failed" => "has no sitting left of an exam it needs".to_owned(),
            _ => "still studying".to_owned(),
        }
    }
}

/// What ten points less of a course's pass rate do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedCourse {
    /// Its code.
    pub course: String,
    /// Its pass rate.
    pub pass_rate: f64,
    /// The lower one.
    pub lowered_to: f64,
    /// Mean of the months more to the target, over those who reach it either way.
    pub extra_months: Option<Estimate>,
    /// Share of all learners who do not reach it any more.
    pub fewer_reach: Option<Estimate>,
}

pub(super) fn shown(
    problem: &Problem,
    units: SimulationUnits,
    (request, assumptions): (&SimulationRequest, &Assumptions),
    found: &Simulation,
) -> PlanSimulation {
    let credential = |index: usize| problem.credentials[index].name.clone();
    let costly = found.costly.iter().map(|costly| SimulatedCourse {
        course: problem.courses[costly.course].code.clone(),
        pass_rate: costly.pass,
        lowered_to: costly.lowered,
        extra_months: costly.months,
        fewer_reach: costly.fewer,
    });
    let endings = found.endings.iter().map(|(ending, share)| {
        let (ending, of) = match ending {
            Ending::Target => ("target", Some(problem.target)),
            Ending::Credential(index) => ("exit", Some(*index)),
            Ending::Certification => ("certification", None),
            Ending::Nothing => ("nothing", None),
            Ending::Failed => ("failed", None),
            Ending::Studying => ("studying", None),
        };
        SimulatedEnding { ending, credential: of.map(credential), share: *share }
    });
    PlanSimulation {
        learners: request.learners,
        seed: request.seed,
        assumptions: SimulationAssumptions {
            pass_rate: request.pass_rate,
            own_pass_rates: request.pass_rates.len(),
            exam_pass_rate: request.exam_pass_rate,
            retakes: assumptions.retakes,
            retake_fee: request.retake_fee,
            stop_out: assumptions.stop_out,
            return_rate: assumptions.returns,
            away_terms: assumptions.away,
            most_terms: assumptions.most_terms,
            term_ends_in_months: assumptions.calendar.ends,
        },
        target: credential(problem.target),
        planned_months: found.planned_months,
        reached: measures(&found.reached, units),
        everyone: measures(&found.everyone, units),
        credentials: steps((problem.start, assumptions), &found.credentials, credential),
        exams: steps((problem.start, assumptions), &found.exams, |index| problem.exams[index].name.clone()),
        endings: endings.collect(),
        costly: costly.collect(),
    }
}

fn measures(found: &Measures, units: SimulationUnits) -> SimulatedMeasures {
    let Measures { learners, months, credits, cost } = found.clone();
    SimulatedMeasures {
        learners,
        months,
        credits: credits.map(|of| in_units(&of, (f64::from(units.credit), 100.0))),
        cost: cost.map(|of| in_units(&of, (1.0, f64::from(units.money)))),
    }
}

/// A distribution whose unit is so many parts of what is shown: multiplied before it is divided, so that what is whole stays exact.
fn in_units(found: &Distribution, (times, parts): (f64, f64)) -> SimulatedDistribution {
    let shown = |value: f64| value * times / parts;
    let estimate = |of: &Estimate| Estimate { value: shown(of.value), low: shown(of.low), high: shown(of.high) };
    #[expect(clippy::cast_precision_loss, reason = "cents and credits far below 2⁵³")]
    let bar = |bar: &Bar| SimulatedBar {
        from: shown(bar.from as f64),
        to: shown(bar.to as f64),
        learners: bar.learners,
        share: bar.share,
    };
    SimulatedDistribution {
        mean: estimate(&found.mean),
        tenth: estimate(&found.tenth),
        median: estimate(&found.median),
        ninetieth: estimate(&found.ninetieth),
        bars: found.bars.iter().map(bar).collect(),
    }
}

fn steps(
    (start, assumptions): (Season, &Assumptions),
    steps: &[Step],
    name: impl Fn(usize) -> String,
) -> Vec<SimulatedStep> {
    let shown = |step: &Step| {
        let term = |(term, share): (usize, &Estimate)| SimulatedTerm {
            term,
            months: assumptions.calendar.through(start, term),
            share: *share,
        };
        SimulatedStep { name: name(step.index), by_term: step.by_term.iter().enumerate().map(term).collect() }
    };
    steps.iter().map(shown).collect()
}
