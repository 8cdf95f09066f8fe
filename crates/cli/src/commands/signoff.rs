//! `signoff`: begin, sign, return, reopen and verify from a terminal.

use anyhow::{Context, bail};
use credway_model::{Ctid, Role, Text};
use credway_workflow::{SignRequest, SigningRight, SignoffPage, Workbench};

use crate::arguments::{Pair, SigningRole, SignoffWhat};
use crate::screen::{Screen, Tone};
use crate::words::counted;
use crate::{Ended, shown};

/// As many figures of a digest as must be given at least.
const FIGURES: usize = 12;

pub(super) async fn run(screen: &Screen, workbench: &Workbench, what: &SignoffWhat) -> anyhow::Result<Ended> {
    match what {
        SignoffWhat::Show { pair } => {
            let id = latest(workbench, pair).await?;
            show(screen, workbench, &id).await
        }
        SignoffWhat::Begin { pair, reason } => {
            let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
            // Where errors stand in the way they are shown with the refusal.
            let preparation = workbench.prepare_signoff(&crosswalk).await?;
            if preparation.ready {
                screen.findings(&preparation.checks);
            }
            let reason = reason.as_deref().map(|reason| words("reason", reason)).transpose()?;
            let id = workbench.begin_signoff(&crosswalk, None, reason).await?;
            show(screen, workbench, &id).await
        }
        SignoffWhat::Sign { pair, digest, role, date, note } => {
            let id = latest(workbench, pair).await?;
            let page = workbench.signoff(&id).await?;
            let request = SignRequest {
                step: page.turn.context("this sign-off waits for no signature")?,
                digest: whole_digest(&page, digest)?,
                right: role.map(|role| SigningRight { role: signing(role), on_behalf_of: None, delegation: None }),
                date: *date,
                note: note.as_deref().map(|note| words("note", note)).transpose()?,
            };
            workbench.sign_signoff(&id, request).await?;
            show(screen, workbench, &id).await
        }
        SignoffWhat::Return { pair, to, reason } => {
            let id = latest(workbench, pair).await?;
            let to = match to {
                None => None,
                Some(title) => Some(step(&workbench.signoff(&id).await?, title)?),
            };
            workbench.return_signoff(&id, to, words("reason", reason)?).await?;
            show(screen, workbench, &id).await
        }
        SignoffWhat::Reopen { pair, reason } => {
            let id = latest(workbench, pair).await?;
            workbench.reopen_signoff(&id, words("reason", reason)?).await?;
            show(screen, workbench, &id).await
        }
        SignoffWhat::Verify => verify(screen, workbench).await,
    }
}

async fn show(screen: &Screen, workbench: &Workbench, id: &Ctid) -> anyhow::Result<Ended> {
    let page = workbench.signoff(id).await?;
    shown::signoff(screen, &page)?;
    screen.document(&page)?;
    Ok(if page.faults.is_empty() { Ended::Done } else { Ended::Findings })
}

async fn latest(workbench: &Workbench, pair: &Pair) -> anyhow::Result<Ctid> {
    let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
    let latest = workbench.latest_signoff(&crosswalk).await?;
    Ok(latest.context("no sign-off of this crosswalk was begun; begin one with `credway signoff begin`")?.id)
}

/// The whole digest of what is signed, if what was given is it or its beginning. Another one is passed on, to be refused
/// where it belongs.
fn whole_digest(page: &SignoffPage, given: &str) -> anyhow::Result<String> {
    let given = given.trim().to_lowercase();
    if given.len() < FIGURES {
        bail!("give at least the first {FIGURES} figures of the digest that `credway signoff show` gives");
    }
    Ok(if page.digest.starts_with(&given) { page.digest.clone() } else { given })
}

fn step(page: &SignoffPage, title: &str) -> anyhow::Result<usize> {
    let found = page.steps.iter().position(|step| step.title.eq_ignore_ascii_case(title.trim()));
    let titles: Vec<&str> = page.steps.iter().map(|step| step.title.as_str()).collect();
    found.with_context(|| format!("there is no step “{title}”; the steps are {}", titles.join(", ")))
}

fn words(what: &str, given: &str) -> anyhow::Result<Text> {
    Text::new(given).with_context(|| format!("the {what} cannot be taken"))
}

const fn signing(role: SigningRole) -> Role {
    match role {
        SigningRole::FacultyReviewer => Role::FacultyReviewer,
        SigningRole::ProgramLead => Role::ProgramLead,
        SigningRole::Registrar => Role::Registrar,
        SigningRole::Dean => Role::Dean,
    }
}

async fn verify(screen: &Screen, workbench: &Workbench) -> anyhow::Result<Ended> {
    let verified = workbench.verify_signoffs(None).await?;
    for one in &verified {
        let holds = one.faults.is_empty();
        let mark = if holds { screen.tone(Tone::Good, "holds ") } else { screen.tone(Tone::Error, "broken") };
        let words = format!(
            "{}, revision {}: {}, {}",
            one.name,
            one.revision,
            counted(one.signatures, "signature"),
            one.digest
        );
        screen.sentence(&words, &format!("{mark}  "), 8)?;
        for fault in &one.faults {
            screen.sentence(fault, "        ", 8)?;
        }
    }
    if verified.is_empty() {
        screen.line("No sign-off was begun yet.")?;
    }
    screen.document(&verified)?;
    Ok(if verified.iter().all(|one| one.faults.is_empty()) { Ended::Done } else { Ended::Findings })
}
