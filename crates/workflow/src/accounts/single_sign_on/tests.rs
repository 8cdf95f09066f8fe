//! What the groups of somebody who signs in elsewhere give, and what their going takes.

use std::net::{IpAddr, Ipv4Addr};

use super::*;
use crate::{Actor, Options, SecondFactorRule, ServeSettings};

struct College {
    workbench: Workbench,
    institution: credway_model::Ctid,
    _folder: tempfile::TempDir,
}

impl College {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("college.db").display());
        let workbench = Workbench::open(&Options { database, create: true }).await.unwrap();
        let owner = workbench.by(&Person(Text::new("Owner").unwrap()));
        let institution = owner.begin_institution("Pier College", None).await.unwrap().id;
        let mut settings = ServeSettings::at(([127, 0, 0, 1], 0).into());
        (settings.accounts, settings.key_file) = (true, Some(folder.path().join("key")));
        let serving = workbench.for_serving(&settings).unwrap().with_second_factor(SecondFactorRule::Optional);
        Self { workbench: serving.acting(Actor::visitor(None)), institution, _folder: folder }
    }

    fn grant(&self, role: Role) -> Grant {
        Grant { role, institution: self.institution, program: None }
    }

    async fn come(&self, subject: &str, grants: &[Grant]) -> Result<SignedInBy, WorkflowError> {
        let identity = Identity {
            issuer: "https://id.example".to_owned(),
            subject: subject.to_owned(),
            email: Some(format!("{subject}@pier.example")),
            email_verified: true,
            name: Some(subject.to_owned()),
            groups: Vec::new(),
            session: None,
            id_token_hint: serde_json::from_str("\"hint\"").unwrap(),
        };
        let from = From { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "test".to_owned() };
        self.workbench.come_from_elsewhere(&identity, grants, "signed in with a test", &from).await
    }

    async fn roles(&self, subject: &str) -> Vec<Role> {
        let work = self.workbench.store.read().await.unwrap();
        let account = work.account_of_identity("https://id.example", subject).await.unwrap().unwrap();
        work.grants(account).await.unwrap().into_iter().map(|given| given.grant.role).collect()
    }
}

#[tokio::test]
async fn whose_last_group_is_gone_has_no_role_and_no_session_any_more() {
    let college = College::new().await;
    let session = college.come("dee", &[college.grant(Role::Dean)]).await.unwrap().session.secret;
    assert!(college.workbench.session(session.reveal()).await.unwrap().is_some());
    assert_eq!(college.roles("dee").await, [Role::Dean]);
    let refused = college.come("dee", &[]).await.unwrap_err().to_string();
    assert!(refused.contains("have no role here"), "{refused}");
    assert_eq!(college.roles("dee").await, []);
    assert!(college.workbench.session(session.reveal()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_last_administrators_role_stays_when_its_group_is_gone() {
    let college = College::new().await;
    college.come("ada", &[college.grant(Role::Administrator)]).await.unwrap();
    college.come("ada", &[]).await.unwrap();
    assert_eq!(college.roles("ada").await, [Role::Administrator]);
    college.come("ben", &[college.grant(Role::Administrator)]).await.unwrap();
    assert!(college.come("ada", &[]).await.is_err());
    assert_eq!((college.roles("ada").await, college.roles("ben").await), (Vec::new(), vec![Role::Administrator]));
}

#[tokio::test]
async fn who_comes_from_elsewhere_takes_no_name_that_has_words() {
    let college = College::new().await;
    college.come("Owner", &[college.grant(Role::Dean)]).await.unwrap();
    let work = college.workbench.store.read().await.unwrap();
    let names: Vec<String> =
        work.accounts().await.unwrap().into_iter().map(|account| account.person.name().to_owned()).collect();
    assert_eq!(names, ["Owner (owner@pier.example)"]);
}
