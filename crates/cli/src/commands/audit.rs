//! `audit`: a learner's courses against what programs require. What the files say is read, used and dropped.

use credway_model::Severity;
use credway_workflow::{AuditRequest, Workbench};

use crate::arguments::AuditArguments;
use crate::screen::Screen;
use crate::{Ended, files, shown};

/// Exit status 1 where something is missing, or a row of a file was left out.
pub(super) async fn run(screen: &Screen, workbench: &Workbench, audit: &AuditArguments) -> anyhow::Result<Ended> {
    let request = AuditRequest {
        programs: audit.programs(),
        taken: files::source(&audit.taken)?,
        exceptions: audit.exceptions.as_deref().map(files::source).transpose()?,
        share: audit.share.iter().map(|given| audit.shared(given)).collect::<anyhow::Result<_>>()?,
        assume_credits: audit.assume_credits,
    };
    let answer = workbench.audit_program(&request).await?;
    shown::audit(screen, &answer)?;
    screen.document(&answer)?;
    if !screen.json {
        screen.findings(&answer.findings);
    }
    let wrong = answer.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if answer.complete && !wrong { Ended::Done } else { Ended::Findings })
}
