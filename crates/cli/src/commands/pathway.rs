//! `plan --pathway`: the best plan of a pathway for a person's wishes, or why there is none; with `--compare`, two side by side.

use anyhow::bail;
use credway_workflow::{PlanProgress, PlanWishes, WishFields, Workbench};

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
        let (first, second) = (("usual", &usual), ("wished", &wishes));
        let compared = workbench.compare_plans(pathway, first, second, Heard::new()).await?;
        shown::comparison(screen, &compared)?;
        screen.document(&compared)?;
        return Ok(if compared.first.found && compared.second.found { Ended::Done } else { Ended::Findings });
    }
    let plan = workbench.plan_pathway(pathway, &wishes, Heard::new()).await?;
    shown::pathway_plan(screen, &plan)?;
    screen.document(&plan)?;
    Ok(if plan.found { Ended::Done } else { Ended::Findings })
}

/// Tells on a terminal which objective is settled.
struct Heard(Talk);

impl Heard {
    fn new() -> Self {
        Self(Talk::new("planning"))
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
    match fields.read() {
        Ok(wishes) => Ok(wishes),
        Err(faults) => {
            let said = faults.iter().map(|fault| format!("--{}: {}", fault.field.replace('_', "-"), fault.message));
            bail!("{}", said.collect::<Vec<_>>().join("\n"))
        }
    }
}
