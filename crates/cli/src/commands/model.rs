//! `model`: sentence encoders for the deep engine, from a local folder.

use credway_workflow::{Model, Models};
use serde_json::json;

use crate::Ended;
use crate::arguments::ModelWork;
use crate::screen::Screen;

pub(super) fn run(screen: &Screen, models: &Models, what: &ModelWork) -> anyhow::Result<Ended> {
    match what {
        ModelWork::Add { folder } => {
            let model = models.add(folder)?;
            show(screen, &model)?;
            screen.line("The deep engine can use it: `--engine deep` for a benchmark, `engine = \"deep\"` in credway.toml for all.")?;
            screen.document(&model)?;
        }
        ModelWork::List => {
            let all = models.list()?;
            for model in &all {
                show(screen, model)?;
            }
            if all.is_empty() {
                screen.line("There is no model; add one with `credway model add FOLDER`.")?;
            }
            screen.document(&json!({ "models": all }))?;
        }
        ModelWork::Remove { name } => {
            models.remove(name)?;
            screen.line(format!("{name} is taken away"))?;
            screen.document(&json!({ "removed": name }))?;
        }
    }
    Ok(Ended::Done)
}

fn show(screen: &Screen, model: &Model) -> anyhow::Result<()> {
    screen.line(model.name.clone())?;
    for file in &model.files {
        screen.line(format!("  {}  {} bytes  {}", file.sha256, file.bytes, file.name))?;
    }
    Ok(())
}
