//! The sample college with many reviewers, each with a session.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context;
use credway_model::{Ctid, Grant, Person, Role, Text};
use credway_workflow::{
    InviteRequest, Options, ReviewFilter, ReviewShow, SecondFactorRule, ServeSettings, SignInFrom, Workbench,
};

pub(crate) struct Crosswalk {
    pub(crate) id: Ctid,
    pub(crate) pairs: Vec<(Ctid, Ctid)>,
}

pub(crate) struct College {
    pub(crate) crosswalks: Vec<Crosswalk>,
    /// The secret of each reviewer's session.
    pub(crate) sessions: Vec<String>,
    /// How many decisions there were before.
    before: u64,
}

async fn open(database: &str) -> anyhow::Result<Workbench> {
    let workbench = Workbench::open(&Options { database: database.to_owned(), create: true }).await?;
    Ok(workbench.by(&Person(Text::new("Load")?)))
}

impl College {
    pub(crate) async fn prepare(database: &str, reviewers: usize) -> anyhow::Result<Self> {
        let workbench = open(database).await?;
        workbench.load_sample(&()).await?;
        let mut settings = ServeSettings::at(([127, 0, 0, 1], 0).into());
        (settings.accounts, settings.key_file) = (true, Some(std::env::temp_dir().join("credway-load.key")));
        let workbench = workbench.for_serving(&settings)?.with_second_factor(SecondFactorRule::Optional);
        let institution = workbench.institution().await?.context("the sample has an institution")?.id;
        let mut sessions = Vec::new();
        for number in 0..reviewers {
            let request = InviteRequest {
                name: format!("Reviewer {number}"),
                email: format!("reviewer{number}@load.example"),
                grants: vec![Grant { role: Role::FacultyReviewer, institution, program: None }],
            };
            let link = workbench.invite(&request).await?;
            let from = SignInFrom { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "load".to_owned() };
            let password = format!("quiet marble window thirteen {number}");
            let done = workbench.accept_invitation(link.secret.reveal(), ("", ""), password, &from).await?;
            sessions.push(done.session.secret.reveal().to_owned());
        }
        let mut crosswalks = Vec::new();
        for head in workbench.crosswalks().await? {
            let all = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
            let mut pairs = Vec::new();
            let mut focus = None;
            while pairs.len() < 200 {
                let page = workbench.review(&head.id, &ReviewFilter { focus, ..all.clone() }).await?;
                pairs.extend(page.candidates.iter().map(|card| (card.statement, card.objective.id)));
                let Some(next) = page.next else { break };
                focus = Some(next);
            }
            crosswalks.push(Crosswalk { id: head.id, pairs });
        }
        crosswalks.retain(|crosswalk| !crosswalk.pairs.is_empty());
        let before = Self::counted(&workbench).await?;
        workbench.close().await?;
        Ok(Self { crosswalks, sessions, before })
    }

    async fn counted(workbench: &Workbench) -> anyhow::Result<u64> {
        Ok(workbench.audit(None).await?.decisions)
    }

    /// How many decisions came since; the audit walks them all.
    pub(crate) async fn decisions(database: &str, college: &Self) -> anyhow::Result<u64> {
        let workbench = open(database).await?;
        let audit = workbench.audit(None).await?;
        anyhow::ensure!(audit.holds(), "the history does not hold: {:?}", audit.broken);
        workbench.close().await?;
        Ok(audit.decisions - college.before)
    }
}
