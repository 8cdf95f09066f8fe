//! `people`: who has an account, and the way back in when every administrator has lost theirs.

use credway_workflow::{PersonLine, Workbench};
use serde_json::json;

use crate::Ended;
use crate::arguments::PeopleWhat;
use crate::screen::Screen;
use crate::table;

pub(super) async fn run(screen: &Screen, workbench: &Workbench, what: PeopleWhat) -> anyhow::Result<Ended> {
    match what {
        PeopleWhat::List => list(screen, workbench).await,
        PeopleWhat::Rescue => {
            let link = workbench.administrator_link().await?;
            let path = format!("/invitation#{}", link.secret.reveal());
            screen.line("Whoever opens this first becomes administrator; it is good once, for a day.")?;
            screen.line(format!("Put the site's address before it: {path}"))?;
            screen.document(&json!({ "path": path, "expires": link.expires }))?;
            Ok(Ended::Done)
        }
    }
}

async fn list(screen: &Screen, workbench: &Workbench) -> anyhow::Result<Ended> {
    let people = workbench.people().await?.people;
    let rows: Vec<Vec<String>> = people.iter().map(row).collect();
    if rows.is_empty() {
        screen.line("Nobody has an account.")?;
    } else {
        table::show(screen, &rows, table::Last::Words)?;
    }
    screen.document(&people)?;
    Ok(Ended::Done)
}

fn row(person: &PersonLine) -> Vec<String> {
    let role = |line: &credway_workflow::GrantLine| {
        format!("{}, {}", line.grant.role.label(), line.program.as_ref().unwrap_or(&line.institution))
    };
    let roles: Vec<String> = person.grants.iter().map(role).collect();
    let state = format!("{:?}", person.state).to_lowercase();
    vec![person.name.clone(), person.email.clone().unwrap_or_default(), state, roles.join("; ")]
}
