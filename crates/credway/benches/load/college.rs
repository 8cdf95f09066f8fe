//! The sample college with many reviewers, each with a session.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context;
use credway_model::{AccountId, Ctid, Grant, Person, Role, Text};
use credway_workflow::{
    Actor, ExportFormat, InviteRequest, Options, ReviewFilter, ReviewShow, SecondFactorRule, ServeSettings, SignInFrom,
    Workbench,
};
use serde_json::Value;

pub(crate) struct Crosswalk {
    pub(crate) id: Ctid,
    pub(crate) rows: Vec<Row>,
}

/// A word: which reviewer said of which crosswalk and which of its rows which verdict.
pub(crate) type Word = (usize, usize, String, String);

/// A pair that can be decided, and what its row is called in an export.
pub(crate) struct Row {
    pub(crate) statement: Ctid,
    pub(crate) target: Ctid,
    pub(crate) name: String,
}

fn row_name(course: &str, outcome: &str, objective: &str) -> String {
    format!("{course}/{outcome}/{objective}")
}

pub(crate) struct College {
    pub(crate) crosswalks: Vec<Crosswalk>,
    /// The secret of each reviewer's session.
    pub(crate) sessions: Vec<String>,
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
                takes_words: false,
            };
            let link = workbench.invite(&request).await?;
            let from = SignInFrom { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "load".to_owned() };
            let password = format!("quiet marble window thirteen {number}");
            let done = workbench.accept_invitation(link.secret.reveal(), ("", ""), password, &from).await?;
            sessions.push(done.session.secret.reveal().to_owned());
        }
        let mut crosswalks = Vec::new();
        // What is another institution's, reviewers cannot see.
        let grant = Grant { role: Role::FacultyReviewer, institution, program: None };
        let anybody: AccountId = "00000000-0000-4000-8000-000000000001".parse()?;
        let reviewer = Actor::member(Person(Text::new("Anybody")?), anybody, vec![grant], None);
        for head in workbench.acting(reviewer).crosswalks().await? {
            let all = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
            let mut rows = Vec::new();
            let mut focus = None;
            while rows.len() < 200 {
                let page = workbench.review(&head.id, &ReviewFilter { focus, ..all.clone() }).await?;
                rows.extend(page.candidates.iter().map(|card| Row {
                    statement: card.statement,
                    target: card.objective.id,
                    name: row_name(
                        &card.course.code,
                        card.outcome_code.as_deref().unwrap_or_default(),
                        &card.objective.text,
                    ),
                }));
                let Some(next) = page.next else { break };
                focus = Some(next);
            }
            crosswalks.push(Crosswalk { id: head.id, rows });
        }
        crosswalks.retain(|crosswalk| !crosswalk.rows.is_empty());
        workbench.close().await?;
        Ok(Self { crosswalks, sessions })
    }

    /// Every word of a reviewer that the database has, as often as it has it. The history is audited on the way.
    pub(crate) async fn kept(&self, database: &str) -> anyhow::Result<BTreeMap<Word, u64>> {
        let workbench = open(database).await?;
        let audit = workbench.audit(None).await?;
        anyhow::ensure!(audit.holds(), "the history does not hold: {:?}", audit.broken);
        let mut kept = BTreeMap::new();
        for (number, crosswalk) in self.crosswalks.iter().enumerate() {
            let file = workbench.export_crosswalk(&crosswalk.id, ExportFormat::Json).await?;
            let document: Value = serde_json::from_slice(&file.bytes)?;
            for row in document["alignments"].as_array().context("the export has alignments")? {
                let text = |name: &str| row[name].as_str().unwrap_or_default();
                let name = row_name(text("course_code"), text("outcome_code"), text("objective"));
                for decision in row["decisions"].as_array().context("a row has decisions")? {
                    let word = |name: &str| decision[name].as_str().unwrap_or_default();
                    let Some(reviewer) = word("person").strip_prefix("Reviewer ") else { continue };
                    let verdict = if word("verdict") == "accepted" { word("strength") } else { word("verdict") };
                    *kept.entry((reviewer.parse()?, number, name.clone(), verdict.to_owned())).or_default() += 1;
                }
            }
        }
        workbench.close().await?;
        Ok(kept)
    }
}
