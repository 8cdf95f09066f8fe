//! The doctor: is the database sound, and does everything in it fit together.

use credway_model::Action;
use serde::Serialize;

use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// One thing looked at.
#[derive(Clone, Debug, Serialize)]
pub struct CheckupLine {
    /// What was looked at.
    pub name: String,
    /// Whether it is well.
    pub well: bool,
    /// What was seen, and what to do where it is not well.
    pub detail: String,
}

/// Everything looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Checkup {
    /// The database, without any password.
    pub database: String,
    /// The alignment engine.
    pub engine: String,
    /// What was looked at.
    pub lines: Vec<CheckupLine>,
}

impl Checkup {
    /// Whether all is well.
    #[must_use]
    pub fn well(&self) -> bool {
        self.lines.iter().all(|line| line.well)
    }
}

impl Workbench {
    /// Looks at the database and at what the crosswalks refer to.
    ///
    /// # Errors
    /// [`WorkflowError::Store`] when the database cannot be read at all.
    pub async fn checkup(&self) -> Result<Checkup, WorkflowError> {
        self.allow(&self.store.read().await?, Action::ManageServer, About::Shared).await?;
        let health = self.store.health().await?;
        let mut lines = vec![CheckupLine {
            name: "database".to_owned(),
            well: health.problems.is_empty(),
            detail: if health.problems.is_empty() {
                format!("sound, schema {}", health.schema_version)
            } else {
                format!(
                    "{} Restore the latest backup into a new file: credway --db sqlite:NEW.db restore BACKUP. What was \
                     decided since is in this file still; keep it.",
                    health.problems.join(" ")
                )
            },
        }];
        if let Some(log) = &health.left_behind {
            lines.push(CheckupLine {
                name: "log".to_owned(),
                well: true,
                detail: format!(
                    "{log} was beside the file: a program was stopped or has it open; what it holds was taken in"
                ),
            });
        }
        let work = self.store.read().await?;
        let crosswalks = match work.crosswalks().await {
            Ok(crosswalks) => crosswalks,
            Err(error) => {
                lines.push(CheckupLine { name: "crosswalks".to_owned(), well: false, detail: error.to_string() });
                Vec::new()
            }
        };
        for crosswalk in crosswalks {
            // Where this cannot be read, the reading below says why.
            let retired = work.retired_statements(&crosswalk.ctid).await.unwrap_or_default();
            let read = crate::crosswalk_data::CrosswalkData::read(&work, &crosswalk.ctid).await;
            let name = format!("crosswalk {}", crosswalk.ctid);
            lines.push(match read {
                Err(error) => CheckupLine { name, well: false, detail: error.to_string() },
                Ok(data) => CheckupLine {
                    name: format!("crosswalk {} × {}", data.program.title, data.blueprint.name()),
                    well: true,
                    detail: match retired.len() {
                        0 => format!("{} decisions, all on statements still there", data.decisions.len()),
                        gone => format!(
                            "{} decisions; {gone} statements were taken out of their course or blueprint since, their decisions are kept but count for nothing",
                            data.decisions.len()
                        ),
                    },
                },
            });
        }
        let rows = health.counts.iter().map(|(table, rows)| format!("{table} {rows}")).collect::<Vec<_>>().join(", ");
        lines.push(CheckupLine { name: "rows".to_owned(), well: true, detail: rows });
        Ok(Checkup { database: self.database(), engine: self.engine_name(), lines })
    }
}
