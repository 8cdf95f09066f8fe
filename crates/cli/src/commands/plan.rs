//! `plan`: the best plan of an instance with its proof, or why there is none.

use std::path::Path;

use credway_workflow::{InstancePlan, PlanLoosening, PlanNews, PlanTerm, PlanWayOut, Workbench};

use crate::progress::Talk;
use crate::screen::Screen;
use crate::{Ended, files};

pub(super) fn run(screen: &Screen, instance: &Path, order: Option<&str>) -> anyhow::Result<Ended> {
    let text = files::text(instance)?;
    let talk = Talk::new("planning");
    let answer = Workbench::plan_instance(&text, order, (talk.is_heard(), &mut |news| talk.say(heard(news))))?;
    drop(talk);
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
        InstancePlan::Infeasible { conflict, ways_out, loosenings, .. } => {
            screen.line(
                "There is no plan. These cannot hold together; giving up any one of them would do for the others:",
            )?;
            for rule in conflict {
                screen.line(format!("  {}", rule.sentence))?;
            }
            show_ways(screen, ways_out, loosenings)?;
            Ended::Findings
        }
    };
    screen.document(&answer)?;
    Ok(ended)
}

/// What is heard on the way, in words.
fn heard(news: &PlanNews) -> String {
    match news {
        PlanNews::Improved { terms, cost } => format!("planning: {} terms, cost {cost}, so far", terms + 1),
        PlanNews::Ended(stage) if stage.proved => format!("planning: {} {}, proved", stage.name, stage.value),
        PlanNews::Ended(stage) => format!("planning: {} {}, bound {}", stage.name, stage.value, stage.bound),
        PlanNews::Infeasible => "nothing fits: looking for why and for ways out".to_owned(),
    }
}

fn show_ways(screen: &Screen, ways: &[PlanWayOut], loosenings: &[PlanLoosening]) -> anyhow::Result<()> {
    if !ways.is_empty() {
        screen.line("Ways out; each would do, with all its rules given up:")?;
    }
    for way in ways {
        let sentences: Vec<&str> = way.drop.iter().map(|rule| rule.sentence.as_str()).collect();
        screen.line(format!("  {}", sentences.join(" ")))?;
    }
    if !loosenings.is_empty() {
        screen.line("What would do:")?;
    }
    for loosening in loosenings {
        screen.line(format!("  {}", loosening.sentence))?;
    }
    Ok(())
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
