//! `plan --pathway`: the best plan of a pathway for a person's wishes, or why there is none; with `--compare`, two side by side.

use std::sync::Arc;

use anyhow::{anyhow, bail};
use credway_workflow::{FieldFault, PlanProgress, PlanWishes, PlansCompared, WishFields, Workbench, WorkflowError};

use crate::arguments::PlanArguments;
use crate::progress::Talk;
use crate::screen::Screen;
use crate::{Ended, shown};

pub(super) async fn run(screen: &Screen, workbench: &Workbench, arguments: &PlanArguments) -> anyhow::Result<Ended> {
    let Some(pathway) = &arguments.pathway else {
        bail!("name a pathway with --pathway, or an instance with --instance")
    };
    let fields = arguments.fields();
    let wishes = read(&fields)?;
    if arguments.compare {
        let usual = read(&fields.usual())?;
        let (own, other) = (("wished", &wishes), ("usual", &usual));
        let heard = Heard::new();
        let compared = workbench.compare_plans(pathway, own, other, [heard.clone(), heard]).await.map_err(told)?;
        let both = match &compared {
            PlansCompared::Both(compared) => {
                shown::comparison(screen, compared)?;
                compared.first.found && compared.second.found
            }
            PlansCompared::OwnAlone(own) => {
                shown::pathway_plan(screen, own)?;
                screen.line("The usual plan is not beside it: time was over before there was one.")?;
                false
            }
        };
        screen.document(&compared)?;
        return Ok(if both { Ended::Done } else { Ended::Findings });
    }
    let plan = workbench.plan_pathway(pathway, &wishes, Heard::new()).await.map_err(told)?;
    shown::pathway_plan(screen, &plan)?;
    screen.document(&plan)?;
    Ok(if plan.found { Ended::Done } else { Ended::Findings })
}

/// Tells on a terminal which objective is settled.
#[derive(Clone)]
struct Heard(Arc<Talk>);

impl Heard {
    fn new() -> Self {
        Self(Arc::new(Talk::new("planning")))
    }
}

impl PlanProgress for Heard {
    fn ended(&mut self, name: &'static str, proved: bool) {
        self.0.say(format!("planning: {name} {}", if proved { "proved" } else { "as good as was found in time" }));
    }

    fn cancelled(&self) -> bool {
        false
    }
}

/// The wishes, or every field that cannot be taken, by the name of its option.
pub(super) fn read(fields: &WishFields) -> anyhow::Result<PlanWishes> {
    fields.read().map_err(|faults| by_option(&faults))
}

/// The error, with wishes that cannot be taken by the names of their options.
pub(super) fn told(error: WorkflowError) -> anyhow::Error {
    match error {
        WorkflowError::Wishes(faults) => by_option(&faults),
        error => error.into(),
    }
}

fn by_option(faults: &[FieldFault]) -> anyhow::Error {
    let said = faults.iter().map(|fault| format!("--{}: {}", fault.field.replace('_', "-"), fault.message));
    anyhow!("{}", said.collect::<Vec<_>>().join("\n"))
}
