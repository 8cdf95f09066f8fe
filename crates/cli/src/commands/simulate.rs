//! `simulate`: what becomes of learners who follow a plan; no database is needed.

use credway_workflow::{Progress, SimulationFiles, Workbench};

use crate::arguments::SimulateArguments;
use crate::progress::Bar;
use crate::screen::Screen;
use crate::{Ended, files, shown};

pub(super) fn run(screen: &Screen, arguments: &SimulateArguments) -> anyhow::Result<Ended> {
    let instance = files::text(&arguments.instance)?;
    let plan = arguments.plan.as_deref().map(files::text).transpose()?;
    let rates = arguments.pass_rates.as_deref().map(files::text).transpose()?;
    let given = SimulationFiles { instance: &instance, plan: plan.as_deref(), pass_rates: rates.as_deref() };
    let request = arguments.request();
    let bar = Bar::new("Simulating");
    let mut heard = |done: u32| {
        Progress::advance(&bar, u64::from(done), u64::from(request.learners));
        true
    };
    let found = Workbench::simulate_instance(&given, &request, &mut heard)?;
    drop(bar);
    shown::simulation(screen, &found)?;
    screen.document(&found)?;
    Ok(Ended::Done)
}
