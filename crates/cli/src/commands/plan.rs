//! `plan`: the best plan of an instance with its proof, or why there is none.

use std::path::Path;

use credway_workflow::{InstancePlan, PlanTerm, Workbench};

use crate::screen::Screen;
use crate::{Ended, files};

pub(super) fn run(screen: &Screen, instance: &Path) -> anyhow::Result<Ended> {
    let answer = Workbench::plan_instance(&files::text(instance)?, &mut |_| {})?;
    let ended = match &answer {
        InstancePlan::Planned { stages, prior_learning, plan } => {
            if !prior_learning.is_empty() {
                screen.line(format!("before the first term, for prior learning: {}", prior_learning.join(", ")))?;
            }
            for term in plan {
                screen.line(shown(term))?;
            }
            for stage in stages {
                let proof = if stage.proved { "proved".to_owned() } else { format!("bound {}", stage.bound) };
                let (name, value, seconds) = (stage.name, stage.value, stage.cpu_seconds);
                screen.line(format!("{name} {value} ({proof}), {seconds:.3} s of processor time"))?;
            }
            Ended::Done
        }
        InstancePlan::Infeasible { conflict, .. } => {
            screen.line(
                "There is no plan. These cannot hold together; giving up any one of them would do for the others:",
            )?;
            for rule in conflict {
                screen.line(format!("  {}", rule.sentence))?;
            }
            Ended::Findings
        }
    };
    screen.document(&answer)?;
    Ok(ended)
}

/// A term in a line: what is taken, what is sat, what is awarded.
fn shown(term: &PlanTerm) -> String {
    let mut parts = Vec::new();
    if !term.courses.is_empty() {
        parts.push(term.courses.join(", "));
    }
    if !term.exams.is_empty() {
        parts.push(format!("exam: {}", term.exams.join(", ")));
    }
    if !term.awards.is_empty() {
        parts.push(format!("awarded: {}", term.awards.join(", ")));
    }
    format!("term {}: {}", term.term + 1, parts.join("; "))
}
