//! `simulate`: what becomes of learners who follow a plan: of an instance, for which no database is needed, or of a pathway.

use std::path::Path;

use anyhow::bail;
use credway_workflow::{NoPlanProgress, Progress, SimulationFiles, Workbench, read_pass_rates};

use super::pathway::{read, told};
use crate::arguments::SimulateArguments;
use crate::progress::Bar;
use crate::screen::Screen;
use crate::{Ended, files, shown};

pub(super) fn instance(screen: &Screen, instance: &Path, arguments: &SimulateArguments) -> anyhow::Result<Ended> {
    let instance = files::text(instance)?;
    let plan = arguments.plan.as_deref().map(files::text).transpose()?;
    let rates = arguments.pass_rates.as_deref().map(files::text).transpose()?;
    let given = SimulationFiles { instance: &instance, plan: plan.as_deref(), pass_rates: rates.as_deref() };
    let request = arguments.request();
    let found = Workbench::simulate_instance(&given, &request, &mut heard(request.learners))?;
    shown::simulation(screen, &found)?;
    screen.document(&found)?;
    Ok(Ended::Done)
}

pub(super) async fn pathway(
    screen: &Screen,
    workbench: &Workbench,
    arguments: &SimulateArguments,
) -> anyhow::Result<Ended> {
    let Some(pathway) = &arguments.pathway else {
        bail!("name a pathway with --pathway, or an instance with --instance")
    };
    let wishes = read(&arguments.fields())?;
    let mut request = arguments.request();
    if let Some(file) = &arguments.pass_rates {
        request.pass_rates = read_pass_rates(&files::text(file)?)?;
    }
    let found = workbench
        .simulate_pathway(pathway, &wishes, &request, NoPlanProgress, heard(request.learners))
        .await
        .map_err(told)?;
    shown::pathway_simulation(screen, &found)?;
    screen.document(&found)?;
    Ok(Ended::Done)
}

/// A bar that follows the learners, and lets them all through.
fn heard(learners: u32) -> impl FnMut(u32) -> bool + Send + 'static {
    let bar = Bar::new("Simulating");
    move |done| {
        Progress::advance(&bar, u64::from(done), u64::from(learners));
        true
    }
}
