//! The post: once a minute what waits to be sent by mail is sent. It ends with the server; what was not sent by then
//! waits in the database for the next one.

use std::io::Write;
use std::time::Duration;

use credway_workflow::{Mailer, Workbench};

/// How long the post rests between two rounds.
const REST: Duration = Duration::from_secs(60);

/// Sends what waits, round after round, for as long as it is polled; `site` is the address people open
/// (`https://credway.example`), to which the mails' links lead. Where mail is off it ends at once.
pub async fn send_mail(workbench: Workbench, mailer: Mailer, site: String) {
    if !mailer.is_on() {
        return;
    }
    loop {
        if let Err(error) = workbench.send_waiting(&mailer, &site).await {
            // For whoever runs the server. Nobody is left to tell when standard error is gone.
            let _ = writeln!(std::io::stderr(), "credway: mail waits: {error}");
        }
        tokio::time::sleep(REST).await;
    }
}
