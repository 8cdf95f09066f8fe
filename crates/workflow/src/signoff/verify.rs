//! Verifying: what was signed is exactly what is kept, computed anew.

use std::collections::BTreeMap;

use credway_model::{Action, Ctid, Signoff, SignoffAct};
use credway_store::{Work, kept_digest};
use serde::Serialize;

use super::page;
use crate::{Workbench, WorkflowError};

/// What was found about one sign-off.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffVerification {
    /// The sign-off.
    pub id: Ctid,
    /// Program × blueprint.
    pub name: String,
    /// The revision it signs.
    pub revision: u32,
    /// The digest it was begun with.
    pub digest: String,
    /// How many signatures were compared, void ones too.
    pub signatures: usize,
    /// What is wrong, one sentence each; empty when all holds.
    pub faults: Vec<String>,
}

impl Workbench {
    /// Computes the digest of every content that is signed anew, and compares it with every signature and with the
    /// history; of one crosswalk, or of all within reach.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`]; what does not hold is an answer.
    pub async fn verify_signoffs(&self, crosswalk: Option<&Ctid>) -> Result<Vec<SignoffVerification>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCrosswalk).await?;
        let signoffs = match crosswalk {
            Some(crosswalk) => work.signoffs_of(crosswalk).await?,
            None => work.signoffs().await?,
        };
        let mut unbound: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (signoff, why) in work.unbound_signoffs().await? {
            unbound.entry(signoff).or_default().push(why);
        }
        let mut all = Vec::new();
        for signoff in signoffs {
            if !self.within_reach(&work, &signoff).await? {
                continue;
            }
            let mut faults = faults(&work, &signoff).await?;
            faults.extend(unbound.remove(&signoff.id.to_string()).unwrap_or_default());
            let (program, blueprint) = page::names(&work, &signoff).await?;
            all.push(SignoffVerification {
                id: signoff.id,
                name: format!("{} × {}", program.name, blueprint.name),
                revision: signoff.revision,
                signatures: signed(&signoff).count(),
                faults,
                digest: signoff.digest,
            });
        }
        Ok(all)
    }
}

fn signed(signoff: &Signoff) -> impl Iterator<Item = (&str, &str)> {
    signoff.entries.iter().filter_map(|entry| match &entry.act {
        SignoffAct::Signed(signature) => Some((entry.person.name(), signature.digest.as_str())),
        SignoffAct::Returned { .. } | SignoffAct::Reopened { .. } => None,
    })
}

/// What does not hold of the content of a sign-off and its signatures.
pub(super) async fn faults(work: &Work, signoff: &Signoff) -> Result<Vec<String>, WorkflowError> {
    let number = signoff.revision;
    let Some(revision) = work.revision(&signoff.crosswalk, number).await? else {
        return Ok(vec![format!("revision {number}, which was signed, is not there any more")]);
    };
    let digest = kept_digest(&revision.content);
    let mut faults = Vec::new();
    if digest != signoff.digest {
        faults.push(format!(
            "revision {number} is not what was signed: its content gives {digest}, signed was {}",
            signoff.digest
        ));
    }
    for (person, signed) in signed(signoff) {
        if signed != digest {
            faults.push(format!("{person} signed {signed}; the content kept gives {digest}"));
        }
    }
    Ok(faults)
}
